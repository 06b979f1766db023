"""Cells to exact amounts and printed rates, column by column; what is none becomes a finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from budgetcli.fields import AMOUNTS, RATES
from budgetcli.i18n import say
from budgetcli.measures import rate
from budgetcli.model import Absent, Evidence, Finding, Printed, RawTable, Severity, Unit
from budgetcli.recognise.amounts import Amount, DecimalMark, decimal_mark, parse
from budgetcli.recognise.columns import ColumnMap
from budgetcli.recognise.grid import Grid

Cell = Amount | Absent
_BASE = {"execution_rate": ("spent", "budget"), "commitment_rate": ("committed", "budget")}


@dataclass(frozen=True, slots=True)
class Values:
    """Every amount and rate of the data rows, by field, in row order.

    `amounts` are integers at `scale`; `quantum` is one unit of each column's
    last printed place at that scale; `places` its decimals in its own unit.
    """

    amounts: Mapping[str, Sequence[int | Absent]]
    rates: Mapping[str, Sequence[Printed | None]]
    scale: int
    quantum: Mapping[str, int]
    places: int
    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]


def read_values(
    raw: RawTable,
    grid: Grid,
    rows: Sequence[int],
    columns: ColumnMap,
    units: Mapping[str, Unit],
) -> Values:
    """The values of the given grid rows. `units` holds the unit of each amount field."""
    money = [name for name in AMOUNTS if name in columns.fields]
    ratios = [name for name in RATES if name in columns.fields]
    marks, evidence = _marks(grid, rows, columns, [*money, *ratios])
    cells = {name: _parsed(grid, rows, columns.fields[name], marks[name]) for name in marks}
    for name in money:
        cells[name] = [
            Absent.UNREADABLE if isinstance(cell, Amount) and cell.percent else cell
            for cell in cells[name]
        ]
    scale = max((_needed_scale(cells[name], units[name]) for name in money), default=0)
    amounts = {name: [_at(cell, units[name], scale) for cell in cells[name]] for name in money}
    places = {name: _places(cells[name]) for name in money}
    return Values(
        amounts,
        {name: _printed(name, grid, rows, columns, cells[name], amounts) for name in ratios},
        scale,
        {name: units[name].factor * 10**scale // 10 ** places[name] for name in money},
        max(places.values(), default=0),
        tuple(_unreadable(raw, grid, rows, columns, cells, money)),
        tuple(evidence),
    )


def _marks(
    grid: Grid, rows: Sequence[int], columns: ColumnMap, names: Sequence[str]
) -> tuple[dict[str, DecimalMark], list[Evidence]]:
    """A column's own proof decides its decimal mark, else the other columns', else a point."""
    proofs = {
        name: decimal_mark(grid.rows[row][columns.fields[name]] for row in rows) for name in names
    }
    known = {proof for proof in proofs.values() if proof}
    common = known.pop() if len(known) == 1 else DecimalMark.POINT
    evidence = []
    if DecimalMark.COMMA in proofs.values():
        evidence.append(Evidence("amounts", say("a comma parts units from decimals"), aloud=True))
    return {name: proof or common for name, proof in proofs.items()}, evidence


def _parsed(grid: Grid, rows: Sequence[int], column: int, mark: DecimalMark) -> list[Cell]:
    """A cell that only repeats its merged neighbour holds no amount of its own."""
    return [
        Absent.BLANK if (row, column) in grid.covered else parse(grid.rows[row][column], mark)
        for row in rows
    ]


def _needed_scale(cells: Sequence[Cell], unit: Unit) -> int:
    return max(0, _places(cells) - (len(str(unit.factor)) - 1))


def _places(cells: Sequence[Cell]) -> int:
    return max((cell.places for cell in cells if isinstance(cell, Amount)), default=0)


def _at(cell: Cell, unit: Unit, scale: int) -> int | Absent:
    if isinstance(cell, Absent):
        return cell
    amount: int = cell.digits * unit.factor * 10**scale // 10**cell.places
    return amount


def _printed(
    name: str,
    grid: Grid,
    rows: Sequence[int],
    columns: ColumnMap,
    cells: Sequence[Cell],
    amounts: Mapping[str, Sequence[int | Absent]],
) -> list[Printed | None]:
    times = 100 if _is_share(name, cells, amounts) else 1
    column = columns.fields[name]
    return [
        Printed(
            cell.value * (1 if cell.percent else times),
            max(0, cell.places - (2 if times == 100 and not cell.percent else 0)),
            grid.rows[row][column],
        )
        if isinstance(cell, Amount)
        else None
        for row, cell in zip(rows, cells, strict=True)
    ]


def _is_share(
    name: str, cells: Sequence[Cell], amounts: Mapping[str, Sequence[int | Absent]]
) -> bool:
    """Whether a rate column prints 0.307 for 30.7 %: decided by the amounts it follows from."""
    part, whole = _BASE.get(name, ("", ""))
    if part not in amounts or whole not in amounts:
        return False
    votes = 0
    for cell, above, below in zip(cells, amounts[part], amounts[whole], strict=True):
        if isinstance(cell, Amount) and isinstance(above, int) and isinstance(below, int):
            exact = rate(above, below)
            if exact and not cell.percent:
                votes += 1 if abs(100 * cell.value - exact) < abs(cell.value - exact) else -1
    return votes > 0


def _unreadable(
    raw: RawTable,
    grid: Grid,
    rows: Sequence[int],
    columns: ColumnMap,
    cells: Mapping[str, Sequence[Cell]],
    money: Sequence[str],
) -> list[Finding]:
    return [
        Finding(
            "unreadable_amount",
            Severity.WARNING,
            say("{text!r} is no amount", text=grid.rows[row][columns.fields[name]][:60]),
            raw.place(row + grid.top),
            column=name,
        )
        for name in money
        for row, cell in zip(rows, cells[name], strict=True)
        if cell is Absent.UNREADABLE
    ]
