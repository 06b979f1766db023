"""The tables in OWPML sections, the XML that both Hangul formats come down to: one pass, no tree.

Owns the walk, the grid and the lines of text around a table. Packages and
compound files are the business of `hwpx` and `hwp`, meaning is `recognise`'s.
Nothing here recurses, and what is kept is counted, so a hostile section costs
no more than a large honest one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, Union
from xml.etree.ElementTree import ParseError, XMLParser

from budgetcli.errors import TOO_LARGE, SourceError
from budgetcli.i18n import say, say_count
from budgetcli.model import Evidence, RawTable, Span

MAX_PARTS = 600_000
TABLE_PARTS = 20  # a table weighs as much as so many paragraphs
MAX_SLOTS = 1_000_000
MAX_ROWS = 65_535  # the formats count rows in 16 bits
MAX_COLUMNS = 4_096
MAX_UNBROKEN = 1 << 20
CHUNK = 1 << 20
LINES_BEFORE = 8
LINES_AFTER = 4
_LOOKED_AT = 64  # items of a flow searched for those lines, however many of them are blank
_LEVELS = 4  # tables around a table searched for its title

# Text that stands elsewhere on the page, or nowhere; `default` is what a reader shows that does
# not know the `case` beside it.
_ASIDE = ("footNote", "endNote", "hiddenComment", "header", "footer", "fieldBegin", "default")
_INLINE = {"lineBreak": "\n", "tab": " ", "fwSpace": " ", "nbSpace": " ", "hyphen": "-"}

Attributes = dict[str, str]
Item = Union[list[str], "_Table"]


class BrokenXMLError(Exception):
    """A part that is no XML; whoever opened the package knows what that means."""


class _Rest(list[str]):
    """What a paragraph says after a table standing in it: no line of its own while empty."""


@dataclass(slots=True, eq=False)
class _Flow:
    """Paragraphs one under the other, and the tables among them; `found` enters those tables."""

    found: list[_Table]
    items: list[Item]


@dataclass(slots=True, eq=False)
class _Cell(_Flow):
    """A cell as written; `place` is None where the file gives no usable address."""

    owner: _Table
    line: int
    header: bool
    place: tuple[int, int] | None = None
    rows: int = 1
    columns: int = 1
    text: str = ""


@dataclass(slots=True, eq=False)
class _Table:
    """A table as written: the flow it stands in, its cells, the number of its row elements."""

    flow: _Flow
    index: int
    height: int = 0
    cells: list[_Cell] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)


class Sections:
    """Collects the tables of one document: feed its sections in order, then ask for `tables`."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._found: list[_Table] = []
        self._parts = 0
        self._slots = 0
        self._inside = False  # of a text element
        self._deleted = False  # between the marks of a tracked deletion
        self._hearing = False  # inside and not deleted
        self._left_out = False
        self._side: list[str] = []
        self._tables: list[_Table] = []
        self._pieces: list[str] = []
        self._open = [self._pieces]
        self._flow = _Flow(self._found, [self._pieces])
        self._flows = [self._flow]
        self._starts = _Handlers(self._on_start())
        self._ends = _Handlers(self._on_end())

    def feed(self, data: bytes) -> None:
        """Read one section's XML. Raises BrokenXMLError; SourceError where it is hostile."""
        parse(data, self, self._name)

    def tables(self, evidence: tuple[Evidence, ...] = ()) -> list[RawTable]:
        """Every table in reading order, an inner one after the one around it. Raises SourceError.

        `evidence` is added to each table's own.
        """
        found = [table for table in self._found if table.cells]
        if self._left_out:
            evidence += (Evidence("text", say("text marked as deleted was left out")),)
        return [
            self._raw(table, number, len(found) == 1, evidence)
            for number, table in enumerate(found, 1)
        ]

    def _raw(
        self, table: _Table, number: int, alone: bool, evidence: tuple[Evidence, ...]
    ) -> RawTable:
        placed, told = self._placed(table)
        rows, spans = _grid(placed, max(table.height, 1))
        return RawTable(
            rows=rows,
            source=self._name,
            number=number,
            spans=spans,
            before=(*_before(table), *table.above),
            after=(*table.below, *_after(table)),
            evidence=evidence + told + _header_rows(placed),
            alone=alone,
        )

    # where cells stand

    def _placed(self, table: _Table) -> tuple[_Placed, tuple[Evidence, ...]]:
        """Each cell with its row and column; by address where the addresses make sense."""
        for cell in table.cells:
            row, column = cell.place or (0, 0)
            self._check(
                max(row, cell.rows) <= MAX_ROWS and max(column, cell.columns) <= MAX_COLUMNS
            )
        self._check(table.height <= MAX_ROWS)
        placed = self._by_address(table)
        if placed is not None:
            return placed, ()
        message = say("the cells' addresses contradict each other: taken in the order written")
        return self._by_order(table), (Evidence("cells", message, aloud=True),)

    def _by_address(self, table: _Table) -> _Placed | None:
        placed = [(cell, *cell.place) for cell in table.cells if cell.place is not None]
        height = max(table.height, 1)
        if len(placed) < len(table.cells) or any(row >= height for _, row, _ in placed):
            return None
        width = max(column + cell.columns for cell, _, column in placed)
        self._spend(height * width)
        taken: set[tuple[int, int]] = set()
        for cell, row, column in placed:
            area = _area(cell, row, column, height)
            if not taken.isdisjoint(area):
                return None
            taken.update(area)
        return placed

    def _by_order(self, table: _Table) -> _Placed:
        """Row by row, each cell in the next free columns: how a table without addresses reads."""
        height = max(table.height, 1)
        taken: set[tuple[int, int]] = set()
        placed = []
        line, column = -1, 0
        for cell in table.cells:
            column = column if cell.line == line else 0
            line = cell.line
            self._spend(min(cell.rows, height - line) * cell.columns)
            column = _free(taken, line, column, cell.columns)
            placed.append((cell, line, column))
            taken.update(_area(cell, line, column, height))
            column += cell.columns
        width = max(column + cell.columns for cell, _, column in placed)
        self._spend(height * width)
        return placed

    def _spend(self, slots: int) -> None:
        self._slots += slots
        self._check(self._slots <= MAX_SLOTS)

    def _check(self, sound: bool) -> None:
        if not sound:
            raise SourceError(
                say("a table claims more rows or columns than a document can hold"),
                where=self._name,
                next=say("open it in Hangul, save it again and try the new file"),
            )

    # what the parser calls

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        handler = self._starts[tag]
        if handler is not None:
            handler(attributes)

    def end(self, tag: str) -> None:
        """An element ends."""
        handler = self._ends[tag]
        if handler is not None:
            handler()

    def data(self, text: str) -> None:
        """Characters; only those of a text element are the document's."""
        if self._hearing:
            self._pieces.append(text)

    def doctype(self, *_: object) -> None:
        """No section declares a document type: entities let a small file grow without end."""
        raise SourceError(
            say("it declares a document type, which no Hangul document does"),
            where=self._name,
            why=say("such declarations can make a small file grow without end"),
            next=say("save it again in Hangul (한글) and use that file"),
        )

    def _on_start(self) -> dict[str, Callable[[Attributes], None]]:
        return {
            "p": self._start_paragraph,
            "t": self._start_text,
            "mainText": self._start_text,
            "tbl": self._start_table,
            "tr": self._start_row,
            "tc": self._start_cell,
            "cellAddr": self._address,
            "cellSpan": self._span,
            "caption": self._start_caption,
            "deleteBegin": self._start_deleted,
            "compose": lambda attributes: self._add(attributes.get("composeText", "")),
            "autoNum": lambda attributes: self._add(attributes.get("num", "")),
            **dict.fromkeys(_ASIDE, self._start_aside),
        }

    def _on_end(self) -> dict[str, Callable[[], None]]:
        return {
            "p": self._end_paragraph,
            "t": self._end_text,
            "mainText": self._end_text,
            "tbl": self._end_table,
            "tc": self._end_cell,
            "caption": self._end_caption,
            "deleteEnd": self._end_deleted,
            **dict.fromkeys(_ASIDE, self._end_aside),
            **{name: self._inline(text) for name, text in _INLINE.items()},
        }

    def _inline(self, text: str) -> Callable[[], None]:
        return lambda: self._add(text)

    # text

    def _add(self, text: str) -> None:
        if not self._deleted:
            self._pieces.append(text)

    def _start_text(self, _: Attributes) -> None:
        self._inside = True
        self._hearing = not self._deleted

    def _end_text(self) -> None:
        self._inside = self._hearing = False

    def _start_deleted(self, _: Attributes) -> None:
        self._deleted, self._left_out = True, True
        self._hearing = False

    def _end_deleted(self) -> None:
        self._deleted = False
        self._hearing = self._inside

    def _start_paragraph(self, _: Attributes) -> None:
        self._parts += 1  # not a call of _count: there are as many paragraphs as cells, or more
        if self._parts > MAX_PARTS:
            raise too_large(self._name)
        self._pieces = []
        self._deleted = self._inside = self._hearing = False
        self._open.append(self._pieces)
        self._flow.items.append(self._pieces)

    def _end_paragraph(self) -> None:
        self._open.pop()
        self._pieces = self._open[-1]
        self._deleted = self._inside = self._hearing = False

    def _count(self, parts: int = 1) -> None:
        self._parts += parts
        if self._parts > MAX_PARTS:
            raise too_large(self._name)

    # flows

    def _enter(self, flow: _Flow) -> None:
        self._count()
        self._pieces = []
        flow.items.append(self._pieces)
        self._open.append(self._pieces)
        self._flow = flow
        self._flows.append(flow)

    def _leave(self) -> _Flow:
        left = self._flows.pop()
        self._flow = self._flows[-1]
        self._open.pop()
        self._pieces = self._open[-1]
        return left

    def _start_aside(self, _: Attributes) -> None:
        self._enter(_Flow([], []))

    def _end_aside(self) -> None:
        self._leave()

    def _start_caption(self, attributes: Attributes) -> None:
        self._side.append(attributes.get("side", ""))
        self._enter(_Flow(self._flow.found, []))

    def _end_caption(self) -> None:
        """A table's caption is told with it; a picture's is a line among the others."""
        lines = _lines(_text(self._leave()))
        side = self._side.pop()
        table = self._table()
        if table is None:
            self._flow.items.extend([line] for line in lines)
        else:
            (table.below if side == "BOTTOM" else table.above).extend(lines)

    # tables

    def _table(self) -> _Table | None:
        """The table whose rows or caption may come now: the innermost, outside its cells."""
        if self._tables and self._tables[-1].flow is self._flow:
            return self._tables[-1]
        return None

    def _start_table(self, _: Attributes) -> None:
        self._count(TABLE_PARTS)
        table = _Table(self._flow, len(self._flow.items))
        self._flow.items.append(table)
        self._flow.found.append(table)
        self._tables.append(table)

    def _end_table(self) -> None:
        self._tables.pop()
        self._pieces = self._open[-1] = _Rest()
        self._flow.items.append(self._pieces)

    def _start_row(self, _: Attributes) -> None:
        table = self._table()
        if table is not None:
            table.height += 1

    def _start_cell(self, attributes: Attributes) -> None:
        table = self._table()
        if table is None:
            return self._start_aside(attributes)
        header = attributes.get("header") == "1"
        cell = _Cell(self._flow.found, [], table, max(table.height - 1, 0), header)
        table.cells.append(cell)
        return self._enter(cell)

    def _end_cell(self) -> None:
        cell = self._leave()
        if isinstance(cell, _Cell):
            cell.text = _text(cell)

    def _address(self, attributes: Attributes) -> None:
        row, column = _number(attributes.get("rowAddr")), _number(attributes.get("colAddr"))
        if isinstance(self._flow, _Cell) and row is not None and column is not None:
            self._flow.place = row, column

    def _span(self, attributes: Attributes) -> None:
        if isinstance(self._flow, _Cell):
            self._flow.rows = _number(attributes.get("rowSpan")) or 1
            self._flow.columns = _number(attributes.get("colSpan")) or 1


