"""One sum that a table parts in several ways under each other is counted once."""

from __future__ import annotations

from budgetcli.model import Place, Row
from budgetcli.recognise.ways import find_ways
from tests.recognise.tables import amounts, read, said

HEADED = """
구분|예산현액|지출액
○ 기능별 분류(합계)|300|150
․가 사업|100|50
․나 사업|200|100
○ 비목별 분류(합계)|300|150
․보조금(320-01)|300|150
○ 기능·비목별 분류(합계)|300|150
․가 사업|100|50
-보조금(320-01)|100|50
․나 사업|200|100
-보조금(320-01)|200|100
"""


def test_the_rows_of_the_first_way_are_taken_and_that_is_said() -> None:
    table = read(HEADED)
    assert list(amounts(table, "budget").values()) == [[100], [200]]
    assert [total.covers for total in table.totals] == [(0, 1)] * 3
    assert not table.findings
    assert (
        "the same money is parted in 3 ways (기능별 분류(합계), 비목별 분류(합계),"
        " 기능·비목별 분류(합계)): the rows of the first were taken,"
        " 5 of the others were not added" in said(table)
    )


def test_rows_that_are_not_added_are_counted_with_the_notes() -> None:
    counts = read(HEADED).counts
    assert (counts.read, counts.used, counts.totals, counts.refused) == (11, 2, 3, 0)
    assert counts.others == 5


def test_a_way_that_does_not_add_up_is_found() -> None:
    table = read(HEADED.replace("․보조금(320-01)|300|150", "․보조금(320-01)|290|150"))
    (found,) = table.findings
    assert (found.code, found.column, found.printed, found.computed) == (
        "total_mismatch",
        "budget",
        300,
        290,
    )


def test_ways_may_be_closed_by_their_totals() -> None:
    table = read(
        "Item|Budget|Spent\nRoads|10|4\nParks|20|5\nTotal by function|30|9\n"
        "Salaries|12|5\nGoods|18|4\nTotal by type|30|9"
    )
    assert amounts(table, "spent", label="item") == {"Roads": [4], "Parks": [5]}


def test_groups_that_happen_to_be_equal_are_added() -> None:
    text = "부서|예산현액|지출액\n가과|10|4\n소계|10|4\n나과|10|4\n소계|10|4"
    assert len(read(text).rows) == 2


def test_unequal_ways_and_ways_amid_others_are_left_as_they_are() -> None:
    unequal = "Item|Budget\nTotal by function|30\nRoads|30\nTotal by type|31\nGoods|31"
    amid = "Item|Budget\nHarbour|5\nTotal by function|30\nRoads|30\nTotal by type|30\nGoods|30"
    assert len(read(unequal).rows) == 2
    assert len(read(amid).rows) == 3


def test_what_else_is_found_in_another_way_is_told_too() -> None:
    table = read(HEADED.replace("․보조금(320-01)|300|150", "․보조금(320-01)|200|100\n|90|50"))
    assert "unnamed_row" in {finding.code for finding in table.findings}


def test_rows_that_an_engine_added_up_stand_in_no_order() -> None:
    rows = [
        Row({"division": name}, {"budget": 30}, {}, (), Place("x.csv"), merged=2)
        for name in ("총계(기능별)", "도로", "총계(비목별)", "물품비")
    ]
    names = [(row.labels["division"],) for row in rows]
    assert find_ways(rows, names, {"budget": 1}, 0).again == 0
