"""What a rate is held against: small named strategies, made from the user's text in one place.

A target that comes from a file is made elsewhere and arrives here as a `TargetSource`.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from budgetcli.errors import UserError
from budgetcli.i18n import Sentence, say
from budgetcli.measures import half_up, rate

if TYPE_CHECKING:
    from budgetcli.target_schedules import Schedule

# what a rate is a share of: 예산현액, or 대상액 where only a part of the budget is meant
Base = Literal["budget", "eligible"]
GOAL = "goal"
PACE = "pace"


class Target(Protocol):
    """A rate in per cent for each division."""

    @property
    def kind(self) -> str:
        """The strategy's name, for programs."""
        ...

    @property
    def base(self) -> Base:
        """The field its rates are per cent of."""
        ...

    @property
    def rate(self) -> Fraction | None:
        """The one rate that holds for all, where there is one."""
        ...

    @property
    def names(self) -> tuple[str, ...]:
        """The divisions it lists, as it spells them; none where it holds for everybody."""
        ...

    def rate_for(
        self, division: str, whole: int | None = None, goal: int | None = None
    ) -> Fraction | None:
        """The rate this division is held against, in per cent; None where none is known.

        `whole` and `goal` are the division's own amounts, in one grain.
        """
        ...

    def facts(self) -> dict[str, object]:
        """What a program may want to know beside kind and rate."""
        ...

    def describe(self) -> Sentence:
        """One phrase for a caption."""
        ...


class Asked(NamedTuple):
    """The table a target is wanted for: its date, year, grain, unit, denominator, amounts.

    `scale` is that of `wholes`, the divisions' amounts of the denominator;
    `factor` what a printed 1 is worth, None where the table does not say.
    """

    as_of: date | None
    fiscal_year: int | None
    scale: int
    factor: int | None
    base: Base
    wholes: Mapping[str, int | None]


class TargetSource(Protocol):
    """Something read beforehand that knows a target for each division and date."""

    def on(self, asked: Asked) -> Target:
        """The target for this table. Raises UserError where it has none for its date."""
        ...


class FixedTarget(NamedTuple):
    """The same rate for everybody, as the user typed it."""

    rate: Fraction
    base: Base = "budget"
    kind: str = "fixed"
    names: tuple[str, ...] = ()

    def rate_for(
        self,
        division: str,  # noqa: ARG002 - the same for every division
        whole: int | None = None,  # noqa: ARG002 - the same for every division
        goal: int | None = None,  # noqa: ARG002 - the same for every division
    ) -> Fraction:
        """The rate itself."""
        return self.rate

    def facts(self) -> dict[str, object]:
        """The denominator, where it is not the budget."""
        return _unusual(self.base)

    def describe(self) -> Sentence:
        """target 60 %."""
        return _of(self.base, say("target {rate} %", rate=plain(self.rate)))


class PaceTarget(NamedTuple):
    """The elapsed share of the fiscal year at the as-of date, that day included.

    31 July 2024 of a calendar year is 213/366 = 58.2 % (FIELD.md).
    """

    as_of: date
    start: date
    base: Base = "budget"
    kind: str = PACE
    names: tuple[str, ...] = ()

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

    def rate_for(
        self,
        division: str,  # noqa: ARG002 - the same for every division
        whole: int | None = None,  # noqa: ARG002 - the same for every division
        goal: int | None = None,  # noqa: ARG002 - the same for every division
    ) -> Fraction:
        """The pace itself."""
        return self.rate

    def facts(self) -> dict[str, object]:
        """The two counts of days behind the rate; the denominator, where it is not the budget."""
        return {"elapsed_days": self.elapsed, "days": self.days, **_unusual(self.base)}

    def describe(self) -> Sentence:
        """pace 58.2 % (day 213 of 366)."""
        said = say(
            "pace {rate} % (day {elapsed} of {days})",
            rate=f"{half_up(self.rate, 1):f}",
            elapsed=self.elapsed,
            days=self.days,
        )
        return _of(self.base, said)


class ScheduleTarget(NamedTuple):
    """A published schedule's rate on a date within it, interpolated between published points."""

    as_of: date
    schedule: "Schedule"
    base: Base
    kind: str = "schedule"
    names: tuple[str, ...] = ()

    @property
    def rate(self) -> Fraction | None:
        """Per cent by the as-of date."""
        return self.schedule.rate_on(self.as_of)

    def rate_for(
        self,
        division: str,  # noqa: ARG002 - the same for every division
        whole: int | None = None,  # noqa: ARG002 - the same for every division
        goal: int | None = None,  # noqa: ARG002 - the same for every division
    ) -> Fraction | None:
        """The schedule's rate."""
        return self.rate

    def facts(self) -> dict[str, object]:
        """Its name, its published points, whether it was interpolated, and the denominator."""
        points = {point.day.isoformat(): point.rate for point in self.schedule.points}
        return {
            "schedule": self.schedule.name,
            "points": points,
            "interpolated": self.as_of not in {point.day for point in self.schedule.points},
            "denominator": self.base,
        }

    def describe(self) -> Sentence:
        """early-2024 49.8 %, interpolated between 0 % on 2023-12-31 and 60 % on 2024-06-30."""
        before, after = self.schedule.around(self.as_of) or (None, None)
        told = {"name": self.schedule.name, "rate": f"{half_up(self.rate or Fraction(0), 1):f}"}
        if before is None or after is None or after.day == self.as_of:
            said = say("{name} {rate} % as published", **told)
        else:
            said = say(
                "{name} {rate} % interpolated between {low} % on {first} and {high} % on {last}",
                **told,
                low=plain(before.rate),
                first=before.day,
                high=plain(after.rate),
                last=after.day,
            )
        if self.base == "budget":
            return say("{target}, of the current budget: no eligible base is known", target=said)
        return _of(self.base, said)


