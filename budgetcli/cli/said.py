"""click's commands and options with a Sentence for help: rendered when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import click

from budgetcli.i18n import Sentence, say


class SaidOption(click.Option):
    """An option whose help is spoken in the language in use."""

    def __init__(self, *args: Any, said: Sentence, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"help": said.text})
        self.said = said

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option's line in `--help`."""
        self.help = str(self.said)
        return super().get_help_record(ctx)


class CellFormatter(click.HelpFormatter):
    """Help wrapped by terminal cells: a Hangul syllable takes two, which click does not count."""

    def write_text(self, text: str) -> None:
        """A paragraph."""
        super().write_text(_wrapped(text, self.width - self.current_indent))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Terms and what they mean, as click lays them out."""
        rows = list(rows)
        first = min(max((len(term) for term, _ in rows), default=0), col_max) + col_spacing
        room = max(self.width - first - 2, 10)
        wrapped = [(term, _wrapped(meaning, room)) for term, meaning in rows]
        super().write_dl(wrapped, col_max, col_spacing)


def _wrapped(text: str, cells: int) -> str:
    """Lines of at most `cells` cells, marked so that click leaves them as they are."""
    import textwrap
    import unicodedata

    wide = [unicodedata.east_asian_width(character) in "WF" for character in text]
    filled = "".join(
        character + "\0" * is_wide for character, is_wide in zip(text, wide, strict=True)
    )
    return "\b\n" + textwrap.fill(filled, cells).replace("\0", "") if text else ""


def _show_help(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()


class SaidContext(click.Context):
    """What SaidCommand runs in."""

    formatter_class = CellFormatter


class SaidCommand(click.Command):
    """A command whose help is spoken in the language in use."""

    context_class = SaidContext

    def __init__(self, *args: Any, said: Sentence, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"help": said.text})
        self.said = said
        self._help: SaidOption | None = None

    def get_help_option(self, ctx: click.Context) -> click.Option:
        """What click makes too, but its words are looked up when they are shown: that is dear."""
        if self._help is None:
            self._help = SaidOption(
                self.get_help_option_names(ctx),
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_show_help,
                said=say("Show this message and exit."),
            )
        return self._help

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What is wrong with the words is wrong with those of this command."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as problem:
            problem.ctx = problem.ctx or ctx
            raise

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """Its options, with their words in the language in use."""
        for parameter in self.get_params(ctx):
            if isinstance(parameter, SaidOption):
                parameter.help = str(parameter.said)
        return click.Command.shell_complete(self, ctx, incomplete)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The paragraph under the usage line."""
        self.help = str(self.said)
        super().format_help_text(ctx, formatter)


Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def option(*declarations: str, said: Sentence, **kwargs: Any) -> Decorator:
    """`click.option` with a sentence for its help."""
    return click.option(*declarations, cls=SaidOption, said=said, **kwargs)
