"""What a rate is held against: small named strategies, made from the user's text in one place."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple, Protocol

from budgetcli.errors import UserError
from budgetcli.i18n import Sentence, say
from budgetcli.measures import half_up


class Target(Protocol):
    """A rate in per cent for each division."""

    @property
    def kind(self) -> str:
        """The strategy's name, for programs."""
        ...

    @property
    def rate(self) -> Fraction | None:
        """The one rate that holds for all, where there is one."""
        ...

    def rate_for(self, division: str) -> Fraction | None:
        """The rate this division is held against, in per cent; None where none is known."""
        ...

    def facts(self) -> dict[str, object]:
        """What a program may want to know beside kind and rate."""
        ...

    def describe(self) -> Sentence:
        """One phrase for a caption."""
        ...


class FixedTarget(NamedTuple):
    """The same rate for everybody, as the user typed it."""

    rate: Fraction
    kind: str = "fixed"

    def rate_for(self, division: str) -> Fraction:  # noqa: ARG002 - the same for every division
        """The rate itself."""
        return self.rate

    def facts(self) -> dict[str, object]:
        """Nothing beyond the rate."""
        return {}

    def describe(self) -> Sentence:
        """target 60 %."""
        return say("target {rate} %", rate=plain(self.rate))


class PaceTarget(NamedTuple):
    """The elapsed share of the fiscal year at the as-of date, that day included.

    31 July 2024 of a calendar year is 213/366 = 58.2 % (FIELD.md).
    """

    as_of: date
    start: date
    kind: str = "pace"

    @property
    def elapsed(self) -> int:
        """Days gone, the as-of date included."""
        return (self.as_of - self.start).days + 1

    @property
    def days(self) -> int:
        """Days of the fiscal year."""
        return (_day_in(self.start.year + 1, self.start.month, self.start.day) - self.start).days

    @property
    def rate(self) -> Fraction:
        """Per cent of the year that is gone."""
        return Fraction(100 * self.elapsed, self.days)

    def rate_for(self, division: str) -> Fraction:  # noqa: ARG002 - the same for every division
        """The pace itself."""
        return self.rate

    def facts(self) -> dict[str, object]:
        """The two counts of days behind the rate."""
        return {"elapsed_days": self.elapsed, "days": self.days}

    def describe(self) -> Sentence:
        """pace 58.2 % (day 213 of 366)."""
        return say(
            "pace {rate} % (day {elapsed} of {days})",
            rate=f"{half_up(self.rate, 1):f}",
            elapsed=self.elapsed,
            days=self.days,
        )


def plain(value: Fraction) -> str:
    """An exact rate the way it would be typed: 60, 62.5; at most four decimals."""
    text = f"{half_up(value, 4):f}"
    return text.rstrip("0").rstrip(".")


def year_start(text: str) -> tuple[int, int]:
    """Month and day from MM-DD. Raises UserError."""
    matched = re.fullmatch(r"([0-9]{1,2})-([0-9]{1,2})", text)
    if matched:
        month, day = int(matched[1]), int(matched[2])
        try:
            date(2001, month, day)
        except ValueError:
            pass
        else:
            return month, day
    raise UserError(
        say("{text!r} is no day of every year", text=text),
        where="--fiscal-year-start",
        next=say("write month and day, for example 04-01"),
    )


def fiscal_year_start(as_of: date, start: tuple[int, int]) -> date:
    """The first day of the fiscal year that holds `as_of`."""
    this_year = _day_in(as_of.year, *start)
    return this_year if this_year <= as_of else _day_in(as_of.year - 1, *start)


def fiscal_year(as_of: date, start: tuple[int, int]) -> int:
    """The fiscal year's name: the calendar year in which it ends."""
    first = fiscal_year_start(as_of, start)
    return (_day_in(first.year + 1, first.month, first.day) - timedelta(days=1)).year


def percentage(text: str) -> Fraction | None:
    """The exact per cent a person typed ('60', '58.5', '60%'); None where it is none."""
    matched = re.fullmatch(r"([0-9]{1,15}(?:\.[0-9]{1,15})?) ?%?", text.strip())
    return Fraction(matched[1]) if matched else None


def make_target(text: str, as_of: date | None, start: tuple[int, int]) -> Target:
    """The target a user's word stands for: a number of per cent, or `pace`. Raises UserError."""
    typed = percentage(text)
    if typed is not None:
        return FixedTarget(typed)
    if text != "pace":
        raise UserError(
            say("{text!r} is no target", text=text),
            where="--target",
            next=say("write a number of per cent (60) or pace"),
        )
    if as_of is None:
        raise UserError(
            say("the pace cannot be known: the table does not say its date"),
            where="--target pace",
            why=say("pace is the share of the fiscal year gone by the as-of date"),
            next=say("add --as-of YYYY-MM-DD, or give a number: --target 60"),
        )
    return PaceTarget(as_of, fiscal_year_start(as_of, start))


def _day_in(year: int, month: int, day: int) -> date:
    """That day of a year; 29 February is 1 March, in every year, so that all years meet."""
    return date(year, 3, 1) if (month, day) == (2, 29) else date(year, month, day)
