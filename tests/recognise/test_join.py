"""Tables joined and rows selected stay exact, and count every row."""

from __future__ import annotations

import pytest

from budgetcli.errors import TableError
from budgetcli.recognise.join import cell_of, column_index, fitting, join, select
from budgetcli.recognise.table import Hints, recognise
from tests.recognise.tables import amounts, raw, read

WON = read("(단위: 원)\n부서|예산현액|지출액|비고\n계|6|2|\nA과|4|1|x\nB과|2|1|y")
CENTS = read("부서|예산현액|지출액\nC과|4.25|1.5\nD과||1")


def test_one_table_is_itself() -> None:
    assert join([WON]) is WON


def test_parts_are_joined_at_the_finest_scale() -> None:
    table = join([WON, CENTS])
    assert amounts(table, "budget") == {"A과": [400], "B과": [200], "C과": [425], "D과": ["blank"]}
    assert (table.scale, table.quantum, table.unit) == (2, {"budget": 1, "spent": 10}, None)
    assert (table.counts.read, table.counts.used, table.totals[0].row.amount("budget")) == (
        8,
        4,
        600,
    )


def test_totals_go_on_covering_their_own_part() -> None:
    assert [total.covers for total in join([CENTS, WON]).totals] == [(2, 3)]


def test_rows_are_selected_by_patterns_and_the_printed_total_is_left_out() -> None:
    table = select(WON, {"division": ("a*",), "비고": ("X", "z")})
    assert (amounts(table, "budget"), table.totals) == ({"A과": [4]}, ())
    counts = table.counts
    assert counts.read == counts.used + counts.headers + counts.others


def test_no_condition_selects_everything() -> None:
    assert select(WON, {}) is WON


def test_nothing_selected_is_an_error() -> None:
    with pytest.raises(TableError, match="no row fits"):
        select(WON, {"division": ("Q*",)})
    assert fitting(WON, {"division": ("Q*",)}) is None


def test_a_tables_own_year_may_be_asked_for() -> None:
    table = read("2024회계연도\n연도|부서|예산현액|지출액\n2024|A과|4|1")
    assert fitting(table, {"fiscal_year": ("2023",)}) is None
    assert fitting(table, {"fiscal_year": ("2024",)}) is not None
    dated = read("’24. 7. 31. 기준\n부서|예산현액|지출액\nA과|4|1")
    assert fitting(dated, {"as_of": ("2023*",)}) is None
    assert fitting(dated, {"as_of": ("2024*",)}) is dated


@pytest.mark.parametrize(("name", "message"), [("없음", "no column"), ("금액", "2 columns")])
def test_a_column_that_is_not_there_is_an_error(name: str, message: str) -> None:
    table = read(
        "부서|금액|금액\nA과|4|1", Hints({"budget": "#2", "spent": "#3", "division": "#1"})
    )
    with pytest.raises(TableError, match=message):
        column_index(table, name)


def test_a_label_without_a_column_is_read_from_the_labels() -> None:
    table = read("부서|예산현액|지출액\nA과|4|1")
    assert cell_of(table.rows[0], None, "division") == "A과"
    assert cell_of(table.rows[0], None, "fund") == ""
    assert cell_of(table.rows[0], 1, "budget") == "4"
    assert column_index(table, "예산현액") == 1
    wide = recognise(raw("부서|Spent 2023|Spent 2024|Budget 2024\nA과|90|100|120"))[-1]
    assert column_index(wide, "fiscal_year") is None
    assert cell_of(wide.rows[0], None, "fiscal_year") == "2024"
