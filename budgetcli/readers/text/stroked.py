"""Tables with strokes under the header (----- ------ ---): the strokes tell the columns.

Lines are cut where strokes begin; a word across such a place ends the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from budgetcli.i18n import say
from budgetcli.model import Evidence
from budgetcli.readers.lines import Found, width
from budgetcli.readers.text.places import LONGEST, MOST_COLUMNS, MOST_HEADERS, is_blank, is_strokes

_STROKE = re.compile(r"[-=─━]{2,}")
_STEPS: tuple[Callable[[str], int], ...] = (width, len)


def stroked(lines: Sequence[str], taken: bytearray, at: int) -> tuple[Found | None, int]:
    """The table around a line of strokes, and the line to go on from."""
    if taken[at] or not is_strokes(lines[at]):
        return None, at + 1
    top = at
    # A table may open with strokes: then the header stands between two lines of them.
    if (second := _next_strokes(lines, at)) is not None:
        at = second
    fits = [_under_strokes(lines, taken, top, at, step) for step in _STEPS]
    best = max((table for table in fits if table), key=_size, default=None)
    return best, (best.last if best else at) + 1


def _next_strokes(lines: Sequence[str], at: int) -> int | None:
    is_open = at == 0 or is_blank(lines[at - 1])
    for below in range(at + 2, min(at + 2 + MOST_HEADERS, len(lines))):
        if is_open and is_strokes(lines[below]) and not is_blank(lines[at + 1]):
            return below
    return None


def _size(found: Found) -> int:
    return len(found.rows)


def _under_strokes(
    lines: Sequence[str], taken: bytearray, top: int, rule: int, step: Callable[[str], int]
) -> Found | None:
    rule_line = lines[rule]
    bounds = [step(rule_line[: m.start()]) for m in _STROKE.finditer(rule_line)]
    if len(bounds) > MOST_COLUMNS:
        return None
    rows: dict[int, tuple[str, ...]] = {}
    for at in _header_above(lines, taken, top, rule):
        cells = _cut(lines[at], bounds, step)
        if cells is None or not any(cells[1:]):
            break
        rows[at] = cells
    if not (headers := len(rows)):
        return None
    last = rule
    for at in range(rule + 1, len(lines)):
        if taken[at] or is_blank(lines[at]):
            break
        cells = None if is_strokes(lines[at]) else _cut(lines[at], bounds, step)
        if cells is None and not is_strokes(lines[at]):
            break
        last = at
        if cells:
            rows[at] = cells
    if len(rows) == headers:
        return None
    order = sorted(rows)
    said = Evidence("table", say("columns told by the strokes under the header"))
    first = min(top, order[0])
    return Found(
        first, last, tuple(rows[at] for at in order), tuple(at + 1 for at in order), (), (said,)
    )


def _header_above(lines: Sequence[str], taken: bytearray, top: int, rule: int) -> Iterator[int]:
    floor = top if top != rule else max(-1, rule - 1 - MOST_HEADERS)
    for at in range(rule - 1, floor, -1):
        if taken[at] or is_blank(lines[at]) or is_strokes(lines[at]):
            return
        yield at


def _cut(line: str, bounds: Sequence[int], step: Callable[[str], int]) -> tuple[str, ...] | None:
    """A line cut at these places; None where a word stands across one."""
    if len(line) > LONGEST:
        return None
    marks = _indexes(line, bounds, step)
    cuts = [0, *marks[1:], len(line)]
    for cut in cuts[1:-1]:
        if 0 < cut < len(line) and not line[cut - 1].isspace():
            return None
    return tuple(line[left:right].strip() for left, right in pairwise(cuts))


def _indexes(line: str, bounds: Sequence[int], step: Callable[[str], int]) -> list[int]:
    """Where in the line each place is; beyond its end, the end."""
    if step is len or line.isascii():
        return [min(bound, len(line)) for bound in bounds]
    found: list[int] = []
    place = index = 0
    for bound in bounds:
        while place < bound and index < len(line):
            place += step(line[index])
            index += 1
        found.append(index)
    return found
