"""Columns that follow from two others, marked or found out."""

from __future__ import annotations

from budgetcli.claims.cells import cells_of
from budgetcli.claims.columns import columns_in
from budgetcli.model import RawTable

GOALS = """사업|목표|실적|달성률
상담|500명|450명|90.0%
훈련|200명|210명|105.0%
창업|80명|60명|75.0%"""
YEARS = """구분|2024년 예산|2025년 예산|증감|증감률
합계|162,300|185,000|22,700|14.0
설비|98,100|112,000|13,900|14.2
진단|64,200|73,000|8,800|13.7"""


def found(text: str) -> list[tuple[str, str, str]]:
    rows = tuple(tuple(line.split("|")) for line in text.split("\n"))
    claims = columns_in(cells_of(RawTable(rows, "a.txt")))
    return [(claim.kind, claim.figure.text, claim.verdict.value) for claim in claims]


def verdicts(text: str) -> list[str]:
    return [verdict for *_, verdict in found(text)]


def test_which_two_columns_a_rate_follows_from_is_found_out() -> None:
    assert found(GOALS) == [
        ("ratio", "90.0%", "right"),
        ("ratio", "105.0%", "right"),
        ("ratio", "75.0%", "right"),
    ]


def test_one_that_is_near_or_a_digit_off_is_wrong_and_one_far_off_cannot_be_told() -> None:
    assert verdicts(GOALS.replace("75.0%", "77.0%"))[2] == "wrong"
    assert verdicts(GOALS.replace("75.0%", "15.0%"))[2] == "wrong"
    assert verdicts(GOALS.replace("75.0%", "33.3%"))[2] == "cannot_tell"


def test_amounts_that_are_rounded_leave_their_rate_room() -> None:
    text = "사업|목표|실적|달성률\n가|50|45|90.0\n나|20|10|50.0\n다|8|7|86.0"
    assert verdicts(text)[2] == "right_within_rounding"


def test_growth_and_differences_have_their_signs() -> None:
    assert verdicts(YEARS) == ["right"] * 6
    fallen = YEARS.replace("73,000|8,800|13.7", "60,000|△4,200|△6.5")
    assert verdicts(fallen) == ["right"] * 6
    assert verdicts(YEARS.replace("8,800|13.7", "8,700|13.7"))[2] == "wrong"
    assert verdicts(YEARS.replace("8,800|13.7", "1,234|13.7"))[2] == "cannot_tell"


def test_decimals_leave_a_difference_room() -> None:
    text = "구분|작년|올해|증감\n가|1.2|1.5|0.3\n나|2.1|3.5|1.4\n다|1.0|2.1|1.2"
    assert verdicts(text) == ["right"] * 3


def test_where_rows_do_not_agree_or_are_too_few_there_is_no_such_column() -> None:
    assert found("사업|목표|실적|달성률\n가|50|45|10.0\n나|20|10|50.0\n다|8|7|11.0") == []
    assert found("사업|목표|실적|달성률\n가|50|45|90.0") == []
    assert found("사업|이름|달성률\n가|나|90.0") == []


def test_nothing_is_a_rate_of_nothing() -> None:
    text = "사업|목표|실적|달성률\n가|50|45|90.0\n나|20|10|50.0\n다|0|7|0.0"
    assert verdicts(text) == ["right", "right"]


def test_a_rate_that_two_other_figures_of_its_row_give_is_not_wrong() -> None:
    text = (
        "연도|추경(A)|현액|집행(B)|집행률(B/A)\n1|100|100|90|90.0\n2|80|80|60|75.0\n3|50|60|45|75.0"
    )
    assert verdicts(text) == ["right", "right", "cannot_tell"]


def test_rows_with_other_measures_or_no_figure_are_left_out() -> None:
    assert verdicts(f"{GOALS}\n행사|3회|2명|66.7%\n축제|-|1회|-") == ["right"] * 3


def test_a_rate_that_was_cut_off_is_no_error() -> None:
    text = "사업|목표|실적|달성률\n가|50|45|90\n나|20|10|50\n다|8|7|87"
    assert verdicts(text)[2] == "right_within_rounding"
