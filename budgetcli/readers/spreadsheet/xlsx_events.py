"""One sheet of an xlsx workbook whose XML is not written plainly: its facts, by a parser.

Exact, and slow: only for what `xlsx` cannot search.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from budgetcli.i18n import say
from budgetcli.readers.spreadsheet.facts import (
    Box,
    Cell,
    SheetFacts,
    cell_of,
    check_size,
    too_large,
)
from budgetcli.readers.spreadsheet.strings import Strings
from budgetcli.readers.spreadsheet.xml import local, parse

MAX_BYTES = 32 << 20


def parsed_sheet(data: bytes, strings: Strings, name: str) -> SheetFacts:
    """One sheet's facts. Raises SourceError where it is too large."""
    if len(data) > MAX_BYTES:
        raise too_large(name, say("its XML is written in an unusual way"))
    sheet = _Sheet(strings)
    parse(data, sheet)
    check_size(name, area=sheet.box.area, text=sheet.size)
    return sheet.facts


@dataclass
class _Sheet:
    """A walk through one sheet's XML: where it is, and what it has found."""

    strings: Strings
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
        """A row, a cell, or something in a cell begins."""
        tag = local(tag)
        if tag == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.cell = (self.row, -1)
        elif tag == "c":
            self._start_cell(attributes)
        elif tag == "f":
            self.formula = True
        elif tag in ("v", "is"):
            self.inside = tag

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.cell = (max(self.row, 0), self.cell[1] + 1)
        if "r" in attributes:
            self.cell = cell_of(attributes["r"])
        self.kind, self.formula, self.text = attributes.get("t", ""), False, []

    def words(self, text: str) -> None:
        """A piece of a value."""
        if self.inside:
            self.text.append(text)

    def end(self, tag: str) -> None:
        """A value or a cell ends."""
        tag = local(tag)
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
