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
        ("취업자 : 약 500명 → 470명, △25명", Verdict.UNSURE),
    ],
)
def test_a_change_is_the_difference_of_its_ends(text: str, verdict: Verdict) -> None:
    (claim,) = changes_in(stated(text))
    assert claim.verdict is verdict


@pytest.mark.parametrize(
    "text", ["59.7% → 58.6% → 60.4%", "2개사 → 15개사", "가 3명, 나 5명, +2명"]
)
def test_without_a_printed_difference_there_is_no_claim(text: str) -> None:
    assert [*changes_in(stated(text))] == []
