"""`budgetcli lagging`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.options import (
    Settings,
    output_options,
    question_options,
    settings_options,
    source_options,
)
from budgetcli.cli.said import SaidCommand, option
from budgetcli.errors import Exit, UserError
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
@option(
    "--state",
    metavar="FILE",
    type=click.Path(),
    said=say(
        "Keep the verdict in FILE, and speak (and exit with 1) only when it has changed: "
        "who is newly behind, who recovered."
    ),
)
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
    state: str | None,
    explain: bool,
) -> int:
    """Load, ask, write; the verdict is the exit status where it was asked for."""
    from budgetcli.cli.answer import give

    if chronic:
        _refuse_beside_chronic(below, state, question)
        report = _chronic(names, loading, question, explain)
    else:
        asked = question._replace(target=_line(below) or question.target)
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

    click.get_current_context().ensure_object(Settings).inputs += (state,)
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

    tables = load_tables(names, loading, explain=explain)
    return chronic(tables, question._replace(target=None))


def _refuse_beside_chronic(below: str | None, state: str | None, question: Question) -> None:
    if below is not None or _target_typed() or question.basis != "spent":
        raise UserError(
            say("--chronic has its own line, 70 % of what is spent"),
            where="lagging",
            why=say("two lines at once would leave open which of them was missed"),
            next=say("leave out --below, --target and --basis"),
        )
    if state is not None:
        raise UserError(
            say("--chronic is a verdict over years: there is no state to keep"),
            where="lagging",
            next=say("leave out --state or --chronic"),
        )


def _target_typed() -> bool:
    """Whether the target was typed; one of the settings gives way to --below and --chronic."""
    source = click.get_current_context().get_parameter_source("target")
    return source is ParameterSource.COMMANDLINE


def _line(below: str | None) -> str | None:
    from budgetcli.targets import percentage

    if below is None:
        return None
    if _target_typed():
        raise UserError(
            say("--below and --target both say what is behind"),
            where="lagging",
            why=say("two lines at once would leave open which of them was missed"),
            next=say("leave one of them out"),
        )
    if percentage(below) is None:
        raise UserError(
            say("{value!r} is not a percentage", value=below),
            where="--below",
            next=say("write a number, for example --below 60"),
        )
    return below
