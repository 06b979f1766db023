"""A raw table as a full rectangle: spans spread, ragged rows padded, empty borders cut."""

from typing import NamedTuple

from budgetcli.model import RawTable
from budgetcli.recognise.synonyms import OwnWords

Cells = tuple[str, ...]


class Grid(NamedTuple):
    """Rows of equal width. `top` and `left` say where its first cell lies in the raw table.

    A merged cell's text stands in every cell it covers; `covered` holds the
    (row, column) of all of them but the anchor, so that no step counts an
    amount twice. `words` are the user's own for its headers.
    """

    rows: tuple[Cells, ...]
    top: int
    left: int
    covered: frozenset[tuple[int, int]]
    words: OwnWords = ()

    @property
    def width(self) -> int:
        """Columns."""
        return len(self.rows[0]) if self.rows else 0

    def own(self, row: int) -> list[tuple[int, str]]:
        """The cells that stand in this row themselves: column and text, blanks left out."""
        filled = [entry for entry in enumerate(self.rows[row]) if entry[1]]
        if not self.covered:
            return filled
        return [entry for entry in filled if (row, entry[0]) not in self.covered]


def make_grid(table: RawTable, words: OwnWords = ()) -> Grid:
    """The grid of a raw table; an empty one where no cell holds text."""
    width = max((len(row) for row in table.rows), default=0)
    rows = [[*map(str.strip, row), *[""] * (width - len(row))] for row in table.rows]
    covered = _spread(rows, table, width)
    top, bottom = _extent([any(row) for row in rows])
    left, right = _extent([any(column) for column in zip(*rows, strict=True)] if rows else [])
    return Grid(
        tuple(tuple(row[left:right]) for row in rows[top:bottom]),
        top,
        left,
        frozenset((row - top, column - left) for row, column in covered),
        words,
    )


def _spread(rows: list[list[str]], table: RawTable, width: int) -> set[tuple[int, int]]:
    covered = set()
    for span in table.spans:
        for row in range(span.row, min(span.row + span.rows, len(rows))):
            for column in range(span.column, min(span.column + span.columns, width)):
                if (row, column) != (span.row, span.column):
                    rows[row][column] = rows[span.row][span.column]
                    covered.add((row, column))
    return covered


def _extent(filled: list[bool]) -> tuple[int, int]:
    if not any(filled):
        return 0, 0
    return filled.index(True), len(filled) - filled[::-1].index(True)
