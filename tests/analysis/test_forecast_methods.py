"""Each method on amounts small enough to follow by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pandas as pd

from budgetcli.analysis.forecast_methods import (
    Curve,
    Known,
    Year,
    can_tell,
    curves,
    naive,
    profile,
    recent_pace,
    recently_paid,
    run_rate,
    year_of,
)
from budgetcli.analysis.panel import panel
from tests.analysis.tables import table, tables

YEAR = Year(date(2023, 1, 1), 365)


def told(days: dict[int, int], budget: int = 1000, other: dict[int, int] | None = None) -> Known:
    """What was spent on days of the year by `가`, and by `나` where given."""
    spent = pd.DataFrame(
        [days, other] if other else [days], ["가", "나"][: 2 if other else 1], dtype=object
    )
    return Known(YEAR, spent, spent.map(lambda _: budget))


def test_a_fiscal_year_knows_its_days() -> None:
    assert YEAR.end == date(2023, 12, 31)
    assert year_of(date(2024, 2, 29), None, (1, 1)) == Year(date(2024, 1, 1), 366)
    assert year_of(date(2024, 3, 31), 2024, (4, 1)) == Year(date(2023, 4, 1), 366)


def test_a_date_after_the_year_counts_as_its_end() -> None:
    year = year_of(date(2024, 2, 10), 2023, (1, 1))
    assert year == YEAR
    assert year.elapsed(date(2024, 2, 10)) == 365


def test_naive_stays_where_it_is() -> None:
    assert naive(told({100: 300}), 50).to_dict() == {"가": 300}


def test_the_run_rate_is_the_mean_since_the_year_began() -> None:
    assert run_rate(told({100: 300}), 50).to_dict() == {"가": 450}
    assert run_rate(told({100: 300}, budget=400), 50).to_dict() == {"가": 400}


def test_who_has_no_budget_is_not_forecast() -> None:
    known = told({100: 300})
    unknown = replace(known, budgets=known.budgets.map(lambda _: None))
    assert run_rate(unknown, 50).to_dict() == {}


def test_the_recent_pace_is_the_middle_one_of_the_spans_seen() -> None:
    # ten days apart: 0, 10, 10, 10, 500
    days = {50: 100, 60: 100, 70: 110, 80: 120, 90: 130, 100: 630}
    assert recently_paid(told(days), 10).to_dict() == {"가": 10}
    assert recent_pace(told(days), 10).to_dict() == {"가": 640}


def test_a_span_longer_than_any_seen_is_taken_in_proportion() -> None:
    # at least half of 20 days: 10 → 30, 10 → 50, 20 → 80; in 40 days 120, 200, 160
    assert recently_paid(told({50: 0, 60: 30, 70: 80}), 40).to_dict() == {"가": 160}


def test_everybody_is_foretold_the_middle_divisions_share_of_what_was_spent() -> None:
    # in ten days 가 paid 10 of 50 and 나 nothing of 80: the middle share is a tenth
    days = {50: 0, 60: 10, 70: 20, 80: 30, 90: 40, 100: 50}
    quiet = dict.fromkeys(days, 80)
    assert recently_paid(told(days, other=quiet), 10).to_dict() == {"가": 5, "나": 8}


def test_amounts_beyond_any_machine_integer_stay_exact() -> None:
    huge = 10**30
    known = told({50: huge, 60: huge + 7, 70: 2 * huge + 1}, budget=4 * huge)
    assert run_rate(known, 35).to_dict() == {"가": 3 * huge + 1}


def test_three_dates_over_two_weeks_are_needed_for_a_recent_pace() -> None:
    assert not can_tell(told({50: 1, 70: 2}))
    assert not can_tell(told({50: 1, 55: 2, 60: 3}))
    assert can_tell(told({50: 1, 55: 2, 64: 3}))
    assert recent_pace(told({50: 1, 70: 2}), 10).to_dict() == {}


def test_nothing_spent_gives_no_share() -> None:
    assert recently_paid(told({50: 0, 60: 0, 70: 0}), 10).to_dict() == {"가": 0}


def test_who_was_never_there_before_has_no_recent_pace() -> None:
    known = told({50: 1, 60: 2, 70: 3}, other={70: 5})
    assert set(recently_paid(known, 10).index) == {"가"}


def test_a_curve_is_straight_between_two_dates_and_begins_at_nothing() -> None:
    curve = Curve(365, {"": [(100, 50), (365, 315)], "가": [(100, 50), (365, 315)]})
    assert curve.at("가", 50, 365) == 25
    assert curve.at("가", 100, 365) == 50
    assert curve.at("가", 101, 365) == 51
    assert curve.at("나", 365, 365) == 315


def test_a_curve_tells_nothing_after_its_last_date() -> None:
    assert Curve(365, {"": [(100, 50)]}).at("", 101, 365) is None
    assert profile([Curve(365, {"": [(100, 50)]})])(told({100: 10}), 100).to_dict() == {}


def test_a_curve_that_starts_from_nothing_spent_gives_no_proportion() -> None:
    assert profile([Curve(365, {"": [(200, 0), (365, 9)]})])(told({100: 10}), 100).to_dict() == {}


def test_years_are_laid_over_each_other_by_their_share_gone() -> None:
    assert Curve(366, {"": [(183, 61), (366, 100)]}).at("", 365, 365) == 100
    assert Curve(366, {"": [(183, 61), (366, 100)]}).at("", 73, 365) == Fraction(73, 3)


def test_curves_are_of_years_before_and_end_with_the_year() -> None:
    text = (
        "부서,기준일,예산현액,지출액\n가과,2021-06-30,100,40\n가과,2021-12-29,100,90\n"
        "가과,2022-06-30,100,45\n가과,2023-06-30,100,50\n"
    )
    found = curves(panel(tables(text)), (1, 1), 2023)
    assert [curve.points["가과"] for curve in found] == [[(181, 40), (365, 90)], [(181, 45)]]
    assert len(curves(panel(tables(text)), (1, 1), None)) == 3


def test_a_year_without_a_date_is_its_end() -> None:
    text = "부서,회계연도,예산현액,지출액\n가과,2022,100,90\n"
    (found,) = curves(panel([table(text)]), (1, 1), 2023)
    assert (found.days, found.points["가과"]) == (365, [(365, 90)])
    (april,) = curves(panel([table(text)]), (4, 1), 2023)
    assert (april.days, april.points[""]) == (365, [(365, 90)])


def test_a_table_without_date_and_year_is_no_past_year() -> None:
    bare = table("부서,예산현액,지출액\n가과,100,90\n")
    assert curves(panel([bare]), (1, 1), 2023) == []
