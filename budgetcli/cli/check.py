"""`budgetcli check`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.options import output_options, question_options, settings_options, source_options
from budgetcli.cli.said import SaidCommand
from budgetcli.errors import Exit

if TYPE_CHECKING:
    from budgetcli.analysis.question import Question
    from budgetcli.cli.output import OutputOptions
    from budgetcli.loading import LoadOptions

# as findings, not as rows of them; the other formats have rows, whatever they show beside them
_DRAW_FINDINGS = ("table", "json")


@click.command(
    "check",
    cls=SaidCommand,
    said=COMMANDS["check"],
)
@source_options
@partial(question_options, without=("target", "basis"))
@output_options
@settings_options
def command(
    names: tuple[str, ...],
    loading: LoadOptions,
    question: Question,
    output: OutputOptions,
    explain: bool,
) -> int:
    """Load, recompute, write; the verdict is always the exit status."""
    from budgetcli.analysis.check import check, rate_places
    from budgetcli.cli.answer import give, load_table
    from budgetcli.cli.output import chosen_format

    report = check(load_table(names, loading._replace(rows=True), explain=explain), question)
    shown = output._replace(decimals=max(output.decimals, rate_places(report)))
    draws = chosen_format(output).name in _DRAW_FINDINGS
    kept = report._replace(rows=()) if draws else report._replace(findings=())
    give(kept, names, shown, in_words=True)
    return Exit.VERDICT if report.verdict else Exit.DONE
