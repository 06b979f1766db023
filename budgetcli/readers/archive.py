"""gzip, zstd and zip around any other format: inflated in bounded steps, then read as what it is.

A zip archive's members are sources of their own, in the order of their names.
Formats that are zip archives themselves (XLSX, HWPX, ODS) are not met here.
"""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO

from budgetcli.errors import PARTIAL, TOO_LARGE, SourceError, UserError
from budgetcli.i18n import say, say_count
from budgetcli.model import Document, Evidence, RawTable
from budgetcli.readers import family_of, read_document
from budgetcli.readers import read as read_source
from budgetcli.readers.sniff import GZIP_MAGIC, ZSTD_MAGIC
from budgetcli.readers.source import HEAD_BYTES, ReadOptions, Source
from budgetcli.readers.zip_names import MAX_DIRECTORY, directory_bytes, member_name

MAX_BYTES = 256 * 1024 * 1024
MAX_CELLS = 5_000_000
MAX_MEMBERS = 2_000
MAX_DEPTH = 3
MAX_RATIO = 250
_SURE = 8 * 1024 * 1024
_STEP = 256 * 1024
_ZSTD_STEP = 1024
_SHOWN = 10
_ZIP_MAGIC = b"PK"
# what lies in an archive: a document where its text is wanted, else its tables
Part = Document | RawTable
_ENCRYPTED = 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2})
_HIDDEN_NAMES = frozenset({"Thumbs.db", "desktop.ini"})
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    OverflowError,
)


class _TooLargeError(SourceError):
    """Inflating goes no further, in this member or any other."""


@dataclass
class _Unpacking:
    """One unpacking: what the user said, what may still be inflated, what was passed over.

    `texts`: of what has running text, all of it is wanted, and not its tables alone.
    """

    options: ReadOptions
    left: int
    texts: bool = False
    cells: int = 0
    refused: list[UserError] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)

    def count(self, parts: list[Part], name: str) -> None:
        """Take a member's tables into account. Raises SourceError where all are too large."""
        self.cells += sum(len(row) for table in _tables_of(parts) for row in table.rows)
        if self.cells > MAX_CELLS:
            raise _too_large(name)

    def evidence(self) -> tuple[Evidence, ...]:
        """What was in the archive and is in no table."""
        found: list[Evidence] = []
        if self.refused:
            parts = "; ".join(f"{error.where}: {error.what}" for error in self.refused[:_SHOWN])
            said = say_count(
                "{count} part of the archive could not be read: {parts}",
                "{count} parts of the archive could not be read: {parts}",
                len(self.refused),
                parts=parts,
            )
            found.append(Evidence("archive", said, aloud=True))
        if self.hidden:
            names = ", ".join(self.hidden[:_SHOWN])
            found.append(Evidence("archive", say("passed over unread: {names}", names=names)))
        return tuple(found)


def read(source: Source, options: ReadOptions) -> list[RawTable]:
    """The tables of everything inside. Raises SourceError where nothing in it can be read.

    A member that cannot be read is passed over and named aloud, unless none can.
    """
    parts, evidence = _unpacked(source, _Unpacking(options, _bound(source)))
    return [table._replace(evidence=(*table.evidence, *evidence)) for table in _tables_of(parts)]


def read_parts(source: Source, options: ReadOptions) -> list[Part]:
    """Everything inside: documents of what has running text, of the rest its tables.

    Raises SourceError as `read` does; what was passed over is told by the tables.
    """
    parts, evidence = _unpacked(source, _Unpacking(options, _bound(source), texts=True))
    return [_told(part, evidence) for part in parts]


def holds_text(source: Source) -> bool:
    """Whether a zip holds a document with running text; told by the heads of its members."""
    if not source.head.startswith(_ZIP_MAGIC):
        return False
    work = _Unpacking(ReadOptions(), _bound(source))
    with source.open() as stream, _opened(stream, source.name) as archive:
        return any(_has_text(archive, info, work) for info in archive.infolist()[:MAX_MEMBERS])


