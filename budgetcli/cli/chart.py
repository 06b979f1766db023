"""`budgetcli chart`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.options import (
    dates_options,
    picture_options,
    question_options,
    settings_options,
    source_options,
)
from budgetcli.cli.said import SaidCommand, option
from budgetcli.cli.typed import suggested
from budgetcli.errors import UserError
from budgetcli.i18n import say

if TYPE_CHECKING:
    from budgetcli.analysis.compare_dates import Moments
    from budgetcli.analysis.question import Question
    from budgetcli.cli.output import OutputOptions
    from budgetcli.loading import LoadOptions
    from budgetcli.model import BudgetTable
    from budgetcli.report import Report


class _Asked(NamedTuple):
    """What the user said, whatever the kind."""

    names: tuple[str, ...]
    loading: LoadOptions
    question: Question
    moments: Moments
    history: tuple[str, ...]
    explain: bool

    def sorted(self, sort: str) -> Question:
        """All rows, in this order where none was asked for: the picture cuts, and says so."""
        return self.question._replace(top=None, sort=self.question.sort or sort)


def _bars(asked: _Asked) -> Report:
    """The furthest behind first; without a target, the lowest rate."""
    from budgetcli.analysis.summary import summary

    table = _table(asked)
    report = summary(table, asked.sorted("variance"))
    if report.context.target:
        return report
    return summary(table, asked.sorted(report.context.judged))


def _unspent(asked: _Asked) -> Report:
    from budgetcli.analysis.summary import summary

    return summary(_table(asked), asked.sorted("-unspent"))


def _pace(asked: _Asked) -> Report:
    from budgetcli.analysis.summary import summary

    question = asked.sorted("variance")
    return summary(_table(asked), question._replace(target=question.target or "pace"))


def _table(asked: _Asked) -> BudgetTable:
    from budgetcli.cli.answer import load_table

    return load_table(asked.names, asked.loading, explain=asked.explain)


def _trend(asked: _Asked) -> Report:
    from budgetcli.analysis.trend import trend
    from budgetcli.cli.answer import load_tables

    tables = load_tables(asked.names, asked.loading, explain=asked.explain)
    return trend(tables, asked.sorted("variance"))


def _bridge(asked: _Asked) -> Report:
    from budgetcli.analysis.bridge import bridge
    from budgetcli.analysis.compare import compare
    from budgetcli.cli.compare import two_tables

    old, new = two_tables(asked.names, asked.loading, asked.moments, asked.explain)
    return bridge(compare(old, new, asked.question._replace(top=None)), asked.question.top)


def _forecast(asked: _Asked) -> Report:
    from budgetcli.analysis.forecast import forecast
    from budgetcli.cli.answer import load_past, load_tables

    tables = load_tables(asked.names, asked.loading, explain=asked.explain)
    past = load_past(asked.history, asked.loading)
    return forecast(tables, asked.sorted("-unspent_most"), past)


_REPORTS = {
    "bars": _bars,
    "pace": _pace,
    "trend": _trend,
    "bridge": _bridge,
    "forecast": _forecast,
    "unspent": _unspent,
}


@click.command("chart", cls=SaidCommand, said=COMMANDS["chart"])
@source_options
@option(
    "--kind",
    type=click.Choice([*_REPORTS]),
    default="bars",
    said=say(
        "What is drawn: rates against the target (bars), rates against the time gone (pace), "
        "rates over dates (trend), from OLD to NEW (bridge), the range at the year's end "
        "(forecast), what is left (unspent). Default: bars."
    ),
)
@dates_options
@option(
    "--history",
    metavar="SOURCE",
    multiple=True,
    shell_complete=suggested("files"),
    said=say("Past years' tables of several dates, for --kind forecast. Repeatable."),
)
@question_options
@picture_options
@settings_options
def command(
    names: tuple[str, ...],
    loading: LoadOptions,
    question: Question,
    output: OutputOptions,
    kind: str,
    moments: Moments,
    history: tuple[str, ...],
    explain: bool,
) -> None:
    """Load what the kind needs, ask its question, draw."""
    from budgetcli.cli.answer import give
    from budgetcli.views import Picture

    _refuse_idle("--from, --to", "bridge", kind, any(moments))
    _refuse_idle("--history", "forecast", kind, bool(history))
    report = _REPORTS[kind](_Asked(names, loading, question, moments, history, explain))
    give(report, (*names, *history), output._replace(picture=Picture(kind, question.top)))


def _refuse_idle(flag: str, needed: str, kind: str, is_given: bool) -> None:
    """A flag that would change nothing is a mistake worth telling. Raises UserError."""
    if is_given and kind != needed:
        raise UserError(
            say("it changes nothing in this picture"),
            where=flag,
            next=say("leave it out, or draw --kind {kind}", kind=needed),
        )
