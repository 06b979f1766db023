"""Shares and attainment in sentences: against the goal that is named, else what they may be of."""

from __future__ import annotations

import pytest

from budgetcli.claims.claim import Claim, Verdict
from budgetcli.claims.shares import shares_in
from tests.claims.test_statements import stated


def only(text: str) -> Claim:
    (claim,) = shares_in(stated(text))
    return claim


def test_a_share_follows_from_the_goal_in_the_remark() -> None:
    claim = only("ㅇ 1,929명 관리, 878명 매칭(67.5%)\n - ※ 목표 : 2,000명 관리, 1,300명 매칭")
    assert (claim.verdict, claim.parts) == (Verdict.RIGHT, ("878명", "1,300명"))


def test_a_share_that_no_goal_gives_is_wrong() -> None:
    claim = only("54개 과정, 1,338명 교육(48%) ※ 목표 : 116개 과정 3,000명 교육")
    assert claim.verdict is Verdict.WRONG
    assert claim.computed == pytest.approx(44.6)


def test_a_goal_may_be_named_above() -> None:
    text = (
        "ㅇ 출자액 : 810억원 ※ 조성목표 : 11,750억원\n□ 현황\n - 1조 482억원 조성, 목표 대비 89.2%"
    )
    assert only(text).verdict is Verdict.RIGHT


def test_half_is_rounded_up() -> None:
    assert only("- 1명 합격(12.5%) ※ 목표 : 8명").verdict is Verdict.RIGHT
    assert only("- 1명 합격(13%) ※ 목표 : 8명").verdict is Verdict.RIGHT
    assert only("- 1명 합격(11%) ※ 목표 : 8명").verdict is Verdict.WRONG


def test_a_share_that_was_cut_off_is_no_error() -> None:
    """162 of 201 is 80.597."""
    claim = only("- 1명 합격(12%) ※ 목표 : 8명")
    assert claim.verdict is Verdict.ROUNDED
    assert "cut off" in str(claim.reason)


def test_without_a_goal_the_one_figure_it_can_be_a_share_of_decides() -> None:
    text = "ㅇ 관리 ※ 입주계약 201개사\n - 입주기업 162개사(입주율 {share}%), 39개사 준비"
    shares = {"80.6": Verdict.RIGHT, "80.5": Verdict.ROUNDED, "80.7": Verdict.WRONG}
    for share, verdict in shares.items():
        assert only(text.format(share=share)).verdict is verdict


def test_what_it_is_a_share_of_may_not_be_said() -> None:
    assert only("- 30개사 지원(40%)").verdict is Verdict.UNSURE


def test_of_several_bases_one_that_fits_is_enough_and_none_decides() -> None:
    assert only("- 60명 중 40명 중 10명(25%)").verdict is Verdict.RIGHT
    assert only("- 60명 중 40명 중 10명(33%)").verdict is Verdict.UNSURE


def test_about_so_much_cannot_be_told() -> None:
    assert only("- 약 120명 합격(50%) ※ 목표 : 200명").verdict is Verdict.UNSURE


def test_money_that_is_rounded_leaves_its_share_room() -> None:
    assert only("- 7억원 집행(86%) ※ 목표 : 8억원").verdict is Verdict.ROUNDED


def test_another_rate_than_attainment_is_not_held_against_the_goal() -> None:
    assert only("- 300명 수료(수료율 55%) ※ 목표 : 500명").verdict is Verdict.UNSURE


def test_what_the_share_is_said_to_be_of_may_stand_beside_it() -> None:
    text = "가. 정원 : 1,234명\n나. 현원 : 1,229명 (정원 대비 99.6%)"
    assert only(text).verdict is Verdict.RIGHT


def test_a_goal_of_another_section_is_none() -> None:
    text = "1 상담\n ㅇ 목표 : 500명\n2 훈련\n ㅇ 실적 : 300명 참여, 목표 대비 90%"
    assert [*shares_in(stated(text))] == []
    assert [*shares_in(stated("ㅇ 300명 참여, 목표 대비 90%"))] == []
    assert [*shares_in(stated("ㅇ 목표 대비 90%"))] == []


