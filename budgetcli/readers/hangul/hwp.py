"""HWP 5: what protects or breaks a compound file, and its sections by way of python-hwpx.

The tables inside a section are the business of `sections`. The library
is asked for the sections alone: opening a whole document would inflate every
picture, pack it all and parse it again. What it is given is measured first,
because it holds every record at once.
"""

from __future__ import annotations

import struct
import zlib
from array import array
from collections.abc import Callable, Iterator
from typing import Any

from budgetcli.errors import PARTIAL, MissingExtraError, SourceError
from budgetcli.i18n import Sentence, say
from budgetcli.model import Document, Evidence, RawTable
from budgetcli.readers.apart import Limits, document_apart, read_apart
from budgetcli.readers.hangul.sections import Sections
from budgetcli.readers.hangul.xml import too_large
from budgetcli.readers.sniff import HWP_MAGIC
from budgetcli.readers.source import ReadOptions, Source

MAX_FILE = 256 << 20
MAX_BODY = 16 << 20
MAX_WEIGHT = 480_000
_COMPRESSED = 1 << 0
_PROTECTIONS = (
    (1 << 1, say("it is protected by a password")),
    (1 << 2, say("it is a distribution document (배포용 문서): its text is locked")),
    (1 << 4, say("it is under digital rights management (DRM)")),
    (1 << 8, say("it is encrypted with a certificate")),
    (1 << 10, say("it is under a certificate's digital rights management")),
)
# Records by their tags. How text looks is dropped before the library works on it: it is most of
# the work, and none of it reaches a table.
_TEXT, _RANGES, _ROWS = 67, 70, 77
_LOOKS = (68, 69)
# What the library makes of a record, in units of about a kilobyte: four a record, one for so many
# bytes of its content.
_GRAIN = {_ROWS: 2}
_USUAL_GRAIN = 16
_RANGE_BYTES = 12
_RANGE_WEIGHT = 24
_LIMITS = Limits(step=20.0)  # a section, and many a document is a single one
_ADVICE = say("open it in Hangul, save it again and try the new file")
MAX_RANGES = 200  # marks in one paragraph, which the library sorts through for each other
_LONG = 0xFFF


def read(source: Source, options: ReadOptions) -> list[RawTable]:
    """Every table of the document, an inner one after the one around it; none: an empty list.

    Raises SourceError for a document that is protected, too old, broken or
    hostile, MissingExtraError without python-hwpx.
    """
    if source.head.startswith(HWP_MAGIC):
        raise _too_old(source.name)
    return read_apart(__name__, source, options, next=_ADVICE, limits=_LIMITS)


def read_document(source: Source, options: ReadOptions) -> Document:
    """The tables, and the lines of text outside of them. Raises as `read` does."""
    if source.head.startswith(HWP_MAGIC):
        raise _too_old(source.name)
    return document_apart(__name__, source, options, next=_ADVICE, limits=_LIMITS)


def read_here(
    source: Source, options: ReadOptions, step_done: Callable[[], None]
) -> list[RawTable]:
    """What `read` gives and raises, without limits on time and memory; a step is a section."""
    return list(document_here(source, options, step_done).tables)


def document_here(
    source: Source,
    options: ReadOptions,  # noqa: ARG001 - all readers' shape
    step_done: Callable[[], None],
) -> Document:
    """What `read_document` gives and raises, in this process."""
    data = source.everything()
    if len(data) > MAX_FILE:
        raise too_large(source.name)
    step_done()
    _measure(data, source.name)
    sections = Sections(source.name)
    report = _convert(data, source.name, sections, step_done)
    return Document(source.name, tuple(sections.lines()), tuple(sections.tables(report)))


# before the library sees it


def _measure(data: bytes, name: str) -> None:
    """Refuse what is protected, and what would swell while it is read. Raises SourceError."""
    import olefile

    try:
        with olefile.OleFileIO(data) as compound:
            flags = _flags(compound.openstream("FileHeader").read(), name)
            _measure_sections(compound, bool(flags & _COMPRESSED), name)
    except (OSError, ValueError, IndexError, struct.error, zlib.error) as problem:
        raise _broken(name, problem) from problem


