"""Web pages, also those called .xls: every table with its spans and the text around it.

Reads markup as browsers do: cells, rows and sections need not be closed, a
head stands first and a foot last wherever they are written. Excel's XML and
web archives look like pages and are handed to their own modules. Tables made
of anything but <table> are not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetcli.errors import TOO_LARGE, NoTableError, SourceError
from budgetcli.i18n import say
from budgetcli.model import Document, Evidence, Line, Place, RawTable, Span
from budgetcli.readers import excelxml, mhtml
from budgetcli.readers.markup import MAX_TEXT, Cut, Tag, bounded, flat, page_text, tidy, tokens
from budgetcli.readers.source import ReadOptions, Source
from budgetcli.readers.spangrid import Allowance, SpanGrid, squared

MAX_DEPTH = 100
MAX_TABLES = 5_000
BEFORE = 6
AFTER = 4
NEAR = 1_000
MAX_COLSPAN = 1_000
MAX_ROWSPAN = 65_534
_TITLE_CELLS = 2
_SECTIONS = frozenset({"thead", "tbody", "tfoot"})
_CELLS = frozenset({"td", "th"})
_BLOCKS = re.compile(
    "address|article|aside|blockquote|br|center|dd|div|dl|dt|fieldset|figcaption|figure|footer|"
    "form|h[1-6]|header|hr|legend|li|main|nav|ol|option|p|pre|section|title|ul"
)
_SPAN = re.compile(r"""(?i)(?:^|[\s"'/])(row|col)span\s*=\s*["']?\s*\+?(\d+)""")


def read(source: Source, options: ReadOptions) -> list[RawTable]:
    """Every table of a page that has any text in it. Raises SourceError where there is none."""
    document = read_document(source, options)
    if not document.tables:
        raise NoTableError(
            say("there is no table in this page"),
            where=source.name,
            why=say("without a table there are no figures to analyse"),
            next=say("a page that fills its table by a script must be saved from the browser"),
        )
    return list(document.tables)


def read_document(source: Source, options: ReadOptions) -> Document:
    """The tables, and the lines of text outside of them. Raises SourceError."""
    data = bounded(source)
    if mhtml.is_web_archive(data):
        data = mhtml.page(data, source.name)
    text, encoding = page_text(data, source.name, options.encoding)
    if excelxml.is_workbook(text):
        tables = excelxml.tables(text, source.name, options, encoding)
        return Document(source.name, (), tuple(tables))
    page = _Page(source.name)
    for token in tokens(text):
        page.take(token)
    page.finish()
    return Document(source.name, tuple(page.lines()), tuple(_tables(page, source.name, encoding)))


def _tables(page: _Page, name: str, encoding: Evidence) -> list[RawTable]:
    filled = [table for table in page.tables if table.has_text]
    evidence = (encoding, *page.evidence)
    return [
        table.raw(name, number, evidence, alone=len(filled) == 1)
        for number, table in enumerate(filled, 1)
    ]


class _Flow:
    """Running text, of the page or of one cell, and the tables that stand in it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.last: _Table | None = None
        self._start = 0
        self._length = 0

    def add(self, text: str, name: str) -> None:
        """The next piece of text. Raises SourceError where one cell holds a book."""
        self._length += len(text)
        if self._length > MAX_TEXT:
            raise SourceError(
                say("a cell holds more than {limit} characters", limit=MAX_TEXT),
                why=TOO_LARGE,
                where=name,
                next=say("save the table as CSV or XLSX and try again"),
            )
        self.parts.append(text)

    def recent(self) -> list[str]:
        """The lines since the last table, the nearest ones only."""
        since = self.parts[max(self._start, len(self.parts) - NEAR) :]
        return _lines(_within(reversed(since))[::-1])[-BEFORE:]

    def hand_over(self) -> None:
        """What stands here so far is the text after the last table."""
        if self.last is not None:
            since = self.parts[self._start : self._start + NEAR]
            self.last.after = tuple(_lines(_within(iter(since)))[:AFTER])

    def end_of(self, table: _Table) -> None:
        """Text from here on stands after `table`; one that is a mere title is text itself."""
        texts = table.texts()
        if len(texts) <= _TITLE_CELLS:
            self.parts += ["\n", *(f"{text}\n" for text in texts)]
            return
        self.last = table
        self._start = len(self.parts)


def _within(parts: Iterator[str]) -> list[str]:
    """The first parts that come to some length: looking on would cost a long page dearly."""
    taken: list[str] = []
    length = 0
    for part in parts:
        taken.append(part)
        length += len(part) or 1
        if length > NEAR:
            break
    return taken


def _lines(parts: list[str]) -> list[str]:
    return [line for line in tidy(parts).split("\n") if line]


class _Table:
    """One <table> while it is being read."""

    def __init__(self, before: list[str], allowance: Allowance) -> None:
        self.before = before
        self.after: tuple[str, ...] = ()
        self.flow: _Flow | None = None
        self._allowance = allowance
        self._sections: list[tuple[str, SpanGrid]] = []
        self._in_section = False
        self._in_row = False
        self._is_caption = False
        self._size = (1, 1)

    def begin_section(self, kind: str) -> None:
        self.end_section()
        self._sections.append((kind, SpanGrid(self._allowance)))
        self._in_section = True

    def end_section(self) -> None:
        self.end_row()
        self._in_section = False

    def begin_row(self) -> None:
        self.end_row()
        if not self._in_section:
            self.begin_section("tbody")
        self._sections[-1][1].begin_row()
        self._in_row = True

    def end_row(self) -> None:
        self.end_flow()
        self._in_row = False

    def begin_cell(self, size: tuple[int, int]) -> None:
        self.end_flow()
        if not self._in_row:
            self.begin_row()
        self.flow, self._size, self._is_caption = _Flow(), size, False

    def begin_caption(self) -> None:
        self.end_flow()
        self.flow, self._is_caption = _Flow(), True

    def end_flow(self) -> None:
        """The open cell or caption, if any, ends here."""
        flow, self.flow = self.flow, None
        if flow is None:
            return
        flow.hand_over()
        text = tidy(flow.parts)
        if self._is_caption:
            self.before += _lines([text])
        else:
            self._sections[-1][1].place(text, *self._size)

    def stray(self, text: str) -> None:
        """Text between cells is shown above the table."""
        if line := tidy([text]):
            self.before.append(line)

    def recent(self) -> list[str]:
        """The last few texts so far: what stands above a table in the next cell."""
        rows = self._sections[-1][1].rows[-3:] if self._sections else []
        texts = [text for row in rows for text in row[-2 * BEFORE :] if text]
        return [line for text in texts[-BEFORE:] for line in text.split("\n")]

    def texts(self) -> list[str]:
        """The texts of up to a few filled cells."""
        found: list[str] = []
        for _, grid in self._sections:
            for row in grid.rows:
                found += filter(None, row)
                if len(found) > _TITLE_CELLS:
                    return found
        return found

    @property
    def has_text(self) -> bool:
        """Whether any cell is filled."""
        return bool(self.texts())

    def raw(
        self, name: str, number: int, evidence: tuple[Evidence, ...], *, alone: bool
    ) -> RawTable:
        """The table as it is shown."""
        shown = _shown(self._sections)
        if shown != self._sections:
            moved = say("the table's head is shown first and its foot last, as browsers do")
            evidence = (*evidence, Evidence("table", moved))
        width = max(grid.width for _, grid in shown)
        rows: list[list[str]] = []
        spans: list[Span] = []
        for _, grid in shown:
            spans += grid.spans(width, len(rows))
            rows += grid.rows
        return RawTable(
            rows=squared(rows, width),
            source=name,
            number=number,
            spans=tuple(spans),
            before=tuple(self.before[-BEFORE:]),
            after=self.after,
            evidence=evidence,
            alone=alone,
        )


def _shown(sections: list[tuple[str, SpanGrid]]) -> list[tuple[str, SpanGrid]]:
    """The first head before everything, the first foot after it: the rest as written."""
    kinds = [kind for kind, _ in sections]
    head = kinds.index("thead") if "thead" in kinds else -1
    foot = kinds.index("tfoot") if "tfoot" in kinds else -1
    order = sorted(range(len(kinds)), key=lambda place: (place != head, place == foot, place))
    return [sections[place] for place in order]


class _Page:
    """The pass over a page: its text, the tables open now, and all tables by where they begin."""

    def __init__(self, name: str) -> None:
        self.tables: list[_Table] = []
        self.evidence: tuple[Evidence, ...] = ()
        self._name = name
        self._body = _Flow()
        self._open: list[_Table] = []
        self._allowance = Allowance(name)

    def take(self, token: Tag | str | Cut) -> None:
        """The next token."""
        if isinstance(token, str):
            self._text(token)
        elif isinstance(token, Cut):
            lost = say("the page ends inside a tag or a comment: it may be incomplete")
            self.evidence = (Evidence("table", lost, aloud=True),)
        elif token.closing:
            self._end(token.name)
        else:
            self._begin(token)

    def finish(self) -> None:
        """The page ends here, and with it everything that was left open."""
        while self._open:
            self._end_table()
        self._body.hand_over()

    def lines(self) -> Iterator[Line]:
        """The page's text outside of tables, a number a line."""
        for row, text in enumerate(_lines(self._body.parts), 1):
            yield Line(text, Place(self._name, row))

    @property
    def _flow(self) -> _Flow | None:
        return self._open[-1].flow if self._open else self._body

    def _text(self, text: str) -> None:
        flow = self._flow
        if flow is None:
            self._open[-1].stray(flat(text))
        elif flow is self._body:
            flow.parts.append(flat(text))
        else:
            flow.add(flat(text), self._name)

    def _begin(self, tag: Tag) -> None:
        if tag.name == "table":
            self._begin_table()
        elif _BLOCKS.fullmatch(tag.name):
            self._break()
        elif not self._open:
            return
        elif tag.name in _CELLS:
            self._open[-1].begin_cell(_size(tag.attributes))
        elif tag.name == "tr":
            self._open[-1].begin_row()
        elif tag.name in _SECTIONS:
            self._open[-1].begin_section(tag.name)
        elif tag.name == "caption":
            self._open[-1].begin_caption()

    def _end(self, name: str) -> None:
        if _BLOCKS.fullmatch(name):
            self._break()
        elif not self._open:
            return
        elif name == "table":
            self._end_table()
        elif name in _CELLS or name == "caption":
            self._open[-1].end_flow()
        elif name == "tr":
            self._open[-1].end_row()
        elif name in _SECTIONS:
            self._open[-1].end_section()

    def _break(self) -> None:
        if self._flow is not None:
            self._flow.parts.append("\n")

    def _begin_table(self) -> None:
        if self._open and self._open[-1].flow is None:
            self._end_table()
        self._refuse_too_many()
        flow = self._flow or self._body
        flow.hand_over()
        table = _Table(self._above(flow), self._allowance)
        self._open.append(table)
        self.tables.append(table)

    def _above(self, flow: _Flow) -> list[str]:
        lines = flow.recent()
        if self._open and flow.last is None:
            outer = self._open[-1]
            lines = [*outer.before, *outer.recent(), *lines]
        return lines[-BEFORE:]

    def _end_table(self) -> None:
        table = self._open.pop()
        table.end_section()
        (self._flow or self._body).end_of(table)

    def _refuse_too_many(self) -> None:
        if len(self._open) >= MAX_DEPTH or len(self.tables) >= MAX_TABLES:
            raise SourceError(
                say(
                    "it has more than {many} tables, or tables more than {deep} deep",
                    many=MAX_TABLES,
                    deep=MAX_DEPTH,
                ),
                why=TOO_LARGE,
                where=self._name,
                next=say("save the table you need as CSV or XLSX and try again"),
            )


def _size(attributes: str) -> tuple[int, int]:
    """Rows and columns of a cell, within the bounds browsers set; 0 rows is all there are."""
    rows = columns = 1
    for kind, digits in reversed(_SPAN.findall(attributes)):
        count = int(digits[:9])
        if kind.lower() == "row":
            rows = min(count or MAX_ROWSPAN, MAX_ROWSPAN)
        else:
            columns = min(count or 1, MAX_COLSPAN)
    return rows, columns
