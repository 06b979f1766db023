"""xlsx, xlsm, xls, xlsb and ods: a workbook's sheets, by way of calamine, as tables of exact text.

`guard` says what is safe to open and what the library leaves out,
`cells` what a cell's text is, `tables` where a sheet
parts into tables. What the cells mean is `recognise`'s business.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import islice, product
from typing import TYPE_CHECKING

from budgetcli.errors import SourceError
from budgetcli.i18n import Sentence, say, say_count
from budgetcli.model import Evidence, RawTable, Span
from budgetcli.readers.source import ReadOptions, Source
from budgetcli.readers.spreadsheet.cells import Row, texts
from budgetcli.readers.spreadsheet.facts import (
    MAX_CELLS,
    Cell,
    SheetFacts,
    check_start,
    protected,
    reference_of,
)
from budgetcli.readers.spreadsheet.guard import damaged, look
from budgetcli.readers.spreadsheet.tables import Block, tables_of

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook, SheetMetadata

_SHOWN = 5
_UNKNOWN = "=?"


def read(source: Source, options: ReadOptions) -> list[RawTable]:
    """Every table of every sheet, or of the one asked for, in workbook order.

    A formula that was saved without its result reads `=?`, and that is said:
    what it would have shown is unknown. Raises SourceError for a damaged,
    protected, oversized or empty workbook, and for an unknown sheet.
    """
    checked = look(source)
    book = _open(checked.stream, source)
    tables: list[RawTable] = []
    for index in _wanted(book.sheets_metadata, options.sheet, source.name):
        known = checked.sheets[index] if index < len(checked.sheets) else SheetFacts()
        tables += _sheet_tables(book, index, known, source)
    if not tables:
        raise SourceError(
            say("there are no cells to read"),
            where=source.name,
            why=say("without cells there are no figures to analyse"),
            next=say("sheets there are: {names}", names=", ".join(book.sheet_names)),
        )
    alone = len(tables) == 1
    return [
        table._replace(number=number, alone=alone) for number, table in enumerate(tables, start=1)
    ]


# The library


def _open(stream: BytesIO, source: Source) -> CalamineWorkbook:
    import python_calamine

    try:
        return python_calamine.CalamineWorkbook.from_filelike(stream)
    except python_calamine.PasswordError as problem:
        raise protected(source.name) from problem
    except BaseException as problem:
        raise _told(problem, source) from problem


def _told(problem: BaseException, source: Source) -> BaseException:
    """The library's refusal as ours; its panics are no `Exception` and have no name to import."""
    if isinstance(problem, SourceError):
        return problem
    if isinstance(problem, Exception) or type(problem).__name__ == "PanicException":
        return damaged(source, problem)
    return problem


def _wanted(sheets: Sequence[SheetMetadata], asked: str | None, name: str) -> list[int]:
    """The indexes of the sheets to read: all, or the one asked for by name or number from 1."""
    if asked is None:
        return list(range(len(sheets)))
    names = [_plain(sheet.name) for sheet in sheets]
    if _plain(asked) in names:
        return [names.index(_plain(asked))]
    if asked.isdecimal() and 1 <= int(asked) <= len(sheets):
        return [int(asked) - 1]
    raise SourceError(
        say("there is no sheet {sheet}", sheet=asked),
        where=name,
        next=say("sheets there are: {names}", names=", ".join(sheet.name for sheet in sheets)),
    )


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip()


# One sheet


def _sheet_tables(
    book: CalamineWorkbook, index: int, facts: SheetFacts, source: Source
) -> list[RawTable]:
    """The tables of one sheet, numbered later."""
    about = book.sheets_metadata[index]
    try:
        sheet = book.get_sheet_by_index(index)
        top, left = sheet.start or (0, 0)
        check_start(source.name, top)
        rows, spans = _rows(sheet, facts), _spans(sheet, facts)
        hidden = _uncover(rows, spans, top, left)
    except BaseException as problem:
        raise _told(problem, source) from problem
    if not any(map(any, rows)):  # no cells, or none with a text in it
        return []
    lines = tuple(range(top + 1, top + 1 + len(rows)))
    blocks = list(tables_of(Block(tuple(rows), lines, left)))
    evidence = _evidence(about, hidden, facts.unsaved, len(blocks))
    anchors = _by_line(spans)
    return [_table(block, anchors, about.name, source.name, evidence) for block in blocks]


def _table(
    block: Block,
    anchors: dict[int, list[Span]],
    sheet: str,
    name: str,
    evidence: tuple[Evidence, ...],
) -> RawTable:
    return RawTable(
        rows=block.rows,
        source=name,
        sheet=sheet,
        lines=block.lines,
        spans=tuple(_inside(block, anchors)) if anchors else (),
        before=block.before,
        evidence=evidence,
    )


