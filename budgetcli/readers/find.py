"""From a name the user typed to the sources it stands for. Opens nothing but standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from budgetcli.errors import SourceError
from budgetcli.i18n import say
from budgetcli.readers.source import Source

STANDARD_INPUT = "-"
BUILT_IN = "budget_2024.csv"


def find_sources(name: str | Path | None) -> list[Source]:
    """A file, a folder's files, a glob's, - for standard input, None for the built-in table.

    Raises SourceError where nothing is there.
    """
    if name is None:
        return [Source(BUILT_IN, built_in_path())]
    if str(name) == STANDARD_INPUT:
        return [Source("stdin", data=sys.stdin.buffer.read())]
    found = _paths(str(name))
    if not found:
        raise SourceError(
            say("no file is there"), where=str(name), next=say("check the folder or the pattern")
        )
    return [Source(str(path), path) for path in found]


def built_in_path() -> Path:
    """The table that ships with the program: in the package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "data" / BUILT_IN
    return inside if inside.exists() else package.parent / "data" / BUILT_IN


def _paths(name: str) -> list[Path]:
    path = Path(name)
    if path.is_dir():
        return sorted(member for member in path.iterdir() if member.is_file())
    if not path.exists() and any(mark in name for mark in "*?["):
        return sorted(Path(path.anchor).glob(name.removeprefix(path.anchor)))
    return [path]
