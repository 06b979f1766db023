"""What is left of the budget by division: bound but not yet paid, and not bound at all."""

from __future__ import annotations

from collections.abc import Sequence

from budgetcli.fields import FIELDS
from budgetcli.i18n import Sentence, say
from budgetcli.report import Report
from budgetcli.views import Page
from budgetcli.views.cells import numbers_for
from budgetcli.views.picture.look import BLUE, PALE_BLUE
from budgetcli.views.picture.rows import Line, Rows, ruled
from budgetcli.views.picture.scale import Exact, spanning
from budgetcli.views.picture.sheet import Key, Sheet, Words, grid
from budgetcli.views.picture.words import (
    Row,
    amounts,
    exact,
    label,
    left_out,
    named,
    notes,
    quantity,
    rated,
    shown,
    subtitle,
    tick_labels,
)

_SHARE = 0.55  # of a line's height


def draw(report: Report, page: Page, most: int | None) -> Sheet:
    """A bar for each of the first `most` rows, what is bound set apart where it is known."""
    rows, numbers = shown(report.rows, most), numbers_for(report, page)
    finding = numbers.sentence(_title(report))
    words = Words(
        finding,
        subtitle(report, page, finding),
        _keys(rows.rows),
        notes(report, page, left_out(rows)),
    )
    money = amounts(numbers, [row["unspent"] for row in rows.rows])
    lines = [
        Line(label(row), (text, rated(numbers, row, "execution_rate")))
        for row, text in zip(rows.rows, money, strict=True)
    ]
    heads = (FIELDS["unspent"].short, FIELDS["execution_rate"].short)
    scale = spanning([exact(row["unspent"]) for row in rows.rows], 0)
    made = ruled(words, heads, lines, scale)
    grid(made.sheet, tick_labels(numbers, scale))
    for number, row in enumerate(rows.rows):
        _draw_row(made, number, row)
    made.zero()
    return made.sheet


def _title(report: Report) -> Sentence:
    known = [row for row in report.rows if row["unspent"] is not None]
    if not known:
        return report.headline[0]
    first = max(known, key=lambda row: exact(row["unspent"]) or 0)
    return say(
        "{amount} unspent; the most at {name}: {most}",
        amount=quantity(report.total or {}, "unspent"),
        name=named(first),
        most=quantity(first, "unspent"),
    )


def _keys(rows: Sequence[Row]) -> tuple[Key, ...]:
    if not any(map(_parts, rows)):
        return ()
    return Key(BLUE, FIELDS["uncommitted"].term), Key(PALE_BLUE, FIELDS["unpaid"].term)


def _parts(row: Row) -> tuple[Exact, Exact] | None:
    """Uncommitted and unpaid, where they are known and neither is below nothing."""
    free, bound = exact(row["uncommitted"]), exact(row["unpaid"])
    return (
        (free, bound) if free is not None and bound is not None and min(free, bound) >= 0 else None
    )


def _draw_row(made: Rows, number: int, row: Row) -> None:
    left, parts = exact(row["unspent"]), _parts(row)
    if left is None:
        return
    high = _SHARE * made.height
    made.sheet.bar((0, left), made.y(number), high, PALE_BLUE if parts else BLUE)
    if parts:
        made.sheet.bar((0, parts[0]), made.y(number), high, BLUE)
