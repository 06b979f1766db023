"""`lagging --state`: the last verdict read, the new one said if it is news, and kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from budgetcli.analysis.alert import alert
from budgetcli.analysis.question import Question
from budgetcli.cli.answer import give, read_table, sources, tell_loading
from budgetcli.cli.output import OutputOptions
from budgetcli.cli.state import State, read_state, write_state
from budgetcli.cli.talk import tell
from budgetcli.i18n import say
from budgetcli.loading import LoadOptions
from budgetcli.model import BudgetTable
from budgetcli.readers.web import shown_url
from budgetcli.report import Report
from budgetcli.targets import Target, plain


def speak_if_changed(
    path: Path,
    names: tuple[str, ...],
    loading: LoadOptions,
    question: Question,
    output: OutputOptions,
    *,
    explain: bool,
) -> bool:
    """Whether there was news. Without any nothing is written, but for what --explain asks for.

    News is kept after it was given: what could not be given is given again. Raises UserError.
    """
    kept = read_state(path)
    table = read_table(names, loading)
    now, report, changed = _compared(path, kept, names, loading, question, table)
    if changed or explain:
        tell_loading(names, table, explain=explain)
    if changed:
        give(report, names, output, in_words=True)
    if kept is None or (kept.asked, kept.behind) != (now.asked, now.behind):
        write_state(path, now)
    return changed


def _compared(
    path: Path,
    kept: State | None,
    names: tuple[str, ...],
    loading: LoadOptions,
    question: Question,
    table: BudgetTable,
) -> tuple[State, Report, bool]:
    """The state now, what to say, and whether to say it. A state of another question counts not."""
    found = alert(table, question, kept.behind if kept else {})
    asked = _asked(names, loading, question, found.report)
    others = _differing(kept.asked, asked) if kept else []
    if others:
        tell(
            say(
                "{file}: this state is of another question ({facts}): it is begun anew",
                file=path,
                facts=", ".join(others),
            )
        )
        found = alert(table, question, {})
    as_of = found.report.context.as_of
    state = State(asked, found.behind, as_of.isoformat() if as_of else None)
    return state, found.report, found.changed


def _asked(
    names: tuple[str, ...], loading: LoadOptions, question: Question, report: Report
) -> dict[str, Any]:
    """The question as JSON can keep it: of what, against what, of whom."""
    with sources(names) as read:
        source = [shown_url(name) if "://" in name else name for name in read]
    return {
        "source": source,
        "table": [loading.table, loading.sheet],
        "where": {column: [*patterns] for column, patterns in loading.where.items()},
        "by": [*question.by],
        "basis": question.basis,
        "target": _word_of(report.context.target),
    }


def _word_of(target: Target | None) -> str:
    """A target as one would type it: what it comes to changes from day to day."""
    if target is None:
        return ""
    facts = target.facts()
    named = facts.get("schedule") or facts.get("file")
    if target.kind == "fixed" and target.rate is not None:
        return plain(target.rate)
    return str(named or target.kind)


def _differing(before: Mapping[str, Any], asked: Mapping[str, Any]) -> list[str]:
    return [fact for fact in asked if before.get(fact) != asked[fact]]
