"""From a name the user typed to the sources it stands for. Opens nothing but standard input.

The built-in table is found by os.path: pathlib is dear to import, and the
plain `summary` has no other use for it.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from budgetcli.errors import SourceError
from budgetcli.i18n import say
from budgetcli.readers.source import Source

if TYPE_CHECKING:
    from pathlib import Path

STANDARD_INPUT = "-"
BUILT_IN = "budget_2024.csv"
# more than this of a pipe is kept in a file, where an engine can read it twice
_HELD = 2_000_000


def find_sources(name: str | Path | None) -> list[Source]:
    """A file, a folder's, a glob's, an address, - for standard input, None for the built-in table.

    Raises SourceError where nothing is there.
    """
    if name is None:
        return [Source(BUILT_IN, built_in_path())]
    if str(name) == STANDARD_INPUT:
        return [_standard_input()]
    if "://" in str(name):
        return [Source(_without_password(str(name)), str(name))]
    found = _paths(str(name))
    if not found:
        raise SourceError(
            say("no file is there"), where=str(name), next=say("check the folder or the pattern")
        )
    return [Source(str(path), path) for path in found]


def _standard_input() -> Source:
    """What comes through the pipe, at once where it is small, else from a temporary file.

    Raises SourceError where the file finds no room.
    """
    data = sys.stdin.buffer.read(_HELD)
    if len(data) < _HELD:
        return Source("stdin", data=data)
    import shutil
    import tempfile

    # closing it deletes it: the source keeps it as long as it is read
    file = tempfile.NamedTemporaryFile(prefix="budgetcli-")  # noqa: SIM115 - see above
    try:
        file.write(data)
        shutil.copyfileobj(sys.stdin.buffer, file)
        file.flush()
    except OSError as problem:
        raise SourceError(
            say("the pipe cannot be kept: {problem}", problem=problem.strerror),
            where="stdin",
            next=say("name a folder with room in the variable TMPDIR, or name the file itself"),
        ) from problem
    return Source("stdin", file.name, holder=file)


def built_in_path() -> str:
    """The table that ships with the program: in the package, or beside it in a checkout."""
    package = os.path.dirname(os.path.dirname(__file__))
    inside = os.path.join(package, "data", BUILT_IN)
    beside = os.path.join(os.path.dirname(package), "data", BUILT_IN)
    return inside if os.path.exists(inside) else beside


def _without_password(address: str) -> str:
    """An address as it may be shown: //user:secret@host is //user@host."""
    scheme, _, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    user, at, place = host.rpartition("@")
    return f"{scheme}://{user.partition(':')[0]}{at}{place}{slash}{path}"


def _paths(name: str) -> list[Path]:
    from pathlib import Path

    path = Path(name)
    if path.is_dir():
        # folders such as year=2024 are parts of one ledger, at whatever depth
        parted = any("=" in member.name for member in path.iterdir() if member.is_dir())
        members = path.rglob("*") if parted else path.iterdir()
        return sorted(member for member in members if member.is_file())
    if not path.exists() and any(mark in name for mark in "*?["):
        return sorted(Path(path.anchor).glob(name.removeprefix(path.anchor)))
    return [path]
