"""`chart --kind bridge`: what leads from one table's balance to the other's, step by step.

unspent_old + budget_change − every division's newly_paid = unspent_new, exact; by commitments
the same with uncommitted and newly_committed. The two tables are `compare`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from budgetcli.analysis.compare_rows import Line
from budgetcli.errors import TableError
from budgetcli.fields import FIELDS, Kind
from budgetcli.i18n import say, say_count
from budgetcli.report import Column, Report, Term, Value

NAMED = 12
_BALANCE = {"spent": ("unspent", "newly_paid"), "committed": ("uncommitted", "newly_committed")}


def bridge(compared: Report, most: int | None = None) -> Report:
    """The steps, each with its amount and where it starts and ends: a level starts at 0.

    The `most` (default 12) largest divisions have a step of their own, the others one together.
    Where printed totals differ from their rows by rounding, or a row's amount is not known, a
    step says by how much. Raises TableError where a balance is not known.
    """
    level, change = _BALANCE[compared.context.basis]
    total: Line = compared.total or {}
    old, new = _known(total, f"{level}_old", compared), _known(total, f"{level}_new", compared)
    budget = _known(total, "budget_change", compared)
    moved = [(row["division"], -amount) for row in compared.rows if (amount := _of(row, change))]
    moved.sort(key=lambda step: -abs(step[1]))
    changes: list[tuple[Value, int]] = [(Term("budget_change"), budget)]
    changes += [*moved[: most or NAMED], *_others(moved[most or NAMED :])]
    rest = new - old - sum(amount for _, amount in changes)
    if rest:
        changes.append((str(say("rounding, and amounts not known")), rest))
    return compared._replace(
        name="bridge",
        columns=(Column("division", Kind.NAME), Column("amount", Kind.MONEY)),
        rows=(
            _step(_when(compared, level, "old"), old, 0, old, is_level=True),
            *_running(changes, old),
            _step(_when(compared, level, "new"), new, 0, new, is_level=True),
        ),
        total=None,
    )


def _when(compared: Report, level: str, side: str) -> Value:
    """The balance and its date, where that is known."""
    facts = compared.extra[side]
    day = facts["as_of"] if isinstance(facts, Mapping) else None
    return f"{FIELDS[level].term} {day}" if day else Term(f"{level}_{side}")


def _others(rest: Sequence[tuple[Value, int]]) -> Iterable[tuple[Value, int]]:
    if rest:
        text = say_count("{count} other", "{count} others", len(rest))
        yield str(text), sum(amount for _, amount in rest)


def _running(changes: Iterable[tuple[Value, int]], start: int) -> Iterable[Line]:
    for name, amount in changes:
        yield _step(name, amount, start, start + amount)
        start += amount


def _step(name: Value, amount: int, start: int, end: int, *, is_level: bool = False) -> Line:
    return {"division": name, "amount": amount, "start": start, "end": end, "is_level": is_level}


def _of(row: Line, key: str) -> int:
    value = row[key]
    return value if isinstance(value, int) else 0


def _known(total: Line, key: str, compared: Report) -> int:
    value = total.get(key)
    if isinstance(value, int):
        return value
    raise TableError(
        say("{field} is not known: there is nothing to bridge", field=FIELDS[key].term),
        where=compared.context.source,
        next=say("both tables need a budget and what was spent of it"),
    )
