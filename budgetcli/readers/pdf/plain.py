"""Tables without upright rules: lines of text to columns, by the gaps that all rows share.

A rule that lies across bounds the header. Tables drawn with rules are `ruled`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from budgetcli.i18n import say
from budgetcli.model import Span
from budgetcli.readers.pdf.page import Line, Rule, Word
from budgetcli.readers.pdf.ruled import Area, PageTable
from budgetcli.readers.pdf.text import is_amount, is_caption, is_currency, is_money, is_one_number

_PHRASE_GAP = 0.42
_GUTTER = 1.0
_HEADER_GAP = 1.2
_BLOCK_GAP = 2.5
_LOOSE_LINES = 2
_HEADER_LINES = 6
_EVEN = 1.3
_OFF_CENTRE = 0.15


class Piece(NamedTuple):
    """Words that belong together; `parts` are the pieces a spaced-out word was made of."""

    text: str
    x0: float
    x1: float
    parts: tuple[Piece, ...] = ()

    @property
    def alone(self) -> bool:
        """Whether it is one character that may be a part of a spaced-out word."""
        return len(self.text) == 1 and not self.text.isdigit() and not is_amount(self.text)


class Column(NamedTuple):
    """The room a column's text takes up, and whether it holds amounts."""

    x0: float
    x1: float
    numeric: bool


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
    counts = [_money(pieces(line)) for area in table.areas for line in area.lines]
    several = sum(count > 1 for count in counts)
    return several > 1 and 3 * several > sum(count > 0 for count in counts)


def plain_tables(lines: Sequence[Line], rules: Sequence[Rule]) -> list[PageTable]:
    """The tables among lines of text, from top to bottom; `rules` are those that lie."""
    found: list[PageTable] = []
    used = 0
    for first, last in _blocks(lines):
        start = _header_start(lines, max(used, 0), first, rules, lines[first:last])
        table = _table(lines[start:first], lines[first:last])
        if table is not None:
            found.append(table)
            used = last
    return found


@lru_cache(maxsize=2048)
def pieces(line: Line) -> tuple[Piece, ...]:
    """The line's words, joined where only a space parts them or where they are spaced out."""
    return tuple(_spaced_out(tuple(_phrases(line.words, line.height)), line.height))


def _phrases(words: Iterable[Word], height: float) -> Iterator[Piece]:
    held: Piece | None = None
    for word in words:
        if held is not None and _goes_on(held, word, height):
            held = Piece(f"{held.text} {word.text}", held.x0, word.x1)
            continue
        if held is not None:
            yield held
        held = Piece(*word)
    if held is not None:
        yield held


def _goes_on(held: Piece, word: Word, height: float) -> bool:
    if is_currency(held.text) and is_amount(word.text):
        return True
    if word.x0 - held.x1 > _PHRASE_GAP * height:
        return False
    if is_amount(held.text) and is_amount(word.text):
        return is_one_number(held.text, word.text)
    return True


def _spaced_out(singles: Sequence[Piece], height: float) -> Iterator[Piece]:
    """Runs of single characters at even distances, as one piece each."""
    run: list[Piece] = []
    for piece in singles:
        if run and not (piece.alone and _even([*run, piece], height)):
            yield _joined(run)
            run = []
        run.append(piece)
        if not piece.alone:
            yield _joined(run)
            run = []
    if run:
        yield _joined(run)


def _even(run: Sequence[Piece], height: float) -> bool:
    gaps = [second.x0 - first.x1 for first, second in pairwise(run)]
    return max(gaps) <= _EVEN * min(gaps) + 0.1 * height


def _joined(run: Sequence[Piece]) -> Piece:
    if len(run) == 1:
        return run[0]
    return Piece(" ".join(piece.text for piece in run), run[0].x0, run[-1].x1, tuple(run))


def _money(found: Sequence[Piece]) -> int:
    """How many are amounts; a dash that starts the line is a bullet."""
    return sum(is_amount(p.text) and (n > 0 or is_money(p.text)) for n, p in enumerate(found))


