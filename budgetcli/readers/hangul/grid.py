"""Where the cells of a table stand: by their addresses, else in the order written; and its grid."""

from __future__ import annotations

from budgetcli.errors import SourceError
from budgetcli.i18n import say, say_count
from budgetcli.model import Evidence, Span
from budgetcli.readers.hangul.flow import Cell, Table

MAX_SLOTS = 1_000_000
MAX_ROWS = 65_535  # the formats count rows in 16 bits
MAX_COLUMNS = 4_096


class Places:
    """Where the cells of a document's tables stand; counts the slots they take, of all tables."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._slots = 0

    def placed(self, table: Table) -> tuple[Placed, tuple[Evidence, ...]]:
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

    def _by_address(self, table: Table) -> Placed | None:
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

    def _by_order(self, table: Table) -> Placed:
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


Placed = list[tuple[Cell, int, int]]


def _area(cell: Cell, row: int, column: int, height: int) -> list[tuple[int, int]]:
    if cell.rows == cell.columns == 1:
        return [(row, column)]
    rows = range(row, min(row + cell.rows, height))
    return [(r, c) for r in rows for c in range(column, column + cell.columns)]


def _free(taken: set[tuple[int, int]], row: int, column: int, columns: int) -> int:
    """The first column from `column` on where a cell of so many columns fits."""
    while hit := [c for c in range(column, column + columns) if (row, c) in taken]:
        column = hit[-1] + 1
    return column


def grid_of(placed: Placed, height: int) -> tuple[tuple[tuple[str, ...], ...], tuple[Span, ...]]:
    """The rows of text, each cell where it stands, and the merged cells."""
    width = max(column + cell.columns for cell, _, column in placed)
    grid = [[""] * width for _ in range(height)]
    spans = []
    for cell, row, column in placed:
        grid[row][column] = cell.text
        rows = min(cell.rows, height - row)
        if rows > 1 or cell.columns > 1:
            spans.append(Span(row, column, rows, cell.columns))
    return tuple(map(tuple, grid)), tuple(spans)


def header_rows(placed: Placed) -> tuple[Evidence, ...]:
    """What the document says of its own header rows; nothing where it marks none."""
    count = len({row for cell, row, _ in placed if cell.header})
    if not count:
        return ()
    message = say_count(
        "the document marks {count} header row", "the document marks {count} header rows", count
    )
    return (Evidence("header", message),)
