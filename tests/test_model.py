"""Places, and the few things the exact values can say about themselves."""

from __future__ import annotations

from fractions import Fraction

import pytest

from budgetcli.i18n import say
from budgetcli.model import (
    Absent,
    BudgetTable,
    Finding,
    MappedColumn,
    Place,
    RawTable,
    Row,
    Severity,
)

HERE = Place("a.csv")


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("a.csv"), "a.csv"),
        (Place("a.csv", 4), "a.csv:4"),
        (Place("a.xlsx", 4, sheet="2024"), "a.xlsx:2024:4"),
        (Place("a.pdf", 4, page=2, table=3), "a.pdf:p2:t3:4"),
        (Place("a.hwpx", table=3), "a.hwpx:t3"),
        (Place("-", 0, page=0), "-:p0:0"),
    ],
)
def test_a_place_is_written_from_the_outside_in(place: Place, text: str) -> None:
    assert str(place) == text


def test_rows_are_counted_from_one_where_the_file_does_not_say() -> None:
    assert str(RawTable((("a",), ("b",)), "a.csv").place(1)) == "a.csv:2"


def test_rows_have_the_files_own_numbers_where_it_says() -> None:
    assert str(RawTable((("a",), ("b",)), "a.csv", lines=(3, 7)).place(1)) == "a.csv:7"


def test_a_table_that_stands_alone_needs_no_number() -> None:
    assert str(RawTable((), "a.csv", number=1).place()) == "a.csv"
    assert str(RawTable((), "a.hwpx", number=2, alone=False).place()) == "a.hwpx:t2"


def row(**amounts: int | Absent) -> Row:
    return Row({}, amounts, {}, (), HERE)


def test_a_zero_is_an_amount() -> None:
    assert row(spent=0).amount("spent") == 0


@pytest.mark.parametrize("absent", list(Absent))
def test_blank_dash_and_unreadable_are_no_amounts(absent: Absent) -> None:
    assert row(spent=absent).amount("spent") is None


def test_a_missing_column_is_no_amount_either() -> None:
    assert row().amount("spent") is None


def finding(printed: int | Fraction | None, computed: int | Fraction | None) -> Finding:
    return Finding(
        "total_mismatch", Severity.ERROR, say("x"), HERE, printed=printed, computed=computed
    )


def test_a_difference_is_printed_minus_computed() -> None:
    assert finding(0, 3).difference == -3
    assert finding(Fraction(1, 2), Fraction(1, 3)).difference == Fraction(1, 6)


@pytest.mark.parametrize(("printed", "computed"), [(None, 1), (1, None), (None, None)])
def test_no_difference_without_both(printed: int | None, computed: int | None) -> None:
    assert finding(printed, computed).difference is None


def test_a_table_has_the_fields_of_its_columns() -> None:
    columns = (MappedColumn(1, "부서", "division"), MappedColumn(2, "비고", None))
    table = BudgetTable((), (), columns, "a.csv", HERE)
    assert table.has("division")
    assert not table.has("budget")


def test_values_are_frozen() -> None:
    with pytest.raises(AttributeError):
        HERE.row = 2  # type: ignore[misc] # the point of the test
