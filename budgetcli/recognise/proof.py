"""What the amounts themselves prove about columns: rates that follow, cells that are words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from budgetcli.model import Absent
from budgetcli.recognise.amounts import (
    Amount,
    DecimalMark,
    decimal_mark,
    looks_like_amount,
    parse,
)
from budgetcli.recognise.grid import Grid

_SAMPLE = 400
# no report prints a rate of a thousand times the budget: such a column holds amounts
_NO_RATE = 100_000


def rate_follows(
    grid: Grid, rows: Sequence[int], rate: int, parts: Sequence[int], whole: int
) -> bool:
    """Whether column `rate` prints the sum of `parts` over `whole` on nine rows of ten."""
    return _mostly(_is_rate(*cells) for cells in _amounts(grid, rows, (rate, whole, *parts)))


def balance_follows(
    grid: Grid, rows: Sequence[int], balance: int, parts: Sequence[int], whole: int
) -> bool:
    """Whether column `balance` prints `whole` minus `parts` on most rows.

    Amounts agree to the cent by chance so rarely that rows that take off more prove nothing else.
    """
    cells = _amounts(grid, rows, (balance, whole, *parts))
    return _mostly((_is_balance(*row) for row in cells), of_ten=6)


def rows_with_amounts(grid: Grid, rows: Sequence[int], columns: Sequence[int]) -> list[int]:
    """The rows in which every one of these columns has an amount other than zero."""
    numbers = _amounts(grid, rows, columns, len(rows))
    return [
        row
        for row, cells in zip(rows, numbers, strict=True)
        if all(isinstance(cell, Amount) and cell.digits for cell in cells)
    ]


def _amounts(
    grid: Grid, rows: Sequence[int], columns: Sequence[int], most: int = _SAMPLE
) -> Iterator[tuple[Amount | Absent, ...]]:
    """The numbers of some columns, row by row, under the decimal mark each column proves."""
    texts = [[grid.rows[row][column] for row in rows[:most]] for column in columns]
    proofs = [decimal_mark(column) for column in texts]
    common = next(filter(None, proofs), DecimalMark.POINT)
    numbers = [
        [parse(text, proof or common) for text in column]
        for column, proof in zip(texts, proofs, strict=True)
    ]
    return zip(*numbers, strict=True)


def _mostly(verdicts: Iterable[bool | None], of_ten: int = 9) -> bool:
    """Whether that many of ten verdicts that are known are yes."""
    known = [verdict for verdict in verdicts if verdict is not None]
    return bool(known) and sum(known) * 10 >= len(known) * of_ten


def _is_rate(*cells: Amount | Absent) -> bool | None:
    """One row's verdict; None where an amount is not known or nothing can be divided by."""
    known = [cell for cell in cells if isinstance(cell, Amount)]
    if len(known) < len(cells) or not known[1].digits:
        return None
    printed, whole, *parts = known
    exact = 100 * sum(part.value for part in parts) / whole.value
    room = Fraction(1, 2 * 10**printed.places)
    return abs(printed.value - exact) <= room or abs(100 * printed.value - exact) <= 100 * room


def _is_balance(*cells: Amount | Absent) -> bool | None:
    """One row's verdict within the rounding of each amount; None where one is not known."""
    known = [cell for cell in cells if isinstance(cell, Amount)]
    if len(known) < len(cells):
        return None
    printed, whole, *parts = known
    off = whole.value - sum(part.value for part in parts) - printed.value
    return abs(off) <= sum(Fraction(1, 2 * 10**cell.places) for cell in known)


def holds_words(grid: Grid, rows: Sequence[int], column: int) -> bool:
    """Whether at least half of a column's filled cells are no amounts, and no dashes for one."""
    filled = _filled(grid, rows, column)
    numbers = sum(looks_like_amount(text) or parse(text) is Absent.DASH for text in filled)
    return 2 * numbers <= len(filled)


def holds_rates(grid: Grid, rows: Sequence[int], column: int) -> bool:
    """Whether a column's numbers are small enough to be rates."""
    numbers = [parse(text) for text in _filled(grid, rows, column)]
    large = [abs(n.value) >= _NO_RATE for n in numbers if isinstance(n, Amount)]
    return 2 * sum(large) <= len(large)


def is_percent(grid: Grid, rows: Sequence[int], column: int) -> bool:
    """Whether most of a column's filled cells are numbers with a percent sign."""
    signed = [text.endswith(("%", "％")) for text in _filled(grid, rows, column)]
    return 2 * sum(signed) > len(signed)


def is_blank(grid: Grid, rows: Sequence[int], column: int) -> bool:
    """Whether no cell of the column holds anything."""
    return not _filled(grid, rows, column)


def _filled(grid: Grid, rows: Sequence[int], column: int) -> list[str]:
    return [text for row in rows[:_SAMPLE] if (text := grid.rows[row][column])]
