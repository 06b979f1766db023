"""Chronic laggards: each of the three rules at its line, and what cannot be judged."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from budgetcli.analysis.chronic import chronic
from budgetcli.analysis.question import Question
from budgetcli.errors import UserError
from budgetcli.model import BudgetTable, Severity
from budgetcli.report import Report
from budgetcli.views.numbers import Numbers
from tests.analysis.tables import tables


def spent_in(*spent: Any, first: int = 2020, original: int | str = 100) -> list[BudgetTable]:
    """Years of one division with a budget of 100 and so much spent."""
    rows = "".join(f"{first + n},가과,{original},100,{s}\n" for n, s in enumerate(spent))
    return [*tables(f"회계연도,부서,당초예산,예산현액,지출액\n{rows}")]


def rules(found: list[BudgetTable]) -> list[tuple[Any, Any]]:
    return [(row["rule"], row["years"]) for row in chronic(found).rows]


def words(report: Report) -> list[str]:
    return [Numbers(0, None, 0).sentence(sentence) for sentence in report.headline]


def doubts(report: Report) -> list[str]:
    return [str(found.message) for found in report.findings if found.severity is Severity.WARNING]


MEAN = [("four_year_mean", "2020–2023")]


@pytest.mark.parametrize(
    ("spent", "found"),
    [
        ((60, 70, 79, 69), MEAN),
        ((70, 70, 70, 69), MEAN),
        ((71, 70, 70, 69), []),  # the mean is exactly 70
        ((60, 60, 60, 70), []),  # the last year is at the line
        ((10, 95, 95, 69), MEAN),
        ((99, 99, 99, 10), []),
    ],
)
def test_the_mean_of_four_years_and_the_last_one_are_under_70(
    spent: tuple[int, ...], found: list[tuple[str, str]]
) -> None:
    assert rules(spent_in(*spent)) == found


def test_only_the_last_four_years_make_the_mean() -> None:
    assert rules(spent_in(100, 60, 70, 79, 69, first=2019)) == MEAN


@pytest.mark.parametrize(
    ("spent", "original", "found"),
    [
        (70, 101, [("original_budget", "2023")]),
        (70, 100, []),
        (69, 200, []),  # under 70 of the current budget too: that is the first rule's
    ],
)
def test_enough_of_the_current_budget_but_not_of_the_original(
    spent: int, original: int, found: list[tuple[str, str]]
) -> None:
    assert rules(spent_in(spent, first=2023, original=original)) == found


@pytest.mark.parametrize(("final", "found"), [("69.9", True), ("70", False), ("", False)])
def test_final_recipients_spent_under_70(final: str, found: bool) -> None:
    text = (
        f"회계연도,부서,예산현액,지출액,실집행률\n2023,가과,100,99,{final}\n2023,나과,100,99,80\n"
    )
    report = chronic(tables(text, final_rate="실집행률"))
    assert [row["rule"] for row in report.rows] == ["final_recipient"] * found


def test_final_rates_of_several_rows_are_never_averaged() -> None:
    text = "회계연도,부서,예산현액,지출액,실집행률\n2023,가과,100,99,10\n2023,가과,100,99,20\n"
    assert chronic(tables(text, final_rate="실집행률")).rows == ()


def test_several_rules_are_all_named() -> None:
    text = "회계연도,부서,예산현액,지출액,실집행률\n" + "".join(
        f"{year},가과,100,60,50\n" for year in range(2020, 2024)
    )
    report = chronic(tables(text, final_rate="실집행률"))
    assert [(row["rule"], row["years"]) for row in report.rows] == [
        ("four_year_mean, final_recipient", "2020–2023, 2023")
    ]
    assert words(report) == [
        "1 of 1 is a chronic laggard in 2023 (line 70 %)",
        "가과: mean 60.0 % in 2020–2023, 60.0 % in 2023, of the current budget",
        "가과: final recipients spent 50.0 % in 2023",
    ]


def test_what_the_original_budget_says_is_said() -> None:
    assert words(chronic(spent_in(75, first=2023, original=150)))[1] == (
        "가과: 75.0 % of the current budget, but 50.0 % of the original in 2023"
    )


def test_the_worst_mean_comes_first_and_who_has_none_last() -> None:
    rows = [("나과", 50), ("가과", 40)]
    text = "회계연도,부서,당초예산,예산현액,지출액\n" + "".join(
        f"{year},{name},100,100,{spent}\n" for year in range(2020, 2024) for name, spent in rows
    )
    report = chronic(tables(f"{text}2023,다과,200,100,80\n"))
    assert [(row["division"], row["mean_rate"]) for row in report.rows] == [
        ("가과", 40),
        ("나과", 50),
        ("다과", None),
    ]
    assert doubts(report) == ["without the rates of 2020–2023, so without a mean: 다과"]


def test_with_fewer_than_four_years_the_mean_cannot_be_judged() -> None:
    report = chronic(spent_in(10, 10, 10))
    assert (report.rows, report.verdict) == ((), False)
    assert doubts(report) == [
        "the four-year mean cannot be judged: 3 years in a row (2020–2022)",
    ]


def test_a_missing_year_breaks_the_row() -> None:
    found = [*spent_in(10, 10, 10, first=2018), *spent_in(10, first=2022)]
    assert doubts(chronic(found)) == [
        "the four-year mean cannot be judged: 1 year in a row (2022)",
    ]


def test_a_year_without_a_rate_has_no_mean() -> None:
    assert doubts(chronic(spent_in(10, "", 10, 10)))[0] == (
        "without the rates of 2020–2023, so without a mean: 가과"
    )


def test_a_year_that_is_not_over_is_left_out_and_named() -> None:
    text = "기준일,부서,예산현액,지출액\n2023-12-31,가과,100,60\n2024-07-31,가과,100,10\n"
    report = chronic(tables(text))
    assert report.context.fiscal_year == 2023
    assert doubts(report)[0] == "left out, for it is not over: 2024"
    assert report.extra["left_out"] == [2024]


def test_without_a_year_that_is_over_there_is_no_answer() -> None:
    with pytest.raises(UserError, match="no year is over"):
        chronic(tables("기준일,부서,예산현액,지출액\n2024-07-31,가과,100,60\n"))


def test_without_original_budgets_that_rule_is_not_judged() -> None:
    report = chronic(tables("회계연도,부서,예산현액,지출액\n2023,가과,100,60\n"))
    assert doubts(report)[-1] == (
        "the rule on the original budget cannot be judged: no such amounts"
    )


def test_by_another_column() -> None:
    text = "회계연도,부서,세부사업,당초예산,예산현액,지출액\n2023,가과,축제,200,100,80\n"
    (row,) = chronic(tables(text), Question(by=("programme",))).rows
    assert (row["programme"], row["original_rate"]) == ("축제", Fraction(40))


def test_who_is_not_there_in_the_last_year_is_said_not_to_be_judged() -> None:
    rows = "".join(
        f"{year},가과,100,100,60\n{year},나과,100,100,60\n" for year in (2020, 2021, 2022)
    )
    text = f"회계연도,부서,당초예산,예산현액,지출액\n{rows}2023,가과,100,100,60\n"
    report = chronic([*tables(text)])
    assert [row["division"] for row in report.rows] == ["가과"]
    assert "not in 2023, so not judged: 나과" in doubts(report)
