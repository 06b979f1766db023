"""Rows that are the sums of their neighbours, without a word: found in long tables, never made."""

from __future__ import annotations

import random

import pytest

from budgetcli.model import Row
from budgetcli.recognise.implied import implied_totals
from tests.recognise.rows import FIELDS, QUANTUM, rows_of

GROUPS, PARTS = 40, 9


def ledger(*, headed: bool) -> list[Row]:
    """Four hundred rows in groups, each after or before the row that sums it."""
    draw = random.Random(7)
    lines: list[str] = []
    for _ in range(GROUPS):
        parts = [(draw.randrange(10**6), draw.randrange(10**6)) for _ in range(PARTS)]
        sums = [sum(column) for column in zip(*parts, strict=True)]
        group = [f"과 {budget} {spent}" for budget, spent in parts]
        head = f"실 {sums[0]} {sums[1]}"
        lines += [head, *group] if headed else [*group, head]
    return rows_of("\n".join(lines))


@pytest.mark.parametrize("headed", [True, False])
def test_groups_of_a_long_table_are_found_above_their_parts_and_below(headed: bool) -> None:
    rows = ledger(headed=headed)
    found = implied_totals(rows, range(len(rows)), QUANTUM)
    first = 0 if headed else PARTS
    assert [*found] == [*range(first, len(rows), PARTS + 1)]
    assert {len(parts) for parts in found.values()} == {PARTS}


def test_the_more_rows_there_are_the_more_figures_prove_a_group() -> None:
    """Five figures prove a sum among ten rows; among two hundred they are a coincidence."""
    group = "실 523 97\n과 300 40\n과 223 57\n"
    assert implied_totals(rows_of(group), range(3), QUANTUM) == {0: (1, 2)}
    rows = rows_of(group + "\n".join(f"과 {7**9 % (n + 900)} {n * n + 1}" for n in range(200)))
    assert implied_totals(rows, range(len(rows)), QUANTUM) == {}


def found(text: str, grain: int = 1) -> dict[int, tuple[int, ...]]:
    rows = rows_of(text)
    return implied_totals(rows, range(len(rows)), dict.fromkeys(FIELDS, grain))


@pytest.mark.parametrize(("total", "is_sum"), [(600_002, True), (600_003, False)])
def test_three_parts_and_their_sum_may_be_off_by_two_printed_units(
    total: int, is_sum: bool
) -> None:
    parts = "과 100000 90001\n과 200000 80002\n과 300000 70003"
    assert found(f"실 {total} 240006\n{parts}") == ({0: (1, 2, 3)} if is_sum else {})
    assert found(f"{parts}\n실 {total} 240006") == ({3: (0, 1, 2)} if is_sum else {})


@pytest.mark.parametrize(("total", "is_sum"), [(600_200, True), (600_300, False)])
def test_a_printed_unit_is_the_one_of_the_column(total: int, is_sum: bool) -> None:
    parts = "과 100000 90100\n과 200000 80200\n과 300000 70300"
    assert found(f"실 {total} 240600\n{parts}", 100) == ({0: (1, 2, 3)} if is_sum else {})


@pytest.mark.parametrize(("total", "is_sum"), [(150, True), (149, False)])
def test_rounding_explains_only_what_is_large_against_it(total: int, is_sum: bool) -> None:
    other = total - 100
    text = f"실 {total} 90000\n과 99 40000\n과 {other} 50000"
    assert found(text) == ({0: (1, 2)} if is_sum else {})


def test_a_row_beside_its_copy_and_an_empty_one_is_no_sum() -> None:
    assert found("감 7 3\n실 5230 970\n과 5230 970\n과 0 0") == {}


def test_a_row_beside_its_like_and_a_tiny_one_is_no_sum_that_rounding_makes() -> None:
    assert found("실 100000 90000\n과 100000 90000\n과 1 1") == {}
    assert found("실 100000 90000\n과 99900 89900\n과 200 200", 100) == {}
    assert found("실 100000 90000\n과 99850 89850\n과 250 250", 100) == {}
    assert found("실 100000 90000\n과 99849 89849\n과 250 250", 100) == {0: (1, 2)}


