"""Lists whose total stands elsewhere in their section."""

from __future__ import annotations

import pytest

from budgetcli.claims.claim import Verdict
from budgetcli.claims.elsewhere import elsewhere_in
from tests.claims.test_statements import stated

TOTAL = "1 연구개발\n ㅇ 예산 : 34,720백만원 ※ {total}\n□ 현황\n"
LIST = " ㅇ (선정 과제 수) 신성장 88개, 팁스 18개, 실증 50개, 약자 {last}"
R, W = Verdict.RIGHT, Verdict.WRONG


def verdicts(text: str) -> list[Verdict]:
    return [claim.verdict for claim in elsewhere_in(stated(text))]


@pytest.mark.parametrize(
    ("total", "last", "expected"),
    [
        ("163개 과제", "7개", [R]),
        ("168개 과제", "7개", [W]),
        ("163개 과제", "9개", [W]),
        ("163개 기업", "9개", []),
        ("목표 168개 과제", "7개", []),
        ("약 168개 과제", "7개", []),
        ("163개 과제", "약 7개", []),
        ("163개 과제", "7명", []),
        ("163개 과제", "7개 등", []),
    ],
)
def test_a_list_is_held_against_what_counts_the_same_in_its_section(
    total: str, last: str, expected: list[Verdict]
) -> None:
    assert verdicts(TOTAL.format(total=total) + LIST.format(last=last)) == expected


def test_another_section_says_nothing() -> None:
    text = TOTAL.format(total="163개 과제") + "2 다른 사업\n" + LIST.format(last="7개")
    assert verdicts(text) == []


def test_what_hangs_on_a_total_is_no_list_for_elsewhere() -> None:
    text = TOTAL.format(total="163개 과제") + " ㅇ 170개 선정\n  - 가 88개, 나 18개, 다 57개"
    assert verdicts(text) == []


@pytest.mark.parametrize(
    ("staff", "expected"),
    [("정원 87명 / 현원 82명", [R]), ("정원 81명 / 현원 82명", [W]), ("직원 81명", [])],
)
def test_kinds_of_staff_are_held_against_the_headcount(staff: str, expected: list[Verdict]) -> None:
    assert verdicts(f"ㅇ {staff}\nㅇ 직종 : 일반직 64명, 지도직 16명, 공무직 7명") == expected
