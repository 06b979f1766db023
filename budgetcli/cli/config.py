"""`budgetcli config`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.options import output_options, settings_options
from budgetcli.cli.said import SaidCommand
from budgetcli.cli.session import Settings

if TYPE_CHECKING:
    from budgetcli.cli.output import OutputOptions


@click.command("config", cls=SaidCommand, said=COMMANDS["config"])
@output_options
@settings_options
@click.pass_obj
def command(
    settings: Settings,
    output: OutputOptions,
    explain: bool,  # noqa: ARG001 - told with the settings themselves
) -> None:
    """List, write."""
    from budgetcli.analysis.config import config
    from budgetcli.cli.answer import give

    give(config(settings.config), (), output, in_words=True)