_Placed = list[tuple[_Cell, int, int]]
_Handler = TypeVar("_Handler")


class _Handlers(dict[str, _Handler | None]):
    """What to do at an element, whatever year's name space it is in; each name is cut once."""

    def __init__(self, known: dict[str, _Handler]) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, tag: str) -> _Handler | None:
        handler = self._known.get(tag.rpartition("}")[2])
        self[tag] = handler
        return handler


def parse(data: bytes, target: object, name: str) -> None:
    """Push XML through a parser's `target`.

    Raises BrokenXMLError, or SourceError for a tag or a text without end.
    """
    parser = XMLParser(target=target)
    unbroken = 0
    try:
        for start in range(0, len(data), CHUNK):
            chunk = data[start : start + CHUNK]
            unbroken = 0 if b"<" in chunk else unbroken + len(chunk)
            if unbroken > MAX_UNBROKEN:
                raise too_large(name)
            parser.feed(chunk)
        parser.close()
    except (ParseError, ValueError, LookupError) as problem:
        raise BrokenXMLError(str(problem)) from problem


def too_large(name: str) -> SourceError:
    """The error for a document beyond every limit of good faith."""
    return SourceError(
        say("the document is too large to be read safely"),
        where=name,
        why=TOO_LARGE,
        next=say("save the pages that matter as a document of their own"),
    )


