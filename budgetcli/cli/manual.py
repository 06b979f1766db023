"""Manual pages, one a command, made of the help each command gives; `tools/man.py` writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.root import program
from budgetcli.config import FILE_NAME, VARIABLES
from budgetcli.i18n import Sentence, say

_NAME = "budgetcli"
_STATUSES = {
    "0": say("done"),
    "1": say(
        "the verdict: somebody lags (lagging --exit-code), with --state who lags has changed, or "
        "something does not add up (check)"
    ),
    "2": say("wrong usage, or an input that cannot be read; nothing on standard output"),
}
_VARIABLES = {
    VARIABLES["source"]: say("the source where none is named"),
    VARIABLES["target"]: say("the target where none is named"),
    VARIABLES["unit"]: say("the unit of tables that state none"),
    VARIABLES["language"]: say("the language of tables, messages and help"),
    VARIABLES["format"]: say("the output format where none is named"),
    VARIABLES["fiscal_year_start"]: say("the first day of the fiscal year"),
}
_FILES = {
    f"./{FILE_NAME}": say(
        "settings of a project: in the current folder, or above it up to the repository's root or "
        "the home folder"
    ),
    f"~/.config/{_NAME}/{FILE_NAME}": say("settings of a user; those of a project go first"),
}


def pages() -> dict[str, str]:
    """Every page in the language in use, by the name of its file."""
    root = program.make_context(_NAME, [], resilient_parsing=True)
    found = {f"{_NAME}.1": _page(root, _program_sections(root))}
    for name in COMMANDS:
        command = program.get_command(root, name)
        if command is not None:
            ctx = command.make_context(name, [], root, resilient_parsing=True)
            found[f"{_NAME}-{name}.1"] = _page(ctx, _command_sections(ctx))
    return found


def _page(ctx: click.Context, sections: Iterable[tuple[Sentence, str]]) -> str:
    title = ctx.command_path.replace(" ", "-")
    head = f'.\\" Made by tools/man.py from the help.\n.TH {_plain(title.upper())} 1 "" {_NAME}\n'
    return head + "".join(f".SH {_plain(str(name))}\n{text}" for name, text in sections)


def _command_sections(ctx: click.Context) -> Iterator[tuple[Sentence, str]]:
    yield from _opening(ctx, str(COMMANDS[str(ctx.info_name)]))
    yield say("OPTIONS"), _options(ctx)
    yield say("EXIT STATUS"), _terms(_STATUSES.items())
    yield say("SEE ALSO"), f".BR {_plain(_NAME)} (1)\n"


def _program_sections(ctx: click.Context) -> Iterator[tuple[Sentence, str]]:
    yield from _opening(ctx, str(program.said))
    yield say("COMMANDS"), _terms(COMMANDS.items())
    yield say("OPTIONS"), _options(ctx)
    yield say("ENVIRONMENT"), _terms(_VARIABLES.items())
    yield say("FILES"), _terms(_FILES.items())
    yield say("EXIT STATUS"), _terms(_STATUSES.items())
    named = (f".BR {_plain(f'{_NAME}-{name}')} (1)" for name in COMMANDS)
    yield say("SEE ALSO"), ",\n".join(named) + "\n"


def _opening(ctx: click.Context, said: str) -> Iterator[tuple[Sentence, str]]:
    """What the page is called, how it is typed, what it does; its first words are its summary."""
    title = ctx.command_path.replace(" ", "-")
    yield say("NAME"), f"{_plain(title)} \\- {_plain(_first(said))}\n"
    usage = " ".join(ctx.command.collect_usage_pieces(ctx))
    yield say("SYNOPSIS"), f".B {_plain(ctx.command_path)}\n{_plain(usage)}\n"
    yield say("DESCRIPTION"), f"{_plain(said)}\n"


def _first(said: str) -> str:
    """Up to the first mark that ends a thought."""
    ends = [place for mark in ":;.," if (place := said.find(mark)) > 0]
    return said[: min(ends, default=len(said))]


def _options(ctx: click.Context) -> str:
    flags = (one for one in ctx.command.get_params(ctx) if isinstance(one, click.Option))
    records = (flag.get_help_record(ctx) for flag in flags)
    return _terms(record for record in records if record)


def _terms(terms: Iterable[tuple[str, object]]) -> str:
    return "".join(f".TP\n.B {_plain(term)}\n{_plain(str(said))}\n" for term, said in terms)


def _plain(text: str) -> str:
    """Text that troff takes as it stands."""
    folded = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{folded}" if folded.startswith((".", "'")) else folded
