"""Answers about people and goals, in their own words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.conftest import Run

HEADS = "부서,정원,현원\n가과,30,32\n나과,29,27\n다과,26,22\n"
SEOUL = "seoul_economic_office_2024/work_report.txt"


def test_columns_unit_and_verdict_are_called_what_the_table_calls_them(
    run: Run, table: Callable[[str], str]
) -> None:
    said = run("summary", table(HEADS), "-f", "table").out
    assert "3 divisions: 95.3 % of 85 people" in said
    assert "현원/정원" in said
    assert "정원−현원" in said
    assert "! over" in said
    assert "현원 exceeds 정원" in said
    assert "unit: people · 현원 against 정원" in said
    assert "spent" not in said
    assert "Spent" not in said


def test_lagging_and_show_answer_too(run: Run, table: Callable[[str], str]) -> None:
    path = table(HEADS)
    said = run("lagging", "--below", "90", path, "-f", "json").out
    assert [row["division"] for row in json.loads(said)["rows"]] == ["다과"]
    assert json.loads(said)["measure"] == {"plan": "정원", "actual": "현원"}
    told = run("show", "나과", path, "-f", "table").out
    assert "나과: 현원 27 people of 정원 29 people: 93.1 %" in told


def test_what_is_written_reads_back(run: Run, table: Callable[[str], str], tmp_path: Path) -> None:
    answer = tmp_path / "answer.csv"
    run("summary", table(HEADS), "-o", str(answer))
    assert "3 divisions: 95.3 %" in run("summary", str(answer), "-f", "table").out


def test_other_measures_are_named(run: Run, table: Callable[[str], str]) -> None:
    path = table("과,대상,수료\n가과,50,40\n나과,20,20\n")
    ran = run("summary", path, "--plan", "대상", "--actual", "수료", "-f", "json")
    assert json.loads(ran.out)["total"]["execution_rate"] == 85.7


def test_no_pace_is_held_against_a_quota(run: Run, table: Callable[[str], str]) -> None:
    path = table("기준일,부서,정원,현원\n2024-07-31,가과,30,10\n")
    assert json.loads(run("summary", path, "-f", "json").out)["target"] is None


def test_the_funds_of_the_report(run: Run, real_file: Callable[[str], Path]) -> None:
    ran = run("summary", str(real_file(SEOUL)), "--table", "5", "-f", "json")
    answer = json.loads(ran.out)
    rates = {row["division"]: row["execution_rate"] for row in answer["rows"]}
    assert rates["바이오"] == 21.8
    assert rates["첫걸음동행"] == 175.4
    assert rates["스케일업"] == 106.8
    assert answer["total"]["execution_rate"] == 89.2


def test_the_heads_of_the_report_by_division_and_grade(
    run: Run, real_file: Callable[[str], Path]
) -> None:
    path = str(real_file(SEOUL))
    answer = json.loads(run("summary", path, "--table", "1", "-f", "json").out)
    over = [row["division"] for row in answer["rows"] if row["status"] == "overspent"]
    assert over == ["경제정책과", "창업정책과", "창조산업과"]
    assert (answer["total"]["budget"], answer["total"]["spent"]) == (236, 229)
    grades = json.loads(run("summary", path, "--table", "1", "--by", "직급", "-f", "json").out)
    assert [row["spent"] for row in grades["rows"]] == [210, 16, 2, 1]


def test_every_table_of_the_report_says_what_it_is_or_why_it_is_none(
    run: Run, real_file: Callable[[str], Path]
) -> None:
    rows = json.loads(run("tables", str(real_file(SEOUL)), "-f", "json").out)["rows"]
    assert all(row["is_budget"] or row["measure"] or row["problem"] for row in rows)
    assert [row["measure"] for row in rows if row["measure"]] == ["현원/정원", "결성총액/조성목표"]


def test_other_findings_stay_as_they_are(run: Run, table: Callable[[str], str]) -> None:
    path = table("부서,정원,현원\n가과,30,없음\n나과,29,27\n")
    found = json.loads(run("summary", path, "-f", "json").out)["findings"]
    assert "unreadable_amount" in {finding["code"] for finding in found}
