"""`budgetcli convert`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.flags import grouping
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
@grouping(say("Add the rows up by this. Repeatable."))
@option("--provenance", is_flag=True, said=say("Add a column that says where each row stands."))
@output_options
@settings_options
def command(
    names: tuple[str, ...],
    loading: LoadOptions,
    output: OutputOptions,
    by: tuple[str, ...],
    provenance: bool,
    explain: bool,
) -> None:
    """Load, clean, write."""
    from budgetcli.analysis.canonical import converted
    from budgetcli.cli.answer import give, load_table

    table = load_table(names, loading._replace(rows=not by, by=by), explain=explain)
    give(converted(table, provenance=provenance, by=by), names, output)
