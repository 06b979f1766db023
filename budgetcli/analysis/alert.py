"""`lagging --state`: did the verdict change since it was last given, and for whom?

Where the last verdict is kept is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from budgetcli.analysis.lagging import behind_of
from budgetcli.analysis.question import Question
from budgetcli.analysis.standing import standings
from budgetcli.i18n import Sentence, say
from budgetcli.measures import Status
from budgetcli.model import BudgetTable
from budgetcli.report import Report, Value

Behind = Mapping[str, str]
_Rows = Iterable[Mapping[str, Value]]

_SAID = {
    "new": say("newly behind: {names}"),
    "status": say("behind as before, with another status: {names}"),
    "recovered": say("recovered: {names}"),
    "unknown": say("were behind, cannot be judged now: {names}"),
    "gone": say("were behind, are no longer in the table: {names}"),
}


class Alert(NamedTuple):
    """`lagging`'s report with what changed, everybody behind by name, and whether it is news.

    A name's value is its status.
    """

    report: Report
    behind: Behind
    changed: bool


def alert(table: BudgetTable, question: Question, before: Behind) -> Alert:
    """The verdict held against an earlier one. `top` cuts the rows shown, not who is counted.

    Raises what `lagging` raises.
    """
    found = standings(table, question)
    report = behind_of(found, table, question._replace(top=None))
    behind = _statuses(report.rows)
    changes = _changes(found.rows, behind, before)
    first, *rest = report.headline
    return Alert(
        report._replace(
            rows=report.rows[: question.top],
            headline=(first, *_said(changes), *rest),
            extra={**report.extra, "changes": changes},
        ),
        behind,
        any(changes.values()),
    )


def _statuses(rows: _Rows) -> Behind:
    return {str(row["division"]): _status(row["status"]) for row in rows}


def _status(value: Value) -> str:
    return value.value if isinstance(value, Status) else ""


def _changes(rows: _Rows, behind: Behind, before: Behind) -> dict[str, list[str]]:
    """Names by what became of them; who is behind as before is under none."""
    judged = {str(row["division"]): row["variance"] is not None for row in rows}
    left = [name for name in before if name not in behind]
    return {
        "new": [name for name in behind if name not in before],
        "status": [name for name in behind if before.get(name, behind[name]) != behind[name]],
        "recovered": [name for name in left if judged.get(name) is True],
        "unknown": [name for name in left if judged.get(name) is False],
        "gone": [name for name in left if name not in judged],
    }


def _said(changes: Mapping[str, list[str]]) -> Iterable[Sentence]:
    return (
        _SAID[kind]._replace(values={"names": ", ".join(names)})
        for kind, names in changes.items()
        if names
    )
