"""From one table's balance to the other's: what the budget added, what each division took."""

from __future__ import annotations

from budgetcli.i18n import say
from budgetcli.report import Report
from budgetcli.views import Page
from budgetcli.views.cells import numbers_for
from budgetcli.views.picture.look import BLUE, MUTED, ORANGE, PALE_BLUE
from budgetcli.views.picture.rows import Line, Rows, ruled
from budgetcli.views.picture.scale import spanning
from budgetcli.views.picture.sheet import Key, Sheet, Words, grid
from budgetcli.views.picture.words import (
    Row,
    amounts,
    exact,
    label,
    left_out,
    notes,
    shown,
    tick_labels,
    told,
)

_SHARE = 0.6  # of a line's height


def draw(report: Report, page: Page, most: int | None = None) -> Sheet:
    """The first `most` steps: both balances from 0, each step from where the last one ended."""
    rows, numbers = shown(report.rows, most), numbers_for(report, page)
    words = Words(
        *told(report, numbers),
        (Key(BLUE, str(say("balance"))), Key(PALE_BLUE, str(say("decrease"))), _more()),
        notes(report, page, left_out(rows)),
    )
    money = amounts(numbers, [row["amount"] for row in rows.rows])
    lines = [
        Line(label(row), (_signed(row, text),), bool(row["is_level"]))
        for row, text in zip(rows.rows, money, strict=True)
    ]
    scale = spanning([exact(row[end]) for row in rows.rows for end in ("start", "end")], 0)
    made = ruled(words, ("",), lines, scale)
    grid(made.sheet, tick_labels(numbers, scale))
    for number, row in enumerate(rows.rows):
        _draw_step(made, number, row)
    made.zero()
    return made.sheet


def _more() -> Key:
    return Key(ORANGE, str(say("increase")))


def _signed(row: Row, text: str) -> str:
    amount = exact(row["amount"]) or 0
    return f"+{text}" if amount > 0 and not row["is_level"] else text


def _draw_step(made: Rows, number: int, row: Row) -> None:
    start, end = exact(row["start"]) or 0, exact(row["end"]) or 0
    rising = ORANGE if end > start else PALE_BLUE
    made.sheet.bar(
        (start, end), made.y(number), _SHARE * made.height, BLUE if row["is_level"] else rising
    )
    if number + 1 < made.lines:
        x, half = made.sheet.x(end), _SHARE * made.height / 2
        made.sheet.line([(x, made.y(number) + half), (x, made.y(number + 1) - half)], MUTED, 0.6)
