"""Rates over time: the plot with per cent upwards and days to the right that pace and trend use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from budgetcli.views.picture.beside import APART, room
from budgetcli.views.picture.ink import width
from budgetcli.views.picture.look import GRID, LEADING, MARGIN, MUTED, SMALL, WIDTH
from budgetcli.views.picture.scale import Exact, Scale, cut, of_rates
from budgetcli.views.picture.sheet import Plot, Sheet, Spot, Words, sheet

NAMED = 16
_HEIGHT = 230.0
_AXIS = 34.0  # room for 200 % on the left


class Field(NamedTuple):
    """A sheet with its grid drawn; `rates` is the scale upwards."""

    sheet: Sheet
    rates: Scale

    def spot(self, day: Exact, rate: Exact) -> Spot:
        """Where a rate of a day stands."""
        return self.sheet.x(day), self.height(rate)

    def height(self, rate: Exact) -> float:
        """Where a rate stands, or the edge it lies beyond."""
        return self.sheet.bottom - self.rates.at(cut(rate)) * self.sheet.plot.height

    def dot(self, spot: Spot, rate: Exact, color: str, size: float = 6.0) -> None:
        """A point of a rate; an arrow where it lies beyond the edge."""
        shape = "o" if rate == cut(rate) else "^" if rate > 0 else "v"
        self.sheet.dot(spot, color, size, shape)


def field(words: Words, days: Scale, rates: Iterable[Exact | None], tags: Sequence[str]) -> Field:
    """The empty plot with its grid; on its right there is room for the tags."""
    upwards = of_rates(rates)
    plot = Plot(
        days,
        max(_HEIGHT, APART * (len(tags) + 1)),
        MARGIN + _AXIS,
        MARGIN + room(tags),
        max(WIDTH, MARGIN * 2 + _AXIS + room(tags) + 240),
        head=SMALL * LEADING + 4,
        foot=SMALL * LEADING + 7,
    )
    made = Field(sheet(words, plot), upwards)
    for tick in upwards.ticks:
        y = made.height(tick)
        made.sheet.line([(plot.left, y), (plot.width - plot.right, y)], GRID, 0.7)
        made.sheet.write((plot.left - 5, y + 2.5), f"{tick} %", SMALL, MUTED, align="right")
    return made


def mark_days(made: Field, days: Sequence[tuple[Exact, date | str]]) -> None:
    """Each day below the plot, the last one first, but those that leave each other no room."""
    free = made.sheet.plot.width
    for place, day in reversed(days):
        x, half = made.sheet.x(place), width(str(day), SMALL) / 2
        if x + half < free:
            made.sheet.line([(x, made.sheet.top), (x, made.sheet.bottom)], GRID, 0.7)
            made.sheet.write((x, made.sheet.bottom + 13), str(day), SMALL, MUTED, align="center")
            free = x - half - 6
