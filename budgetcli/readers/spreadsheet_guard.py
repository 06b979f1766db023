"""Looks into a spreadsheet before the library does: is it bounded, is it whole, what would be lost.

calamine lays a sheet out as one dense rectangle, so two cells far apart make
it ask for terabytes and abort the process; it also returns errors (#DIV/0!)
and formulas without a saved result as blanks, and knows merged cells of xlsx
and xls only. This room refuses the first and finds the others. Values are
`spreadsheet`'s business.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from xml.parsers import expat

from budgetcli.errors import SourceError
from budgetcli.i18n import Sentence, say

if TYPE_CHECKING:
    import olefile

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_CELLS = 5_000_000
MAX_MEMBER = 192 << 20
MAX_FILE = 96 << 20
MAX_TEXT = 128 << 20
MAX_MERGES = 200_000
# Sheets of identical cells stay under 60; a bomb has 1,000.
MAX_RATIO = 250
_SMALL = 8 << 20
_PART = 16 << 20
_KEPT = 64 << 20
_UNUSUAL = 32 << 20
# What the library needs beside the workbook, its relationships and its sheets.
_ADDED = re.compile(
    r"(?i)^\[content_types\]\.xml$|/(styles|theme\d*)\.(xml|bin)$|worksheets/_rels/"
)

Cell = tuple[int, int]


@dataclass
class Box:
    """The rectangle around the cells that hold something."""

    top: int = 1 << 32
    left: int = 1 << 32
    bottom: int = -1
    right: int = -1

    def add(self, row: int, column: int, last_row: int, last_column: int) -> None:
        """Widen it around a block of cells, given by its corners (from 0, inclusive)."""
        self.top, self.left = min(self.top, row), min(self.left, column)
        self.bottom, self.right = max(self.bottom, last_row), max(self.right, last_column)

    @property
    def area(self) -> int:
        """How many cells the library would lay out."""
        return max(0, self.bottom - self.top + 1) * max(0, self.right - self.left + 1)


@dataclass
class SheetFacts:
    """What the library would not say of one sheet; cells are (row, column) from 0.

    `merges` are (top, left, bottom, right), or None where the library knows
    them itself. `unsaved` are formulas without a result. `area` bounds the
    cells to be laid out from above.
    """

    area: int = 0
    errors: dict[Cell, str] = field(default_factory=dict)
    unsaved: list[Cell] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] | None = None


@dataclass(frozen=True)
class Checked:
    """A workbook that may be handed to the library: its bytes, and its sheets' facts in order."""

    data: bytes | BytesIO
    sheets: list[SheetFacts]


def look(data: bytes, name: str) -> Checked:
    """Check a whole workbook. Raises SourceError for what must not be read."""
    try:
        if data.startswith(OLE_MAGIC):
            return Checked(data, _xls(data, name))
        return _package(data, name)
    except SourceError:
        raise
    except Exception as problem:  # whatever a broken file breaks in here, it is the file's fault
        raise damaged(name, problem) from problem


def damaged(name: str, problem: BaseException) -> SourceError:
    """The file is no whole spreadsheet."""
    return SourceError(
        say("the spreadsheet is damaged or incomplete ({problem})", problem=problem),
        where=name,
        next=say("open it in a spreadsheet program, save it again, or ask for a new copy"),
    )


def protected(name: str) -> SourceError:
    """The file cannot be read without its password."""
    return SourceError(
        say("the spreadsheet is protected by a password"),
        where=name,
        next=say("open it in a spreadsheet program and save it without the password"),
    )


def _too_large(name: str, what: Sentence) -> SourceError:
    return SourceError(
        say("the spreadsheet is too large to be read safely: {what}", what=what),
        where=name,
        next=say("delete what lies beyond the table, or save the sheet as CSV"),
    )


def _check_area(name: str, area: int) -> None:
    if area > MAX_CELLS:
        raise _too_large(
            name,
            say(
                "its cells span a rectangle of {area} cells, more than {limit}",
                area=f"{area:,}",
                limit=f"{MAX_CELLS:,}",
            ),
        )


# Packages: xlsx, xlsm, xlsb and ods are zip archives.


