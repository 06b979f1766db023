"""What a sentence says of a row of a table: attainment of a goal, growth, heads against quota.

A row is meant where it holds the very figure that the sentence names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from budgetcli.claims.cells import Cells, is_total
from budgetcli.claims.claim import (
    Claim,
    Judgement,
    Verdict,
    claimed,
    followed,
    is_misprint,
    one_digit_apart,
)
from budgetcli.claims.figures import BARE, SHARE, TIMES, Figure, figures_in
from budgetcli.claims.statements import Statement
from budgetcli.i18n import say
from budgetcli.patterns import lazy

_ATTAINED = lazy(r"(?:달성|진도|이행)\s?[율률]\s?:?\s?$")
_THAN_BEFORE = lazy(r"(?:전년|작년|지난해|전년도)\s?대비\s?$")
_QUOTA = lazy(
    r"정\s?원\s?:?\s?(?P<quota>\d[\d,]*)\s?명?\s?[/,·]\s?현\s?원\s?:?\s?(?P<heads>\d[\d,]*)\s?명"
)
_ORDER = (Verdict.RIGHT, Verdict.ROUNDED, Verdict.WRONG)
_HUNDRED = 100
_PAIR = 2


def rows_in(statements: Sequence[Statement], tables: Sequence[Cells]) -> Iterator[Claim]:
    """Every such claim of a report, in reading order."""
    for statement in statements:
        figures = figures_in(statement.text)
        for number, figure in enumerate(figures):
            before = statement.text[: figure.start]
            if figure.measure == SHARE and _ATTAINED.search(before):
                yield from _against(statement, figures[:number], figure, tables, _ATTAINMENT)
            elif figure.measure == TIMES and _THAN_BEFORE.search(before):
                yield from _against(statement, figures[:number], figure, tables, _GROWTH)
        yield from _heads(statement, figures, tables)


class _Kind(NamedTuple):
    """A kind of claim, and how it follows from the figure named and another one of its row."""

    name: str
    formula: Callable[[Fraction, Fraction], Fraction]


def _attained(goal: Fraction, reached: Fraction) -> Fraction:
    return reached / goal * _HUNDRED


def _grown(new: Fraction, old: Fraction) -> Fraction:
    return new / old


_ATTAINMENT, _GROWTH = _Kind("ratio", _attained), _Kind("growth", _grown)


def _against(
    statement: Statement,
    before: Sequence[Figure],
    rate: Figure,
    tables: Sequence[Cells],
    kind: _Kind,
) -> Iterator[Claim]:
    """The figure named before, in a row of a table, against the others there."""
    for named in before:
        others = [one for one in _beside(named, tables) if one.value]
        rates = [(one, kind.formula(named.value, one.value)) for one in others if named.value]
        judged = [(*found, judgement) for found in rates if (judgement := _judged(*found, rate))]
        if judged:
            other, computed, judgement = min(judged, key=lambda found: _ORDER.index(found[2][0]))
            parts = (named.text, other.text)
            yield claimed(kind.name, statement, parts, rate, computed, judgement)
            return


def _judged(other: Figure, computed: Fraction, rate: Figure) -> Judgement | None:
    """None where the rate is hardly meant to follow from that one."""
    wrong = _wrong(other) if is_misprint(computed, rate) else None
    return followed(computed, rate, other) or wrong


def _beside(named: Figure, tables: Sequence[Cells]) -> Iterator[Figure]:
    """The other figures of its measure in the rows that hold a figure as it is named."""
    if named.measure == BARE:
        return
    for cells in tables:
        for row in cells.figures:
            same = [one for cell in row for one in cell if one.measure == named.measure]
            if any(one.value == named.value for one in same):
                yield from (one for one in same if one.value != named.value)


def _heads(
    statement: Statement, figures: Sequence[Figure], tables: Sequence[Cells]
) -> Iterator[Claim]:
    """`정원 236 / 현원 229명` against the pair `236/229` of a total row."""
    found = _QUOTA.search(statement.text)
    if not found:
        return
    said = [one for one in figures if one.start in (found.start("quota"), found.start("heads"))]
    pairs = [cell for cells in tables for cell in _pairs(cells)]
    for pair in pairs:
        for one, other in zip(said, pair, strict=False):
            rest = [a.value == b.value for a, b in zip(said, pair, strict=False) if a is not one]
            missed = one.value - other.value
            if not missed:
                verdict = Verdict.RIGHT, say("the table says the same")
            elif all(rest) and one_digit_apart((one, other), missed):
                verdict = Verdict.WRONG, say("the table says {other}", other=other.text)
            else:
                verdict = Verdict.UNSURE, say("the table may be of something else")
            yield claimed("repeat", statement, (other.text,), one, other.value, verdict)
        return


def _pairs(cells: Cells) -> Iterator[tuple[Figure, ...]]:
    """The first pair of every total row."""
    for name, row in zip(cells.names, cells.figures, strict=True):
        if is_total(name):
            yield from [cell for cell in row[1:] if len(cell) == _PAIR][:1]


def _wrong(other: Figure) -> Judgement:
    return Verdict.WRONG, say("it does not follow from {base}", base=other.text)