def test_a_digit_changed_in_a_figure_is_seen_by_a_fine_share() -> None:
    assert only("- 278명 매칭(67.5%) ※ 목표 : 1,300명").verdict is Verdict.WRONG
    assert only("- 878명 매칭(67.5%) ※ 목표 : 6,300명").verdict is Verdict.WRONG
    assert only("- 878명 매칭(17.1%) ※ 목표 : 1,300명").verdict is Verdict.UNSURE


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("- 625백만원 집행 / 1,200백만원 (52.1%)", Verdict.RIGHT),
        ("- 625백만원 집행 / 1,200백만원 (57.1%)", Verdict.WRONG),
        ("- 12 of 18 proposals (66.7%) are complete", Verdict.RIGHT),
        ("- 12 of 18 proposals (86.7%) are complete", Verdict.WRONG),
        ("- 노조 가입 4,218명(현원 4,987명의 84.6%)", Verdict.RIGHT),
        ("- 노조 가입 4,218명(현원 4,987명의 86.6%)", Verdict.WRONG),
        ("- overspend £4.3m (2.0% of the net budget of £214.6m)", Verdict.RIGHT),
        ("- overspend £4.3m (9.0% of the net budget of £214.6m)", Verdict.WRONG),
    ],
)
def test_part_base_and_share_may_stand_side_by_side(text: str, verdict: Verdict) -> None:
    assert only(text).verdict is verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("- 목표 24.6km, 실적 23.1km (달성률 93.9%)", Verdict.RIGHT),
        ("- 목표 27.6km, 실적 23.1km (달성률 93.9%)", Verdict.WRONG),
        ("- 유실물 53,270건 접수, 41,018건 반환(반환율 77.0%)", Verdict.RIGHT),
        ("- 유실물 53,270건 접수, 41,018건 반환(반환율 17.0%)", Verdict.WRONG),
        ("- 여성 1,147명, 장애인 182명(의무고용률 3.6%)", Verdict.UNSURE),
        ("- 2,318개소(공립 312) 중 4,106개소 완료(90.9%)", Verdict.WRONG),
    ],
)
def test_the_whole_is_called_so_or_what_is_done_with_it(text: str, verdict: Verdict) -> None:
    assert only(text).verdict is verdict


@pytest.mark.parametrize(
    ("share", "verdict"),
    [("69%", Verdict.RIGHT), ("61%", Verdict.WRONG)],
)
def test_what_the_share_is_of_may_be_named_in_the_line_above(share: str, verdict: Verdict) -> None:
    text = f"ㅇ 기초생활수급자 9,812가구, 차상위 2,115가구\n - 수급자 중 1인 6,771가구({share})"
    assert only(text).verdict is verdict


@pytest.mark.parametrize(
    ("share", "verdict"),
    [("4.0%", Verdict.RIGHT), ("9.0%", Verdict.WRONG)],
)
def test_it_may_be_named_in_the_label(share: str, verdict: Verdict) -> None:
    text = f"나. 학생 : 61,480명\n다. 다문화 학생 : 2,459명 (전체 학생의 {share})"
    assert only(text).verdict is verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("- 시간급 10,320원, 전년 대비 290원(2.9%) 인상", Verdict.RIGHT),
        ("- 시간급 10,320원, 전년 대비 290원(2.7%) 인상", Verdict.UNSURE),
        ("- 시간급 10,320원, 전년 대비 290원(2.8%) 인상", Verdict.RIGHT),
        ("- Debt service fell by $1.2 million (3.4%) to $34.1 million", Verdict.RIGHT),
    ],
)
def test_a_rate_of_growth_is_of_what_was_there_before(text: str, verdict: Verdict) -> None:
    """290 of 10,320 is 2.81, but of the 10,030 of the year before 2.89."""
    assert only(text).verdict is verdict


def test_two_measures_side_by_side_are_no_share_of_each_other() -> None:
    assert only("- 3개소 / 20명 (15%)").verdict is Verdict.UNSURE


def test_growth_that_fits_no_base_cannot_be_told() -> None:
    claim = only("- 교육 3,000명, 전년보다 128명(9.9%) 증가")
    assert (claim.kind, claim.verdict) == ("growth", Verdict.UNSURE)
