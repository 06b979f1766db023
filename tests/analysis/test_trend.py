"""`trend`: slopes by hand, what is flagged left out of them, and the three forms."""

from __future__ import annotations

from fractions import Fraction

import pytest

from budgetcli.analysis.panel import Line
from budgetcli.analysis.question import Question
from budgetcli.analysis.spark import TYPED
from budgetcli.analysis.trend import slope, trend
from budgetcli.errors import UserError
from budgetcli.report import Report
from tests.analysis.tables import table, tables

# 31 January, 1 March and 31 March 2024 lie 30 days apart
THREE = """\
부서,기준일,예산현액,원인행위액,지출액
가과,2024-01-31,1000,500,100
나과,2024-01-31,1000,400,0
가과,2024-03-01,1000,600,200
나과,2024-03-01,1000,400,100
가과,2024-03-31,1000,700,200
나과,2024-03-31,1000,400,400
"""
WITH_COPY = THREE + "가과,2024-04-01,1000,700,200\n나과,2024-04-01,1000,400,400\n"
WITH_GAP = THREE.replace("나과,2024-03-01,1000,400,100\n", "")


def row(report: Report, name: str) -> Line:
    return next(row for row in report.rows if row["division"] == name)


def said(report: Report) -> list[str]:
    return [
        sentence.text.format(
            **{key: getattr(value, "value", value) for key, value in sentence.values.items()}
        )
        for sentence in report.headline
    ]


def test_the_slope_is_the_least_squares_line_in_points_of_thirty_days() -> None:
    points = [(0, Fraction(10)), (30, Fraction(20)), (60, Fraction(20))]
    assert slope(points) == 5
    assert slope(points[:1]) is None
    assert slope([(7, Fraction(1)), (7, Fraction(2))]) is None


def test_of_one_date_no_change_is_told() -> None:
    found = row(trend(tables(WITH_GAP.replace("나과,2024-03-31,1000,400,400\n", ""))), "나과")
    assert (found["first_rate"], found["rate_change"], found["slope"]) == (0, None, None)


def test_a_table_that_does_not_say_its_date_has_no_trend() -> None:
    undated = THREE.replace("2024-01-31", "").replace("2024-03-01", "").replace("2024-03-31", "")
    with pytest.raises(UserError, match="it does not say its date: a trend needs two"):
        trend(tables(undated))


def test_a_row_holds_the_latest_standing_and_how_it_came_there() -> None:
    found = row(trend(tables(THREE)), "가과")
    assert (found["first_rate"], found["execution_rate"], found["rate_change"]) == (10, 20, 10)
    assert found["slope"] == 5
    assert (str(found["first_as_of"]), str(found["last_as_of"])) == ("2024-01-31", "2024-03-31")
    assert found["sparkline"] == "▁██"
    assert (found["2024-01-31"], found["2024-03-01"]) == (10, 20)
    assert (found["budget"], found["committed"]) == (1000, 700)


def test_the_total_has_a_trend_too() -> None:
    total = trend(tables(THREE)).total
    assert total is not None
    assert (total["first_rate"], total["execution_rate"]) == (5, 30)
    assert total["slope"] == Fraction(25, 2)


def test_a_stale_copy_is_left_out_of_the_slope_and_marked() -> None:
    report = trend(tables(WITH_COPY))
    found = row(report, "나과")
    assert found["sparkline"] == "▁▃█×"
    assert found["slope"] == row(trend(tables(THREE)), "나과")["slope"] == 20
    assert str(found["last_as_of"]) == "2024-03-31"
    assert found["2024-04-01"] == 40
    assert [finding.code for finding in report.findings] == ["stale_snapshot"]
    assert report.context.as_of is not None
    assert report.context.as_of.isoformat() == "2024-03-31"


def test_a_day_that_lacks_rows_is_never_a_fall() -> None:
    report = trend(tables(WITH_GAP))
    assert row(report, "가과")["sparkline"] == "▁×█"
    assert row(report, "가과")["slope"] == 5
    assert [finding.code for finding in report.findings] == ["incomplete_snapshot"]
    assert "left out of slopes: 2024-03-01" in said(report)


def test_wide_adds_a_column_a_date() -> None:
    report = trend(tables(THREE), form="wide")
    keys = [column.key for column in report.columns]
    assert [key for key in keys if key.startswith("2024")] == [
        "2024-01-31",
        "2024-03-01",
        "2024-03-31",
    ]
    assert len(report.rows) == 2


