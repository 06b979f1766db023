"""`budgetcli convert`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.options import output_options, settings_options, source_options
from budgetcli.cli.said import SaidCommand, option
from budgetcli.i18n import say

if TYPE_CHECKING:
    from budgetcli.cli.output import OutputOptions
    from budgetcli.loading import LoadOptions


@click.command(
    "convert",
    cls=SaidCommand,
    said=COMMANDS["convert"],
)
@source_options
@option("--provenance", is_flag=True, said=say("Add a column that says where each row stands."))
@output_options
@settings_options
def command(
    names: tuple[str, ...],
    loading: LoadOptions,
    output: OutputOptions,
    provenance: bool,
    explain: bool,
) -> None:
    """Load, clean, write."""
    from budgetcli.analysis.canonical import converted
    from budgetcli.cli.answer import give, load_table

    table = load_table(names, loading._replace(rows=True), explain=explain)
    give(converted(table, provenance=provenance), names, output)
