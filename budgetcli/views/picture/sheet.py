"""The sheet a picture is drawn on: title and key above, the plot, what to know of it below.

Everything is placed in points from the upper left corner. Text is data: matplotlib parses none
of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from budgetcli.views.picture.ink import font, width, wrapped
from budgetcli.views.picture.look import (
    FAINT,
    GRID,
    INK,
    LABEL,
    LEADING,
    MARGIN,
    MUTED,
    PAPER,
    SMALL,
    TITLE,
)
from budgetcli.views.picture.scale import Exact, Scale

_GAP = 6.0
_SWATCH = 8.0
_POINTS = 72  # an inch

Spot = tuple[float, float]


class Key(NamedTuple):
    """A colour of the picture and what it stands for."""

    color: str
    text: str


class Words(NamedTuple):
    """What is written around a plot: the finding, what it is a finding of, colours, the small."""

    title: str
    subtitle: str = ""
    keys: tuple[Key, ...] = ()
    notes: tuple[str, ...] = ()


class Plot(NamedTuple):
    """The plot's room in points: what is left free on each of its sides, its own height."""

    scale: Scale
    height: float
    left: float
    right: float
    width: float
    head: float = 0
    foot: float = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One picture while it is drawn; `top` is where the plot begins."""

    figure: Figure
    axes: Axes
    plot: Plot
    top: float

    @property
    def bottom(self) -> float:
        """Where the plot ends."""
        return self.top + self.plot.height

    def x(self, value: Exact) -> float:
        """Where a value of the plot's scale stands."""
        across = self.plot.width - self.plot.left - self.plot.right
        return self.plot.left + self.plot.scale.at(value) * across

    def write(
        self,
        spot: Spot,
        text: str,
        size: float = LABEL,
        color: str = INK,
        weight: str = "normal",
        align: str = "left",
    ) -> None:
        """Text with its baseline at a spot."""
        if not text:
            return
        properties = font(text, size, weight)
        self.axes.text(
            *spot, text, fontproperties=properties, color=color, ha=align, parse_math=False
        )

    def bar(self, ends: tuple[Exact, Exact], y: float, height: float, color: str) -> None:
        """A bar between two values of the scale, `y` its middle."""
        start, end = map(self.x, ends)
        self.box((start, y - height / 2), (end, y + height / 2), color)

    def box(self, corner: Spot, other: Spot, color: str) -> None:
        """A filled rectangle."""
        (left, top), (right, bottom) = corner, other
        self.axes.barh(
            (top + bottom) / 2, right - left, bottom - top, left=left, color=color, linewidth=0
        )

    def line(
        self, spots: Sequence[Spot], color: str = INK, wide: float = 1.0, dashes: str = "solid"
    ) -> None:
        """A line through all the spots; faint ones lie under everything."""
        xs, ys = zip(*spots, strict=True)
        depth = 0 if color in (GRID, FAINT) else 2
        self.axes.plot(xs, ys, color=color, linewidth=wide, linestyle=dashes, zorder=depth)

    def dot(self, spot: Spot, color: str, size: float = 6.0, shape: str = "o") -> None:
        """A mark, on whatever is under it."""
        (mark,) = self.axes.plot(*spot, shape, color=color, markersize=size, zorder=3)
        mark.set(markeredgecolor=PAPER, markeredgewidth=0.8)


def sheet(words: Words, plot: Plot) -> Sheet:
    """Paper with the words on it; the plot is still empty."""
    room = plot.width - 2 * MARGIN
    titles = wrapped(words.title, room, TITLE, "bold")
    subtitles = wrapped(words.subtitle, room, LABEL)
    notes = [line for note in words.notes for line in wrapped(note, room, SMALL)]
    under = MARGIN + (len(titles) * TITLE + len(subtitles) * LABEL) * LEADING
    keyed = under + (_GAP + LABEL * LEADING if words.keys else 0)
    top = keyed + _GAP + plot.head
    foot = top + plot.height + plot.foot + _GAP
    made = _paper(plot, top, foot + len(notes) * SMALL * LEADING + MARGIN)
    _write_lines(made, titles, MARGIN, TITLE, INK, "bold")
    _write_lines(made, subtitles, MARGIN + len(titles) * TITLE * LEADING, LABEL, MUTED)
    _write_keys(made, words.keys, keyed - 2)
    _write_lines(made, notes, foot, SMALL, MUTED)
    return made


def grid(made: Sheet, labels: Sequence[str]) -> None:
    """Thin lines at the scale's ticks, each with its label below where there is room for it."""
    free = 0.0
    for tick, label in zip(made.plot.scale.ticks, labels, strict=True):
        x, half = made.x(tick), width(label, SMALL) / 2
        made.line([(x, made.top), (x, made.bottom)], GRID, 0.7)
        if x - half >= free:
            made.write((x, made.bottom + SMALL + 3), label, SMALL, MUTED, align="center")
            free = x + half + _GAP


def _paper(plot: Plot, top: float, height: float) -> Sheet:
    size = (plot.width / _POINTS, height / _POINTS)
    figure = Figure(size, dpi=_POINTS, facecolor=PAPER)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, plot.width), ylim=(height, 0))
    axes.set_autoscale_on(False)
    return Sheet(figure, axes, plot, top)


def _write_lines(
    made: Sheet, lines: Sequence[str], top: float, size: float, color: str, weight: str = "normal"
) -> None:
    for number, line in enumerate(lines, 1):
        made.write((MARGIN, top + number * size * LEADING), line, size, color, weight)


def _write_keys(made: Sheet, keys: Sequence[Key], base: float) -> None:
    """The colours in one line, each before its word."""
    x = float(MARGIN)
    for key in keys:
        made.box((x, base - _SWATCH), (x + _SWATCH, base), key.color)
        made.write((x + _SWATCH + 4, base - 0.5), key.text, SMALL, MUTED)
        x += _SWATCH + width(key.text, SMALL) + 18
