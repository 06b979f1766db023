"""What of a table can be recomputed: amounts with their rounding room, printed rates, line by line.

Columns that recognition does not count with (a balance that follows from others, a second
rate, an amount that only a header's formula speaks of) are read here as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from budgetcli.analysis.check_formulas import Balance, Ratio
from budgetcli.analysis.check_marks import Declared, declared_formulas
from budgetcli.analysis.standing import default_grouping
from budgetcli.fields import RATES
from budgetcli.model import Absent, BudgetTable, MappedColumn, Printed, Row
from budgetcli.recognise.amounts import (
    Amount,
    DecimalMark,
    decimal_mark,
    looks_like_amount,
    parse,
)
from budgetcli.recognise.headers import read_cell, read_path
from budgetcli.recognise.join import cell_of, column_index
from budgetcli.recognise.synonyms import RATE_WORDS

# balances that recognition does not read: they follow from others
_BALANCES = ("uncommitted", "unpaid")
_RATE_ENDINGS = ("률", "율")
_NO_RATE = 100_000
_PATH = " › "
_JOINT = " · "


class Line(NamedTuple):
    """A printed line, leaf or total: its row, whose it is, and every amount it shows."""

    row: Row
    name: str | None
    amounts: Mapping[str, int | Absent]

    def amount(self, key: str) -> int | None:
        """The exact amount, or None where it is unknown for whatever reason."""
        value = self.amounts.get(key)
        return value if isinstance(value, int) else None


class RateColumn(NamedTuple):
    """A column of printed rates, in line order; `key` is its field, else its header."""

    key: str
    printed: tuple[Printed | None, ...]


class Figures(NamedTuple):
    """A table's lines, leaves before totals, and the columns of rates.

    `rooms` says how far an amount may lie from what its column prints: half
    a unit of the last place, at the table's scale. `ratios` and `balances`
    are the formulas that headers declare, by the key of their column.
    """

    lines: tuple[Line, ...]
    leaves: int
    rooms: Mapping[str, Fraction]
    rates: tuple[RateColumn, ...]
    scale: int
    ratios: Mapping[str, Ratio] = MappingProxyType({})
    balances: Mapping[str, Balance] = MappingProxyType({})


def figures_of(table: BudgetTable, by: Sequence[str] = ()) -> Figures:
    """The figures of a table; `by` names whose a line is (default: the division's)."""
    rows = [*table.rows, *(total.row for total in table.totals)]
    declared = _declared(table, rows)
    added = _added_amounts(table, rows, _spoken_of(declared))
    names = [*_names(table, by), *(_total_name(total.row) for total in table.totals)]
    lines = tuple(
        Line(row, names[place], {**row.amounts, **{k: c.amounts[place] for k, c in added.items()}})
        for place, row in enumerate(rows)
    )
    rooms = {name: _room(table, Fraction(grain)) for name, grain in table.quantum.items()}
    rooms |= {name: _room(table, column.grain) for name, column in added.items()}
    keys = [key_of(column) for column in table.columns]
    formulas = {
        keys[place]: entry.formula(keys)
        for place, entry in declared.items()
        if rooms.keys() >= {keys[n] for n in entry.columns}
    }
    return Figures(
        lines,
        len(table.rows),
        rooms,
        tuple(_rates(table, rows, declared)),
        table.scale,
        {key: formula for key, formula in formulas.items() if isinstance(formula, Ratio)},
        {key: formula for key, formula in formulas.items() if isinstance(formula, Balance)},
    )


def with_spare_amounts(table: BudgetTable, figures: Figures) -> tuple[Figures, tuple[str, ...]]:
    """The figures with every other column that holds amounts by most of its cells, and their keys.

    What such a column means is not known: a balance may take it off all the same.
    """
    rows = [line.row for line in figures.lines]
    known = {*figures.rooms, *(rates.key for rates in figures.rates)}
    spare = {
        key_of(column): _amounts(table, cells, place)
        for place, column in _own_columns(table, rows)
        if column.field is None and key_of(column) not in known
        for cells in [_cells(rows, place)]
        if 2 * sum(map(looks_like_amount, cells)) > len(cells)
    }
    lines = tuple(
        line._replace(amounts={**line.amounts, **{k: c.amounts[n] for k, c in spare.items()}})
        for n, line in enumerate(figures.lines)
    )
    rooms = {name: _room(table, column.grain) for name, column in spare.items()}
    return figures._replace(lines=lines, rooms={**figures.rooms, **rooms}), tuple(spare)


def key_of(column: MappedColumn) -> str:
    """What a column is called here: its field, else its header on one line."""
    return column.field or " ".join(column.header.split())


def is_exact(table: BudgetTable, grain: Fraction) -> bool:
    """Whether a column prints whole won or finer: there is no smaller money to be rounded away."""
    korean = table.unit is not None and table.unit.currency == "KRW"
    return korean and grain <= 10**table.scale


def _room(table: BudgetTable, grain: Fraction) -> Fraction:
    return Fraction(0) if is_exact(table, grain) else grain / 2


def _names(table: BudgetTable, by: Sequence[str]) -> Iterator[str]:
    places = {name: column_index(table, name) for name in by}
    names = by or default_grouping(table)
    for row in table.rows:
        yield _JOINT.join(filter(None, (cell_of(row, places.get(name), name) for name in names)))


def _total_name(row: Row) -> str | None:
    return next(reversed([*row.labels.values()]), None)


class _Column(NamedTuple):
    amounts: list[int | Absent]
    grain: Fraction


def _declared(table: BudgetTable, rows: Sequence[Row]) -> Mapping[int, Declared]:
    """The formulas of headers, where every row's cells stand under these headers."""
    if len({row.place.source for row in rows}) > 1:
        return {}
    return declared_formulas([column.header for column in table.columns])


def _spoken_of(declared: Mapping[int, Declared]) -> set[int]:
    """The columns that formulas need as amounts: their parts, and what a balance comes to."""
    sums = {place for place, entry in declared.items() if entry.over is None}
    return sums.union(*(entry.columns for entry in declared.values()))


def _added_amounts(
    table: BudgetTable, rows: Sequence[Row], spoken_of: set[int]
) -> dict[str, _Column]:
    """Amounts that recognition did not read: known balances, and what a header's formula needs."""
    return {
        key_of(column): _amounts(table, _cells(rows, place), place)
        for place, column in _own_columns(table, rows)
        if column.field in _BALANCES or (column.field is None and place in spoken_of)
    }


def _amounts(table: BudgetTable, cells: Sequence[str], place: int) -> _Column:
    """A column's amounts at the table's scale, in its own unit or else the table's."""
    unit = table.columns[place].unit or table.unit
    worth = (unit.factor if unit else 1) * 10**table.scale
    parsed = _parsed(cells)
    places = max((cell.places for cell in parsed if isinstance(cell, Amount)), default=0)
    return _Column([_at(cell, worth) for cell in parsed], Fraction(worth, 10**places))


def _at(cell: Amount | Absent, worth: int) -> int | Absent:
    """Finer than the table's scale is not comparable: such a cell is left out."""
    if isinstance(cell, Absent):
        return cell
    exact = cell.value * worth
    return int(exact) if exact.denominator == 1 else Absent.UNREADABLE


def _rates(
    table: BudgetTable, rows: Sequence[Row], declared: Mapping[int, Declared]
) -> Iterator[RateColumn]:
    own = dict(_own_columns(table, rows))
    ratios = {place for place, entry in declared.items() if entry.over is not None}
    for place, column in enumerate(table.columns):
        if column.field in RATES:
            yield RateColumn(column.field, tuple(row.printed.get(column.field) for row in rows))
        elif place in own and column.field is None:
            printed = _printed(_cells(rows, place))
            named = _is_rate(column.header, table.fiscal_year) and _are_rates(printed)
            if named or place in ratios:
                yield RateColumn(key_of(column), printed)


def _is_rate(header: str, year: int | None) -> bool:
    """Whether a header speaks of a rate, and not of another year's."""
    path = tuple(header.split(_PATH))
    cells = [read_cell(text) for text in path]
    named = any(
        cell.percent or cell.core in RATE_WORDS or cell.core.endswith(_RATE_ENDINGS)
        for cell in cells
    )
    reading = read_path(path)
    return (named or any(f in RATES for f, _ in reading.fields)) and reading.year in (None, year)


def _are_rates(printed: Sequence[Printed | None]) -> bool:
    """Whether most numbers are small enough: a column called 목표 may hold amounts."""
    large = [abs(rate.value) >= _NO_RATE for rate in printed if rate]
    return 2 * sum(large) <= len(large)


def _printed(cells: Sequence[str]) -> tuple[Printed | None, ...]:
    return tuple(
        Printed(cell.value, cell.places, text) if isinstance(cell, Amount) else None
        for text, cell in zip(cells, _parsed(cells), strict=True)
    )


def _parsed(cells: Sequence[str]) -> list[Amount | Absent]:
    mark = decimal_mark(cells) or DecimalMark.POINT
    return [parse(text, mark) for text in cells]


def _own_columns(table: BudgetTable, rows: Sequence[Row]) -> list[tuple[int, MappedColumn]]:
    """The columns with their place in a row's cells; none where rows of several files meet."""
    several = len({row.place.source for row in rows}) > 1
    return [] if several else list(enumerate(table.columns))


def _cells(rows: Sequence[Row], place: int) -> list[str]:
    return [row.cells[place] if place < len(row.cells) else "" for row in rows]
