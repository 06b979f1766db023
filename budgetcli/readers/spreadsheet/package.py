"""The zip archive around xlsx, xlsm, xlsb and ods: bounded before and while it is unpacked.

What the members say is the formats' business.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO

from budgetcli.i18n import say
from budgetcli.readers.spreadsheet.facts import protected, too_large
from budgetcli.readers.zip_names import check_directory

MAX_MEMBER = 192 << 20
# What any member but a sheet and the shared texts may hold.
MAX_PART = 16 << 20
# Sheets of identical cells stay under 60; a bomb has 1,000.
MAX_RATIO = 250
_SMALL = 8 << 20
_KEPT = 64 << 20
# What the library needs beside the workbook, its relationships and its sheets.
_ADDED = re.compile(
    r"(?i)^\[content_types\]\.xml$|/(styles|theme\d*)\.(xml|bin)$|worksheets/_rels/"
)


@dataclass(frozen=True)
class Package:
    """A zip archive whose members are unpacked once, and kept where there is room for all."""

    zipped: zipfile.ZipFile
    kept: dict[str, bytes] = field(default_factory=dict)

    @cached_property
    def names(self) -> list[str]:
        """The members' paths."""
        return self.zipped.namelist()

    @property
    def is_ods(self) -> bool:
        """Whether it is OpenDocument's package, and not Excel's."""
        return "content.xml" in self.names and not any(
            member.startswith("xl/") for member in self.names
        )

    @cached_property
    def _is_small(self) -> bool:
        return sum(member.file_size for member in self.zipped.infolist()) <= _KEPT

    def read(self, member: str, limit: int = MAX_PART) -> bytes:
        """One member; ValueError where it is larger than `limit` or not what it declares."""
        if member in self.kept:
            return self.kept[member]
        data = _inflate(self.zipped, member, limit)
        if self._is_small:
            self.kept[member] = data
        return data

    def for_the_library(self) -> BytesIO | None:
        """The members that were read, not packed again: no others, and no time to unpack them.

        None where they are too large to be held twice.
        """
        for member in filter(_ADDED.search, self.names):
            self.read(member)
        if not self._is_small:
            return None
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w") as out:
            for member, data in self.kept.items():
                written = zipfile.ZipInfo(member)
                out.writestr(written, data)
                # The library sees the copy's own checksum only.
                if written.CRC != self.zipped.getinfo(member).CRC:
                    raise ValueError(f"{member} does not have the checksum it declares")
        stream.seek(0)
        return stream


@contextmanager
def opened(data: bytes, name: str) -> Iterator[Package]:
    """A package whose declared sizes are within bounds. Raises SourceError and ValueError."""
    stream = BytesIO(data)
    check_directory(stream)
    with zipfile.ZipFile(stream) as zipped:
        _check_members(zipped.infolist(), name)
        yield Package(zipped)


def _check_members(members: list[zipfile.ZipInfo], name: str) -> None:
    """Every member's declared size and ratio, and that no name stands twice."""
    if len({member.filename for member in members}) != len(members):
        raise ValueError("two members of the archive have one name")
    for member in members:
        if member.flag_bits & 1:
            raise protected(name)
        if _is_bomb(member):
            raise too_large(
                name,
                say(
                    "its part {part} unpacks from {packed} to {size} bytes",
                    part=member.filename,
                    packed=f"{member.compress_size:,}",
                    size=f"{member.file_size:,}",
                ),
            )


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    crowded = member.file_size > MAX_RATIO * max(member.compress_size, 1)
    return member.file_size > MAX_MEMBER or (crowded and member.file_size > _SMALL)


def _inflate(archive: zipfile.ZipFile, member: str, limit: int) -> bytes:
    info = archive.getinfo(member)
    if info.file_size > limit:
        raise ValueError(f"{member} is too large")
    # zipfile stops at the declared size, the library does not: look one byte further.
    if info.compress_type == zipfile.ZIP_DEFLATED:
        data = zlib.decompressobj(-15).decompress(_packed(archive, info), info.file_size + 1)
    else:
        data = archive.read(info)
    if len(data) != info.file_size:
        raise ValueError(f"{member} does not have the size it declares")
    return data


def _packed(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """A member's bytes as they lie in the archive, behind the lengths of its own header."""
    if archive.fp is None:
        raise ValueError("the archive is closed")
    archive.fp.seek(info.header_offset)
    header = archive.fp.read(30)
    archive.fp.seek(sum(struct.unpack_from("<HH", header, 26)), 1)
    return archive.fp.read(info.compress_size)
