"""`forecast --backtest`: each method's error where the outcome is known, against doing nothing.

Every trusted date of a fiscal year is taken as today in turn and the later
ones are predicted from it and what came before, division by division. All
methods are judged by the same predictions, none of which saw what came after;
which dates are left out is known with hindsight.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from statistics import median_low

import pandas as pd

from budgetcli.analysis.forecast_methods import (
    LEAST_SPAN,
    Known,
    Method,
    can_tell,
    known,
    naive,
    past_curves,
    profile,
    recent_pace,
    run_rate,
    spending,
    year_of,
)
from budgetcli.analysis.order import sorted_by, sorted_rows
from budgetcli.analysis.panel import Line, Panel
from budgetcli.analysis.question import Question
from budgetcli.analysis.standing import quantity
from budgetcli.errors import UserError
from budgetcli.fields import FIELDS
from budgetcli.i18n import Sentence, say
from budgetcli.measures import rate
from budgetcli.model import BudgetTable
from budgetcli.report import Column, Report

# Days ahead are told apart: more than the one before, at most this many.
_HORIZONS = (7, 14, 31, 92, 366)
_WORDS = {
    "naive": say("tomorrow as today"),
    "run_rate": say("run rate"),
    "recent_pace": say("recent pace"),
    "profile": say("past years"),
}
# Errors are added up in millionths of a point, each rounded down: their exact sum would be a
# fraction over every budget there is.
_MILLIONTHS = 10**6

_RANKS = {
    "horizon": 0,
    "method": 0,
    "error_points": 0,
    "points_to_naive": 1,
    "error_median": 0,
    "bias_points": 1,
    "error_money": 2,
    "predictions": 3,
}
# Errors are shares of a budget in millionths of a point, rounded down: fractions would be exact
# to no purpose, and dear to sort.
_MILLIONTHS = 10**6


def backtest(
    tables: Sequence[BudgetTable],
    question: Question = Question(),
    history: Sequence[BudgetTable] = (),
) -> Report:
    """Each method's errors by horizon: of all the money, and of the middle prediction.

    Raises UserError where there are too few dates, TableError where a column is missing.
    """
    found = spending(tables, question)
    methods: dict[str, Method] = {"naive": naive, "run_rate": run_rate, "recent_pace": recent_pace}
    if lines := past_curves(history, question, found):
        methods["profile"] = profile(lines)
    told = _told(found, question)
    folds = [
        _fold(today, then, methods)
        for number, today in enumerate(told, 1)
        for then in told[number:]
        if can_tell(today)
    ]
    errors = _errors(pd.concat(folds, ignore_index=True), methods) if folds else []
    if not errors:
        raise UserError(
            say("too few dates to test a forecast on: {count}", count=len(found.current)),
            where=tables[-1].source,
            why=say("an error measured on a handful of days says nothing about the next one"),
            next=say(
                "give a source of at least four dates of one year, the first {days} days before "
                "the third",
                days=LEAST_SPAN,
            ),
        )
    return Report(
        name="backtest",
        columns=tuple(Column(name, FIELDS[name].kind, rank) for name, rank in _RANKS.items()),
        rows=sorted_rows(errors, question),
        context=found.last.found.context._replace(target=None),
        findings=tuple(one.flag for one in found.snapshots if one.flag),
        headline=tuple(_headline(errors, methods, found, told[-1])),
        extra={"origins": [today.day for today in told[:-1] if can_tell(today)]},
    )


def _told(found: Panel, question: Question) -> list[Known]:
    """What was known on each trusted date of the last one's year."""
    if not found.last.day:
        return []
    everything = known(found, year_of(found.last.day, found.last.year, question.fiscal_year_start))
    return [everything.until(dates) for dates in range(1, len(everything.elapsed) + 1)]


