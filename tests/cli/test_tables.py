"""`budgetcli tables`: what is in a document, and what it would be read as."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

from tests.conftest import Run

REPORT = """# 업무보고

## 정원

| 부서 | 정원 | 현원 |
|---|---|---|
| 가과 | 10 | 9 |

## 예산 (단위: 백만원, 2024. 7. 31. 기준)

| 부서 | 예산현액 | 지출액 |
|---|---|---|
| 가과 | 100 | 50 |
| 나과 | 200 | 60 |
"""


def test_every_table_is_listed_with_what_it_is(run: Run, table: Callable[[str], str]) -> None:
    ran = run("tables", table(REPORT))
    first, second = csv.DictReader(io.StringIO(ran.out))
    assert (first["number"], first["is_budget"]) == ("1", "no")
    assert (second["number"], second["is_budget"], second["rows"]) == ("2", "yes", "3")
    assert (second["unit"], second["as_of"]) == ("백만원", "2024-07-31")
    assert second["mapping"] == "division=#1 부서, budget=#2 예산현액, spent=#3 지출액"


def test_json_names_every_column(run: Run, table: Callable[[str], str]) -> None:
    found = json.loads(run("tables", table(REPORT), "-f", "json").out)
    assert [row["is_budget"] for row in found["rows"]] == [False, True]
    assert found["columns"]["2"][1] == {
        "number": 2,
        "header": "예산현액",
        "field": "budget",
        "unit": "백만원",
    }


def test_the_headline_names_the_budget_tables(run: Run, table: Callable[[str], str]) -> None:
    shown = run("tables", table(REPORT), "-f", "table").out
    assert "budget tables: 2" in shown
    assert "yes" in shown
    assert "True" not in shown


def test_the_work_report_shows_its_tables(run: Run, real_file: Callable[[str], Path]) -> None:
    path = real_file("seoul_economic_office_2024/work_report.txt")
    rows = json.loads(run("tables", str(path), "-f", "json").out)["rows"]
    assert len(rows) >= 5
    assert [row["number"] for row in rows if row["is_budget"]] == [2]


def test_explain_tells_what_each_table_was_read_from(run: Run, table: Callable[[str], str]) -> None:
    path = table(REPORT)
    said = run("tables", path, "--explain").err
    assert f"{path}:t2: unit: 백만원, from: 예산 (단위: 백만원, 2024. 7. 31. 기준)" in said


def test_the_groups_each_table_would_have(run: Run, table: Callable[[str], str]) -> None:
    ran = run("tables", table(REPORT), "--by", "부서")
    assert [row["groups"] for row in csv.DictReader(io.StringIO(ran.out))] == ["1", "2"]


def test_a_table_without_such_names_has_no_groups(run: Run, table: Callable[[str], str]) -> None:
    first, second = json.loads(run("tables", table(REPORT), "--by", "정원", "-f", "json").out)[
        "rows"
    ]
    assert (first["groups"], second["groups"]) == (1, None)


def test_names_that_no_table_has_are_an_error(run: Run, table: Callable[[str], str]) -> None:
    ran = run("tables", table(REPORT), "--by", "없음")
    assert (ran.status, ran.out) == (2, "")
    assert "none of its tables has names of 없음" in ran.err


def test_without_a_grouping_there_is_no_column_of_groups(
    run: Run, table: Callable[[str], str]
) -> None:
    assert "groups" not in run("tables", table(REPORT)).out.splitlines()[0]
