"""`forecast`: what will be spent and left at the year's end, who is at risk, for how much money?

Scenarios are named and none is chosen: what will be left is a range. The
methods are `forecast_methods`', the words `forecast_words`'.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from budgetcli.analysis.forecast_methods import (
    Amounts,
    Curve,
    Known,
    known,
    past_curves,
    profile,
    recent_pace,
    recently_paid,
    run_rate,
    spending,
    year_of,
)
from budgetcli.analysis.forecast_words import headline
from budgetcli.analysis.order import sorted_rows
from budgetcli.analysis.panel import Line, Panel
from budgetcli.analysis.question import Question
from budgetcli.analysis.standing import name_columns
from budgetcli.errors import UserError, listed
from budgetcli.fields import FIELDS
from budgetcli.i18n import say, say_count
from budgetcli.model import BudgetTable, Finding, Severity
from budgetcli.report import Column, Report, Value
from budgetcli.targets import Target

SCENARIOS = ("committed_only", "run_rate", "recent_pace", "profile")

_RANKS = {
    "unspent_most": 0,
    "unspent_least": 0,
    "execution_rate": 0,
    "carry_over_most": 1,
    "lapse_least": 2,
    "target_reached": 3,
    "budget": 3,
    "committed_only": 4,
    "run_rate": 4,
    "recent_pace": 4,
    "profile": 4,
    "spent": 5,
    "committed": 6,
    "unpaid": 7,
    "where": 9,
}


class _Asked(NamedTuple):
    """What every row's forecast is made from: `paid` is the recent pace's, in `span` days."""

    known: Known
    day: date
    curves: Sequence[Curve]
    target: Target | None
    ends: Mapping[str, Amounts]
    paid: Amounts

    @property
    def rest(self) -> int:
        """Days left of the year."""
        return self.known.year.days - self.known.now

    @property
    def span(self) -> int:
        """Days over which the present pace is told."""
        return max(self.rest, 1)


def forecast(
    tables: Sequence[BudgetTable],
    question: Question = Question(),
    history: Sequence[BudgetTable] = (),
) -> Report:
    """Every division's year-end, those with the most money at risk first.

    `tables` are one or more dates, oldest first; the last that can be trusted
    is where the forecast starts. `history` are past years' tables. Raises
    UserError where the date is not known, TableError where a column is missing.
    """
    found = spending(tables, question)
    asked = _asked(found, question, history)
    rows = [_row(line, name, asked) for name, line in found.last.rows.items()]
    total = _total(found.last.found.total, rows)
    order = question if question.sort else question._replace(sort="-unspent_most")
    return Report(
        name="forecast",
        columns=_columns(found, rows),
        rows=sorted_rows(rows, order),
        context=found.last.found.context,
        total=total,
        findings=(*found.findings, *_unforeseen(found, rows), *_unprofiled(found, asked)),
        headline=tuple(headline(rows, total, asked.known.year.end)),
        extra={
            "year_end": asked.known.year.end,
            "days_left": asked.rest,
            "scenarios": [name for name in SCENARIOS if total[name] is not None],
        },
    )


def _asked(found: Panel, question: Question, history: Sequence[BudgetTable]) -> _Asked:
    day = found.last.day
    if day is None:
        raise UserError(
            say("the year's end cannot be forecast: the table does not say its date"),
            where=str(found.last.table.place),
            why=say("how much of the year is over is where every forecast starts"),
            next=say("add --as-of YYYY-MM-DD"),
        )
    year = year_of(day, found.last.year, question.fiscal_year_start)
    now, lines = known(found, year), past_curves(history, question, found)
    rest = year.days - now.now
    ends = {
        "run_rate": run_rate(now, rest),
        "recent_pace": recent_pace(now, rest),
        "profile": profile(lines)(now, rest),
    }
    target = found.last.found.context.target
    return _Asked(now, day, lines, target, ends, recently_paid(now, max(rest, 1)))


def _row(line: Line, name: str, asked: _Asked) -> dict[str, Value]:
    """A division's standing and what each scenario comes to."""
    committed, spent = _money(line, "committed"), _money(line, "spent")
    bound = None if committed is None or spent is None else max(committed, spent)
    told = {scenario: end.get(name) for scenario, end in asked.ends.items()}
    ends = {"committed_only": bound, **told}
    return {**line, **ends, **_left(line, ends), "target_reached": _reached(line, name, asked)}


