"""A table whose fields run down and whose names run across, turned: names down, fields across.

Told by words of the field as row labels. What the turned table is read as is others' business;
goals and results that are no money are `plans`'.
"""

from __future__ import annotations

from collections.abc import Sequence

from budgetcli.i18n import say
from budgetcli.model import Evidence, RawTable
from budgetcli.recognise.amounts import looks_like_amount
from budgetcli.recognise.dates import is_part_of_year
from budgetcli.recognise.grid import Grid, make_grid
from budgetcli.recognise.headers import is_year, names_amounts, read_path
from budgetcli.recognise.synonyms import OwnWords
from budgetcli.recognise.units import find_unit

_FEWEST = 2
_YEAR = "year"


def turn(raw: RawTable, words: OwnWords = ()) -> RawTable | None:
    """The table turned, where two row labels name amounts and names stand above them; else None.

    Across months or quarters nothing is turned: rows of them would be added up.
    """
    grid = make_grid(raw, words)
    fields = [row for row in range(1, len(grid.rows)) if _is_field(grid, row)]
    if len(fields) < _FEWEST:
        return None
    labels = _label_columns(grid, fields)
    heads = _heads(grid, fields[0], labels)
    if not heads or not _are_names(grid, heads, labels):
        return None
    return _turned(raw, grid, range(heads[0], fields[-1] + 1), labels, heads)


def _is_field(grid: Grid, row: int) -> bool:
    """Whether a row is one field's: its label names an amount, amounts stand behind it."""
    label, *cells = grid.rows[row]
    behind = any(map(looks_like_amount, cells))
    return behind and not looks_like_amount(label) and names_amounts(label, grid.words)


def _label_columns(grid: Grid, fields: Sequence[int]) -> int:
    """How many columns at the left hold no amount beside a field's name, such as its unit."""
    return next(
        column
        for column in range(1, grid.width)
        if any(looks_like_amount(grid.rows[row][column]) for row in fields)
    )


def _heads(grid: Grid, first: int, labels: int) -> list[int]:
    """The rows right above the first field that name what stands in the columns."""
    heads: list[int] = []
    for row in range(first - 1, -1, -1):
        if len(set(filter(None, grid.rows[row][labels:]))) < _FEWEST:
            break
        heads.insert(0, row)
    return heads


def _are_names(grid: Grid, heads: Sequence[int], labels: int) -> bool:
    cells = [text for row in heads for text in grid.rows[row][labels:] if text]
    return not any(names_amounts(text, grid.words) or is_part_of_year(text) for text in cells)


def _turned(raw: RawTable, grid: Grid, rows: range, labels: int, heads: Sequence[int]) -> RawTable:
    cells = [list(grid.rows[row]) for row in rows]
    corner = [text for row in cells[: len(heads)] for text in row[:labels]]
    for row in cells[: len(heads)]:
        row[:labels] = [_corner(row, labels), *[""] * (labels - 1)]
    columns = [*zip(*cells, strict=True)]
    spent = next((row for row in rows if _is_spent(grid, row)), rows[-1])
    line = raw.place(spent + grid.top).row
    above, below = _lines(grid, range(rows.start)), _lines(grid, range(rows.stop, len(grid.rows)))
    said = say("its fields run down and its names across: it was read turned")
    return raw._replace(
        rows=tuple(columns),
        lines=(line,) * len(columns),
        spans=(),
        before=(*raw.before, *above, *filter(find_unit, corner)),
        after=(*below, *raw.after),
        evidence=(*raw.evidence, Evidence("table", said, aloud=True)),
    )


def _corner(row: Sequence[str], labels: int) -> str:
    """What heads the names: what stands in the corner, unless it is a unit; over years, year."""
    if all(is_year(text) for text in row[labels:] if text):
        return _YEAR
    return "" if find_unit(row[0]) else row[0]


def _lines(grid: Grid, rows: range) -> list[str]:
    joined = (" ".join(filter(None, grid.rows[row])) for row in rows)
    return [line for line in joined if line]


def _is_spent(grid: Grid, row: int) -> bool:
    return any(name == "spent" for name, _ in read_path(grid.rows[row][:1], grid.words).fields)
