"""`budgetcli lagging`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from budgetcli.cli.options import output_options, question_options, settings_options, source_options
from budgetcli.cli.said import SaidCommand, option
from budgetcli.errors import Exit, UserError
from budgetcli.i18n import say

if TYPE_CHECKING:
    from budgetcli.analysis.question import Question
    from budgetcli.cli.output import OutputOptions
    from budgetcli.load import LoadOptions
    from budgetcli.targets import TargetSource


@click.command(
    "lagging",
    cls=SaidCommand,
    said=say(
        "Who is strictly below N per cent (or below the target), the worst first, "
        "and how much must still be spent to reach it."
    ),
)
@source_options
@option("--below", metavar="N", said=say("The line, in per cent; 60 finds who is at 59.99."))
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
    exit_code: bool,
    explain: bool,
) -> int:
    """Load, ask, write; the verdict is the exit status where it was asked for."""
    from budgetcli.analysis.lagging import lagging
    from budgetcli.cli.answer import give, load_table

    asked = question._replace(target=_line(below, question.target))
    table = load_table(names, loading, explain=explain)
    report = lagging(table, asked)
    give(report, names, output)
    return Exit.VERDICT if exit_code and report.verdict else Exit.DONE


def _line(below: str | None, target: str | TargetSource | None) -> str | TargetSource | None:
    from budgetcli.targets import percentage

    if below is None:
        return target
    if target is not None:
        raise UserError(
            say("--below and --target both say what is behind"),
            where="lagging",
            next=say("leave one of them out"),
        )
    if percentage(below) is None:
        raise UserError(
            say("{value!r} is not a percentage", value=below),
            where="--below",
            next=say("write a number, for example --below 60"),
        )
    return below
