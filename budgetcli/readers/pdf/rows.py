"""From areas on a page to rows of text: merged cells, and cells that hold several rows at once.

Knows lines of text and where they stand, nothing of rules or files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from budgetcli.i18n import Sentence, say_count
from budgetcli.model import Span
from budgetcli.readers.pdf.page import Line
from budgetcli.readers.pdf.ruled import Area, PageTable
from budgetcli.readers.pdf.text import is_amount, is_aside, is_money, is_year

_ALIGNED = 0.8
Group = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table on one page, its merged cells, and the borders of its columns."""

    cells: tuple[tuple[str, ...], ...]
    spans: tuple[Span, ...]
    xs: tuple[float, ...]
    top: float
    bottom: float
    notes: tuple[Sentence, ...] = ()


def rows_of(table: PageTable) -> Rows:
    """The table's rows, with rows that share one cell set apart and empty border rows left out."""
    apart, expanded = _set_apart(table)
    cells = [[""] * table.columns for _ in range(apart.rows)]
    for area in apart.areas:
        cells[area.span.row][area.span.column] = "\n".join(line.text for line in area.lines)
    spans = tuple(a.span for a in apart.areas if a.span.rows > 1 or a.span.columns > 1)
    notes = table.notes
    if expanded:
        notes += (
            say_count(
                "{count} row of cells held several rows, which were set apart by their lines",
                "{count} rows of cells held several rows, which were set apart by their lines",
                expanded,
            ),
        )
    rows = tuple(tuple(row) for row in cells)
    return _cut(Rows(rows, spans, table.xs, table.top, table.bottom, notes))


def _set_apart(table: PageTable) -> tuple[PageTable, int]:
    """The table with every row of cells that holds several rows taken apart, and how many did."""
    areas = list(table.areas)
    for border in range(1, len(table.ys) - 1):
        areas = _cut_along(areas, border, table.ys[border])
    expanded = 0
    for row in reversed(range(table.rows)):
        splits = _splits([area for area in areas if area.span.row == row and area.span.rows == 1])
        if splits:
            areas = list(_with_row_apart(areas, row, splits))
            expanded += 1
    more = max((a.span.row + a.span.rows for a in areas), default=0)
    return PageTable(tuple(areas), more, table.xs, table.top, table.bottom), expanded


def _cut_along(areas: list[Area], border: int, y: float) -> list[Area]:
    """Cells cut by a rule that stops short of them, where all of them go on on its other side.

    A cell merged on purpose has its text on one side; one that holds amounts
    on both holds two rows.
    """
    across = [a for a in areas if a.span.row < border < a.span.row + a.span.rows]
    texts = [area for area in across if area.lines]
    if not any(map(_holds_money, texts)) or not all(_on_both_sides(a, y) for a in texts):
        return areas
    cut = [half for area in across for half in _halves(area, border, y)]
    return [area for area in areas if area not in across] + cut


def _on_both_sides(area: Area, y: float) -> bool:
    return area.lines[0].y < y < area.lines[-1].y


def _halves(area: Area, border: int, y: float) -> tuple[Area, Area]:
    span = area.span
    above, below = border - span.row, span.row + span.rows - border
    return (
        Area(
            Span(span.row, span.column, above, span.columns),
            tuple(line for line in area.lines if line.y < y),
        ),
        Area(
            Span(border, span.column, below, span.columns),
            tuple(line for line in area.lines if line.y >= y),
        ),
    )


def _holds_money(area: Area) -> bool:
    return _holds_amounts(area) and any(is_money(line.text) for line in area.lines)


def _splits(areas: Sequence[Area]) -> dict[Span, list[Group]]:
    """For the cells of one row, their lines in as many groups as rows; empty where it is one row.

    All cells with amounts must agree on the number, a label must agree with
    them, and the groups must stand side by side.
    """
    texts = [area for area in areas if area.lines]
    amounts = [area for area in texts if _holds_amounts(area)]
    common = set.intersection(*(_options(area) for area in amounts)) if amounts else set()
    count = min(common, default=1)
    if count < 2 or not any(is_money(line.text) for area in amounts for line in area.lines):
        return {}
    levels = _levels(amounts[0], count)
    splits: dict[Span, list[Group]] = {}
    for area in texts:
        groups = _grouped(area, count) or _by_level(area, levels)
        if groups is not None and _side_by_side(groups, levels):
            splits[area.span] = groups
        elif len(area.lines) > 1 or area in amounts:
            return {}
    labelled = any(a.span in splits and _is_label(a) for a in texts)
    return splits if labelled else {}


