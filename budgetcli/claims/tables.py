"""Claims of a report's tables, whatever they are about: totals, shares, ratios of two columns.

Cells may hold several figures (`30/32`, `2,014명 (15%)`): each is held against its own kind. How a
table sums is found out by arithmetic: most of it must add up before the rest is called wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from budgetcli.claims.claim import Claim, Verdict, one_digit_apart, rounding_room, rounds_to
from budgetcli.claims.figures import SHARE, Figure, figures_in
from budgetcli.i18n import Sentence, say
from budgetcli.model import RawTable
from budgetcli.patterns import lazy
from budgetcli.recognise.names import clean

_TOTALS = frozenset(("계", "합계", "총계", "소계", "총합계", "누계", "total"))
_DASH = lazy(r"\s*[-‐–—―−]\s*")
_RATIO = lazy(r"\(\s?([A-Z])\s?[/÷]\s?([A-Z])\s?\)")
_MARK = lazy(r"\(\s?([A-Z])\s?\)")
_HUNDRED = 100


class Cells(NamedTuple):
    """A table as figures: `figures[row][column]` holds those of a cell, empty for none."""

    raw: RawTable
    names: tuple[str, ...]
    figures: tuple[tuple[tuple[Figure, ...], ...], ...]

    def text(self, row: int) -> str:
        """The row as printed."""
        return " ".join(cell for cell in self.raw.rows[row] if cell)


class _Sum(NamedTuple):
    """One figure of a table with those it should be the sum of."""

    row: int
    total: Figure
    parts: tuple[Figure, ...]
    labels: tuple[str, ...]


def cells_of(raw: RawTable) -> Cells:
    """The figures of every cell."""
    width = max((len(row) for row in raw.rows), default=0)
    rows = [(*row, *("",) * (width - len(row))) for row in raw.rows]
    return Cells(
        raw,
        tuple(clean(row[0]) if row else "" for row in rows),
        tuple(tuple(tuple(figures_in(cell)) for cell in row) for row in rows),
    )


def table_claims(raw: RawTable) -> Iterator[Claim]:
    """Every claim of one table."""
    cells = cells_of(raw)
    yield from _sums(cells, [*_down(cells)])
    yield from _across(cells)
    yield from _shares(cells)
    yield from _ratios(cells)


def _is_total(name: str) -> bool:
    return name.replace(" ", "").lower() in _TOTALS


def _data_rows(cells: Cells) -> list[int]:
    """The rows with figures behind their name."""
    return [number for number, row in enumerate(cells.figures) if any(found for found in row[1:])]


def _down(cells: Cells) -> Iterator[_Sum]:
    """A total row over or under the rows it sums."""
    rows = _data_rows(cells)
    totals = [row for row in rows if _is_total(cells.names[row])]
    if len(totals) != 1:
        return
    parts = [row for row in rows if row != totals[0]]
    for column in range(1, len(cells.figures[totals[0]])):
        whole = cells.figures[totals[0]][column]
        for place, total in enumerate(whole):
            column_cells = [(row, cells.figures[row][column]) for row in parts]
            if all(len(found) in (0, len(whole)) for _, found in column_cells):
                found = [(row, figures[place]) for row, figures in column_cells if figures]
                if len(found) > 1 and {figure.measure for _, figure in found} == {total.measure}:
                    yield _Sum(
                        totals[0],
                        total,
                        tuple(figure for _, figure in found),
                        tuple(cells.names[row] for row, _ in found),
                    )


def _across(cells: Cells) -> Iterator[Claim]:
    """A column of totals in front of the columns it sums: as many of them as make it right."""
    header = next(iter(cells.raw.rows), ())
    for column, name in enumerate(header[:-2]):
        if column and _is_total(clean(name)):
            runs = [[*_rows_across(cells, column, end)] for end in range(column + 2, len(header))]
            best = max(runs, key=_met, default=[])
            yield from _sums(cells, best)
            return


def _rows_across(cells: Cells, column: int, end: int) -> Iterator[_Sum]:
    for row in _data_rows(cells):
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
    met = sum(abs(_missed(one)) <= _room(one) for one in sums)
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
    if one_digit_apart((one.total, *one.parts), missed) or len(one.parts) > 2:
        return Verdict.WRONG, say("the parts do not add up to it")
    return Verdict.UNSURE, say("the figures may not be its parts")


def _shares(cells: Cells) -> Iterator[Claim]:
    """`2,014명 (15%)` under `계 12,981명 (100%)`."""
    rows = _data_rows(cells)
    totals = [row for row in rows if _is_total(cells.names[row])]
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
        if rounds_to(rate, share):
            verdict, reason = Verdict.RIGHT, say("it follows from {base}", base=base.text)
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


def _ratios(cells: Cells) -> Iterator[Claim]:
    """`비중 (B/A)` beside `전국 (A)` and `서울 (B)`."""
    header = next(iter(cells.raw.rows), ())
    marks = {
        found[1]: column for column, name in enumerate(header) if (found := _MARK.search(name))
    }
    for column, name in enumerate(header):
        found = _RATIO.search(name)
        if found and found[1] in marks and found[2] in marks:
            yield from _ratio_column(cells, column, marks[found[1]], marks[found[2]])


def _ratio_column(cells: Cells, column: int, part: int, base: int) -> Iterator[Claim]:
    checked = []
    for number, row in enumerate(cells.figures):
        if all(len(row[place]) == 1 for place in (column, part, base)) and row[base][0].value:
            rate = row[part][0].value / row[base][0].value * _HUNDRED
            checked.append((number, row[part][0], row[base][0], row[column][0], rate))
    met = Counter(rounds_to(rate, share) for *_, share, rate in checked)
    if 2 * met[True] < len(checked):
        return
    for number, above, below, share, rate in checked:
        right = rounds_to(rate, share)
        yield Claim(
            kind="ratio",
            text=cells.text(number),
            place=cells.raw.place(number),
            parts=(above.text, below.text),
            computed=rate,
            verdict=Verdict.RIGHT if right else Verdict.WRONG,
            reason=say("it follows from {base}", base=below.text)
            if right
            else say("it does not follow from {base}", base=below.text),
            figure=share,
        )
