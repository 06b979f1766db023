"""The unit of a table and of each of its amount columns, and the units single cells bring along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from budgetcli.errors import TableError
from budgetcli.fields import AMOUNTS
from budgetcli.i18n import say
from budgetcli.model import Evidence, RawTable, Unit
from budgetcli.recognise.bands import Bands
from budgetcli.recognise.columns import ColumnMap, UndecidedError
from budgetcli.recognise.facts import Lines, means
from budgetcli.recognise.grid import Grid
from budgetcli.recognise.own import own_unit
from budgetcli.recognise.units import find_unit, unit_given, unit_named

_ONE = Unit("", 1)
_SAMPLE = 400
_CONTRACT = {"as_of", "fiscal_year", "currency", "unit", "basis"}


class Units(NamedTuple):
    """The table's unit (None: nobody says) and the unit of each amount field.

    `told` is set where the user said it: then no cell may say otherwise.
    """

    table: Unit | None
    fields: Mapping[str, Unit]
    evidence: tuple[Evidence, ...]
    told: bool = False


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
        given = _told_unit(told)
        said = Evidence("unit", say("unit: {unit}, as told", unit=given.name))
        return Units(given, dict.fromkeys(money, given), (said,), told=True)
    common, message = _common_unit(raw, grid, bands, columns, lines)
    if _is_our_report(raw):
        said = Evidence("unit", say("amounts are whole currency units: a report in JSON"))
        return Units(common, dict.fromkeys(money, _ONE), (said,))
    headed = {name: unit for name in money if (unit := columns.readings[columns.fields[name]].unit)}
    in_cells = {name: _units_in_cells(grid, bands, columns.fields[name]) for name in money}
    if common is None and (found := set(headed.values())):
        common = max(found, key=lambda unit: unit.factor)
        message = Evidence("unit", say("unit: {unit}, from the header", unit=common.name))
    if common is None and (found := {unit for units in in_cells.values() for unit in units}):
        common = max(found, key=lambda unit: unit.factor)
        message = Evidence(
            "unit",
            say("unit: {unit}, from the cells", unit=common.name),
            aloud=not all(in_cells.values()),
        )
    if common is None and usual is not None:
        common = _told_unit(usual)
        message = Evidence(
            "unit",
            say("unit: {unit}, from the settings: the table states none", unit=common.name),
        )
    fields = {name: headed.get(name) or common or _ONE for name in money}
    evidence = [message or _unknown_unit()]
    evidence += _contradictions(fields, in_cells, columns)
    return Units(common, fields, tuple(evidence))


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
        if unit := find_unit(line) or unit_named(line.strip("()[]<>〈〉 ")):
            return unit, _stated(unit, line[:80])
    for name, value in raw.siblings.items():
        if means(name, "unit") and (unit := unit_named(value)):
            return unit, _stated(unit, name)
    return None, None


def _column_unit(
    raw: RawTable, grid: Grid, bands: Bands, column: int
) -> tuple[Unit | None, Evidence | None]:
    texts: Sequence[str] = sorted({grid.rows[row][column] for row in bands.data} - {""})
    named = {unit_named(text) or find_unit(text) for text in texts}
    if len(named) > 1:
        raise UndecidedError(
            say("the unit column holds several units: {units}", units=", ".join(texts[:5])),
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


def _stated(unit: Unit, line: str) -> Evidence:
    return Evidence("unit", say("unit: {unit}, from: {line}", unit=unit.name, line=line))


def _unknown_unit() -> Evidence:
    return Evidence("unit", say("no unit is stated: amounts are read as they stand"))
