"""Tables without upright rules: rows and columns told by gaps, and the cells they make.

Which lines make a table is told by `plain_blocks`. Tables drawn with rules are `ruled`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from budgetcli.i18n import say
from budgetcli.model import Span
from budgetcli.readers.pdf.columns import Column, borders, columns_of, places
from budgetcli.readers.pdf.page import Line, Rule, Word
from budgetcli.readers.pdf.pieces import Piece, amounts_in, is_data, pieces
from budgetcli.readers.pdf.plain_blocks import blocks, header_start
from budgetcli.readers.pdf.ruled import Area, PageTable

_OFF_CENTRE = 0.15


@dataclass(frozen=True, slots=True)
class Tier:
    """Lines that make up one row; `tall` marks a header line that stands beside two rows."""

    lines: tuple[Line, ...]
    tall: bool = False

    @property
    def top(self) -> float:
        """Where it starts."""
        return min(line.top for line in self.lines)

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return max(line.bottom for line in self.lines)


def is_coarse(table: PageTable) -> bool:
    """Whether cells hold several amounts side by side: the rules do not part all columns."""
    counts = [amounts_in(pieces(line)) for area in table.areas for line in area.lines]
    several = sum(count > 1 for count in counts)
    return several > 1 and 3 * several > sum(count > 0 for count in counts)


def plain_tables(lines: Sequence[Line], rules: Sequence[Rule]) -> list[PageTable]:
    """The tables among lines of text, from top to bottom; `rules` are those that lie."""
    found: list[PageTable] = []
    used = 0
    for first, last in blocks(lines):
        start = header_start(lines, max(used, 0), first, rules, lines[first:last])
        table = _table(lines[start:first], lines[first:last])
        if table is not None:
            found.append(table)
            used = last
    return found


def _table(header: Sequence[Line], body: Sequence[Line]) -> PageTable | None:
    columns = columns_of(body)
    if len(columns) < 2:
        return None
    tiers = [*_tiers(header), *_tiers(body)]
    heads = len(_tiers(header))
    areas: list[Area] = []
    numbers = _row_numbers(tiers)
    for tier, row in zip(tiers, numbers, strict=True):
        below = [other for other in tiers[:heads] if other.top > tier.top and not other.tall]
        areas += _areas(tier, row, columns, below if row < max(numbers[:heads], default=0) else [])
    top, bottom = tiers[0].top, max(tier.bottom for tier in tiers)
    note = say("columns without rules between them were told by the gaps in the text")
    return PageTable(tuple(areas), numbers[-1] + 1, borders(columns), top, bottom, (note,))


def _tiers(lines: Sequence[Line]) -> list[Tier]:
    """Rows: a line that overlaps its neighbours stands beside both, or belongs to the one above."""
    tiers: list[Tier] = []
    for number, line in enumerate(lines):
        over = bool(tiers) and _overlaps(tiers[-1], line) and not tiers[-1].tall
        under = number + 1 < len(lines) and _overlaps(Tier((line,)), lines[number + 1])
        if over and under and not is_data(line):
            tiers.append(Tier((line,), tall=True))
        elif over and not (is_data(line) and any(map(is_data, tiers[-1].lines))):
            tiers[-1] = Tier((*tiers[-1].lines, line))
        else:
            tiers.append(Tier((line,)))
    return tiers


def _overlaps(tier: Tier, line: Line) -> bool:
    return tier.bottom - line.top > 0.2 * line.height


def _row_numbers(tiers: Sequence[Tier]) -> list[int]:
    """A tall tier shares the number of the row above it."""
    numbers: list[int] = []
    for tier in tiers:
        numbers.append(numbers[-1] if tier.tall else (numbers[-1] + 1 if numbers else 0))
    return numbers


def _areas(
    tier: Tier, row: int, columns: Sequence[Column], below: Sequence[Tier]
) -> Iterator[Area]:
    """The cells of one row; a text over several columns is one cell where each has text below."""
    cells: dict[range, list[Line]] = {}
    for line in tier.lines:
        here: dict[range, list[Piece]] = {}
        found = pieces(line)
        for piece in found:
            for part, place in _placed(piece, columns, below, found):
                here.setdefault(place, []).append(part)
        for place, parts in here.items():
            words = tuple(Word(part.text, part.x0, part.x1) for part in parts)
            cells.setdefault(place, []).append(Line(words, line.top, line.bottom))
    for place, lines in cells.items():
        rows = 2 if tier.tall else 1
        yield Area(Span(row, place.start, rows, len(place)), tuple(lines))


def _placed(
    piece: Piece, columns: Sequence[Column], below: Sequence[Tier], beside: Sequence[Piece]
) -> Iterator[tuple[Piece, range]]:
    place = _centred_over(piece, _room_below(columns, below), beside) or places(piece, columns)
    if len(place) == 1 or not piece.parts or below:
        yield piece, place
        return
    for part in piece.parts:
        yield part, places(part, columns)


def _room_below(columns: Sequence[Column], below: Sequence[Tier]) -> dict[int, tuple[float, float]]:
    """Column number -> the room its own text takes up in the lower rows of the header."""
    room: dict[int, tuple[float, float]] = {}
    for piece in (piece for tier in below for line in tier.lines for piece in pieces(line)):
        place = places(piece, columns)
        if len(place) == 1:
            x0, x1 = room.get(place.start, (piece.x0, piece.x1))
            room[place.start] = (min(x0, piece.x0), max(x1, piece.x1))
    return room


def _centred_over(
    piece: Piece, room: dict[int, tuple[float, float]], beside: Sequence[Piece]
) -> range | None:
    """The neighbouring columns below whose middle is the piece's own; None where none fit."""
    middle = (piece.x0 + piece.x1) / 2
    best: tuple[float, range] | None = None
    for first in room:
        last = first
        while last in room:
            x0, x1 = room[first][0], room[last][1]
            if any(x0 < (other.x0 + other.x1) / 2 < x1 for other in beside if other != piece):
                break
            miss = abs((x0 + x1) / 2 - middle)
            if miss <= _OFF_CENTRE * (x1 - x0) and (best is None or miss < best[0]):
                best = miss, range(first, last + 1)
            last += 1
    return best[1] if best else None
