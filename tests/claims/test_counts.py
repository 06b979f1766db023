"""Counts with their lists, and what each of several gets."""

from __future__ import annotations

import pytest

from budgetcli.claims.claim import Verdict
from budgetcli.claims.counts import counts_in
from tests.claims.test_statements import stated


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("4개소 운영(공덕, M+, 창동, 성수)", Verdict.RIGHT),
        ("5개소 운영(공덕, M+, 창동, 성수)", Verdict.WRONG),
        ("9개소 운영(공덕, M+, 창동, 성수)", Verdict.UNSURE),
        ("5개국(미국, 일본, 독일·프랑스, 영국)", Verdict.RIGHT),
        ("3개 분야 : 교육·복지·문화", Verdict.RIGHT),
        ("27개 대학(중앙, 숭실)", Verdict.UNSURE),
        ("5,400백만원(춘·추계 각 27억)", Verdict.RIGHT),
        ("5,600백만원(춘·추계 각 27억)", Verdict.WRONG),
        ("1,234백만원(춘·추계 각 27억)", Verdict.UNSURE),
    ],
)
def test_a_count_is_held_against_its_list(text: str, verdict: Verdict) -> None:
    (claim,) = counts_in(stated(text))
    assert claim.verdict is verdict


@pytest.mark.parametrize(
    "text",
    [
        "10개사(네이버, 셀트리온 등)",
        "3개사(4~9월)",
        "12명(총괄, 조사)",
        "3개소(도심의 여러 곳에 흩어져 있는 낡은 시설들, 그 밖)",
        "3개소(준공)",
        "춘·추계 각 27억",
    ],
)
def test_what_is_no_whole_list_is_no_claim(text: str) -> None:
    assert [*counts_in(stated(text))] == []


def test_a_list_that_goes_on_behind_its_bracket_is_not_counted() -> None:
    assert [*counts_in(stated("5개 과(동부, 서부, 남부, 북부) 및 도심권"))] == []
