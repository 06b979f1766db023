"""The walk over OWPML sections, the XML that both Hangul formats come down to: one pass, no tree.

Packages and compound files are the business of `hwpx` and `hwp`, cells' places
that of `grid`, meaning is `recognise`'s. Nothing here recurses, and what is kept
is counted, so a hostile section costs no more than a large honest one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from budgetcli.errors import SourceError
from budgetcli.i18n import say
from budgetcli.model import Evidence, Line, Place, RawTable
from budgetcli.readers.hangul.around import after, before, words_of
from budgetcli.readers.hangul.flow import Cell, Flow, Rest, Table, lines_of, text_of
from budgetcli.readers.hangul.grid import Places, grid_of, header_rows
from budgetcli.readers.hangul.xml import parse, too_large

MAX_PARTS = 600_000
TABLE_PARTS = 20  # a table weighs as much as so many paragraphs

# Text that stands elsewhere on the page, or nowhere; `default` is what a reader shows that does
# not know the `case` beside it.
_ASIDE = ("footNote", "endNote", "hiddenComment", "header", "footer", "fieldBegin", "default")
_INLINE = {"lineBreak": "\n", "tab": " ", "fwSpace": " ", "nbSpace": " ", "hyphen": "-"}
Attributes = dict[str, str]


class Sections:
    """Collects the tables of one document: feed its sections in order, then ask for `tables`."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._found: list[Table] = []
        self._parts = 0
        self._places = Places(name)
        self._inside = False  # of a text element
        self._deleted = False  # between the marks of a tracked deletion
        self._hearing = False  # inside and not deleted
        self._left_out = False
        self._side: list[str] = []
        self._tables: list[Table] = []
        self._pieces: list[str] = []
        self._open = [self._pieces]
        self._flow = Flow(self._found, [self._pieces])
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

    def lines(self) -> list[Line]:
        """The lines of text outside of tables, those of a table that only frames text too."""
        texts = (line for item in self._flows[0].items for line in words_of(item) or ())
        return [Line(text, Place(self._name, row)) for row, text in enumerate(texts, 1)]

    def _raw(
        self, table: Table, number: int, alone: bool, evidence: tuple[Evidence, ...]
    ) -> RawTable:
        placed, told = self._places.placed(table)
        rows, spans = grid_of(placed, max(table.height, 1))
        return RawTable(
            rows=rows,
            source=self._name,
            number=number,
            spans=spans,
            before=(*before(table), *table.above),
            after=(*table.below, *after(table)),
            evidence=evidence + told + header_rows(placed),
            alone=alone,
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

    def _enter(self, flow: Flow) -> None:
        self._count()
        self._pieces = []
        flow.items.append(self._pieces)
        self._open.append(self._pieces)
        self._flow = flow
        self._flows.append(flow)

    def _leave(self) -> Flow:
        left = self._flows.pop()
        self._flow = self._flows[-1]
        self._open.pop()
        self._pieces = self._open[-1]
        return left

    def _start_aside(self, _: Attributes) -> None:
        self._enter(Flow([], []))

    def _end_aside(self) -> None:
        self._leave()

    def _start_caption(self, attributes: Attributes) -> None:
        self._side.append(attributes.get("side", ""))
        self._enter(Flow(self._flow.found, []))

    def _end_caption(self) -> None:
        """A table's caption is told with it; a picture's is a line among the others."""
        lines = lines_of(text_of(self._leave()))
        side = self._side.pop()
        table = self._table()
        if table is None:
            self._flow.items.extend([line] for line in lines)
        else:
            (table.below if side == "BOTTOM" else table.above).extend(lines)

    # tables

    def _table(self) -> Table | None:
        """The table whose rows or caption may come now: the innermost, outside its cells."""
        if self._tables and self._tables[-1].flow is self._flow:
            return self._tables[-1]
        return None

    def _start_table(self, _: Attributes) -> None:
        self._count(TABLE_PARTS)
        table = Table(self._flow, len(self._flow.items))
        self._flow.items.append(table)
        self._flow.found.append(table)
        self._tables.append(table)

    def _end_table(self) -> None:
        self._tables.pop()
        self._pieces = self._open[-1] = Rest()
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
        cell = Cell(self._flow.found, [], table, table.height - 1 if table.height else 0, header)
        table.cells.append(cell)
        return self._enter(cell)

    def _end_cell(self) -> None:
        cell = self._leave()
        if isinstance(cell, Cell):
            cell.text = text_of(cell)

    def _address(self, attributes: Attributes) -> None:
        try:
            row, column = int(attributes["rowAddr"]), int(attributes["colAddr"])
        except (KeyError, ValueError):
            return  # the cells are then taken in the order written, and that is said
        if isinstance(self._flow, Cell) and row >= 0 and column >= 0:
            self._flow.place = row, column

    def _span(self, attributes: Attributes) -> None:
        rows, columns = attributes.get("rowSpan"), attributes.get("colSpan")
        if isinstance(self._flow, Cell) and not rows == columns == "1":  # as in nearly every cell
            self._flow.rows, self._flow.columns = _span_of(rows), _span_of(columns)


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


def _span_of(text: str | None) -> int:
    """How many rows or columns a cell covers, as written; one where that is no such number."""
    try:
        return max(int(text or ""), 1)
    except ValueError:
        return 1
