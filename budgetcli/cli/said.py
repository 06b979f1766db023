"""click's commands and options with a Sentence for help: rendered when asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from budgetcli.i18n import Sentence


class SaidOption(click.Option):
    """An option whose help is spoken in the language in use."""

    def __init__(self, *args: Any, said: Sentence, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"help": said.text})
        self.said = said

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option's line in `--help`."""
        self.help = str(self.said)
        return super().get_help_record(ctx)


class SaidCommand(click.Command):
    """A command whose help is spoken in the language in use."""

    def __init__(self, *args: Any, said: Sentence, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"help": said.text})
        self.said = said

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The paragraph under the usage line."""
        self.help = str(self.said)
        super().format_help_text(ctx, formatter)

    def get_short_help_str(self, limit: int = 80) -> str:
        """The command's line in the list of commands."""
        self.help = str(self.said)
        return super().get_short_help_str(limit)


Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def option(*declarations: str, said: Sentence, **kwargs: Any) -> Decorator:
    """`click.option` with a sentence for its help."""
    return click.option(*declarations, cls=SaidOption, said=said, **kwargs)