def _left(line: Line, ends: Mapping[str, int | None]) -> dict[str, Value]:
    """What the scenarios leave of this budget, and the most of it split."""
    budget = _money(line, "budget")
    left = [] if budget is None else [budget - end for end in ends.values() if end is not None]
    return _split(left, _money(line, "unpaid"))


def _split(left: Sequence[int], unpaid: int | None) -> dict[str, Value]:
    """The range, and the most of it split.

    At most what is committed and unpaid today can be carried over; at least
    the rest of the most that may be left lapses.
    """
    most = max(left, default=None)
    carried = None if most is None or unpaid is None else max(0, min(most, unpaid))
    return {
        "unspent_least": min(left, default=None),
        "unspent_most": most,
        "carry_over_most": carried,
        "lapse_least": None if most is None or carried is None else max(0, most - carried),
    }


def _total(total: Line, rows: Sequence[Line]) -> dict[str, Value]:
    """The sums of the divisions' scenarios: each spends its own money and not another's.

    They are over the divisions that can be forecast, and of scenarios that
    all of these have. What is left adds up exactly; where the printed budget
    is rounded away from its parts', what is spent is rounded with it.
    """
    told = [row for row in rows if row["unspent_most"] is not None]
    is_whole = len(told) == len(rows)
    own, printed = _sum(told, "budget") or 0, _money(total, "budget") or 0
    sums = {name: _sum(told, name) for name in SCENARIOS}
    left = [own - end for end in sums.values() if end is not None]
    rest = printed - own if is_whole else 0
    ends = {name: None if end is None else end + rest for name, end in sums.items()}
    unpaid = _money(total, "unpaid") if is_whole else _sum(told, "unpaid")
    return {**total, **ends, **_split(left, unpaid), "target_reached": None}


def _sum(rows: Sequence[Line], name: str) -> int | None:
    """None where one of them is unknown: a sum without it would be of fewer divisions."""
    amounts = [amount for row in rows if (amount := _money(row, name)) is not None]
    return sum(amounts) if amounts and len(amounts) == len(rows) else None


def _reached(line: Line, name: str, asked: _Asked) -> date | None:
    """The day the target is reached at the present pace; None where not within the year.

    The pace as a target moves on every day; any other stays where it is.
    """
    base = asked.target.base if asked.target else "budget"
    budget, spent, aim = _money(line, base), _money(line, "spent"), line["target_rate"]
    if not budget or spent is None or not isinstance(aim, int | Fraction):
        return None
    moves = asked.target is not None and asked.target.kind == "pace"
    gain = _pace(name, spent, asked) - (Fraction(budget, asked.known.year.days) if moves else 0)
    gap = aim * budget / 100 - spent
    if gap <= 0:
        return asked.day
    days = -(-gap // gain) if gain > 0 else asked.rest + 1
    return asked.day + timedelta(days=days) if days <= asked.rest else None


def _pace(name: str, spent: int, asked: _Asked) -> Fraction:
    """Money a day: the recent pace where it is known, else the mean since the year began."""
    paid = asked.paid.get(name)
    return Fraction(spent, asked.known.now) if paid is None else Fraction(paid, asked.span)


def _money(line: Line, field: str) -> int | None:
    value = line[field]
    return value if isinstance(value, int) else None


def _columns(found: Panel, rows: Sequence[Line]) -> tuple[Column, ...]:
    known = [name for name in _RANKS if any(row[name] is not None for row in rows)]
    shown = [Column(name, FIELDS[name].kind, _RANKS[name]) for name in known]
    return (*name_columns(found.by), *shown)


def _unforeseen(found: Panel, rows: Sequence[Line]) -> Iterable[Finding]:
    """Who has no year's end, and is therefore in no sum of them."""
    unknown = [str(row["division"]) for row in rows if row["unspent_most"] is None]
    if unknown:
        text = say(
            "no year-end can be told for {names}: the sums of the scenarios leave them out",
            names=listed(unknown),
        )
        yield Finding("not_forecast", Severity.WARNING, text, found.last.table.place)


def _unprofiled(found: Panel, asked: _Asked) -> Iterable[Finding]:
    """How many go as the whole went, because past years do not know them."""
    unknown = [
        name
        for name in found.last.rows
        if asked.curves and not all(name in curve.points for curve in asked.curves)
    ]
    if unknown:
        text = say_count(
            "{count} row is not in every past year and goes as the whole went",
            "{count} rows are not in every past year and go as the whole went",
            len(unknown),
        )
        yield Finding("no_history", Severity.NOTE, text, found.last.table.place)
