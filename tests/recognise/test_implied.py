"""Rows that are the sums of their neighbours, without a word: found in long tables, never made."""

from __future__ import annotations

import random

import pytest

from budgetcli.model import Row
from budgetcli.recognise.implied import implied_totals
from tests.recognise.rows import QUANTUM, rows_of

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


def test_groups_whose_sums_were_rounded_are_found_in_a_printed_table() -> None:
    rows = rows_of("실 100001 90000\n과 60000 40000\n과 40000 50000")
    assert implied_totals(rows, range(3), QUANTUM) == {0: (1, 2)}
