"""Which two of a source's dates or years are compared: first and last, or those that were named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from budgetcli.analysis.compare_rows import when
from budgetcli.errors import UserError
from budgetcli.i18n import say
from budgetcli.model import BudgetTable

Moment = date | int
"""An as-of date, or a fiscal year."""
Moments = tuple[Moment | None, Moment | None]


def two_of(
    found: Sequence[BudgetTable], moments: Moments, name: str
) -> tuple[BudgetTable, BudgetTable]:
    """OLD and NEW among the tables of one source, oldest first. Raises UserError."""
    if len(found) == 1:
        raise _one_table(found[0], name)
    return _at(found, moments[0], 0, name), _at(found, moments[1], -1, name)


def _one_table(only: BudgetTable, name: str) -> UserError:
    day = when(only)
    return UserError(
        say("it holds one date, {day}: there is nothing to compare", day=day)
        if day
        else say("it does not say its date: there is nothing to compare"),
        where=name,
        why=say("a change needs a before and an after"),
        next=say("name the other table too: budgetcli compare OLD NEW"),
    )


def _at(
    found: Sequence[BudgetTable], moment: Moment | None, default: int, name: str
) -> BudgetTable:
    """The table of a date, or the last of a year; else the first or last with both amounts."""
    if moment is None:
        complete = [table for table in found if table.has("budget") and table.has("spent")]
        choice: Sequence[BudgetTable] = complete or found
        return choice[default]
    if named := [table for table in found if moment in (table.as_of, table.fiscal_year)]:
        return named[-1]
    raise UserError(
        say("it holds no rows of {day}", day=moment),
        where=name,
        seen=(say("dates: {days}", days=", ".join(when(table) or "?" for table in found[-12:])),),
        why=say("rows of another day would answer another question"),
        next=say("take two of these for --from and --to"),
    )
