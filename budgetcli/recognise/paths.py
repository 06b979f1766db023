"""Header rows to one path of texts a column, and the columns a user's word points at."""

from __future__ import annotations

from collections.abc import Sequence

from budgetcli.errors import listed
from budgetcli.recognise.bands import is_row_of_marks
from budgetcli.recognise.grid import Grid
from budgetcli.recognise.headers import Reading, read_cell
from budgetcli.recognise.names import key


def header_paths(grid: Grid, header: Sequence[int]) -> list[tuple[str, ...]]:
    """One path of header texts a column, outermost first, repetitions folded.

    Where a file keeps no spans, a blank in an upper row belongs to the group
    on its left if a lower row speaks in that column.
    """
    rows = [_words(grid, row) for row in header]
    for upper, row in enumerate(rows[:-1]):
        for column in range(1, grid.width):
            speaks_below = any(lower[column] for lower in rows[upper + 1 :])
            left_is_group = any(lower[column - 1] for lower in rows[upper + 1 :])
            if not row[column] and speaks_below and left_is_group:
                row[column] = row[column - 1]
    return [_fold_path([row[column] for row in rows]) for column in range(grid.width)]


def _words(grid: Grid, row: int) -> list[str]:
    """A header row without the numbers that only count its columns."""
    cells = grid.rows[row]
    if not is_row_of_marks(grid, row):
        return list(cells)
    return ["" if text.isdecimal() else text for text in cells]


def columns_listed(readings: Sequence[Reading], left: int = 0) -> str:
    """The columns there are, for a message: #1 구분, #2 예산현액."""
    return listed(
        [
            f"#{number} {reading.header}".rstrip()
            for number, reading in enumerate(readings, left + 1)
        ]
    )


def _fold_path(texts: list[str]) -> tuple[str, ...]:
    path: list[str] = []
    for text in texts:
        if text and (not path or key(path[-1]) != key(text)):
            path.append(text)
    return tuple(path)


def columns_called(readings: Sequence[Reading], wanted: str, left: int = 0) -> list[int]:
    """The columns (from 0) a user's word points at: #N, a whole header path, or one cell of it."""
    if wanted.startswith("#") and wanted[1:].isdigit():
        number = int(wanted[1:]) - 1 - left
        return [number] if 0 <= number < len(readings) else []
    target = key(wanted.replace("›", ""))
    for spelling in (_whole, _last, _last_core):
        found = [
            n for n, reading in enumerate(readings) if reading.path and spelling(reading) == target
        ]
        if found:
            return found
    return []


def _whole(reading: Reading) -> str:
    return key(reading.header.replace("›", ""))


def _last(reading: Reading) -> str:
    return key(reading.path[-1])


def _last_core(reading: Reading) -> str:
    return read_cell(reading.path[-1]).core
