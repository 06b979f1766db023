"""A claim: figures of a report of which one follows from the others, and what became of it.

How claims are found is for the rules (`sums`, `shares`, `changes`); here is what they share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from fractions import Fraction
from operator import ne
from typing import NamedTuple

from budgetcli.claims.figures import WON, Figure, written_like
from budgetcli.claims.statements import Statement
from budgetcli.i18n import Sentence, say
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

    `kind` is sum, product, share, ratio, difference, growth, count or repeat; `figure` is the
    printed one, `computed` what follows from the parts, in the figure's measure (won, people,
    per cent), None where no base was found.
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


def is_rounded(figure: Figure) -> bool:
    """Whether a figure says less than it could: in thousands, in millions, with decimals.

    People and things are counted whole, and money in single won is exact.
    """
    return figure.scale > 1 or figure.grain < 1


def written_as(value: Fraction, like: Figure) -> Figure:
    """A value that is printed nowhere, as a figure of the kind of another."""
    return like._replace(value=value, text=written_like(value, like))


def rounding_room(total: Figure, parts: Iterable[Figure]) -> Fraction:
    """By how much a printed total may miss its parts: half a unit each, where they are rounded."""
    rounded = [figure for figure in (total, *parts) if is_rounded(figure)]
    return sum((figure.grain for figure in rounded), Fraction(0)) / 2


def is_sum_cut_off(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether the total is printed so because it, or the parts, were cut off and not rounded.

    A total that was cut off falls short of its parts by less than one unit; parts that were fall
    short of their total by less than one unit each.
    """
    missed = total.value - sum((part.value for part in parts), Fraction(0))
    short = total.grain if is_rounded(total) else 0
    over = sum((part.grain for part in parts if is_rounded(part)), Fraction(0))
    return -short < missed < over


def is_cut_off(exact: Fraction, printed: Figure) -> bool:
    """Whether `exact` is printed so with the places behind cut off: 80.597 as 80.5."""
    left = abs(exact) - abs(printed.value)
    return 0 <= left < printed.grain and exact * printed.value >= 0


def followed(exact: Fraction, printed: Figure, base: Figure) -> Judgement | None:
    """What to say of a rate that is `exact` as printed, rounded or cut off; None where it is not.

    Cutting off is no error: nobody can tell it from an office's own habit.
    """
    if rounds_to(exact, printed):
        return Verdict.RIGHT, say("it follows from {base}", base=base.text)
    if is_cut_off(exact, printed):
        said = say("it follows from {base}, cut off and not rounded", base=base.text)
        return Verdict.ROUNDED, said
    return None


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
    halves = [
        one.grain / 2 if one.measure in ("", WON) or is_rounded(one) else Fraction(0)
        for one in (part, base)
    ]
    corners = [
        computed(part.value + halves[0] * up, base.value + halves[1] * wide)
        for up in (-1, 1)
        for wide in (-1, 1)
        if base.value + halves[1] * wide
    ]
    if not any(halves) or not corners:
        return False
    return min(corners) - rate.grain < rate.value <= max(corners) + rate.grain / 2


def is_near(exact: Fraction, printed: Figure) -> bool:
    """Whether `exact` is so close to what is printed that it must be meant."""
    return abs(exact - abs(printed.value)) <= _NEAR * abs(printed.value)


def is_misprint(exact: Fraction, printed: Figure) -> bool:
    """Whether `exact`, printed to the same place, differs in one digit alone."""
    steps = [int(abs(value) / printed.grain + Fraction(1, 2)) for value in (exact, printed.value)]
    return is_one_digit_off(*steps)


def is_one_digit_off(one: int, other: int) -> bool:
    """Whether two numbers of as many digits differ in one of them."""
    texts = str(one), str(other)
    return len(texts[0]) == len(texts[1]) and sum(map(ne, *texts)) == 1


def misprints(figure: Figure) -> Iterator[Fraction]:
    """Every value that one other digit would give."""
    digits = str(int(abs(figure.value) / figure.grain))
    for place, digit in enumerate(digits):
        for other in "0123456789".replace(digit, ""):
            yield int(digits[:place] + other + digits[place + 1 :]) * figure.grain
