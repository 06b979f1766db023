"""`budgetcli lagging`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.options import (
    measure_options,
    output_options,
    question_options,
    settings_options,
    source_options,
)
from budgetcli.cli.said import SaidCommand, option
from budgetcli.cli.session import settings_of
from budgetcli.cli.typed import suggested
from budgetcli.errors import Exit, UserError
from budgetcli.i18n import say

if TYPE_CHECKING:
    from budgetcli.analysis.question import Question
    from budgetcli.cli.output import OutputOptions
    from budgetcli.loading import LoadOptions
    from budgetcli.report import Report
    from budgetcli.targets import TargetSource


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
@option(
    "--state",
    metavar="FILE",
    shell_complete=suggested("files"),
    said=say(
        "Keep the verdict in FILE, and speak (and exit with 1) only when it has changed: "
        "who is newly behind, who recovered."
    ),
)
@question_options
@measure_options
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
    state: str | None,
    explain: bool,
) -> int:
    """Load, ask, write; the verdict is the exit status where it was asked for."""
    from budgetcli.asked import line
    from budgetcli.cli.answer import give

    asked = question._replace(target=line(below, _typed(question), "--below"))
    if chronic:
        _refuse_state(state)
        report = _chronic(names, loading, asked, explain)
    else:
        asked = asked._replace(target=asked.target or question.target)
        if state is not None:
            changed = _news(state, names, loading, asked, output, explain)
            return Exit.VERDICT if exit_code and changed else Exit.DONE
        report = _now(names, loading, asked, explain)
    give(report, names, output)
    return Exit.VERDICT if exit_code and report.verdict else Exit.DONE


def _news(
    state: str,
    names: tuple[str, ...],
    loading: LoadOptions,
    question: Question,
    output: OutputOptions,
    explain: bool,
) -> bool:
    from pathlib import Path

    from budgetcli.cli.alert import speak_if_changed

    settings_of(click.get_current_context()).inputs += (state,)
    return speak_if_changed(Path(state), names, loading, question, output, explain=explain)


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


def _refuse_state(state: str | None) -> None:
    if state is not None:
        raise UserError(
            say("--chronic is a verdict over years: there is no state to keep"),
            where="lagging",
            next=say("leave out --state or --chronic"),
        )


def _typed(question: Question) -> str | TargetSource | None:
    """The target that was typed; one of the settings gives way to --below and --chronic."""
    source = click.get_current_context().get_parameter_source("target")
    return question.target if source is ParameterSource.COMMANDLINE else None
