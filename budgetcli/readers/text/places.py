"""What stands where in a line: cells and columns by their places, and lines that are no rows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from budgetcli.readers.lines import is_value, words_of

LONGEST = 1_000
MOST_COLUMNS = 64
MOST_HEADERS = 3
_STROKES = re.compile(r"\s*[-=─━]{2,}(?:\s+[-=─━]{2,})+\s*")
_CELL = re.compile(r"\S+(?: \S+)*")
_UNIT = re.compile(r"\s*[(\[<].*[)\]>]\s*|.*[(\[<]\s*(?:단위|unit|in )", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a line: its text and where it stands in the measure."""

    start: int
    end: int
    text: str
    is_value: bool


@dataclass
class Column:
    """A stretch of places; `beside` are the slots (as bits) it has shared a row with."""

    start: int
    end: int
    slot: int
    beside: int = 0

    def copy(self) -> Column:
        """Another one like it: `replace` takes three times as long."""
        return Column(self.start, self.end, self.slot, self.beside)


def is_unit(line: str) -> bool:
    """A line in brackets, or one that ends in a unit in brackets: no header."""
    found = _UNIT.match(line)
    return found is not None and (found.end() == len(line) or "단위" in line)


def is_blank(line: str) -> bool:
    """Nothing, or nothing but white space."""
    return not line or line.isspace()


def is_strokes(line: str) -> bool:
    """Two strokes or more, and nothing else."""
    return len(line) <= LONGEST and _STROKES.fullmatch(line) is not None


def cells_of(line: str, step: Callable[[str], int]) -> list[Cell]:
    """What two blanks part; neighbouring amounts are parted by one."""
    cells: list[Cell] = []
    text = line.replace("\t", "    ").replace("\f", " ")
    for found in _CELL.finditer(text):
        for start, end in _amounts_apart(text, found.start(), found.end()):
            piece = text[start:end]
            left = step(text[:start])
            cells.append(Cell(left, left + step(piece), piece, is_value(piece)))
    return cells


def _amounts_apart(text: str, start: int, end: int) -> list[tuple[int, int]]:
    piece = text[start:end]
    if " " not in piece or is_value(piece):
        return [(start, end)]
    words = words_of(piece)
    if all(word.is_value for word in words):
        return [(start + word.start, start + word.end) for word in words]
    return [(start, end)]


def start_of(column: Column) -> int:
    """What columns are sorted by."""
    return column.start


def column_of(cell: Cell, columns: Sequence[Column]) -> int:
    """The number of the column, of sorted ones, that a cell begins in."""
    return bisect_right(columns, cell.start, key=start_of) - 1
