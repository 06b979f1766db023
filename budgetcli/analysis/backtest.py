"""`forecast --backtest`: each method's error where the outcome is known, against doing nothing.

Every trusted date of a fiscal year is taken as today in turn and the later
ones are predicted from it and what came before, division by division. All
methods are judged by the same predictions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from budgetcli.analysis.forecast_methods import (
    LEAST_SPAN,
    Known,
    Method,
    amounts,
    can_tell,
    curves,
    known,
    naive,
    profile,
    recent_pace,
    run_rate,
    spending,
    year_of,
)
from budgetcli.analysis.order import sorted_rows
from budgetcli.analysis.panel import Line, Panel, Snapshot, panel
from budgetcli.analysis.question import Question
from budgetcli.errors import UserError
from budgetcli.fields import FIELDS, Kind
from budgetcli.i18n import Sentence, say
from budgetcli.measures import rate
from budgetcli.model import BudgetTable
from budgetcli.report import Column, Quantity, Report, Value

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
    "error_money": 2,
    "money_to_naive": 1,
    "predictions": 3,
}


class _Errors(NamedTuple):
    """What one method missed by at one horizon: summed sizes, how many, and how far ahead."""

    points: int = 0
    money: int = 0
    number: int = 0
    nearest: int = 366
    furthest: int = 0

    def plus(self, points: int, money: int, days: int) -> _Errors:
        return _Errors(
            self.points + points,
            self.money + money,
            self.number + 1,
            min(self.nearest, days),
            max(self.furthest, days),
        )

    @property
    def span(self) -> str:
        """The days ahead that were tested; no hyphen, which a spreadsheet takes for a date."""
        return "~".join(dict.fromkeys((str(self.nearest), str(self.furthest))))

    @property
    def mean_points(self) -> Fraction:
        return Fraction(self.points, self.number * _MILLIONTHS)

    @property
    def mean_money(self) -> Fraction:
        return Fraction(self.money, self.number)


_Table = Mapping[tuple[int, str], _Errors]


def backtest(
    tables: Sequence[BudgetTable],
    question: Question = Question(),
    history: Sequence[BudgetTable] = (),
) -> Report:
    """The mean absolute error of each method by horizon, in points of the rate and in money.

    Raises UserError where there are too few dates, TableError where a column is missing.
    """
    found = spending(tables, question)
    start = question.fiscal_year_start
    past = panel(history, question._replace(by=found.by)).usable if history else []
    methods: dict[str, Method] = {"naive": naive, "run_rate": run_rate, "recent_pace": recent_pace}
    if lines := curves(past, start, found.last.year):
        methods["profile"] = profile(lines)
    told = _told(found, question)
    errors = _errors(found, told, methods)
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
    rows = [_row(errors, horizon, name) for horizon, name in errors]
    return Report(
        name="backtest",
        columns=tuple(Column(name, FIELDS[name].kind, rank) for name, rank in _RANKS.items()),
        rows=sorted_rows(rows, question),
        context=found.last.found.context._replace(target=None),
        findings=tuple(one.flag for one in found.snapshots if one.flag),
        headline=tuple(_headline(errors, methods, found, told[-1])),
        extra={"origins": [one.day for one in told[:-1] if can_tell(one)]},
    )


def _told(found: Panel, question: Question) -> list[Known]:
    """What was known on each trusted date of the last one's year."""
    dated = found.current
    if not found.last.day:
        return []
    year = year_of(found.last.day, found.last.year, question.fiscal_year_start)
    return [known(dated[:end], year) for end in range(1, len(dated) + 1)]


def _errors(found: Panel, told: Sequence[Known], methods: Mapping[str, Method]) -> _Table:
    errors: dict[tuple[int, str], _Errors] = defaultdict(_Errors)
    for today in filter(can_tell, told):
        for later, then in list(zip(found.current, told, strict=True))[len(today.elapsed) :]:
            days = then.now - today.now
            horizon = next(most for most in _HORIZONS if days <= most)
            for missed in _missed(today, later, days, methods):
                for name, (points, money) in missed.items():
                    errors[horizon, name] = errors[horizon, name].plus(points, money, days)
    return dict(sorted(errors.items(), key=lambda item: item[0][0]))


def _missed(
    today: Known, later: Snapshot, days: int, methods: Mapping[str, Method]
) -> Iterator[dict[str, tuple[int, int]]]:
    """A division's errors, by method, where all of them predict and both rates are known."""
    spent, budgets = amounts(later.rows, "spent"), amounts(later.rows, "budget")
    told = {one: method(today, days) for one, method in methods.items()}
    for name, budget in today.budget.items():
        if (
            budget
            and budgets.get(name)
            and name in spent
            and all(name in end for end in told.values())
        ):
            came = _millionths(spent[name], budgets[name])
            yield {
                one: (abs(_millionths(end[name], budget) - came), abs(end[name] - spent[name]))
                for one, end in told.items()
            }


def _millionths(part: int, whole: int) -> int:
    return part * 100 * _MILLIONTHS // whole


def _row(errors: _Table, horizon: int, name: str) -> Line:
    own, nothing = errors[horizon, name], errors[horizon, "naive"]
    row: dict[str, Value] = {
        "horizon": own.span,
        "method": str(_WORDS[name]),
        "key": name,
        "days_most": own.furthest,
        "error_points": own.mean_points,
        "points_to_naive": rate(own.points, nothing.points),
        "error_money": _rounded(own.mean_money),
        "money_to_naive": rate(own.money, nothing.money),
        "predictions": own.number,
    }
    return row


def _rounded(value: Fraction) -> int:
    """To the grain of the amounts, half up."""
    return int(value + Fraction(1, 2))


def _headline(
    errors: _Table, methods: Mapping[str, Method], found: Panel, last: Known
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


def _verdict(errors: _Table, name: str) -> Sentence:
    own = {horizon: one for (horizon, method), one in errors.items() if method == name}

    def won(measure: str) -> str:
        return ", ".join(
            one.span
            for horizon, one in own.items()
            if all(
                getattr(one, measure) < getattr(errors[horizon, other], measure)
                for other in ("naive", "run_rate")
            )
        )

    return say(
        "{method} is nearer than both tomorrow as today and the run rate, of {all} days ahead: "
        "in points {points}; in money {money}",
        method=_WORDS[name],
        points=won("points") or "-",
        money=won("money") or "-",
        all=", ".join(one.span for one in own.values()),
    )


def _trust(errors: _Table, last: Known) -> Iterable[Sentence]:
    """How far off the furthest forecast was that could be tested, and how far the year's end is."""
    furthest = max(horizon for horizon, _ in errors)
    tested = {name: own for (at, name), own in errors.items() if at == furthest}
    best = min(tested, key=lambda name: tested[name].points)
    yield say(
        "{span} days ahead the nearest is {method}: {points} points off on average",
        span=tested[best].span,
        method=_WORDS[best],
        points=Quantity(tested[best].mean_points, Kind.POINTS),
    )
    yield say(
        "the year's end is {days} days ahead; nothing beyond {most} could be tested",
        days=last.year.days - last.now,
        most=tested[best].furthest,
    )
