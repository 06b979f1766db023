"""Lines where words follow the amounts: a source, a remark, under a header with as many words."""

from __future__ import annotations

from collections.abc import Sequence

from budgetcli.i18n import say
from budgetcli.model import Evidence
from budgetcli.readers.lines import Found, is_bullet, is_value, is_year, words_of
from budgetcli.readers.text.header import MOST_COLUMNS, ways
from budgetcli.readers.text.word_lines import (
    BLANK,
    LONGEST_HEADER,
    PRINTED,
    SENTENCE,
    Text,
    has_digit,
    is_header_like,
)


def described(text: Text, at: int) -> tuple[Found | None, int]:
    """The table under the header at this line, and the line to go on from."""
    line = text.lines[at]
    if text.ends[at] != 0 or not is_header_like(line, 0) or SENTENCE.search(line):
        return None, at + 1
    first = _next_line(text, at)
    if first is None or is_bullet(text.lines[first]) or not _opens(text.lines[first]):
        return None, at + 1
    for way in ways(line):
        if 3 <= len(way) <= MOST_COLUMNS and (found := _under(text, at, first, way)):
            return found, found.last + 1
    return None, at + 1


def _next_line(text: Text, at: int) -> int | None:
    """The next line that is not blank, at most two blank ones away."""
    for below in range(at + 1, min(at + 4, len(text.lines))):
        if text.ends[below] != BLANK:
            return below if text.ends[below] >= 0 else None
    return None


def _opens(line: str) -> bool:
    words = words_of(line) if len(line) <= LONGEST_HEADER else []
    return bool(words) and not words[0].is_value and any(word.is_value for word in words)


def _under(text: Text, top: int, first: int, way: tuple[str, ...]) -> Found | None:
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    count = len(_parts(text.lines[first])) - 1
    at: int | None = first
    is_tailed = False
    while at is not None and not is_bullet(text.lines[at]) and _opens(text.lines[at]):
        cells = _tailed(text.lines[at], count, len(way))
        if cells is None:
            break
        rows.append(cells)
        lines.append(at)
        is_tailed = is_tailed or not all(is_value(cell) for cell in cells[1:] if cell)
        at = _next_line(text, at)
    if not is_tailed or len(rows) < (2 if count > 2 else 3) or not _is_figured(way, rows, count):
        return None
    numbers = (top + 1, *(line + 1 for line in lines))
    said = say("columns told by the amounts and the {n} words of the header", n=len(way))
    return Found(top, lines[-1], (way, *rows), numbers, (), (Evidence("table", said),))


def _is_figured(way: tuple[str, ...], rows: Sequence[tuple[str, ...]], count: int) -> bool:
    """Whether the amounts are printed figures, not years or dashes, and the header is no row."""
    values = [cell for row in rows for cell in row[1 : count + 1]]
    figures = sum(1 for value in values if has_digit(value) and not is_year(value))
    marked = sum(1 for value in values if PRINTED.search(value))
    is_row = any(row[0].split()[:1] == way[0].split()[:1] for row in rows)
    return not is_row and 2 * (marked if count == 1 else figures) >= len(values)


def _parts(line: str) -> list[tuple[int, int, int]]:
    """The name, then each amount with the words after it: start, end of the amount, end.

    An amount in brackets belongs to the one before it: 2,014명 (15%).
    """
    parts: list[tuple[int, int, int]] = []
    for word in words_of(line):
        starts = word.is_value and not (word.text.startswith("(") and len(parts) > 1)
        if not parts or starts:
            parts.append((word.start, word.end, word.end))
        else:
            start, amount, end = parts[-1]
            joins = word.is_value and amount == end
            parts[-1] = (start, word.end if joins else amount, word.end)
    return parts


def _tailed(line: str, count: int, columns: int) -> tuple[str, ...] | None:
    """A row of `count` amounts; words after the last one fill the columns that are left."""
    parts = _parts(line)
    left = columns - 1 - count
    if len(parts) - 1 != count or left < 0 or len(line) > LONGEST_HEADER:
        return None
    if not left:
        return tuple(line[start:end] for start, _, end in parts)
    if any(amount != end for _, amount, end in parts[1:-1]):
        return None
    start, amount, end = parts[-1]
    words = line[amount:end].split(maxsplit=left - 1)
    if words and len(words) < left:
        return None
    cells = [line[part[0] : part[2]] for part in parts[:-1]]
    return (*cells, line[start:amount], *(word.strip() for word in words or [""] * left))