def _fold(today: Known, then: Known, methods: Mapping[str, Method]) -> pd.DataFrame:
    """A row a division for which all methods predict and both budgets are known."""
    days = then.now - today.now
    ends = {name: method(today, days) for name, method in methods.items()}
    sides = {"came": then.before, "budget": then.budget, "was": today.budget, **ends}
    told = pd.DataFrame(sides).dropna()
    return told[(told["budget"] > 0) & (told["was"] > 0)].assign(days=days)


def _errors(folds: pd.DataFrame, methods: Mapping[str, Method]) -> list[Line]:
    """A row a horizon and method, the nearest horizon first."""
    missed = folds[[*methods]].sub(folds["came"], axis=0).join(folds[["budget", "days"]])
    return [
        _row(name, group)
        for _, group in missed.groupby(pd.cut(missed["days"], [0, *_HORIZONS]), observed=True)
        for name in methods
    ]


def _row(name: str, missed: pd.DataFrame) -> Line:
    """What one method missed by at one horizon, beside what doing nothing did."""
    sizes, nothing = missed[name].abs(), missed["naive"].abs()
    size, budget, days = sum(sizes), sum(missed["budget"]), missed["days"]
    return {
        # no hyphen, which a spreadsheet takes for a date
        "horizon": "~".join(dict.fromkeys((str(days.min()), str(days.max())))),
        "method": str(_WORDS[name]),
        "key": name,
        "days_most": int(days.max()),
        "error_points": Fraction(100 * size, budget),
        "points_to_naive": rate(size, sum(nothing)),
        "error_median": Fraction(
            median_low(sizes * 100 * _MILLIONTHS // missed["budget"]), _MILLIONTHS
        ),
        "bias_points": Fraction(100 * sum(missed[name]), budget),
        "error_money": int(Fraction(size, len(missed)) + Fraction(1, 2)),
        "predictions": len(missed),
    }


def _headline(
    errors: Sequence[Line], methods: Mapping[str, Method], found: Panel, last: Known
) -> Iterable[Sentence]:
    """How each method did against tomorrow as today and the run rate, and what was not tested."""
    for name in methods:
        if name not in ("naive", "run_rate"):
            yield _verdict(errors, name)
    yield from _trust(errors, last)
    yield say("committed only speaks of the year's end alone and is not tested")
    left = [one.label for one in found.snapshots if one.flag]
    if left:
        yield say("left out: {days}", days=", ".join(left))


def _verdict(errors: Sequence[Line], name: str) -> Sentence:
    own = [row for row in errors if row["key"] == name]
    return say(
        "{method} is nearer than both tomorrow as today and the run rate, of {all} days ahead: "
        "of all money {points}; of the middle prediction {median}",
        method=_WORDS[name],
        points=_won(errors, own, "error_points"),
        median=_won(errors, own, "error_median"),
        all=", ".join(str(row["horizon"]) for row in own),
    )


def _won(errors: Sequence[Line], own: Sequence[Line], measure: str) -> str:
    """The horizons at which it has less of an error than the plain ones."""
    plain = [row for row in errors if row["key"] in ("naive", "run_rate")]

    def is_nearest(row: Line) -> bool:
        rivals = [other for other in plain if other["horizon"] == row["horizon"]]
        return sorted_by([*rivals, row], measure)[0] is row

    return ", ".join(str(row["horizon"]) for row in own if is_nearest(row)) or "-"


def _trust(errors: Sequence[Line], last: Known) -> Iterable[Sentence]:
    """How far off the furthest forecast was that could be tested, and how far the year's end is."""
    most = errors[-1]["days_most"]
    furthest = [row for row in errors if row["days_most"] == most]
    best = sorted_by(furthest, "error_points")[0]
    yield say(
        "{span} days ahead the nearest is {method}: off by {points} % of the budgets; half of its "
        "predictions by at most {median} %",
        span=best["horizon"],
        method=best["method"],
        points=quantity(best, "error_points"),
        median=quantity(best, "error_median"),
    )
    yield say(
        "the year's end is {days} days ahead; nothing beyond {most} could be tested, and errors "
        "there may be larger",
        days=last.year.days - last.now,
        most=most,
    )
