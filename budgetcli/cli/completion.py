"""`budgetcli completion`."""

from __future__ import annotations

import click

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.options import settings_options
from budgetcli.cli.said import SaidCommand


@click.command("completion", cls=SaidCommand, said=COMMANDS["completion"])
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish", "powershell"]))
@settings_options
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script."""
    from budgetcli.cli.shells import script

    click.echo(script(shell, ctx.find_root().command, str(ctx.find_root().info_name)), nl=False)
