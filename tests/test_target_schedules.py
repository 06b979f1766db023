"""The published first-half schedules, and what lies between their points."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from budgetcli.target_schedules import SCHEDULES


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("early-2017", {"2017-03-31": "26", "2017-06-30": "56.5"}),
        ("early-2018-seoul", {"2018-06-30": "58"}),
        ("early-2018-districts", {"2018-06-30": "55.5"}),
        ("early-2019", {"2019-06-30": "58.5"}),
        ("early-2020", {"2020-06-30": "60"}),
        ("early-2023", {"2023-06-30": "60.5"}),
        ("early-2024", {"2024-06-30": "60"}),
    ],
)
def test_what_was_published_is_exact_on_its_day(name: str, published: dict[str, str]) -> None:
    schedule = SCHEDULES[name]
    assert len(schedule.points) == len(published)
    for day, rate in published.items():
        assert schedule.rate_on(date.fromisoformat(day)) == Fraction(rate)


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        (date(2017, 1, 1), Fraction(26, 90)),
        (date(2017, 2, 14), Fraction(26 * 45, 90)),
        (date(2017, 4, 1), 26 + Fraction("30.5") / 91),
        (date(2017, 5, 31), 26 + Fraction("30.5") * 61 / 91),
    ],
)
def test_between_two_points_days_count_alike(day: date, rate: Fraction) -> None:
    assert SCHEDULES["early-2017"].rate_on(day) == rate


@pytest.mark.parametrize("day", [date(2016, 12, 31), date(2017, 7, 1), date(2018, 1, 1)])
def test_outside_a_schedule_there_is_no_rate(day: date) -> None:
    assert SCHEDULES["early-2017"].rate_on(day) is None
    assert SCHEDULES["early-2017"].around(day) is None


def test_a_schedule_begins_and_ends_within_its_year() -> None:
    assert all(schedule.start.year == schedule.end.year for schedule in SCHEDULES.values())
    assert all(name == schedule.name for name, schedule in SCHEDULES.items())
