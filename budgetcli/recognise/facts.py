"""What holds for the whole table and stands around it: unit, as-of date, fiscal year, title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from budgetcli.errors import TableError
from budgetcli.fields import AMOUNTS
from budgetcli.i18n import say
from budgetcli.model import Evidence, RawTable, Unit
from budgetcli.recognise.bands import Bands
from budgetcli.recognise.columns import ColumnMap
from budgetcli.recognise.dates import find_as_of, find_date, parse_date, year_of
from budgetcli.recognise.grid import Grid
from budgetcli.recognise.headers import read_path
from budgetcli.recognise.names import clean, fold
from budgetcli.recognise.units import find_unit, unit_given, unit_named

_ONE = Unit("", 1)
_TITLE_CELLS = 120


@dataclass(frozen=True, slots=True)
class Units:
    """The table's unit (None: nobody says) and the unit of each amount field."""

    table: Unit | None
    fields: Mapping[str, Unit]
    evidence: tuple[Evidence, ...]


def caption_lines(raw: RawTable, grid: Grid, bands: Bands) -> list[str]:
    """The lines around a table, nearest first: its own caption rows, text before, notes, after."""
    own = [_line(grid, row) for row in reversed(bands.captions)]
    notes = [_line(grid, row) for row in bands.notes]
    lines = [*own, *reversed(raw.before), *notes, *raw.after]
    return [fold(line) for line in lines if line.strip()]


def find_title(lines: Sequence[str]) -> str | None:
    """The nearest line that states neither unit nor date, if it is short enough for a title."""
    for line in lines:
        if not find_unit(line) and not find_date(line) and len(line) <= _TITLE_CELLS:
            return clean(line)
    return None


def find_units(
    raw: RawTable,
    grid: Grid,
    bands: Bands,
    columns: ColumnMap,
    lines: Sequence[str],
    told: str | None,
) -> Units:
    """The unit from the flag, else header, unit column, caption, sibling. Raises TableError."""
    money = [name for name in AMOUNTS if name in columns.fields]
    if told is not None:
        given = _told_unit(told)
        said = Evidence("unit", say("unit: {unit}, as told", unit=given.name))
        return Units(given, dict.fromkeys(money, given), (said,))
    common, message = _common_unit(raw, grid, bands, columns, lines)
    fields = {name: columns.readings[columns.fields[name]].unit or common or _ONE for name in money}
    headed = {unit for name in money if (unit := columns.readings[columns.fields[name]].unit)}
    if common is None and headed:
        common = max(headed, key=lambda unit: unit.factor) if len(headed) > 1 else headed.pop()
        message = Evidence("unit", say("unit: {unit}, from the header", unit=common.name))
    return Units(common, fields, (message,) if message else (_unknown_unit(),))


def find_date_of_table(
    raw: RawTable, lines: Sequence[str], told: date | None
) -> tuple[date | None, tuple[Evidence, ...]]:
    """The as-of date from the flag, else captions, siblings, file name; None where nobody says."""
    if told is not None:
        return told, (Evidence("as_of", say("date: {day}, as told", day=told.isoformat())),)
    if found := find_as_of(lines):
        return found[0], (_dated(found[0], found[1][:80]),)
    for name, value in raw.siblings.items():
        if _means(name, "as_of") and (day := parse_date(value)):
            return day, (_dated(day, f"{name}: {value}"),)
    name = PurePath(raw.source).name
    if day := find_date(name):
        return day, (_dated(day, name),)
    return None, (Evidence("as_of", say("the table does not say its date"), aloud=True),)


def column_dates(grid: Grid, rows: Sequence[int], columns: ColumnMap) -> list[date | None]:
    """The date of each row from its date column; None where there is no column or no date."""
    column = columns.fields.get("as_of")
    if column is None:
        return [None] * len(rows)
    known: dict[str, date | None] = {}
    for row in rows:
        text = grid.rows[row][column]
        if text not in known:
            known[text] = parse_date(text)
    return [known[grid.rows[row][column]] for row in rows]


def column_year(grid: Grid, rows: Sequence[int], columns: ColumnMap) -> int | None:
    """The one fiscal year its column states; None where it states none or several."""
    column = columns.fields.get("fiscal_year")
    if column is None:
        return None
    years = {year_of(text) for text in {grid.rows[row][column] for row in rows} if text}
    return years.pop() if len(years) == 1 else None


def sibling_year(raw: RawTable) -> int | None:
    """The fiscal year that stands beside the rows."""
    years = (year_of(value) for name, value in raw.siblings.items() if _means(name, "fiscal_year"))
    return next((year for year in years if year), None)


def _common_unit(
    raw: RawTable, grid: Grid, bands: Bands, columns: ColumnMap, lines: Sequence[str]
) -> tuple[Unit | None, Evidence | None]:
    if "unit" in columns.fields:
        return _column_unit(raw, grid, bands, columns.fields["unit"])
    for line in lines:
        unit = find_unit(line) or unit_named(line.strip("()[]<>〈〉 "))
        if unit:
            return unit, Evidence(
                "unit", say("unit: {unit}, from: {line}", unit=unit.name, line=line[:80])
            )
    for name, value in raw.siblings.items():
        if _means(name, "unit") and (unit := unit_named(value)):
            return unit, Evidence(
                "unit", say("unit: {unit}, from: {line}", unit=unit.name, line=name)
            )
    return None, None


def _column_unit(
    raw: RawTable, grid: Grid, bands: Bands, column: int
) -> tuple[Unit | None, Evidence | None]:
    texts = {grid.rows[row][column] for row in bands.data} - {""}
    named = {unit_named(text) or find_unit(text) for text in texts}
    if len(named) > 1:
        raise TableError(
            say("the unit column holds several units: {units}", units=", ".join(sorted(texts)[:5])),
            where=str(raw.place()),
            next=say("part the rows with --where, or name one unit with --unit"),
        )
    unit = named.pop() if named else None
    if unit is None:
        return None, None
    return unit, Evidence("unit", say("unit: {unit}, from its column", unit=unit.name))


def _told_unit(told: str) -> Unit:
    unit = unit_given(told)
    if unit is None:
        raise TableError(
            say("{unit!r} is no unit", unit=told),
            where="--unit",
            next=say("write 원, 천원, 백만원, 억원, thousand, million or a factor such as 1000"),
        )
    return unit


def _unknown_unit() -> Evidence:
    return Evidence("unit", say("no unit is stated: amounts are read as they stand"))


def _dated(day: date, line: str) -> Evidence:
    return Evidence("as_of", say("date: {day}, from: {line}", day=day.isoformat(), line=line))


def _means(name: str, field: str) -> bool:
    return any(found == field for found, _ in read_path((name,)).fields)


def _line(grid: Grid, row: int) -> str:
    return "  ".join(text for _, text in grid.own(row))
