"""What a report prints twice under one name."""

from __future__ import annotations

import pytest

from budgetcli.claims.cells import cells_of
from budgetcli.claims.claim import Verdict
from budgetcli.claims.repeats import repeats_in
from tests.claims.test_statements import stated
from tests.claims.test_tables import table

PROGRAMME = "1 패션산업 육성\n□ 사업개요\n ㅇ 예산 : {budget}\n"
R, W, NEAR = Verdict.RIGHT, Verdict.WRONG, Verdict.ROUNDED


def verdicts(text: str, *rows: str) -> list[Verdict]:
    cells = [cells_of(table(*rows))] if rows else []
    return [claim.verdict for claim in repeats_in(stated(text), cells)]


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        ("16,222백만원", [R]),
        ("16,292백만원", [W]),
        ("162억원", [NEAR]),
        ("20,000백만원", []),
    ],
)
def test_a_programmes_budget_is_held_against_the_table_of_programmes(
    budget: str, expected: list[Verdict]
) -> None:
    rows = (
        "사업명|예산|집행률",
        "패션산업 육성|16,222|45.1%",
        "뷰티산업 육성|2,028|50.0%",
        "계|18,250|",
    )
    assert verdicts(PROGRAMME.format(budget=budget), *rows) == expected


def test_a_programmes_budget_is_held_against_a_list_elsewhere() -> None:
    text = PROGRAMME.format(budget="16,222백만원")
    assert verdicts(text + "2 총괄\n ㅇ 패션산업 육성 16,223백만원, 뷰티 2,028백만원") == [W]
    assert verdicts(text + "2 총괄\n ㅇ 패션산업 진흥 16,223백만원, 뷰티 2,028백만원") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("조성목표 : 11,750억원", [R]),
        ("조성목표 : 11,950억원", [W]),
        ("조성목표 : 9,000억원", []),
        ("조성목표 : 약 11,950억원", []),
        ("결성 11,950억원", []),
    ],
)
def test_a_named_figure_is_held_against_the_total_of_that_name(
    text: str, expected: list[Verdict]
) -> None:
    rows = ("구분|계|바이오|창조", "조성목표|11,750|1,900|9,850", "결성총액|2,837|414|2,423")
    assert verdicts(text, *rows) == expected


def test_a_column_has_its_name_too() -> None:
    rows = ("부서|정원|현원", "계|5,120|4,987", "본사|5,000|4,900", "현장|120|87")
    assert verdicts("ㅇ 인력 : 정원 5,120명 / 현원 4,987명", *rows) == [R, R]


@pytest.mark.parametrize(("said", "expected"), [("30명", [R]), ("30개", [])])
def test_a_figure_of_another_measure_is_of_something_else(
    said: str, expected: list[Verdict]
) -> None:
    rows = ("구분|계|남|여", "경제과|30명|10명|20명", "일자리과|20명|10명|10명")
    assert verdicts(f"1 조직\n ㅇ 경제과 : {said}\n", *rows) == expected
