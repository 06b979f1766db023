"""How every division's rate moved over the dates, the whole and the target beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from budgetcli.i18n import Sentence, say
from budgetcli.report import Report
from budgetcli.views import Page
from budgetcli.views.cells import numbers_for
from budgetcli.views.numbers import Numbers
from budgetcli.views.picture import beside
from budgetcli.views.picture.field import NAMED, Field, field, mark_days
from budgetcli.views.picture.look import BLUE, FAINT, INK, MUTED, ORANGE
from budgetcli.views.picture.scale import Exact, spanning
from budgetcli.views.picture.sheet import Sheet, Spot, Words
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
    told,
    unnamed,
)

_TOLD = 3  # doubts that are told
_FEW = 12  # dates a year


class _Date(NamedTuple):
    """One date of the trend: where it stands, what it is called, its year, whether it counts."""

    place: int
    label: str
    year: object
    is_doubted: bool


class _Series(NamedTuple):
    """One line: its rate at every date, and how it is drawn; without a text it has no name."""

    rates: Sequence[Exact | None]
    color: str
    wide: float = 1.0
    dashes: str = "solid"
    text: str = ""
    weight: str = "normal"


def draw(report: Report, page: Page, most: int | None) -> Sheet:
    """A line for every row, the first `most` named at its end; dates in doubt are in no line."""
    dates, numbers = _dates(report), numbers_for(report, page)
    tagged = report.rows[: most or NAMED]
    series = [*_wholes(report, dates, numbers), *_rows(report, dates, tagged, numbers)]
    rates = [rate for one in series for rate in one.rates]
    remarks = (unnamed(Shown(tagged, len(report.rows))), beyond(rates), *_doubts(report))
    title, _ = told(report, numbers)
    words = Words(title, standing(report, page), (), notes(report, page, *remarks))
    days = spanning([one.place for one in dates])
    made = field(words, days, rates, [one.text for one in series if one.text])
    mark_days(made, [(one.place, one.label) for one in dates])
    for one in reversed(series):
        _draw(made, one, dates)
    tags = [tag for one in series if one.text and (tag := _tag(made, one, dates))]
    beside.write(made.sheet, tags, made.sheet.x(days.high))
    return made.sheet


def _dates(report: Report) -> list[_Date]:
    """By day where every date has one, else evenly."""
    told = report.extra["dates"]
    found: list[Mapping[str, object]] = told if isinstance(told, list) else []
    days = [one["as_of"] for one in found]
    places = [day.toordinal() for day in days if isinstance(day, date)]
    if len(set(places)) < len(found):
        places = [*range(len(found))]
    return [
        _Date(place, str(one["label"]), one["fiscal_year"], one["snapshot"] is not None)
        for place, one in zip(places, found, strict=True)
    ]


def _rows(
    report: Report, dates: Sequence[_Date], tagged: Sequence[Row], numbers: Numbers
) -> list[_Series]:
    named = {id(row) for row in tagged}
    found = []
    for row in report.rows:
        other = BLUE if id(row) in named else FAINT
        color = ORANGE if is_behind(row) else other
        text = f"{label(row)} {rated(numbers, row, report.context.judged)}"
        rates = [exact(row.get(one.label)) for one in dates]
        shown = text if id(row) in named else ""
        weight = "bold" if is_behind(row) else "normal"
        found.append(_Series(rates, color, 1.0, text=shown, weight=weight))
    return found


def _wholes(report: Report, dates: Sequence[_Date], numbers: Numbers) -> list[_Series]:
    """The total, and what it is held against."""
    total, told = report.total or {}, report.extra["dates"]
    text = f"{label(total)} {rated(numbers, total, report.context.judged)}"
    rates = [exact(total.get(one.label)) for one in dates]
    whole = _Series(rates, INK, 2.0, text=text, weight="bold")
    aims = [exact(one["target_rate"]) for one in told] if isinstance(told, list) else []
    if all(aim is None for aim in aims):
        return [whole]
    said = str(say("target {rate} %", rate=rated(numbers, total, "target_rate").removesuffix(" %")))
    return [whole, _Series(aims, MUTED, 1.2, "dashed", said)]


def _doubts(report: Report) -> list[Sentence]:
    doubted = [one for one in report.findings if one.code.endswith("_snapshot")]
    return [finding.message for finding in doubted[:_TOLD]]


def _draw(made: Field, one: _Series, dates: Sequence[_Date]) -> None:
    """A line through neighbouring dates of one year: rates begin anew each year."""
    known = [
        (date.year if rate is not None else None, date, rate)
        for date, rate in zip(dates, one.rates, strict=True)
        if not date.is_doubted
    ]
    for _, group in groupby(known, key=lambda point: point[0]):
        spots = [made.spot(day.place, rate) for _, day, rate in group if rate is not None]
        if spots:
            made.sheet.line(spots, one.color, one.wide, one.dashes)
        if one.dashes == "solid":
            _dot(made, spots, one)


def _dot(made: Field, spots: Sequence[Spot], one: _Series) -> None:
    """Dates that are few, or alone, are seen for themselves."""
    if len(spots) <= _FEW:
        for spot in spots:
            made.sheet.dot(spot, one.color, 3.0 + one.wide)


def _tag(made: Field, one: _Series, dates: Sequence[_Date]) -> beside.Tag | None:
    """At the last date it is known on."""
    for day, rate in reversed([*zip(dates, one.rates, strict=True)]):
        if rate is not None and not day.is_doubted:
            return beside.Tag(made.spot(day.place, rate), one.text, one.weight)
    return None
