"""`forecast`: scenarios, the range and its split computed by hand; who is at risk; when."""

from __future__ import annotations

from datetime import date

import pytest

from budgetcli.analysis.forecast import forecast
from budgetcli.analysis.panel import Line
from budgetcli.analysis.question import Question
from budgetcli.errors import TableError, UserError
from budgetcli.report import Report
from tests.analysis.tables import table, tables

# 30 June 2023 is day 181 of 365; 14 March is day 73, a fifth of the year
FIFTH = """\
부서,기준일,예산현액,원인행위액,지출액
가과,2023-03-14,1000,300,100
나과,2023-03-14,1000,900,400
"""
HISTORY = """\
부서,기준일,예산현액,지출액
가과,2021-03-14,1000,200
나과,2021-03-14,1000,300
가과,2021-12-31,1000,800
나과,2021-12-31,1000,900
"""


def row(report: Report, name: str) -> Line:
    return next(row for row in report.rows if row["division"] == name)


def test_committed_only_pays_what_is_bound_and_the_run_rate_goes_on_as_before() -> None:
    found = row(forecast(tables(FIFTH)), "가과")
    assert (found["committed_only"], found["run_rate"]) == (300, 500)
    assert (found["unspent_least"], found["unspent_most"]) == (500, 700)
    assert (found["recent_pace"], found["profile"]) == (None, None)


def test_the_run_rate_is_capped_by_the_budget() -> None:
    found = row(forecast(tables(FIFTH)), "나과")
    assert found["run_rate"] == 1000
    assert (found["unspent_least"], found["unspent_most"]) == (0, 100)


def test_the_most_that_is_left_splits_into_carry_over_and_lapse() -> None:
    report = forecast(tables(FIFTH))
    # 가과: 200 are committed and unpaid, of 700; 나과: 500 are, but only 100 may be left
    assert (row(report, "가과")["carry_over_most"], row(report, "가과")["lapse_least"]) == (
        200,
        500,
    )
    assert (row(report, "나과")["carry_over_most"], row(report, "나과")["lapse_least"]) == (100, 0)
    for line in report.rows:
        carried, lapsed = line["carry_over_most"], line["lapse_least"]
        assert isinstance(carried, int)
        assert isinstance(lapsed, int)
        assert carried + lapsed == line["unspent_most"]


def test_the_total_adds_up_the_scenarios_of_the_divisions() -> None:
    total = forecast(tables(FIFTH)).total
    assert total is not None
    assert (total["committed_only"], total["run_rate"]) == (1200, 1500)
    assert (total["unspent_least"], total["unspent_most"]) == (500, 800)


def test_the_total_leaves_what_its_parts_leave_where_the_printed_budget_is_rounded() -> None:
    total = forecast(tables(FIFTH + "계,2023-03-14,1999,1199,500\n")).total
    assert total is not None
    assert (total["budget"], total["committed_only"], total["run_rate"]) == (1999, 1199, 1499)
    assert (total["unspent_least"], total["unspent_most"]) == (500, 800)


def test_what_cannot_be_forecast_is_in_no_sum_and_said() -> None:
    report = forecast(tables(FIFTH + "다과,2023-03-14,1000,500,\n"))
    assert report.total is not None
    assert (report.total["committed_only"], report.total["run_rate"]) == (1200, 1500)
    assert (report.total["unspent_least"], report.total["unspent_most"]) == (500, 800)
    assert report.total["carry_over_most"] == 700
    (finding,) = (finding for finding in report.findings if finding.code == "not_forecast")
    assert "다과" in str(finding.message)


def test_a_scenario_that_one_division_lacks_has_no_sum() -> None:
    total = forecast(tables(FIFTH + "다과,2023-03-14,1000,,100\n")).total
    assert total is not None
    assert (total["committed_only"], total["run_rate"]) == (None, 2000)
    assert (total["unspent_least"], total["unspent_most"]) == (1000, 1000)


def test_who_has_the_most_money_at_risk_comes_first() -> None:
    assert [row["division"] for row in forecast(tables(FIFTH)).rows] == ["가과", "나과"]
    by_name = forecast(tables(FIFTH), Question(sort="-division"))
    assert [row["division"] for row in by_name.rows] == ["나과", "가과"]


def test_without_commitments_there_is_no_split_and_one_scenario_less() -> None:
    report = forecast(tables("부서,기준일,예산현액,지출액\n가과,2023-03-14,1000,100\n"))
    found = row(report, "가과")
    assert (found["committed_only"], found["carry_over_most"], found["lapse_least"]) == (None,) * 3
    assert (found["unspent_least"], found["unspent_most"]) == (500, 500)
    assert report.extra["scenarios"] == ["run_rate"]
    assert "committed_only" not in [column.key for column in report.columns]


def test_unknown_amounts_are_forecast_as_unknown() -> None:
    text = FIFTH + "다과,2023-03-14,1000,500,\n라과,2023-03-14,,500,100\n"
    report = forecast(tables(text))
    assert row(report, "다과")["unspent_most"] is None
    assert row(report, "라과")["unspent_most"] is None
    assert row(report, "다과")["target_reached"] is None


