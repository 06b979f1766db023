"""Tables whose fields run down and whose names run across."""

from __future__ import annotations

from datetime import date

import pytest

from budgetcli.errors import TableError
from budgetcli.model import BudgetTable
from budgetcli.recognise.document import choose
from budgetcli.recognise.table import Hints
from budgetcli.recognise.turned import turn
from tests.recognise.tables import amounts, raw, said


def chosen(text: str, hints: Hints = Hints()) -> tuple[BudgetTable, ...]:
    return choose([raw(text)], None, hints)


def test_fields_as_row_labels_are_read_turned_and_that_is_said() -> None:
    (table,) = chosen("""
구분|가과|나과|계
예산현액|1,000|2,000|3,000
지출액|500|△5|495
집행률(%)|50.0|-0.3|16.5
""")
    assert amounts(table, "budget", "spent") == {"가과": [1000, 500], "나과": [2000, -5]}
    assert [total.row.amount("spent") for total in table.totals] == [495]
    assert [row.printed["execution_rate"].text for row in table.rows] == ["50.0", "-0.3"]
    assert "its fields run down and its names across: it was read turned" in said(table)


def test_every_row_of_a_turned_table_is_placed_where_its_spending_stands() -> None:
    (table,) = chosen("Item|Police|Fire\nBudget|90|10\nSpent|9|1\nPaid by grants|1|0")
    assert [row.place.row for row in table.rows] == [3, 3]


def test_a_column_of_units_beside_the_fields_says_the_unit_of_each() -> None:
    (table,) = chosen("""
2025. 6. 30. 기준
구분|단위|가과|나과
예산현액|백만원|10|20
지출액|백만원|3|5
집행률|%|30.0|25.0
자료: 재무과|||
""")
    assert amounts(table, "spent") == {"가과": [3_000_000], "나과": [5_000_000]}
    assert table.as_of == date(2025, 6, 30)


def test_years_across_are_the_years_of_their_columns() -> None:
    tables = chosen("(단위: 천원)|2022|2023\n예산현액|100|200\n지출액|90|50")
    assert [(t.fiscal_year, t.rows[0].amount("spent")) for t in tables] == [
        (2022, 90_000),
        (2023, 50_000),
    ]


@pytest.mark.parametrize(
    "across",
    ["1월|2월", "Q1|Q2", "March|April", "2024 1분기|2024 2분기", "1º trimestre|2º trimestre"],
)
def test_months_and_quarters_across_are_no_names(across: str) -> None:
    assert turn(raw(f"|{across}\nBudget|100|100\nSpent|10|30")) is None


@pytest.mark.parametrize(
    "text",
    [
        "구분|가과|나과\n예산현액|100|200\n인원|3|4",
        "예산현액|100|200\n지출액|3|4",
        "(단위: 원)\n예산현액|100|200\n지출액|3|4",
        "부서|예산현액|지출액\n예산|100|200\n지출과|3|4\n지출|1|1",
    ],
)
def test_what_is_no_turned_table_is_left_as_it_is(text: str) -> None:
    assert turn(raw(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "구분|가과|나과\n예산현액|100|200\n예산잔액|3|4",
        "구분|가과|나과\n지출액|1|2\n집행액|3|4\n예산현액|5|6",
    ],
)
def test_a_turned_table_without_budget_and_spending_is_refused(text: str) -> None:
    (table,) = chosen(text)
    assert not table.has("budget")
    with pytest.raises(TableError):
        chosen(text, Hints(columns={"budget": "nowhere"}))
