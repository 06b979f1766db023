"""`budgetcli lagging`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.options import output_options, question_options, settings_options, source_options
from budgetcli.cli.said import SaidCommand, option
from budgetcli.errors import Exit
from budgetcli.i18n import say

if TYPE_CHECKING:
    from budgetcli.analysis.question import Question
    from budgetcli.cli.output import OutputOptions
    from budgetcli.loading import LoadOptions
    from budgetcli.report import Report


@click.command(
    "lagging",
    cls=SaidCommand,
    said=COMMANDS["lagging"],
)
@source_options
@option("--below", metavar="N", said=say("The line, in per cent; 60 finds who is at 59.99."))
@option(
    "--chronic",
    is_flag=True,
    said=say(
        "Who is always late, over several years' tables: a four-year mean under 70 and the last "
        "year too, under 70 of the original budget alone, or a final-recipient rate under 70."
    ),
)
@option("--exit-code", is_flag=True, said=say("Exit with 1 when somebody lags."))
@question_options
@output_options
@settings_options
def command(
    names: tuple[str, ...],
    loading: LoadOptions,
    question: Question,
    output: OutputOptions,
    below: str | None,
    chronic: bool,
    exit_code: bool,
    explain: bool,
) -> int:
    """Load, ask, write; the verdict is the exit status where it was asked for."""
    from budgetcli.asked import line
    from budgetcli.cli.answer import give

    asked = question._replace(target=line(below, question.target, "--below"))
    ask = _chronic if chronic else _now
    report = ask(names, loading, asked, explain)
    give(report, names, output)
    return Exit.VERDICT if exit_code and report.verdict else Exit.DONE


def _now(names: tuple[str, ...], loading: LoadOptions, question: Question, explain: bool) -> Report:
    from budgetcli.analysis.lagging import lagging
    from budgetcli.cli.answer import load_table

    return lagging(load_table(names, loading, explain=explain), question)


def _chronic(
    names: tuple[str, ...], loading: LoadOptions, question: Question, explain: bool
) -> Report:
    from budgetcli.analysis.chronic import chronic
    from budgetcli.cli.answer import load_tables

    return chronic(load_tables(names, loading, explain=explain), question)
