"""Runs of leaves that add up to a row, and which one a total that does not add up speaks of."""

from __future__ import annotations

import pytest

from budgetcli.recognise.sums import Layout, Run, adds_up, agreeing_run, lay_out, likeliest_run
from budgetcli.recognise.totals import Sign
from tests.recognise.rows import QUANTUM, rows_of


def layout(text: str) -> Layout:
    """Rows whose name begins with 계 are totals by their name."""
    rows = rows_of(text)
    signs = [Sign.WORD if row.cells[0].startswith("계") else None for row in rows]
    return lay_out(rows, signs, QUANTUM)


def test_a_run_in_the_middle_may_be_off_by_its_own_rounding_alone() -> None:
    table = layout("가 100 9\n나 200 9\n다 300 9\n라 400 9\n계 702 18")
    assert not adds_up(table, 4, (2, 4))
    assert adds_up(layout("가 100 9\n나 200 9\n다 300 9\n라 400 9\n계 701 18"), 4, (2, 4))


def test_one_column_with_an_amount_is_agreement_and_none_is_not() -> None:
    assert adds_up(layout("가 100 0\n계 100 0"), 1, (0, 1))
    assert not adds_up(layout("가 0 0\n계 0 0"), 1, (0, 1))


def test_a_column_without_an_amount_speaks_neither_for_nor_against_a_sum() -> None:
    assert adds_up(layout("가 100 9\n계 - 9"), 1, (0, 1))
    assert not adds_up(layout("가 100 9\n계 - 5"), 1, (0, 1))


@pytest.mark.parametrize(
    ("index", "run"), [(0, (0, 4)), (1, (0, 2)), (4, (2, 4)), (7, (0, 4))], ids=str
)
def test_a_wrong_total_speaks_of_all_at_an_end_and_of_its_neighbours_elsewhere(
    index: int, run: Run
) -> None:
    table = layout("계 9 9\n계가 9 9\n나 1 1\n다 2 2\n계라 9 9\n마 3 3\n바 4 4\n계 9 9")
    assert likeliest_run(table, index, Sign.WORD) == run


def test_the_last_total_but_one_speaks_of_its_neighbours() -> None:
    table = layout("가 1 1\n나 2 2\n계가 9 9\n다 3 3\n라 4 4\n계나 9 9\n계 9 9")
    assert likeliest_run(table, 5, Sign.WORD) == (2, 4)


def test_a_wrong_total_without_rows_on_its_side_speaks_of_the_nearest_on_the_other() -> None:
    table = layout("계 9 9\n가 1 1\n계나 9 9\n다 2 2\n계라 9 9\n계마 9 9")
    assert likeliest_run(table, 4, Sign.WORD) == (1, 2)


def test_a_wrong_grand_total_speaks_of_all_wherever_it_stands() -> None:
    table = layout("가 1 1\n계가 9 9\n나 2 2\n계나 9 9\n다 3 3")
    assert likeliest_run(table, 1, Sign.GRAND) == (0, 3)


def test_the_only_total_speaks_of_all_and_one_of_two_does_not() -> None:
    assert likeliest_run(layout("가 1 1\n계 9 9\n나 2 2\n다 3 3"), 1, Sign.WORD) == (0, 3)
    two = layout("가 1 1\n나 2 2\n계나 9 9\n다 3 3\n계다 9 9\n라 4 4")
    assert likeliest_run(two, 2, Sign.WORD) == (0, 2)


def test_a_run_ends_where_the_outer_name_turns() -> None:
    table = layout("갑/가 1 1\n을/나 2 2\n을/다 3 3\n계 5 5")
    assert agreeing_run(table, 3, Sign.WORD) == (1, 3)


@pytest.mark.parametrize(
    ("index", "text"),
    [
        (3, "갑/가 100 1\n을/나 200 2\n병/다 300 3\n계 500 5\n병/라 700 7\n정/마 900 9"),
        (1, "갑/가 100 1\n계 500 5\n을/나 200 2\n병/다 300 3\n정/라 700 7\n무/마 900 9"),
    ],
)
def test_a_run_reaches_no_further_than_the_nearest_turns(index: int, text: str) -> None:
    assert agreeing_run(layout(text), index, Sign.WORD) is None
