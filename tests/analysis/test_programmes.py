"""Programmes as a table, and how much of each division's budget they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetcli.analysis.audit import audit
from budgetcli.analysis.check import check
from budgetcli.analysis.programmes import programmes
from budgetcli.errors import NoTableError, UserError
from budgetcli.loading import load_report
from budgetcli.report import Report

OFFICE = """담당업무
대학협력과 ∙캠퍼스타운 사업 추진
∙대학지원체계 운영
금융과 ∙금융산업 육성

(단위 : 백만원)

구분   예산현액   지출액   집행률
대학협력과   350   200   57.1
금융과   400   100   25.0
총무과   100   100   100.0

1. 창업 지원
2. 금융

1. 창업
1 캠퍼스타운 활성화
□ 사업개요
 ㅇ 예산 : 340백만원(창업형 300, 단위형 40)
□ 추진현황
 ㅇ 입주 15개사 완료
2 대학축제
□ 행사개요
 ㅇ 주관부서 : 금융과
 ㅇ 사업예산 : 5,500천원
"""


def asked(folder: Path, text: str, *by: str) -> Report:
    path = folder / "report.txt"
    path.write_text(text, encoding="utf-8")
    loaded = load_report(path)
    return programmes(loaded.documents, loaded.table, by)


def test_a_row_a_programme_with_what_is_printed(tmp_path: Path) -> None:
    first, second = asked(tmp_path, OFFICE).rows
    assert first == {
        "programme": "캠퍼스타운 활성화",
        "chapter": "창업 지원",
        "division": "대학협력과",
        "budget": 340_000_000,
        "breakdown": "창업형 300; 단위형 40",
        "targets": None,
        "results": "입주 15개사 완료",
        "where": f"{tmp_path}/report.txt:17",
    }
    assert (second["division"], second["budget"]) == ("금융과", 5_500_000)


def test_programmes_are_added_up_by_chapter(tmp_path: Path) -> None:
    assert asked(tmp_path, OFFICE, "chapter").rows == (
        {"chapter": "창업 지원", "programmes": 2, "budgets": 2, "budget": 345_500_000},
    )


def test_what_is_under_no_division_comes_together(tmp_path: Path) -> None:
    text = "1 가사업\n□ 사업개요\n ㅇ 예산 : 7백만원\n2 나사업\n□ 사업개요\n ㅇ 대상 : 청년\n"
    assert asked(tmp_path, text, "division").rows == (
        {"division": None, "programmes": 2, "budgets": 1, "budget": 7_000_000},
    )


def test_a_group_in_which_no_budget_is_told_has_none(tmp_path: Path) -> None:
    text = "1 나사업\n□ 사업개요\n ㅇ 대상 : 청년\n"
    (row,) = asked(tmp_path, text, "division", "chapter").rows
    assert (row["budgets"], row["budget"]) == (0, None)


def test_programmes_are_added_up_by_no_other_names(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not added up by 'item'"):
        asked(tmp_path, OFFICE, "item")


def test_the_unit_is_one_that_every_budget_is_whole_in(tmp_path: Path) -> None:
    unit = asked(tmp_path, OFFICE).context.unit
    assert unit is not None
    assert unit.name == "원"


def test_a_divisions_budget_is_covered_and_no_error(tmp_path: Path) -> None:
    report = asked(tmp_path, OFFICE)
    assert report.extra["coverage"] == [
        {
            "division": "대학협력과",
            "budget": 350_000_000,
            "told": 340_000_000,
            "programmes": ("캠퍼스타운 활성화",),
        },
        {
            "division": "금융과",
            "budget": 400_000_000,
            "told": 5_500_000,
            "programmes": ("대학축제",),
        },
    ]
    assert not report.verdict


def test_check_shows_what_is_covered_and_calls_it_no_error(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(OFFICE, encoding="utf-8")
    loaded = load_report(path)
    report = check(loaded.table, audit=audit(*loaded))
    covered = [finding for finding in report.findings if finding.code == "coverage"]
    assert [(one.division, one.printed, one.computed) for one in covered] == [
        ("대학협력과", 350_000_000, 340_000_000),
        ("금융과", 400_000_000, 5_500_000),
    ]
    assert not report.verdict


@pytest.mark.parametrize(
    ("duty", "division"),
    [
        ("캠퍼스타운 사업 추진", "대학협력과"),
        ("지역 캠퍼스타운 활성화 계획", "대학협력과"),
        ("캠퍼스타운기업 관리", None),
    ],
)
def test_a_division_is_named_only_where_its_duties_name_the_programme(
    tmp_path: Path, duty: str, division: str | None
) -> None:
    """One word in common says nothing of who spends the money."""
    report = asked(tmp_path, OFFICE.replace("캠퍼스타운 사업 추진", duty))
    assert report.rows[0]["division"] == division


def test_what_two_divisions_duties_name_is_neither_ones(tmp_path: Path) -> None:
    text = OFFICE.replace("∙금융산업 육성", "∙캠퍼스타운 사업 정산")
    assert asked(tmp_path, text).rows[0]["division"] is None


def test_without_a_budget_table_nothing_is_covered(tmp_path: Path) -> None:
    report = asked(tmp_path, "1 축제\n□ 행사개요\n ㅇ 장소 : 광장\n")
    assert report.extra["coverage"] == []
    assert report.rows[0]["budget"] is None


def test_other_currencies_are_not_compared(tmp_path: Path) -> None:
    assert (
        asked(tmp_path, OFFICE.replace("백만원)\n\n구", "백만달러)\n\n구")).extra["coverage"] == []
    )


def test_a_text_without_programmes_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(NoTableError, match="no programme"):
        asked(tmp_path, "인사말\n ㅇ 예산 3억원\n")