def _has_text(archive: zipfile.ZipFile, info: zipfile.ZipInfo, work: _Unpacking) -> bool:
    """Of what cannot be read, reading tells."""
    readable = info.compress_type in _METHODS and not info.flag_bits & _ENCRYPTED
    try:
        head = next(_unzipped(archive, info), b"") if readable and info.file_size else b""
        if head.startswith(_ZIP_MAGIC):  # HWPX and XLSX are told by all of it
            return family_of(_member(archive, info, info.filename, work)).has_text
        return bool(head) and family_of(Source(info.filename, data=head[:HEAD_BYTES])).has_text
    except (UserError, *_BROKEN):
        return False


def _unpacked(source: Source, work: _Unpacking) -> tuple[list[Part], tuple[Evidence, ...]]:
    parts = _parts(source, work, 0)
    if not parts:
        raise _nothing(source.name, work)
    return parts, work.evidence()


def _tables_of(parts: list[Part]) -> Iterator[RawTable]:
    for part in parts:
        yield from part.tables if isinstance(part, Document) else (part,)


def _told(part: Part, evidence: tuple[Evidence, ...]) -> Part:
    if isinstance(part, Document):
        told = (table._replace(evidence=(*table.evidence, *evidence)) for table in part.tables)
        return part._replace(tables=tuple(told))
    return part._replace(evidence=(*part.evidence, *evidence))


def _bound(source: Source) -> int:
    """How much may be inflated in all: a bomb is known by what it makes of its own size."""
    with source.open() as stream:
        return min(MAX_BYTES, max(_SURE, stream.seek(0, 2) * MAX_RATIO))


def _nothing(name: str, work: _Unpacking) -> UserError:
    if len(work.refused) == 1:
        return work.refused[0]
    lines = (
        say("{name}: {problem}", name=error.where, problem=error.what)
        for error in work.refused[:_SHOWN]
    )
    return SourceError(
        say("nothing in this archive can be read as a table"),
        where=name,
        seen=tuple(lines),
        why=say("without a table there are no figures to analyse"),
        next=say("unpack it and name the file that holds the table"),
    )


def _parts(source: Source, work: _Unpacking, depth: int) -> list[Part]:
    family = family_of(source)
    if family.name != "archive":
        wanted = work.texts and family.has_text
        return (
            [read_document(source, work.options)]
            if wanted
            else [*read_source(source, work.options)]
        )
    if depth >= MAX_DEPTH:
        raise SourceError(
            say("archives lie in archives more than {limit} deep", limit=MAX_DEPTH),
            where=source.name,
            why=TOO_LARGE,
            next=say("unpack the outer ones first"),
        )
    if source.head.startswith(GZIP_MAGIC):
        return _parts(_inflated(source, work, _gzip), work, depth + 1)
    if source.head.startswith(ZSTD_MAGIC):
        return _parts(_inflated(source, work, _zstd), work, depth + 1)
    parts: list[Part] = []
    for inner in _members(source, work):
        try:
            member = inner()
            found = _parts(member, work, depth + 1)
            if not found:
                raise SourceError(
                    say("there is no table in it"),
                    why=say("without a table there are no figures to analyse"),
                    where=member.name,
                    next=say("name a file that holds a table with a budget and spending"),
                )
            work.count(found, member.name)
            parts += found
        except _TooLargeError:
            raise
        except UserError as problem:
            work.refused.append(problem)
    return parts


def _inflated(
    source: Source, work: _Unpacking, pieces: Callable[[BinaryIO, str], Iterator[bytes]]
) -> Source:
    """What lies in a gzip or zstd file, under the name the user knows it by."""
    with source.open() as stream:
        return Source(source.name, data=_gathered(pieces(stream, source.name), work, source.name))


def _gathered(pieces: Iterator[bytes], work: _Unpacking, name: str) -> bytes:
    """The pieces as one, as long as they stay within bounds. Raises SourceError."""
    gathered = io.BytesIO()
    try:
        for piece in pieces:
            work.left -= len(piece)
            if work.left < 0:
                raise _too_large(name)
            gathered.write(piece)
    except _BROKEN as problem:
        raise _damaged(name, problem) from None
    return gathered.getvalue()


