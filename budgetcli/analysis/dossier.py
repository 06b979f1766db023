"""`report`: the answers a meeting asks for, about one table, as one document."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from budgetcli.analysis.check import check
from budgetcli.analysis.forecast import forecast
from budgetcli.analysis.lagging import lagging
from budgetcli.analysis.origin import origin
from budgetcli.analysis.question import Question
from budgetcli.analysis.summary import summary
from budgetcli.analysis.trend import trend
from budgetcli.errors import UserError
from budgetcli.i18n import Sentence
from budgetcli.model import BudgetTable
from budgetcli.report import Dossier, Report


def dossier(
    tables: Sequence[BudgetTable], table: BudgetTable, question: Question = Question()
) -> Dossier:
    """All answers about `table`, one of `tables`, which are its dates, oldest first.

    The question's order is the summary's alone. Raises TableError where not
    even a summary can be made; why any other answer cannot, it says.
    """
    whole = summary(table, question)
    plain = question._replace(sort=None)
    missing: list[tuple[str, Sentence]] = []

    def answered(name: str, ask: Callable[[], Report]) -> Report | None:
        try:
            return ask()
        except UserError as problem:
            missing.append((name, problem.what))
            return None

    return Dossier(
        summary=whole,
        check=check(table, plain),
        origin=origin(whole, table),
        lagging=answered("lagging", lambda: lagging(table, plain)),
        forecast=answered("forecast", lambda: forecast(tables, plain)),
        trend=answered("trend", lambda: trend(tables, plain)) if len(tables) > 1 else None,
        missing=tuple(missing),
    )
