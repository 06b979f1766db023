"""One run of the program: what was said before or after the command's name, and the settings.

What is said to people is `talk`'s business; what settings mean is `settings`'.
"""

from __future__ import annotations

from functools import cached_property

import click

from budgetcli.config import Config, read_config


class Settings:
    """What may be said before or after the command's name; the last word counts.

    `inputs` are the files named by flags: like the sources they are never written to.
    """

    def __init__(self) -> None:
        self.color = "auto"
        self.quiet = False
        self.inputs: tuple[str, ...] = ()

    @cached_property
    def config(self) -> Config:
        """What settings files and the environment say, checked. Raises UserError."""
        config = read_config()
        if config != Config():
            from budgetcli.cli.settings import check

            check(config)
        return config


def settings_of(ctx: click.Context) -> Settings:
    """Those of the run a context belongs to."""
    return ctx.ensure_object(Settings)
