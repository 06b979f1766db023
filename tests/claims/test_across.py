"""The same label in two documents."""

from __future__ import annotations

from budgetcli.claims.across import differing
from tests.claims.test_statements import stated

OLD = """(’24. 7. 31. 기준)
1 일자리
 ㅇ 예산 : 300백만원
 ㅇ 인원 : 12명
2 창업
 ㅇ 예산 : 500백만원
 ㅇ 회의 : 3회
 ㅇ 회의 : 4회
 ㅇ 장소 : 광장
 ㅇ 관람 : 약 30명"""


def found(new: str) -> list[tuple[str, str, str, bool]]:
    return [
        (
            f"{one.new.title}/{one.new.label}",
            one.old.figure.text,
            one.new.figure.text,
            one.same_date,
        )
        for one in differing(stated(OLD), stated(new))
    ]


def test_a_figure_that_differs_under_the_same_title_is_told() -> None:
    assert found(OLD.replace("500백만원", "550백만원")) == [
        ("창업/예산", "500백만원", "550백만원", True)
    ]


def test_another_date_is_another_figure() -> None:
    new = OLD.replace("7. 31.", "8. 31.").replace("12명", "15명")
    assert found(new) == [("일자리/인원", "12명", "15명", False)]


def test_the_same_money_in_another_unit_is_the_same() -> None:
    assert found(OLD.replace("300백만원", "3억원")) == []


def test_what_is_said_twice_about_or_of_something_else_is_left_out() -> None:
    new = OLD.replace("3회", "5회").replace("약 30명", "약 50명").replace("12명", "12건")
    assert found(new) == []
