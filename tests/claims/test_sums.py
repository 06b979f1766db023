"""Sums in sentences: found with their parts, and wrong only where it is beyond doubt."""

from __future__ import annotations

import pytest

from budgetcli.claims.claim import Claim, Verdict
from budgetcli.claims.sums import sums_in
from tests.claims.test_statements import stated


def judged(text: str) -> list[tuple[str, Verdict]]:
    return [(claim.figure.text, claim.verdict) for claim in sums_in(stated(text))]


def only(text: str) -> Claim:
    (claim,) = sums_in(stated(text))
    return claim


def test_parts_in_brackets_take_the_unit_of_the_total() -> None:
    claim = only("ㅇ 예산 : 16,222백만원(인프라 10,064, 패션위크 5,458, 브랜드 700)")
    assert claim.computed == claim.figure.value == 16_222_000_000
    assert claim.parts == ("인프라 10,064", "패션위크 5,458", "브랜드 700")
    assert claim.verdict is Verdict.RIGHT


@pytest.mark.parametrize(
    "text",
    [
        "예산액 : 35,037백만원 (창업형 28,109/단위형 3,300/기타 3,628)",
        "총 6,600억원 투자(국비 5,000억, 시비 1,600억)",
        "카페 12개소(시 3, 구 9) 운영",
        "목표 : 11,500명(시 1,100명, 구 10,300명, 투출기관 100명)",
        "신성장산업(88개) : 바이오 50, 인공지능 38",
        "’24년 1,900억원 조성 목표 : 市 출자 100억, 정부(모태펀드 등) 1,000억, 민간 800억",
        "예산 13,506백만원(앵커 운영 12,606, 강소특구 육성 등 900)",
        "상반기 35억원 출자, 하반기 65억원 추가 출자하여 총 100억원 출자",
    ],
)
def test_a_sum_that_adds_up_is_right(text: str) -> None:
    assert only(text).verdict is Verdict.RIGHT


def test_parts_in_the_line_below_are_held_against_the_line_above() -> None:
    text = "ㅇ ’24년 예산 : 22,875백만원\n - 조성 14,892백만원, 지원 4,962백만원, 양성 3,021백만원"
    assert judged(text) == [("22,875백만원", Verdict.RIGHT)]


def test_several_measures_are_held_each_against_its_own() -> None:
    text = "ㅇ 710개, 12,981명 선정\n - 정규 665개 사업, 12,612명 / 추가 45개 사업, 369명(3, 5월)"
    assert judged(text) == [("710개", Verdict.RIGHT), ("12,981명", Verdict.RIGHT)]


def test_parts_in_a_line_each_are_held_against_the_line_above() -> None:
    text = "ㅇ 124명, 1,233백만원 지원\n - 정규직 : 63명, 670백만원\n - 대체인력 : 61명, 563백만원"
    assert judged(text) == [("124명", Verdict.RIGHT), ("1,233백만원", Verdict.RIGHT)]


def test_two_lines_side_by_side_are_whole_and_parts_where_a_measure_shows_it() -> None:
    text = "- 26개 운용사, 1조 482억원 조성\n- 24개 펀드(9,607억원) 완료, 2개 펀드(875억원) 예정"
    assert judged(text) == [("26개", Verdict.RIGHT), ("1조 482억원", Verdict.RIGHT)]


@pytest.mark.parametrize(
    "text",
    [
        "참석 규모 : 총 4,621명(현장 1,193명, 온라인 3,426명)",
        "예산 27,577백만원(공덕 18,108, 성수 1,085, 창동 8,449)",
        "ㅇ 710개, 12,981명 선정\n - 정규 665개 사업, 12,612명 / 추가 45개 사업, 969명",
    ],
)
def test_parts_that_do_not_add_up_are_wrong(text: str) -> None:
    assert Verdict.WRONG in [verdict for _, verdict in judged(text)]


def test_a_unit_or_so_is_rounding() -> None:
    assert only("예산 100백만원(가 33, 나 33, 다 33)").verdict is Verdict.ROUNDED


def test_people_are_counted_whole() -> None:
    assert only("총 101명(가 50명, 나 50명)").verdict is Verdict.WRONG


@pytest.mark.parametrize(
    "text",
    [
        "약 500명(가 210명, 나 230명)",
        "총 500명(가 210명, 나 230명 등)",
        "총 500명(가 210명, 나 40명 포함)",
        "공공형 : 155개 사업(市 29개 부서·25개 자치구·6개 기관)",
        "총 5,000명(서울 1,234명, 부산 567명)",
    ],
)
def test_what_may_not_be_all_the_parts_is_left_open(text: str) -> None:
    assert {verdict for _, verdict in judged(text)} <= {Verdict.UNSURE}