def _number(text: str | None) -> int | None:
    """A count as written; None for what is none."""
    try:
        number = int(text or "")
    except ValueError:
        return None
    return number if number >= 0 else None


def _area(cell: _Cell, row: int, column: int, height: int) -> list[tuple[int, int]]:
    if cell.rows == cell.columns == 1:
        return [(row, column)]
    rows = range(row, min(row + cell.rows, height))
    return [(r, c) for r in rows for c in range(column, column + cell.columns)]


def _free(taken: set[tuple[int, int]], row: int, column: int, columns: int) -> int:
    """The first column from `column` on where a cell of so many columns fits."""
    while hit := [c for c in range(column, column + columns) if (row, c) in taken]:
        column = hit[-1] + 1
    return column


def _grid(placed: _Placed, height: int) -> tuple[tuple[tuple[str, ...], ...], tuple[Span, ...]]:
    width = max(column + cell.columns for cell, _, column in placed)
    grid = [[""] * width for _ in range(height)]
    spans = []
    for cell, row, column in placed:
        grid[row][column] = cell.text
        rows = min(cell.rows, height - row)
        if rows > 1 or cell.columns > 1:
            spans.append(Span(row, column, rows, cell.columns))
    return tuple(map(tuple, grid)), tuple(spans)


def _header_rows(placed: _Placed) -> tuple[Evidence, ...]:
    count = len({row for cell, row, _ in placed if cell.header})
    if not count:
        return ()
    message = say_count(
        "the document marks {count} header row", "the document marks {count} header rows", count
    )
    return (Evidence("header", message),)


