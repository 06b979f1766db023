"""Claims of a report's tables, whatever they are about: totals down and across, shares of them.

Cells may hold several figures (`30/32`, `2,014명 (15%)`): each is held against its own kind. How a
table sums is found out by arithmetic: most of it must add up before the rest is called wrong.
Columns that follow from two others are `columns`' business.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from budgetcli.claims.cells import Cells, cells_of, data_rows, is_rate, is_total
from budgetcli.claims.claim import (
    Claim,
    Verdict,
    followed,
    is_sum_cut_off,
    one_digit_apart,
    rounding_room,
)
from budgetcli.claims.columns import columns_in
from budgetcli.claims.figures import SHARE, Figure
from budgetcli.i18n import Sentence, say
from budgetcli.model import RawTable
from budgetcli.recognise.names import clean

_HUNDRED = 100


class _Sum(NamedTuple):
    """One figure of a table with those it should be the sum of."""

    row: int
    total: Figure
    parts: tuple[Figure, ...]
    labels: tuple[str, ...]


def table_claims(raw: RawTable) -> Iterator[Claim]:
    """Every claim of one table."""
    cells = cells_of(raw)
    yield from _sums(cells, [*_down(cells)])
    yield from _across(cells)
    yield from _shares(cells)
    yield from columns_in(cells)


def _down(cells: Cells) -> Iterator[_Sum]:
    """A total row over or under the rows it sums; of these, what has parts of its own too."""
    rows = data_rows(cells)
    totals = [row for row in rows if is_total(cells.names[row])]
    if len(totals) != 1:
        return
    parts = [row for row in rows if row != totals[0]]
    flat = [*_of_rows(cells, totals[0], parts)]
    if 2 * _met(flat) >= len(flat):
        yield from flat
        return
    groups = [*_groups(cells, parts)]
    yield from _of_rows(cells, totals[0], [top for top, _ in groups])
    for top, below in groups:
        yield from _of_rows(cells, top, below)


def _groups(cells: Cells, rows: Sequence[int]) -> Iterator[tuple[int, Sequence[int]]]:
    """Each row with the rows below it that it sums in most columns."""
    place = 0
    while place < len(rows):
        runs = (rows[place + 1 : end] for end in range(place + 3, len(rows) + 1))
        below = next((run for run in runs if _is_sum(cells, rows[place], run)), rows[:0])
        yield rows[place], below
        place += 1 + len(below)


def _is_sum(cells: Cells, row: int, below: Sequence[int]) -> bool:
    sums = [one for one in _of_rows(cells, row, below) if one.total.value]
    return len(sums) > 1 and 2 * _met(sums) > len(sums)


def _of_rows(cells: Cells, total: int, parts: Sequence[int]) -> Iterator[_Sum]:
    """One row as the sum of others, in every column that is no rate."""
    for column in range(1, len(cells.figures[total])):
        if is_rate(cells.heads[column]):
            continue
        whole = cells.figures[total][column]
        column_cells = [(row, cells.figures[row][column]) for row in parts]
        if not all(len(found) in (0, len(whole)) for _, found in column_cells):
            continue
        for place, figure in enumerate(whole):
            found = [(row, figures[place]) for row, figures in column_cells if figures]
            if len(found) > 1 and {one.measure for _, one in found} == {figure.measure}:
                labels = tuple(cells.names[row] for row, _ in found)
                yield _Sum(total, figure, tuple(one for _, one in found), labels)


def _across(cells: Cells) -> Iterator[Claim]:
    """A column of totals in front of the columns it sums: as many of them as make it right."""
    header = next(iter(cells.raw.rows), ())
    for column, name in enumerate(header[:-2]):
        if column and is_total(clean(name)):
            runs = [[*_rows_across(cells, column, end)] for end in range(column + 2, len(header))]
            best = max(runs, key=_met, default=[])
            yield from _sums(cells, best)
            return


def _rows_across(cells: Cells, column: int, end: int) -> Iterator[_Sum]:
    for row in data_rows(cells):
        if is_rate(cells.names[row]):
            continue
        whole = cells.figures[row][column]
        parts = cells.figures[row][column + 1 : end + 1]
        for place, total in enumerate(whole):
            found = [one[place] for one in parts if len(one) > place]
            blank = all(len(one) in (0, len(whole)) for one in parts)
            same = {figure.measure for figure in found} == {total.measure}
            if found and same and blank and total.measure != SHARE:
                yield _Sum(row, total, tuple(found), ())


def _met(sums: Sequence[_Sum]) -> int:
    return sum(_missed(one) == 0 for one in sums)


def _missed(one: _Sum) -> Fraction:
    return one.total.value - sum((part.value for part in one.parts), Fraction(0))


def _sums(cells: Cells, sums: Sequence[_Sum]) -> Iterator[Claim]:
    """Nothing is said where most sums of a table are not met: they are no sums then."""
    met = sum(
        abs(_missed(one)) <= _room(one) or is_sum_cut_off(one.total, one.parts) for one in sums
    )
    if 2 * met < len(sums) or not met:
        return
    for one in sums:
        missed = _missed(one)
        yield Claim(
            kind="sum",
            text=cells.text(one.row),
            place=cells.raw.place(one.row),
            parts=tuple(part.text for part in one.parts),
            computed=one.total.value - missed,
            verdict=_sum_verdict(one)[0],
            reason=_sum_verdict(one)[1],
            figure=one.total,
        )


def _room(one: _Sum) -> Fraction:
    """Half a unit a figure; bare figures of a table may be rounded too."""
    bare = not one.total.measure and one.total.grain < 1
    return (
        rounding_room(one.total, one.parts)
        if not bare
        else (one.total.grain * (len(one.parts) + 1) / 2)
    )


def _sum_verdict(one: _Sum) -> tuple[Verdict, Sentence]:
    missed = _missed(one)
    if not missed:
        return Verdict.RIGHT, say("the parts add up to it")
    if abs(missed) <= _room(one):
        return Verdict.ROUNDED, say("the parts add up to it within rounding")
    if is_sum_cut_off(one.total, one.parts):
        return Verdict.ROUNDED, say("the parts add up to it, cut off and not rounded")
    if any(figure.loose for figure in (one.total, *one.parts)):
        return Verdict.UNSURE, say("a figure is only given as about so much")
    values = [part.value for part in one.parts]
    is_mean = min(values) <= one.total.value <= max(values)
    if one_digit_apart((one.total, *one.parts), missed) or (len(values) > 2 and not is_mean):
        return Verdict.WRONG, say("the parts do not add up to it")
    return Verdict.UNSURE, say("the figures may not be its parts")


def _shares(cells: Cells) -> Iterator[Claim]:
    """`2,014명 (15%)` under `계 12,981명 (100%)`."""
    rows = data_rows(cells)
    totals = [row for row in rows if is_total(cells.names[row])]
    if len(totals) != 1:
        return
    for column, whole in enumerate(cells.figures[totals[0]]):
        if len(whole) == 2 and whole[1].measure == SHARE and whole[1].value == _HUNDRED:
            found = [
                (row, cells.figures[row][column][0], cells.figures[row][column][1])
                for row in rows
                if row != totals[0] and len(cells.figures[row][column]) == 2
            ]
            yield from _shares_of(cells, whole[0], found)


def _shares_of(
    cells: Cells, base: Figure, found: Sequence[tuple[int, Figure, Figure]]
) -> Iterator[Claim]:
    whole = sum((share.value for _, _, share in found), Fraction(0)) == _HUNDRED
    for row, part, share in found:
        if not base.value:
            return
        rate = part.value / base.value * _HUNDRED
        if judged := followed(rate, share, base):
            verdict, reason = judged
        elif whole and abs(rate - share.value) < share.grain:
            verdict, reason = Verdict.ROUNDED, say("shares rounded so that they make 100")
        else:
            verdict = Verdict.WRONG
            reason = say("it does not follow from {base}", base=base.text)
        yield Claim(
            kind="share",
            text=cells.text(row),
            place=cells.raw.place(row),
            parts=(part.text, base.text),
            computed=rate,
            verdict=verdict,
            reason=reason,
            figure=share,
        )
