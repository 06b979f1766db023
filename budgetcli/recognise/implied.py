"""Totals that no word announces: a row that is the sum of the rows beside it, in every column.

A coincidence must not make a total, so either the figures are long enough to
rule it out, or the whole table falls into such groups.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import gcd, log10

from budgetcli.model import Row

_WINDOW = 400
_SURE_DIGITS = 4.0
_ROOMY = 100
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Group:
    """A row and the rows (indexes) whose sum it is; `digits` is how many figures prove it."""

    index: int
    parts: tuple[int, ...]
    digits: float


def implied_totals(
    rows: Sequence[Row],
    free: Sequence[int],
    quantum: Mapping[str, int],
    *,
    needed: bool = False,
) -> dict[int, tuple[int, ...]]:
    """Rows of `free` that are sums of their neighbours there, with the leaves they cover.

    `needed` says that the table's own total only comes out with them; else
    few figures are proof enough only where the groups part the whole table.
    """
    groups, complete = _rounds(rows, free, quantum, 0.0)
    if not (needed or complete):
        groups, _ = _rounds(rows, free, quantum, _SURE_DIGITS + log10(max(1, len(free))))
    found = {group.index: group.parts for group in groups}
    return {index: tuple(_leaves(found, index)) for index in sorted(found)}


def _rounds(
    rows: Sequence[Row], free: Sequence[int], quantum: Mapping[str, int], digits: float
) -> tuple[list[Group], bool]:
    """Groups, then groups of groups; and whether the last ones cover all rows there are."""
    found: list[Group] = []
    left = list(free)
    complete = False
    for _ in range(_DEPTH):
        groups = [group for group in _pass(rows, left, quantum) if group.digits >= digits]
        if not groups:
            break
        found += groups
        complete = sum(1 + len(group.parts) for group in groups) == len(left)
        heads = {group.index for group in groups}
        left = [index for index in left if index not in heads]
    return found, complete


def _leaves(found: Mapping[int, tuple[int, ...]], index: int) -> Iterator[int]:
    for part in found[index]:
        if part in found:
            yield from _leaves(found, part)
        else:
            yield part


def _pass(rows: Sequence[Row], left: Sequence[int], quantum: Mapping[str, int]) -> list[Group]:
    """Groups among the rows left, none sharing a row, the shortest first served."""
    columns = {name: [rows[index].amount(name) or 0 for index in left] for name in quantum}
    columns = {name: amounts for name, amounts in columns.items() if any(amounts)}
    if len(columns) < 2:
        return []
    grains = [quantum[name] for name in columns]
    vectors = list(zip(*columns.values(), strict=True))
    candidates = [
        group
        for place in range(len(left))
        for step in (1, -1)
        if (group := _group(vectors, grains, place, step))
    ]
    used: set[int] = set()
    groups = []
    for group in sorted(candidates, key=lambda group: len(group.parts)):
        if used.isdisjoint({group.index, *group.parts}):
            used |= {group.index, *group.parts}
            groups.append(
                Group(left[group.index], tuple(left[part] for part in group.parts), group.digits)
            )
    return groups


def _group(
    vectors: Sequence[tuple[int, ...]], grains: Sequence[int], place: int, step: int
) -> Group | None:
    """The rows from `place` onwards, in one direction, that add up to the row there."""
    target = vectors[place]
    lead = max(range(len(target)), key=lambda column: abs(target[column]))
    if sum(map(bool, target)) < 2:
        return None
    sums = [0] * len(target)
    filled = 0
    for distance in range(1, _WINDOW):
        here = place + step * distance
        if not 0 <= here < len(vectors):
            return None
        sums = [total + amount for total, amount in zip(sums, vectors[here], strict=True)]
        filled += any(vectors[here])
        if filled > 1 and _agree(target, sums, grains, distance):
            parts = sorted(place + step * n for n in range(1, distance + 1))
            digits = _digits(target, [vectors[part] for part in parts])
            return Group(place, tuple(parts), digits) if digits else None
        if abs(sums[lead]) > 2 * abs(target[lead]):
            return None
    return None


def _agree(target: Sequence[int], sums: Sequence[int], grains: Sequence[int], parts: int) -> bool:
    """Exactly, or within the rounding room of amounts that are large against it."""
    for printed, computed, grain in zip(target, sums, grains, strict=True):
        room = (parts + 1) * grain
        off = 2 * abs(printed - computed)
        if off and (off > room or 2 * abs(printed) < _ROOMY * room):
            return False
    return True


def _digits(target: Sequence[int], parts: Sequence[Sequence[int]]) -> float:
    """How many figures agree: those of columns that are no multiples of one another.

    None at all where every column is: a row and its parts all spent to the
    same degree are one equation, not two.
    """
    directions: dict[tuple[int, ...], float] = {}
    for amounts in zip(target, *parts, strict=True):
        common = gcd(*amounts)
        if common and amounts[0]:
            shape = tuple(amount // common for amount in amounts)
            directions[shape] = log10(abs(shape[0]))
    return sum(directions.values()) if len(directions) > 1 else 0.0
