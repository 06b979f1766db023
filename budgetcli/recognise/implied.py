"""Totals that no word announces: a row that is the sum of the rows beside it, in every column.

A coincidence must not make a total, so either the figures are long enough to
rule it out, or the whole table falls into such groups.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from math import gcd, log10
from operator import add, mul
from typing import NamedTuple

from budgetcli.model import Row
from budgetcli.recognise.sums import Run, column_of

_SURE_DIGITS = 4.0
_ROOMY = 100
# a ledger of more rows than this is no table of groups throughout
_SMALL = 2000
# in a table that was printed sums may be rounded, so every run is tried
_PRINTED = 300
_WEIGHT = 1_000_003
_Vector = tuple[int, ...]


class Group(NamedTuple):
    """A row and the rows (indexes) whose sum it is; `digits` is how many figures prove it."""

    position: int
    parts: tuple[int, ...]
    digits: float


def implied_totals(
    rows: Sequence[Row],
    free: Sequence[int],
    quantum: Mapping[str, int],
    *,
    needed: bool = False,
    among: int = 0,
) -> dict[int, tuple[int, ...]]:
    """Rows of `free` that are sums of their neighbours there, with the leaves they cover.

    `needed` says that the table's own total only comes out with them; else
    few figures are proof enough only where the groups part the whole table.
    `among` so many rows these are looked at, where they are not all.
    """
    many = max(1, len(free), among)
    sure = _SURE_DIGITS + log10(many)
    small = many <= _SMALL
    groups, complete = _rounds(rows, free, quantum, 0.0 if small or needed else sure)
    if small and not (needed or complete):
        groups, _ = _rounds(rows, free, quantum, sure)
    found = {group.position: group.parts for group in groups}
    return {index: tuple(_leaves(found, index)) for index in sorted(found)}


def _rounds(
    rows: Sequence[Row], free: Sequence[int], quantum: Mapping[str, int], digits: float
) -> tuple[list[Group], bool]:
    """Groups, then groups of groups; and whether the last ones cover all rows there are."""
    found: list[Group] = []
    left = list(free)
    complete = False
    while groups := [group for group in _pass(rows, left, quantum) if group.digits >= digits]:
        found += groups
        complete = sum(1 + len(group.parts) for group in groups) == len(left)
        heads = {group.position for group in groups}
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
    columns = {name: column_of(rows, left, name) for name in quantum}
    names = [name for name in quantum if any(columns[name])]
    if len(names) < 2:
        return []
    vectors = [*zip(*(columns[name] for name in names), strict=True)]
    if len(left) > _PRINTED and not _may_sum(vectors):
        return []
    candidates = _candidates(_Figures(vectors, [quantum[name] for name in names]))
    used: set[int] = set()
    groups = []
    for group in sorted(candidates, key=lambda group: len(group.parts)):
        if used.isdisjoint({group.position, *group.parts}):
            used |= {group.position, *group.parts}
            groups.append(
                Group(left[group.position], tuple(left[part] for part in group.parts), group.digits)
            )
    return groups


def _may_sum(vectors: Sequence[_Vector]) -> bool:
    """Whether any row could be the sum of a run beside it: one number a row tells most apart."""
    weights = [_WEIGHT**place for place in range(len(vectors[0]))]
    prints = [sum(map(mul, vector, weights)) for vector in vectors]
    sums = [*accumulate(prints, initial=0)]
    known = set(sums)
    below = (after + own in known for after, own in zip(sums[1:], prints, strict=True) if own)
    above = (before - own in known for before, own in zip(sums, prints, strict=False) if own)
    return any(below) or any(above)


class _Figures:
    """Rows of amounts, with running sums of all columns: a run's sum is one subtraction."""

    def __init__(self, vectors: Sequence[_Vector], grains: Sequence[int]) -> None:
        self.vectors = vectors
        self.grains = grains
        nothing = (0,) * len(grains)
        self.sums = list(accumulate(vectors, _plus, initial=nothing))
        self.filled = list(accumulate((int(any(vector)) for vector in vectors), initial=0))
        self.places: dict[_Vector, list[int]] = {}
        for place, sums in enumerate(self.sums):
            self.places.setdefault(sums, []).append(place)
        self.firsts = {sums[0] for sums in self.places}

    def agree(self, place: int, start: int, stop: int) -> bool:
        """Exactly, or within the rounding room of amounts that are large against it."""
        ends = (self.vectors[place], self.sums[start], self.sums[stop], self.grains)
        exact = True
        for printed, before, after, grain in zip(*ends, strict=True):
            room = (stop - start + 1) * grain
            off = 2 * abs(printed - after + before)
            if off and (off > room or 2 * abs(printed) < _ROOMY * room):
                return False
            exact = exact and not off
        several = self.filled[stop] - self.filled[start] > 1
        return several and (exact or not self._one_is_enough(place, start, stop))

    def _one_is_enough(self, place: int, start: int, stop: int) -> bool:
        """Whether one row of the run equals the sum by itself, and the others lie in its rounding.

        Two equal rows beside a tiny one are no sum.
        """
        rooms = [(stop - start + 1) * grain for grain in self.grains]
        return any(
            all(
                2 * abs(printed - own) <= room
                for printed, own, room in zip(
                    self.vectors[place], self.vectors[part], rooms, strict=True
                )
            )
            for part in range(start, stop)
        )


def _candidates(figures: _Figures) -> Iterator[Group]:
    """For each row the first run below or above it that it sums, if there is one."""
    for place, vector in enumerate(figures.vectors):
        if sum(map(bool, vector)) < 2:
            continue
        for start, stop in (*_below(figures, place), *_above(figures, place)):
            if figures.agree(place, start, stop):
                parts = range(start, stop)
                digits = _digits(vector, [figures.vectors[part] for part in parts])
                if digits:
                    yield Group(place, tuple(parts), digits)
                break


def _below(figures: _Figures, place: int) -> Iterator[Run]:
    """Runs that start under a row: those that give its sum, in a small table all."""
    start = place + 1
    large = len(figures.vectors) > _PRINTED
    if large and figures.sums[start][0] + figures.vectors[place][0] not in figures.firsts:
        return iter(())  # most rows of a ledger: no run's sum begins like theirs
    stops: Iterable[int] = figures.places.get(
        _plus(figures.sums[start], figures.vectors[place]), ()
    )
    if len(figures.vectors) <= _PRINTED:
        stops = range(start, len(figures.vectors) + 1)
    return ((start, stop) for stop in stops if stop > start)


def _above(figures: _Figures, place: int) -> Iterator[Run]:
    """Runs that end over a row, in the same way, the shortest first."""
    large = len(figures.vectors) > _PRINTED
    if large and figures.sums[place][0] - figures.vectors[place][0] not in figures.firsts:
        return iter(())
    negative = tuple(-amount for amount in figures.vectors[place])
    starts: Sequence[int] = figures.places.get(_plus(figures.sums[place], negative), ())
    if len(figures.vectors) <= _PRINTED:
        starts = range(place)
    return ((start, place) for start in reversed(starts) if start < place)


def _plus(one: _Vector, other: _Vector) -> _Vector:
    return tuple(map(add, one, other))


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
