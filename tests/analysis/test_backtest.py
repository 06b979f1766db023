"""The backtest: errors computed by hand, and every method judged by the same predictions."""

from __future__ import annotations

from fractions import Fraction

import pytest

from budgetcli.analysis.backtest import backtest
from budgetcli.analysis.panel import Line
from budgetcli.errors import UserError
from budgetcli.report import Report
from tests.analysis.tables import table, tables

HEAD = "부서,기준일,예산현액,지출액\n"
# days 60, 70, 80 and 90 of 2023
STEADY = HEAD + "".join(
    f"가과,2023-{day},1000,{spent}\n"
    for day, spent in (("03-01", 100), ("03-11", 200), ("03-21", 300), ("03-31", 400))
)


def row(report: Report, method: str) -> Line:
    return next(row for row in report.rows if row["key"] == method)


def test_a_steady_payer_is_foretold_by_its_recent_pace() -> None:
    # today is day 80, the only later date ten days ahead
    report = backtest(tables(STEADY))
    assert (row(report, "naive")["error_money"], row(report, "naive")["error_points"]) == (100, 10)
    # 300 × 90/80 = 337, 62.5 short rounded down to 63
    assert row(report, "run_rate")["error_money"] == 63
    assert row(report, "run_rate")["points_to_naive"] == 63
    assert row(report, "recent_pace")["error_money"] == 0
    assert {row["predictions"] for row in report.rows} == {1}
    assert {row["horizon"] for row in report.rows} == {"10"}


def test_errors_are_shares_of_the_budget_of_the_date_foretold() -> None:
    text = STEADY.replace("03-31,1000,400", "03-31,2000,400")
    # 300 foretold, 400 came, of 2000
    assert row(backtest(tables(text)), "naive")["error_points"] == 5


# beside 가과 of STEADY, whose 100 of 1000 a naive forecast misses
LARGE = STEADY + "".join(
    f"나과,2023-{day},9000,900\n다과,2023-{day},100,{spent}\n"
    for day, spent in (("03-01", 10), ("03-11", 10), ("03-21", 10), ("03-31", 30))
)


def test_the_error_is_of_all_money_and_the_middle_one_of_a_single_division() -> None:
    found = row(backtest(tables(LARGE)), "naive")
    # 100 of 1000, nothing of 9000, 20 of 100: 120 of 10100 in all; the middle one of 10, 0 and 20 %
    assert found["error_points"] == Fraction(12000, 10100)
    assert found["error_median"] == 10
    assert found["error_money"] == 40


def test_what_is_foretold_too_much_and_too_little_is_told_apart() -> None:
    report = backtest(tables(STEADY))
    assert row(report, "naive")["bias_points"] == -10
    overshot = STEADY.replace("03-31,1000,400", "03-31,1000,300").replace("03-21,1000", "03-21,999")
    # 37 too many
    assert row(backtest(tables(overshot)), "run_rate")["bias_points"] == Fraction(37, 10)


def test_amounts_beyond_any_machine_number_are_missed_by_the_exact_amount() -> None:
    huge = 10**30
    text = HEAD + "".join(
        f"가과,2023-{day},{9 * huge},{spent}\n나과,2023-{day},9,{other}\n"
        for day, spent, other in (
            ("03-01", huge, ""),
            ("03-11", huge + 1, 1),
            ("03-21", huge + 2, 2),
            ("03-31", 2 * huge + 7, 3),
        )
    )
    found = row(backtest(tables(text)), "naive")
    assert found["bias_points"] == Fraction(-100 * (huge + 6), 9 * huge + 9)


def test_horizons_are_told_apart() -> None:
    text = STEADY + "가과,2023-04-02,1000,450\n가과,2023-05-31,1000,500\n"
    horizons = list(dict.fromkeys(row["horizon"] for row in backtest(tables(text)).rows))
    # from day 80: 10, 12 and 71; from day 90: 2 and 61; from day 92: 59
    assert horizons == ["2", "10~12", "59~71"]


def test_a_flagged_day_is_neither_predicted_nor_predicted_from() -> None:
    copied = STEADY + "가과,2023-04-01,1000,400\n"
    report = backtest(tables(copied))
    assert row(report, "naive")["predictions"] == 1
    assert [finding.code for finding in report.findings] == ["stale_snapshot"]
    assert any("left out" in sentence.text for sentence in report.headline)


def test_who_has_no_amounts_or_no_budget_on_that_day_is_not_counted() -> None:
    extra = "".join(
        f"나과,2023-{day},0,1\n다과,2023-{day},9,{spent}\n라과,2023-{day},{budget},1\n"
        for day, budget, spent in (
            ("03-01", 9, 1),
            ("03-11", 9, 2),
            ("03-21", 9, 3),
            ("03-31", "", ""),
        )
    )
    assert row(backtest(tables(STEADY + extra)), "naive")["predictions"] == 1


def test_past_years_are_tested_too_where_they_are_given() -> None:
    past = HEAD + "가과,2022-03-21,1000,300\n가과,2022-03-31,1000,400\n"
    report = backtest(tables(STEADY), history=tables(past))
    assert row(report, "profile")["error_money"] == 0
    assert len([one for one in report.headline if "nearer" in one.text]) == 2


def test_where_nothing_moved_there_is_nothing_to_be_better_than() -> None:
    still = HEAD + "".join(
        f"가과,2023-{day},{budget},100\n"
        for day, budget in (("03-01", 1000), ("03-11", 1001), ("03-21", 1000), ("03-31", 1001))
    )
    found = row(backtest(tables(still)), "recent_pace")
    assert (found["error_money"], found["points_to_naive"]) == (0, None)


def test_how_far_to_trust_it_is_said() -> None:
    report = backtest(tables(STEADY))
    verdict, off, rest, *_ = report.headline
    assert (verdict.values["points"], verdict.values["median"]) == ("10", "10")
    assert (off.values["points"].value, off.values["median"].value) == (0, 0)
    assert (rest.values["days"], rest.values["most"]) == (275, 10)


def test_a_method_that_is_not_better_is_said_to_be_so() -> None:
    # a lump at the end: nobody saw it coming, the run rate least of all misses it
    text = STEADY.replace("03-31,1000,400", "03-31,1000,300").replace(
        "03-21,1000,300", "03-21,900,300"
    )
    assert backtest(tables(text)).headline[0].values["points"] == "-"


def test_too_few_dates_are_said() -> None:
    with pytest.raises(UserError, match="too few dates"):
        backtest(tables(HEAD + "가과,2023-03-01,10,1\n가과,2023-03-31,10,2\n"))
    with pytest.raises(UserError, match="too few dates"):
        backtest([table("부서,예산현액,지출액\n가과,10,1\n")])
