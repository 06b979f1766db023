"""A section's budget and the lines of money that part it: 183억원, 38억원, 108억원, 18억원.

Only where they add up, within what their rounding leaves: lines side by side may be of anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from budgetcli.claims.claim import Claim, Verdict, claimed, rounding_room
from budgetcli.claims.figures import WON, Figure, figures_in
from budgetcli.claims.programmes import budget_of
from budgetcli.claims.statements import Statement, title_of
from budgetcli.i18n import say

_REACH = 30
_FEWEST = 3


def budgets_in(statements: Sequence[Statement]) -> Iterator[Claim]:
    """Every budget whose parts stand in lines of their own, in reading order."""
    for number, statement in enumerate(statements):
        if total := budget_of(statement):
            for parts in _groups(statements, number):
                yield from _met(statement, total, parts)


def _met(statement: Statement, total: Figure, parts: Sequence[Figure]) -> Iterator[Claim]:
    computed = sum((part.value for part in parts), Fraction(0))
    texts = [part.text for part in parts]
    if computed == total.value:
        judged = Verdict.RIGHT, say("the parts add up to it")
    elif abs(computed - total.value) <= rounding_room(total, parts):
        judged = Verdict.ROUNDED, say("the parts add up to it within rounding")
    else:
        return
    yield claimed("sum", statement, texts, total, computed, judged)


def _groups(statements: Sequence[Statement], number: int) -> Iterator[list[Figure]]:
    """The money of lines that hang on one line of the section, where each of them has one."""
    section = section_around(statements, number)
    by_parent: dict[int | None, list[Statement]] = {}
    for one in section:
        by_parent.setdefault(one.parent, []).append(one)
    for lines in by_parent.values():
        money = [[one for one in figures_in(line.text) if one.measure == WON] for line in lines]
        if len(lines) >= _FEWEST and all(len(found) == 1 for found in money):
            yield [found[0] for found in money]


def section_around(statements: Sequence[Statement], number: int) -> list[Statement]:
    """The statements from the title above one to the next title, but for itself."""
    first = max(0, number - _REACH)
    above = next((n for n in range(number - 1, first, -1) if title_of(statements[n])), first)
    last = min(len(statements), number + _REACH)
    below = next((n for n in range(number + 1, last) if title_of(statements[n])), last)
    return [*statements[above:number], *statements[number + 1 : below]]
