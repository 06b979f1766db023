"""The steps strung together: one raw table in, its budget tables out, one an as-of date.

What a step decides is that step's file; here is only their order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from budgetcli.errors import TableError
from budgetcli.fields import AMOUNTS, LABELS
from budgetcli.i18n import say
from budgetcli.model import (
    Absent,
    BudgetTable,
    Counts,
    Evidence,
    MappedColumn,
    RawTable,
    Row,
)
from budgetcli.recognise import facts
from budgetcli.recognise.bands import Bands, find_bands
from budgetcli.recognise.columns import ColumnMap, map_columns
from budgetcli.recognise.grid import Grid, make_grid
from budgetcli.recognise.levels import find_levels, is_total_name
from budgetcli.recognise.names import clean
from budgetcli.recognise.values import Values, read_values

_clean = cache(clean)


@dataclass(frozen=True, slots=True)
class Hints:
    """What the user said about the table; everything else is recognised.

    `columns` maps field keys to a header's text or #N.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    has_header: bool = True
    unit: str | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class _Parts:
    raw: RawTable
    grid: Grid
    bands: Bands
    columns: ColumnMap
    lines: Sequence[str]
    units: facts.Units


def recognise(raw: RawTable, hints: Hints = Hints()) -> tuple[BudgetTable, ...]:
    """The budget tables a raw table holds, one an as-of date of its date column, oldest first.

    Raises TableError where there is no table, or where two readings are possible.
    """
    grid = make_grid(raw)
    bands = find_bands(grid, has_header=hints.has_header)
    if not bands.data:
        raise TableError(
            say("there is no row with amounts"),
            where=str(raw.place()),
            next=say("see what the file holds: budgetcli tables FILE"),
        )
    columns = map_columns(grid, bands, hints.columns, str(raw.place()))
    lines = facts.caption_lines(raw, grid, bands)
    units = facts.find_units(raw, grid, bands, columns, lines, hints.unit)
    parts = _Parts(raw, grid, bands, columns, lines, units)
    dates = facts.column_dates(grid, bands.data, columns)
    days = sorted({day for day in dates if day})
    if len(days) < 2:
        return (_table(parts, bands.data, days[0] if days else None, hints),)
    by_day: dict[date, list[int]] = {day: [] for day in _wanted_days(days, hints, raw)}
    for row, day in zip(bands.data, dates, strict=True):
        if day in by_day:
            by_day[day].append(row)
    return tuple(_table(parts, rows, day, hints) for day, rows in by_day.items())


def _wanted_days(days: list[date], hints: Hints, raw: RawTable) -> list[date]:
    """Of several dates in one table, all, or the one asked for. Raises TableError."""
    if hints.as_of is None:
        return days
    if hints.as_of in days:
        return [hints.as_of]
    raise TableError(
        say("it holds no rows of {day}", day=hints.as_of),
        where=str(raw.place()),
        seen=(say("dates: {days}", days=", ".join(map(str, days[-12:]))),),
        next=say("take one of these for --as-of"),
    )


def _table(parts: _Parts, rows: Sequence[int], day: date | None, hints: Hints) -> BudgetTable:
    raw, grid, columns = parts.raw, parts.grid, parts.columns
    values = read_values(raw, grid, rows, columns, parts.units.fields)
    kept = [place for place in range(len(rows)) if not _is_refused(values, place)]
    labels = _labels(grid, rows, columns)
    made = [_row(parts, values, rows, labels, place) for place in kept]
    names = [_name_cells(grid, rows[place], columns) for place in kept]
    levels = find_levels(made, names, values.quantum, values.scale)
    as_of, dated = _as_of(parts, day, hints)
    year = facts.column_year(grid, rows, columns) or facts.sibling_year(raw)
    return BudgetTable(
        rows=levels.leaves,
        totals=levels.totals,
        columns=_mapped(parts),
        source=raw.source,
        place=raw.place(),
        unit=parts.units.table,
        scale=values.scale,
        places=values.places,
        quantum=values.quantum,
        as_of=as_of,
        fiscal_year=year,
        title=facts.find_title(parts.lines) or raw.sheet,
        counts=_counts(parts, len(rows), len(levels.leaves), len(levels.totals)),
        findings=(*values.findings, *levels.findings),
        evidence=(
            *raw.evidence,
            *columns.evidence,
            *values.evidence,
            *parts.units.evidence,
            *dated,
        ),
    )