def _rows(sheet: CalamineSheet, facts: SheetFacts) -> list[Row]:
    """The texts from the sheet's first cell to its last that hold something, errors included."""
    if sheet.start is None:
        return []
    top, left = sheet.start
    rows = texts(islice(sheet.iter_rows(), top, None))
    shown = {**facts.errors, **dict.fromkeys(facts.unsaved, _UNKNOWN)}
    _change(rows, {(row - top, column - left): text for (row, column), text in shown.items()})
    return rows


def _change(rows: list[Row], changes: dict[Cell, str]) -> None:
    """Put other texts into some cells, opening each row once; none past the last value."""
    opened: dict[int, list[str]] = {}
    for (row, column), text in changes.items():
        if row < 0 or column < 0:
            raise ValueError("a cell stands outside of its sheet")
        if row >= len(rows) or column >= len(rows[row]):
            continue
        if row not in opened:
            opened[row] = list(rows[row])
        opened[row][column] = text
    for row, cells in opened.items():
        rows[row] = tuple(cells)


# Merged cells


def _spans(sheet: CalamineSheet, facts: SheetFacts) -> list[Span]:
    """The merged cells, in the sheet's own coordinates, from 0."""
    merges = facts.merges
    if merges is None:
        merges = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    return [Span(a, b, c - a + 1, d - b + 1) for a, b, c, d in merges]


def _uncover(rows: list[Row], spans: list[Span], top: int, left: int) -> list[str]:
    """Empty the cells that merged cells cover; the texts that stood there, hidden."""
    width = max(map(len, rows), default=0)
    hidden: dict[Cell, str] = {}
    checked = 0
    for span in spans:
        down = _clipped(span.row - top, span.rows, len(rows))
        across = _clipped(span.column - left, span.columns, width)
        checked += len(down) * len(across)
        if checked > MAX_CELLS:
            raise ValueError("its merged cells lie upon each other")
        anchor = (span.row - top, span.column - left)
        hidden |= {
            (row, column): text
            for row, column in product(down, across)
            if (text := rows[row][column]) and (row, column) != anchor
        }
    _change(rows, dict.fromkeys(hidden, ""))
    return list(hidden.values())


def _clipped(start: int, length: int, end: int) -> range:
    return range(max(start, 0), min(start + length, end))


def _by_line(spans: list[Span]) -> dict[int, list[Span]]:
    """The spans by the number, from 1, of the row they begin in."""
    found: dict[int, list[Span]] = {}
    for span in spans:
        found.setdefault(span.row + 1, []).append(span)
    return found


def _inside(block: Block, anchors: dict[int, list[Span]]) -> Iterator[Span]:
    """The spans that begin in a block, in its coordinates, cut where it ends."""
    width, height = block.width, len(block.rows)
    for row, line in enumerate(block.lines):
        for span in anchors.get(line, ()):
            column = span.column - block.left
            if 0 <= column < width:
                down, across = min(span.rows, height - row), min(span.columns, width - column)
                yield Span(row, column, down, across)


# What is said of a sheet


def _evidence(
    about: SheetMetadata, hidden: list[str], unsaved: list[Cell], parts: int
) -> tuple[Evidence, ...]:
    """What a reader of its tables would want to know."""
    found: list[Evidence] = []
    if about.visible != type(about.visible).Visible:
        message = say("the sheet {sheet} is hidden, and was read", sheet=about.name)
        found.append(Evidence("sheet", message, aloud=True))
    if hidden:
        message = say(
            "texts that merged cells of the sheet {sheet} cover were left out: {texts}",
            sheet=about.name,
            texts=_some(hidden),
        )
        found.append(Evidence("table", message, aloud=True))
    if unsaved:
        found.append(Evidence("formulas", _unsaved(unsaved, about.name), aloud=True))
    if parts > 1:
        message = say(
            "the sheet {sheet} was parted into {count} tables at blank rows or columns",
            sheet=about.name,
            count=parts,
        )
        found.append(Evidence("table", message))
    return tuple(found)


def _some(texts: Sequence[str]) -> str:
    """The first few, and that there are more."""
    return ", ".join(texts[:_SHOWN]) + (", ..." if len(texts) > _SHOWN else "")


def _unsaved(cells: list[Cell], sheet: str) -> Sentence:
    """What the program that wrote the file never calculated, and how to have it calculated."""
    return say_count(
        "{count} formula of the sheet {sheet} was saved without its result and is unknown "
        "({cells}); open and save the file in a spreadsheet program to have it",
        "{count} formulas of the sheet {sheet} were saved without their results and are unknown "
        "({cells}); open and save the file in a spreadsheet program to have them",
        len(cells),
        sheet=sheet,
        cells=_some([reference_of(cell) for cell in cells]),
    )
