"""A claim: figures of a report of which one follows from the others, and what became of it.

How claims are found is for the rules (`sums`, `shares`, `changes`); here is what they share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from budgetcli.claims.figures import WON, Figure, written_like
from budgetcli.claims.statements import Statement
from budgetcli.i18n import Sentence
from budgetcli.model import Place

_NEAR = Fraction(1, 10)


class Verdict(Enum):
    """What recomputing said. A false alarm costs more than a miss: in doubt, UNSURE."""

    WRONG = "wrong"
    ROUNDED = "right_within_rounding"
    RIGHT = "right"
    UNSURE = "cannot_tell"


Judgement = tuple[Verdict, Sentence]


class Claim(NamedTuple):
    """One printed figure with the parts it follows from.

    `kind` is sum, share, ratio, difference, growth, count or repeat; `figure` is the printed one,
    `computed` what follows from the parts, in the figure's measure (won, people, per cent), None
    where no base was found.
    """

    kind: str
    text: str
    place: Place
    figure: Figure
    parts: tuple[str, ...]
    computed: Fraction | None
    verdict: Verdict
    reason: Sentence

    @property
    def computed_text(self) -> str | None:
        """The computed value as the printed one is written."""
        return None if self.computed is None else written_like(self.computed, self.figure)


def claimed(
    kind: str,
    statement: Statement,
    parts: Iterable[str],
    figure: Figure,
    computed: Fraction | None,
    judgement: Judgement,
) -> Claim:
    """A claim that stands in a sentence."""
    verdict, reason = judgement
    return Claim(
        kind, statement.text, statement.place, figure, tuple(parts), computed, verdict, reason
    )


def rounding_room(total: Figure, parts: Iterable[Figure]) -> Fraction:
    """By how much a printed total may miss its parts: half a unit each, where they are rounded.

    People and things are counted whole and leave none; neither does money in single won.
    """
    figures = (total, *parts)
    rounded = [figure for figure in figures if figure.measure in ("", WON) and figure.scale > 1]
    return sum((figure.grain for figure in rounded or ()), Fraction(0)) / 2


def one_digit_apart(figures: Sequence[Figure], difference: Fraction) -> bool:
    """Whether changing one digit of one of these figures would take the difference away."""
    return any(
        _is_one_digit(abs(difference) / figure.grain, int(abs(figure.value) / figure.grain))
        for figure in figures
        if (abs(difference) / figure.grain).denominator == 1
    )


def _is_one_digit(steps: Fraction, digits: int) -> bool:
    """Whether `steps` is 1 to 9 at one decimal place that `digits` has."""
    count, places = int(steps), 0
    while count and not count % 10:
        count, places = count // 10, places + 1
    return 0 < count < 10 and places < len(str(digits))


def rounds_to(exact: Fraction, printed: Figure) -> bool:
    """Whether `exact` is printed so, rounded half up to the printed places."""
    steps = abs(exact) / printed.grain
    rounded = (steps + Fraction(1, 2)).__floor__() * printed.grain
    return rounded == abs(printed.value)


def may_round_to(
    computed: Callable[[Fraction, Fraction], Fraction], part: Figure, base: Figure, rate: Figure
) -> bool:
    """Whether the rate is right for amounts that print as these two do."""
    halves = [one.grain / 2 if one.measure in ("", WON) else Fraction(0) for one in (part, base)]
    corners = [
        computed(part.value + halves[0] * up, base.value + halves[1] * wide)
        for up in (-1, 1)
        for wide in (-1, 1)
        if base.value + halves[1] * wide
    ]
    room = rate.grain / 2
    return (
        any(halves) and bool(corners) and min(corners) - room <= rate.value <= max(corners) + room
    )


def is_near(exact: Fraction, printed: Figure) -> bool:
    """Whether `exact` is so close to what is printed that it must be meant."""
    return abs(exact - abs(printed.value)) <= _NEAR * abs(printed.value)


def is_misprint(exact: Fraction, printed: Figure) -> bool:
    """Whether `exact`, printed to the same place, differs in one digit alone."""
    steps = [int(abs(value) / printed.grain + Fraction(1, 2)) for value in (exact, printed.value)]
    texts = [str(number) for number in steps]
    return len(texts[0]) == len(texts[1]) and _differing(*texts) == 1


def _differing(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def misprints(figure: Figure) -> Iterator[Fraction]:
    """Every value that one other digit would give."""
    digits = str(int(abs(figure.value) / figure.grain))
    for place, digit in enumerate(digits):
        for other in "0123456789".replace(digit, ""):
            yield int(digits[:place] + other + digits[place + 1 :]) * figure.grain
