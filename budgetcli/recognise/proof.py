"""What the amounts themselves prove about columns: rates that follow, cells that are words."""

from __future__ import annotations

from collections.abc import Sequence
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


def rate_follows(grid: Grid, rows: Sequence[int], rate: int, part: int, whole: int) -> bool:
    """Whether column `rate` prints `part` over `whole` on nine rows of ten."""
    texts = [[grid.rows[row][column] for row in rows[:_SAMPLE]] for column in (rate, part, whole)]
    proofs = [decimal_mark(column) for column in texts]
    common = next(filter(None, proofs), DecimalMark.POINT)
    numbers = [
        [parse(text, proof or common) for text in column]
        for column, proof in zip(texts, proofs, strict=True)
    ]
    verdicts = [_fits(*cells) for cells in zip(*numbers, strict=True)]
    known = [verdict for verdict in verdicts if verdict is not None]
    return bool(known) and sum(known) * 10 >= len(known) * 9


def _fits(printed: Amount | Absent, above: Amount | Absent, below: Amount | Absent) -> bool | None:
    """One row's verdict; None where an amount is not known or nothing can be divided by."""
    if not (isinstance(printed, Amount) and isinstance(above, Amount)):
        return None
    if not isinstance(below, Amount) or not below.digits:
        return None
    exact = 100 * above.value / below.value
    room = Fraction(1, 2 * 10**printed.places)
    return abs(printed.value - exact) <= room or abs(100 * printed.value - exact) <= 100 * room


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


def is_blank(grid: Grid, rows: Sequence[int], column: int) -> bool:
    """Whether no cell of the column holds anything."""
    return not _filled(grid, rows, column)


def _filled(grid: Grid, rows: Sequence[int], column: int) -> list[str]:
    return [text for row in rows[:_SAMPLE] if (text := grid.rows[row][column])]
