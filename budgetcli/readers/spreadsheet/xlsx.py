"""One sheet of an xlsx workbook: the area of its cells, errors and formulas, by plain searches.

Sheets are large and nearly always written alike, so they are searched and not
parsed; what is written in another way is for `xlsx_events`.
"""

from __future__ import annotations

import re
from collections import Counter

from budgetcli.readers.spreadsheet.facts import (
    MAX_CELLS,
    MAX_TEXT,
    Box,
    SheetFacts,
    cell_of,
    check_size,
)
from budgetcli.readers.spreadsheet.strings import Strings
from budgetcli.readers.spreadsheet.xlsx_events import parsed_sheet

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
# How far the first rows are looked at for the widest of them.
_OPENING = 65_536


def xlsx_sheet(data: bytes, strings: Strings, name: str) -> SheetFacts:
    """One sheet's facts. Raises SourceError where it is too large, ValueError where damaged."""
    end = max(data.rfind(b"</sheetData"), 0)
    check_size(name, merges=data.count(b"mergeCell ", end))
    area = _plain_area(data, end)
    if area is None:
        return parsed_sheet(data, strings, name)
    check_size(name, area=area)
    if area * strings.longest > MAX_TEXT:
        shown = Counter(_SHOWN.findall(data))
        check_size(name, text=sum(strings.lengths[int(at)] * n for at, n in shown.items()))
    return _searched(data, end)


def _searched(data: bytes, end: int) -> SheetFacts:
    """The facts of a sheet that is written plainly."""
    facts = SheetFacts()
    start = max(data.find(b"<sheetData"), 0) + len(b"<sheetData")
    # One character's absence is proved many times faster than a pattern's.
    if data.find(b"f", start, end) > 0 and b"<f" in data:
        facts.unsaved = [cell_of(found.decode()) for found in _UNSAVED.findall(data)]
    if b"#" in data:
        facts.errors = {cell_of(at.decode()): text.decode() for at, text in _ERROR.findall(data)}
    return facts


def _plain_area(data: bytes, end: int) -> int | None:
    """How many cells a sheet may span at most, or None where it is not written plainly.

    A rectangle is guessed from the first rows and the last one; then a single
    search shows that no cell lies outside of it. Only where one does, every
    filled cell is looked at.
    """
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
    columns = _REFERENCE.findall(data, 0, _OPENING) + _REFERENCE.findall(data, last, end)
    if row is None or not columns:
        return None
    widest = max(columns, key=lambda letters: (len(letters), letters))
    width = _column(widest) + 1
    rows, height = rows_up_to(row[1], MAX_CELLS // width)
    if len(widest) > 2 or height * width > MAX_CELLS:
        return None
    outside = rb'<c(?! r="%b%b")(?!ol[ s])' % (columns_up_to(widest), rows)
    return height * width, re.compile(outside)


def columns_up_to(widest: bytes) -> bytes:
    """A pattern of column letters: A to R for R, A to BC for BC."""
    if len(widest) == 1:
        return b"[A-%c]" % widest[0]
    first, second = widest
    before = b"[A-%c][A-Z]|" % (first - 1) if first > ord("A") else b""
    return b"(?:[A-Z]|%b%c[A-%c])" % (before, first, second)


def rows_up_to(row: bytes, room: int) -> tuple[bytes, int]:
    """A pattern of row numbers, and the largest it lets pass: 99999 for 20134, 9 for 7.

    Where that would be more than `room`, slower patterns that go to 29999, or to 20999.
    """
    if (height := 10 ** len(row) - 1) <= room:
        return b"[0-9]{1,%d}+" % len(row), height
    first, second, rest = row[0], row[1:2], max(len(row) - 1, 1)
    height = int(row[:1]) * 10**rest + 10**rest - 1
    if height <= room or not second:
        return b"[1-%c]?[0-9]{1,%d}+" % (first, rest), height
    tens = b"|[1-%c][0-9]" % (first - 1) if first > ord("1") else b""
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
        column = _column(letters)
        box.left, box.right = min(box.left, column), max(box.right, column)
    return box


def _column(letters: bytes) -> int:
    return cell_of(letters.decode() + "1")[1]
