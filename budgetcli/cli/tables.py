"""`budgetcli tables`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.flags import grouping
from budgetcli.cli.options import output_options, settings_options, source_options
from budgetcli.cli.said import SaidCommand
from budgetcli.i18n import say

if TYPE_CHECKING:
    from budgetcli.cli.output import OutputOptions
    from budgetcli.loading import LoadOptions


@click.command("tables", cls=SaidCommand, said=COMMANDS["tables"])
@partial(source_options, metavar="FILE...")
@grouping(say("Count the groups each table has by this. Repeatable."))
@output_options
@settings_options
def command(
    names: tuple[str, ...],
    loading: LoadOptions,
    output: OutputOptions,
    by: tuple[str, ...],
    explain: bool,
) -> None:
    """Look, describe, write."""
    from budgetcli.analysis.document import document
    from budgetcli.cli.answer import give, reading, tell_evidence
    from budgetcli.cli.talk import tell
    from budgetcli.loading import describe_all
    from budgetcli.readers.find import find_sources

    with reading(names, loading._replace(by=by)) as (named, options):
        files = [source for name in named or (None,) for source in find_sources(name)]
        found, skipped = describe_all(files, options)
    tell_evidence(skipped, everything=explain)
    if explain:
        for table in found:
            for said in table.evidence:
                tell(f"{table.place}: {said.message}")
    give(document(found, ", ".join(source.name for source in files), by), names, output)
