"""`check` on a report with text: its claims beside its budget table, each figure looked at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetcli.analysis.audit import audit
from budgetcli.analysis.check import check
from budgetcli.errors import TableError
from budgetcli.loading import LoadOptions, load_report
from budgetcli.model import Severity
from budgetcli.report import Report

TABLE = (
    "(단위: 백만원)\n\n부서   예산현액   지출액   집행률\n계   300   90   30.0\n"
    "가과   100   50   50.0\n나과   200   40   20.0\n"
)
RIGHT = "ㅇ 예산 : 300백만원(가 100, 나 150, 다 50)\n"
WRONG = "ㅇ 참석 : 300명(가 100, 나 150, 다 60)\n"
ABOUT = "ㅇ 참석 : 약 300명(가 100, 나 150, 다 60)\n"


def checked(folder: Path, text: str, *, everything: bool = False) -> Report:
    path = folder / "report.txt"
    path.write_text(text, encoding="utf-8")
    loaded = load_report(path)
    return check(loaded.table, audit=audit(*loaded, everything=everything))


def codes(report: Report) -> list[str]:
    return [finding.code for finding in report.findings]


def test_a_wrong_claim_is_an_error_at_its_line(tmp_path: Path) -> None:
    report = checked(tmp_path, WRONG)
    (finding,) = report.findings
    assert (finding.code, finding.severity) == ("claim_mismatch", Severity.ERROR)
    assert finding.place.row == 1
    assert report.verdict


def test_a_share_has_both_figures_as_rates(tmp_path: Path) -> None:
    report = checked(tmp_path, "ㅇ 31명 교육(40%)\n  ※ 목표 : 62명\n")
    assert [(row["printed_rate"], row["computed_rate"]) for row in report.rows] == [(40, 50)]


def test_the_budget_table_and_the_text_are_checked_once_each(tmp_path: Path) -> None:
    report = checked(tmp_path, TABLE + "\n" + RIGHT)
    assert report.extra["checked"] == {"totals": 2, "rates": 3, "identities": 0, "claims": 1}
    assert str(report.headline[0]) == (
        "1 claim of the report recomputed: 0 wrong, 0 right within rounding"
    )
    assert not report.verdict


def test_a_report_is_called_after_its_file_and_its_table_by_name(tmp_path: Path) -> None:
    """The table is a part of what was recomputed, and not the title of all of it."""
    report = checked(tmp_path, "예산현황\n" + TABLE + "\n" + RIGHT)
    assert (report.context.title, report.context.table) == ("report.txt", None)
    assert str(report.headline[1]) == "예산현황: 3 rates, 2 totals recomputed: nothing wrong"
    alone = checked(tmp_path, "예산현황\n" + TABLE)
    assert alone.context.title == "예산현황"
    assert str(alone.headline[-3]) == "3 rates, 2 totals recomputed: nothing wrong"


def test_a_report_of_two_files_is_called_after_both_whatever_their_folders(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TABLE + "\n" + RIGHT, encoding="utf-8")
    loaded = load_report(path)
    names = (r"C:\보고\첫째.txt", "보고/둘째.txt")
    documents = tuple(loaded.documents[0]._replace(source=name) for name in names)
    report = check(loaded.table, audit=audit(loaded.table, documents))
    assert report.context.title == "첫째.txt, 둘째.txt"
    assert report.context.source == ", ".join(names)


def test_a_report_shows_the_passages_its_claims_stand_in(tmp_path: Path) -> None:
    report = checked(tmp_path, WRONG)
    assert any("참석 : 300명" in str(passage) for passage in report.passages)
    assert check(load_report(tmp_path / "report.txt").table, audit=None).passages == ()


def test_without_a_budget_table_the_claims_are_all_there_is(tmp_path: Path) -> None:
    report = checked(tmp_path, RIGHT)
    assert report.extra["checked"] == {"claims": 1}
    assert report.context.source.endswith("report.txt")


def test_with_neither_table_nor_claim_the_error_stays(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no table"):
        checked(tmp_path, "아무 수치도 없음\n")


def test_a_table_that_was_asked_for_must_be_there(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(RIGHT, encoding="utf-8")
    with pytest.raises(TableError):
        load_report(path, options=LoadOptions(table="3"))


def test_right_claims_and_those_that_cannot_be_told_are_findings_only_on_request(
    tmp_path: Path,
) -> None:
    text = RIGHT + ABOUT
    assert codes(checked(tmp_path, text)) == []
    assert codes(checked(tmp_path, text, everything=True)) == ["claim_right", "claim_unsure"]


def test_programs_get_every_claim_that_could_be_told(tmp_path: Path) -> None:
    claims = checked(tmp_path, RIGHT + ABOUT).extra["claims"]
    assert claims == [
        {
            "kind": "sum",
            "verdict": "right",
            "printed": "300백만원",
            "computed": "300백만원",
            "measure": "원",
            "parts": ["가 100", "나 150", "다 50"],
            "text": "예산 : 300백만원(가 100, 나 150, 다 50)",
            "reason": "the parts add up to it",
            "where": f"{tmp_path}/report.txt:1",
        }
    ]


def test_a_table_has_no_claims_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("부서,예산현액,지출액\n가과,100,50\n", encoding="utf-8")
    loaded = load_report(path)
    assert audit(*loaded) is None
    assert "claims" not in check(loaded.table, audit=None).extra


def test_the_only_table_is_checked_for_claims_where_it_is_no_budget(tmp_path: Path) -> None:
    report = checked(
        tmp_path,
        "구분   합계   남   여\n계   41   22   18\n가과   30   20   10\n나과   10   2   8\n",
    )
    assert codes(report) == ["claim_mismatch", "claim_mismatch"]


def test_two_reports_are_held_against_each_other(tmp_path: Path) -> None:
    names = [tmp_path / name for name in ("old.txt", "new.txt")]
    for path, amount in zip(names, (300, 350), strict=True):
        path.write_text(f"ㅇ 예산 : {amount}백만원(가 {amount - 100}, 나 100)\n", encoding="utf-8")
    loaded = load_report(*names)
    report = check(loaded.table, audit=audit(*loaded))
    (finding,) = report.findings
    assert (finding.code, finding.severity) == ("figure_differs", Severity.NOTE)
    assert str(finding.message) == f"예산: 350백만원, but 300백만원 in {names[0]}:1"
    assert not report.verdict


def test_a_share_of_nothing_that_is_said_is_told_on_request(tmp_path: Path) -> None:
    report = checked(tmp_path, "ㅇ 30개사 지원(40%)\n", everything=True)
    assert str(report.findings[0].message).startswith("40%: what it is a share of is not said")
