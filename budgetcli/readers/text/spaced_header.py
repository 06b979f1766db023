"""The header above rows that stand under each other: which lines it has, and what is over what.

Names stand near their columns, not always over them; groups reach over several.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from budgetcli.model import Span
from budgetcli.readers.lines import is_bullet, is_year, width
from budgetcli.readers.text.places import (
    LONGEST,
    MOST_HEADERS,
    Cell,
    Column,
    cells_of,
    is_blank,
    is_strokes,
    is_unit,
)


def lines_above(lines: Sequence[str], taken: bytearray, first: int) -> list[int]:
    """The lines above a row that could be its header, the nearest first."""
    found: list[int] = []
    blanks = 0
    for at in range(first - 1, max(-1, first - 8), -1):
        line = lines[at]
        if taken[at] or len(found) == MOST_HEADERS or blanks > 1:
            break
        if is_blank(line):
            blanks += 1
        elif is_strokes(line):
            continue
        elif is_bullet(line) or is_unit(line) or not _is_header(line):
            break
        else:
            found.append(at)
    return found


def _is_header(line: str) -> bool:
    cells = cells_of(line, len) if len(line) <= LONGEST else []
    values = [cell for cell in cells if cell.is_value]
    return len(cells) > 1 and (not values or all(is_year(cell.text) for cell in values))


def header_lines(
    lines: Sequence[str],
    taken: bytearray,
    first: int,
    columns: Sequence[Column],
    step: Callable[[str], int],
) -> list[int]:
    """The header's lines above the row `first`, top first.

    Upward until every column has a name, and a row of groups.
    """
    kept: list[int] = []
    named: set[int] = set()
    for at in lines_above(lines, taken, first):
        cells = _assigned(cells_of(lines[at], step), columns)
        if kept and len(named) == len(columns) and len(cells) >= len(columns):
            break
        kept.insert(0, at)
        named |= set(cells)
    return kept if len(named) > 1 else []


def _assigned(cells: Sequence[Cell], columns: Sequence[Column]) -> dict[int, Cell]:
    """Header cells by the column they stand over; halves over one column become one."""
    if len(cells) == len(columns):
        return dict(enumerate(cells))
    placed: dict[int, Cell] = {}
    for cell in (part for whole in cells for part in _words_apart(whole, columns)):
        at = max(range(len(columns)), key=lambda at: _nearness(cell, columns[at]))
        if at in placed:
            old = placed[at]
            cell = Cell(old.start, cell.end, f"{old.text} {cell.text}", False)
        placed[at] = cell
    return placed


def _words_apart(cell: Cell, columns: Sequence[Column]) -> list[Cell]:
    """A header cell over several columns, parted only by single blanks, as its words."""
    over = sum(1 for column in columns if column.start < cell.end and cell.start < column.end)
    if over < 2 or " " not in cell.text:
        return [cell]
    words: list[Cell] = []
    place = cell.start
    for word in cell.text.split(" "):
        words.append(Cell(place, place + width(word), word, False))
        place += width(word) + 1
    return words


def _nearness(cell: Cell, column: Column) -> tuple[int, int]:
    """How far they overlap (less than 0: how far apart they are), then how near the middles are."""
    overlap = min(cell.end, column.end) - max(cell.start, column.start)
    apart = abs(cell.start + cell.end - column.start - column.end)
    return min(overlap, 1), -apart


def head_rows(
    rows: dict[int, tuple[str, ...]],
    head: Sequence[int],
    columns: Sequence[Column],
    step: Callable[[str], int],
    lines: Sequence[str],
) -> tuple[Span, ...]:
    """Put the header's rows before the others; the merged cells they have."""
    below: set[int] = set()
    reach: dict[tuple[int, int], int] = {}
    filled: list[dict[int, Cell]] = []
    for at in reversed(head):
        placed = _assigned(cells_of(lines[at], step), columns)
        depth = len(head) - len(filled) - 1
        for column, cell in placed.items():
            reach[depth, column] = _reach(column, cell, placed, below, columns)
        rows[at] = tuple(
            placed[column].text if column in placed else "" for column in range(len(columns))
        )
        filled.insert(0, placed)
        below |= set(placed)
    spans = [_span(depth, column, end, filled) for (depth, column), end in reach.items()]
    return tuple(sorted((s for s in spans if s.rows > 1 or s.columns > 1), key=_corner))


def _corner(span: Span) -> tuple[int, int]:
    return span.row, span.column


def _reach(
    column: int,
    cell: Cell,
    placed: dict[int, Cell],
    below: set[int],
    columns: Sequence[Column],
) -> int:
    """The last column a header cell stands over: those to its right that only have a name below."""
    last = column
    while column in below and last + 1 in below and last + 1 not in placed:
        following = min((at for at in placed if at > last), default=None)
        gap = columns[last + 1].start - cell.end
        if following is not None and gap > placed[following].start - columns[last + 1].end:
            break
        last += 1
    return last


def _span(depth: int, column: int, last: int, filled: Sequence[dict[int, Cell]]) -> Span:
    rows = 1
    if last == column:
        while depth + rows < len(filled) and column not in filled[depth + rows]:
            rows += 1
    return Span(depth, column, rows, last - column + 1)
