"""The steps strung together: one raw table in, its budget tables out, one an as-of date.

What a step decides is that step's file; here is only their order.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from budgetcli.errors import TableError
from budgetcli.i18n import say, say_count
from budgetcli.model import BudgetTable, Counts, Evidence, MappedColumn, RawTable, Row
from budgetcli.recognise import facts
from budgetcli.recognise.bands import Bands, find_bands, has_amounts
from budgetcli.recognise.columns import ColumnMap, map_columns, of_year, read_columns, years_in
from budgetcli.recognise.encumbrances import add_commitments
from budgetcli.recognise.grid import Grid, make_grid
from budgetcli.recognise.headers import Reading
from budgetcli.recognise.labels import row_labels, row_names
from budgetcli.recognise.scales import Units, find_units
from budgetcli.recognise.synonyms import OwnWords
from budgetcli.recognise.values import Values, read_values
from budgetcli.recognise.ways import Ways, find_ways


class Hints(NamedTuple):
    """What the user said about the table; everything else is recognised.

    `columns` maps field keys to a header's text or #N. `all_years` asks for
    the rows of every fiscal year in one table. `words` are the user's own for
    columns; `usual_unit` is what holds where the table states none. `measures`:
    what is no budget is read too, a plan against an actual; `plan` and `actual` name them.
    """

    columns: Mapping[str, str] = MappingProxyType({})
    has_header: bool = True
    unit: str | None = None
    as_of: date | None = None
    all_years: bool = False
    words: OwnWords = ()
    usual_unit: str | None = None
    plan: str | None = None
    actual: str | None = None
    measures: bool = False


class Parts(NamedTuple):
    """A raw table understood but not yet read: its rows by kind, its columns, lines and units.

    `year` is that of its columns, where those of several years stand side by
    side. `merged` says how many rows of the source each row stands for; empty
    where each is one of its own.
    """

    raw: RawTable
    grid: Grid
    bands: Bands
    columns: ColumnMap
    lines: facts.Lines
    units: Units
    year: int | None = None
    merged: Sequence[int] = ()


# how the values of some of the grid's rows are come by
Reader = Callable[[Parts, Sequence[int]], Values]
# how totals are told from leaves: of rows, their names, the columns' quanta, the scale
Teller = Callable[[Sequence[Row], Sequence[tuple[str, ...]], Mapping[str, int], int], Ways]


class _Slice(NamedTuple):
    """The rows of one date and fiscal year, as far as columns tell them."""

    rows: Sequence[int]
    day: date | None = None
    year: int | None = None
    undated: int = 0


def recognise(raw: RawTable, hints: Hints = Hints()) -> tuple[BudgetTable, ...]:
    """The budget tables a raw table holds, one an as-of date and fiscal year, oldest first.

    Raises TableError where there is no table, or where two readings are possible.
    """
    return tuple(
        table for parts in understand(raw, hints) for table in tables_of(parts, hints, _read_cells)
    )


def understand(raw: RawTable, hints: Hints) -> list[Parts]:
    """A raw table's rows and columns, once for each year its columns are spread over.

    Raises TableError where there is no table, or where two readings are possible.
    """
    grid = make_grid(raw, hints.words)
    bands = find_bands(grid, has_header=hints.has_header)
    if not any(has_amounts(grid, row) for row in bands.data):
        raise TableError(
            say("there is no row with amounts"),
            where=str(raw.place()),
            why=say("without an amount nothing can be measured"),
            next=say("see what the file holds: budgetcli tables FILE"),
        )
    readings = read_columns(grid, bands)
    years = years_in(readings)
    if not years:
        return [_parts(raw, grid, bands, readings, None, hints)]
    return [_parts(raw, grid, bands, of_year(readings, year), year, hints) for year in years]


def tables_of(
    parts: Parts,
    hints: Hints,
    read: Reader,
    tell: Teller = find_ways,
    *,
    only_last: bool = False,
) -> tuple[BudgetTable, ...]:
    """The tables of one choice of columns: one an as-of date and fiscal year. Raises TableError.

    With `only_last` the others are named and not read: they have no rows.
    """
    slices = _slices(parts, hints)
    passed_over = slices[:-1] if only_last else []
    return (
        *(_named(parts, part, hints)[0] for part in passed_over),
        *(_table(parts, part, hints, read, tell) for part in slices[len(passed_over) :]),
    )


def _parts(
    raw: RawTable,
    grid: Grid,
    bands: Bands,
    readings: tuple[Reading, ...],
    year: int | None,
    hints: Hints,
) -> Parts:
    """One choice of columns: all there are, or those of one year."""
    columns = map_columns(grid, bands, readings, hints.columns, str(raw.place()), year)
    lines = facts.caption_lines(raw, grid, bands)
    units = find_units(raw, grid, bands, columns, lines, hints.unit, hints.usual_unit)
    return Parts(raw, grid, bands, columns, lines, units, year)


def _read_cells(parts: Parts, rows: Sequence[int]) -> Values:
    return read_values(parts.raw, parts.grid, rows, parts.columns, parts.units)


def _slices(parts: Parts, hints: Hints) -> list[_Slice]:
    """The rows by date and year; together where no column tells them apart. Raises TableError."""
    grid, rows, columns = parts.grid, parts.bands.data, parts.columns
    dates = facts.column_dates(grid, rows, columns)
    years = facts.column_years(grid, rows, columns)
    days = sorted({day for day in dates if day})
    known = sorted({year for year in years if year})
    if hints.all_years or len(known) < 2:
        years = [known[0] if len(known) == 1 else None] * len(rows)
        known = []
    if len(days) < 2:
        dates = [days[0] if days else None] * len(rows)
    elif hints.as_of is not None and hints.as_of not in days:
        raise _no_such_day(days, hints.as_of, parts.raw)
    found: dict[tuple[int, date], list[int]] = {}
    undated = 0
    for row, day, year in zip(rows, dates, years, strict=True):
        if (len(days) > 1 and not day) or (known and not year):
            undated += 1
        elif _is_wanted(day, days, hints):
            found.setdefault((year or 0, day or date.min), []).append(row)
    return [
        _Slice(found[year, day], None if day == date.min else day, year or None, undated)
        for year, day in sorted(found)
    ]


def _is_wanted(day: date | None, days: Sequence[date], hints: Hints) -> bool:
    return len(days) < 2 or hints.as_of in (None, day)


def _no_such_day(days: Sequence[date], wanted: date, raw: RawTable) -> TableError:
    return TableError(
        say("it holds no rows of {day}", day=wanted),
        where=str(raw.place()),
        seen=(say("dates: {days}", days=", ".join(map(str, days[-12:]))),),
        why=say("rows of another day would answer another question"),
        next=say("take one of these for --as-of"),
    )


def _named(parts: Parts, part: _Slice, hints: Hints) -> tuple[BudgetTable, tuple[Evidence, ...]]:
    """A table of which only columns, date and year are known, and how these were told."""
    raw = parts.raw
    as_of, dated = _as_of(parts, part.day, hints)
    stated, of_year = facts.find_year_of_table(raw, parts.lines, as_of)
    table = BudgetTable(
        rows=(),
        totals=(),
        columns=_mapped(parts),
        source=raw.source,
        place=raw.place(),
        as_of=as_of,
        fiscal_year=parts.year or part.year or stated,
    )
    return table, (*dated, *of_year)


def _table(parts: Parts, part: _Slice, hints: Hints, read: Reader, tell: Teller) -> BudgetTable:
    raw, rows, year = parts.raw, part.rows, parts.year
    values = read(parts, rows)
    kept = [place for place in range(len(rows)) if place not in values.refused]
    labels = row_labels(parts.grid, rows, parts.columns)
    extra = {"fiscal_year": str(year)} if year else {}
    if extra:
        labels = [{**extra, **own} for own in labels]
    made = [_row(parts, values, rows, labels[place], place) for place in kept]
    names = row_names(parts.grid, [rows[place] for place in kept], parts.columns)
    levels, again = tell(made, names, values.quantum, values.scale)
    named, dated = _named(parts, part, hints)
    table = named._replace(
        rows=levels.leaves,
        totals=levels.totals,
        unit=parts.units.table,
        scale=values.scale,
        places=values.places,
        quantum=values.quantum,
        title=facts.find_title(parts.lines) or raw.sheet,
        counts=_counts(parts, rows, len(levels.leaves), len(levels.totals), again),
        findings=(*values.findings, *levels.findings),
        evidence=(
            *_evidence_of(parts, values),
            *dated,
            *levels.evidence,
            *_left_out(part),
            *facts.added_periods(parts.grid, rows, parts.columns),
            *facts.both_sides(levels.totals),
            *facts.parts_of_rows(parts.grid, parts.bands.notes),
            *facts.unread_dates(parts.grid, rows, parts.columns),
        ),
    )
    return add_commitments(table) if parts.columns.adds_encumbrances else table


def _evidence_of(parts: Parts, values: Values) -> Iterator[Evidence]:
    """How columns, amounts and units were read, in that order."""
    yield from parts.raw.evidence
    yield from parts.columns.evidence
    yield from values.evidence
    yield from parts.units.evidence
    if not parts.units.table:
        yield from facts.unread_unit(parts.raw, parts.lines)


def _left_out(part: _Slice) -> tuple[Evidence, ...]:
    """Rows that belong to no date or year, where others do, are told."""
    if not part.undated:
        return ()
    said = say_count(
        "{count} row states no date or year and was left out",
        "{count} rows state no date or year and were left out",
        part.undated,
    )
    return (Evidence("as_of", said, aloud=True),)


def _as_of(
    parts: Parts, day: date | None, hints: Hints
) -> tuple[date | None, tuple[Evidence, ...]]:
    """The date column's date, unless the user says another; else what stands around the table."""
    if day and hints.as_of in (None, day):
        said = say("date: {day}, from its column", day=day.isoformat())
        return day, (Evidence("as_of", said),)
    return facts.find_date_of_table(parts.raw, parts.lines, hints.as_of)


