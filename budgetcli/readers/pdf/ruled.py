"""Tables drawn with rules: rules to a grid, glyphs to its cells. Open sides are closed.

Text without rules around it is `plain`'s; what a cell means is nobody's here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from budgetcli.i18n import Sentence, say
from budgetcli.model import Span
from budgetcli.readers.pdf.page import SNAP, Glyph, Line, Rule, Rules, cell_lines, clustered

MOST_RULES = 6_000
MOST_CELLS = 100_000
_OPEN_SIDE = 8.0


@dataclass(frozen=True, slots=True)
class Grid:
    """The rules of one table: where its columns and rows part, and which rules part them."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rules: Rules
    closed: bool = False

    def holds(self, glyph: Glyph) -> bool:
        """Whether the glyph's middle is inside."""
        return self.xs[0] <= glyph.x < self.xs[-1] and self.ys[0] <= glyph.y < self.ys[-1]


@dataclass(frozen=True, slots=True)
class Area:
    """One cell of a table on a page: its span and its lines of text."""

    span: Span
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table as it stands on one page, with the borders of its columns and of its rows.

    A table told from its text has no `ys`.
    """

    areas: tuple[Area, ...]
    rows: int
    xs: tuple[float, ...]
    top: float
    bottom: float
    notes: tuple[Sentence, ...] = field(default=())
    ys: tuple[float, ...] = ()

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return len(self.xs) - 1


def grids(strong: Rules, weak: Rules) -> list[Grid]:
    """The grids that rules draw; shadings draw one only where no rules do."""
    found = [*_grids(strong)]
    free = [grid for grid in _grids(weak) if not any(_overlap(grid, other) for other in found)]
    return sorted(found + free, key=lambda grid: (grid.ys[0], grid.xs[0]))


def crowded(rules: Rules) -> bool:
    """Whether there are more rules than tables have: a drawing or a map."""
    return len(rules.lying) + len(rules.standing) > MOST_RULES


def read_grid(grid: Grid, glyphs: Iterable[Glyph]) -> PageTable:
    """The table in a grid, with the glyphs inside it. Empty closing rows and columns are cut."""
    spans = _spans(grid)
    anchors = {
        (row, column): number
        for number, span in enumerate(spans)
        for row in range(span.row, span.row + span.rows)
        for column in range(span.column, span.column + span.columns)
    }
    held: list[list[Glyph]] = [[] for _ in spans]
    for glyph in glyphs:
        row = bisect_right(grid.ys, glyph.y) - 1
        column = bisect_right(grid.xs, glyph.x) - 1
        held[anchors[row, column]].append(glyph)
    areas = tuple(
        Area(span, tuple(cell_lines(inside))) for span, inside in zip(spans, held, strict=True)
    )
    notes = (say("sides that were left open were closed"),) if grid.closed else ()
    return PageTable(areas, len(grid.ys) - 1, grid.xs, grid.ys[0], grid.ys[-1], notes, grid.ys)


def _overlap(one: Grid, other: Grid) -> bool:
    return (
        one.xs[0] < other.xs[-1]
        and other.xs[0] < one.xs[-1]
        and one.ys[0] < other.ys[-1]
        and other.ys[0] < one.ys[-1]
    )


def _grids(rules: Rules) -> Iterator[Grid]:
    if crowded(rules):
        return
    for lying, standing in _networks(rules):
        grid = _grid(lying, standing)
        if min(len(grid.xs), len(grid.ys)) > 2 and len(grid.xs) * len(grid.ys) <= MOST_CELLS:
            yield grid


def _networks(rules: Rules) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Rules that touch one another, directly or through others."""
    lying = sorted(rules.lying)
    places = [rule.at for rule in lying]
    parent = list(range(len(lying) + len(rules.standing)))
    for number, standing in enumerate(rules.standing, len(lying)):
        first = bisect_left(places, standing.start - SNAP)
        last = bisect_right(places, standing.end + SNAP)
        for other in range(first, last):
            if lying[other].start - SNAP <= standing.at <= lying[other].end + SNAP:
                parent[_root(parent, other)] = _root(parent, number)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for number, rule in enumerate([*lying, *rules.standing]):
        kind = 0 if number < len(lying) else 1
        groups.setdefault(_root(parent, number), ([], []))[kind].append(rule)
    return ((lying, standing) for lying, standing in groups.values() if lying and standing)


def _root(parent: list[int], node: int) -> int:
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node


def _grid(lying: list[Rule], standing: list[Rule]) -> Grid:
    xs, more_standing = _borders(standing, lying)
    ys, more_lying = _borders(lying, standing)
    rules = Rules((*lying, *more_lying), (*standing, *more_standing))
    return Grid(xs, ys, rules, bool(more_lying or more_standing))


def _borders(along: list[Rule], across: list[Rule]) -> tuple[tuple[float, ...], list[Rule]]:
    """Where cells part, and the rules to add where those across reach beyond the outermost."""
    places = [
        sum(rule.at for rule in group) / len(group) for group in clustered(sorted(along), SNAP)
    ]
    low, high = min(rule.start for rule in across), max(rule.end for rule in across)
    first, last = min(rule.at for rule in across), max(rule.at for rule in across)
    added: list[Rule] = []
    if low < places[0] - _OPEN_SIDE:
        places.insert(0, low)
        added.append(Rule(low, first, last))
    if high > places[-1] + _OPEN_SIDE:
        places.append(high)
        added.append(Rule(high, first, last))
    return tuple(places), added


def _spans(grid: Grid) -> list[Span]:
    """The cells, from the top left: each as wide as no rule stops it, then as tall."""
    walls = _walls(grid.xs, grid.ys, grid.rules.standing)
    floors = _walls(grid.ys, grid.xs, grid.rules.lying)
    height, width = len(grid.ys) - 1, len(grid.xs) - 1
    taken: set[tuple[int, int]] = set()
    spans: list[Span] = []
    for row in range(height):
        for column in range(width):
            if (row, column) in taken:
                continue
            right = column + 1
            while right < width and (right, row) not in walls and (row, right) not in taken:
                right += 1
            down = row + 1
            while down < height and _open_below(down, column, right, walls, floors):
                down += 1
            spans.append(Span(row, column, down - row, right - column))
            taken.update((r, c) for r in range(row, down) for c in range(column, right))
    return spans


def _open_below(
    row: int, left: int, right: int, walls: set[tuple[int, int]], floors: set[tuple[int, int]]
) -> bool:
    """Whether the cell above may go on into `row`: no rule between, none that parts it."""
    if any((row, column) in floors for column in range(left, right)):
        return False
    return not any((column, row) in walls for column in range(left + 1, right))


def _walls(
    places: Sequence[float], steps: Sequence[float], rules: Iterable[Rule]
) -> set[tuple[int, int]]:
    """(border, step) wherever a rule runs along that border past the middle of that step."""
    middles = [(low + high) / 2 for low, high in pairwise(steps)]
    walls: set[tuple[int, int]] = set()
    for rule in rules:
        border = min(range(len(places)), key=lambda number: abs(places[number] - rule.at))
        first, last = bisect_left(middles, rule.start), bisect_right(middles, rule.end)
        walls.update((border, step) for step in range(first, last))
    return walls
