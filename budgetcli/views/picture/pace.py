"""Each division's rate against the time that has gone: who keeps the pace of the year."""

from __future__ import annotations

from datetime import date, timedelta

from budgetcli.errors import UserError
from budgetcli.i18n import say
from budgetcli.report import Report
from budgetcli.targets import PaceTarget
from budgetcli.views import Page
from budgetcli.views.cells import numbers_for
from budgetcli.views.picture import beside
from budgetcli.views.picture.field import NAMED, Field, field, mark_days
from budgetcli.views.picture.look import BLUE, INK, ORANGE, PALE_BLUE, PALE_ORANGE, SMALL
from budgetcli.views.picture.scale import Scale
from budgetcli.views.picture.sheet import Sheet, Words
from budgetcli.views.picture.words import (
    Row,
    Shown,
    beyond,
    exact,
    is_behind,
    label,
    notes,
    rated,
    standing,
    subtitle,
    unnamed,
)

_QUARTERS = (0, 3, 6, 9)
_IN_EVERY_MONTH = 28


def draw(report: Report, page: Page, most: int | None) -> Sheet:
    """A point for every row whose rate is known; the first `most` are named.

    Raises UserError where the report is not measured against the pace.
    """
    pace, judged = _pace(report), report.context.judged
    known = [row for row in report.rows if exact(row[judged]) is not None]
    tagged, numbers = known[: most or NAMED], numbers_for(report, page)
    texts = [f"{label(row)} {rated(numbers, row, judged)}" for row in tagged]
    rates = [exact(row[judged]) for row in known]
    told = (unnamed(Shown(tagged, len(known))), beyond(rates))
    words = Words(standing(report, page), subtitle(report, page), (), notes(report, page, *told))
    made = field(words, Scale(0, pace.days), rates, texts)
    _draw_pace(made, pace)
    for row in reversed(known):
        _draw_row(made, row, pace, judged)
    tags = [_tag(made, *pair, pace, judged) for pair in zip(tagged, texts, strict=True)]
    beside.write(made.sheet, tags, made.sheet.x(pace.days))
    return made.sheet


def _pace(report: Report) -> PaceTarget:
    if isinstance(report.context.target, PaceTarget):
        return report.context.target
    raise UserError(
        say("rates are drawn against the pace of the year, and the target is another"),
        where="--kind pace",
        next=say("leave --target out, or draw --kind bars"),
    )


def _draw_pace(made: Field, pace: PaceTarget) -> None:
    """The year's quarters, the line a steady spender keeps to, and the day of the table."""
    starts = [_month(pace.start, n) for n in _QUARTERS]
    last = (pace.days, pace.start + timedelta(days=pace.days - 1))
    mark_days(made, [*(((day - pace.start).days, day) for day in starts), last])
    made.sheet.line([made.spot(0, 0), made.spot(pace.days, 100)], INK, 1.2)
    x, y = made.spot(pace.days, 100)
    made.sheet.write((x - 4, y - 5), str(say("pace")), SMALL, INK, align="right")
    today = made.sheet.x(pace.elapsed)
    made.sheet.line([(today, made.sheet.top), (today, made.sheet.bottom)], INK, 0.7, "dotted")
    said = str(pace.as_of)
    made.sheet.write((today, made.sheet.top - 5), said, SMALL, INK, align="center")


def _month(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    return date(start.year + years, month + 1, min(start.day, _IN_EVERY_MONTH))


def _draw_row(made: Field, row: Row, pace: PaceTarget, judged: str) -> None:
    """From nothing on the year's first day to the rate of today."""
    rate = exact(row[judged]) or 0
    spot = made.spot(pace.elapsed, rate)
    strong, pale = (ORANGE, PALE_ORANGE) if is_behind(row) else (BLUE, PALE_BLUE)
    made.sheet.line([made.spot(0, 0), spot], pale, 0.8)
    made.dot(spot, rate, strong)


def _tag(made: Field, row: Row, text: str, pace: PaceTarget, judged: str) -> beside.Tag:
    spot = made.spot(pace.elapsed, exact(row[judged]) or 0)
    return beside.Tag(spot, text, "bold" if is_behind(row) else "normal")
