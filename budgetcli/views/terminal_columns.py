"""Which columns a page of so many cells takes in, and how wide each and the bar become.

Only widths are known here, no values.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

GAP = 2
BAR_LEAST = 8
BAR_MOST = 30


@dataclass(frozen=True, slots=True)
class Need:
    """What one column asks for, in cells.

    Below `least` it would be unreadable, `wish` is what it is taken in with,
    beyond `full` it has no use for more. Numbers have all three equal: they
    are never cut. `barred`: the bar stands beside this column, if anywhere.
    """

    rank: int
    least: int
    wish: int
    full: int
    barred: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns taken in, by their index, with their widths; `bar` is 0 where there is none."""

    widths: Mapping[int, int]
    bar: int

    @property
    def total(self) -> int:
        """The width of a whole line."""
        columns = [*self.widths.values(), *([self.bar] if self.bar else [])]
        return sum(columns) + GAP * max(0, len(columns) - 1)


def choose(needs: Sequence[Need], width: int) -> Layout:
    """Columns of rank 0 always, then by rank whichever fits; what is left goes to names and bar.

    Where not even rank 0 fits, the bar goes first, then names become
    narrower; only numbers too wide for the page make a line longer than it.
    """
    taken = {index for index, need in enumerate(needs) if need.rank == 0}
    if _wished(needs, taken).total > width:
        return Layout(_squeezed(needs, taken, width), 0)
    for index in sorted(set(range(len(needs))) - taken, key=lambda index: needs[index].rank):
        if _wished(needs, taken | {index}).total <= width:
            taken.add(index)
    return _spread(needs, _wished(needs, taken), width)


def _wished(needs: Sequence[Need], taken: Collection[int]) -> Layout:
    bar = BAR_LEAST if any(needs[index].barred for index in taken) else 0
    return Layout({index: needs[index].wish for index in sorted(taken)}, bar)


def _squeezed(needs: Sequence[Need], taken: Collection[int], width: int) -> dict[int, int]:
    widths = {index: needs[index].wish for index in sorted(taken)}
    over = max(0, Layout(widths, 0).total - width)
    for index in sorted(widths, key=lambda index: needs[index].least - widths[index]):
        given = min(over, widths[index] - needs[index].least)
        widths[index] -= given
        over -= given
    return widths


def _spread(needs: Sequence[Need], layout: Layout, width: int) -> Layout:
    left = width - layout.total
    widths = dict(layout.widths)
    for index in widths:
        more = min(left, needs[index].full - widths[index])
        widths[index] += more
        left -= more
    return Layout(widths, min(BAR_MOST, layout.bar + left) if layout.bar else 0)
