"""Excel 5 to 2003 workbooks: the compound file around one, its records, its sheets.

Any other compound file that is asked for is refused here, a protected one as such.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from budgetcli.errors import SourceError
from budgetcli.i18n import say
from budgetcli.readers.spreadsheet.facts import (
    Box,
    SheetFacts,
    check_size,
    error_text,
    protected,
    too_large,
)

if TYPE_CHECKING:
    import olefile

# The first record of a workbook stream, of Excel 97 and of Excel 5.
XLS_STARTS = (b"\x09\x08\x10\x00\x00\x06", b"\x09\x08\x08\x00\x00\x05")
MAX_FILE = 96 << 20
MAX_GRID = 1 << 24
_END, _PASSWORD, _TEXTS, _SHEET, _DIMENSIONS = 0x000A, 0x002F, 0x00FC, 0x0085, 0x0200
_FORMULA, _NUMBERS, _ERROR = 0x0006, 0x00BD, 0x0205
_CELLS = frozenset((_FORMULA, _NUMBERS, 0x00FD, 0x0203, 0x0204, _ERROR, 0x027E))


def xls_sheets(data: bytes, name: str) -> list[SheetFacts]:
    """The facts of every sheet. Raises SourceError where it is protected, or no workbook."""
    if len(data) > MAX_FILE:
        raise too_large(name, say("it has {size} bytes", size=f"{len(data):,}"))
    stream = _workbook_stream(data, name)
    facts = []
    for kind, body in _records(stream, 0):
        if kind == _PASSWORD:
            raise protected(name)
        if kind == _TEXTS and struct.unpack_from("<I", body, 4)[0] > len(stream):
            raise ValueError("its table of texts declares more texts than it has bytes")
        if kind == _SHEET:
            facts.append(xls_sheet(stream, struct.unpack_from("<I", body)[0], name))
    return facts


# The compound file


def _workbook_stream(data: bytes, name: str) -> bytes:
    import olefile

    with olefile.OleFileIO(BytesIO(data)) as compound:
        if compound.exists("EncryptedPackage") or compound.exists("EncryptionInfo"):
            raise protected(name)
        for stream in ("Workbook", "Book"):
            if compound.exists(stream):
                _check_chains(compound)
                content: bytes = compound.openstream(stream).read()
                return content
    raise SourceError(
        say("this is an Office file, but no spreadsheet"),
        where=name,
        next=say("save the table as XLSX, HWPX, PDF or CSV and try again"),
    )


def _check_chains(compound: olefile.OleFileIO) -> None:
    """That every chain of sectors ends: the library would follow a ring for ever."""
    check_ends(compound.fat, compound.first_dir_sector)
    check_ends(compound.fat, compound.first_mini_fat_sector)
    for entry in filter(None, compound.direntries):
        mini = entry.entry_type == 2 and entry.size < compound.minisectorcutoff
        check_ends((compound.minifat or []) if mini else compound.fat, entry.isectStart)


def check_ends(following: Sequence[int], sector: int) -> None:
    """Follow a chain from a sector. ValueError where it never ends."""
    for _ in range(len(following) + 1):
        if sector >= len(following):
            return
        sector = following[sector]
    raise ValueError("a chain of sectors is a ring")


# The records


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The type and body of every record of a workbook stream up to the end of its section."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _END:
            return
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def xls_sheet(stream: bytes, at: int, name: str) -> SheetFacts:
    """The facts of the sheet whose records start at `at`. Raises SourceError if too large."""
    box, facts = Box(), SheetFacts()
    for kind, body in _records(stream, at):
        if kind in _CELLS:
            row, column = struct.unpack_from("<HH", body)
            last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind == _NUMBERS else column
            box.add(row, column, row, last)
            if (error := _shown_error(kind, body)) is not None:
                facts.errors[row, column] = error
        elif kind == _DIMENSIONS:
            _check_dimensions(body)
    check_size(name, area=box.area)
    return facts


def _shown_error(kind: int, body: bytes) -> str | None:
    """The error a cell shows, from its own record or a formula's saved result."""
    if kind == _ERROR and body[7] == 1:
        return error_text(body[6])
    if kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
        return error_text(body[8])
    return None


def _check_dimensions(body: bytes) -> None:
    """The library sets room aside for the declared rectangle: no more than the format can have."""
    form = "<IIHH" if len(body) == 14 else "<HHHH"
    top, bottom, left, right = struct.unpack_from(form, body)
    turned = bottom and right and (bottom < top or right < left)
    if turned or (bottom - top) * (right - left) > MAX_GRID:
        raise ValueError("a sheet declares more cells than the format can have")