@dataclass(frozen=True)
class _Archive:
    """A zip archive whose members are unpacked once, and kept where `parts` has room for them."""

    zipped: zipfile.ZipFile
    small: bool
    parts: dict[str, bytes] = field(default_factory=dict)

    @cached_property
    def names(self) -> list[str]:
        return self.zipped.namelist()

    def read(self, member: str, limit: int = MAX_MEMBER) -> bytes:
        """One member; ValueError where it holds more or less than it declares."""
        if member in self.parts:
            return self.parts[member]
        data = _inflate(self.zipped, member, limit)
        if self.small:
            self.parts[member] = data
        return data

    def stored(self) -> BytesIO:
        """The members that were checked, unpacked: the library reads these and no others."""
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as out:
            for member, data in self.parts.items():
                out.writestr(member, data)
        packed.seek(0)
        return packed


def _package(data: bytes, name: str) -> Checked:
    with zipfile.ZipFile(BytesIO(data)) as zipped:
        unpacked = _check_members(zipped, name)
        archive = _Archive(zipped, unpacked <= _KEPT)
        if "content.xml" in archive.names and not any(_is_excel(part) for part in archive.names):
            return Checked(data, _ods(archive, name))
        sheets = _excel(archive, name)
        for member in filter(_ADDED.search, archive.names):
            archive.read(member, _PART)
        return Checked(archive.stored() if archive.small else data, sheets)


def _is_excel(member: str) -> bool:
    return member.startswith("xl/")


def _check_members(archive: zipfile.ZipFile, name: str) -> int:
    """Every member's declared size and ratio, and that no name stands twice; the sum of sizes."""
    members = archive.infolist()
    if len({member.filename for member in members}) != len(members):
        raise ValueError("two members of the archive have one name")
    for member in members:
        if member.flag_bits & 1:
            raise protected(name)
        crowded = member.file_size > MAX_RATIO * max(member.compress_size, 1)
        if member.file_size > MAX_MEMBER or (member.file_size > _SMALL and crowded):
            raise _too_large(
                name,
                say(
                    "its part {part} unpacks from {packed} to {size} bytes",
                    part=member.filename,
                    packed=f"{member.compress_size:,}",
                    size=f"{member.file_size:,}",
                ),
            )
    return sum(member.file_size for member in members)


def _inflate(archive: zipfile.ZipFile, member: str, limit: int) -> bytes:
    """One member, unpacked; ValueError where it holds more or less than it declares."""
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


def _elements(archive: _Archive, member: str) -> Iterator[ElementTree.Element]:
    """The elements of a small part. ValueError where it declares a document type."""
    data = archive.read(member, _PART)
    if b"<!DOCTYPE" in data:
        raise ValueError(f"{member} declares a document type")
    return ElementTree.fromstring(data).iter()


@cache
def _local(tag: str) -> str:
    """A tag or attribute without its namespace or prefix."""
    return re.split("[}:]", tag)[-1]


def _relations(archive: _Archive, part: str) -> list[Mapping[str, str]]:
    """The Id, Type and Target of every relationship of a part; none where it has no such file."""
    folder, base = posixpath.split(part)
    member = posixpath.join(folder, "_rels", base + ".rels")
    if member not in archive.names:
        return []
    return [element.attrib for element in _elements(archive, member) if "Target" in element.attrib]


def _excel(archive: _Archive, name: str) -> list[SheetFacts]:
    """xlsx and xlsb: the workbook's sheets in order, each through its own part."""
    workbook = "xl/workbook.xml"
    for relation in _relations(archive, ""):
        if relation.get("Type", "").endswith("/officeDocument"):
            workbook = relation["Target"].lstrip("/")
    if "xl/workbook.bin" in archive.names:
        workbook = "xl/workbook.bin"
    targets = {
        relation["Id"]: relation["Target"]
        for relation in _relations(archive, workbook)
        if "Id" in relation
    }
    strings = _strings(archive, name)
    binary = workbook.endswith(".bin")
    ids = _binary_sheets(archive, workbook) if binary else _xml_sheets(archive, workbook)
    return [_part(archive, targets.get(identity, ""), strings, name) for identity in ids]


@dataclass(frozen=True)
class _Strings:
    """The shared texts of a workbook: every cell that shows one holds a copy of it."""

    data: bytes = b""
    binary: bool = False

    @cached_property
    def longest(self) -> int:
        """No text has more bytes than this."""
        return max(map(len, self.data.split(b"si>"))) if not self.binary else max(self.lengths)

    @cached_property
    def lengths(self) -> list[int]:
        """How many bytes each text has at most."""
        if self.binary:
            return [len(body) for kind, body in _binary_records(self.data) if kind == 0x0013]
        return [len(part) for part in re.split(rb"[<:]si\b", self.data)[1:]]


