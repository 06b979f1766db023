"""A ledger's records as the small reader reads them, so many at a time: no more is ever held.

What their cells mean is `rows`' business.
"""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import NamedTuple, TextIO

from budgetcli.errors import SourceError
from budgetcli.i18n import say
from budgetcli.model import Evidence, RawTable
from budgetcli.readers import ReadOptions, Source, delimited, json, parquet
from budgetcli.readers.encoding import head_encoding, not_in, undecodable, unknown_encoding
from budgetcli.readers.source import HEAD_BYTES, LONGEST_LINE
from budgetcli.rollup.ledger import (
    Form,
    damaged,
    form_of,
    head_of,
    is_gzip,
    partitions_of,
    ragged,
    unpacked,
)
from budgetcli.rollup.planning import NotALedgerError

RECORDS = 8192
_OBJECTS = 2048  # each of which may have many keys
_SHOWN = 5
_UNMARKED = ("utf-8", "cp949")
_END = "\x1a"


class Block(NamedTuple):
    """Some records one after the other, their lines, and how many bytes are read by then."""

    records: Sequence[tuple[str, ...]]
    lines: Sequence[int]
    done: int


def blocks_of(source: Source, options: ReadOptions) -> tuple[RawTable, Iterator[Block]]:
    """The raw table of a source's first records, and all of its records, the first ones too.

    Raises SourceError; NotALedgerError for objects that are no records of one table.
    """
    readers: dict[Form | None, Callable[[Source, ReadOptions], tuple[RawTable, Iterator[Block]]]]
    readers = {Form.JSON_LINES: _of_objects, Form.PARQUET: _of_parquet}
    raw, blocks = readers.get(form_of(source), _of_lines)(source, options)
    folders = partitions_of(source.name)
    parted = (_in_folders(block, folders, raw.rows[0]) for block in blocks) if folders else blocks
    first = next(parted, Block((), (), 0))
    head = raw._replace(rows=tuple(first.records), lines=tuple(first.lines))
    return head, chain((first,), parted)


def _in_folders(block: Block, folders: dict[str, str], header: Sequence[str]) -> Block:
    """With the columns its folders name, as `ledger` does."""
    width, values = len(header), tuple(folders.values())
    return block._replace(
        records=[
            (*row, *folders) if row == header else (*row, *[""] * (width - len(row)), *values)
            for row in block.records
        ]
    )


def _of_lines(source: Source, options: ReadOptions) -> tuple[RawTable, Iterator[Block]]:
    encoding = _encoding_of(source, options)
    with _text(source, encoding) as (text, _):
        head = text.read(HEAD_BYTES)
    whole = head[: head.rfind("\n") + 1] or head
    raw = delimited.read_head(Source(source.name, data=whole.encode()), ReadOptions("utf-8"))[0]
    said = _said(encoding)
    mark = delimited.mark_of(head)
    if mark == "|" and "||" in head:
        raise NotALedgerError(say("double bars part its cells"))
    return raw._replace(evidence=(said, *raw.evidence[1:])), _records(source, encoding, mark)


def _records(source: Source, encoding: str, mark: str) -> Iterator[Block]:
    """Records under a delimiter that are not blank. Raises SourceError for a ragged one.

    Only what stands above the first one of the usual width may have another: titles, a header.
    """
    with _text(source, encoding) as (text, position):
        records = delimited.records_of(text, mark, source.name, is_whole=True)
        width = 0
        while found := [*islice(records, RECORDS)]:
            filled = [(line, cells) for line, cells in found if not _is_nothing(cells)]
            widths = [len(cells) for _, cells in filled]
            first = 0 if width or not widths else widths.index(_usual(widths))
            width = width or _usual(widths)
            _refuse_ragged(filled[first:], width, source.name)
            yield Block([cells for _, cells in filled], [line for line, _ in filled], position())


def _is_nothing(cells: tuple[str, ...]) -> bool:
    return not any(cells) or cells == (_END,)


def _usual(widths: Sequence[int]) -> int:
    return Counter(widths).most_common(1)[0][0] if widths else 0


def _refuse_ragged(records: Sequence[tuple[int, tuple[str, ...]]], width: int, name: str) -> None:
    for line, cells in records:
        if len(cells) != width:
            raise ragged(name, line, len(cells), width)


def _of_objects(source: Source, options: ReadOptions) -> tuple[RawTable, Iterator[Block]]:
    encoding = _encoding_of(source, options)
    with _text(source, encoding) as (text, _):
        first = "".join(islice(text, _OBJECTS))
    raw = _table(source, first)
    evidence = (_said(encoding), *raw.evidence[1:])
    return raw._replace(evidence=evidence), _objects(source, encoding, raw.rows[0])


