"""xlsx, xlsm, xls, xlsb and ods: every sheet's cells as exact text, parted into its tables.

What is safe to open and what the library leaves out is `spreadsheet_guard`'s
business; what the cells mean is `recognise`'s.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from budgetcli.errors import SourceError
from budgetcli.i18n import say, say_count
from budgetcli.model import Evidence, RawTable, Span
from budgetcli.readers import spreadsheet_guard as guard
from budgetcli.readers.source import ReadOptions, Source

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook, SheetMetadata

_SHOWN = 5
_EXACT = 2.0**53
_OFTEN = 9999.0
Row = tuple[str, ...]


def read(source: Source, options: ReadOptions) -> list[RawTable]:
    """Every table of every sheet, or of the one asked for, in workbook order.

    Raises SourceError for a damaged, protected, oversized or empty workbook,
    an unknown sheet, and formulas that were saved without their results.
    """
    data = source.everything()
    checked = guard.look(data, source.name)
    book = _open(checked.data, source.name)
    tables: list[RawTable] = []
    for index in _wanted(book.sheets_metadata, options.sheet, source.name):
        known = checked.sheets[index] if index < len(checked.sheets) else guard.SheetFacts()
        tables += _sheet_tables(book, index, known, source.name)
    if not tables:
        raise SourceError(
            say("there are no cells to read"),
            where=source.name,
            next=say("sheets there are: {names}", names=", ".join(book.sheet_names)),
        )
    alone = len(tables) == 1
    return [
        replace(table, number=number, alone=alone) for number, table in enumerate(tables, start=1)
    ]


def _open(data: bytes | BytesIO, name: str) -> CalamineWorkbook:
    import python_calamine

    try:
        return python_calamine.CalamineWorkbook.from_filelike(
            BytesIO(data) if isinstance(data, bytes) else data
        )
    except python_calamine.PasswordError as problem:
        raise guard.protected(name) from problem
    except BaseException as problem:
        raise _told(problem, name) from problem


def _told(problem: BaseException, name: str) -> BaseException:
    """The library's refusal as ours; its panics are no `Exception` and have no name to import."""
    if isinstance(problem, Exception) or type(problem).__name__ == "PanicException":
        return guard.damaged(name, problem)
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


@dataclass(frozen=True, slots=True)
class _Block:
    """A rectangle of a sheet: its rows, their numbers from 1, its first column from 0."""

    rows: tuple[Row, ...]
    lines: tuple[int, ...]
    left: int = 0
    before: tuple[str, ...] = ()


def _sheet_tables(
    book: CalamineWorkbook, index: int, facts: guard.SheetFacts, name: str
) -> list[RawTable]:
    """The tables of one sheet, numbered later."""
    about = book.sheets_metadata[index]
    if facts.unsaved:
        raise _unsaved(facts.unsaved, about.name, name)
    try:
        sheet = book.get_sheet_by_index(index)
        rows, spans = _grid(sheet, facts)
    except BaseException as problem:
        raise _told(problem, name) from problem
    if not rows:
        return []
    evidence = _about_sheet(about)
    top, left = sheet.start or (0, 0)
    if hidden := _covered(rows, spans, top, left):
        evidence += (_about_hidden_text(hidden, about.name),)
    lines = tuple(range(top + 1, top + 1 + len(rows)))
    blocks = list(_blocks(_Block(tuple(rows), lines, left)))
    if len(blocks) > 1:
        evidence += (_about_parts(len(blocks), about.name),)
    return [_table(block, spans, about.name, name, evidence) for block in blocks]


def _table(
    block: _Block, spans: list[Span], sheet: str, name: str, evidence: tuple[Evidence, ...]
) -> RawTable:
    rows = {line: row for row, line in enumerate(block.lines)} if spans else {}
    width = max(map(len, block.rows))
    inside = [
        _moved(span, rows, block.left, width)
        for span in spans
        if span.row + 1 in rows and block.left <= span.column < block.left + width
    ]
    return RawTable(
        rows=block.rows,
        source=name,
        sheet=sheet,
        lines=block.lines,
        spans=tuple(inside),
        before=block.before,
        evidence=evidence,
    )


def _moved(span: Span, rows: dict[int, int], left: int, width: int) -> Span:
    """A span of the sheet as one of a block, cut where the block ends."""
    row, column = rows[span.row + 1], span.column - left
    down = min(span.rows, len(rows) - row)
    return Span(row, column, down, min(span.columns, width - column))


def _grid(sheet: CalamineSheet, facts: guard.SheetFacts) -> tuple[list[Row], list[Span]]:
    """The cells from the sheet's first to its last that hold something, and its merged cells.

    Spans are in the sheet's own coordinates, from 0.
    """
    if sheet.start is None:
        return [], []
    top, left = sheet.start
    rows = _texts(islice(sheet.iter_rows(), top, None))
    for (row, column), text in facts.errors.items():
        cells = list(rows[row - top])
        cells[column - left] = text
        rows[row - top] = tuple(cells)
    merges = facts.merges
    if merges is None:
        merges = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    return rows, [Span(a, b, c - a + 1, d - b + 1) for a, b, c, d in merges]


