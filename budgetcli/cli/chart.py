"""`budgetcli chart`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.options import (
    Days,
    dates_options,
    picture_options,
    question_options,
    settings_options,
    source_options,
)
from budgetcli.cli.said import SaidCommand, option
from budgetcli.errors import UserError
from budgetcli.i18n import say

if TYPE_CHECKING:
    from budgetcli.analysis.question import Question
    from budgetcli.cli.output import OutputOptions
    from budgetcli.loading import LoadOptions
    from budgetcli.report import Report

Kind = Literal["bars", "pace", "trend", "bridge", "forecast", "unspent"]
KINDS = ("bars", "pace", "trend", "bridge", "forecast", "unspent")
# the order that suits the finding, where none is asked for; forecasts have their own
_ORDER = {"bars": "variance", "pace": "variance", "trend": "variance", "unspent": "-unspent"}


@click.command("chart", cls=SaidCommand, said=COMMANDS["chart"])
@source_options
@option(
    "--kind",
    type=click.Choice(KINDS),
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
    kind: Kind,
    days: Days,
    history: tuple[str, ...],
    explain: bool,
) -> None:
    """Load what the kind needs, ask its question, draw; rows left out are told in the picture."""
    from budgetcli.cli.answer import give
    from budgetcli.views import Picture

    _refuse_idle(kind, days, history)
    most, asked = question.top, question._replace(top=None, sort=question.sort or _ORDER.get(kind))
    if kind == "bridge":
        report = _bridge(names, loading, asked._replace(top=most), days, explain)
    elif kind in ("trend", "forecast"):
        report = _over_dates(kind, names, loading, asked, history, explain)
    else:
        report = _now(kind, names, loading, asked, explain)
    drawn = output._replace(picture=Picture(kind, most))
    give(report, (*names, *history), drawn)


def _refuse_idle(kind: Kind, days: Days, history: tuple[str, ...]) -> None:
    """A flag that would change nothing is a mistake worth telling. Raises UserError."""
    idle = {
        "--from, --to": any(days) and kind != "bridge",
        "--history": history and kind != "forecast",
    }
    for flag, is_idle in idle.items():
        if is_idle:
            needed = "bridge" if flag != "--history" else "forecast"
            raise UserError(
                say("it changes nothing in this picture"),
                where=flag,
                next=say("leave it out, or draw --kind {kind}", kind=needed),
            )


def _now(
    kind: Kind, names: tuple[str, ...], loading: LoadOptions, question: Question, explain: bool
) -> Report:
    from budgetcli.analysis.summary import summary
    from budgetcli.cli.answer import load_table

    target = question.target or ("pace" if kind == "pace" else None)
    table = load_table(names, loading, explain=explain)
    return summary(table, question._replace(target=target))