def _blocks(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """(first, last + 1) of the lines that hold a table's data."""
    kinds = [_is_data(line) for line in lines]
    start = 0
    while start < len(lines):
        if not kinds[start]:
            start += 1
            continue
        end = start + 1
        while (step := _next_data(lines, kinds, end)) is not None:
            end = step + 1
        if _is_table(lines[start:end], kinds[start:end]):
            yield start, end
        start = end


def _is_data(line: Line) -> bool:
    found = pieces(line)
    count = _money(found)
    return count > 1 or (count == 1 and len(found) > 1 and is_amount(found[-1].text))


def _next_data(lines: Sequence[Line], kinds: Sequence[bool], end: int) -> int | None:
    """The next line of data, if no more than a few short lines stand before it."""
    for number in range(end, min(end + _LOOSE_LINES + 1, len(lines))):
        above = lines[number - 1]
        if lines[number].top - above.bottom > _BLOCK_GAP * above.height:
            return None
        if kinds[number]:
            return number
        if is_caption(lines[number].text):
            return None
    return None


def _is_table(lines: Sequence[Line], kinds: Sequence[bool]) -> bool:
    """At least two rows of two amounts, or three of one that stand in line."""
    rows = [pieces(line) for line, kind in zip(lines, kinds, strict=True) if kind]
    if sum(_money(row) > 1 for row in rows) > 1:
        return True
    ends = [piece.x1 for row in rows for piece in row if is_money(piece.text)]
    return len(ends) > 2 and max(ends) - min(ends) <= 3


def _header_start(
    lines: Sequence[Line], lowest: int, first: int, rules: Sequence[Rule], body: Sequence[Line]
) -> int:
    """The first line of the header: up to the rule above it, or as far as lines look like one."""
    bound = _upper_rule(lines, first, rules, body)
    start = first
    while start > lowest and first - start < _HEADER_LINES:
        line, below = lines[start - 1], lines[start]
        if bound is not None and line.y < bound:
            break
        if bound is None and not _heads(line, below, body):
            break
        start -= 1
    return _without_loose_top(lines, start, first) if bound is None else start


def _upper_rule(
    lines: Sequence[Line], first: int, rules: Sequence[Rule], body: Sequence[Line]
) -> float | None:
    """The y of the rule over the header; a rule right over the data is the one under it."""
    left = min(line.words[0].x0 for line in body)
    right = max(line.words[-1].x1 for line in body)
    near = lines[first].top - _HEADER_LINES * 2 * lines[first].height
    over = [
        rule.at
        for rule in rules
        if near < rule.at < lines[first].y and _shared(rule, left, right) > 0.7 * (right - left)
    ]
    for at in sorted(over, reverse=True):
        if any(at < line.y for line in lines[:first]):
            return at
    return None


def _shared(rule: Rule, left: float, right: float) -> float:
    return min(rule.end, right) - max(rule.start, left)


def _heads(line: Line, below: Line, body: Sequence[Line]) -> bool:
    """Whether a line close above looks like a row of a header."""
    if below.top - line.bottom > _HEADER_GAP * below.height or is_caption(line.text):
        return False
    columns = _columns(body)
    if line.bottom > below.top + 0.2 * line.height:
        return True
    places = {column for piece in pieces(line) for column in _places(piece, columns)}
    return len(places) > 1 and not _is_sentence(line, columns)


def _is_sentence(line: Line, columns: Sequence[Column]) -> bool:
    """One run of words from the left edge on is a title, not a header."""
    found = pieces(line)
    return len(found) == 1 and found[0].x0 <= columns[0].x1


def _without_loose_top(lines: Sequence[Line], start: int, first: int) -> int:
    """A header's own first line stands over a part of the columns only if more of it follows."""
    if first - start == 1 and len(pieces(lines[start])) == 1:
        return first
    return start


def _columns(body: Iterable[Line]) -> list[Column]:
    """The columns: stretches of text between gaps that all rows of data share."""
    found = sorted(
        (piece for line in body if _is_data(line) for piece in pieces(line)),
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
    numeric = 2 * _money(group) > len(group)
    return Column(min(p.x0 for p in group), max(p.x1 for p in group), numeric)


def _places(piece: Piece, columns: Sequence[Column]) -> range:
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


def _table(header: Sequence[Line], body: Sequence[Line]) -> PageTable | None:
    columns = _columns(body)
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
    return PageTable(tuple(areas), numbers[-1] + 1, _borders(columns), top, bottom, (note,))


def _tiers(lines: Sequence[Line]) -> list[Tier]:
    """Rows: a line that overlaps its neighbours stands beside both, or belongs to the one above."""
    tiers: list[Tier] = []
    for number, line in enumerate(lines):
        over = bool(tiers) and _overlaps(tiers[-1], line) and not tiers[-1].tall
        under = number + 1 < len(lines) and _overlaps(Tier((line,)), lines[number + 1])
        if over and under and not _is_data(line):
            tiers.append(Tier((line,), tall=True))
        elif over and not (_is_data(line) and any(map(_is_data, tiers[-1].lines))):
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
    place = _centred_over(piece, _room_below(columns, below), beside) or _places(piece, columns)
    if len(place) == 1 or not piece.parts or below:
        yield piece, place
        return
    for part in piece.parts:
        yield part, _places(part, columns)


def _room_below(columns: Sequence[Column], below: Sequence[Tier]) -> dict[int, tuple[float, float]]:
    """Column number -> the room its own text takes up in the lower rows of the header."""
    room: dict[int, tuple[float, float]] = {}
    for piece in (piece for tier in below for line in tier.lines for piece in pieces(line)):
        place = _places(piece, columns)
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


def _borders(columns: Sequence[Column]) -> tuple[float, ...]:
    inner = ((left.x1 + right.x0) / 2 for left, right in pairwise(columns))
    return (columns[0].x0, *inner, columns[-1].x1)