def _strings(archive: _Archive, name: str) -> _Strings:
    strings = _Strings()
    for member in archive.names:
        if "sharedstrings" in member.lower():
            strings = _Strings(archive.read(member), member.lower().endswith(".bin"))
    if strings.data.count(b"si") > 2 * MAX_CELLS and len(strings.lengths) > MAX_CELLS:
        raise _too_large(name, say("it has {count} texts", count=f"{len(strings.lengths):,}"))
    return strings


def _check_text(name: str, size: int) -> None:
    if size > MAX_TEXT:
        raise _too_large(
            name, say("the texts of its cells would fill {size} bytes", size=f"{size:,}")
        )


def _xml_sheets(archive: _Archive, workbook: str) -> list[str]:
    """The relationship ids of the sheets, in the workbook's order."""
    return [
        next((value for key, value in element.attrib.items() if _local(key) == "id"), "")
        for element in _elements(archive, workbook)
        if _local(element.tag) == "sheet"
    ]


def _part(archive: _Archive, target: str, strings: _Strings, name: str) -> SheetFacts:
    """The facts of the sheet a relationship points to, in any part that could be meant."""
    wanted = target.lstrip("./").lower()
    facts = SheetFacts()
    for member in archive.names:
        if wanted and member.lower().endswith(wanted):
            data = archive.read(member)
            sheet = _xlsb if member.lower().endswith(".bin") else _xlsx
            facts = sheet(data, strings, name)
    return facts


# xlsx


_REFERENCE = re.compile(rb'<c r="([A-Z]+)')
_ROW = re.compile(rb'<row r="([1-9][0-9]{0,6})"')
# Written so that the search hops from colon to colon: twice as fast as looking for ":c".
_PREFIXED = re.compile(rb":(?=c)")
# A cell that is not written plainly, and one that holds something.
_UNLIKE = re.compile(rb'<c(?! r="[A-Z]{1,3}[1-9][0-9]{0,6}"[^>]*>|ol[ s])')
_FILLED = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?:[^>]*[^>/])?>(?!</c>)')
_SHOWN = re.compile(rb't="s"[^>]*>\s*<v>\s*([0-9]+)')
_ANY_CELL = re.compile(rb"<c[\s/>]")
_UNSAVED = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"(?![^>]*\bt="str")[^>]*>\s*<f(?:[^>]*/>|[^>]*>[^<]*</f>)'
    rb"\s*(?:<v\s*/>\s*|<v></v>\s*)?</c>"
)
_ERROR = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"[^>]*\bt="e"[^>]*>\s*'
    rb"(?:<f(?:[^>]*/>|[^>]*>[^<]*</f>)\s*)?<v>([^<]*)</v>"
)


def _xlsx(data: bytes, strings: _Strings, name: str) -> SheetFacts:
    """One sheet's facts: by plain searches where the XML is plain, else by a parser."""
    area = _plain_area(data)
    if area is None:
        facts = _parsed(data, strings, name)
    else:
        facts = _searched(data, area)
        if area * strings.longest > MAX_TEXT:
            shown = Counter(_SHOWN.findall(data))
            _check_text(name, sum(strings.lengths[int(at)] * n for at, n in shown.items()))
    _check_area(name, facts.area)
    _check_merges(data[data.rfind(b"</sheetData") :].count(b"mergeCell "), name)
    return facts


def _searched(data: bytes, area: int) -> SheetFacts:
    """The facts of a sheet that is written plainly."""
    facts = SheetFacts(area)
    start, end = max(data.find(b"<sheetData"), 0), data.rfind(b"</sheetData")
    # One character's absence is proved many times faster than a pattern's.
    if data.find(b"f", start + 10, end) > 0 and b"<f" in data:
        facts.unsaved = [_cell(found) for found in _UNSAVED.findall(data)]
    if b"#" in data:
        facts.errors = {_cell(at): text.decode() for at, text in _ERROR.findall(data)}
    return facts


def _check_merges(count: int, name: str) -> None:
    if count > MAX_MERGES:
        raise _too_large(name, say("it has {count} merged cells", count=f"{count:,}"))


def _plain_area(data: bytes) -> int | None:
    """How many cells a sheet may span at most, or None where it is not written plainly.

    A rectangle is guessed from the first rows and the last one; then a single
    search shows that no cell lies outside of it. Only where one does, every
    filled cell is looked at.
    """
    end = max(data.rfind(b"</sheetData"), 0)
    if _PREFIXED.search(data) or _ANY_CELL.search(data, end):
        return None
    guess = _guess(data, end)
    if guess is not None and not guess[1].search(data, 0, end):
        return guess[0]
    return None if _UNLIKE.search(data, 0, end) else _filled(data).area


