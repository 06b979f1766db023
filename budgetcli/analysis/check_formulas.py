"""Which formula a column follows: the usual one, unless the figures prove another.

What a formula computes is for `check_rates` and `check_identities`; here it is only held
against the lines.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from budgetcli.fields import FIELDS
from budgetcli.i18n import Sentence, say
from budgetcli.model import Finding

F = TypeVar("F")


class Ratio(NamedTuple):
    """One amount over another, in per cent of it; `times` is 100 where 0.307 is printed."""

    part: str
    whole: str
    times: int = 1


class Balance(NamedTuple):
    """What is left of `whole` when some amounts are taken away and others added."""

    whole: str
    less: tuple[str, ...] = ()
    more: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """Every amount it is made of."""
        return (self.whole, *self.more, *self.less)

    def minus(self, key: str) -> Balance:
        """The same with one more amount taken away."""
        return self._replace(less=(*self.less, key))

    def plus(self, key: str) -> Balance:
        """The same with one more amount added."""
        return self._replace(more=(*self.more, key))

    def written(self, word: Callable[[str], str], minus: str) -> str:
        """The formula with a word for each amount."""
        added = " + ".join(word(term) for term in (self.whole, *self.more))
        return minus.join((added, *map(word, self.less)))


Verdicts = Sequence[bool | None]

# an unusual formula must explain this many more lines than the usual one: one error proves nothing
LEAD = 2
SAMPLE = 1000
# what so many lines have in common is no accident
MANY = 10


class Followed(NamedTuple):
    """A column and the formula it was held against, on how many lines, and how many agree.

    `formula` is written with keys, for programs; `said` for people.
    """

    column: str
    formula: str | None
    said: Sentence
    agreeing: int
    lines: int
    usual: bool = True

    def facts(self) -> Mapping[str, object]:
        """The same for a program."""
        return {
            "column": self.column,
            "formula": self.formula,
            "usual": self.usual,
            "agreeing": self.agreeing,
            "lines": self.lines,
        }

    def describe(self) -> Sentence:
        """execution rate = expenditure ÷ current budget: 11 of 11 agree."""
        return say(
            "{formula}: {agreeing} of {lines} agree",
            formula=self.said,
            agreeing=self.agreeing,
            lines=self.lines,
        )


class Checked(NamedTuple):
    """One kind of check over a whole table: how many figures, by which formulas, what is wrong."""

    figures: int
    followed: tuple[Followed, ...]
    findings: tuple[Finding, ...]


def choose(
    usual: Sequence[F], others: Sequence[F], judge: Callable[[F, int], Verdicts], lines: int
) -> F | None:
    """The formula that explains most lines; the usual ones need no proof, another one does.

    None where no usual one can be computed and no other is proven.
    `judge(formula, step)` holds a formula against every step-th line.
    """
    step = step_through(lines)
    scores = {formula: score(judge(formula, step)) for formula in usual}
    computable = [formula for formula in usual if scores[formula][1]]
    best = max(computable, key=lambda formula: scores[formula][0], default=None)
    agreeing, known = scores[best] if best is not None else (0, 0)
    if best is not None and known - agreeing < LEAD:
        return best
    scores = {formula: score(judge(formula, step)) for formula in others}
    proven = [formula for formula in others if proves(*scores[formula], agreeing)]
    return max(proven, key=lambda formula: scores[formula][0], default=best)


def step_through(lines: int) -> int:
    """A long table is judged by every nth of its lines, a thousand at most; this is n."""
    return max(1, -(-lines // SAMPLE))


def proves(agreeing: int, known: int, usual: int) -> bool:
    """Two lines of three, and a lead over the usual formula."""
    return agreeing >= usual + LEAD and 3 * agreeing >= 2 * known


def is_followed(agreeing: int, known: int) -> bool:
    """Whether so many lines agree that the others are wrong; of a few lines every one counts.

    Where fewer than half of many agree, the formula is not the column's, and nothing is wrong.
    """
    return known < MANY or 2 * agreeing >= known


def score(verdicts: Verdicts) -> tuple[int, int]:
    """How many lines agree, of how many that can be judged."""
    known = [verdict for verdict in verdicts if verdict is not None]
    return sum(known), len(known)


def term(key: str) -> str:
    """A column's name for people: the field's term, else the header it is called by."""
    return FIELDS[key].term if key in FIELDS else key
