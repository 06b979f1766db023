"""`summary`: where does every division stand?"""

from __future__ import annotations

from budgetcli.analysis.goals import narrow_rates
from budgetcli.analysis.measured import in_words_of
from budgetcli.analysis.order import sorted_by, sorted_rows
from budgetcli.analysis.question import Question
from budgetcli.analysis.severity import graded
from budgetcli.analysis.standing import Standings, quantity, standings
from budgetcli.fields import FIELDS
from budgetcli.i18n import Sentence, say, say_count
from budgetcli.model import BudgetTable
from budgetcli.report import Report


def summary(table: BudgetTable, question: Question = Question()) -> Report:
    """Every division's measures and the total's. Raises TableError where a column is missing."""
    found = standings(table, question)
    answer = Report(
        name="summary",
        columns=found.columns,
        rows=sorted_rows(graded(found.rows, question), question),
        context=found.context,
        total=found.total,
        findings=found.findings,
        headline=_headline(found),
    )
    return in_words_of(table.measure, answer)


def _headline(found: Standings) -> tuple[Sentence, ...]:
    """How many there are, how much of how much, and who is behind, the worst named."""
    said = (_whole(found), *narrow_rates(found))
    return said if found.context.target is None else (*said, _behind(found))


def _whole(found: Standings) -> Sentence:
    """How much of how much; a base that is not the budget goes by its name."""
    count = len(found.rows)
    values = {
        "rate": quantity(found.total, found.judged),
        "budget": quantity(found.total, found.base),
    }
    if found.base == "budget":
        return say_count(
            "{count} division: {rate} % of {budget}",
            "{count} divisions: {rate} % of {budget}",
            count,
            **values,
        )
    return say_count(
        "{count} division: {rate} % of {base} {budget}",
        "{count} divisions: {rate} % of {base} {budget}",
        count,
        base=FIELDS[found.base].term,
        **values,
    )


def _behind(found: Standings) -> Sentence:
    behind = sorted_by(found.lagging(), "variance")
    if not behind:
        return say("nobody is behind the target")
    worst = behind[0]
    return say_count(
        "{count} is behind: {name} at {rate} %",
        "{count} are behind; the furthest is {name} at {rate} %",
        len(behind),
        name=worst["division"],
        rate=quantity(worst, found.judged),
    )
