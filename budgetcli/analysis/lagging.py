"""`lagging`: who is strictly below the line, the worst first, and what is still to be spent?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from budgetcli.analysis.goals import narrow_rates
from budgetcli.analysis.measured import in_words_of
from budgetcli.analysis.order import sorted_by, sorted_rows
from budgetcli.analysis.question import Question
from budgetcli.analysis.severity import graded
from budgetcli.analysis.standing import Standings, quantity, standings
from budgetcli.errors import UserError
from budgetcli.i18n import Sentence, say, say_count
from budgetcli.model import BudgetTable
from budgetcli.report import Report, Value


def lagging(table: BudgetTable, question: Question = Question()) -> Report:
    """The divisions strictly below the target, worst first; no rows where nobody is.

    Raises TableError where a column is missing, UserError where there is
    nothing to hold the rates against.
    """
    return behind_of(standings(table, question), table, question)


def behind_of(found: Standings, table: BudgetTable, question: Question) -> Report:
    """The same of standings that are known already."""
    if found.context.target is None:
        raise UserError(
            say("there is no target without a date"),
            where=str(table.place),
            why=say("who is behind depends on where everybody should be by that day"),
            next=say("say below what: --below 60; or the date: --as-of YYYY-MM-DD"),
        )
    behind = sorted_by(graded(found.lagging(), question), "variance")
    behind = [*sorted_rows(behind, question._replace(top=None))]
    answer = Report(
        name="lagging",
        columns=found.columns,
        rows=tuple(behind[: question.top]),
        context=found.context,
        total=found.total,
        findings=found.findings,
        headline=_headline(found, behind),
        verdict=bool(behind),
    )
    return in_words_of(table.measure, answer)


def _headline(found: Standings, behind: Sequence[Mapping[str, Value]]) -> tuple[Sentence, ...]:
    """The alert in words: how many of how many, then each one's gap, or that nobody is below."""
    aim = found.context.target
    unknown = sum(row["variance"] is None for row in found.rows)
    if not behind:
        return (
            say(
                "nobody is below: all {count} are at or above {target}",
                count=len(found.rows) - unknown,
                target=aim.describe() if aim else "",
            ),
            *_unknown(unknown),
            *narrow_rates(found),
        )
    return (
        say_count(
            "{count} of {all} is below {target}",
            "{count} of {all} are below {target}",
            len(behind),
            all=len(found.rows),
            target=aim.describe() if aim else "",
        ),
        *(_gap(row, found.judged) for row in behind),
        *_unknown(unknown),
        *narrow_rates(found),
    )


def _unknown(count: int) -> tuple[Sentence, ...]:
    """Nobody without a rate or a target is counted among those who keep up."""
    if not count:
        return ()
    return (
        say_count(
            "{count} cannot be judged: no rate or no target",
            "{count} cannot be judged: no rates or no targets",
            count,
        ),
    )


def _gap(row: Mapping[str, Value], rate: str) -> Sentence:
    return say(
        "{name}: {rate} %, {points} points below; {shortfall} still to go",
        name=row["division"],
        rate=quantity(row, rate),
        points=quantity(row, "variance"),
        shortfall=quantity(row, "shortfall"),
    )
