"""Each row's names, by label field, and the cells that may say that it is a total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile

from budgetcli.fields import AMOUNTS, LABELS
from budgetcli.recognise.columns import ColumnMap
from budgetcli.recognise.grid import Grid
from budgetcli.recognise.names import clean
from budgetcli.recognise.totals import is_total_name


def row_labels(grid: Grid, rows: Sequence[int], columns: ColumnMap) -> list[Mapping[str, str]]:
    """Each row's names by field; a blank outer name beside an inner one repeats the name above."""
    fields = sorted((column, name) for name, column in columns.fields.items() if name in LABELS)
    keys = [name for _, name in fields]
    names = [_cleaned([grid.rows[row][column] for row in rows]) for column, _ in fields]
    above: Mapping[str, str] = {}
    found: list[Mapping[str, str]] = []
    for own in zip(*names, strict=True) if names else [()] * len(rows):
        labels: Mapping[str, str] = dict(zip(keys, own, strict=True))
        if not all(own):
            labels = _filled(labels, _outer(above))
        if labels and not is_total_name(next(iter(labels.values()))):
            above = labels
        found.append(labels)
    return found


def _cleaned(texts: Sequence[str]) -> list[str]:
    """A column of names, each spelling cleaned once."""
    known = {text: clean(text) for text in set(texts)}
    return [known[text] for text in texts]


def _outer(labels: Mapping[str, str]) -> Mapping[str, str]:
    """The names that rows below may repeat: those left of a total's name (경제실 | 소계)."""
    named = list(takewhile(lambda entry: not is_total_name(entry[1]), labels.items()))
    return dict(named)


def _filled(own: Mapping[str, str], above: Mapping[str, str]) -> Mapping[str, str]:
    names = [*own]
    inner = max((place for place, name in enumerate(names) if own[name]), default=-1)
    texts = {
        name: own[name] or (above.get(name, "") if place < inner else "")
        for place, name in enumerate(names)
    }
    return {name: text for name, text in texts.items() if text}


def row_names(grid: Grid, rows: Sequence[int], columns: ColumnMap) -> list[tuple[str, ...]]:
    """Each row's cells in the columns that may name it, from left to right.

    A year names no row, but "total" in its column does.
    """
    naming = name_columns(grid, columns)
    names = [[grid.rows[row][n] for row in rows] for n in naming]
    year = columns.fields.get("fiscal_year")
    if year is not None and year not in naming:
        names.append(
            [t if is_total_name(t) else "" for t in (grid.rows[row][year] for row in rows)]
        )
    return [*zip(*names, strict=True)] if names else [()] * len(rows)


def name_columns(grid: Grid, columns: ColumnMap) -> list[int]:
    """The columns that may name a row: its label fields, and what stands left of the amounts."""
    facts = {columns.fields.get(name) for name in ("as_of", "fiscal_year", "unit")}
    money = [column for name, column in columns.fields.items() if name in AMOUNTS]
    labelled = {column for name, column in columns.fields.items() if name in LABELS}
    return sorted(labelled | (set(range(min(money, default=grid.width))) - facts))
