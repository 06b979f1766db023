"""How much will be spent by a day ahead: one small method each, from amounts up to a date.

Every method answers for all divisions at once, with amounts in the panel's own
grain, rounded down, at most the budget (what is spent already stays spent).
Amounts are columns of exact integers; who is not in an answer, of them nothing can be told.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from math import floor
from statistics import median, median_low
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from budgetcli.analysis.aims import require
from budgetcli.analysis.panel import WHOLE, Panel, Snapshot, panel
from budgetcli.analysis.question import Question
from budgetcli.errors import UserError
from budgetcli.i18n import say
from budgetcli.model import BudgetTable
from budgetcli.targets import PaceTarget, fiscal_year_start

# A pace seen for less than this may have missed the payments that come once a month or two.
LEAST_SPAN = 14
LEAST_SPANS = 5
_LEAST_DATES = 3

# Exact integers by folded name.
Amounts: TypeAlias = "pd.Series[Any]"


class Year(NamedTuple):
    """A fiscal year: its first day and its days."""

    start: date
    days: int

    @property
    def end(self) -> date:
        """Its last day."""
        return self.start + timedelta(days=self.days - 1)

    def elapsed(self, day: date) -> int:
        """Days gone, that day included; after the year's end, all of them."""
        return min((day - self.start).days + 1, self.days)


def year_of(day: date, stated: int | None, start: tuple[int, int]) -> Year:
    """The fiscal year a day counts in; a table may state that it still counts in the last one."""
    first = fiscal_year_start(day, start)
    year = Year(first, PaceTarget(day, first).days)
    if stated is not None and stated < year.end.year:
        return year_of(first - timedelta(days=1), stated, start)
    return year


def spending(tables: Sequence[BudgetTable], question: Question) -> Panel:
    """The panel a forecast is made of. Raises UserError where it is asked about commitments."""
    if question.basis != "spent":
        raise UserError(
            say("what is forecast is spending: commitments are a bound of it"),
            where="--basis",
            why=say("there is no curve of commitments to hold it against"),
            next=say("leave --basis out"),
        )
    require(tables[-1], "budget", "spent")
    return panel(tables, question)


@dataclass(frozen=True, eq=False)
class Known:
    """What is known on a day: budgets and spending on the dates up to it.

    A row a folded name, a column a date, called by the days of the year gone, oldest first.
    """

    year: Year
    spent: pd.DataFrame
    budgets: pd.DataFrame

    def until(self, dates: int) -> Known:
        """What was known when there were only so many dates."""
        return Known(self.year, self.spent.iloc[:, :dates], self.budgets.iloc[:, :dates])

    @cached_property
    def elapsed(self) -> list[int]:
        """Days of the year gone at each date."""
        return [*self.spent.columns]

    @property
    def now(self) -> int:
        """Days of the year gone at the last date."""
        return self.elapsed[-1]

    @property
    def day(self) -> date:
        """The last date."""
        return self.year.start + timedelta(days=self.now - 1)

    @cached_property
    def before(self) -> Amounts:
        """What was spent by the last date."""
        return self.spent.iloc[:, -1].dropna()

    @cached_property
    def budget(self) -> Amounts:
        """The budgets of the last date."""
        return self.budgets.iloc[:, -1].dropna()


def known(found: Panel, year: Year) -> Known:
    """What the dates that can be trusted tell of a panel's last year."""
    dates = [(one.label, year.elapsed(one.day)) for one in found.current if one.day]
    labels, elapsed = [label for label, _ in dates], [days for _, days in dates]
    spent, budgets = (found.over(field)[labels] for field in ("spent", "budget"))
    return Known(year, spent.set_axis(elapsed, axis=1), budgets.set_axis(elapsed, axis=1))


# Spending by name after so many days more.
Method = Callable[[Known, int], Amounts]


def naive(known: Known, days: int) -> Amounts:  # noqa: ARG001 - every method's shape
    """Tomorrow as today."""
    return known.before