def _covered(rows: list[Row], spans: list[Span], top: int, left: int) -> list[str]:
    """Empty the cells that merged cells cover; the texts that stood there, hidden."""
    hidden: list[str] = []
    width = max(map(len, rows))
    for span in spans:
        for row in range(max(span.row - top, 0), min(span.row - top + span.rows, len(rows))):
            first = span.column - left + (row == span.row - top)
            last = min(span.column - left + span.columns, width)
            cells = rows[row]
            if texts := [text for text in cells[max(first, 0) : last] if text]:
                hidden += texts
                blanks = [""] * (last - max(first, 0))
                rows[row] = (*cells[: max(first, 0)], *blanks, *cells[last:])
    return hidden


# What is said of a sheet


def _about_sheet(about: SheetMetadata) -> tuple[Evidence, ...]:
    if about.visible == type(about.visible).Visible:
        return ()
    message = say("the sheet {sheet} is hidden, and was read", sheet=about.name)
    return (Evidence("sheet", message, aloud=True),)


def _about_parts(count: int, sheet: str) -> Evidence:
    return Evidence(
        "table",
        say(
            "the sheet {sheet} was parted into {count} tables at blank rows or columns",
            sheet=sheet,
            count=count,
        ),
    )


def _about_hidden_text(hidden: list[str], sheet: str) -> Evidence:
    return Evidence(
        "table",
        say(
            "texts that merged cells of the sheet {sheet} cover were left out: {texts}",
            sheet=sheet,
            texts=_some(hidden),
        ),
        aloud=True,
    )


def _some(texts: Sequence[str]) -> str:
    """The first few, and that there are more."""
    return ", ".join(texts[:_SHOWN]) + (", ..." if len(texts) > _SHOWN else "")


def _unsaved(cells: list[tuple[int, int]], sheet: str, name: str) -> SourceError:
    """The refusal of a sheet whose formulas were never calculated."""
    return SourceError(
        say_count(
            "{count} formula of the sheet {sheet} was saved without its result: {cells}",
            "{count} formulas of the sheet {sheet} were saved without their results: {cells}",
            len(cells),
            sheet=sheet,
            cells=_some([_reference(row, column) for row, column in cells]),
        ),
        where=name,
        why=say("the program that wrote the file did not calculate; those amounts are unknown"),
        next=say("open the file in a spreadsheet program, save it there, and try again"),
    )


def _reference(row: int, column: int) -> str:
    """(2, 1) as B3."""
    letters = ""
    number = column + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


# Cells to text


class _Numbers(dict[float, str]):
    """The texts of numbers; small ones (rates, zeros, years) repeat and are made once."""

    def __missing__(self, number: float) -> str:
        text = _number(number)
        if abs(number) < _OFTEN:
            self[number] = text
        return text


def _texts(rows: Iterable[list[Any]]) -> list[Row]:
    """Rows of typed cells as rows of text: the hot loop, so without a call for most cells."""
    numbers = _Numbers()
    return [
        tuple(
            [
                cell
                if cell.__class__ is str
                else (
                    str(int(cell))
                    if _OFTEN < cell < _EXACT and cell.is_integer()
                    else numbers[cell]
                )
                if cell.__class__ is float
                else _text(cell)
                for cell in row
            ]
        )
        for row in rows
    ]


def _number(number: float) -> str:
    """At most 15 significant digits (whole numbers: all that are exact), without an exponent."""
    text = f"{number:.15g}"
    if "e" not in text:
        return "0" if text == "-0" else text
    if number.is_integer() and abs(number) <= _EXACT:
        return str(int(number))
    return format(Decimal(text), "f")


