"""The programmes of a report: what is told of each, and nothing of its neighbours."""

from __future__ import annotations

from budgetcli.claims.programmes import Programme, programmes_in
from budgetcli.model import Place
from tests.claims.test_statements import stated

REPORT = """1 창조산업 육성
 창조산업의 인프라를 확충
□ 사업개요
 ㅇ 담당부서 : 창조산업과
 ㅇ ’24년 예산 : 22백만원
   - 인프라 조성 14백만원, 기업지원 8백만원
□ 추진현황
 ㅇ 교육 534명 완료(89%) ※ 목표 : 600명
 ㅇ 행사 3회 완료
2  일자리 강화
①① 동행일자리
□ 사업개요
 ㅇ 소요예산 : 16백만원(작업환경 7, 제조지원 9)
②② 매력일자리
□ 사 업 개 요
 ㅇ 지원대상 : 시민"""


def test_a_programme_has_what_its_section_tells() -> None:
    assert programmes_in(stated(REPORT))[0] == Programme(
        name="창조산업 육성",
        chapter="",
        division="창조산업과",
        budget=22_000_000,
        breakdown=("인프라 조성 14백만원", "기업지원 8백만원"),
        targets=("교육 534명 완료(89%) ※ 목표 : 600명",),
        results=("행사 3회 완료",),
        place=Place("a.txt", 1),
    )


def test_a_part_of_a_chapter_names_it() -> None:
    told = [(one.name, one.chapter) for one in programmes_in(stated(REPORT))[1:]]
    assert told == [("동행일자리", "일자리 강화"), ("매력일자리", "일자리 강화")]


def test_parts_in_brackets_are_the_breakdown() -> None:
    assert programmes_in(stated(REPORT))[1].breakdown == ("작업환경 7", "제조지원 9")


def test_a_budget_that_is_not_printed_is_not_taken_from_elsewhere() -> None:
    assert programmes_in(stated(REPORT))[2].budget is None


def test_a_text_without_outlines_has_no_programmes() -> None:
    assert programmes_in(stated("1 머리말\n ㅇ 예산 : 3백만원")) == []
