"""`trend`: how did every division's rate move from date to date, and against the pace?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, Literal

import pandas as pd

from budgetcli.analysis.order import sorted_by, sorted_rows
from budgetcli.analysis.panel import WHOLE, Line, Panel, Snapshot, panel
from budgetcli.analysis.question import Question
from budgetcli.analysis.spark import BLOCKS, sparkline
from budgetcli.analysis.standing import name_columns, quantity
from budgetcli.errors import UserError
from budgetcli.fields import FIELDS, Kind
from budgetcli.i18n import Sentence, say, say_count
from budgetcli.model import BudgetTable
from budgetcli.report import Column, Quantity, Report, Value

Form = Literal["overview", "wide", "long"]

# Slopes are told for a month of this many days, whatever the calendar.
MONTH = 30

# How early a narrow page takes each in.
_LATEST = {"target_rate": 4, "variance": 2, "status": 3, "budget": 5, "spent": 6, "where": 9}


def trend(
    tables: Sequence[BudgetTable],
    question: Question = Question(),
    form: Form = "overview",
    ramp: str = BLOCKS,
) -> Report:
    """Every division's rates over the dates.

    `overview` and `wide` have a row a division, `wide` with a column a date
    besides; `long` has a row a division and date. Raises UserError for one
    date, TableError where the dates cannot be held against each other.
    """
    found = panel(tables, question)
    if len(found.snapshots) < 2:
        raise _one_point(found.last)
    rate = found.last.found.judged
    moves = _moves(found.over(rate), found, ramp)
    rows = [{**row, **moves[name]} for name, row in found.rows.items()]
    total = {**found.last.found.total, **_moves(found.whole(rate), found, ramp)[WHOLE]}
    return Report(
        name="trend",
        columns=_long_columns(found, rate) if form == "long" else _columns(found, rate, form),
        rows=sorted_rows(_long(found) if form == "long" else rows, question),
        context=found.last.found.context._replace(
            source=", ".join(dict.fromkeys(table.source for table in tables)),
            table=None,
            rows_used=sum(table.counts.used for table in tables),
        ),
        total=None if form == "long" else total,
        findings=found.findings,
        headline=tuple(_headline(found, rows, total, rate, ramp)),
        extra={"dates": [_date(snapshot, rate) for snapshot in found.snapshots]},
    )


def _one_point(only: Snapshot) -> UserError:
    is_dated = only.day or only.year
    return UserError(
        say("it holds one date, {day}: a trend needs two", day=only.label)
        if is_dated
        else say("it does not say its date: a trend needs two"),
        where=only.table.source,
        why=say("one point has no direction"),
        next=say("name several sources, or one that holds several dates"),
    )


def slope(points: Sequence[tuple[int, Fraction]]) -> Fraction | None:
    """Points a month of 30 days, by least squares over (day, rate); None below two days."""
    count = len(points)
    days, rates = sum(day for day, _ in points), sum(rate for _, rate in points)
    spread = count * sum(day * day for day, _ in points) - days * days
    if not spread:
        return None
    together = count * sum(day * rate for day, rate in points) - days * rates
    return MONTH * Fraction(together) / spread


def _moves(rates: pd.DataFrame, found: Panel, ramp: str) -> dict[str, Line]:
    """By row: the rates' shape, what the trusted ones of the year say, and the rates themselves."""
    labels = [one.label for one in found.current or found.usable]
    shown = rates.where(rates.notna(), None)
    trusted = shown.assign(**{one.label: None for one in found.snapshots if one.flag})
    return {
        name: {
            "sparkline": sparkline([*trusted.loc[name]], ramp),
            **_move(rates.loc[name, labels].dropna(), found),
            **shown.loc[name],
        }
        for name in rates.index
    }


def _move(rates: pd.Series[Any], found: Panel) -> Line:
    """From the first known rate to the last."""
    if rates.empty:
        return dict.fromkeys(("first_as_of", "last_as_of", "first_rate", "rate_change", "slope"))
    days = {one.label: one.day for one in found.snapshots}
    return {
        "first_as_of": days[rates.index[0]],
        "last_as_of": days[rates.index[-1]],
        "first_rate": rates.iloc[0],
        "rate_change": rates.iloc[-1] - rates.iloc[0] if len(rates) > 1 else None,
        "slope": slope([(day.toordinal(), rates[at]) for at in rates.index if (day := days[at])]),
    }


