"""Changes with both ends printed."""

from __future__ import annotations

import pytest

from budgetcli.claims.changes import changes_in
from budgetcli.claims.claim import Verdict
from tests.claims.test_statements import stated


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("취업자 : (’23) 902천명 → (’24) 969천명, +67천명", Verdict.RIGHT),
        ("고용률 : (’23) 54.5% → (’24) 55.3%, +0.8%p", Verdict.RIGHT),
        ("고용률 : (’23) 54.5% → (’24) 55.3%, +1.2%p", Verdict.WRONG),
        ("고용률 : 54.5% → 55.3%, +0.9%p", Verdict.ROUNDED),
        ("취업자 : 500명 → 475명, △25명", Verdict.RIGHT),
        ("예산 : 4,612억원 → 4,820억원, +209억원", Verdict.ROUNDED),
        ("취업자 : 500명 → 475명, △26명", Verdict.WRONG),
        ("취업자 : 약 500명 → 470명, △25명", Verdict.UNSURE),
    ],
)
def test_a_change_is_the_difference_of_its_ends(text: str, verdict: Verdict) -> None:
    (claim,) = changes_in(stated(text))
    assert claim.verdict is verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("고용 : 41,200명 → 43,672명, 6.0% 증가", Verdict.RIGHT),
        ("고용 : 41,200명 → 43,672명, 8.0% 증가", Verdict.WRONG),
        ("고용 : 300명 → 320명, 6.6% 증가", Verdict.ROUNDED),
        ("고용 : 300명 → 320명(+6.7%)", Verdict.RIGHT),
        ("고용 : 320명 → 300명(△6.3%)", Verdict.RIGHT),
        ("고용 : 320명 → 300명(+6.3%)", Verdict.WRONG),
        ("전년 대비 민원 12.5% 감소(9,623건 → 8,420건)", Verdict.RIGHT),
        ("전년 대비 민원 12.5% 증가(9,623건 → 8,420건)", Verdict.WRONG),
        ("참여 20개 → 50개(2.5배)", Verdict.RIGHT),
        ("예산 10억원 → 13억원(25% 증가)", Verdict.ROUNDED),
        ("약 20개 → 50개(2배)", Verdict.UNSURE),
        ("수출 120억불 달성, 전년(96억불) 대비 1.25배", Verdict.RIGHT),
        ("총예산 : 4,820억원 (전년 4,612억원 대비 4.5% 증)", Verdict.RIGHT),
        ("총예산 : 4,820억원 (전년 4,612억원 대비 4.8% 증)", Verdict.WRONG),
        ("수출 120억불, 수입은 전년(90억불) 대비 80% 증가", Verdict.UNSURE),
        ("중단 : 312명 → 287명 (25명 감소)", Verdict.RIGHT),
        ("중단 : 312명 → 287명 (25명 증가)", Verdict.WRONG),
        ("시설 0개 → 3개(3배)", Verdict.UNSURE),
        ("2017년 40조3천347억원에서 2018년 43조1천177억원으로 6.9% 증가", Verdict.RIGHT),
        ("2017년 40조3천347억원에서 2018년 43조1천177억원으로 6.2% 증가", Verdict.WRONG),
        ("총규모 : 2조 1,530억원 (전년 2조 120억원, 7.0%↑)", Verdict.RIGHT),
        ("총예산 : 4,820억원 (전년 4,512억원 대비 4.5% 증)", Verdict.WRONG),
        ("일평균 98만 5천명 (전년 94만 1천명 대비 4.7% 증가)", Verdict.RIGHT),
        ("Reserves fell from £18.5m to £14.8m, a decrease of 20.0%", Verdict.RIGHT),
        ("Reserves fell from £18.5m to £14.8m, a decrease of 26.0%", Verdict.WRONG),
        ("Spend rose from £5,240,000 to £6,026,000, up by 15.0%", Verdict.RIGHT),
    ],
)
def test_growth_follows_from_both_ends(text: str, verdict: Verdict) -> None:
    (claim,) = changes_in(stated(text))
    assert claim.verdict is verdict


@pytest.mark.parametrize(
    "text",
    [
        "고용률 50% → 55%(10% 증가)",
        "예산 3억원 → 5억원, 이용률 40%",
        "전년 96억불, 목표 대비 1.2배",
        "59.7% → 58.6% → 60.4%",
        "2개사 → 15개사",
        "가 3명, 나 5명, +2명",
    ],
)
def test_without_a_printed_difference_there_is_no_claim(text: str) -> None:
    assert [*changes_in(stated(text))] == []
