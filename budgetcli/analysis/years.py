"""One table a fiscal year, of several: which years there are, and which of them are over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from budgetcli.analysis.context import context_of
from budgetcli.analysis.question import Question
from budgetcli.errors import UserError
from budgetcli.i18n import say
from budgetcli.model import BudgetTable, Finding, Severity
from budgetcli.targets import fiscal_year_end


class Year(NamedTuple):
    """A fiscal year's last table; `closed` where its date, if it has one, is not before the end."""

    year: int
    table: BudgetTable
    closed: bool


def years_of(tables: Iterable[BudgetTable], question: Question) -> list[Year]:
    """The years of tables, oldest first; without spending only where no table has it.

    Raises UserError where a table does not say its year.
    """
    every = [*tables]
    spending = [table for table in every if table.has("spent")]
    found: dict[int, BudgetTable] = {}
    for table in spending or every:
        year = context_of(table, question).fiscal_year
        if year is None:
            raise UserError(
                say("its fiscal year is not known"),
                where=str(table.place),
                why=say("tables of several years are told apart by it"),
                next=say("a column, a caption or the file's name may say it"),
            )
        found[year] = table
    start = question.fiscal_year_start
    return [
        Year(year, table, table.as_of is None or table.as_of >= fiscal_year_end(year, start))
        for year, table in sorted(found.items())
    ]


def unspent(
    tables: Iterable[BudgetTable], years: Sequence[Year], question: Question
) -> list[Finding]:
    """The years of which no table has spending: left out, and that is said."""
    every = {year for table in tables if (year := context_of(table, question).fiscal_year)}
    left = sorted(every - {year.year for year in years})
    if not left:
        return []
    message = say("left out, for no expenditure is given: {years}", years=spoken(left))
    return [Finding("unspent_year", Severity.WARNING, message, years[-1].table.place)]


def consecutive(years: Sequence[int]) -> bool:
    """Whether no year is missing between the first and the last."""
    return [*years] == [*range(years[0], years[0] + len(years))] if years else True


def spoken(years: Sequence[int]) -> str:
    """2020–2023 where no year is missing, else each."""
    if len(years) > 1 and consecutive(years):
        return f"{years[0]}–{years[-1]}"
    return ", ".join(map(str, years))


def undated(years: Iterable[Year]) -> list[Finding]:
    """Tables without a date are taken for their whole year: said."""
    found = [year for year in years if year.table.as_of is None]
    if not found:
        return []
    message = say(
        "without a date, taken for whole fiscal years: {years}",
        years=spoken([year.year for year in found]),
    )
    return [Finding("undated_year", Severity.NOTE, message, found[-1].table.place)]


def sources(years: Iterable[Year]) -> str:
    """The sources of all, each once."""
    return ", ".join(dict.fromkeys(year.table.source for year in years))
