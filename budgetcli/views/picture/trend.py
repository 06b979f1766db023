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
from budgetcli.views.picture.look import BLUE, FAINT, INK, LIMIT, MUTED, NAME, ORANGE
from budgetcli.views.picture.scale import Exact, spanning
from budgetcli.views.picture.sheet import Sheet, Spot, Words
from budgetcli.views.picture.words import (
    Row,
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
    told,
    unnamed,
    unrated,
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
    known = [row for row in report.rows if any(rate is not None for rate in _rates(row, dates))]
    drawn = shown(known, LIMIT)
    tagged = shown(drawn.rows, most, NAMED)
    rows = [
        _row(row, dates, report, numbers, number < len(tagged.rows))
        for number, row in enumerate(drawn.rows)
    ]
    series = [*_wholes(report, dates, numbers), *rows]
    gone = unrated(len(report.rows) - len(known))
    remarks = (left_out(drawn), unnamed(tagged), gone, *_doubts(report))
    return _draw_all(series, dates, _words(report, page, remarks, series))


def _words(
    report: Report, page: Page, remarks: Sequence[Sentence | None], series: Sequence[_Series]
) -> Words:
    title, _ = told(report, numbers_for(report, page))
    edges = beyond([rate for one in series for rate in one.rates])
    return Words(title, standing(report, page), (), notes(report, page, *remarks, edges))


def _draw_all(series: Sequence[_Series], dates: Sequence[_Date], words: Words) -> Sheet:
    days, tags = spanning([one.place for one in dates]), [one for one in series if one.text]
    rates = [rate for one in series for rate in one.rates]
    made = field(words, days, rates, [one.text for one in tags])
    mark_days(made, [(one.place, one.label) for one in dates])
    for one in reversed(series):
        _draw(made, one, dates)
    right = made.sheet.plot.width - made.sheet.plot.right
    beside.write(made.sheet, [tag for one in tags if (tag := _tag(made, one, dates))], right)
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


def _rates(row: Row, dates: Sequence[_Date]) -> list[Exact | None]:
    """A row's rate at every date; none where a date is in doubt."""
    return [None if one.is_doubted else exact(row.get(one.label)) for one in dates]


def _row(
    row: Row, dates: Sequence[_Date], report: Report, numbers: Numbers, is_named: bool
) -> _Series:
    rates, judged = _rates(row, dates), report.context.judged
    text = f"{named(row, NAME)} {rated(numbers, row, judged)}" if is_named else ""
    if is_behind(row):
        weight = "bold" if row is furthest(report) else "normal"
        return _Series(rates, ORANGE, text=text, weight=weight)
    return _Series(rates, BLUE if is_named else FAINT, text=text)


def _wholes(report: Report, dates: Sequence[_Date], numbers: Numbers) -> list[_Series]:
    """The total, and what it is held against."""
    total, told = report.total or {}, report.extra["dates"]
    text = f"{named(total, NAME)} {rated(numbers, total, report.context.judged)}"
    whole = _Series(_rates(total, dates), INK, 2.0, text=text, weight="bold")
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
        (day.year if rate is not None else None, day, rate)
        for day, rate in zip(dates, one.rates, strict=True)
        if not day.is_doubted
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
        if rate is not None:
            return beside.Tag(made.spot(day.place, rate), one.text, one.weight)
    return None
