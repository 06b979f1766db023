"""The program itself: its commands, imported when called; its errors and exit status."""

from __future__ import annotations

import gc
import gettext
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.options import settings_options
from budgetcli.cli.said import SaidCommand, option
from budgetcli.cli.session import Settings
from budgetcli.config import LANGUAGE_VARIABLE
from budgetcli.errors import TOO_LARGE, Exit, UserError
from budgetcli.i18n import (
    LANGUAGES,
    LOCALE_DIR,
    Language,
    Sentence,
    locale_language,
    say,
    use_language,
)

_NAME = "budgetcli"
_COMPLETE = "_BUDGETCLI_COMPLETE"
_OBJECTS_BETWEEN_COLLECTIONS = 200_000


class Root(SaidCommand, click.Group):
    """The group of commands; a command's module is imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """In the order a meeting asks."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of this name."""
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"budgetcli.cli.{name}").command
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """The commands, from their sentences alone, and the program's options."""
        from click.shell_completion import CompletionItem

        found = [
            CompletionItem(name, help=str(said))
            for name, said in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return [*found, *super().shell_complete(ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """The list of commands, from their sentences alone."""
        with formatter.section(gettext.gettext("Commands")):
            formatter.write_dl([(name, str(said)) for name, said in COMMANDS.items()])


def _show_version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from budgetcli.version import version

        click.echo(f"budgetcli {version()}")
        ctx.exit()


@click.command(
    cls=Root,
    said=say(
        "From a budget report to who is behind, by how much, and what will be left: "
        "CSV, spreadsheets, Hangul documents, PDF, JSON. Without a source, the built-in table."
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@settings_options
@option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    said=say("Show the version and exit."),
)
def program() -> None:
    """Options before the command's name are taken by their callbacks."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program on the given words (default: the command line's); returns the exit status."""
    # one short run: what is read stays until the end, and looking for cycles in it costs a tenth
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    words = list(sys.argv[1:] if arguments is None else arguments)
    settings = Settings()
    _speak(words, settings)
    if asked := os.environ.get(_COMPLETE):
        from budgetcli.cli.shells import complete

        complete(program, _NAME, asked)
        return Exit.DONE
    try:
        status: Any = program.main(words, _NAME, standalone_mode=False, obj=settings)
        return int(status or Exit.DONE)
    except UserError as problem:
        _complain(str(problem))
        return Exit.UNUSABLE
    except click.exceptions.NoArgsIsHelpError as problem:
        _show(problem.format_message())
        return Exit.UNUSABLE
    except click.UsageError as problem:
        _complain(str(_misunderstood(problem)))
        return Exit.UNUSABLE
    except MemoryError:
        _complain(str(_too_large()))
        return Exit.UNUSABLE
    except OSError as problem:  # stdout is full, or went away while help was written
        _complain(str(_unwritten(problem)))
        return Exit.UNUSABLE
    except (click.Abort, KeyboardInterrupt):
        return Exit.INTERRUPTED


def _too_large() -> UserError:
    return UserError(
        say("there is not enough memory for this many rows"),
        where="budgetcli",
        why=TOO_LARGE,
        next=say("group by fewer names (--by), or choose rows (--where)"),
    )


def _speak(words: Sequence[str], settings: Settings) -> None:
    """Choose the language before anything is parsed, so that help and usage errors follow it."""
    told = _told_language(words) or _configured_language(settings)
    speak(next((known for known in LANGUAGES if known == told), locale_language()))


def speak(chosen: Language) -> None:
    """Say everything in this language, click's own words too."""
    use_language(chosen)
    # click's own words come from gettext's current domain, in the language of the environment
    os.environ["LANGUAGE"] = chosen
    gettext.bindtextdomain("budgetcli", LOCALE_DIR)
    gettext.textdomain("budgetcli")


def _configured_language(settings: Settings) -> str | None:
    try:
        return settings.config.get("language")
    except UserError:  # said when a command asks for the settings; --help is given all the same
        return os.environ.get(LANGUAGE_VARIABLE)


def _told_language(words: Sequence[str]) -> str | None:
    for place, word in enumerate(words):
        if word == "--":
            return None
        if word.startswith("--lang="):
            return word.partition("=")[2]
        if word == "--lang" and place + 1 < len(words):
            return words[place + 1]
    return None


def _show(text: str) -> None:
    from budgetcli.cli.talk import write

    write(text)


def _complain(text: str) -> None:
    from budgetcli.cli.talk import tell

    tell(text)


def _misunderstood(problem: click.UsageError) -> UserError:
    """What click found wrong, which it says in the language in use."""
    called = problem.ctx.command_path if problem.ctx else "budgetcli"
    where = called if " " in called else str(say("command line"))
    what = " ".join(problem.format_message().split())  # choices come on lines of their own
    return UserError(Sentence(what), where=where, next=Sentence(f"{called} --help"))


def _unwritten(problem: OSError) -> UserError:
    from budgetcli.cli.output import unwritten

    return unwritten(problem, "stdout", say("free some space, or write elsewhere: > FILE"))