def _as_of(
    parts: _Parts, day: date | None, hints: Hints
) -> tuple[date | None, tuple[Evidence, ...]]:
    """The date column's date, unless the user says another; else what stands around the table."""
    if day and hints.as_of in (None, day):
        said = say("date: {day}, from its column", day=day.isoformat())
        return day, (Evidence("as_of", said),)
    return facts.find_date_of_table(parts.raw, parts.lines, hints.as_of)


def _is_refused(values: Values, place: int) -> bool:
    """A row none of whose amounts can be read, though something stands in their place."""
    cells = [column[place] for column in values.amounts.values()]
    return any(cell is Absent.UNREADABLE for cell in cells) and not any(
        isinstance(cell, int) for cell in cells
    )


def _row(
    parts: _Parts,
    values: Values,
    rows: Sequence[int],
    labels: Sequence[Mapping[str, str]],
    place: int,
) -> Row:
    printed = {name: column[place] for name, column in values.rates.items()}
    return Row(
        labels=labels[place],
        amounts={name: column[place] for name, column in values.amounts.items()},
        printed={name: value for name, value in printed.items() if value is not None},
        cells=parts.grid.rows[rows[place]],
        place=parts.raw.place(rows[place] + parts.grid.top),
    )


def _labels(grid: Grid, rows: Sequence[int], columns: ColumnMap) -> list[Mapping[str, str]]:
    """Each row's names by field; a blank outer name beside an inner one repeats the name above."""
    fields = sorted(((column, name) for name, column in columns.fields.items() if name in LABELS))
    above: dict[str, str] = {}
    found: list[Mapping[str, str]] = []
    for row in rows:
        own = {name: _clean(grid.rows[row][column]) for column, name in fields}
        inner = max((place for place, (_, name) in enumerate(fields) if own[name]), default=-1)
        labels: dict[str, str] = {}
        for place, (_, name) in enumerate(fields):
            text = own[name] or (above.get(name, "") if place < inner else "")
            if text:
                labels[name] = text
        if not any(map(is_total_name, own.values())):
            above = labels
        found.append(labels)
    return found


def _name_cells(grid: Grid, row: int, columns: ColumnMap) -> tuple[str, ...]:
    """The cells that may name a row: its label fields, and what stands left of the amounts."""
    facts_columns = {columns.fields.get(name) for name in ("as_of", "fiscal_year", "unit")}
    money = [column for name, column in columns.fields.items() if name in AMOUNTS]
    first = min(money, default=grid.width)
    labelled = {column for name, column in columns.fields.items() if name in LABELS}
    wanted = sorted((labelled | set(range(first))) - facts_columns)
    return tuple(grid.rows[row][column] for column in wanted)


def _mapped(parts: _Parts) -> tuple[MappedColumn, ...]:
    by_column = {column: name for name, column in parts.columns.fields.items()}
    return tuple(
        MappedColumn(
            number + 1 + parts.grid.left,
            reading.header,
            by_column.get(number),
            parts.units.fields.get(by_column.get(number, "")),
        )
        for number, reading in enumerate(parts.columns.readings)
    )


def _counts(parts: _Parts, data: int, used: int, totals: int) -> Counts:
    bands = parts.bands
    other_days = len(bands.data) - data
    return Counts(
        read=len(parts.grid.rows),
        used=used,
        totals=totals,
        refused=data - used - totals,
        headers=len(bands.header) + len(bands.repeated),
        others=len(bands.captions) + len(bands.notes) + len(bands.blank) + other_days,
    )
