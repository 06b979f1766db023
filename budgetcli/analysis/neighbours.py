"""Two snapshots side by side: does one lack rows, is one a copy, who may have a new name.

Only suspicions are raised here; nothing is filled in, left out or renamed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from budgetcli.fields import LABELS
from budgetcli.model import BudgetTable, Row
from budgetcli.recognise.names import key

# A fifth of the rows, or of the money, is more than a month's reorganisation takes away.
_FIFTH = 5
# Of no more rows than these, one is a fifth or holds a fifth of the money too easily.
_FEW = 10
_MOST_PAIRS = 10_000
_ALIKE = 0.5

_Name = tuple[str, ...]
_Amounts = tuple[int | None, int | None, int | None]

_key = lru_cache(maxsize=65536)(key)


class Missing(NamedTuple):
    """How many of a snapshot's rows its neighbour lacks, of how many."""

    rows: int
    of: int


class Leaves:
    """A table's rows, and by their names: worked out once for each choice of naming columns.

    `times` brings its amounts to the scale of those it is held against.
    """

    def __init__(self, table: BudgetTable, times: int = 1) -> None:
        self.table = table
        self.times = times
        self.labels = [name for name in LABELS if any(name in row.labels for row in table.rows)]
        self.budget = times * sum(row.amount("budget") or 0 for row in table.rows)
        self._by_name: dict[_Name, dict[_Name, list[_Amounts]]] = {}

    def by_name(self, other: Leaves) -> dict[_Name, list[_Amounts]]:
        """The amounts of each row by the names both tables have columns for."""
        labels = tuple(name for name in self.labels if name in other.labels)
        if labels not in self._by_name:
            found: dict[_Name, list[_Amounts]] = {}
            for row in self.table.rows:
                name = tuple(_key(row.labels.get(label, "")) for label in labels)
                found.setdefault(name, []).append(_amounts(row, self.times))
            self._by_name[labels] = found
        return self._by_name[labels]


def lacking(whole: Leaves, part: Leaves) -> Missing | None:
    """What `part` lacks of `whole`, where it looks cut short; else None.

    It does where more than a fifth of the rows, or of the budget, is not
    there, and less than half as much has come instead: a reorganisation
    brings as much as it takes. One of a few rows has just gone.
    """
    before, after = whole.by_name(part), part.by_name(whole)
    gone, come = before.keys() - after.keys(), after.keys() - before.keys()
    if (len(gone) > 1 or len(before) > _FEW) and any(
        _FIFTH * lost > everything and 2 * found < lost
        for lost, found, everything in (
            (len(gone), len(come), len(before)),
            (_money(before, gone), _money(after, come), _money(before, before)),
        )
    ):
        return Missing(len(gone), len(before))
    return None


def is_copy(one: Leaves, other: Leaves) -> bool:
    """Whether both hold the same rows with the same amounts."""
    return one.by_name(other) == other.by_name(one)


def renames(
    gone: Sequence[tuple[str, int | None]], come: Sequence[tuple[str, int | None]]
) -> list[tuple[str, str]]:
    """Names with their budgets that may be one division's old and new name, the likest first.

    The names must be alike and the budgets within a quarter of each other;
    no name is suggested twice. Too many to tell apart: no suggestion.
    """
    if len(gone) * len(come) > _MOST_PAIRS:
        return []
    likest = sorted(
        (
            (-likeness, old, new)
            for old, budget in gone
            for new, other in come
            if _is_like(budget, other) and (likeness := _likeness(old, new)) >= _ALIKE
        )
    )
    found: dict[str, str] = {}
    for _, old, new in likest:
        if old not in found and new not in found.values():
            found[old] = new
    return [*found.items()]


def _amounts(row: Row, times: int) -> _Amounts:
    budget, committed, spent = (
        None if (amount := row.amount(name)) is None else amount * times
        for name in ("budget", "committed", "spent")
    )
    return budget, committed, spent


def _money(rows: Mapping[_Name, list[_Amounts]], names: Iterable[_Name]) -> int:
    return sum(amounts[0] or 0 for name in names for amounts in rows[name])


def _is_like(one: int | None, other: int | None) -> bool:
    if one is None or other is None:
        return False
    low, high = sorted((one, other))
    return 4 * high <= 5 * low


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, _key(one), _key(other), autojunk=False).ratio()
