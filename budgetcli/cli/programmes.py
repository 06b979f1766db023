"""`budgetcli programmes`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.options import output_options, settings_options, source_options
from budgetcli.cli.said import SaidCommand, option
from budgetcli.cli.typed import once_each
from budgetcli.i18n import say

if TYPE_CHECKING:
    from budgetcli.cli.output import OutputOptions
    from budgetcli.loading import LoadOptions


@click.command("programmes", cls=SaidCommand, said=COMMANDS["programmes"])
@partial(source_options, metavar="REPORT...")
@option(
    "--by",
    type=click.Choice(["chapter", "division"]),
    multiple=True,
    callback=once_each,
    said=say("Add the programmes up by this. Repeatable."),
)
@output_options
@settings_options
def command(
    names: tuple[str, ...],
    loading: LoadOptions,
    output: OutputOptions,
    by: tuple[str, ...],
    explain: bool,
) -> None:
    """Read the reports whole, list, write."""
    from budgetcli.analysis.programmes import programmes
    from budgetcli.cli.answer import give, load_whole

    loaded = load_whole(names, loading, explain=explain)
    give(programmes(loaded.documents, loaded.table, by), names, output, in_words=True)