def _flags(header: bytes, name: str) -> int:
    """The property bits of a FileHeader. Raises SourceError for what they forbid."""
    if len(header) < 40 or not header.startswith(HWP_MAGIC):
        raise _broken(name, say("its header is not that of an HWP document"))
    version, flags = struct.unpack_from("<II", header, 32)
    if version >> 24 != 5:
        raise _broken(name, say("format version {major}, not 5", major=version >> 24))
    for bit, protection in _PROTECTIONS:
        if flags & bit:
            raise _protected(name, protection)
    return int(flags)


def _measure_sections(compound: Any, compressed: bool, name: str) -> None:
    size = weight = 0
    for path in compound.listdir():
        if path[0] not in ("DocInfo", "BodyText", "ViewText"):
            continue
        stream = compound.openstream(path).read()
        body = zlib.decompressobj(-15).decompress(stream, MAX_BODY + 1) if compressed else stream
        size += len(body)
        if size > MAX_BODY:
            raise too_large(name)
        for tag, content in _records(body):
            weight += _weight(tag, content)
            if weight > MAX_WEIGHT:
                raise too_large(name)


def _weight(tag: int, content: bytes) -> int:
    if tag in _LOOKS:
        return 1
    if tag == _TEXT:
        return 4 + _controls(content)
    if tag == _RANGES:
        ranges = len(content) // _RANGE_BYTES
        return ranges * _RANGE_WEIGHT if ranges <= MAX_RANGES else MAX_WEIGHT + 1
    return 4 + len(content) // _GRAIN.get(tag, _USUAL_GRAIN)


def _records(body: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and content of each record; a cut-off one ends the walk."""
    offset = 0
    while offset + 4 <= len(body):
        (word,) = struct.unpack_from("<I", body, offset)
        size, offset = word >> 20, offset + 4
        if size == _LONG:
            (size,) = struct.unpack("<I", body[offset : offset + 4].ljust(4, b"\0"))
            offset += 4
        yield word & 0x3FF, body[offset : offset + size]
        offset += size


def _controls(content: bytes) -> int:
    """Control characters in a paragraph's UTF-16 text: each becomes an element."""
    return sum(map((32).__gt__, array("H", content[: len(content) // 2 * 2])))


# by way of the library


def _convert(
    data: bytes, name: str, sections: Sections, step_done: Callable[[], None]
) -> tuple[Evidence, ...]:
    try:
        from hwpx.hwp5.reader import read_hwp5
        from hwpx.hwp5.section_common import ConversionReport
        from hwpx.hwp5.section_xml import build_section
    except ImportError:
        raise MissingExtraError("docs", say("reading HWP"), where=name) from None
    step_done()
    report = ConversionReport()
    try:
        document = read_hwp5(data)
        for stream in document.sections:
            for record in stream.records:
                record.children = [part for part in record.children if part.tag not in _LOOKS]
            sections.feed(build_section(stream, report))
            step_done()
    except (SourceError, MemoryError):
        raise
    except Exception as problem:
        # damage meets the library anywhere: struct, index, lxml, recursion errors
        raise _broken(name, problem) from problem
    return _left_out(report.unconverted)


def _left_out(kinds: dict[str, int]) -> tuple[Evidence, ...]:
    if not kinds:
        return ()
    message = say("parts that could not be converted: {kinds}", kinds=", ".join(sorted(kinds)))
    return (Evidence("conversion", message),)


# why not


def _too_old(name: str) -> SourceError:
    return SourceError(
        say("it is an HWP 3 document or older, from before the year 2000"),
        where=name,
        next=say("open it in Hangul and save it as HWPX or HWP 5"),
    )


def _protected(name: str, protection: Sentence) -> SourceError:
    return SourceError(
        protection,
        where=name,
        next=say("open it in Hangul, take the protection off and save it again"),
    )


def _broken(name: str, problem: object) -> SourceError:
    return SourceError(
        say("this HWP document is damaged or cut short ({problem})", problem=problem),
        where=name,
        why=PARTIAL,
        next=_ADVICE,
    )
