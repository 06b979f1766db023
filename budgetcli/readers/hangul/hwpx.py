"""HWPX: the zip package, its sections in order, and why a package cannot be opened.

The tables inside a section are the business of `sections`.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import PurePosixPath

from budgetcli.errors import PARTIAL, SourceError
from budgetcli.i18n import Sentence, say
from budgetcli.model import Document, RawTable
from budgetcli.readers.hangul.sections import Sections
from budgetcli.readers.hangul.xml import BrokenXMLError, parse, too_large
from budgetcli.readers.source import ReadOptions, Source
from budgetcli.readers.zip_names import check_directory

MAX_BYTES = 64 << 20
MAX_SIDE_PART = 1 << 20
_SECTION = re.compile(r"(?i)^contents/(?:.*/)?section(\d{1,9})\.xml$")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# RuntimeError is how zipfile asks for a password.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)


def read(source: Source, options: ReadOptions) -> list[RawTable]:
    """Every table of the document, an inner one after the one around it; none: an empty list.

    Raises SourceError for a package that is broken, protected or hostile.
    """
    return list(read_document(source, options).tables)


def read_document(source: Source, options: ReadOptions) -> Document:  # noqa: ARG001 - all readers' shape
    """The tables, and the lines of text outside of them. Raises as `read` does."""
    try:
        with source.open() as stream:
            check_directory(stream)
            with zipfile.ZipFile(stream) as archive:
                return _document(archive, source.name)
    except _BROKEN as problem:
        raise _broken(source.name, say("{problem}", problem=problem)) from problem


def _document(archive: zipfile.ZipFile, name: str) -> Document:
    parts = _section_parts(archive)
    if not parts:
        raise _broken(name, say("there is no section in it"))
    if sum(part.file_size for part in parts) > MAX_BYTES:
        raise too_large(name)
    sections = Sections(name)
    for part in parts:
        try:
            sections.feed(_content(archive, part))
        except (BrokenXMLError, *_BROKEN) as problem:
            raise _unreadable(archive, part, name, problem) from problem
    return Document(name, tuple(sections.lines()), tuple(sections.tables()))


def _section_parts(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The sections in reading order: as the package's spine has them, else by number."""
    numbers = {
        info.filename: int(match[1])
        for info in archive.infolist()
        if (match := _SECTION.match(info.filename))
    }
    spine = _spine(archive) if len(numbers) > 1 else {}
    order = sorted(numbers, key=lambda name: (spine.get(_last(name), len(spine)), numbers[name]))
    return [archive.getinfo(name) for name in order]


def _last(path: str) -> str:
    """A path's last part: the spine gives paths from the package or from its own folder."""
    return PurePosixPath(path).name.lower()


def _content(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """A part's bytes; asking for a number of them keeps a false size from inflating more."""
    if part.compress_type not in _METHODS:
        raise zipfile.BadZipFile(f"compression method {part.compress_type}")
    with archive.open(part) as stream:
        return stream.read(part.file_size + 1)


class _Spine:
    """A parser's target that notes the order of the package's parts."""

    def __init__(self) -> None:
        self._parts: dict[str, str] = {}
        self.order: dict[str, int] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Parts are listed first, by id; then the spine names ids."""
        if tag.endswith("}item"):
            self._parts[attributes.get("id", "")] = _last(attributes.get("href", ""))
        elif tag.endswith("}itemref"):
            part = self._parts.get(attributes.get("idref", ""), "")
            self.order.setdefault(part, len(self.order))

    def doctype(self, *_: object) -> None:
        """As in a section: no document type, so no entities."""
        raise BrokenXMLError("document type")


def _spine(archive: zipfile.ZipFile) -> dict[str, int]:
    """Parts by their place in content.hpf; empty where it is missing or of no use."""
    target = _Spine()
    try:
        parse(_side_part(archive, "Contents/content.hpf"), target, "")
    except (BrokenXMLError, SourceError, *_BROKEN):
        return {}
    return target.order


def _side_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """A small part beside the sections; nothing where it is missing or large."""
    part = archive.NameToInfo.get(name)
    if part is None or part.file_size > MAX_SIDE_PART:
        return b""
    return _content(archive, part)


def _unreadable(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, problem: Exception
) -> SourceError:
    """Why a section is no text: protected, else damaged."""
    if part.flag_bits & 1 or _declares_encryption(archive):
        return SourceError(
            say("it is encrypted: by a password, or as a distribution document (배포용 문서)"),
            where=name,
            next=say("open it in Hangul, take the protection off and save it as plain HWPX"),
        )
    return _broken(name, say("{part}: {problem}", part=part.filename, problem=problem))


def _declares_encryption(archive: zipfile.ZipFile) -> bool:
    try:
        return b"encryption-data" in _side_part(archive, "META-INF/manifest.xml")
    except _BROKEN:
        return False


def _broken(name: str, problem: Sentence) -> SourceError:
    return SourceError(
        say("this HWPX document is damaged or cut short ({problem})", problem=problem),
        where=name,
        why=PARTIAL,
        next=say("open it in Hangul, save it again and try the new file"),
    )
