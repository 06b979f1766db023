"""What will be left at the year's end: a range for each division, never one number."""

from __future__ import annotations

from budgetcli.fields import FIELDS
from budgetcli.i18n import Sentence, say
from budgetcli.report import Report
from budgetcli.views import Page
from budgetcli.views.cells import numbers_for
from budgetcli.views.picture.look import BLUE, PALE_BLUE
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
    quantity,
    shown,
    tick_labels,
    told,
)

_ENDS = ("unspent_least", "unspent_most")
_SHARE = 0.3  # of a line's height


def draw(report: Report, page: Page, most: int | None) -> Sheet:
    """For each of the first `most` rows, from the least that may be left to the most."""
    rows, numbers = shown(report.rows, most), numbers_for(report, page)
    words = Words(
        numbers.sentence(_title(report)),
        told(report, numbers)[1],
        (_key(report),),
        notes(report, page, left_out(rows)),
    )
    money = [amounts(numbers, [row[end] for row in rows.rows]) for end in _ENDS]
    figures = zip(*money, strict=True)
    lines = [Line(label(row), pair) for row, pair in zip(rows.rows, figures, strict=True)]
    scale = spanning([exact(row[end]) for row in rows.rows for end in _ENDS], 0)
    made = ruled(words, [FIELDS[end].short for end in _ENDS], lines, scale)
    grid(made.sheet, tick_labels(numbers, scale))
    made.zero()
    for number, row in enumerate(rows.rows):
        _draw_row(made, number, row)
    return made.sheet


def _title(report: Report) -> Sentence:
    total, end = report.total or {}, report.extra["year_end"]
    values = {key: quantity(total, f"unspent_{key}") for key in ("least", "most")}
    return say("{least} to {most} unspent on {day}", day=end, **values)


def _key(report: Report) -> Key:
    """What the ends of a range come from."""
    scenarios = report.extra["scenarios"]
    told = [FIELDS[each].term for each in scenarios] if isinstance(scenarios, list) else []
    return Key(PALE_BLUE, str(say("between: {scenarios}", scenarios=" · ".join(told))))


def _draw_row(made: Rows, number: int, row: Row) -> None:
    least, most = (exact(row[end]) for end in _ENDS)
    if least is None or most is None:
        return
    y = made.y(number)
    made.sheet.bar((least, most), y, _SHARE * made.height, PALE_BLUE)
    for end in (least, most):
        made.sheet.dot((made.sheet.x(end), y), BLUE)
