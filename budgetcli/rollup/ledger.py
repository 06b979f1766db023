"""A ledger before it is rolled up: its files, how their bytes are parted, its head as a raw table.

The head is read as the small reader reads a small file; what the rest holds is the engines' matter.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from budgetcli.errors import SourceError
from budgetcli.i18n import say
from budgetcli.model import Evidence, RawTable
from budgetcli.readers import ReadOptions, Source, delimited, json
from budgetcli.readers.dialect import delimiter
from budgetcli.readers.encoding import head_encoding
from budgetcli.readers.sniff import GZIP_MAGIC
from budgetcli.readers.source import HEAD_BYTES
from budgetcli.rollup.spool import Spool

if TYPE_CHECKING:
    from pathlib import Path


class Form(Enum):
    """How a ledger's rows are written down."""

    DELIMITED = "csv"
    JSON_LINES = "jsonl"
    PARQUET = "parquet"
    TABLE = "table"


class Ledger(NamedTuple):
    """Files of one form, alike in their columns; for a database's table, its URL.

    `columns` are the columns' names in the order they stand, which for
    delimited text are only numbers: c1, c2, ...; `skip` is how many of its
    lines stand above the first row of data in each file.
    """

    name: str
    files: tuple[str, ...]
    form: Form
    raw: RawTable
    columns: tuple[str, ...]
    delimiter: str = ","
    skip: int = 0


def is_gzip(source: Source) -> bool:
    """Whether it is packed by gzip."""
    return source.head.startswith(GZIP_MAGIC)


def head_of(source: Source) -> bytes:
    """The first 64 KB of what it holds, unpacked. Raises SourceError."""
    if not is_gzip(source):
        return source.head
    with unpacked(source) as stream:
        try:
            return stream.read(HEAD_BYTES)
        except (OSError, EOFError, zlib.error) as problem:
            raise _damaged(source.name, problem) from None


def unpacked(source: Source) -> BinaryIO:
    """Its bytes from the start, inflated where they are packed."""
    if not is_gzip(source):
        return source.open()
    return cast("BinaryIO", gzip.GzipFile(fileobj=source.open()))


def delimited_ledger(
    name: str, sources: Sequence[Source], options: ReadOptions, spool: Spool
) -> Ledger:
    """The ledger of delimited text in one or several files. Raises SourceError."""
    ready = [_in_utf8(source, options, spool) for source in sources]
    heads = [_head_table(source, name) for source, _ in ready]
    raw = heads[0]._replace(evidence=(*ready[0][1], *heads[0].evidence[1:]))
    width = max(map(len, raw.rows))
    return Ledger(
        name,
        tuple(str(source.path) for source, _ in ready),
        Form.DELIMITED,
        raw,
        tuple(f"c{number}" for number in range(1, width + 1)),
        _delimiter(ready[0][0]),
    )


def _in_utf8(
    source: Source, options: ReadOptions, spool: Spool
) -> tuple[Source, tuple[Evidence, ...]]:
    """A source whose bytes are UTF-8 without a mark, and the encoding it was in."""
    encoding = head_encoding(head_of(source), options.encoding)
    if encoding == "utf-8" and source.path is not None:
        return source, (Evidence("encoding", say("encoding: {name}", name="UTF-8")),)
    with unpacked(source) as stream:
        path = spool.transcoded(stream, encoding, source.name)
    said = Evidence("encoding", say("encoding: {name}", name=encoding.upper()))
    return Source(source.name, path), (said,)


def _head_table(source: Source, name: str) -> RawTable:
    """The head's whole lines, as the small reader reads them."""
    head = head_of(source)
    if len(head) == HEAD_BYTES:
        head = head[: head.rfind(b"\n") + 1] or head
    raw = delimited.read(Source(name, data=head), ReadOptions("utf-8"))[0]
    return raw


def _delimiter(source: Source) -> str:
    return delimiter(head_of(source).decode("utf-8", "ignore")) or ","


def _damaged(name: str, problem: BaseException) -> SourceError:
    return SourceError(
        say("the archive is damaged or incomplete ({problem})", problem=problem),
        where=name,
        next=say("fetch it again, or ask for a new copy"),
    )
