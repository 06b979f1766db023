"""Plans against actuals that are no money: in columns, in rows, in pairs."""

from __future__ import annotations

import pytest

from budgetcli.errors import TableError
from budgetcli.model import Measure, RawTable
from budgetcli.recognise.document import choose, describe
from budgetcli.recognise.plans import find_plan
from budgetcli.recognise.table import Hints

PAIRS = """구분|합계|일반직|임기제
계|59/59|54/55|5/4
경제과|30/32|28/31|2/1
일자리과|29/27|26/24|3/3"""
ACROSS = """구 분|계|디지털|바이오
운용사 수|8개|6개|2개
조성목표|4,400|2,500|1,900
결성총액|2,363|1,949|414"""
COLUMNS = """사업|목표|실적|달성률
상담|500명|450명|90.0%
훈련|200명|210명|105.0%"""


def raw(text: str, *before: str) -> RawTable:
    return RawTable(tuple(tuple(line.split("|")) for line in text.split("\n")), "a", before=before)


def made(text: str, *before: str, plan: str | None = None, actual: str | None = None) -> list[str]:
    found = find_plan(raw(text, *before), plan, actual)
    return ["|".join(row) for row in found.raw.rows] if found else []


def test_pairs_are_parted_by_grade_and_totals_left_out() -> None:
    assert made(PAIRS, "인력현황 - 정원 59 / 현원 59명") == [
        "구분|직급|정원|현원",
        "경제과|일반직|28|31",
        "경제과|임기제|2|1",
        "일자리과|일반직|26|24",
        "일자리과|임기제|3|3",
    ]


def test_what_pairs_are_must_be_said_near_them() -> None:
    assert made(PAIRS) == []
    assert made(PAIRS, plan="정원", actual="현원")[0] == "구분|직급|정원|현원"


def test_a_table_whose_fields_run_across_is_turned() -> None:
    assert made(ACROSS) == [
        "구분|조성목표|결성총액",
        "계|4,400|2,363",
        "디지털|2,500|1,949",
        "바이오|1,900|414",
    ]


def test_columns_are_taken_as_they_are_and_counts_lose_their_word() -> None:
    assert made(COLUMNS) == ["사업|목표|실적", "상담|500|450", "훈련|200|210"]


def test_what_counts_are_of_is_the_unit() -> None:
    found = find_plan(raw(COLUMNS))
    assert found is not None
    assert (found.unit and found.unit.name, found.measure) == ("명", Measure("목표", "실적"))


def test_any_two_measures_may_be_named_in_words_or_by_number() -> None:
    text = "과|대상|수료|비고\n가과|50|40|-\n나과|20|20|-"
    assert made(text) == []
    assert made(text, plan="대상", actual="수료")[1] == "가과|50|40"
    assert made(text, plan="#3", actual="#2")[1] == "가과|40|50"
    assert made(text, plan="#9", actual="#2") == []
    assert made(ACROSS, plan="운용사 수", actual="결성총액")[2] == "디지털|6|1,949"


@pytest.mark.parametrize(
    "text",
    [
        "과|목표|하반기 목표|실적\n가과|5|6|4",
        "과|목표 대비|달성률\n가과|50|40",
        "과|목표|실적",
        "과\n가과",
        "목표|실적\n가과|나과",
        "과|목표|실적\n가과|-|-\n나과|3|-",
    ],
)
def test_what_is_not_one_goal_beside_one_result_is_no_plan(text: str) -> None:
    assert made(text) == []


def test_tables_name_what_they_hold_and_a_budget_goes_before() -> None:
    budget = "과|예산현액|지출액\n가과|5|4\n나과|3|2"
    told = describe([raw(budget), raw(COLUMNS), raw("가|나\n다|라")], Hints())
    assert [one.measure for one in told] == [None, Measure("목표", "실적"), None]
    assert [one.problem is None for one in told] == [True, True, False]
    (table,) = choose([raw(budget), raw(COLUMNS)], None, Hints(measures=True))
    assert table.measure is None


def test_a_plan_is_read_only_where_it_is_wanted() -> None:
    (table,) = choose([raw(COLUMNS), raw("가|나\n다|라")], None, Hints(measures=True))
    assert [row.amount("spent") for row in table.rows] == [450, 210]
    (alone,) = choose([raw(COLUMNS)], None, Hints())
    assert not alone.has("spent")


def test_measures_that_are_not_there_are_told() -> None:
    with pytest.raises(TableError, match="no 정원 beside 현원"):
        choose([raw(COLUMNS)], None, Hints(plan="정원", actual="현원"))
    with pytest.raises(TableError, match="no 정원 beside actual"):
        choose([raw(COLUMNS)], None, Hints(plan="정원"))