def _objects(source: Source, encoding: str, header: tuple[str, ...]) -> Iterator[Block]:
    """Records of JSON Lines; below the first block each is read behind the very first line."""
    with _text(source, encoding) as (text, position):
        lines = [*islice(text, _OBJECTS)]
        first, above = lines[0], len(lines) - 1
        raw = _table(source, "".join(lines))
        yield Block(_aligned(raw, header), [line or 0 for line in raw.lines], position())
        while lines := [*islice(text, _OBJECTS)]:
            if any(map(str.strip, lines)):
                raw = _table(source, "".join((first, *lines)), above)
                moved = [(line or 0) + above for line in raw.lines[2:]]
                yield Block(_aligned(raw, header)[2:], moved, position())
            above += len(lines)


def _table(source: Source, text: str, above: int = 0) -> RawTable:
    """The one table of some lines, `above` which so many more stand in the file."""
    try:
        tables = json.read(Source(source.name, data=text.encode()), ReadOptions("utf-8"))
    except SourceError as problem:
        problem.seen = tuple(
            said._replace(values={**said.values, "line": said.values["line"] + above})
            if "line" in said.values
            else said
            for said in problem.seen
        )
        raise
    if len(tables) > 1:
        raise NotALedgerError(say("its objects hold lists of their own"))
    return tables[0]


def _aligned(raw: RawTable, header: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Its records under the header of the first ones. Raises NotALedgerError for another column."""
    if raw.rows[0] == header:
        return [*raw.rows]
    further = [name for name in raw.rows[0] if name not in header]
    if further:
        raise NotALedgerError(
            say("columns begin further down: {names}", names=", ".join(further[:_SHOWN]))
        )
    places = {name: number for number, name in enumerate(raw.rows[0])}
    taken = [places.get(name) for name in header]
    return [tuple("" if n is None else row[n] for n in taken) for row in raw.rows]


def _of_parquet(source: Source, _options: ReadOptions) -> tuple[RawTable, Iterator[Block]]:
    blocks = parquet.blocks(source, RECORDS)
    header, _ = next(blocks)
    raw = RawTable(rows=(header[0],), source=source.name, evidence=(parquet.SHAPE,))
    return raw, _numbered(header[0], blocks)


def _numbered(
    header: tuple[str, ...], blocks: Iterator[tuple[Sequence[tuple[str, ...]], int]]
) -> Iterator[Block]:
    """Records counted from 1 as the small reader does, the first behind the header."""
    above: list[tuple[str, ...]] = [header]
    number = 0
    for records, done in blocks:
        rows = [*above, *records]
        yield Block(rows, range(number, number + len(rows)), done)
        number, above = number + len(rows), []
    if above:
        yield Block(above, [0], 0)


@contextmanager
def _text(source: Source, encoding: str) -> Iterator[tuple[TextIO, Callable[[], int]]]:
    """Its text from the start, inflated where it is packed, and how many bytes are read."""
    with source.open() as stream:
        inflated = gzip.GzipFile(fileobj=stream) if is_gzip(source) else stream
        name = "utf-8-sig" if encoding == "utf-8" else encoding
        with io.TextIOWrapper(inflated, name, newline="") as text:
            try:
                yield text, stream.tell
            except (EOFError, zlib.error, OSError) as problem:
                raise damaged(source.name, problem) from None


def _said(encoding: str) -> Evidence:
    return Evidence("encoding", say("encoding: {name}", name=encoding.upper()))


def _encoding_of(source: Source, options: ReadOptions) -> str:
    """The first encoding all of it is in: its head's, else the usual Korean one.

    Raises SourceError, also where what is packed is damaged or a line has no end.
    """
    told = options.encoding
    found = told or head_encoding(head_of(source))
    tries = _UNMARKED if found in _UNMARKED and not told else (found,)
    for encoding in tries[tries.index(found) :]:
        if encoding is None:
            break
        start = _undecoded(source, encoding)
        if start is None:
            return encoding
        if told:
            raise not_in(told, source.name, start)
    raise undecodable(source.name, head_of(source))


def _undecoded(source: Source, encoding: str) -> int | None:
    """Where the first bytes stand that are not in the encoding. Raises SourceError."""
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
    except LookupError:
        raise unknown_encoding(source.name, encoding) from None
    start = length = 0
    with unpacked(source) as stream:
        try:
            while piece := stream.read(LONGEST_LINE):
                decoder.decode(piece)
                start += len(piece)
                length = _unended(source, piece, length)
            decoder.decode(b"", True)
        except UnicodeDecodeError as problem:
            return start + problem.start
        except (EOFError, zlib.error, OSError) as problem:
            raise damaged(source.name, problem) from None
    return None


def _unended(source: Source, piece: bytes, length: int) -> int:
    """How long the line is that a piece leaves unended, `length` of it standing before."""
    ends = [place for mark in (b"\n", b"\r") if (place := piece.find(mark)) >= 0]
    if length + min(ends, default=len(piece)) > LONGEST_LINE:
        raise source.endless_line()
    last = max(piece.rfind(b"\n"), piece.rfind(b"\r"))
    return length + len(piece) if last < 0 else len(piece) - last - 1
