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
    """Load, clean, write; what is too large to be held goes by row by row."""
    from budgetcli.analysis.canonical import converted
    from budgetcli.cli.answer import give, inputs_of, reading, tell_beside, tell_loading
    from budgetcli.loading import load, sources_of, streams

    with reading(names, loading._replace(rows=not by, by=by)) as (found, options):
        sources = sources_of(found)
        if by or not streams(sources, options):
            table, rows = load(*sources, options=options), None
        else:
            from budgetcli.cli.rows import RowsOutput

            rows = RowsOutput(sources, options, output, provenance=provenance)
            with inputs_of(names) as read:
                table = rows.write(read)
    tell_loading(names, table, explain=explain)
    if rows:
        tell_beside(rows.report(table), output)
    else:
        give(converted(table, provenance=provenance, by=by), names, output)
