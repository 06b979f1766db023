"""One sheet into its tables, at blank rows and columns. When in doubt, it stays one.

What the tables' cells mean is `recognise`'s business: here a cell is an amount, a text or blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress, count
from operator import not_

from budgetcli.readers.spreadsheet.cells import Row

_AMOUNT = re.compile(r"[(△▲+-]*\s*\d[\d,.]*\s*[)%]*|[-–—]")
_YEAR = re.compile(r"(19|20)\d\d")
_NOTE = re.compile(r"[※*☞]|주\s*[):]|자료\s*[:)]|출처|(?i:note|source)s?\b")
_SAMPLE = 50
_NEAR = 5


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of a sheet: its rows, their numbers from 1, its first column from 0.

    `before` are lines of text that stood above it and above its neighbours.
    """

    rows: tuple[Row, ...]
    lines: tuple[int, ...]
    left: int = 0
    before: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max(map(len, self.rows))


def tables_of(block: Block) -> Iterator[Block]:
    """The tables of a block, top to bottom, and left to right where they lie abreast."""
    for part in _stacked(block):
        sides = _abreast(part)
        if len(sides) == 1:
            yield part
        else:
            for side in sides:
                yield from tables_of(side)


def _stacked(block: Block) -> list[Block]:
    """A block cut where, after a blank row, a new header opens over amounts of its own."""
    cuts = _cuts(block.rows, _chunks(block.rows))
    ends = [*cuts[1:], len(block.rows)]
    return [_cut(block, first, last) for first, last in zip(cuts, ends, strict=True)]


def _chunks(rows: Sequence[Row]) -> list[range]:
    """The runs of rows between blank rows."""
    blanks = [*compress(count(), map(not_, map(any, rows)))]
    return _between(blanks, len(rows))


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


def _cut(block: Block, first: int, last: int) -> Block:
    """Some rows of a block, without the blank ones at their end."""
    while last > first + 1 and not any(block.rows[last - 1]):
        last -= 1
    if (first, last) == (0, len(block.rows)):
        return block
    return replace(block, rows=block.rows[first:last], lines=block.lines[first:last])


def _abreast(block: Block) -> list[Block]:
    """A block cut at blank columns where each side has a header, labels and amounts of its own."""
    sides: list[range] = []
    for columns in _column_runs(block):
        if sides and _stands_alone(block.rows, sides[-1]) and _stands_alone(block.rows, columns):
            sides.append(columns)
        else:
            start = sides.pop().start if sides else columns.start
            sides.append(range(start, columns.stop))
    if len(sides) < 2:
        return [block]
    return [_side(block, columns) for columns in sides]


def _column_runs(block: Block) -> list[range]:
    """The runs of columns between blank columns."""
    width = block.width
    blanks = list(range(width))
    for row in block.rows:
        if not blanks:
            break
        blanks = [column for column in blanks if column >= len(row) or not row[column]]
    return _between(blanks, width)


def _between(blanks: list[int], end: int) -> list[range]:
    edges = zip([-1, *blanks], [*blanks, end], strict=True)
    return [range(before + 1, after) for before, after in edges if after > before + 1]


def _stands_alone(rows: Sequence[Row], columns: range) -> bool:
    """Two columns or more, opened by a header, and labels in the first one beside the amounts."""
    part = [row[columns.start : columns.stop] for row in rows[:_SAMPLE]]
    body = [row for row in part if any(map(_is_amount, row[1:]))]
    labelled = [row for row in body if row[0].strip() and not _is_amount(row[0])]
    return len(columns) > 1 and bool(_opening(part)) and 2 * len(labelled) > len(body) > 0


def _side(block: Block, columns: range) -> Block:
    """Some columns of a block; lines that stand above another side are kept in `before`."""
    rows = [row[columns.start : columns.stop] for row in block.rows]
    filled = [number for number, row in enumerate(rows) if any(row)]
    first, last = filled[0], filled[-1] + 1
    above = [_words(row) for row in block.rows[:first] if _is_line(row) and any(row)]
    return Block(
        tuple(rows[first:last]),
        block.lines[first:last],
        block.left + columns.start,
        (*block.before, *above)[-_NEAR:],
    )
