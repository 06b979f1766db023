"""Rows with the signs of totals, running sums of the leaves, and the runs that add up to a row."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from budgetcli.measures import agrees
from budgetcli.model import Row
from budgetcli.recognise.totals import Sign

Run = tuple[int, int]
_MOST_BOUNDARIES = 400


class Layout(NamedTuple):
    """Rows with their signs; `leaves_before[i]` counts the leaves above row i; `sums` run.

    `turns` are the leaves (by number) at which another outer name begins. `counted` are the
    rows of the source in the leaves above each leaf.
    """

    rows: Sequence[Row]
    signs: tuple[Sign | None, ...]
    quantum: Mapping[str, int]
    leaves: tuple[int, ...]
    leaves_before: tuple[int, ...]
    signed: tuple[int, ...]
    sums: Mapping[str, tuple[int, ...]]
    turns: tuple[int, ...] = ()
    counted: tuple[int, ...] = ()

    @property
    def everything(self) -> Run:
        """The run of all leaves."""
        return 0, len(self.leaves)

    def total(self, name: str, run: Run) -> int:
        """The sum of a run of leaves."""
        return self.sums[name][run[1]] - self.sums[name][run[0]]


def lay_out(
    rows: Sequence[Row], signs: Sequence[Sign | None], quantum: Mapping[str, int]
) -> Layout:
    """Rows parted into leaves and signed ones, with the leaves' running sums."""
    leaves = tuple(index for index, sign in enumerate(signs) if sign is None)
    amounts = {name: column_of(rows, leaves, name) for name in quantum}
    return Layout(
        rows,
        tuple(signs),
        quantum,
        leaves,
        tuple(accumulate((int(sign is None) for sign in signs), initial=0))[:-1],
        tuple(index for index, sign in enumerate(signs) if sign is not None),
        {name: _running(column) for name, column in amounts.items()},
        tuple(_turns([rows[index] for index in leaves])),
        _running([rows[index].merged for index in leaves]),
    )


def _turns(leaves: Sequence[Row]) -> Iterator[int]:
    outer = [next(iter(row.labels.values())) if len(row.labels) > 1 else "" for row in leaves]
    return (number for number in range(1, len(outer)) if outer[number] != outer[number - 1])


def column_of(rows: Sequence[Row], indexes: Sequence[int], name: str) -> list[int]:
    """A field's amounts in some rows; what is unknown counts for nothing."""
    values = [rows[index].amounts.get(name) for index in indexes]
    return [value if isinstance(value, int) else 0 for value in values]


def agreeing_run(layout: Layout, index: int, sign: Sign) -> Run | None:
    """The run of leaves beside a row that adds up to it: the shortest, of a grand total all."""
    runs = _runs(layout, index)
    if sign is Sign.GRAND:
        runs.reverse()
    return next((run for run in runs if adds_up(layout, index, run)), None)


def likeliest_run(layout: Layout, index: int, sign: Sign) -> Run:
    """The run a total that does not add up speaks of, told by its place."""
    at_an_end = index in (0, len(layout.rows) - 1)
    if sign is Sign.GRAND or at_an_end or len(layout.signed) == 1:
        return layout.everything
    runs = [run for run in _runs(layout, index) if run != layout.everything]
    facing = [run for run in runs if _faces(layout, index, run)]
    return (facing or runs or [layout.everything])[0]


def _faces(layout: Layout, index: int, run: Run) -> bool:
    """Whether a run lies on the side of a total where this table's totals have their parts."""
    leading = layout.signs[0] is not None
    return (run[0] == layout.leaves_before[index]) == leading


def adds_up(layout: Layout, index: int, run: Run) -> bool:
    """Agreement within rounding in every amount column, of at least one amount that is not zero."""
    row, parts = layout.rows[index], layout.counted[run[1]] - layout.counted[run[0]]
    compared = 0
    for name, grain in layout.quantum.items():
        printed = row.amount(name)
        if printed is None:
            continue
        if not agrees(printed, layout.total(name, run), parts, grain):
            return False
        compared += bool(printed)
    return compared > 0


def _runs(layout: Layout, index: int) -> list[Run]:
    """Runs of leaves that end or start at a total's place, at another total, a turn or an end.

    Shortest first, of equal ones that on the likelier side; one without leaves is none.
    """
    here = layout.leaves_before[index]
    near: Sequence[int] = layout.signed
    if len(near) > _MOST_BOUNDARIES:
        near = sorted(near, key=lambda row: abs(row - index))[:_MOST_BOUNDARIES]
    turn = bisect_left(layout.turns, here)
    turns = layout.turns[max(0, turn - 1) : turn + 2]
    edges = {*layout.everything, *turns, *(layout.leaves_before[row] for row in near)}
    runs = {(min(here, edge), max(here, edge)) for edge in edges if edge != here}
    return sorted(
        {*runs, layout.everything},
        key=lambda run: (run[1] - run[0], not _faces(layout, index, run), run),
    )


def _running(amounts: Sequence[int]) -> tuple[int, ...]:
    return tuple(accumulate(amounts, initial=0))
