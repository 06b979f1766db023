"""Pictures of one line a row: names on the left, figures on the right, the plot between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from budgetcli.views.picture.ink import shortened, width
from budgetcli.views.picture.look import (
    INK,
    LABEL,
    LEADING,
    MARGIN,
    MUTED,
    NAME,
    PLOT,
    SMALL,
    WIDTH,
    row_height,
)
from budgetcli.views.picture.scale import Scale
from budgetcli.views.picture.sheet import Plot, Sheet, Words, sheet

_BETWEEN = 10.0


class Line(NamedTuple):
    """A row's name and its figures, as they are written; `strong` for those that matter most."""

    name: str
    figures: tuple[str, ...]
    strong: bool = False

    @property
    def weight(self) -> str:
        """How it is set."""
        return "bold" if self.strong else "normal"


class Rows(NamedTuple):
    """A sheet with its lines written; what is drawn beside them is each picture's own."""

    sheet: Sheet
    lines: int

    @property
    def height(self) -> float:
        """Of one line."""
        return self.sheet.plot.height / self.lines

    def y(self, row: int) -> float:
        """The middle of a line."""
        return self.sheet.top + (row + 0.5) * self.height

    def zero(self) -> None:
        """A line at 0, where bars begin."""
        x = self.sheet.x(0)
        self.sheet.line([(x, self.sheet.top), (x, self.sheet.bottom)], INK, 0.8)

    def part(self, row: int) -> None:
        """A line across, above a row: what follows is no more of the same."""
        y = self.sheet.top + row * self.height
        self.sheet.line([(MARGIN, y), (self.sheet.plot.width - MARGIN, y)], MUTED, 0.7)


def ruled(words: Words, heads: Sequence[str], lines: Sequence[Line], scale: Scale) -> Rows:
    """The sheet for these lines: as high as they are many, as wide as their figures need."""
    short = [line._replace(name=shortened(line.name, NAME, LABEL, line.weight)) for line in lines]
    columns = [_column(head, n, short) for n, head in enumerate(heads)]
    left = MARGIN + max(width(line.name, LABEL, line.weight) for line in short) + _BETWEEN
    right = sum(columns) + MARGIN
    plot = Plot(
        scale,
        len(lines) * row_height(len(lines)),
        left,
        right,
        max(WIDTH, left + PLOT + right),
        head=SMALL * LEADING + 4,
        foot=SMALL * LEADING + 4,
    )
    made = Rows(sheet(words, plot), len(lines))
    _write(made, heads, short, columns)
    return made


def _column(head: str, number: int, lines: Sequence[Line]) -> float:
    """The room its widest figure takes."""
    widest = max(width(line.figures[number], LABEL, line.weight) for line in lines)
    return max(widest, width(head, SMALL)) + _BETWEEN


def _write(
    made: Rows, heads: Sequence[str], lines: Sequence[Line], columns: Sequence[float]
) -> None:
    paper = made.sheet
    edges = _edges(paper.plot.width - paper.plot.right, columns)
    for head, x in zip(heads, edges, strict=True):
        paper.write((x, paper.top - 5), head, SMALL, MUTED, align="right")
    for number, line in enumerate(lines):
        base = made.y(number) + LABEL * 0.36
        paper.write((MARGIN, base), line.name, weight=line.weight)
        for x, figure in zip(edges, line.figures, strict=True):
            paper.write((x, base), figure, weight=line.weight, align="right")


def _edges(start: float, columns: Sequence[float]) -> list[float]:
    """Where each column ends."""
    return [start + sum(columns[: n + 1]) for n in range(len(columns))]
