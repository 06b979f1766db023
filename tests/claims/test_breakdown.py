"""Parts of one whole with their shares: they vouch for each other where they make 100."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from budgetcli.claims.breakdown import breakdowns_in
from budgetcli.claims.claim import Claim, Verdict
from budgetcli.claims.figures import figures_in
from tests.claims.test_statements import stated

R, W, NEAR, U = Verdict.RIGHT, Verdict.WRONG, Verdict.ROUNDED, Verdict.UNSURE


def claims(text: str) -> Sequence[Claim]:
    (statement,) = stated(text)
    return [*breakdowns_in(statement, figures_in(statement.text))]


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("온라인 1,870건(84.2%), 방문 352건(15.8%) 등 2,222건 접수", [R, R, R]),
        ("온라인 1,870건(84.6%), 방문 352건(15.8%) 등 2,222건 접수", [W, R, R]),
        ("온라인 1,870건(84.2%), 방문 952건(15.8%) 등 2,222건 접수", [R, W]),
        ("온라인 1,870건(84.2%), 방문 352건(15.8%) 등 4,222건 접수", [R, R, W]),
        ("온라인 1,870건(84.2%), 방문 352건(15.8%) 등 3,000건 접수", [R, R, U]),
        ("제안 57건 : 채택 9건(15.7%), 불채택 48건(84.2%)", [NEAR, R]),
        ("제안 57건 : 채택 9건(15.8%), 불채택 48건(44.2%)", [R, W]),
        ("제안 57건 : 채택 9건(15.8%), 불채택 48건(61.3%)", [R, U]),
        ("5급 이상 88명(6.4%), 6급 이하 1,297명(93.2%)", [R, W]),
        ("급여 320만원(64%), 물품 180만원(36%)", [R, R]),
    ],
)
def test_shares_that_make_all_are_held_against_their_whole(
    text: str, verdicts: list[Verdict]
) -> None:
    assert [claim.verdict for claim in claims(text)] == verdicts


@pytest.mark.parametrize(
    "text",
    [
        "전남 3,872만㎡(15.4%), 경북 3,647만㎡(14.5%)",
        "30명(60%), 20개사(40%)",
        "약 30명(60%), 약 20명(40%)",
        "0명(50%), 0명(50%)",
        "한 줄에 30명(60%)",
    ],
)
def test_nothing_is_said_of_shares_that_do_not(text: str) -> None:
    assert claims(text) == []
