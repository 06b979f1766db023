"""`budgetcli pefa` as seen from outside: scores in every format, refusals, the flags."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.conftest import Run

Table = Callable[[str], str]

YEARS = "(단위: 천원)\n회계연도,부서,당초예산,지출액\n" + "".join(
    f"{year},가과,60,{60 + k}\n{year},나과,40,{40 - k}\n{year},예비비,0,0\n"
    for k, year in enumerate((2021, 2022, 2023), 1)
)


def test_the_json_has_scores_and_the_intermediate_table(run: Run, table: Table) -> None:
    ran = run("pefa", table(YEARS), "-f", "json", "-q")
    answer = json.loads(ran.out)
    assert ran.status == 0
    assert [(found["indicator"], found["score"]) for found in answer["indicators"]] == [
        ("PI-1.1", "A"),
        ("PI-2.1", "A"),
        ("PI-2.2", None),
        ("PI-2.3", "A"),
    ]
    # ±1, ±2 and ±3 of 100
    assert answer["indicators"][1]["results"] == [2.0, 4.0, 6.0]
    first = next(row for row in answer["rows"] if row["indicator"] == "PI-2.1")
    assert {key: first[key] for key in ("fiscal_year", "division", "original", "adjusted")} == {
        "fiscal_year": 2021,
        "division": "가과",
        "original": 60_000,
        "adjusted": 60_000,
    }


def test_a_terminal_shows_scores_first(run: Run, table: Table) -> None:
    said = run("pefa", table(YEARS), "-f", "table").out
    assert "PI-2.1 composition by head: A (2.0 %, 4.0 %, 6.0 %)" in said


def test_in_a_pipe_the_scores_are_told_and_stand_in_the_rows(run: Run, table: Table) -> None:
    ran = run("pefa", table(YEARS), "-f", "csv")
    assert "PI-2.1 composition by head: A (2.0 %, 4.0 %, 6.0 %)" in ran.err
    assert "PI-2.1,2021,total,100,100,100,2,2.0,A," in ran.out
    assert run("pefa", table(YEARS), "-f", "csv", "-q").err == ""


@pytest.mark.parametrize("format", ["markdown", "html", "xlsx", "jsonl"])
def test_every_format_draws_it(run: Run, table: Table, tmp_path: object, format: str) -> None:
    assert run("pefa", table(YEARS), "-f", format, "-o", f"{tmp_path}/out").status == 0


def test_the_built_in_table_does_not_fit_and_says_why(run: Run) -> None:
    ran = run("pefa")
    assert (ran.status, ran.out) == (2, "")
    assert "the year is not over: 2024-07-31" in ran.err
    assert "1 year, where three are needed" in ran.err


def test_indicative_stands_in_the_title(run: Run) -> None:
    ran = run("pefa", "--indicative", "-f", "json", "-q")
    title = json.loads(ran.out)["source"]["title"]
    assert title.startswith("PEFA PI-1 and PI-2, indicative only: 1 year")


def test_contingency_by_another_name(run: Run, table: Table) -> None:
    words = ["--contingency", "나*", "--interest", "가과", "-f", "json", "-q"]
    answer = json.loads(run("pefa", table(YEARS), *words).out)
    assert answer["left_out"] == {"contingency": "나과", "interest": "가과"}
    assert answer["indicators"][3]["score"] == "D"


@pytest.mark.parametrize("words", [["--target", "60"], ["--basis", "committed"]])
def test_there_is_no_other_target(run: Run, table: Table, words: list[str]) -> None:
    ran = run("pefa", table(YEARS), *words)
    assert (ran.status, ran.out) == (2, "")
    assert words[0] in ran.err