def _gzip(stream: BinaryIO, _name: str) -> Iterator[bytes]:
    with gzip.GzipFile(fileobj=stream) as packed:
        while piece := packed.read(_STEP):
            yield piece


def _zstd(stream: BinaryIO, name: str) -> Iterator[bytes]:
    """Fed in small steps, since a step's output knows no bound but its input."""
    import zstandard

    frame = zstandard.ZstdDecompressor().decompressobj()
    try:
        while piece := stream.read(_ZSTD_STEP):
            while piece:
                if frame.eof:
                    frame = zstandard.ZstdDecompressor().decompressobj()
                yield frame.decompress(piece)
                piece = frame.unused_data if frame.eof else b""
    except zstandard.ZstdError as problem:
        raise _damaged(name, problem) from None
    if not frame.eof:
        raise EOFError(say("it ends too early"))


def _members(source: Source, work: _Unpacking) -> Iterator[Callable[[], Source]]:
    """How to inflate each member that may hold a table, in the order of their names."""
    with source.open() as stream, _opened(stream, source.name) as archive:
        # not `is_dir`: it fails on a member without a name
        infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
        files = [(member_name(info), info) for info in infos]
        _refuse_as_a_whole([info for _, info in files], source.name)
        for name, info in sorted(files, key=lambda member: member[0]):
            if _is_hidden(name):
                work.hidden.append(name)
            else:
                yield partial(_member, archive, info, f"{source.name}:{name}", work)


def _opened(stream: BinaryIO, name: str) -> zipfile.ZipFile:
    try:
        if directory_bytes(stream) > MAX_DIRECTORY:
            raise _too_many(name)
        return zipfile.ZipFile(stream)
    except _BROKEN as problem:
        raise _damaged(name, problem) from None


def _refuse_as_a_whole(infos: list[zipfile.ZipInfo], name: str) -> None:
    if not infos:
        raise SourceError(
            say("the archive is empty"), where=name, next=say("ask for the file again")
        )
    if len(infos) > MAX_MEMBERS:
        raise _too_many(name)
    if all(info.flag_bits & _ENCRYPTED for info in infos):
        raise _protected(name)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, work: _Unpacking) -> Source:
    if info.flag_bits & _ENCRYPTED:
        raise _protected(name)
    if info.compress_type not in _METHODS:
        raise SourceError(
            say("it is packed by a method that is not read (number {n})", n=info.compress_type),
            where=name,
            next=say("unpack it and name the file that holds the table"),
        )
    pieces = _unzipped(archive, info)
    return Source(name, data=_gathered(pieces, work, name))


def _unzipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(info) as packed:
        while piece := packed.read(_STEP):
            yield piece


def _is_hidden(name: str) -> bool:
    """What systems leave behind: resource forks, folder settings, previews."""
    *folders, own = name.split("/")
    return own.startswith(".") or own in _HIDDEN_NAMES or "__MACOSX" in folders


def _too_large(name: str) -> SourceError:
    return _TooLargeError(
        say(
            "inflated it is larger than {limit} MiB, {ratio} times its size or {cells} cells",
            limit=MAX_BYTES // 2**20,
            ratio=MAX_RATIO,
            cells=MAX_CELLS,
        ),
        where=name,
        why=say("a small archive can be made to fill any memory"),
        next=say("unpack it and name the file that holds the table"),
    )


def _too_many(name: str) -> SourceError:
    return SourceError(
        say("the archive holds more than {limit} files", limit=MAX_MEMBERS),
        where=name,
        why=TOO_LARGE,
        next=say("unpack it and name the files that hold tables"),
    )


def _protected(name: str) -> SourceError:
    return SourceError(
        say("the archive is protected by a password"),
        where=name,
        next=say("unpack it with the password and name the file inside"),
    )


def _damaged(name: str, problem: BaseException) -> SourceError:
    return SourceError(
        say("the archive is damaged or incomplete ({problem})", problem=problem),
        where=name,
        why=PARTIAL,
        next=say("fetch it again, or ask for a new copy"),
    )
