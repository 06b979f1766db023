"""Each division's rate against the time that has gone: who keeps the pace of the year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from budgetcli.errors import UserError
from budgetcli.i18n import say
from budgetcli.report import Report
from budgetcli.targets import PaceTarget
from budgetcli.views import Page
from budgetcli.views.cells import numbers_for
from budgetcli.views.picture import beside
from budgetcli.views.picture.field import NAMED, Field, field, mark_days
from budgetcli.views.picture.look import (
    BLUE,
    INK,
    LIMIT,
    NAME,
    ORANGE,
    PALE_BLUE,
    PALE_ORANGE,
    SMALL,
)
from budgetcli.views.picture.scale import Scale
from budgetcli.views.picture.sheet import Sheet, Spot, Words
from budgetcli.views.picture.words import (
    Row,
    Shown,
    beyond,
    exact,
    furthest,
    is_behind,
    left_out,
    named,
    notes,
    rated,
    shown,
    standing,
    subtitle,
    unnamed,
    unrated,
)

_QUARTERS = (0, 3, 6, 9)
_IN_EVERY_MONTH = 28


class _Known(NamedTuple):
    """The rows whose rate is known: those that are drawn, and those of them with their names."""

    drawn: Shown
    tagged: Shown
    unrated: int


def draw(report: Report, page: Page, most: int | None) -> Sheet:
    """A point for every row whose rate is known; the first `most` are named.

    Raises UserError where the report is not measured against the pace.
    """
    pace, known, numbers = _pace(report), _known(report, most), numbers_for(report, page)
    judged = report.context.judged
    rates = [exact(row[judged]) for row in known.drawn.rows]
    told = (left_out(known.drawn), unnamed(known.tagged), beyond(rates), unrated(known.unrated))
    finding = standing(report, page)
    words = Words(finding, subtitle(report, page, finding), (), notes(report, page, *told))
    texts = [f"{named(row, NAME)} {rated(numbers, row, judged)}" for row in known.tagged.rows]
    made = field(words, Scale(0, pace.days), rates, texts)
    for row in reversed(known.drawn.rows):
        made.dot(_spot(made, row, report), exact(row[judged]) or 0, _color(row))
    _draw_pace(made, pace)
    _name(made, known.tagged.rows, texts, report)
    return made.sheet


def _known(report: Report, most: int | None) -> _Known:
    known = [row for row in report.rows if row[report.context.judged] is not None]
    drawn = shown(known, LIMIT)
    return _Known(drawn, shown(drawn.rows, most, NAMED), len(report.rows) - len(known))


def _color(row: Row) -> str:
    return ORANGE if is_behind(row) else BLUE


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


def _spot(made: Field, row: Row, report: Report) -> Spot:
    """Where a row stands today."""
    return made.spot(_pace(report).elapsed, exact(row[report.context.judged]) or 0)


def _name(made: Field, rows: Sequence[Row], texts: Sequence[str], report: Report) -> None:
    """Each row's way from nothing on the year's first day, and at its end its name."""
    worst, tags = furthest(report), []
    for row, text in zip(rows, texts, strict=True):
        spot = _spot(made, row, report)
        pale = PALE_ORANGE if is_behind(row) else PALE_BLUE
        made.sheet.line([made.spot(0, 0), spot], pale, 0.8)
        tags.append(beside.Tag(spot, text, "bold" if row is worst else "normal"))
    beside.write(made.sheet, tags, made.sheet.plot.width - made.sheet.plot.right)
