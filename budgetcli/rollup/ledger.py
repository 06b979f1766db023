"""A ledger before it is rolled up: its files, how their bytes are parted, its head as a raw table.

The head is read as the small reader reads a small file; what the rest holds is the engines' matter.
"""

from __future__ import annotations

import gzip
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from typing import BinaryIO, NamedTuple, cast

from budgetcli.errors import SourceError
from budgetcli.i18n import say
from budgetcli.model import Evidence, RawTable
from budgetcli.readers import ReadOptions, Source, delimited
from budgetcli.readers.dialect import delimiter
from budgetcli.readers.encoding import head_encoding, undecodable
from budgetcli.readers.sniff import GZIP_MAGIC
from budgetcli.readers.source import HEAD_BYTES
from budgetcli.rollup.spool import Spool


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
        return source.head[:HEAD_BYTES]
    with unpacked(source) as stream:
        try:
            return stream.read(HEAD_BYTES)
        except (OSError, EOFError, zlib.error) as problem:
            raise _damaged(source.name, problem) from None


@contextmanager
def unpacked(source: Source) -> Iterator[BinaryIO]:
    """Its bytes from the start, inflated where they are packed."""
    with source.open() as stream:
        if is_gzip(source):
            with gzip.GzipFile(fileobj=stream) as inflated:
                yield cast("BinaryIO", inflated)
        else:
            yield stream


def delimited_ledger(source: Source, options: ReadOptions, spool: Spool) -> Ledger:
    """The ledger of delimited text in one file. Raises SourceError."""
    encoding = options.encoding or head_encoding(head_of(source))
    if encoding is None:
        raise undecodable(source.name)
    if encoding != "utf-8":
        with unpacked(source) as stream:
            source = Source(source.name, spool.transcoded(stream, (encoding,), source.name))
    raw = _head_table(source)
    said = Evidence("encoding", say("encoding: {name}", name=encoding.upper()))
    width = Counter(map(len, raw.rows)).most_common(1)[0][0]
    columns = tuple(f"c{number}" for number in range(1, width + 1))
    return Ledger(
        source.name,
        (str(source.path),),
        Form.DELIMITED,
        raw._replace(evidence=(said, *raw.evidence[1:])),
        columns,
        _delimiter(source),
    )


def in_copy(ledger: Ledger, spool: Spool) -> Ledger:
    """The same ledger where no engine can stumble: in UTF-8 throughout, with one kind of newline.

    A head in UTF-8 may be ASCII alone, and Korean in CP949 follow.
    """
    source = Source(ledger.name, ledger.files[0])
    with unpacked(source) as stream:
        copy = spool.transcoded(stream, ("utf-8-sig", "cp949"), ledger.name)
    return ledger._replace(files=(str(copy),))


def _head_table(source: Source) -> RawTable:
    """The head's whole lines, as the small reader reads them."""
    head = head_of(source)
    if len(head) == HEAD_BYTES:
        head = head[: head.rfind(b"\n") + 1] or head
    return delimited.read(Source(source.name, data=head), ReadOptions("utf-8"))[0]


def _delimiter(source: Source) -> str:
    return delimiter(head_of(source).decode("utf-8", "ignore")) or ","


def _damaged(name: str, problem: BaseException) -> SourceError:
    return SourceError(
        say("the archive is damaged or incomplete ({problem})", problem=problem),
        where=name,
        next=say("fetch it again, or ask for a new copy"),
    )
