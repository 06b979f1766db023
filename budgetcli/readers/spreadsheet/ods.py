"""The sheets of an OpenDocument spreadsheet: repeats measured, errors and merged cells found."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product

from budgetcli.errors import SourceError
from budgetcli.i18n import say
from budgetcli.readers.spreadsheet.facts import Box, SheetFacts, check_size, protected
from budgetcli.readers.spreadsheet.package import MAX_MEMBER, Package
from budgetcli.readers.spreadsheet.xml import parse

_CELLS = ("table:table-cell", "table:covered-table-cell")


def ods_sheets(package: Package, name: str) -> list[SheetFacts]:
    """The facts of every sheet. Raises SourceError where it is none, protected or too large."""
    if "mimetype" in package.names and b".spreadsheet" not in package.read("mimetype"):
        raise SourceError(
            say("it is an OpenDocument file, but no spreadsheet"),
            where=name,
            next=say("open it, and save the table in it as ODS, or all of it as HTML or PDF"),
        )
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise protected(name)
    content = _Content(name)
    parse(package.read("content.xml", MAX_MEMBER), content)
    return content.sheets


@dataclass
class _Cell:
    """A cell of content.xml, which stands for a block of `rows` by `columns`."""

    rows: int = 1
    columns: int = 1
    held: bool = False
    error: bool = False
    length: int = 0
    texts: list[str] = field(default_factory=list)


@dataclass
class _Content:
    """A walk through content.xml: where it is, and what it has found."""

    name: str
    sheets: list[SheetFacts] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    box: Box = field(default_factory=Box)
    row: int = 0
    rows: int = 1
    column: int = 0
    cell: _Cell = field(default_factory=_Cell)
    size: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A table, a row or a cell begins; or spaces are given as a number."""
        if tag == "table:table":
            self.merges, self.box, self.row = [], Box(), 0
            self.sheets.append(SheetFacts(merges=self.merges))
        elif tag == "table:table-row":
            self.rows, self.column = _count(attributes, "table:number-rows-repeated"), 0
        elif tag in _CELLS:
            self._start_cell(attributes)
        elif tag == "text:s":
            self.cell.length += _count(attributes, "text:c")

    def _start_cell(self, attributes: dict[str, str]) -> None:
        formula, valued = "table:formula" in attributes, "office:value-type" in attributes
        error = attributes.get("calcext:value-type") == "error"
        self.cell = _Cell(
            self.rows,
            _count(attributes, "table:number-columns-repeated"),
            formula or valued or error,
            error,
            len(attributes.get("office:string-value", "")),
        )
        if formula and not valued:
            self.sheets[-1].unsaved.append((self.row, self.column))
        self._merge(attributes)

    def _merge(self, attributes: dict[str, str]) -> None:
        down = _count(attributes, "table:number-rows-spanned")
        across = _count(attributes, "table:number-columns-spanned")
        if down > 1 or across > 1:
            last_row, last_column = self.row + down - 1, self.column + across - 1
            self.merges.append((self.row, self.column, last_row, last_column))
            check_size(self.name, merges=len(self.merges))

    def words(self, text: str) -> None:
        """A piece of a cell's text; kept only where it names an error."""
        self.cell.length += len(text)
        if self.cell.error:
            self.cell.texts.append(text)

    def end(self, tag: str) -> None:
        """A cell or a row ends."""
        if tag in _CELLS:
            if self.cell.held:
                self._measure(self.cell)
            self.column += self.cell.columns
            self.cell = _Cell()
        elif tag == "table:table-row":
            self.row += self.rows

    def _measure(self, cell: _Cell) -> None:
        rows = range(self.row, self.row + cell.rows)
        columns = range(self.column, self.column + cell.columns)
        self.box.add(0, 0, rows[-1], columns[-1])
        self.size += cell.length * cell.rows * cell.columns
        check_size(self.name, area=self.box.area, text=self.size)
        if cell.error:
            text = "".join(cell.texts).strip()
            self.sheets[-1].errors |= dict.fromkeys(product(rows, columns), text)


def _count(attributes: dict[str, str], key: str) -> int:
    return max(1, int(attributes.get(key, "1")))