def _guess(data: bytes, end: int) -> tuple[int, re.Pattern[bytes]] | None:
    """An area, and the pattern of a cell outside of it; None where it would be too large."""
    last = max(data.rfind(b'<row r="', 0, end), 0)
    row = _ROW.match(data, last)
    columns = _REFERENCE.findall(data, 0, 65_536) + _REFERENCE.findall(data, last, end)
    if row is None or not columns:
        return None
    widest = max(columns, key=lambda letters: (len(letters), letters))
    width = _cell(widest + b"1")[1] + 1
    rows, height = _rows_up_to(row[1], MAX_CELLS // width)
    area = height * width
    if len(widest) > 2 or area > MAX_CELLS:
        return None
    return area, re.compile(rb'<c(?! r="%b%b"|ol[ s])' % (_columns_up_to(widest), rows))


def _columns_up_to(widest: bytes) -> bytes:
    """A pattern of column letters: A to R for R, A to BC for BC."""
    if len(widest) == 1:
        return b"[A-%c]" % widest[0]
    first, second = widest
    before = b"[A-%c][A-Z]|" % (first - 1) if first > 65 else b""
    return b"(?:[A-Z]|%b%c[A-%c])" % (before, first, second)


def _rows_up_to(row: bytes, room: int) -> tuple[bytes, int]:
    """A pattern of row numbers, and the largest it lets pass: 29999 for 20134, 99 for 7.

    Where that would be more than `room`, a slower pattern that goes to 20999.
    """
    first, second, rest = row[0], row[1:2], max(len(row) - 1, 1)
    height = int(row[:1]) * 10**rest + 10**rest - 1
    if height <= room or not second:
        return b"[1-%c]?[0-9]{1,%d}+" % (first, rest), height
    tens = b"|[1-%c][0-9]" % (first - 1) if first > 49 else b""
    head = b"(?:%c[0-%b]%b|[1-9])?" % (first, second, tens)
    pattern = b"(?:%b[0-9]{%d}|[0-9]{1,%d})" % (head, rest - 1, max(rest - 1, 1))
    return pattern, int(row[:2]) * 10 ** (rest - 1) + 10 ** (rest - 1) - 1


def _filled(data: bytes) -> Box:
    """The rectangle around every cell that is not empty, in a sheet that is written plainly."""
    box = Box()
    columns: set[bytes] = set()
    for found in _FILLED.finditer(data):
        columns.add(found[1])
        row = int(found[2]) - 1
        box.top, box.bottom = min(box.top, row), max(box.bottom, row)
    for letters in columns:
        column = _cell(letters + b"1")[1]
        box.left, box.right = min(box.left, column), max(box.right, column)
    return box


def _cell(reference: bytes | str) -> Cell:
    """B3 as (2, 1)."""
    text = reference.decode() if isinstance(reference, bytes) else reference
    letters = text.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(text[len(letters) :]) - 1, column - 1


@dataclass
class _XmlSheet:
    """The state of a parse through one sheet's XML."""

    strings: _Strings
    box: Box = field(default_factory=Box)
    facts: SheetFacts = field(default_factory=SheetFacts)
    row: int = -1
    cell: Cell = (0, -1)
    kind: str = ""
    size: int = 0
    formula: bool = False
    inside: str = ""
    text: list[str] = field(default_factory=list)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = _local(tag)
        if tag == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.cell = (self.row, -1)
        elif tag == "c":
            self._start_cell(attributes)
        elif tag == "f":
            self.formula = True
        if tag in ("v", "is"):
            self.inside = tag

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.cell = (max(self.row, 0), self.cell[1] + 1)
        if "r" in attributes:
            self.cell = _cell(attributes["r"])
        self.kind, self.formula, self.text = attributes.get("t", ""), False, []

    def words(self, text: str) -> None:
        if self.inside:
            self.text.append(text)

    def end(self, tag: str) -> None:
        tag = _local(tag)
        if tag in ("v", "is"):
            self.inside = ""
        elif tag == "c":
            self._end_cell()

    def _end_cell(self) -> None:
        value = "".join(self.text)
        if value or self.kind == "str":
            self.box.add(*self.cell, *self.cell)
        elif self.formula:
            self.facts.unsaved.append(self.cell)
        if self.kind == "e" and value:
            self.facts.errors[self.cell] = value
        if self.kind == "s" and value:
            self.size += self.strings.lengths[int(value)]


def _parsed(data: bytes, strings: _Strings, name: str) -> SheetFacts:
    """One sheet's facts, exactly. Slow, so only for XML that is not plain."""
    if len(data) > _UNUSUAL:
        raise _too_large(name, say("its XML is written in an unusual way"))
    sheet = _XmlSheet(strings)
    _parse(data, sheet.start, sheet.end, sheet.words)
    _check_text(name, sheet.size)
    sheet.facts.area = sheet.box.area
    _check_area(name, sheet.facts.area)
    return sheet.facts


def _parse(
    data: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    words: Callable[[str], None],
) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words
    parser.EntityDeclHandler = _no_entities
    parser.buffer_text = True
    parser.Parse(data, True)


def _no_entities(*_: object) -> None:
    raise ValueError("it declares entities")


# ods


@dataclass
class _Ods:
    """The state of a parse through content.xml."""

    name: str
    sheets: list[SheetFacts] = field(default_factory=list)
    box: Box = field(default_factory=Box)
    row: int = 0
    rows: int = 1
    column: int = 0
    columns: int = 1
    depth: int = 0
    value: str = ""
    error: bool = False
    held: bool = False
    length: int = 0
    size: int = 0
    text: list[str] = field(default_factory=list)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            self.sheets.append(SheetFacts(merges=[]))
            self.box, self.row = Box(), 0
        elif tag == "table:table-row":
            self.rows = _count(attributes, "table:number-rows-repeated")
            self.column = 0
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._start_cell(attributes)
        elif tag == "text:s":
            self.length += _count(attributes, "text:c")

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.columns = _count(attributes, "table:number-columns-repeated")
        formula = "table:formula" in attributes
        valued = "office:value-type" in attributes
        self.held = formula or valued
        self.error = attributes.get("calcext:value-type") == "error"
        self.text, self.length = [], len(attributes.get("office:string-value", ""))
        if formula and not valued:
            self.sheets[-1].unsaved.append((self.row, self.column))
        self._merge(attributes)

    def _merge(self, attributes: dict[str, str]) -> None:
        down = _count(attributes, "table:number-rows-spanned")
        across = _count(attributes, "table:number-columns-spanned")
        merges = self.sheets[-1].merges
        if merges is not None and (down > 1 or across > 1):
            merges.append((self.row, self.column, self.row + down - 1, self.column + across - 1))
            _check_merges(len(merges), self.name)

    def words(self, text: str) -> None:
        self.length += len(text)
        if self.error:
            self.text.append(text)

    def end(self, tag: str) -> None:
        if tag in ("table:table-cell", "table:covered-table-cell"):
            self._end_cell()
        elif tag == "table:table-row":
            self.row += self.rows
        elif tag == "table:table":
            self.sheets[-1].area = self.box.area
            _check_area(self.name, self.box.area)

    def _end_cell(self) -> None:
        last_row, last_column = self.row + self.rows - 1, self.column + self.columns - 1
        if self.held:
            self.box.add(0, 0, last_row, last_column)
            _check_area(self.name, self.box.area)
            self.size += self.length * self.rows * self.columns
            _check_text(self.name, self.size)
        if self.error:
            for row in range(self.row, last_row + 1):
                for column in range(self.column, last_column + 1):
                    self.sheets[-1].errors[row, column] = "".join(self.text).strip()
        self.error = False
        self.column = last_column + 1


def _count(attributes: dict[str, str], key: str) -> int:
    return max(1, int(attributes.get(key, "1")))


def _ods(archive: _Archive, name: str) -> list[SheetFacts]:
    if b"encryption-data" in archive.read("META-INF/manifest.xml", _PART):
        raise protected(name)
    content = _Ods(name)
    _parse(archive.read("content.xml"), content.start, content.end, content.words)
    return content.sheets


# xlsb and xls: binary records


ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


def _binary_records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The type and body of every record of an xlsb part."""
    at, size = 0, len(data)
    while at < size:
        kind, at = _variable(data, at, 2)
        length, at = _variable(data, at, 4)
        if at + length > size:
            raise ValueError("a record is cut off")
        yield kind, data[at : at + length]
        at += length


def _variable(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of at most `most` groups of seven bits, and where it ends."""
    value = 0
    for place in range(most):
        byte = data[at + place]
        value |= (byte & 0x7F) << 7 * place
        if not byte & 0x80:
            return value, at + place + 1
    return value, at + most


_XLSB_ROW, _XLSB_BLANK, _XLSB_MERGE = 0x0000, 0x0001, 0x00B0
_XLSB_CELLS = range(0x0001, 0x000C)


def _xlsb(data: bytes, strings: _Strings, name: str) -> SheetFacts:
    box, facts, row, size = Box(), SheetFacts(merges=[]), 0, 0
    for kind, body in _binary_records(data):
        if kind == _XLSB_ROW:
            row = struct.unpack_from("<I", body)[0]
        elif kind in _XLSB_CELLS and kind != _XLSB_BLANK:
            column = struct.unpack_from("<I", body)[0]
            box.add(row, column, row, column)
            if kind in (0x0003, 0x000B):
                facts.errors[row, column] = ERRORS.get(body[8], "#ERROR")
            elif kind == 0x0007:
                size += strings.lengths[struct.unpack_from("<I", body, 8)[0]]
        elif kind == _XLSB_MERGE and facts.merges is not None:
            top, bottom, left, right = struct.unpack_from("<4I", body)
            facts.merges.append((top, left, bottom, right))
    facts.area = box.area
    _check_area(name, facts.area)
    _check_merges(len(facts.merges or ()), name)
    _check_text(name, size)
    return facts


def _binary_sheets(archive: _Archive, workbook: str) -> list[str]:
    """The relationship ids of an xlsb workbook's sheets, in order."""
    ids = []
    for kind, body in _binary_records(archive.read(workbook, _PART)):
        if kind == 0x009C:
            length = struct.unpack_from("<I", body, 8)[0]
            if length != 0xFFFFFFFF:
                ids.append(body[12 : 12 + 2 * length].decode("utf-16-le"))
    return ids


def _xls(data: bytes, name: str) -> list[SheetFacts]:
    """The facts of an Excel 5 to 2003 workbook, or why a compound file is none."""
    if len(data) > MAX_FILE:
        raise _too_large(name, say("it has {size} bytes", size=f"{len(data):,}"))
    stream = _workbook_stream(data, name)
    facts = []
    for kind, body in _records(stream, 0):
        if kind == 0x002F:
            raise protected(name)
        if kind == 0x00FC and struct.unpack_from("<I", body, 4)[0] > len(stream):
            raise ValueError("its table of texts declares more texts than it has bytes")
        if kind == 0x0085:
            facts.append(_xls_sheet(stream, struct.unpack_from("<I", body)[0], name))
    return facts


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
    _check_ends(compound.fat, compound.first_dir_sector)
    _check_ends(compound.fat, compound.first_mini_fat_sector)
    for entry in filter(None, compound.direntries):
        mini = entry.entry_type == 2 and entry.size < compound.minisectorcutoff
        _check_ends((compound.minifat or []) if mini else compound.fat, entry.isectStart)


def _check_ends(following: Sequence[int], sector: int) -> None:
    for _ in range(len(following) + 1):
        if sector >= len(following):
            return
        sector = following[sector]
    raise ValueError("a chain of sectors is a ring")


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The type and body of every record of a workbook stream up to the end of its section."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == 0x000A:
            return
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


_XLS_CELLS = frozenset((0x0006, 0x00BD, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E))


def _xls_sheet(stream: bytes, at: int, name: str) -> SheetFacts:
    box, facts = Box(), SheetFacts()
    for kind, body in _records(stream, at):
        if kind in _XLS_CELLS:
            row, column = struct.unpack_from("<HH", body)
            last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind == 0x00BD else column
            box.add(row, column, row, last)
            if (error := _xls_error(kind, body)) is not None:
                facts.errors[row, column] = error
        elif kind == 0x0200:
            _check_dimensions(body)
    facts.area = box.area
    _check_area(name, facts.area)
    return facts


def _xls_error(kind: int, body: bytes) -> str | None:
    """The error a cell shows, from a BoolErr record or a formula's saved result."""
    if kind == 0x0205 and body[7] == 1:
        return ERRORS.get(body[6], "#ERROR")
    if kind == 0x0006 and body[12:14] == b"\xff\xff" and body[6] == 2:
        return ERRORS.get(body[8], "#ERROR")
    return None


def _check_dimensions(body: bytes) -> None:
    """The library sets room aside for the declared rectangle: no more than the format can have."""
    form = "<IIHH" if len(body) == 14 else "<HHHH"
    top, bottom, left, right = struct.unpack_from(form, body)
    turned = bottom and right and (bottom < top or right < left)
    if turned or (bottom - top) * (right - left) > 1 << 24:
        raise ValueError("a sheet declares more cells than the format can have")
