"""`budgetcli summary`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.options import (
    measure_options,
    output_options,
    question_options,
    settings_options,
    source_options,
)
from budgetcli.cli.said import SaidCommand

if TYPE_CHECKING:
    from budgetcli.analysis.question import Question
    from budgetcli.cli.output import OutputOptions
    from budgetcli.loading import LoadOptions


@click.command(
    "summary",
    cls=SaidCommand,
    said=COMMANDS["summary"],
)
@source_options
@question_options
@measure_options
@output_options
@settings_options
def command(
    names: tuple[str, ...],
    loading: LoadOptions,
    question: Question,
    output: OutputOptions,
    explain: bool,
) -> None:
    """Load, ask, write."""
    from budgetcli.analysis.summary import summary
    from budgetcli.cli.answer import give, load_table

    table = load_table(names, loading, explain=explain)
    give(summary(table, question), names, output)