def _holds_amounts(area: Area) -> bool:
    return all(is_amount(line.text) or is_aside(line.text) for line in area.lines) and any(
        is_amount(line.text) for line in area.lines
    )


def _is_label(area: Area) -> bool:
    return not _holds_amounts(area) or all(is_year(line.text) for line in area.lines)


def _options(area: Area) -> set[int]:
    return {len(area.lines), len(_with_asides(area.lines))}


def _with_asides(lines: Sequence[Line]) -> list[Group]:
    """Lines, each with the asides below it: an amount and the one in brackets are one cell."""
    groups: list[Group] = []
    for line in lines:
        if groups and is_aside(line.text):
            groups[-1] += (line,)
        else:
            groups.append((line,))
    return groups


def _grouped(area: Area, count: int) -> list[Group] | None:
    single: list[Group] = [(line,) for line in area.lines]
    for groups in (_with_asides(area.lines), single):
        if len(groups) == count:
            return groups
    return None


def _levels(area: Area, count: int) -> list[float]:
    return [_middle(group) for group in _grouped(area, count) or ()]


def _middle(group: Group) -> float:
    return (group[0].top + group[-1].bottom) / 2


def _by_level(area: Area, levels: Sequence[float]) -> list[Group] | None:
    """A label's lines, each with the row it stands nearest to; None where a row gets none."""
    groups: list[Group] = [() for _ in levels]
    for line in area.lines:
        nearest = min(range(len(levels)), key=lambda number: abs(levels[number] - line.y))
        groups[nearest] += (line,)
    return groups if all(groups) else None


def _side_by_side(groups: Sequence[Group], levels: Sequence[float]) -> bool:
    return all(
        abs(_middle(group) - level) <= _ALIGNED * group[0].height
        for group, level in zip(groups, levels, strict=True)
    )


def _with_row_apart(
    areas: Sequence[Area], row: int, splits: dict[Span, list[Group]]
) -> Iterator[Area]:
    count = len(next(iter(splits.values())))
    for area in areas:
        span = area.span
        if span in splits:
            for step, group in enumerate(splits[span]):
                yield Area(Span(row + step, span.column, 1, span.columns), group)
        elif span.row > row:
            yield Area(Span(span.row + count - 1, *_rest(span)), area.lines)
        elif span.row + span.rows > row:
            grown = Span(span.row, span.column, span.rows + count - 1, span.columns)
            yield Area(grown, area.lines)
        else:
            yield area


def _rest(span: Span) -> tuple[int, int, int]:
    return span.column, span.rows, span.columns


def _cut(rows: Rows) -> Rows:
    """Without the columns and rows at the border that hold nothing at all."""
    filled_rows = [number for number, row in enumerate(rows.cells) if any(row)]
    filled = [number for number, column in enumerate(zip(*rows.cells, strict=True)) if any(column)]
    if not filled_rows:
        return Rows((), (), (), rows.top, rows.bottom)
    covered = [span.column + span.columns - 1 for span in rows.spans if _text(rows, span)]
    below = [span.row + span.rows - 1 for span in rows.spans if _text(rows, span)]
    left, right = filled[0], max(filled[-1], *covered, 0)
    top, bottom = filled_rows[0], max(filled_rows[-1], *below, 0)
    cells = tuple(row[left : right + 1] for row in rows.cells[top : bottom + 1])
    spans = tuple(_moved(rows.spans, top, left, bottom, right))
    return Rows(cells, spans, rows.xs[left : right + 2], rows.top, rows.bottom, rows.notes)


def _text(rows: Rows, span: Span) -> str:
    return rows.cells[span.row][span.column]


def _moved(spans: Sequence[Span], top: int, left: int, bottom: int, right: int) -> Iterator[Span]:
    for span in spans:
        row, column = max(span.row, top), max(span.column, left)
        height = min(span.row + span.rows - 1, bottom) - row + 1
        width = min(span.column + span.columns - 1, right) - column + 1
        if min(height, width) > 0 and max(height, width) > 1:
            yield Span(row - top, column - left, height, width)


def header_rows(cells: Sequence[Sequence[str]]) -> int:
    """How many rows stand above the first one with an amount."""
    for number, row in enumerate(cells):
        if any(is_money(line) for cell in row for line in cell.split("\n")):
            return number
    return 0


def same_columns(one: Rows, other: Rows) -> bool:
    """Whether both have the same columns, by their borders and widths."""
    if len(one.xs) != len(other.xs):
        return False
    widths = [[b - a for a, b in pairwise(rows.xs)] for rows in (one, other)]
    return all(abs(a - b) <= 4 for a, b in zip(*widths, strict=True))
