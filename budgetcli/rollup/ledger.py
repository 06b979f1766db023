"""A ledger before it is rolled up: its files, how their bytes are parted, its head as a raw table.

The head is read as the small reader reads a small file; what the rest holds is the engines' matter.
"""

from __future__ import annotations

import gzip
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum
from pathlib import PurePath
from types import MappingProxyType
from typing import BinaryIO, NamedTuple, cast
from urllib.parse import unquote

from budgetcli.errors import SourceError
from budgetcli.i18n import say
from budgetcli.model import Evidence, RawTable
from budgetcli.readers import ReadOptions, Source, delimited, family_of
from budgetcli.readers.dialect import delimiter
from budgetcli.readers.encoding import head_encoding, undecodable
from budgetcli.readers.sniff import GZIP_MAGIC
from budgetcli.readers.source import HEAD_BYTES
from budgetcli.rollup.address import is_in_bucket, is_on_cluster
from budgetcli.rollup.expression import Held, Money
from budgetcli.rollup.spool import Spool

_URL = "://"
_JSON_PLACES = 2
# records that are looked through for where groups begin, and in which columns are recognised
FIRST, HEAD = 5_000, 1_000
Reader = Callable[[Source, ReadOptions], list[RawTable]]
# the names of columns, with how numbers of them are held
Columns = Sequence[tuple[str, Money | None]]


class Form(Enum):
    """How a ledger's rows are written down."""

    DELIMITED = "csv"
    JSON_LINES = "jsonl"
    PARQUET = "parquet"
    TABLE = "table"


class Ledger(NamedTuple):
    """Files of one form, alike in their columns; for a database's table, its URL.

    `columns` are the columns' names in the order they stand, which for
    delimited text are only numbers: c1, c2, ...; the last of them are
    `partitions`, which the folders name (year=2024/...). `skip` is how many
    records stand above the first row of data in each delimited file. `held`
    are the columns of numbers that are held as such; `first` its first
    records, where an engine has told them already.
    """

    name: str
    files: tuple[str, ...]
    form: Form
    raw: RawTable
    columns: tuple[str, ...]
    delimiter: str = ","
    skip: int = 0
    partitions: tuple[str, ...] = ()
    held: Mapping[str, Money] = MappingProxyType({})
    first: Sequence[Sequence[str]] = ()

    def of_file(self, number: int) -> Ledger:
        """The same of one of its files alone."""
        file = self.files[number]
        raw = self.raw._replace(source=file)
        return self._replace(name=file, files=(file,), raw=raw, first=())


def form_of(source: Source) -> Form | None:
    """How its rows are written, where it holds nothing but rows; None for a header past its head.

    Raises SourceError.
    """
    if is_in_bucket(source) or is_on_cluster(source):
        return Form.PARQUET
    if _URL in str(source.path):
        return Form.TABLE
    inner = Source(source.name, data=head_of(source)) if is_gzip(source) else source
    if not inner.head:
        return None
    family = family_of(inner).name
    if family == "json":
        return Form.JSON_LINES if _are_lines(inner.head) else None
    if family == "delimited" and not _shows_rows(inner.head):
        return None
    return {"delimited": Form.DELIMITED, "parquet": Form.PARQUET}.get(family)


def is_read_here(source: Source) -> bool:
    """Whether its rows can be read without an engine: they stand in a file. Raises SourceError."""
    return _URL not in str(source.path) and form_of(source) is not None


def _shows_rows(head: bytes) -> bool:
    """Whether a file's first bytes, if they are not all of it, go beyond its header."""
    return len(head) < HEAD_BYTES or head.count(b"\n") + head.count(b"\r") > 1


def _are_lines(head: bytes) -> bool:
    """Whether the first line is an object by itself, and another begins the second."""
    first, newline, rest = head.partition(b"\n")
    return bool(newline) and first.rstrip().endswith(b"}") and rest.lstrip()[:1] in (b"{", b"")


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
            raise damaged(source.name, problem) from None


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
        raise undecodable(source.name, head_of(source))
    if encoding != "utf-8":
        with unpacked(source) as stream:
            source = Source(source.name, spool.transcoded(stream, (encoding,), source.name))
    raw = _head_table(source, delimited.read_head)
    said = Evidence("encoding", say("encoding: {name}", name=encoding.upper()))
    width = Counter(map(len, raw.rows)).most_common(1)[0][0]
    ledger = Ledger(
        source.name,
        (str(source.path),),
        Form.DELIMITED,
        raw._replace(evidence=(said, *raw.evidence[1:])),
        tuple(f"c{number}" for number in range(1, width + 1)),
        _delimiter(source),
    )
    return _partitioned(ledger, source.name)


