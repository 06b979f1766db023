"""Which two of a source's dates are compared: the first and the last, or those that were named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from budgetcli.errors import UserError
from budgetcli.i18n import say
from budgetcli.model import BudgetTable

Days = tuple[date | None, date | None]


def two_of(found: Sequence[BudgetTable], days: Days, name: str) -> tuple[BudgetTable, BudgetTable]:
    """OLD and NEW among the tables of one source, oldest first. Raises UserError."""
    if len(found) == 1:
        raise UserError(
            say("it holds one date, {day}: there is nothing to compare", day=found[0].as_of or "?"),
            where=name,
            why=say("a change needs a before and an after"),
            next=say("name the other table too: budgetcli compare OLD NEW"),
        )
    return _at(found, days[0], 0, name), _at(found, days[1], -1, name)


def _at(found: Sequence[BudgetTable], day: date | None, default: int, name: str) -> BudgetTable:
    if day is None:
        return found[default]
    for table in found:
        if table.as_of == day:
            return table
    raise UserError(
        say("it holds no rows of {day}", day=day),
        where=name,
        seen=(say("dates: {days}", days=", ".join(str(table.as_of) for table in found[-12:])),),
        why=say("rows of another day would answer another question"),
        next=say("take two of these for --from and --to"),
    )
