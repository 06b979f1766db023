"""Targets from the user's text, and the pace of a fiscal year."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetcli.errors import UserError
from budgetcli.target_schedules import SCHEDULES
from budgetcli.targets import (
    FixedTarget,
    PaceTarget,
    fiscal_year,
    fiscal_year_end,
    fiscal_year_start,
    is_named,
    make_target,
    percentage,
    plain,
    year_start,
)

JANUARY = (1, 1)
DAYS = st.dates(date(1900, 1, 2), date(2099, 12, 30))
STARTS = st.tuples(st.integers(1, 12), st.integers(1, 28)) | st.just((2, 29))


def pace(as_of: date, start: tuple[int, int] = JANUARY) -> Fraction | None:
    return make_target("pace", as_of, start).rate


def test_the_pace_on_31_july_2024_is_213_of_366() -> None:
    target = make_target("pace", date(2024, 7, 31), JANUARY)
    assert target.rate == Fraction(21300, 366)
    assert target.facts() == {"elapsed_days": 213, "days": 366}
    assert str(target.describe()) == "pace 58.2 % (day 213 of 366)"


@pytest.mark.parametrize(
    ("as_of", "start", "share"),
    [
        (date(2024, 1, 1), JANUARY, Fraction(1, 366)),
        (date(2023, 1, 1), JANUARY, Fraction(1, 365)),
        (date(2024, 12, 31), JANUARY, Fraction(1)),
        (date(2023, 12, 31), JANUARY, Fraction(1)),
        (date(1900, 12, 31), JANUARY, Fraction(1)),
        (date(2000, 2, 29), JANUARY, Fraction(60, 366)),
        (date(2024, 4, 1), (4, 1), Fraction(1, 365)),
        (date(2024, 3, 31), (4, 1), Fraction(1)),
        (date(2023, 10, 1), (10, 1), Fraction(1, 366)),
        (date(2024, 9, 30), (10, 1), Fraction(1)),
    ],
)
def test_the_pace_counts_the_day_itself(
    as_of: date, start: tuple[int, int], share: Fraction
) -> None:
    assert pace(as_of, start) == 100 * share


@given(DAYS, STARTS)
def test_the_pace_grows_by_a_day_and_starts_again_after_the_last(
    as_of: date, start: tuple[int, int]
) -> None:
    today, tomorrow = (
        PaceTarget(day, fiscal_year_start(day, start)) for day in (as_of, as_of + timedelta(1))
    )
    assert 1 <= today.elapsed <= today.days
    assert tomorrow.elapsed == (1 if today.elapsed == today.days else today.elapsed + 1)


@given(DAYS, STARTS)
def test_a_fiscal_year_starts_within_the_year_before(as_of: date, start: tuple[int, int]) -> None:
    assert timedelta(0) <= as_of - fiscal_year_start(as_of, start) <= timedelta(365)


@pytest.mark.parametrize(
    ("as_of", "first"),
    [
        (date(2024, 2, 29), date(2023, 3, 1)),
        (date(2024, 3, 1), date(2024, 3, 1)),
        (date(2023, 2, 28), date(2022, 3, 1)),
    ],
)
def test_a_year_from_29_february_is_one_from_1_march(as_of: date, first: date) -> None:
    assert fiscal_year_start(as_of, (2, 29)) == first


def test_a_year_that_was_made_to_start_on_29_february_has_a_length() -> None:
    assert PaceTarget(date(2024, 12, 31), date(2024, 2, 29)).days == 366


@pytest.mark.parametrize(
    ("as_of", "start", "year"),
    [
        (date(2024, 7, 31), JANUARY, 2024),
        (date(2024, 3, 31), (4, 1), 2024),
        (date(2024, 4, 1), (4, 1), 2025),
        (date(2023, 10, 1), (10, 1), 2024),
        (date(2024, 2, 29), (3, 1), 2024),
        (date(2024, 2, 29), (1, 2), 2025),
    ],
)
def test_a_fiscal_year_is_named_for_the_year_it_ends_in(
    as_of: date, start: tuple[int, int], year: int
) -> None:
    assert fiscal_year(as_of, start) == year


@pytest.mark.parametrize(
    ("year", "start", "end"),
    [
        (2024, JANUARY, date(2024, 12, 31)),
        (2024, (4, 1), date(2024, 3, 31)),
        (2024, (3, 1), date(2024, 2, 29)),
    ],
)
def test_a_fiscal_year_ends_in_the_year_it_is_named_for(
    year: int, start: tuple[int, int], end: date
) -> None:
    assert fiscal_year_end(year, start) == end
    assert fiscal_year(end, start) == year


@pytest.mark.parametrize(
    ("text", "named"),
    [("60", True), ("pace", True), ("goal", True), ("early-2024", True), ("goals.csv", False)],
)
def test_what_stands_for_itself_is_no_file(text: str, named: bool) -> None:
    assert is_named(text) is named


@pytest.mark.parametrize("text", ["60", "pace"])
def test_of_a_table_without_a_budget_the_rate_is_of_the_eligible_base(text: str) -> None:
    target = make_target(text, date(2024, 7, 31), JANUARY, ("eligible",))
    assert target.base == "eligible"
    assert target.facts()["denominator"] == "eligible"
    assert str(target.describe()).endswith(", of the eligible base")


def test_a_schedule_is_of_the_eligible_base_wherever_there_is_one() -> None:
    target = make_target("early-2024", date(2024, 5, 15), JANUARY, ("budget", "eligible"))
    # day 136 of the 182 to 30 June
    assert target.rate == target.rate_for("가과") == Fraction(60 * 136, 182)
    assert target.facts() == {
        "schedule": "early-2024",
        "points": {"2024-06-30": 60},
        "interpolated": True,
        "denominator": "eligible",
    }
    assert str(target.describe()) == (
        "early-2024 44.8 % interpolated between 0 % on 2023-12-31 and 60 % on 2024-06-30, "
        "of the eligible base"
    )


def test_a_schedule_over_the_budget_says_so() -> None:
    target = make_target("early-2024", date(2024, 6, 30), JANUARY)
    assert target.facts()["interpolated"] is False
    assert str(target.describe()) == (
        "early-2024 60.0 % as published, of the current budget: no eligible base is known"
    )


@pytest.mark.parametrize("day", [date(2024, 7, 1), date(2023, 12, 31)])
def test_what_a_schedule_does_not_publish_is_not_made_up(day: date) -> None:
    with pytest.raises(UserError, match="2024-01-01 to 2024-06-30") as refused:
        make_target("early-2024", day, JANUARY)
    assert refused.value.where == "--target early-2024"


def test_no_schedule_without_a_date() -> None:
    with pytest.raises(UserError, match="known without a date"):
        make_target("early-2024", None, JANUARY)


def test_the_tables_own_goal_is_the_goal_over_the_base_exact() -> None:
    target = make_target("goal", None, JANUARY, ("budget", "eligible"))
    assert (target.base, target.rate, target.facts()) == (
        "eligible",
        None,
        {"denominator": "eligible"},
    )
    assert target.rate_for("가과", 300, 100) == Fraction(100, 3)
    assert target.rate_for("가과", 300) is None
    assert str(target.describe()) == "the table's own goal amount, of the eligible base"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("60", Fraction(60)),
        ("60%", Fraction(60)),
        (" 60 % ", Fraction(60)),
        ("58.5", Fraction(117, 2)),
        ("0", Fraction(0)),
        ("120", Fraction(120)),
    ],
)
def test_a_percentage_is_read_exactly(text: str, value: Fraction) -> None:
    assert percentage(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "%",
        "-60",
        "+60",
        "60%%",
        "60,5",
        "6e1",
        ".5",
        "60.",
        "nan",
        "inf",
        "1/2",
        "٦٠",
        "6²",
        "9" * 5000,
    ],
)
def test_anything_else_is_no_percentage(text: str) -> None:
    assert percentage(text) is None


def test_a_number_is_the_same_target_for_everybody() -> None:
    target = make_target("62.5%", None, JANUARY)
    assert target == FixedTarget(Fraction(125, 2))
    assert target.rate_for("창조산업과") == target.rate_for("대학협력과") == Fraction(125, 2)
    assert target.facts() == {}
    assert str(target.describe()) == "target 62.5 %"


def test_the_pace_is_the_same_for_everybody() -> None:
    target = make_target("pace", date(2024, 7, 31), JANUARY)
    assert target.rate_for("창조산업과") == target.rate


@pytest.mark.parametrize("text", ["fast", "-60", "", "PACE!"])
def test_what_is_no_target_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(UserError, match="is no target") as refused:
        make_target(text, date(2024, 7, 31), JANUARY)
    assert refused.value.where == "--target"
    assert "a number of per cent (60), pace, goal, a file of targets" in str(refused.value)


@pytest.mark.parametrize("text", ["early-2021", "early-2022", "early-2018"])
def test_a_schedule_nobody_published_is_refused_with_those_there_are(text: str) -> None:
    with pytest.raises(UserError, match=f"{text!r} is no target") as refused:
        make_target(text, date(2024, 7, 31), JANUARY)
    for name in SCHEDULES:
        assert f"'{name}'" in str(refused.value)


def test_no_pace_without_a_date() -> None:
    with pytest.raises(UserError, match="known without a date") as refused:
        make_target("pace", None, JANUARY)
    assert "--as-of YYYY-MM-DD" in str(refused.value)
    assert refused.value.where == "--target pace"


@pytest.mark.parametrize(
    ("text", "kind"),
    [("60", "fixed"), ("pace", "pace"), ("goal", "goal"), ("early-2024", "schedule")],
)
def test_a_program_is_told_the_kind_of_target(text: str, kind: str) -> None:
    assert make_target(text, date(2024, 6, 30), JANUARY).kind == kind


def test_a_pace_is_of_the_budget_where_no_other_base_is_named() -> None:
    assert str(PaceTarget(date(2024, 7, 31), date(2024, 1, 1)).describe()) == (
        "pace 58.2 % (day 213 of 366)"
    )


@pytest.mark.parametrize(
    ("text", "start"), [("04-01", (4, 1)), ("10-1", (10, 1)), ("2-28", (2, 28))]
)
def test_the_start_of_a_fiscal_year_is_month_and_day(text: str, start: tuple[int, int]) -> None:
    assert year_start(text) == start


@pytest.mark.parametrize(
    "text", ["02-29", "02-30", "13-01", "00-01", "04", "2024-04-01", "04/01", "", "٠٤-٠١"]
)
def test_a_start_that_is_no_day_of_every_year_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="no day of every year") as refused:
        year_start(text)
    assert refused.value.where == "--fiscal-year-start"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(60), "60"),
        (Fraction(100), "100"),
        (Fraction(0), "0"),
        (Fraction(125, 2), "62.5"),
        (Fraction(1, 3), "0.3333"),
        (Fraction(2, 3), "0.6667"),
    ],
)
def test_a_rate_is_written_as_it_would_be_typed(value: Fraction, text: str) -> None:
    assert plain(value) == text