def test_an_overrun_is_neither_clamped_nor_paid_back() -> None:
    found = row(
        forecast(tables("부서,기준일,예산현액,지출액\n가과,2023-03-14,1000,1100\n")), "가과"
    )
    assert (found["run_rate"], found["unspent_most"]) == (1100, -100)


def test_a_payment_beyond_the_commitments_is_not_taken_back() -> None:
    text = "부서,기준일,예산현액,원인행위액,지출액\n가과,2023-03-14,1000,50,100\n"
    found = row(forecast(tables(text)), "가과")
    assert (found["committed_only"], found["carry_over_most"]) == (100, 0)


def test_past_years_go_on_as_they_went_on() -> None:
    # 가과 had spent 200 of its 800 by that day, so 100 become 400; 나과 300 of 900, so 400 become
    # 1200 and meet the budget
    report = forecast(tables(FIFTH), history=tables(HISTORY))
    assert row(report, "가과")["profile"] == 400
    assert row(report, "나과")["profile"] == 1000
    assert report.extra["scenarios"] == ["committed_only", "run_rate", "profile"]


def test_who_is_new_goes_as_the_whole_went_and_that_is_said() -> None:
    # the whole had spent 500 of 1700
    report = forecast(tables(FIFTH + "다과,2023-03-14,1000,150,100\n"), history=tables(HISTORY))
    assert row(report, "다과")["profile"] == 340
    assert [finding.code for finding in report.findings] == ["no_history"]


def test_a_target_is_reached_on_the_day_the_mean_pace_brings_it() -> None:
    # 가과 pays 100 in 73 days: 600 are reached after 438 days, not this year; 나과 400 in 73: 600
    # after 109.5 days, on the 110th
    report = forecast(tables(FIFTH), Question(target="60"))
    assert row(report, "가과")["target_reached"] is None
    assert row(report, "나과")["target_reached"] == date(2023, 4, 20)


def test_a_target_that_is_reached_is_reached_today() -> None:
    found = row(forecast(tables(FIFTH), Question(target="10")), "가과")
    assert found["target_reached"] == date(2023, 3, 14)


def test_who_is_behind_the_pace_never_reaches_it_at_its_mean_pace() -> None:
    assert row(forecast(tables(FIFTH)), "가과")["target_reached"] is None


# three dates ten days apart: 10, then 90 are paid; the last is day 73
QUICK = """\
부서,기준일,예산현액,지출액
가과,2023-02-22,1000,0
가과,2023-03-04,1000,10
가과,2023-03-14,1000,100
"""


def test_the_recent_pace_may_catch_up_with_the_pace() -> None:
    # spans of at least ten days: 10 and 90 in ten days, 100 in twenty: over the 292 days left
    # 292, 2628 and 1460; the middle one is 1460, the common one the same share of 100 spent.
    # 5 a day against 1000/365: the 100 that are missing take 100 ÷ (5 − 2.7397) = 44.2 days
    report = forecast(tables(QUICK))
    assert row(report, "가과")["recent_pace"] == 1000
    assert row(report, "가과")["target_reached"] == date(2023, 4, 28)


def test_the_forecast_starts_from_the_last_day_that_can_be_trusted() -> None:
    copied = QUICK + "가과,2023-03-15,1000,100\n"
    report = forecast(tables(copied))
    assert report.context.as_of == date(2023, 3, 14)
    assert [finding.code for finding in report.findings] == ["stale_snapshot"]


def test_after_the_years_end_nothing_is_added() -> None:
    text = "부서,회계연도,기준일,예산현액,지출액\n가과,2023,2024-01-31,1000,700\n"
    report = forecast([table(text)])
    assert (report.extra["days_left"], report.extra["year_end"]) == (0, date(2023, 12, 31))
    assert (row(report, "가과")["run_rate"], row(report, "가과")["unspent_most"]) == (700, 300)


def test_the_words_lead_with_the_range() -> None:
    words = forecast(tables(FIFTH)).headline
    assert words[0].values["day"] == "2023-12-31"
    assert (words[0].values["least"].value, words[0].values["most"].value) == (500, 800)
    assert [sentence.values["name"] for sentence in words[-2:]] == ["가과", "나과"]


def test_without_a_date_there_is_no_year_to_end() -> None:
    with pytest.raises(UserError, match="cannot be forecast"):
        forecast([table("부서,예산현액,지출액\n가과,1000,100\n")])


def test_commitments_are_not_what_is_forecast() -> None:
    with pytest.raises(UserError, match="spending"):
        forecast(tables(FIFTH), Question(basis="committed"))


def test_a_forecast_needs_the_spending() -> None:
    with pytest.raises(TableError, match="no column"):
        forecast([table("부서,기준일,예산현액,원인행위액\n가과,2023-03-14,1000,100\n")])
