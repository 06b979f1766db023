"""Published first-half schedules of 신속집행 as data: how much of 대상액 by when, per cent.

What a schedule says between its points is exact interpolation; after its last point it says
nothing. How a rate is held against it is `targets`' business.
"""

from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple


class Point(NamedTuple):
    """By the end of `day`, `rate` per cent."""

    day: date
    rate: Fraction


class Schedule(NamedTuple):
    """Published points of one year; nothing is spent before `start`, the fiscal year's first day.

    The rates are per cent of the eligible base (대상액).
    """

    name: str
    start: date
    points: tuple[Point, ...]

    @property
    def end(self) -> date:
        """The last day it speaks of."""
        return self.points[-1].day

    def around(self, day: date) -> tuple[Point, Point] | None:
        """The two points a day lies between, the later one its own; None outside the schedule."""
        eve = Point(date.fromordinal(self.start.toordinal() - 1), Fraction(0))
        for before, after in pairwise((eve, *self.points)):
            if before.day < day <= after.day:
                return before, after
        return None

    def rate_on(self, day: date) -> Fraction | None:
        """The exact rate by the end of a day; None outside the schedule."""
        if (points := self.around(day)) is None:
            return None
        before, after = points
        gone = Fraction((day - before.day).days, (after.day - before.day).days)
        return before.rate + (after.rate - before.rate) * gone


def _first_half(name: str, half: str, first_quarter: str | None = None) -> Schedule:
    """A schedule to 30 June; its name holds the year."""
    year = int(name.split("-")[1])
    quarter = [Point(date(year, 3, 31), Fraction(first_quarter))] if first_quarter else []
    points = (*quarter, Point(date(year, 6, 30), Fraction(half)))
    return Schedule(name, date(year, 1, 1), points)


SCHEDULES = {
    schedule.name: schedule
    for schedule in (
        _first_half("early-2017", "56.5", first_quarter="26"),
        _first_half("early-2018-seoul", "58"),
        _first_half("early-2018-districts", "55.5"),
        _first_half("early-2019", "58.5"),
        _first_half("early-2020", "60"),
        _first_half("early-2023", "60.5"),
        _first_half("early-2024", "60"),
    )
}