def run_rate(known: Known, days: int) -> Amounts:
    """Spent ÷ elapsed share of the year: the mean pace since its first day."""
    return _within(known, known.before * days // known.now)


def recent_pace(known: Known, days: int) -> Amounts:
    """What is paid if it goes on as in the dates seen."""
    return _within(known, recently_paid(known, days))


def recently_paid(known: Known, days: int) -> Amounts:
    """Payments in so many days as in the dates seen, whatever the budget.

    Each pays, in proportion to what it has spent, what the middle one of all
    divisions paid in the middle one of the spans as long. Payments come in
    lumps: a mean follows the largest of them, the middle one does not; and
    one division's few lumps tell less of its next ones than everybody's do.
    Nothing before there are three dates over two weeks.
    """
    own = _own_paid(known, days) if can_tell(known) else known.before.iloc[:0]
    before = [max(spent, 0) for spent in known.before[own.index]]
    shares = [Fraction(paid, spent) for paid, spent in zip(own, before, strict=True) if spent]
    common = median(shares) if shares else Fraction(0)
    # objects from the start: pandas would take them for machine integers, and those for floats
    return pd.Series([floor(spent * common) for spent in before], own.index, dtype=object)


def _own_paid(known: Known, days: int) -> Amounts:
    """By name, the middle one of what was paid in the spans seen; the lower of two."""
    spans, names = _spans(known.elapsed, days), known.before.index
    paid = {
        name: [
            (spent[end] - spent[start]) * days // span
            for start, end, span in spans
            if isinstance(spent[start], int) and isinstance(spent[end], int)
        ]
        for name, spent in zip(names, known.spent.loc[names].to_numpy(), strict=True)
    }
    return pd.Series({name: median_low(own) for name, own in paid.items() if own}, dtype=object)


def can_tell(known: Known) -> bool:
    """Whether enough was seen for a recent pace."""
    return len(known.elapsed) >= _LEAST_DATES and known.now - known.elapsed[0] >= LEAST_SPAN


def _spans(elapsed: Sequence[int], days: int) -> list[tuple[int, int, int]]:
    """Pairs of dates, by their indexes, so many days apart, and the days between.

    Where too few are that far apart: all that are more than half as far, or
    than half of what was seen.
    """
    pairs = [
        (start, end, elapsed[end] - elapsed[start])
        for end in range(len(elapsed))
        for start in range(end)
        if elapsed[end] > elapsed[start]
    ]
    alike = [pair for pair in pairs if pair[2] == days]
    if len(alike) >= LEAST_SPANS:
        return alike
    half = min(days, elapsed[-1] - elapsed[0])
    return [pair for pair in pairs if 2 * pair[2] >= half]


class Curve(NamedTuple):
    """Cumulative spending over one past year: (day, spent) points by name, the whole's under ""."""

    days: int
    points: Mapping[str, Sequence[tuple[int, int]]]

    def at(self, name: str, elapsed: int, days: int) -> Fraction | None:
        """Spent by the day as far into that year, straight between two dates, from 0 before it.

        None after its last date. A name the year did not know goes as the whole went.
        """
        points = self.points.get(name) or self.points[WHOLE]
        day = elapsed * self.days // days
        after = bisect_right(points, (day,))
        if after == len(points):
            return None
        low, high = points[after - 1] if after else (0, 0), points[after]
        return low[1] + Fraction((high[1] - low[1]) * (day - low[0]), high[0] - low[0])


def past_curves(history: Sequence[BudgetTable], question: Question, found: Panel) -> list[Curve]:
    """The curves of past years' tables, by the names of the panel."""
    if not history:
        return []
    past = panel(history, question._replace(by=found.by))
    return curves(past, question.fiscal_year_start, found.last.year)


def curves(past: Panel, start: tuple[int, int], before: int | None) -> list[Curve]:
    """The curve of every fiscal year before `before`; a table without a date is its year's end.

    A year's last date counts as its end where at most a twentieth of the year comes after it.
    """
    years: dict[int, list[Snapshot]] = {}
    for one in past.usable:
        if one.year is not None and (before is None or one.year < before):
            years.setdefault(one.year, []).append(one)
    spent = past.over("spent")
    return [
        _curve(spent[[one.label for one in dates]], *_days_of(year, dates, start))
        for year, dates in years.items()
    ]


def _days_of(
    stated: int, dates: Sequence[Snapshot], start: tuple[int, int]
) -> tuple[list[int], int]:
    """The days of a year gone at each date, and how many it has."""
    days = [one.day or _last_day(stated, start) for one in dates]
    year = year_of(days[-1], stated, start)
    elapsed = [year.elapsed(day) for day in days]
    is_end = 20 * elapsed[-1] >= 19 * year.days
    return [*elapsed[:-1], year.days if is_end else elapsed[-1]], year.days


def _last_day(year: int, start: tuple[int, int]) -> date:
    """The last day of the fiscal year of that name."""
    first = fiscal_year_start(date(year, 12, 31), start)
    return first - timedelta(days=1) if start != (1, 1) else date(year, 12, 31)


def _curve(spent: pd.DataFrame, elapsed: Sequence[int], days: int) -> Curve:
    dated = spent.set_axis([*elapsed], axis=1).sort_index(axis=1)
    own = {str(name): _points(line.dropna()) for name, line in dated.iterrows()}
    return Curve(days, {WHOLE: _points(dated.sum()), **own})


def _points(spent: Amounts) -> list[tuple[int, int]]:
    return list(zip(spent.index, spent, strict=True))


def profile(past: Sequence[Curve]) -> Method:
    """As past years went on from the same day: the middle one of what each would give."""

    def paid(known: Known, name: Any, spent: int, days: int) -> int | None:
        found = [
            floor(spent * ahead / then) - spent
            for curve in past
            if (then := curve.at(name, known.now, known.year.days))
            and (ahead := curve.at(name, known.now + days, known.year.days)) is not None
        ]
        return median_low(found) if found else None

    def method(known: Known, days: int) -> Amounts:
        before = known.before
        told = [paid(known, name, spent, days) for name, spent in before.items()]
        return _within(known, pd.Series(told, before.index, dtype=object).dropna())

    return method


def _within(known: Known, paid: Amounts) -> Amounts:
    """Spending after these payments: at most the budget, or what is spent beyond it already."""
    names = paid.index.intersection(known.budget.index)
    before, ends = known.before[names], known.before[names] + paid[names]
    return pd.Series(np.minimum(ends, np.maximum(known.budget[names], before)), names)
