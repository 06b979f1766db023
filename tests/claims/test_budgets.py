"""A budget and the lines of money that part it."""

from __future__ import annotations

from budgetcli.claims.budgets import budgets_in
from budgetcli.claims.claim import Verdict
from tests.claims.test_statements import stated

SECTION = """1 기술개발 지원
 ㅇ 지원내용
  - (신성장) 분야 지원(183억원)
  - (성장) 기술 지원(38억원)
  - (실증) 기술 실증(108억원)
  - (약자) 기술개발(18억원)
 ㅇ ’24년 예산 : 34,720백만원
2 다른 사업
 ㅇ 예산 : 3명"""


def verdicts(text: str) -> list[Verdict]:
    return [claim.verdict for claim in budgets_in(stated(text))]


def test_lines_that_add_up_to_the_budget_are_its_parts() -> None:
    assert verdicts(SECTION) == [Verdict.ROUNDED]
    assert verdicts(SECTION.replace("34,720백만원", "347억원")) == [Verdict.RIGHT]


def test_lines_that_do_not_may_be_of_something_else() -> None:
    assert verdicts(SECTION.replace("183억원", "283억원")) == []


def test_lines_without_money_or_of_another_section_are_none() -> None:
    assert verdicts(SECTION.replace("18억원", "18명")) == []
    assert verdicts(SECTION.replace(" ㅇ ’24년", "3 셋째\n ㅇ ’24년")) == []
