"""One table of a page: its cells as text, each with its place for sorting, and bars as numbers.

How it is marked up is the templates' business.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import cycle
from typing import Any, NamedTuple

from budgetcli.fields import Kind
from budgetcli.measures import Status, half_up
from budgetcli.model import Severity
from budgetcli.report import Column, Report, Value
from budgetcli.views import Page
from budgetcli.views.cells import RIGHT, Row, one_line, pretty_grid, total_row, width

SIGNS = {
    Status.ON_TRACK: "✓",
    Status.LAGGING: "▼",
    Status.OVERSPENT: "!",
    Status.UNKNOWN: "?",
    Severity.ERROR: "✗",
    Severity.WARNING: "!",
    Severity.NOTE: "·",
}
_KEPT_WHOLE = (*RIGHT, Kind.STATUS, Kind.DATE)
_LONGEST_WORD = 16
_BETWEEN = 2
_BAR = 10
_LONG, _WIDE = 14, 140
_DIGITS = re.compile(r"([0-9]+)")


class Bar(NamedTuple):
    """A rate from 0 to 100 as lengths for SVG: spent, committed behind it, the target's place."""

    reached: str
    committed: str
    target: str
    is_over: bool


class Cell(NamedTuple):
    """What one cell reads, its place among its column's values (None: unknown), its bar."""

    text: str
    place: int | None = None
    sign: str = ""
    bar: Bar | None = None


class Head(NamedTuple):
    """The head of a column, and of what kind it is."""

    text: str
    kind: str


class Line(NamedTuple):
    """One row with its verdict."""

    verdict: str
    cells: list[Cell]


class Table(NamedTuple):
    """A table ready to be marked up. `weight` is its width in digits."""

    heads: list[Head]
    lines: list[Line]
    total: Line | None
    weight: int

    @property
    def is_wide(self) -> bool:
        """Whether a screen has room for it in smaller letters alone."""
        return self.weight > _WIDE

    @property
    def is_long(self) -> bool:
        """Whether it has amounts so long that two do not stand side by side on a phone."""
        cells = (cell for line in self.lines for cell in line.cells)
        heads = cycle(head.kind for head in self.heads)
        return any(
            kind == "number" and len(cell.text) > _LONG
            for kind, cell in zip(heads, cells, strict=False)
        )

    @property
    def is_barred(self) -> bool:
        """Whether there are bars to explain."""
        return any(cell.bar for line in self.lines for cell in line.cells)


def table_of(report: Report, page: Page) -> Table:
    """The report's table, with a bar beside the rate that is judged."""
    grid, total = pretty_grid(report, page), total_row(report)
    places = [_places(report, index, grid.rows) for index in range(len(report.columns))]
    lines = [
        _line(report, row, cells, [column[at] for column in places])
        for at, (row, cells) in enumerate(zip(report.rows, grid.rows, strict=True))
    ]
    unplaced: list[int | None] = [None] * len(report.columns)
    foot = None if total is None else _line(report, total, grid.total or [], unplaced)
    heads = [Head(one_line(column.head), _kind(column)) for column in report.columns]
    return Table(heads, lines, foot, _weight(report, [*map(_texts, lines)], foot))


def select(report: Report, wanted: Sequence[str]) -> Report:
    """The report with the wanted columns alone, in its own order."""
    kept = tuple(column for column in report.columns if column.key in wanted)
    return report._replace(columns=kept)


def verdict(row: Row) -> str:
    """A row's status as the word programs read; empty where it has none."""
    status = row.get("status")
    return status.value if isinstance(status, Status) else ""


def _line(report: Report, row: Row, cells: Sequence[str], places: Sequence[int | None]) -> Line:
    made = [
        Cell(text, place, _sign(row.get(column.key)), _bar(report, column, row))
        for column, text, place in zip(report.columns, cells, places, strict=True)
    ]
    return Line(verdict(row), made)


def _sign(value: Value) -> str:
    return SIGNS[value] if isinstance(value, Status | Severity) else ""


def _kind(column: Column) -> str:
    if column.kind is Kind.NAME:
        return "name"
    return "number" if column.kind in RIGHT else column.kind.value


def _places(report: Report, index: int, rows: Sequence[Sequence[str]]) -> list[int | None]:
    """Each value's place among the column's, by exact value; equal values share theirs."""
    column = report.columns[index]
    values = [
        _comparable(row.get(column.key), cells[index])
        for row, cells in zip(report.rows, rows, strict=True)
    ]
    known = sorted({value for value in values if value is not None})
    place = {value: at for at, value in enumerate(known)}
    return [None if value is None else place[value] for value in values]


def _comparable(value: Value, text: str) -> Any:
    """Numbers and dates as they are, verdicts by gravity, text with row 9 before row 10."""
    if isinstance(value, Status | Severity):
        return list(type(value)).index(value)
    if value is None or isinstance(value, int | Fraction | date):
        return value
    parts = enumerate(_DIGITS.split(text.casefold()))
    return tuple(int(part) if at % 2 else part for at, part in parts)


def _bar(report: Report, column: Column, row: Row) -> Bar | None:
    """Lengths cut at 100: what lies beyond is said by `is_over`."""
    reached = row.get(column.key)
    if column.key != report.context.judged or not isinstance(reached, int | Fraction):
        return None
    if "status" not in row:
        return None
    committed = row.get("commitment_rate") if column.key == "execution_rate" else None
    target = row.get("target_rate")
    return Bar(_length(reached), _length(committed), _length(target), reached > 100)


def _length(rate: Value) -> str:
    if not isinstance(rate, int | Fraction):
        return ""
    return f"{half_up(min(max(Fraction(rate), Fraction(0)), Fraction(100)), 3):f}"


def _texts(line: Line) -> list[str]:
    return [cell.text for cell in line.cells]


def _weight(report: Report, lines: Sequence[Sequence[str]], foot: Line | None) -> int:
    """How wide the table wants to be: numbers stay whole, names and texts may wrap."""
    heads = [max(column.head.split(), key=len, default="") for column in report.columns]
    shown = [heads, *lines, *([_texts(foot)] if foot else [])]
    return sum(
        _column_weight(column, [line[index] for line in shown])
        + _BETWEEN
        + _BAR * (column.key == report.context.judged)
        for index, column in enumerate(report.columns)
    )


def _column_weight(column: Column, texts: Sequence[str]) -> int:
    widest = max(map(width, texts))
    return widest if column.kind in _KEPT_WHOLE else min(widest, _LONGEST_WORD)