def _text(flow: _Flow) -> str:
    """The paragraphs of a flow, one a line, without blank ones at its ends and without tables."""
    if len(flow.items) == 2 and flow.items[1].__class__ is list:  # nearly every cell
        return "".join(flow.items[1]).strip("\n")
    lines = [
        "".join(item)
        for item in flow.items
        if not isinstance(item, _Table) and (item or not isinstance(item, _Rest))
    ]
    return "\n".join(lines).strip("\n")


def _lines(text: str) -> list[str]:
    return [line for line in map(str.strip, text.splitlines()) if line]


def _before(table: _Table) -> list[str]:
    """The nearest lines above a table, of the cell it stands in and of what stands around that."""
    lines: list[str] = []
    for _ in range(_LEVELS):
        flow = table.flow
        above = flow.items[max(0, table.index - _LOOKED_AT) : table.index]
        for item in reversed(above):
            words = _words(item)
            if words is None:
                return lines[-LINES_BEFORE:]
            lines[:0] = words
        if not isinstance(flow, _Cell) or len(lines) >= LINES_BEFORE:
            break
        table = flow.owner
        lines[:0] = _cells_before(table, flow)
    return lines[-LINES_BEFORE:]


def _after(table: _Table) -> list[str]:
    """The nearest lines below a table, up to the next one."""
    lines: list[str] = []
    for item in table.flow.items[table.index + 1 : table.index + 1 + _LOOKED_AT]:
        if isinstance(item, _Table) or len(lines) >= LINES_AFTER:
            break
        lines += _lines("".join(item))
    return lines[:LINES_AFTER]


def _words(item: Item) -> list[str] | None:
    """An item as lines: a paragraph, or a table that only frames a title; None for any other."""
    if not isinstance(item, _Table):
        return _lines("".join(item))
    filled = [cell for cell in item.cells[:_LOOKED_AT] if cell.text]
    rows = len({cell.line for cell in filled})
    frames = rows <= 1 or rows == len(filled)  # one row of text, or one column
    if not frames or len(item.cells) > _LOOKED_AT:
        return None
    return [line for cell in filled for line in _lines(cell.text)]


def _cells_before(table: _Table, cell: _Cell) -> list[str]:
    """What the outer table's cells say before the one an inner table stands in."""
    position = next((i for i, other in enumerate(table.cells[:_LOOKED_AT]) if other is cell), 0)
    return [line for other in table.cells[:position] for line in _lines(other.text)]