def test_a_row_that_equals_one_beside_a_tiny_one_to_the_last_figure_is_a_sum() -> None:
    assert found("실 100001 90001\n과 100000 90000\n과 1 1") == {0: (1, 2)}


def test_a_like_row_in_one_column_alone_is_enough_for_nothing() -> None:
    assert found("실 100000 90000\n과 100000 40000\n과 1 50000") == {0: (1, 2)}


def test_a_row_and_its_parts_all_spent_to_one_degree_are_one_equation_and_no_proof() -> None:
    assert found("실 100000 50000\n과 60000 30000\n과 40000 20000") == {}


def test_groups_of_single_figures_count_where_they_part_the_whole_table() -> None:
    assert found("실 3 2\n과 1 1\n과 2 1") == {0: (1, 2)}
    assert found("실 3 2\n과 1 1\n과 2 1\n과 9 9") == {}


@pytest.mark.parametrize(("more", "groups"), [("", 500), ("감 7 3", 0)])
def test_more_than_two_thousand_rows_are_no_table_of_groups_throughout(
    more: str, groups: int
) -> None:
    rows = "\n".join(["실 61 26\n과 31 11\n과 20 10\n과 10 5"] * 500)
    assert len(found(f"{rows}\n{more}".strip())) == groups


@pytest.mark.parametrize(("others", "is_sum"), [(297, True), (298, False)])
def test_of_more_than_three_hundred_rows_a_sum_is_exact(others: int, is_sum: bool) -> None:
    """Rounding may explain 600,001 in a table that was printed, and nothing in a ledger."""
    group = "실 600001 90000\n과 100000 40000\n과 500000 50000"
    rest = "\n".join(f"과 {n * n + 7} {n**3 + 11}" for n in range(others))
    assert (found(f"{group}\n{rest}").get(0) == (1, 2)) is is_sum


def test_a_row_of_one_amount_before_a_group_does_not_hide_it() -> None:
    assert found("감 7 0\n실 600123 90000\n과 600000 40000\n과 123 50000") == {1: (2, 3)}


def test_a_part_may_be_nothing_or_small_in_a_column() -> None:
    assert found("실 500123 90000\n과 500000 0\n과 123 90000\n감 7 3") == {0: (1, 2)}
    assert found("실 500123 90000\n과 1 2\n과 500122 89998\n감 7 3") == {0: (1, 2)}


def test_a_column_whose_parts_cancel_speaks_neither_for_nor_against_a_group() -> None:
    rows = rows_of("실 600123 90000\n과 600000 40000\n과 123 50000\n감 7 3")
    moved = (0, 5, -5, 2)
    three = [
        row._replace(amounts={**row.amounts, "moved": amount})
        for row, amount in zip(rows, moved, strict=True)
    ]
    quantum = {**QUANTUM, "moved": 1}
    assert implied_totals(three, range(4), quantum) == {0: (1, 2)}


def test_a_row_that_equals_the_one_beside_it_is_no_sum_of_it() -> None:
    assert found("실 5230 -970\n과 5230 -970\n감 7 3") == {}


def test_of_two_groups_that_share_rows_the_shorter_one_counts() -> None:
    """The first row is twice the sum of two: a row and, once more, what that row sums."""
    twice = "국 293826 180008\n실 146913 90004\n과 123456 40001\n과 23457 50003"
    apart = "실 600123 91000\n과 600000 41000\n과 123 50000"
    assert found(f"{twice}\n{apart}") == {1: (2, 3), 4: (5, 6)}


def test_a_group_that_is_all_of_another_one_is_found_beside_it() -> None:
    """What stands under the group is its like, and no part of it."""
    teams = "팀 60123 20001\n팀 40004 17002"
    assert found(f"{teams}\n과 100127 37003\n국 100127 37003\n감 7 3") == {2: (0, 1), 3: (0, 1)}
    assert found(f"감 7 3\n국 100127 37003\n과 100127 37003\n{teams}") == {1: (3, 4), 2: (3, 4)}


def test_columns_that_differ_in_the_last_of_nineteen_figures_are_two_equations() -> None:
    total = "실 3000000000000000001 3000000000000000002"
    parts = "과 1000000000000000000 1000000000000000001\n과 2000000000000000001 2000000000000000001"
    assert found(f"{total}\n{parts}") == {0: (1, 2)}