class GoalTarget(NamedTuple):
    """Each division's own goal (목표액), from the table itself: goal ÷ base, exact."""

    base: Base
    kind: str = GOAL
    rate: Fraction | None = None
    names: tuple[str, ...] = ()

    def rate_for(
        self,
        division: str,  # noqa: ARG002 - the amounts are the division's own
        whole: int | None = None,
        goal: int | None = None,
    ) -> Fraction | None:
        """The goal in per cent of the whole."""
        return rate(goal, whole)

    def facts(self) -> dict[str, object]:
        """The denominator."""
        return {"denominator": self.base}

    def describe(self) -> Sentence:
        """the table's own goal of the eligible base."""
        return _of(self.base, say("the table's own goal amount"))


def _unusual(base: Base) -> dict[str, object]:
    return {} if base == "budget" else {"denominator": base}


def _of(base: Base, said: Sentence) -> Sentence:
    """A target that is no share of the budget says of what it is."""
    return said if base == "budget" else say("{target}, of the eligible base", target=said)


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


def fiscal_year_end(year: int, start: tuple[int, int]) -> date:
    """The last day of the fiscal year that is named for the calendar year it ends in."""
    following = date(year + 1, 1, 1) if start == (1, 1) else _day_in(year, *start)
    return following - timedelta(days=1)


def percentage(text: str) -> Fraction | None:
    """The exact per cent a person typed ('60', '58.5', '60%'); None where it is none."""
    matched = re.fullmatch(r"([0-9]{1,15}(?:\.[0-9]{1,15})?) ?%?", text.strip())
    return Fraction(matched[1]) if matched else None


def is_named(text: str) -> bool:
    """Whether a user's word for a target stands for itself, and so for no file."""
    return percentage(text) is not None or text in (PACE, GOAL, *_schedules())


def make_target(
    text: str, as_of: date | None, start: tuple[int, int], bases: Sequence[Base] = ("budget",)
) -> Target:
    """The target a user's word stands for: a number, `pace`, `goal`, or a schedule's name.

    `bases` are the denominators the table has, the usual one first. Raises UserError.
    """
    typed = percentage(text)
    if typed is not None:
        return FixedTarget(typed, bases[0])
    if text == PACE:
        return _pace(as_of, start, bases[0])
    narrow: Base = "eligible" if "eligible" in bases else "budget"
    if text == GOAL:
        return GoalTarget(narrow)
    if schedule := _schedules().get(text):
        return _scheduled(schedule, as_of, narrow)
    raise no_target(text)


def no_target(text: str, named: Sequence[str] = ()) -> UserError:
    """The refusal of a word that stands for no target; `named` are the settings' own."""
    return UserError(
        say("{text!r} is no target", text=text),
        where="--target",
        next=say(
            "write a number of per cent (60), pace, goal, a file of targets, or one of: {names}",
            names=", ".join(f"'{name}'" for name in (*named, *_schedules())),
        ),
    )


def _schedules() -> "Mapping[str, Schedule]":
    from budgetcli.target_schedules import SCHEDULES  # most targets are a number or the pace

    return SCHEDULES


def _pace(as_of: date | None, start: tuple[int, int], base: Base) -> PaceTarget:
    if as_of is None:
        raise UserError(
            say("the pace cannot be known without a date"),
            where="--target pace",
            why=say("pace is the share of the fiscal year gone by the as-of date"),
            next=say("add --as-of YYYY-MM-DD, or give a number: --target 60"),
        )
    return PaceTarget(as_of, fiscal_year_start(as_of, start), base)


def _scheduled(schedule: "Schedule", as_of: date | None, base: Base) -> ScheduleTarget:
    """The schedule on a day it speaks of: what was not published is not made up."""
    where = f"--target {schedule.name}"
    if as_of is None:
        raise UserError(
            say("its rate cannot be known without a date"),
            where=where,
            why=say("without a date the schedule has no point to read"),
            next=say("add --as-of YYYY-MM-DD, or give a number: --target 60"),
        )
    if schedule.rate_on(as_of) is None:
        raise UserError(
            say(
                "it speaks of {start} to {end}, the table is of {day}",
                start=schedule.start,
                end=schedule.end,
                day=as_of,
            ),
            where=where,
            why=say("no rate was published for that day"),
            next=say("give a number (--target 60) or pace"),
        )
    return ScheduleTarget(as_of, schedule, base)


def _day_in(year: int, month: int, day: int) -> date:
    """That day of a year; 29 February is 1 March, in every year, so that all years meet."""
    return date(year, 3, 1) if (month, day) == (2, 29) else date(year, month, day)
