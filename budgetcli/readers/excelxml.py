"""Excel's XML of 2003 (a workbook in one XML file, mostly called .xls): one table a sheet.

Part of the html family, because it starts like a page and is read with the
same tokens; entities it declares itself are never expanded.
"""

from __future__ import annotations

import re

from budgetcli.errors import SourceError
from budgetcli.i18n import say
from budgetcli.model import Evidence, RawTable
from budgetcli.readers.binary import plain_float
from budgetcli.readers.markup import Tag, flat, tidy, tokens
from budgetcli.readers.source import ReadOptions
from budgetcli.readers.spangrid import Allowance, SpanGrid, squared

_WORKBOOK = re.compile(r"(?i)<(?:\w+:)?workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet")
_HEAD = 4096
_MIDNIGHT = re.compile(r"T00:00:00(?:\.0+)?Z?\Z")
_INTEGER = re.compile(r"-?\d+\Z")
MAX_SHEETS = 1_000


def is_workbook(text: str) -> bool:
    """Whether the markup is Excel's XML."""
    return _WORKBOOK.search(text[:_HEAD]) is not None


def tables(text: str, name: str, options: ReadOptions, encoding: Evidence) -> list[RawTable]:
    """A table a sheet, in the workbook's order. Raises SourceError where there is none."""
    book = _Book(name)
    for token in tokens(text):
        if isinstance(token, str):
            book.text(token)
        elif isinstance(token, Tag):
            book.tag(token)
    sheets = _wanted(book.sheets, name, options.sheet)
    return [
        RawTable(
            rows=squared(grid.rows, grid.width),
            source=name,
            number=number,
            sheet=sheet,
            spans=tuple(grid.spans(grid.width, 0)),
            evidence=(encoding,),
            alone=len(sheets) == 1,
        )
        for number, (sheet, grid) in enumerate(sheets, 1)
    ]


_Sheets = list[tuple[str, SpanGrid]]


def _wanted(sheets: _Sheets, name: str, wanted: str | None) -> _Sheets:
    chosen = [
        (sheet, grid)
        for number, (sheet, grid) in enumerate(sheets, 1)
        if grid.width and wanted in (None, sheet, str(number))
    ]
    if not chosen:
        raise SourceError(
            say("there is no such sheet, or nothing in it"),
            where=name,
            seen=(say("sheets: {names}", names=", ".join(sheet for sheet, _ in sheets)),),
            next=say("name one of the sheets: --sheet NAME"),
        )
    return chosen


class _Book:
    """The pass over a workbook: the sheets so far and the cell that is being read."""

    def __init__(self, name: str) -> None:
        self.sheets: _Sheets = []
        self._allowance = Allowance(name)
        self._cell: Tag | None = None
        self._kind = ""
        self._parts: list[str] | None = None
        self._empty_after = 0

    def text(self, text: str) -> None:
        """Text counts inside <Data> only."""
        if self._parts is not None:
            self._parts.append(flat(text) if text.strip(" \t\r\n") else text)

    def tag(self, tag: Tag) -> None:
        """The next tag, its namespace prefix aside."""
        kind = tag.name.rpartition(":")[2]
        if tag.closing:
            self._end(kind)
        elif kind == "worksheet" and len(self.sheets) < MAX_SHEETS:
            self._cell = self._parts = None
            title = _attribute(tag, "Name")
            self.sheets.append((title or str(len(self.sheets) + 1), SpanGrid(self._allowance)))
        elif self.sheets:
            self._begin(kind, tag)

    def _begin(self, kind: str, tag: Tag) -> None:
        if kind == "row":
            self._begin_row(tag)
        elif kind == "cell" and self._grid.rows:
            self._cell, self._kind = tag, ""
            if tag.empty:
                self._end("cell")
        elif kind == "data" and self._cell is not None:
            self._kind, self._parts = _attribute(tag, "Type"), []

    @property
    def _grid(self) -> SpanGrid:
        return self.sheets[-1][1]

    def _begin_row(self, tag: Tag) -> None:
        missing = _number(tag, "Index") - 1 - len(self._grid.rows)
        for _ in range(max(missing, 0)):
            self._grid.begin_row()
        self._grid.begin_row()
        self._empty_after = _number(tag, "Span")
        if tag.empty:
            self._end("row")

    def _end(self, kind: str) -> None:
        if kind == "cell" and self._cell is not None:
            self._place(self._cell)
        elif kind == "row" and self.sheets:
            for _ in range(self._empty_after):
                self._grid.begin_row()
            self._empty_after = 0

    def _place(self, tag: Tag) -> None:
        text = _value(tidy(self._parts or []), self._kind)
        self._cell = self._parts = None
        self._grid.skip_to(max(_number(tag, "Index") - 1, 0))
        rows, columns = _number(tag, "MergeDown") + 1, _number(tag, "MergeAcross") + 1
        self._grid.place(text, rows, columns)


def _value(text: str, kind: str) -> str:
    if kind == "Number" and not _INTEGER.match(text):
        try:
            return plain_float(float(text))
        except ValueError:
            return text
    if kind == "DateTime":
        return _MIDNIGHT.sub("", text)
    if kind == "Boolean":
        return {"1": "true", "0": "false"}.get(text, text)
    return text


def _attribute(tag: Tag, key: str) -> str:
    found = re.search(rf"""(?:^|[\s:"']){key}\s*=\s*(?:"([^"]*)"|'([^']*)')""", tag.attributes)
    return tidy([flat(found[1] or found[2] or "")]) if found else ""


def _number(tag: Tag, key: str) -> int:
    """A count in an attribute, 0 where there is none; no sheet has more than 2^20 of anything."""
    digits = _attribute(tag, key)
    return min(int(digits[:9]), 2**20) if digits.isascii() and digits.isdigit() else 0
