"""Columns of a table that follow from two others: ratios, growth rates, differences.

Which two is marked (`비중 (B/A)`) or found out: nearly every row must agree before one that does
not is called wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import permutations
from typing import NamedTuple

from budgetcli.claims.cells import Cells, data_rows
from budgetcli.claims.claim import (
    Claim,
    Verdict,
    followed,
    is_misprint,
    is_near,
    may_round_to,
    one_digit_apart,
    rounds_to,
)
from budgetcli.claims.figures import POINTS, SHARE, Figure
from budgetcli.i18n import Sentence, say
from budgetcli.patterns import lazy

_RATIO = lazy(r"\(\s?([A-Z])\s?[/÷]\s?([A-Z])\s?\)")
_MARK = lazy(r"\(\s?([A-Z])\s?\)")
_GROWTH = lazy(r"(?:증감|증가|신장|성장|상승|감소)[률율]")
_RATE = lazy(r"[률율]|비중|구성비")
_DIFFERENCE = lazy(r"증감|차액|차이|과부족|잔액")
_MOST_COLUMNS = 12
_TRIED = 20
_HUNDRED = 100


class _Kind(NamedTuple):
    """How a column follows from two others."""

    name: str
    computed: Callable[[Fraction, Fraction], Fraction]
    divides: bool


class _Row(NamedTuple):
    """A row of three columns: what is printed, and the two it should follow from."""

    number: int
    printed: Figure
    first: Figure
    second: Figure


_KINDS = {
    "ratio": _Kind("ratio", lambda part, base: part / base * _HUNDRED, True),
    "growth": _Kind("growth", lambda new, old: (new - old) / old * _HUNDRED, True),
    "difference": _Kind("difference", lambda one, other: one - other, False),
}


def columns_in(cells: Cells) -> Iterator[Claim]:
    """The claims of every column that is marked or called as following from two others."""
    marks = {
        found[1]: column for column, head in enumerate(cells.heads) if (found := _MARK.search(head))
    }
    for column, head in enumerate(cells.heads):
        marked = _RATIO.search(head)
        if marked and marked[1] in marks and marked[2] in marks:
            rows = _rows(cells, column, marks[marked[1]], marks[marked[2]])
            yield from _claims(cells, _KINDS["ratio"], rows, marked=True)
        elif kind := _called(head):
            yield from _claims(cells, kind, _best(cells, kind, column))


def _called(head: str) -> _Kind | None:
    if _GROWTH.search(head):
        return _KINDS["growth"]
    if _RATE.search(head):
        return _KINDS["ratio"]
    return _KINDS["difference"] if _DIFFERENCE.search(head) else None


def _best(cells: Cells, kind: _Kind, column: int) -> list[_Row]:
    """The rows with the two other columns under which most of them agree."""
    amounts = [
        other
        for other in range(1, len(cells.heads))
        if other != column and not _RATE.search(cells.heads[other])
    ]
    pairs = permutations(amounts[:_MOST_COLUMNS], 2)
    runs = ([*_rows(cells, column, *pair)] for pair in pairs)
    return max(runs, key=lambda rows: _fit(kind, rows[:_TRIED]), default=[])


def _fit(kind: _Kind, rows: Sequence[_Row]) -> tuple[int, int]:
    """The more rows agree the better, then the fewer do not."""
    met = _met(kind, rows)
    return met, met - len(rows)


def _rows(cells: Cells, column: int, first: int, second: int) -> Iterator[_Row]:
    for number in data_rows(cells):
        found = [cells.figures[number][place] for place in (column, first, second)]
        if all(len(one) == 1 for one in found):
            printed, one, other = (figures[0] for figures in found)
            if one.measure == other.measure != SHARE and printed.measure != POINTS:
                yield _Row(number, printed, one, other)


def _met(kind: _Kind, rows: Sequence[_Row]) -> int:
    return sum(_agrees(kind, row) for row in rows)


def _computed(kind: _Kind, row: _Row) -> Fraction | None:
    if kind.divides and not row.second.value:
        return None
    return kind.computed(row.first.value, row.second.value)


def _agrees(kind: _Kind, row: _Row) -> bool:
    """Rates are rounded; a difference may miss half a unit a figure where they have decimals."""
    computed = _computed(kind, row)
    if computed is None:
        return False
    if kind.divides:
        return rounds_to(computed, row.printed) and _same_side(computed, row.printed)
    return abs(computed - row.printed.value) <= _room(row)


def _same_side(computed: Fraction, printed: Figure) -> bool:
    return computed * printed.value >= 0


def _room(row: _Row) -> Fraction:
    grains = [figure.grain for figure in (row.printed, row.first, row.second)]
    return sum(grains, Fraction(0)) / 2 if min(grains) < 1 else Fraction(0)


def _claims(
    cells: Cells, kind: _Kind, found: Iterable[_Row], *, marked: bool = False
) -> Iterator[Claim]:
    """Nothing is said where fewer than two rows, or two of three, agree: it is no such column."""
    rows = [row for row in found if _computed(kind, row) is not None]
    met = _met(kind, rows)
    if 2 * met < len(rows) or (not marked and (met < 2 or 3 * met < 2 * len(rows))):
        return
    for row in rows:
        computed = _computed(kind, row)
        verdict, reason = _verdict(cells, kind, row, computed or Fraction(0), marked=marked)
        yield Claim(
            kind=kind.name,
            text=cells.text(row.number),
            place=cells.raw.place(row.number),
            parts=(row.first.text, row.second.text),
            computed=computed,
            verdict=verdict,
            reason=reason,
            figure=row.printed,
        )


def _verdict(
    cells: Cells, kind: _Kind, row: _Row, computed: Fraction, *, marked: bool
) -> tuple[Verdict, Sentence]:
    base = row.second.text
    if _agrees(kind, row):
        return Verdict.RIGHT, say("it follows from {base}", base=base)
    if kind.divides and (judged := followed(computed, row.printed, row.second)):
        return judged
    if kind.divides and may_round_to(kind.computed, row.first, row.second, row.printed):
        return Verdict.ROUNDED, say("it follows from {base} within rounding", base=base)
    if not _has_others(cells, kind, row) and (marked or _is_meant(kind, row, computed)):
        return Verdict.WRONG, say("it does not follow from {base}", base=base)
    return Verdict.UNSURE, say("it may follow from something else")


def _has_others(cells: Cells, kind: _Kind, row: _Row) -> bool:
    """Whether two other figures of the row give what is printed."""
    amounts = [one[0] for one in cells.figures[row.number][1:] if len(one) == 1]
    pairs = permutations(amounts[:_MOST_COLUMNS], 2)
    return any(_agrees(kind, row._replace(first=one, second=other)) for one, other in pairs)


def _is_meant(kind: _Kind, row: _Row, computed: Fraction) -> bool:
    if kind.divides:
        return is_near(computed, row.printed) or is_misprint(computed, row.printed)
    figures = (row.printed, row.first, row.second)
    return one_digit_apart(figures, computed - row.printed.value)
