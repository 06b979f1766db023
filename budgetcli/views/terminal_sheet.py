"""A report's columns as text for a terminal, each saying how many cells it needs.

Which are taken in is `terminal_columns`' business, colours and printing are `terminal`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from rich.cells import cell_len

from budgetcli.fields import Kind
from budgetcli.i18n import say
from budgetcli.measures import Status
from budgetcli.report import Column, Report, Value
from budgetcli.views import Page
from budgetcli.views.cells import Row, money_places, numbers_for, total_row, worded
from budgetcli.views.numbers import NOT_AVAILABLE, Numbers
from budgetcli.views.safe import visible
from budgetcli.views.terminal_cells import widest, wrapped
from budgetcli.views.terminal_columns import Need
from budgetcli.views.terminal_look import Look

FLEXIBLE = (Kind.NAME, Kind.TEXT)
_NOT_OF_TOTALS = (*FLEXIBLE, Kind.COUNT, Kind.DATE)
NAME_LEAST = 6
NAME_FULL = 60
HEAD_SAVING = 4


@dataclass(frozen=True, slots=True)
class Strip:
    """One column: its head, one text a row (the total's last), and the width it needs.

    `margin`: cells before its text that are kept for a sign or a rank.
    """

    column: Column
    head: str
    cells: tuple[str, ...]
    need: Need
    margin: int = 0


def rows_of(report: Report) -> list[Row]:
    """The rows, then the total where there is one, under a name."""
    total = total_row(report)
    if total is None:
        return [*report.rows]
    names = [column.key for column in report.columns if column.kind is Kind.NAME][:1]
    return [*report.rows, {**total, **{key: total.get(key) or str(say("Total")) for key in names}}]


def strips(report: Report, page: Page, look: Look, width: int, margin: int) -> list[Strip]:
    """Every column of the report; the first of names or text has the margin before it."""
    numbers, rows = numbers_for(report, page), rows_of(report)
    lead = next((c for c in report.columns if c.kind in FLEXIBLE and c.rank == 0), None)
    made, has_total = [], len(rows) > len(report.rows)
    for column in report.columns:
        places = money_places(report, numbers, column)
        cells = [_text(row.get(column.key), column, numbers, places, look) for row in rows]
        if has_total and column.kind in _NOT_OF_TOTALS and rows[-1].get(column.key) is None:
            cells[-1] = ""  # a total has no programme and no rank: nothing is unknown there
        head, before = _head(column, look), margin if column is lead else 0
        need = _need(report, column, head, cells, width, before)
        made.append(Strip(column, head, tuple(cells), need, before))
    return made


def _text(value: Value, column: Column, numbers: Numbers, places: int, look: Look) -> str:
    match column.kind, value:
        case _, None:
            return NOT_AVAILABLE
        case _, Status():
            sign = f"{look.signs[value]:<{max(map(cell_len, look.signs.values()))}}"
            return f"{sign} {look.own(worded(value, column) or '')}"
        case Kind.MONEY, int():
            return numbers.pretty(value, places)
        case Kind.RATE, int() | Fraction():
            return f"{numbers.rate(Fraction(value)):f}"
        case Kind.POINTS, int() | Fraction():
            return numbers.points(Fraction(value))
        case Kind.COUNT, int():
            return f"{value:,}"
        case _, date():
            return value.isoformat()
    return visible(worded(value, column) or str(value))


def _head(column: Column, look: Look) -> str:
    head = look.own(visible(column.head))
    return f"{head}(%)" if column.kind is Kind.RATE and "%" not in head else head


def _need(
    report: Report, column: Column, head: str, cells: Sequence[str], width: int, margin: int
) -> Need:
    rank, barred = _rank(report, column), column.key == report.context.judged
    longest = widest(cells)
    if column.kind not in FLEXIBLE:
        fixed = max(longest, _head_width(head, longest))
        return Need(rank, fixed, fixed, fixed, barred)
    longest = max(longest, cell_len(head))
    wish = min(longest, max(20, min(40, width // 3)))
    least, full = min(longest, NAME_LEAST), min(longest, max(NAME_FULL, wish))
    return Need(rank, least + margin, wish + margin, full + margin)


def _rank(report: Report, column: Column) -> int:
    """An alert is about what is missing: that column is never left out of it."""
    return 0 if report.name == "lagging" and column.key == "shortfall" else column.rank


def _head_width(head: str, cells: int) -> int:
    """The head on one line, unless two lines make the column much narrower."""
    whole = cell_len(head)
    words = widest(head.split(" "))
    two = next(wide for wide in range(words, whole + 1) if len(wrapped(head, wide)) <= 2)
    return two if whole - max(two, cells) >= HEAD_SAVING else whole