def _text(cell: object) -> str:
    """A cell that is neither text nor float; a date without a time of day is a date only."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return _duration(cell)
    return str(cell)


def _duration(span: timedelta) -> str:
    """Hours, which may be more than 24, minutes and seconds."""
    minutes, seconds = divmod(abs(round(span.total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    sign = "-" if span < timedelta() else ""
    return f"{sign}{hours}:{minutes:02}:{seconds:02}"


# One sheet into tables. When in doubt, it stays one.


_AMOUNT = re.compile(r"[(△▲+-]*\s*\d[\d,.]*\s*[)%]*|[-–—]")
_YEAR = re.compile(r"(19|20)\d\d")
_NOTE = re.compile(r"[※*☞]|주\s*[):]|자료\s*[:)]|출처|(?i:note|source)s?\b")
_SAMPLE = 50
_NEAR = 5


def _blocks(block: _Block) -> Iterator[_Block]:
    """The tables of a block, top to bottom, and left to right where they lie abreast."""
    for part in _stacked(block):
        sides = _abreast(part)
        if len(sides) == 1:
            yield part
        else:
            for side in sides:
                yield from _blocks(side)


def _stacked(block: _Block) -> list[_Block]:
    """A block cut where, after a blank row, a new header opens over amounts of its own."""
    cuts = _cuts(block.rows, _chunks(block.rows))
    ends = [*cuts[1:], len(block.rows)]
    return [_cut(block, first, last) for first, last in zip(cuts, ends, strict=True)]


def _chunks(rows: Sequence[Row]) -> list[range]:
    """The runs of rows between blank rows."""
    blanks = [number for number, row in enumerate(rows) if not any(row)]
    edges = zip([-1, *blanks], [*blanks, len(rows)], strict=True)
    return [range(before + 1, after) for before, after in edges if after > before + 1]


def _cuts(rows: Sequence[Row], chunks: list[range]) -> list[int]:
    """The first rows of the tables: a title above a header belongs to it, a note does not."""
    cuts = [chunks[0].start]
    title: int | None = None
    header: Row | None = None
    for chunk in chunks:
        part = rows[chunk.start : chunk.stop]
        if all(_is_line(row) for row in part[:_SAMPLE]):
            if title is None and not _NOTE.match(_words(part[0])):
                title = chunk.start
            continue
        opening = _opening(part)
        if opening is not None:
            titled = title is not None or part[0] != opening
            if header is not None and (titled or opening != header):
                cuts.append(chunk.start if title is None else title)
            header = opening
        title = None
    return cuts


def _opening(rows: Sequence[Row]) -> Row | None:
    """The first header row of rows that open a table: texts above the columns of their amounts."""
    rows = [row for row in rows[:_SAMPLE] if any(row)]
    body = next((number for number, row in enumerate(rows) if any(map(_is_amount, row))), 0)
    header = [row for row in rows[:body] if sum(map(bool, row)) > 1]
    amounts = {column for row in rows[body:] for column, text in enumerate(row) if _is_amount(text)}
    named = {column for row in rows[:body] for column, text in enumerate(row) if text.strip()}
    if not header or 2 * len(amounts & named) < len(amounts):
        return None
    return header[0]


def _is_amount(text: str) -> bool:
    """A number or a dash; a year may be a header."""
    text = text.strip()
    return bool(_AMOUNT.fullmatch(text)) and not _YEAR.fullmatch(text)


def _is_line(row: Row) -> bool:
    """One or two cells without an amount: a title, a unit, a date, a note."""
    texts = [text for text in row if text.strip()]
    return len(texts) <= 2 and not any(map(_is_amount, texts))


def _words(row: Row) -> str:
    return " ".join(text.strip() for text in row if text.strip())


def _cut(block: _Block, first: int, last: int) -> _Block:
    """Some rows of a block, without the blank ones at their end."""
    while last > first + 1 and not any(block.rows[last - 1]):
        last -= 1
    if (first, last) == (0, len(block.rows)):
        return block
    return replace(block, rows=block.rows[first:last], lines=block.lines[first:last])


def _abreast(block: _Block) -> list[_Block]:
    """A block cut at blank columns where each side has a header, labels and amounts of its own."""
    sides: list[range] = []
    for columns in _column_runs(block.rows):
        if sides and _stands_alone(block.rows, sides[-1]) and _stands_alone(block.rows, columns):
            sides.append(columns)
        else:
            start = sides.pop().start if sides else columns.start
            sides.append(range(start, columns.stop))
    if len(sides) < 2:
        return [block]
    return [_side(block, columns) for columns in sides]


def _column_runs(rows: Sequence[Row]) -> list[range]:
    """The runs of columns between blank columns."""
    width = max(map(len, rows))
    blanks = list(range(width))
    for row in rows:
        if not blanks:
            break
        blanks = [column for column in blanks if column >= len(row) or not row[column]]
    edges = zip([-1, *blanks], [*blanks, width], strict=True)
    return [range(before + 1, after) for before, after in edges if after > before + 1]


def _stands_alone(rows: Sequence[Row], columns: range) -> bool:
    """Two columns or more, opened by a header, and labels in the first one beside the amounts."""
    part = [row[columns.start : columns.stop] for row in rows[:_SAMPLE]]
    body = [row for row in part if any(map(_is_amount, row[1:]))]
    labelled = [row for row in body if row[0].strip() and not _is_amount(row[0])]
    return len(columns) > 1 and bool(_opening(part)) and 2 * len(labelled) > len(body) > 0


def _side(block: _Block, columns: range) -> _Block:
    """Some columns of a block; lines that stand above another side are kept in `before`."""
    rows = [row[columns.start : columns.stop] for row in block.rows]
    filled = [number for number, row in enumerate(rows) if any(row)]
    first, last = filled[0], filled[-1] + 1
    above = [_words(row) for row in block.rows[:first] if _is_line(row) and any(row)]
    return _Block(
        tuple(rows[first:last]),
        block.lines[first:last],
        block.left + columns.start,
        (*block.before, *above)[-_NEAR:],
    )