def test_long_has_a_row_a_division_and_date_flagged_ones_with_their_flag() -> None:
    report = trend(tables(WITH_COPY), form="long")
    assert len(report.rows) == 8
    assert report.total is None
    assert [str(row["snapshot"]) for row in report.rows][-2:] == ["stale_snapshot"] * 2
    assert [str(row["as_of"]) for row in report.rows][:3] == ["2024-01-31"] * 2 + ["2024-03-01"]


def test_the_pace_is_a_line_of_its_own_and_who_is_slower_is_counted() -> None:
    words = said(trend(tables(THREE)))
    assert words[0].startswith("2024-01-31 to 2024-03-31: 5 → 30 %, +25/2 points")
    # 30 of 366 days: 3000/366 points
    assert words[1].endswith("+500/61 points per 30 days ▁▅█")
    assert words[2].startswith("1 of 2 moves more slowly than that; slowest: 가과, +5")


def test_a_fixed_target_does_not_move() -> None:
    words = said(trend(tables(THREE), Question(target="60")))
    assert len(words) == 1


def test_without_a_date_rates_are_lined_up_by_year_and_have_no_slope() -> None:
    years = [
        table(f"부서,회계연도,예산현액,지출액\n가과,{year},100,{spent}\n")
        for year, spent in ((2022, 80), (2023, 90))
    ]
    report = trend(years)
    assert row(report, "가과")["slope"] is None
    assert (row(report, "가과")["2022"], row(report, "가과")["2023"]) == (80, 90)
    assert "target_rate" not in [column.key for column in report.columns]
    assert said(report) == [
        "the whole: 80 → 90 %; too few dates for a slope",
    ]
    assert row(report, "가과")["rate_change"] == 10


def test_dates_of_several_years_have_the_slope_of_the_last_one() -> None:
    text = THREE + "가과,2023-12-31,1000,900,900\n나과,2023-12-31,1000,900,900\n"
    report = trend(tables(text))
    assert (row(report, "가과")["slope"], row(report, "가과")["first_rate"]) == (5, 10)
    assert "rates begin anew each year: slopes are of 2024 alone" in said(report)


def test_a_whole_without_a_rate_says_so() -> None:
    years = [table(f"부서,회계연도,예산현액,지출액\n가과,{year},0,0\n") for year in (2022, 2023)]
    assert said(trend(years)) == ["the whole: None → None %; too few dates for a slope"]


def test_a_division_with_unknown_amounts_has_no_slope() -> None:
    text = THREE.replace("나과,2024-03-31,1000,400,400", "나과,2024-03-31,1000,400,").replace(
        "나과,2024-01-31,1000,400,0", "나과,2024-01-31,1000,400,"
    )
    found = row(trend(tables(text)), "나과")
    assert (found["slope"], found["sparkline"]) == (None, "×▅×")


def test_a_falling_rate_is_said_with_its_sign() -> None:
    text = THREE.replace("가과,2024-03-31,1000,700,200", "가과,2024-03-31,1000,700,0")
    assert "slowest: 가과, −-5" in said(trend(tables(text)))[2]


def test_a_typewriter_ramp_may_be_asked_for() -> None:
    assert row(trend(tables(THREE), ramp=TYPED), "가과")["sparkline"] == "_##"


def test_the_commitment_rate_is_followed_on_request() -> None:
    found = row(trend(tables(THREE), Question(basis="committed")), "가과")
    assert (found["first_rate"], found["slope"]) == (50, 10)


def test_one_date_is_no_trend() -> None:
    with pytest.raises(UserError, match="a trend needs two"):
        trend([table("부서,기준일,예산현액,지출액\n가과,2024-01-31,10,1\n")])


def test_programs_get_the_dates_with_their_flags() -> None:
    dates = trend(tables(WITH_COPY)).extra["dates"]
    assert isinstance(dates, list)
    assert [date["snapshot"] for date in dates] == [None, None, None, "stale_snapshot"]
    assert [date["execution_rate"] for date in dates] == [5, 15, 30, 30]


def test_nobody_is_named_where_all_keep_up_with_the_pace() -> None:
    text = "부서,기준일,예산현액,지출액\n가과,2024-01-31,100,10\n가과,2024-03-01,100,40\n"
    assert len(trend(tables(text)).headline) == 2
