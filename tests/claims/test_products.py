"""Products with their factors, whatever these count."""

from __future__ import annotations

import pytest

from budgetcli.claims.claim import Verdict
from budgetcli.claims.products import products_in
from tests.claims.test_statements import stated

R, W, NEAR, U = Verdict.RIGHT, Verdict.WRONG, Verdict.ROUNDED, Verdict.UNSURE


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("설비 교체 : 1,120억원(560개사 × 2억원)", R),
        ("설비 교체 : 1,127억원(560개사 × 2억원)", W),
        ("설비 교체 : 1,120억원(560개사 × 1억원)", W),
        ("설비 교체 : 2,500억원(560개사 × 2억원)", U),
        ("바우처 1,500명 × 20만원 = 3억원", R),
        ("단가 1,500원 × 1,200개 × 10개월 = 18,000천원", R),
        ("사업비 10억원 × 30% = 3억원", R),
        ("지원금 300만원(월 25만원 × 12월)", None),
        ("강사료 100만원(33,333원 × 30회)", NEAR),
        ("약 120만원(40만원 × 3회)", R),
        ("약 130만원(40만원 × 3회)", U),
        ("산출 5,000 X 300부 = 1,500", U),
        ("시설 0개소 × 3백만원 = 55백만원", U),
    ],
)
def test_a_product_follows_from_its_factors(text: str, verdict: Verdict | None) -> None:
    found = [claim.verdict for claim in products_in(stated(text))]
    assert found == ([verdict] if verdict else [])


@pytest.mark.parametrize(
    "text",
    [
        "사업비 5,000만원(100만원×40명, 운영비 1,000만원)",
        "연인원 700명(15명 × 40일 + 100명)",
        "3,450명(1일 평균 15명 × 230일)",
        "규격 300 x 400",
    ],
)
def test_a_sum_of_products_and_what_is_no_total_claim_nothing(text: str) -> None:
    assert [*products_in(stated(text))] == []
