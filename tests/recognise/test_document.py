"""The budget table of a document is found, or the reader learns why not and what to say."""

from __future__ import annotations

import pytest

from budgetcli.errors import TableError
from budgetcli.model import Measure
from budgetcli.recognise.document import choose, describe
from budgetcli.recognise.table import Hints
from tests.recognise.tables import amounts, raw

STAFF = raw("구분|정원|현원\nA과|4|3", number=1, alone=False)
BUDGET = raw("부서|예산현액|지출액\nA과|4|1", number=2, alone=False, before=("예산 집행",))
UNDECIDED = raw("부서|예산현액|지출액|집행액\nA과|4|1|2", number=3, alone=False)
REVENUE = raw("부서|예산현액|집행액\nA과|4|1", number=4, alone=False, before=("2024년 세입 현황",))
WORDS = raw("부서|업무\nA과|기획", number=5, alone=False)


def test_the_only_budget_table_is_taken_and_that_is_said() -> None:
    (table,) = choose([STAFF, BUDGET, REVENUE, WORDS], None, Hints())
    assert amounts(table, "budget") == {"A과": [4]}
    assert "the only budget table" in str(table.evidence[0].message)


@pytest.mark.parametrize("wanted", ["2", "예산 집행", "예산현액"])
def test_a_table_is_called_by_number_title_or_header(wanted: str) -> None:
    (table,) = choose([STAFF, BUDGET], wanted, Hints())
    assert table.place.table == 2


def test_the_columns_that_cannot_be_told_apart_reach_the_user() -> None:
    with pytest.raises(TableError, match="could be"):
        choose([STAFF, UNDECIDED], None, Hints())


def test_several_budget_tables_are_listed() -> None:
    with pytest.raises(TableError, match="are budget tables") as problem:
        choose([BUDGET, raw("부서|예산현액|지출액\nB과|4|1", number=9)], None, Hints())
    assert "table 2: 예산 집행 (budget=예산현액, spent=지출액)" in str(problem.value)
    assert "name one: --table 2, --table 9" in str(problem.value)


def test_more_budget_tables_than_are_listed_are_hinted_at() -> None:
    many = [raw(f"부서|예산현액|지출액\n{n}과|4|1", number=n) for n in range(1, 15)]
    with pytest.raises(TableError, match=r"--table 12, \.\.\."):
        choose(many, None, Hints())


def test_no_budget_table_lists_what_there_is() -> None:
    with pytest.raises(TableError, match="budget and spending column") as problem:
        choose([STAFF, WORDS], None, Hints())
    assert "table 1: 구분 | 정원 | 현원" in str(problem.value)


def test_what_is_known_of_a_table_and_only_what_it_lacks_is_told() -> None:
    early = raw("name|target|goal|exec\nA|400000|200000|100000", number=6, alone=False)
    with pytest.raises(TableError, match="budget and spending column") as problem:
        choose([WORDS, early], None, Hints())
    told = str(problem.value)
    assert "table 6: name | target | goal | exec (division=name, goal=goal, spent=exec)" in told
    assert "lacks: --table 6 --map budget=COLUMN; or, where the goal" in told
    assert "--table 6 --map eligible=COLUMN" in told


def test_where_only_the_spending_is_missing_no_other_base_is_offered() -> None:
    plan = raw("부서|예산현액|목표액\nA과|4|2", number=6, alone=False)
    with pytest.raises(TableError) as problem:
        choose([WORDS, plan], None, Hints())
    assert str(problem.value).endswith("what it lacks: --table 6 --map spent=COLUMN")


def test_a_table_that_is_not_there_is_an_error() -> None:
    with pytest.raises(TableError, match="there is no table"):
        choose([STAFF, raw("\n")], "7", Hints())


def test_tables_are_described() -> None:
    staff, budget, undecided, revenue, words = describe(
        [STAFF, BUDGET, UNDECIDED, REVENUE, WORDS], Hints()
    )
    assert (budget.title, budget.rows, budget.width, budget.is_budget) == ("예산 집행", 2, 3, True)
    assert [column.field for column in budget.columns] == ["division", "budget", "spent"]
    assert budget.problem is None
    assert staff.measure == Measure("정원", "현원")
    assert "could be" in str(undecided.problem)
    assert (str(revenue.problem), revenue.is_budget) == ("it is a table of revenue", False)
    assert "no row with amounts" in str(words.problem)


def test_a_table_that_is_no_plan_says_what_its_columns_are() -> None:
    (other,) = describe([raw("지표|전국 (A)|서울 (B)|비중\n종사자|25|5|20.0%")], Hints())
    assert str(other.problem) == (
        "지표 | 전국 (A) | 서울 (B) | 비중: no budget beside spending, no goal beside a result"
    )