@pytest.mark.parametrize(
    "text",
    [
        "5팀, 50명(대표이사 포함, 現 3팀 22명)",
        "참여대상 : 청년(18~34세) 350명(창업지원시설 40명 포함)",
        "ㅇ 3개 과정 운영\n - 웹툰 20명 선정\n - 웹소설 30명 선정",
        "입주 30개사, 5~6월(2회)",
    ],
)
def test_figures_beside_one_another_are_no_sum(text: str) -> None:
    assert judged(text) == []


def test_bare_parts_behind_nothing_or_a_rate_are_of_nothing() -> None:
    assert [*sums_in(stated("(가 1, 나 2)"))] == []
    assert [*sums_in(stated("집행률 30%(가 10, 나 20)"))] == []


def test_what_is_said_to_be_added_is_wrong_where_a_digit_is_off() -> None:
    text = "상반기 35억원 출자, 하반기 65억원 추가 출자하여 총 120억원"
    (claim,) = sums_in(stated(text))
    assert claim.verdict is Verdict.WRONG


def test_a_line_below_that_names_what_is_counted_is_its_parts() -> None:
    text = "ㅇ 5개 분야, 86개 참여기관\n  - 참여기관 : 기업(58개), 협력기관(30개)"
    assert Verdict.WRONG in {claim.verdict for claim in sums_in(stated(text))}


def test_a_price_of_one_is_about_so_much_and_a_hall_is_not() -> None:
    (claim,) = sums_in(stated("경로당 128개소(구립 41, 사립 77)"))
    assert claim.verdict is Verdict.WRONG
    (claim,) = sums_in(stated("개소당 128만원(가 41, 나 77)"))
    assert claim.verdict is Verdict.UNSURE


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Programme budget $1,200 (A 500, B 700)", Verdict.RIGHT),
        ("Staff 120 (men 50, women 75)", Verdict.WRONG),
        ("Staff 120 (of which men 50, women 65)", Verdict.UNSURE),
        ("예산 100억원(’23년 48억원, ’22년 50억원)", Verdict.UNSURE),
    ],
)
def test_forms_of_other_languages_and_other_years(text: str, verdict: Verdict) -> None:
    (claim,) = sums_in(stated(text))
    assert claim.verdict is verdict


@pytest.mark.parametrize(
    "text",
    [
        "직원 3,000명(남 1,400, 여 1,600, 장애인 120)",
        "회원 1,204명(여성 612, 정회원 980, 준회원 224)",
    ],
)
def test_a_part_beside_what_makes_the_total_is_no_error(text: str) -> None:
    assert only(text).verdict is Verdict.UNSURE


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("2022~2024년 총 56개소 완료(’22년 18, ’23년 20, ’24년 19)", Verdict.WRONG),
        ("56개소 완료(’22년 18, ’23년 20, ’24년 19)", Verdict.UNSURE),
        ("상반기 214명, 하반기 187명 등 총 400명 배정", Verdict.WRONG),
        ("3개년 투자 : ’24년 125억, ’25년 150억, ’26년 180억 등 총 450억원", Verdict.WRONG),
        ("A동 1,204㎡, B동 813㎡ 합계 2,016㎡", Verdict.WRONG),
        ("A동 1,204㎡, B동 815㎡ 등 합계 2,016㎡", Verdict.UNSURE),
        ("농촌협약 589억원, 지역개발 36억원 등 총 638억원", Verdict.UNSURE),
        ("광고 312억원, 상가 401억원, 주차장 142억원 → 계 845억원", Verdict.WRONG),
        ("312 apprentices and trainees (Adults 104, Children 88, Place 128)", Verdict.WRONG),
        ("예산 300억원(국비 100억 5천만원, 시비 199억)", Verdict.ROUNDED),
    ],
)
def test_what_is_said_to_be_all_can_be_wrong(text: str, verdict: Verdict) -> None:
    assert only(text).verdict is verdict


@pytest.mark.parametrize(("part", "verdict"), [("9,915", Verdict.WRONG), ("9,000", Verdict.UNSURE)])
def test_two_parts_below_are_wrong_only_by_one_digit(part: str, verdict: Verdict) -> None:
    text = f"ㅇ 총규모 : 2조 1,530억원\n - 수익적 지출 1조 2,415억원, 자본적 지출 {part}억원"
    assert only(text).verdict is verdict


def test_a_total_that_was_cut_off_is_no_error() -> None:
    claim = only("총 5억원 투자(국비 2.9억, 시비 2.9억)")
    assert claim.verdict is Verdict.ROUNDED
    assert "cut off" in str(claim.reason)
