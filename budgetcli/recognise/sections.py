"""One raw table that holds several, stacked under each other, parted: each with its own header.

A header that merely repeats, as at a page break, parts nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from budgetcli.model import RawTable, Span
from budgetcli.recognise.abreast import part_abreast
from budgetcli.recognise.bands import Bands, find_bands, has_amounts, is_header_like
from budgetcli.recognise.grid import Grid, make_grid
from budgetcli.recognise.headers import names_amounts
from budgetcli.recognise.names import key
from budgetcli.recognise.synonyms import OwnWords

_SHORTEST_TITLE = 4
_AMOUNT_WORDS = 2


def split_document(raws: Sequence[RawTable], words: OwnWords = ()) -> list[RawTable]:
    """A document's tables, stacked ones parted and those abreast, then all numbered anew.

    `words` are the user's own for columns.
    """
    parts = [
        part
        for raw in raws
        for stacked in split(raw, words)
        for part in part_abreast(stacked, words)
    ]
    if len(parts) == len(raws):
        return parts
    return [part._replace(number=number, alone=False) for number, part in enumerate(parts, 1)]


def split(raw: RawTable, words: OwnWords = ()) -> list[RawTable]:
    """The tables stacked in a raw table, in order; itself where it holds one."""
    if not _may_hold_several(raw, words):
        return [raw]
    grid = make_grid(raw, words)
    bands = find_bands(grid)
    starts = _starts(grid, bands)
    if not starts:
        return [raw]
    edges = [0, *(start + grid.top for start in starts), len(raw.rows)]
    first, *others = [_part(raw, *edge) for edge in pairwise(edges)]
    heads = tuple(" ".join(filter(None, grid.rows[row])) for row in bands.captions)
    # a unit or a date said once above the first table holds for those below it too
    return [first, *(part._replace(before=(*raw.before, *heads)) for part in others)]


def _may_hold_several(raw: RawTable, words: OwnWords) -> bool:
    """A look that costs little: are there two rows of words, one of which names an amount?"""
    worded = [row for row in raw.rows if any(row) and not any(map(str.isdecimal, row))]
    named = (any(names_amounts(text, words) for text in row if text) for row in worded)
    return sum(named) > 1


def _starts(grid: Grid, bands: Bands) -> list[int]:
    """The grid rows at which another table begins: after the data above its header."""
    if not bands.header:
        return []
    known = {_row_key(grid, row) for row in bands.header}
    titles = {_row_key(grid, row) for row in bands.captions}
    repeated = set(bands.repeated)
    starts: list[int] = []
    last: int | None = None
    for row in range(bands.header[-1] + 1, len(grid.rows)):
        if has_amounts(grid, row):
            last = row
        elif last is not None and (
            _has_new_title(grid, last + 1, row, titles)
            if row in repeated
            else _is_other_header(grid, row) and _row_key(grid, row) not in known
        ):
            starts.append(_first_blank(grid, last + 1, row))
            last = None
    return starts


def _is_other_header(grid: Grid, row: int) -> bool:
    """No amounts, and two of its words are those of amounts."""
    words = sum(names_amounts(text, grid.words) for _, text in grid.own(row))
    return words >= _AMOUNT_WORDS and is_header_like(grid, row)


def _has_new_title(grid: Grid, start: int, stop: int, titles: set[tuple[str, ...]]) -> bool:
    """Whether a text that the first table's captions lack stands between data and header."""
    between = [row for row in range(start, stop) if any(grid.rows[row])]
    return any(
        _row_key(grid, row) not in titles
        and sum(map(str.isalpha, "".join(grid.rows[row]))) >= _SHORTEST_TITLE
        for row in between
    )


def _first_blank(grid: Grid, start: int, stop: int) -> int:
    """Notes stay with the table above: the next one starts after the first gap, if there is one."""
    return next((row + 1 for row in range(start, stop) if not any(grid.rows[row])), start)


def _part(raw: RawTable, start: int, stop: int) -> RawTable:
    spans = tuple(
        Span(span.row - start, span.column, min(span.rows, stop - span.row), span.columns)
        for span in raw.spans
        if start <= span.row < stop
    )
    lines = raw.lines or tuple(range(1, len(raw.rows) + 1))
    return raw._replace(
        rows=raw.rows[start:stop],
        lines=lines[start:stop],
        spans=spans,
        after=raw.after if stop == len(raw.rows) else (),
    )


def _row_key(grid: Grid, row: int) -> tuple[str, ...]:
    return tuple(key(text) for text in grid.rows[row])
