"""Codes that begin other codes are totals only where most of them add up."""

from __future__ import annotations

from budgetcli.recognise.codes import code_totals
from tests.recognise.rows import QUANTUM, rows_of


def found(text: str) -> dict[int, tuple[int, ...]]:
    rows = rows_of(text)
    return code_totals(rows, [row.cells[:1] for row in rows], range(len(rows)), QUANTUM)


def test_a_code_that_begins_others_covers_their_rows() -> None:
    assert found("10 30 9\n1010 10 4\n1020 20 5") == {0: (1, 2)}


def test_codes_of_which_one_in_two_adds_up_are_no_totals() -> None:
    assert found("10 30 9\n1010 10 4\n1020 20 5\n20 99 9\n2010 10 4\n2020 20 5") == {}


def test_codes_of_which_two_in_three_add_up_are_totals() -> None:
    groups = "10 3 3\n11 1 1\n12 2 2\n20 3 3\n21 1 1\n22 2 2\n30 9 9\n31 1 1\n32 2 2"
    assert found(groups.replace("0 ", " ")) == {0: (1, 2), 3: (4, 5), 6: (7, 8)}


def test_codes_that_each_begin_one_other_are_names_of_the_same() -> None:
    assert found("10 30 9\n1010 30 9\n20 7 1\n2010 7 1") == {}


def test_codes_that_repeat_are_no_totals() -> None:
    assert found("1 10 10\n11 4 4\n12 6 6\n12 6 6") == {}


def test_a_part_of_a_dotted_code_is_whole() -> None:
    assert found("1.2 5 5\n1.20 2 2\n1.21 3 3") == {}
    assert found("1.2 5 5\n1.2.1 2 2\n1.2.2 3 3") == {0: (1, 2)}


def test_a_column_that_is_blank_in_a_whole_group_speaks_neither_for_nor_against_it() -> None:
    assert found("10 30 -\n1010 10 -\n1020 20 -") == {0: (1, 2)}


def test_codes_without_amounts_are_no_totals() -> None:
    assert found("10 - -\n1010 - -\n1020 - -") == {}


def test_where_no_row_is_left_no_code_is_a_total() -> None:
    assert code_totals(rows_of("10 30 9"), [("10",)], [], QUANTUM) == {}
