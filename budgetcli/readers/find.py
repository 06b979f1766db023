"""From a name the user typed to the sources it stands for. Opens pipes and URLs only.

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
    from os import PathLike
    from pathlib import Path

STANDARD_INPUT = "-"
BUILT_IN = "budget_2024.csv"
SERVERS = ("postgresql://", "postgres://")
BUCKETS = ("s3://",)
CLUSTERS = ("hdfs://", "viewfs://", "s3a://", "gs://", "abfs://", "abfss://")
DATABASES = ("duckdb://", "sqlite://")
# what DuckDB, Spark or a server reads where it lies
_THERE = (*DATABASES, *SERVERS, *BUCKETS, *CLUSTERS)


def find_sources(name: str | PathLike[str] | None) -> list[Source]:
    """A file, a folder's, a glob's, a URL, a table's, a bucket's, - for stdin, None: built in.

    Raises SourceError where nothing is there.
    """
    if name is None:
        return [Source(BUILT_IN, built_in_path())]
    if str(name) == STANDARD_INPUT:
        from budgetcli.readers.spool import chunks_of, spooled

        return [spooled("stdin", chunks_of(sys.stdin.buffer, "stdin"))]
    if str(name).startswith(_THERE):
        return [Source(_without_secrets(str(name)), str(name))]
    if "://" in str(name):
        from budgetcli.readers.web import fetch

        return [fetch(str(name))]
    return _files(str(name))


def built_in_path() -> str:
    """The table that ships with the program: in the package, or beside it in a checkout."""
    package = os.path.dirname(os.path.dirname(__file__))
    inside = os.path.join(package, "data", BUILT_IN)
    beside = os.path.join(os.path.dirname(package), "data", BUILT_IN)
    return inside if os.path.exists(inside) else beside


def _without_secrets(address: str) -> str:
    """An address as it may be shown: without user, password and settings."""
    if not address.startswith((*SERVERS, *BUCKETS, *CLUSTERS)):
        return address
    scheme, _, rest = address.partition("://")
    place, sign, table = rest.rpartition("@")[2].partition("#")
    return f"{scheme}://{place.partition('?')[0]}{sign}{table}"


def _source(path: Path) -> Source:
    """A file; a pipe is read at once, for it can be read only once."""
    if path.is_fifo():
        from budgetcli.readers.spool import from_pipe

        return from_pipe(path)
    return Source(str(path), path)


def _files(name: str) -> list[Source]:
    from pathlib import Path

    path = Path(name)
    if not _stands_for_several(path):
        return [_source(path)]
    files = paths_of(name)
    if not files:
        raise SourceError(
            say("no file is there"), where=name, next=say("check the folder or the pattern")
        )
    return [Source(str(file), file, found_in=name) for file in files]


def paths_of(name: str | None) -> list[Path]:
    """The files behind a name, none of them opened; none of standard input, webs and servers."""
    from pathlib import Path

    if name is None:
        return [Path(built_in_path())]
    if name.startswith(DATABASES):
        return [Path(database_of(name))]
    if name == STANDARD_INPUT or "://" in name:
        return []
    path = Path(name)
    if not _stands_for_several(path):
        return [path]
    if path.is_dir():
        # folders such as year=2024 are parts of one ledger, at whatever depth
        parted = any("=" in member.name for member in path.iterdir() if member.is_dir())
        found = path.rglob("*") if parted else path.iterdir()
    else:
        found = Path(path.anchor).glob(name.removeprefix(path.anchor))
    return sorted(member for member in found if member.is_file())


def database_of(address: str) -> str:
    """The file of duckdb:///FILE#TABLE, as an absolute path if there is one, else from here."""
    from pathlib import Path
    from urllib.parse import unquote, urlsplit

    parts = urlsplit(address)
    file = unquote(parts.netloc + parts.path)
    return file if Path(file).exists() else file.removeprefix("/")


def _stands_for_several(path: Path) -> bool:
    """Whether it is a folder, or a pattern and no file's name."""
    return path.is_dir() or (not path.exists() and any(mark in str(path) for mark in "*?["))
