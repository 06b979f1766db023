"""One raw table whose header repeats across it: tables beside each other, or one in two columns.

Tables stacked under each other are `sections`' business.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from budgetcli.i18n import say
from budgetcli.model import Evidence, RawTable, Span
from budgetcli.recognise.bands import Bands, find_bands
from budgetcli.recognise.grid import Grid, make_grid
from budgetcli.recognise.headers import names_amounts
from budgetcli.recognise.names import key
from budgetcli.recognise.paths import header_paths
from budgetcli.recognise.synonyms import OwnWords

_HEAD_ROWS = 30


def part_abreast(raw: RawTable, words: OwnWords = ()) -> list[RawTable]:
    """The tables that lie beside each other; itself where the header does not repeat across.

    Parted by a blank column, or by group heads of their own, they are
    several; else one, whose rows go on at the right.
    """
    if not _may_repeat(raw, words):
        return [raw]
    grid = make_grid(raw, words)
    bands = find_bands(grid)
    paths = header_paths(grid, bands.header)
    sides = _sides(grid, bands, paths)
    if len(sides) < 2:
        return [raw]
    heads = tuple(" ".join(filter(None, grid.rows[row])) for row in bands.captions)
    parts = [_side(raw, grid, bands, side, heads) for side in sides]
    parted = any(after.start > before.stop for before, after in pairwise(sides))
    if parted or len({tuple(paths[column][:-1] for column in side) for side in sides}) > 1:
        return parts
    return [_one_under_another(parts, len(bands.header))]


def _may_repeat(raw: RawTable, words: OwnWords) -> bool:
    """A look that costs little: does a row of words begin anew further right?"""
    for row in raw.rows[:_HEAD_ROWS]:
        filled = [text for text in row if text.strip()]
        begins_anew = len(filled) > 3 and filled[0] in filled[1:]
        if begins_anew and any(names_amounts(text, words) for text in filled):
            return True
    return False


def _sides(grid: Grid, bands: Bands, paths: Sequence[tuple[str, ...]]) -> list[range]:
    """The runs of columns with one and the same header: a name first, amounts behind it."""
    used = [n for n, path in enumerate(paths) if path or _is_filled(grid, bands, n)]
    names = [key(paths[n][-1]) if paths[n] else "" for n in used]
    for width in range(2, len(used) // 2 + 1):
        first = names[:width]
        if len(names) % width == 0 and first * (len(names) // width) == names:
            behind = [paths[n][-1] for n in used[1:width] if paths[n]]
            named = bool(first[0]) and not names_amounts(paths[used[0]][-1], grid.words)
            starts = used[::width]
            ends = used[width - 1 :: width]
            sides = [range(a, b + 1) for a, b in zip(starts, ends, strict=True)]
            return (
                sides if named and any(names_amounts(text, grid.words) for text in behind) else []
            )
    return []


def _is_filled(grid: Grid, bands: Bands, column: int) -> bool:
    return any(grid.rows[row][column] for row in bands.data)


def _side(raw: RawTable, grid: Grid, bands: Bands, side: range, heads: tuple[str, ...]) -> RawTable:
    """The columns of one side, from its header down; what stood above is kept as text."""
    first = bands.header[0] + grid.top
    columns = slice(side.start + grid.left, side.stop + grid.left)
    spans = tuple(
        Span(
            span.row - first,
            span.column - columns.start,
            span.rows,
            min(span.columns, columns.stop - span.column),
        )
        for span in raw.spans
        if span.row >= first and columns.start <= span.column < columns.stop
    )
    lines = raw.lines or tuple(range(1, len(raw.rows) + 1))
    return raw._replace(
        rows=tuple(row[columns] for row in raw.rows[first:]),
        lines=lines[first:],
        spans=spans,
        before=(*raw.before, *heads),
    )


def _one_under_another(parts: Sequence[RawTable], header: int) -> RawTable:
    """The first part with the others' rows under its own."""
    said = say("its header stands {count} times side by side: read as one table", count=len(parts))
    first = parts[0]
    rows, lines, spans = [*first.rows], [*first.lines], [*first.spans]
    for part in parts[1:]:
        down = len(rows) - header
        rows += part.rows[header:]
        lines += part.lines[header:]
        spans += [span._replace(row=span.row + down) for span in part.spans if span.row >= header]
    return first._replace(
        rows=tuple(rows),
        lines=tuple(lines),
        spans=tuple(spans),
        evidence=(*first.evidence, Evidence("table", said, aloud=True)),
    )
