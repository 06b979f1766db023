"""What is odd about single rows though they add up, row by row."""

from __future__ import annotations

import pytest

from budgetcli.analysis.check import check
from budgetcli.model import Finding
from tests.analysis.tables import table


def findings(text: str) -> tuple[Finding, ...]:
    return check(table(text, unit="원")).findings


def paid(pairs: list[tuple[int, int]]) -> list[str]:
    """Where it is noted that most of these rows (committed, spent) paid beyond commitments."""
    lines = (f"{n}과,1000,{committed},{spent}" for n, (committed, spent) in enumerate(pairs))
    found = findings("\n".join(["부서,예산현액,원인행위액,지출액", *lines]))
    return [str(finding.place) for finding in found if finding.severity.value == "note"]


@pytest.mark.parametrize(
    ("pairs", "noted"),
    [
        ([(9, 9), (1, 5), (1, 6), (1, 7)], ["table.csv:3"]),
        ([(0, 1), (0, 1), (0, 1)], ["table.csv:2"]),
        ([(1, 5), (1, 6)], []),
        ([(1, 5), (1, 6), (1, 7), (9, 1), (9, 2), (9, 3)], []),
        ([(1, 5), (1, 6), (1, 7), (0, 0), (0, 0), (0, 0)], []),
        ([(5, 5), (6, 6), (7, 7)], []),
    ],
)
def test_commitments_are_what_is_still_open_where_three_and_most_rows_paid_beyond_them(
    pairs: list[tuple[int, int]], noted: list[str]
) -> None:
    assert paid(pairs) == noted


@pytest.mark.parametrize(("goal", "codes"), [(100, []), (101, ["goal_over_eligible"])])
def test_a_goal_may_be_all_of_its_base(goal: int, codes: list[str]) -> None:
    found = findings(f"부서,대상액,목표액,지출액\n가과,100,{goal},50\n나과,200,120,40")
    assert [finding.code for finding in found] == codes


def test_a_double_is_of_the_division_whose_row_it_is() -> None:
    (finding,) = findings("부서,예산현액,지출액\n가과,100,50\n나과,200,40\n가과,100,50")
    assert (finding.division, finding.column, finding.severity.value) == ("가과", None, "warning")


def test_names_of_which_half_repeat_still_tell_rows_apart() -> None:
    found = findings("부서,예산현액,지출액\n가과,100,50\n나과,200,40\n가과,90,30\n나과,80,20")
    assert [str(finding.place) for finding in found] == ["table.csv:4", "table.csv:5"]


def test_in_a_ledger_rows_without_amounts_are_no_doubles() -> None:
    many = "".join(f"가과,{n}00,{n}\n" for n in range(1, 9))
    assert findings(f"부서,예산현액,지출액\n{many}가과,0,0\n가과,0,0") == ()
