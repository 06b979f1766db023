"""The unit of a table and of each of its amount columns, and the units single cells bring along."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from budgetcli.errors import TableError
from budgetcli.fields import AMOUNTS
from budgetcli.i18n import say
from budgetcli.model import Evidence, RawTable, Unit
from budgetcli.recognise.bands import Bands
from budgetcli.recognise.columns import ColumnMap, UndecidedError
from budgetcli.recognise.currencies import in_currency
from budgetcli.recognise.facts import Lines
from budgetcli.recognise.grid import Grid
from budgetcli.recognise.headers import Reading
from budgetcli.recognise.names import last_key, word_key
from budgetcli.recognise.own import own_unit
from budgetcli.recognise.synonyms import UNIT_WORDS
from budgetcli.recognise.units import doubtful_unit, find_unit, unit_given, unit_named

_ONE = Unit("", 1)
_SAMPLE = 400
_SHOWN = 80
_CONTRACT = {"as_of", "fiscal_year", "currency", "unit", "basis"}


class Units(NamedTuple):
    """The table's unit (None: nobody says) and the unit of each amount field.

    `told` is set where the user said it: then no cell may say otherwise.
    `rows` gives each grid row's unit where a unit column names several; the
    largest of them is the table's.
    """

    table: Unit | None
    fields: Mapping[str, Unit]
    evidence: tuple[Evidence, ...]
    told: bool = False
    rows: Mapping[int, Unit] = MappingProxyType({})


def find_units(
    raw: RawTable,
    grid: Grid,
    bands: Bands,
    columns: ColumnMap,
    lines: Lines,
    told: str | None,
    usual: str | None = None,
) -> Units:
    """The unit as told, else of header, unit column, caption, sibling, cells, else the usual one.

    Raises TableError.
    """
    money = [name for name in AMOUNTS if name in columns.fields]
    if told is not None:
        return _as_told(told, money)
    common, message = _common_unit(raw, grid, bands, columns, lines)
    _refuse_doubtful(raw, [columns.readings[columns.fields[name]] for name in money], common, lines)
    if _is_our_report(raw):
        said = Evidence("unit", say("amounts are whole currency units: a report in JSON"))
        common = in_currency(common, raw, grid, bands, columns)
        return Units(common, dict.fromkeys(money, _ONE), (said,))
    headed = {name: unit for name in money if (unit := columns.readings[columns.fields[name]].unit)}
    in_cells = {name: _units_in_cells(grid, bands, columns.fields[name]) for name in money}
    if common is None:
        common, told_by = _of_amounts(headed, in_cells, usual)
        message = told_by or message
    common = in_currency(common, raw, grid, bands, columns)
    fields = {name: headed.get(name) or common or _ONE for name in money}
    evidence = [message or _unknown_unit()]
    evidence += _contradictions(fields, in_cells, columns)
    rows = _units_of_rows(grid, bands, columns) if common in fields.values() else {}
    return Units(common, fields, tuple(evidence), rows=rows)


def _as_told(told: str, money: Iterable[str]) -> Units:
    given = _told_unit(told)
    said = Evidence("unit", say("unit: {unit}, as told", unit=given.name))
    return Units(given, dict.fromkeys(money, given), (said,), told=True)


def _of_amounts(
    headed: Mapping[str, Unit], in_cells: Mapping[str, set[Unit]], usual: str | None
) -> tuple[Unit | None, Evidence | None]:
    """The unit over the amounts, else in their cells, else the usual; of several the largest."""
    if headed:
        unit = _largest(headed.values())
        return unit, Evidence("unit", say("unit: {unit}, from the header", unit=unit.name))
    if any(in_cells.values()):
        unit = _largest(unit for units in in_cells.values() for unit in units)
        said = say("unit: {unit}, from the cells", unit=unit.name)
        return unit, Evidence("unit", said, aloud=not all(in_cells.values()))
    if usual is not None:
        unit = _told_unit(usual)
        said = say("unit: {unit}, from the settings: the table states none", unit=unit.name)
        return unit, Evidence("unit", said)
    return None, None


def _largest(units: Iterable[Unit]) -> Unit:
    return max(units, key=lambda unit: unit.factor)


def _refuse_doubtful(
    raw: RawTable, headers: Sequence[Reading], common: Unit | None, lines: Lines
) -> None:
    """Raise UndecidedError where a header or, unless a unit is known, a caption says mil USD."""
    open_headers = [reading.header for reading in headers if reading.unit is None]
    captions = () if common else lines.heads
    for text in (*open_headers, *captions):
        if found := doubtful_unit(text):
            raise UndecidedError(
                say("{text!r} could be more than one unit", text=found),
                where=str(raw.place()),
                why=say("amounts could be a thousand times more or less"),
                next=say("say what a printed 1 is: --unit thousand, --unit million, ..."),
            )


def _is_our_report(raw: RawTable) -> bool:
    """Our own JSON: `unit` is how the source printed; its money is in whole currency units."""
    stated = raw.siblings.keys() >= _CONTRACT
    return stated and raw.siblings["basis"] in ("spent", "committed")


def _units_in_cells(grid: Grid, bands: Bands, column: int) -> set[Unit]:
    cells = (own_unit(grid.rows[row][column]) for row in bands.data[:_SAMPLE])
    return {own[1] for own in cells if own}


def _contradictions(
    fields: Mapping[str, Unit], in_cells: Mapping[str, set[Unit]], columns: ColumnMap
) -> list[Evidence]:
    """Where cells say another unit than what stands around them, the cells count; that is said."""
    return [
        Evidence(
            "unit",
            say(
                "cells of {header} say {own}, not {unit}: they were read as they say (or: --unit)",
                header=columns.readings[columns.fields[name]].header,
                own=unit.name,
                unit=fields[name].name,
            ),
            aloud=True,
        )
        for name, units in in_cells.items()
        for unit in sorted(units, key=lambda unit: unit.factor)
        if unit.factor != fields[name].factor
    ]


def _common_unit(
    raw: RawTable, grid: Grid, bands: Bands, columns: ColumnMap, lines: Lines
) -> tuple[Unit | None, Evidence | None]:
    if "unit" in columns.fields:
        return _column_unit(raw, grid, bands, columns.fields["unit"])
    for line in (*lines.heads, *lines.notes):
        if unit := unit_named(line.strip("()[]<>〈〉 ")) or find_unit(line):
            return unit, _stated(unit, line[:_SHOWN])
    return _unit_beside(raw)


def _unit_beside(raw: RawTable) -> tuple[Unit | None, Evidence | None]:
    """The unit under a name that is for units, else in a sentence beside the rows."""
    named = [(n, v) for n, v in raw.siblings.items() if word_key(last_key(n)) in UNIT_WORDS]
    for name, value in named:
        if unit := unit_given(value) or find_unit(value):
            return unit, _stated(unit, f"{name}: {value}"[:_SHOWN])
    for name, value in raw.siblings.items():
        if unit := find_unit(value):
            return unit, _stated(unit, f"{name}: {value}"[:_SHOWN])
    return None, None


def _column_unit(
    raw: RawTable, grid: Grid, bands: Bands, column: int
) -> tuple[Unit | None, Evidence | None]:
    """The unit of a unit column; of several of one currency the largest, to which rows convert."""
    texts: Sequence[str] = sorted({grid.rows[row][column] for row in bands.data})
    named = {text: unit for text in texts if (unit := _unit_of(text))}
    if not named:
        listed = ", ".join(filter(None, texts))
        said = say("the unit column holds no unit that is known: {units}", units=listed)
        return None, Evidence("unit", said, aloud=True) if listed else None
    unit = max(named.values(), key=lambda unit: unit.factor)
    units = {*named.values()}
    if len(units) == 1 and not set(texts) - named.keys() - {""}:
        return unit, Evidence("unit", say("unit: {unit}, from its column", unit=unit.name))
    if len(named) < len(texts) or len({unit.currency for unit in units}) > 1:
        raise UndecidedError(
            say("the unit column holds several units: {units}", units=", ".join(map(repr, texts))),
            where=str(raw.place()),
            next=say("name one unit with --unit, or put rows of one unit into a file of their own"),
        )
    said = say(
        "rows in {units}: each was converted to {unit}",
        units=", ".join(sorted(unit.name for unit in units)),
        unit=unit.name,
    )
    return unit, Evidence("unit", said, aloud=True)


def _unit_of(text: str) -> Unit | None:
    return unit_named(text) or find_unit(text)


def _units_of_rows(grid: Grid, bands: Bands, columns: ColumnMap) -> dict[int, Unit]:
    """Each data row's unit where a unit column names several."""
    column = columns.fields.get("unit")
    if column is None:
        return {}
    texts = {grid.rows[row][column] for row in bands.data}
    named = {text: unit for text in texts if (unit := _unit_of(text))}
    if len({*named.values()}) < 2:
        return {}
    return {row: named[text] for row in bands.data if (text := grid.rows[row][column]) in named}


def _told_unit(told: str) -> Unit:
    unit = unit_given(told)
    if unit is None:
        raise TableError(
            say("{unit!r} is no unit", unit=told),
            where="--unit",
            next=say("write 원, 천원, 백만원, 억원, thousand, million or a factor such as 1000"),
        )
    return unit


def _stated(unit: Unit, line: str) -> Evidence:
    return Evidence("unit", say("unit: {unit}, from: {line}", unit=unit.name, line=line))


def _unknown_unit() -> Evidence:
    return Evidence("unit", say("no unit is stated: amounts are read as they stand"))
