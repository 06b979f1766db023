"""How much will be spent by a day ahead: one small method each, from amounts up to a date.

Every method answers for all divisions at once, with amounts in the panel's own
grain, rounded down, at most the budget (what is spent already stays spent).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from statistics import median_low
from typing import NamedTuple

from budgetcli.analysis.aims import require
from budgetcli.analysis.panel import Line, Panel, Snapshot, panel
from budgetcli.analysis.question import Question
from budgetcli.errors import UserError
from budgetcli.i18n import say
from budgetcli.model import BudgetTable
from budgetcli.targets import PaceTarget, fiscal_year_start

# A pace seen for less than this may have missed the payments that come once a month or two.
LEAST_SPAN = 14
LEAST_SPANS = 5
_LEAST_DATES = 3
WHOLE = ""

Amounts = Mapping[str, int]


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


class Known(NamedTuple):
    """What is known on a day: budgets and spending of the last date, spending of all dates."""

    year: Year
    elapsed: tuple[int, ...]
    spent: tuple[Amounts, ...]
    budget: Amounts

    @property
    def now(self) -> int:
        """Days of the year gone at the last date."""
        return self.elapsed[-1]

    @property
    def day(self) -> date:
        """The last date."""
        return self.year.start + timedelta(days=self.now - 1)

    @property
    def before(self) -> Amounts:
        """What was spent by the last date."""
        return self.spent[-1]


def known(snapshots: Sequence[Snapshot], year: Year) -> Known:
    """What the dated snapshots of one fiscal year tell, oldest first."""
    dated = [(one.day, one) for one in snapshots if one.day]
    return Known(
        year,
        tuple(year.elapsed(day) for day, _ in dated),
        tuple(amounts(one.rows, "spent") for _, one in dated),
        amounts(snapshots[-1].rows, "budget"),
    )


def amounts(rows: Mapping[str, Line], field: str) -> dict[str, int]:
    """The known amounts of one field by name."""
    found = ((name, row[field]) for name, row in rows.items())
    return {name: amount for name, amount in found if isinstance(amount, int)}


# Spending by name after so many days more; who is not in it, of them nothing can be told.
Method = Callable[[Known, int], Amounts]


def naive(known: Known, days: int) -> Amounts:  # noqa: ARG001 - every method's shape
    """Tomorrow as today."""
    return known.before


def run_rate(known: Known, days: int) -> Amounts:
    """Spent ÷ elapsed share of the year: the mean pace since its first day."""
    paid = {name: spent * days // known.now for name, spent in known.before.items()}
    return _within(known, paid)


def recent_pace(known: Known, days: int) -> Amounts:
    """What is paid if it goes on as in the dates seen."""
    return _within(known, recently_paid(known, days))


def recently_paid(known: Known, days: int) -> Amounts:
    """Payments in so many days as in the dates seen, whatever the budget.

    Halfway between what each paid in spans as long, the middle one of them,
    and what the middle one of all divisions would have it pay in proportion
    to what it has spent. Payments come in lumps: a mean follows the largest
    of them, the middle one does not, and one division's few lumps tell less
    than everybody's. Nothing before there are three dates over two weeks.
    """
    own = _own_paid(known, days) if can_tell(known) else {}
    shares = [Fraction(paid, spent) for name, paid in own.items() if (spent := known.before[name])]
    common = median_low(shares) if shares else Fraction(0)
    return {
        name: floor((paid + max(known.before[name], 0) * common) / 2) for name, paid in own.items()
    }


def _own_paid(known: Known, days: int) -> Amounts:
    """By name, the middle one of what was paid in the spans seen."""
    spans = _spans(known.elapsed, days)
    paid = {
        name: [
            (known.spent[end][name] - known.spent[start][name]) * days // span
            for start, end, span in spans
            if name in known.spent[start] and name in known.spent[end]
        ]
        for name in known.before
    }
    return {name: median_low(amounts) for name, amounts in paid.items() if amounts}


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


def curves(
    snapshots: Sequence[Snapshot], start: tuple[int, int], before: int | None
) -> list[Curve]:
    """The curve of every fiscal year before `before`; a table without a date is its year's end.

    A year's last date counts as its end where at most a twentieth of the year comes after it.
    """
    years: dict[int, list[tuple[int, int, Snapshot]]] = {}
    for one in snapshots:
        if one.year is not None and (before is None or one.year < before):
            day = one.day or _last_day(one.year, start)
            year = year_of(day, one.year, start)
            years.setdefault(one.year, []).append((year.elapsed(day), year.days, one))
    return [_curve(found) for found in years.values()]


def _last_day(year: int, start: tuple[int, int]) -> date:
    """The last day of the fiscal year of that name."""
    first = fiscal_year_start(date(year, 12, 31), start)
    return first - timedelta(days=1) if start != (1, 1) else date(year, 12, 31)


def _curve(found: Sequence[tuple[int, int, Snapshot]]) -> Curve:
    points: dict[str, list[tuple[int, int]]] = {}
    days = found[-1][1]
    for elapsed, _, one in sorted(found, key=lambda point: point[0]):
        day = days if one is found[-1][2] and 20 * elapsed >= 19 * days else elapsed
        spent = amounts(one.rows, "spent")
        for name, amount in {WHOLE: sum(spent.values()), **spent}.items():
            points.setdefault(name, []).append((day, amount))
    return Curve(days, points)


def profile(past: Sequence[Curve]) -> Method:
    """As past years went on from the same day: the middle one of what each would give."""

    def paid(known: Known, name: str, days: int) -> int | None:
        spent = known.before[name]
        found = [
            floor(spent * ahead / then) - spent
            for curve in past
            if (then := curve.at(name, known.now, known.year.days))
            and (ahead := curve.at(name, known.now + days, known.year.days)) is not None
        ]
        return median_low(found) if found else None

    def method(known: Known, days: int) -> Amounts:
        told = {name: paid(known, name, days) for name in known.before}
        return _within(known, {name: more for name, more in told.items() if more is not None})

    return method


def _within(known: Known, paid: Amounts) -> Amounts:
    """Spending after these payments: at most the budget, or what is spent beyond it already."""
    return {
        name: min(known.before[name] + more, max(known.budget[name], known.before[name]))
        for name, more in paid.items()
        if name in known.budget
    }