def _columns(found: Panel, rate: str, form: Form) -> tuple[Column, ...]:
    """`wide` takes in the dates before anything else but the rate, the latest first."""
    dates = [one.label for one in reversed(found.snapshots)] if form == "wide" else []
    shape = 1 if dates else 0
    moves = {"sparkline": shape, "first_rate": 1, rate: 0, "rate_change": 2, "slope": 0}
    latest = {
        name: rank
        for name, rank in _LATEST.items()
        if found.last.found.context.target or name not in ("target_rate", "variance")
    }
    ranked = {name: rank and rank + len(dates) for name, rank in {**moves, **latest}.items()}
    shown = [Column(name, FIELDS[name].kind, rank) for name, rank in ranked.items()]
    wide = [Column(name, Kind.RATE, rank) for rank, name in enumerate(dates, 1)]
    return (*name_columns(found.by), *shown[: len(moves)], *reversed(wide), *shown[len(moves) :])


def _long(found: Panel) -> list[Line]:
    """A row a date and division, of snapshots that are flagged too, with the flag's name."""
    return [
        {
            "as_of": snapshot.day,
            "fiscal_year": str(snapshot.year or ""),
            **row,
            "snapshot": snapshot.flag.code if snapshot.flag else "",
        }
        for snapshot in found.snapshots
        for row in snapshot.rows.values()
    ]


def _long_columns(found: Panel, rate: str) -> tuple[Column, ...]:
    latest = [
        column
        for column in found.last.found.columns
        if column.key in ("budget", "committed", "spent", rate, "target_rate", "variance")
    ]
    when = Column("as_of", Kind.DATE), Column("fiscal_year", Kind.TEXT, 9)
    return (*when, *name_columns(found.by), *latest, Column("snapshot", Kind.TEXT, 8))


def _date(snapshot: Snapshot, rate: str) -> dict[str, object]:
    """One date, for programs: its name in the rows, the whole's rate and target, the flag."""
    return {
        "label": snapshot.label,
        "as_of": snapshot.day,
        "fiscal_year": snapshot.year,
        "rows": len(snapshot.rows),
        rate: snapshot.found.total.get(rate),
        "target_rate": snapshot.found.total["target_rate"],
        "snapshot": snapshot.flag.code if snapshot.flag else None,
    }


def _headline(
    found: Panel, rows: Sequence[Line], total: Line, rate: str, ramp: str
) -> Iterable[Sentence]:
    yield _whole(total, rate)
    aims = _moves(found.whole("target_rate"), found, ramp)[WHOLE]
    if aims["rate_change"]:
        yield say(
            "the target: {old} → {new} %, {sign}{slope} points per 30 days {line}",
            old=_rate_of(aims["first_rate"]),
            new=quantity(total, "target_rate"),
            **_signed(aims["slope"]),
            line=aims["sparkline"],
        )
        yield from _slower(rows, aims["slope"])
    left = [one.label for one in found.snapshots if one.flag]
    if left:
        yield say("left out of slopes: {days}", days=", ".join(left))
    if found.current and len({one.year for one in found.usable}) > 1:
        yield say("rates begin anew each year: slopes are of {year} alone", year=found.last.year)


def _whole(total: Line, rate: str) -> Sentence:
    if total["slope"] is None:
        return say(
            "the whole: {old} → {new} %; too few dates for a slope",
            old=_rate_of(total["first_rate"]),
            new=quantity(total, rate),
        )
    return say(
        "{first} to {last}: {old} → {new} %, {sign}{slope} points per 30 days",
        first=total["first_as_of"],
        last=total["last_as_of"],
        old=_rate_of(total["first_rate"]),
        new=quantity(total, rate),
        **_signed(total["slope"]),
    )


def _slower(rows: Sequence[Line], pace: Value) -> Iterable[Sentence]:
    """How many move more slowly than the target, the slowest named."""
    known = [row for row in rows if row["slope"] is not None]
    behind = [row for row in known if _exact(row["slope"]) < _exact(pace)]
    if behind:
        slowest = sorted_by(behind, "slope")[0]
        yield say_count(
            "{count} of {all} moves more slowly than that; slowest: {name}, {sign}{slope} points",
            "{count} of {all} move more slowly than that; slowest: {name}, {sign}{slope} points",
            len(behind),
            all=len(known),
            name=slowest["division"],
            **_signed(slowest["slope"]),
        )


def _rate_of(value: Value) -> Quantity:
    return Quantity(None if value is None else _exact(value), Kind.RATE)


def _signed(value: Value) -> dict[str, object]:
    """A slope's sign and size: quantities in sentences are written without a sign."""
    exact = _exact(value)
    sign = "+" if exact > 0 else "−" if exact < 0 else ""
    return {"sign": sign, "slope": Quantity(exact, Kind.POINTS)}


def _exact(value: Value) -> Fraction:
    return Fraction(value) if isinstance(value, int | Fraction) else Fraction(0)
