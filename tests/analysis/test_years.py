"""One table a fiscal year, and which years are over."""

from __future__ import annotations

import pytest

from budgetcli.analysis.question import Question
from budgetcli.analysis.years import consecutive, spoken, undated, unspent, years_of
from budgetcli.errors import UserError
from budgetcli.model import BudgetTable
from tests.analysis.tables import tables


def dated(*days: str) -> list[BudgetTable]:
    rows = "".join(f"{day},가과,100,{n}\n" for n, day in enumerate(days, 1))
    return [*tables(f"기준일,부서,예산현액,지출액\n{rows}")]


def test_the_last_table_of_each_year_counts() -> None:
    found = years_of(dated("2022-06-30", "2022-12-31", "2023-12-31"), Question())
    assert [(year.year, year.table.rows[0].amount("spent")) for year in found] == [
        (2022, 2),
        (2023, 3),
    ]


@pytest.mark.parametrize(
    ("day", "start", "closed"),
    [
        ("2023-12-31", (1, 1), True),
        ("2023-12-30", (1, 1), False),
        ("2024-03-31", (4, 1), True),
        ("2023-12-31", (4, 1), False),
    ],
)
def test_a_year_is_over_on_its_last_day(day: str, start: tuple[int, int], closed: bool) -> None:
    (year,) = years_of(dated(day), Question(fiscal_year_start=start))
    assert year.closed is closed


def test_a_year_without_a_date_is_taken_as_a_whole_and_that_is_said() -> None:
    text = "회계연도,부서,예산현액,지출액\n2022,가과,100,1\n2023,가과,100,2\n"
    found = years_of(tables(text), Question())
    assert [year.closed for year in found] == [True, True]
    assert [str(said.message) for said in undated(found)] == [
        "without a date, taken for whole fiscal years: 2022–2023"
    ]
    assert undated(years_of(dated("2023-12-31"), Question())) == []


def test_a_year_without_spending_is_left_out_where_others_have_it_and_that_is_said() -> None:
    text = (
        "부서,2021 예산액,2021 지출액,2022 예산액,2022 지출액,2023 예산액\n가과,100,50,100,60,100\n"
    )
    every = tables(text)
    found = years_of(every, Question())
    assert [year.year for year in found] == [2021, 2022]
    assert [str(said.message) for said in unspent(every, found, Question())] == [
        "left out, for no expenditure is given: 2023"
    ]
    assert unspent(every[:2], found, Question()) == []


def test_where_no_table_has_spending_all_are_years() -> None:
    every = tables("부서,2022 예산액,2023 예산액\n가과,100,100\n")
    found = years_of(every, Question())
    assert [year.year for year in found] == [2022, 2023]
    assert unspent(every, found, Question()) == []


def test_a_table_that_does_not_say_its_year_is_refused() -> None:
    with pytest.raises(UserError, match="fiscal year is not known"):
        years_of(tables("부서,예산현액,지출액\n가과,100,1\n"), Question())


@pytest.mark.parametrize(
    ("years", "whole", "text"),
    [
        ([2020, 2021, 2022], True, "2020–2022"),
        ([2020, 2022], False, "2020, 2022"),
        ([2020], True, "2020"),
        ([], True, ""),
    ],
)
def test_years_in_a_row_are_said_as_a_span(years: list[int], whole: bool, text: str) -> None:
    assert consecutive(years) is whole
    assert spoken(years) == text
