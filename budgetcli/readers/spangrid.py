"""Cells with row and column spans laid onto a grid, bounded: shared by the readers of markup.

Knows neither tags nor texts. Whoever lays cells out takes them from one
`Allowance` a document, so no claim of a file makes a grid larger than that.
"""

from __future__ import annotations

from budgetcli.errors import TOO_LARGE, SourceError
from budgetcli.i18n import say
from budgetcli.model import Span

MAX_CELLS = 2_000_000
MAX_COLUMNS = 16_384


class Allowance:
    """How many cells one document may still lay out."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.left = MAX_CELLS

    def take(self, cells: int) -> None:
        """Use up `cells`. Raises SourceError where the document claims too many."""
        self.left -= cells
        if self.left < 0:
            raise SourceError(
                say("its tables hold more than {limit} cells", limit=MAX_CELLS),
                where=self.name,
                why=TOO_LARGE,
                next=say("save it as CSV or Parquet and try again"),
            )

    def reach(self, column: int) -> None:
        """Raises SourceError where a row is wider than any real table."""
        if column > MAX_COLUMNS:
            raise SourceError(
                say("a row is wider than {limit} columns", limit=MAX_COLUMNS),
                why=TOO_LARGE,
                where=self.name,
                next=say("save the table you need as CSV or XLSX and try again"),
            )


class SpanGrid:
    """Rows filled from the left, each cell in the first column that no cell above covers."""

    def __init__(self, allowance: Allowance) -> None:
        self.rows: list[list[str]] = []
        self._spans: list[Span] = []
        self._allowance = allowance
        self._next = 0
        self._covered: dict[int, int] = {}

    def begin_row(self) -> None:
        """The next row."""
        self._allowance.take(1)
        self.rows.append([])
        self._next = 0

    def skip_to(self, column: int) -> None:
        """The next cell stands at `column` (from 0) or after it."""
        self._allowance.reach(column)
        self._next = max(self._next, column)

    def place(self, text: str, rows: int = 1, columns: int = 1) -> None:
        """The next cell of the row that was begun last; `rows` and `columns` are 1 or more."""
        column = self._free_column()
        row = self.rows[-1]
        self._allowance.reach(column + columns)
        self._allowance.take(column - len(row) + columns)
        columns = self._free_width(column, columns)
        row.extend([""] * (column - len(row)))
        row.append(text)
        if rows > 1:
            self._cover(column, rows, columns)
        if rows > 1 or columns > 1:
            self._spans.append(Span(len(self.rows) - 1, column, rows, columns))
        self._next = column + columns

    @property
    def width(self) -> int:
        """One more than the last column in which a cell begins."""
        return max(map(len, self.rows), default=0)

    def spans(self, width: int, first_row: int) -> list[Span]:
        """The spans, cut to the rows that exist and to `width`, rows counted from `first_row`."""
        cut = (
            Span(
                first_row + span.row,
                span.column,
                min(span.rows, len(self.rows) - span.row),
                min(span.columns, width - span.column),
            )
            for span in self._spans
        )
        return [span for span in cut if span.rows > 1 or span.columns > 1]

    def _free_column(self) -> int:
        column, row = self._next, len(self.rows) - 1
        while self._covered.get(column, -1) >= row:
            column += 1
        return column

    def _free_width(self, column: int, columns: int) -> int:
        row = len(self.rows) - 1
        for width in range(1, columns):
            if self._covered.get(column + width, -1) >= row:
                return width
        return columns

    def _cover(self, column: int, rows: int, columns: int) -> None:
        last = len(self.rows) + rows - 2
        for covered in range(column, column + columns):
            self._covered[covered] = last


def squared(rows: list[list[str]], width: int) -> tuple[tuple[str, ...], ...]:
    """The rows filled up to `width`; left ragged where filling them would cost too much."""
    if len(rows) * width > MAX_CELLS:
        return tuple(map(tuple, rows))
    return tuple((*row, *[""] * (width - len(row))) for row in rows)
