"""Two tables' rows side by side: who is in which, and by how much every measure changed.

For money it holds exactly, in every row and in the total, that
  unspent_new     = unspent_old     + budget_change   - newly_paid
  uncommitted_new = uncommitted_old + budget_change   - newly_committed
  unpaid_new      = unpaid_old      + newly_committed - newly_paid
where unspent = uncommitted + unpaid. Who appeared brings all of its money as
change, who went takes all of it away; their other side is unknown, not 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from budgetcli.analysis.question import Question
from budgetcli.analysis.ranks import ranked
from budgetcli.analysis.standing import RATE_OF_BASIS, Standings
from budgetcli.i18n import say
from budgetcli.measures import balance, variance
from budgetcli.model import BudgetTable
from budgetcli.recognise.names import key
from budgetcli.report import Value

Line = Mapping[str, Value]
_Name = tuple[str, ...]

MONEY_CHANGES = {
    "budget": "budget_change",
    "committed": "newly_committed",
    "spent": "newly_paid",
    "unspent": "unspent_change",
    "uncommitted": "uncommitted_change",
    "unpaid": "unpaid_change",
    "eligible": "eligible_change",
    "goal": "goal_change",
}
RATE_CHANGES = {
    "execution_rate": "execution_rate_change",
    "commitment_rate": "commitment_rate_change",
    "eligible_rate": "eligible_rate_change",
    "attainment_rate": "attainment_rate_change",
}
# Told only where one of the two tables has them.
_RARE = ("eligible", "goal", "eligible_rate", "attainment_rate")
_CARRIED = ("variance", "status", "where")


class Presence(StrEnum):
    """Whether a division is in both tables: a stable word for programs, translated for people."""

    STAYED = "stayed"
    APPEARED = "appeared"
    WENT = "went"

    def __str__(self) -> str:
        return str(_PRESENCE_WORDS[self])


_PRESENCE_WORDS = {
    Presence.STAYED: say("stayed"),
    Presence.APPEARED: say("appeared"),
    Presence.WENT: say("went"),
}


class Side(NamedTuple):
    """One of the two: its table, where everybody stands in it, and how to bring it to `scale`."""

    table: BudgetTable
    found: Standings
    scale: int
    total: Line

    @property
    def times(self) -> int:
        """What its amounts are multiplied by to stand at `scale`."""
        return int(10 ** (self.scale - self.table.scale))


def rows_of(before: Side, after: Side, question: Question) -> tuple[Line, ...]:
    """One row a division: those of NEW in its order, then those that went."""
    judged = judged_in(before, after, question.basis)
    places = [ranked(side.found.rows, judged) for side in (before, after)]
    olds = [{**row, "rank": at} for row, at in zip(before.found.rows, places[0], strict=True)]
    news = [{**row, "rank": at} for row, at in zip(after.found.rows, places[1], strict=True)]
    return tuple(
        _row(one, other, before, after, question.by)
        for one, other in _pairs(olds, news, question.by)
    )


def judged_in(before: Side, after: Side, basis: str) -> str:
    """The rate that counts: what both are held against, else that of the whole budget."""
    judged = {side.found.judged for side in (before, after)}
    return judged.pop() if len(judged) == 1 else RATE_OF_BASIS[basis]


def _pairs(
    olds: Sequence[Line], news: Sequence[Line], by: Sequence[str]
) -> list[tuple[Line | None, Line | None]]:
    """Rows of one name: the same spelling first, else the same but for spaces and case."""
    left = {_spelled(row, by): row for row in olds}
    partner = {name: left.pop(name) for row in news if (name := _spelled(row, by)) in left}
    alone = [name for row in news if (name := _spelled(row, by)) not in partner]
    others = _once(left)
    for folded, spelled in _once(alone).items():
        if folded in others:
            partner[spelled] = left.pop(others[folded])
    return [
        *((partner.get(_spelled(row, by)), row) for row in news),
        *((row, None) for row in left.values()),
    ]


def _spelled(row: Line, by: Sequence[str]) -> _Name:
    return tuple(str(row[name]) for name in by)


def _once(names: Iterable[_Name]) -> dict[_Name, _Name]:
    """Folded names that one spelling alone has, with that spelling."""
    found: dict[_Name, list[_Name]] = {}
    for name in names:
        found.setdefault(tuple(map(key, name)), []).append(name)
    return {folded: spelled[0] for folded, spelled in found.items() if len(spelled) == 1}


def _row(old: Line | None, new: Line | None, before: Side, after: Side, by: Sequence[str]) -> Line:
    either: Line = new or old or {}
    presence = Presence.STAYED
    if old is None:
        presence = Presence.APPEARED
    elif new is None:
        presence = Presence.WENT
    return {
        "division": either["division"],
        **{name: either[name] for name in by},
        "presence": presence,
        **moved(old, new, before, after),
    }


def moved(old: Line | None, new: Line | None, before: Side, after: Side) -> dict[str, Value]:
    """Both sides and the change of every measure; a side that is not there is unknown."""
    absent = [name for name in _RARE if name not in before.total and name not in after.total]
    found: dict[str, Value] = {}
    for name, change in _without(MONEY_CHANGES, absent):
        pair = money(old, name, before.times), money(new, name, after.times)
        found |= {f"{name}_old": pair[0], f"{name}_new": pair[1]}
        found[change] = _difference(old, new, pair)
    for name, change in _without(RATE_CHANGES, absent):
        rates = _rate(old, name), _rate(new, name)
        found |= {f"{name}_old": rates[0], f"{name}_new": rates[1]}
        found[change] = variance(rates[1], rates[0])
    for name in _CARRIED:
        found[f"{name}_old"] = old.get(name) if old else None
        found[f"{name}_new"] = new.get(name) if new else None
    places = money(old, "rank", 1), money(new, "rank", 1)
    found |= {"rank_old": places[0], "rank_new": places[1], "rank_change": balance(*places)}
    return found


def _without(changes: Mapping[str, str], absent: Sequence[str]) -> Iterable[tuple[str, str]]:
    return ((name, change) for name, change in changes.items() if name not in absent)


def _difference(
    old: Line | None, new: Line | None, pair: tuple[int | None, int | None]
) -> int | None:
    """New minus old; of a division in one table alone, all that it brings or takes."""
    if old is None:
        return pair[1]
    return balance(0, pair[0]) if new is None else balance(pair[1], pair[0])


def money(row: Line | None, name: str, times: int) -> int | None:
    """An amount of a row, so many times; None where the row or the amount is not known."""
    value = row.get(name) if row else None
    return value * times if isinstance(value, int) else None


def _rate(row: Line | None, name: str) -> Fraction | None:
    value = row.get(name) if row else None
    return value if isinstance(value, Fraction) else None


def who(rows: Sequence[Line], presence: Presence) -> list[Line]:
    """The rows of those who stayed, appeared or went."""
    return [row for row in rows if row["presence"] is presence]


def when(table: BudgetTable) -> str | None:
    """What tells a table from another of its source: its date, else its fiscal year."""
    if table.as_of is not None:
        return table.as_of.isoformat()
    return None if table.fiscal_year is None else str(table.fiscal_year)


def arrow(old: str, new: str) -> str:
    """`old → new`; one of them where both are the same."""
    return old if old == new else f"{old} → {new}"
