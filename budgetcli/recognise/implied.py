"""Totals that no word announces: a row that is the sum of the rows beside it, in every column.

A coincidence must not make a total, so either the figures are long enough to
rule it out, or the whole table falls into such groups.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from math import gcd, log10
from operator import add, sub
from typing import NamedTuple

from budgetcli.model import Row
from budgetcli.recognise.sums import Run, column_of

_SURE_DIGITS = 4.0
_ROOMY = 100
# a ledger of more rows than this is no table of groups throughout
_SMALL = 2000
# in a table that was printed sums may be rounded, so every run is tried
_PRINTED = 300
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
    filled = [name for name in quantum if any(columns[name])]
    if len(filled) < 2:
        return []
    figures = _Figures([columns[name] for name in filled], [quantum[name] for name in filled])
    used: set[int] = set()
    groups = []
    for group in sorted(_candidates(figures), key=lambda group: len(group.parts)):
        if used.isdisjoint({group.position, *group.parts}):
            used |= {group.position, *group.parts}
            groups.append(
                Group(left[group.position], tuple(left[part] for part in group.parts), group.digits)
            )
    return groups


class _Figures:
    """Rows of amounts, with running sums of all columns: a run's sum is one subtraction."""

    def __init__(self, columns: Sequence[Sequence[int]], grains: Sequence[int]) -> None:
        self.grains = grains
        self.vectors: list[_Vector] = [*zip(*columns, strict=True)]
        self.sums = [*accumulate(self.vectors, _plus, initial=(0,) * len(grains))]
        self.places: dict[_Vector, list[int]] = {}
        for place, sums in enumerate(self.sums):
            self.places.setdefault(sums, []).append(place)
        self.totals = [sums[0] for sums in self.sums]

    def runs_beside(self, place: int) -> Iterator[Run]:
        """Runs that start under a row, then those that end over it, the shortest first.

        In a table that was printed all of them, else those that give its amounts exactly.
        """
        below: Sequence[int] = range(len(self.sums))
        above = below
        if len(self.vectors) > _PRINTED:
            own = self.vectors[place]
            below = self.places.get(_plus(self.sums[place + 1], own), ())
            above = self.places.get(_minus(self.sums[place], own), ())
        runs = chain(
            ((place + 1, stop) for stop in below if stop > place),
            ((start, place) for start in reversed(above) if start < place),
        )
        return self._first_fits(place, runs)

    def _first_fits(self, place: int, runs: Iterable[Run]) -> Iterator[Run]:
        """The runs that come to a row's amount in the first column, which few do."""
        amount, grain = self.vectors[place][0], self.grains[0]
        for start, stop in runs:
            off = 2 * abs(amount - self.totals[stop] + self.totals[start])
            if off <= (stop - start + 1) * grain:
                yield start, stop

    def agree(self, place: int, start: int, stop: int) -> bool:
        """Exactly, or within the rounding room of amounts that are large against it."""
        before, after = self.sums[start], self.sums[stop]
        exact = True
        for column, printed in enumerate(self.vectors[place]):
            room = (stop - start + 1) * self.grains[column]
            off = 2 * abs(printed - after[column] + before[column])
            if off and (off > room or 2 * abs(printed) < _ROOMY * room):
                return False
            exact = exact and not off
        return exact or not self._one_is_enough(place, start, stop)

    def _one_is_enough(self, place: int, start: int, stop: int) -> bool:
        """Whether one row of the run equals the sum by itself, and the others lie in its rounding.

        Two equal rows beside a tiny one are no sum.
        """
        vector = self.vectors[place]
        rooms = [(stop - start + 1) * grain for grain in self.grains]
        return any(
            all(2 * abs(total - own[n]) <= rooms[n] for n, total in enumerate(vector))
            for own in self.vectors[start:stop]
        )


def _candidates(figures: _Figures) -> Iterator[Group]:
    """For each row the first run below or above it that it provably sums, if there is one."""
    for place, vector in enumerate(figures.vectors):
        if sum(map(bool, vector)) < 2:
            continue
        for start, stop in figures.runs_beside(place):
            if figures.agree(place, start, stop) and (
                digits := _digits([vector, *figures.vectors[start:stop]])
            ):
                yield Group(place, tuple(range(start, stop)), digits)
                break


def _plus(one: _Vector, other: _Vector) -> _Vector:
    return tuple(map(add, one, other))


def _minus(one: _Vector, other: _Vector) -> _Vector:
    return tuple(map(sub, one, other))


def _digits(rows: Sequence[_Vector]) -> float:
    """How many figures of the first row agree: those of columns that are no multiples of others.

    None at all where every column is: a row and its parts all spent to the
    same degree are one equation, not two.
    """
    directions: dict[_Vector, float] = {}
    for amounts in zip(*rows, strict=True):
        common = gcd(*amounts)
        if common and amounts[0]:
            shape = tuple(amount // common for amount in amounts)
            directions[shape] = log10(abs(shape[0]))
    return sum(directions.values()) if len(directions) > 1 else 0.0
