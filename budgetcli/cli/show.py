"""`budgetcli show`."""

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
from budgetcli.cli.typed import suggested

if TYPE_CHECKING:
    from budgetcli.analysis.question import Question
    from budgetcli.cli.output import OutputOptions
    from budgetcli.loading import LoadOptions


@click.command(
    "show",
    cls=SaidCommand,
    said=COMMANDS["show"],
)
@click.argument("division", metavar="DIVISION", shell_complete=suggested("divisions"))
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
    division: str,
    explain: bool,
) -> None:
    """Load, ask, write."""
    from budgetcli.analysis.show import show
    from budgetcli.cli.answer import give, load_table

    table = load_table(names, loading._replace(parts_of=division), explain=explain)
    give(show(table, division, question), names, output)