def json_ledger(sources: Sequence[Source]) -> Ledger:
    """The ledger of JSON Lines in one or several files. Raises SourceError.

    An engine holds a number of theirs as a double, which keeps 15 digits.
    """
    from budgetcli.readers import json

    raw = _head_table(sources[0], json.read)
    held = {name: Money(name, Held.FLOAT, _JSON_PLACES) for name in raw.rows[0]}
    files = tuple(str(source.path) for source in sources)
    ledger = Ledger(sources[0].name, files, Form.JSON_LINES, raw, raw.rows[0], held=held)
    return _partitioned(ledger, sources[0].name)


def typed_ledger(
    sources: Sequence[Source], columns: Columns, first: Sequence[Sequence[str]]
) -> Ledger:
    """The ledger of Parquet files or of a table, whose columns an engine has named and typed."""
    head = first[:HEAD]
    said = Evidence("table", say("its columns are named and typed"))
    names = tuple(name for name, _ in columns)
    raw = RawTable(
        rows=(names, *map(tuple, head)),
        source=sources[0].name,
        lines=tuple(range(len(head) + 1)),
        evidence=(said,),
    )
    files = tuple(str(source.path) for source in sources)
    held = {name: money for name, money in columns if money}
    form = form_of(sources[0]) or Form.PARQUET
    return Ledger(sources[0].name, files, form, raw, names, held=held, first=first)


def _partitioned(ledger: Ledger, path: str) -> Ledger:
    """With the columns its folders name, and their values in every row of the head."""
    found = partitions_of(path)
    if not found:
        return ledger
    header, *_ = ledger.raw.rows
    width, values = len(header), tuple(found.values())
    rows = (
        (*header, *found),
        *((*row, *[""] * (width - len(row)), *values) for row in ledger.raw.rows[1:]),
    )
    return ledger._replace(
        raw=ledger.raw._replace(rows=rows),
        columns=(*ledger.columns, *found),
        partitions=tuple(found),
    )


def partitions_of(path: str) -> dict[str, str]:
    """What the folders of a path say of its rows: year=2024, in their order."""
    *folders, _ = PurePath(path).parts
    parted = (folder.partition("=") for folder in folders)
    return {name: unquote(value) for name, sign, value in parted if name and sign}


def in_copy(ledger: Ledger, spool: Spool) -> Ledger:
    """The same ledger where no engine can stumble: in UTF-8 throughout, with one kind of newline.

    A head in UTF-8 may be ASCII alone, and Korean in CP949 follow.
    """
    source = Source(ledger.name, ledger.files[0])
    with unpacked(source) as stream:
        copy = spool.transcoded(stream, ("utf-8-sig", "cp949"), ledger.name)
    return ledger._replace(files=(str(copy),))


def _head_table(source: Source, read: Reader) -> RawTable:
    """The head's whole lines, as the small reader reads them."""
    head = head_of(source)
    if len(head) == HEAD_BYTES:
        head = head[: head.rfind(b"\n") + 1] or head
    return read(Source(source.name, data=head), ReadOptions("utf-8"))[0]


def _delimiter(source: Source) -> str:
    return delimiter(head_of(source).decode("utf-8", "ignore")) or ","


def ragged(name: str, line: object, found: object, expected: object) -> SourceError:
    """A record has more or fewer cells than the others."""
    return SourceError(
        say(
            "line {line} has {found} cells and not {expected}",
            line=line,
            found=found,
            expected=expected,
        ),
        where=name,
        why=say("which amount stands in which column cannot be told there"),
        next=say("mend or take out the line"),
    )


def lacks(name: str, columns: Sequence[str], other: str) -> SourceError:
    """Files named together hold the same: one that lacks a column is an accident."""
    return SourceError(
        say("it has no column {names}, which {other} has", names=", ".join(columns), other=other),
        where=name,
        why=say("its rows would be added up without what the others have"),
        next=say("leave the file out, or name it by itself"),
    )


def damaged(name: str, problem: BaseException) -> SourceError:
    """What is packed cannot be inflated."""
    return SourceError(
        say("the archive is damaged or incomplete ({problem})", problem=problem),
        where=name,
        next=say("fetch it again, or ask for a new copy"),
    )
