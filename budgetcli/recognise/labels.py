"""Each row's names, by label field, and the cells that may say that it is a total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import takewhile

from budgetcli.fields import AMOUNTS, LABELS
from budgetcli.recognise.columns import ColumnMap
from budgetcli.recognise.grid import Grid
from budgetcli.recognise.names import clean
from budgetcli.recognise.totals import is_total_name

_clean = lru_cache(maxsize=65536)(clean)


def row_labels(grid: Grid, rows: Sequence[int], columns: ColumnMap) -> list[Mapping[str, str]]:
    """Each row's names by field; a blank outer name beside an inner one repeats the name above."""
    fields = sorted((column, name) for name, column in columns.fields.items() if name in LABELS)
    above: Mapping[str, str] = {}
    found: list[Mapping[str, str]] = []
    for row in rows:
        cells = grid.rows[row]
        own = {name: _clean(cells[column]) for column, name in fields}
        labels = own if all(own.values()) else _filled(own, above)
        above = _outer(labels) or above
        found.append(labels)
    return found


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


def name_columns(grid: Grid, columns: ColumnMap) -> list[int]:
    """The columns that may name a row: its label fields, and what stands left of the amounts."""
    facts = {columns.fields.get(name) for name in ("as_of", "fiscal_year", "unit")}
    money = [column for name, column in columns.fields.items() if name in AMOUNTS]
    labelled = {column for name, column in columns.fields.items() if name in LABELS}
    return sorted((labelled | set(range(min(money, default=grid.width)))) - facts)
