"""What holds for a whole answer about a table: source, unit, date, fiscal year, basis, target."""

from __future__ import annotations

from budgetcli.analysis.question import Question
from budgetcli.model import BudgetTable
from budgetcli.report import Context
from budgetcli.targets import Target, fiscal_year


def context_of(table: BudgetTable, question: Question, target: Target | None = None) -> Context:
    """The context of an answer; a table that states no fiscal year has its date's."""
    year = table.fiscal_year
    if year is None and table.as_of:
        year = fiscal_year(table.as_of, question.fiscal_year_start)
    return Context(
        source=table.source,
        scale=table.scale,
        unit=table.unit,
        places=table.places,
        as_of=table.as_of,
        fiscal_year=year,
        basis=question.basis,
        target=target,
        title=table.title,
        table=str(table.place),
        rows_used=table.counts.used,
        measure=table.measure,
    )