def _row(
    parts: Parts,
    values: Values,
    rows: Sequence[int],
    labels: Mapping[str, str],
    place: int,
) -> Row:
    printed = {
        name: value for name, column in values.rates.items() if (value := column[place]) is not None
    }
    return Row(
        labels,
        {name: column[place] for name, column in values.amounts.items()},
        printed,
        parts.grid.rows[rows[place]],
        parts.raw.place(rows[place] + parts.grid.top),
        parts.merged[rows[place]] if parts.merged else 1,
    )


def _mapped(parts: Parts) -> tuple[MappedColumn, ...]:
    # a year column that also names the rows is the year's first of all
    by_column = {column: name for name, column in reversed([*parts.columns.fields.items()])}
    return tuple(
        MappedColumn(
            number + 1 + parts.grid.left,
            reading.header,
            by_column.get(number),
            parts.units.fields.get(by_column.get(number, "")),
        )
        for number, reading in enumerate(parts.columns.readings)
    )


def _counts(parts: Parts, rows: Sequence[int], used: int, totals: int, again: int) -> Counts:
    bands = parts.bands
    other_days = len(bands.data) - len(rows)
    return Counts(
        read=len(parts.grid.rows),
        used=used,
        totals=totals,
        refused=len(rows) - used - totals - again,
        headers=len(bands.header) + len(bands.repeated),
        others=len(bands.captions) + len(bands.notes) + len(bands.blank) + other_days + again,
    )
