"""Tables in databases by address: duckdb:///file#table, sqlite:///file#table, postgresql://..."""

from __future__ import annotations

import csv
from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from budgetcli.errors import SourceError
from budgetcli.i18n import Sentence, say
from budgetcli.readers import Source
from budgetcli.readers.find import BUCKETS, CLUSTERS, SERVERS, database_of

ON_SERVER = say("write postgresql://USER@HOST/DATABASE#TABLE")


class Address(NamedTuple):
    """What kind of database, which file (of a server: its address), which table."""

    kind: str
    file: str
    table: str


def address_of(source: Source) -> Address:
    """The address a source was named by. Raises SourceError where it is none that is read."""
    if is_on_server(source):
        return _on_server(source)
    parts = urlsplit(str(source.path))
    if parts.scheme not in ("duckdb", "sqlite") or not parts.fragment:
        raise no_address(source, say("write duckdb:///FILE#TABLE or sqlite:///FILE#TABLE"))
    file = database_of(str(source.path))
    if not Path(file).is_file():
        raise SourceError(
            say("cannot be opened: {reason}", reason=say("there is no such file")),
            where=source.name,
            next=say("check the path, or name another file"),
        )
    return Address(parts.scheme, file, unquote(parts.fragment))


def no_address(source: Source, form: Sentence) -> SourceError:
    """The refusal of an address; `form` says how one is written."""
    return SourceError(say("this is no address of a table"), where=source.name, next=form)


def _on_server(source: Source) -> Address:
    server, _, table = str(source.path).rpartition("#")
    if not server or not table:
        raise no_address(source, ON_SERVER)
    return Address("postgresql", server, unquote(table))


def is_on_server(source: Source) -> bool:
    """Whether a server holds the table, and not a file."""
    return str(source.path).startswith(SERVERS)


def is_in_bucket(source: Source) -> bool:
    """Whether it lies in an object store. Raises SourceError for what is not Parquet there."""
    address = str(source.path)
    if not address.startswith(BUCKETS):
        return False
    if not address.partition("?")[0].endswith(".parquet"):
        raise SourceError(
            say("of a bucket only files called .parquet are read"),
            where=source.name,
            next=say("fetch the file, and name the copy"),
        )
    return True


def is_on_cluster(source: Source) -> bool:
    """Whether it lies where only Spark's machines read: Parquet files, a folder of them."""
    return str(source.path).startswith(CLUSTERS)


def copied_from_sqlite(address: Address, source: Source, copy: Path) -> Source:
    """A SQLite table as delimited text: numbers as it writes them. Raises SourceError."""
    import sqlite3

    name = '"' + address.table.replace('"', '""') + '"'
    uri = Path(address.file).resolve().as_uri()
    try:
        with (
            closing(sqlite3.connect(f"{uri}?mode=ro", uri=True)) as database,
            copy.open("w", encoding="utf-8", newline="") as stream,
        ):
            rows = database.execute(f"SELECT * FROM {name}")
            writer = csv.writer(stream)
            writer.writerow([column[0] for column in rows.description])
            writer.writerows(rows)
    except sqlite3.Error as problem:
        raise SourceError(
            say("the table cannot be read: {problem}", problem=problem),
            where=source.name,
            next=say("check the name behind the #"),
        ) from None
    return Source(source.name, copy)
