"""The columns of a table without rules: told by the gaps that all rows of data share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from budgetcli.readers.pdf.page import Line
from budgetcli.readers.pdf.pieces import Piece, amounts_in, is_data, pieces

_GUTTER = 1.0


class Column(NamedTuple):
    """The room a column's text takes up, and whether it holds amounts."""

    x0: float
    x1: float
    numeric: bool


def columns_of(body: Iterable[Line]) -> list[Column]:
    """The columns: stretches of text between gaps that all rows of data share."""
    found = sorted(
        (piece for line in body if is_data(line) for piece in pieces(line)),
        key=lambda piece: piece.x0,
    )
    groups: list[list[Piece]] = []
    end = float("-inf")
    for piece in found:
        if piece.x0 > end + _GUTTER:
            groups.append([])
        groups[-1].append(piece)
        end = max(end, piece.x1)
    return [_column(group) for group in groups]


def _column(group: Sequence[Piece]) -> Column:
    numeric = 2 * amounts_in(group) > len(group)
    return Column(min(p.x0 for p in group), max(p.x1 for p in group), numeric)


def places(piece: Piece, columns: Sequence[Column]) -> range:
    """The columns a piece stands over. Between two, one of amounts owns the room to its left."""
    over = [
        number
        for number, column in enumerate(columns)
        if min(piece.x1, column.x1) - max(piece.x0, column.x0)
        > 0.3 * min(piece.x1 - piece.x0, column.x1 - column.x0)
    ]
    if over:
        return range(over[0], over[-1] + 1)
    after = next((n for n, column in enumerate(columns) if column.x1 > piece.x0), len(columns) - 1)
    if after and not columns[after].numeric and _nearer_left(piece, columns, after):
        after -= 1
    return range(after, after + 1)


def _nearer_left(piece: Piece, columns: Sequence[Column], after: int) -> bool:
    return piece.x0 - columns[after - 1].x1 < columns[after].x0 - piece.x1


def borders(columns: Sequence[Column]) -> tuple[float, ...]:
    """Where the columns begin and end: midway between their texts."""
    inner = ((left.x1 + right.x0) / 2 for left, right in pairwise(columns))
    return (columns[0].x0, *inner, columns[-1].x1)
