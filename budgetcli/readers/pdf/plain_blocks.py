"""Which lines of a page are a table without upright rules: its rows of data, the header above.

A rule that lies across bounds the header.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from budgetcli.readers.pdf.columns import Column, columns_of, places
from budgetcli.readers.pdf.page import Line, Rule
from budgetcli.readers.pdf.pieces import amounts_in, is_data, pieces
from budgetcli.readers.pdf.text import is_caption, is_money

_HEADER_GAP = 1.2
_BLOCK_GAP = 2.5
_LOOSE_LINES = 2
_HEADER_LINES = 6


def blocks(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """(first, last + 1) of the lines that hold a table's data."""
    kinds = [is_data(line) for line in lines]
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
    if sum(amounts_in(row) > 1 for row in rows) > 1:
        return True
    ends = [piece.x1 for row in rows for piece in row if is_money(piece.text)]
    return len(ends) > 2 and max(ends) - min(ends) <= 3


def header_start(
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
    columns = columns_of(body)
    if line.bottom > below.top + 0.2 * line.height:
        return True
    over = {column for piece in pieces(line) for column in places(piece, columns)}
    return len(over) > 1 and not _is_sentence(line, columns)


def _is_sentence(line: Line, columns: Sequence[Column]) -> bool:
    """One run of words from the left edge on is a title, not a header."""
    found = pieces(line)
    return len(found) == 1 and found[0].x0 <= columns[0].x1


def _without_loose_top(lines: Sequence[Line], start: int, first: int) -> int:
    """A header's own first line stands over a part of the columns only if more of it follows."""
    if first - start == 1 and len(pieces(lines[start])) == 1:
        return first
    return start
