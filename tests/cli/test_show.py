"""`budgetcli show` as seen from outside: one page, one object, and whom it refuses to guess."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from budgetcli.views import OWN_FORMATS
from tests.conftest import Run

Table = Callable[[str], str]

PROGRAMMES = """부서,세부사업,예산현액,원인행위액,지출액,기준일,단위
창조산업과,콘텐츠 육성,30000,20000,10000,2024-07-31,백만원
창조산업과,게임 지원,15000,7000,5000,2024-07-31,백만원
산업입지과,입지,8913,5947,5580,2024-07-31,백만원
"""


def answer(run: Run, *words: str) -> dict[str, Any]:
    ran = run("show", *words, "-f", "json")
    assert ran.status == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_the_built_in_division_that_is_behind(run: Run) -> None:
    found = answer(run, "창조산업과")
    (row,) = found["rows"]
    assert row == {
        "division": "창조산업과",
        "original": None,
        "budget": 49_222_000_000,
        "committed": 27_861_000_000,
        "spent": 15_105_000_000,
        "commitment_rate": 56.6,
        "execution_rate": 30.7,
        "unspent": 34_117_000_000,
        "uncommitted": 21_361_000_000,
        "unpaid": 12_756_000_000,
        "target_rate": 58.2,
        "variance": -27.5,
        "shortfall": 13_540_590_164,
        "status": "lagging",
        "where": row["where"],
        "rank_execution_rate": 10,
        "rank_commitment_rate": 10,
        "rank_shortfall": 1,
        "rank_unspent": 2,
    }
    assert row["where"].endswith("budget_2024.csv:8")
    assert found["total"]["budget"] == 685_068_000_000
    assert found["ranked"]["rank_execution_rate"] == 10


def test_its_programmes_follow_it(run: Run, table: Table) -> None:
    found = answer(run, "창조", table(PROGRAMMES))
    assert found["below"] == "programme"
    assert [(row["division"], row["programme"], row["unspent"]) for row in found["rows"]] == [
        ("창조산업과", "", 30_000_000_000),
        ("창조산업과", "콘텐츠 육성", 20_000_000_000),
        ("창조산업과", "게임 지원", 10_000_000_000),
    ]


def test_a_terminal_shows_it_on_one_page(run: Run) -> None:
    page = run("show", "창조산업과", "-f", "table").out
    assert len(page.splitlines()) < 24
    for line in (
        "창조산업과: 30.7 % of 49,222 million KRW spent",
        "27.5 points below pace 58.2 % (day 213 of 366): 13,540.6 million KRW still to go",
        "place 10 of 10 by rate, 2 by money unspent, 1 by money behind",
        "unspent: 34,117 million KRW = 21,361 million KRW uncommitted + "
        "12,756 million KRW committed and unpaid",
    ):
        assert line in page


def test_csv_has_one_line_a_row_in_both_languages(run: Run, table: Table) -> None:
    path = table(PROGRAMMES)
    lines = list(csv.reader(io.StringIO(run("show", "창조산업과", path, "-f", "csv").out)))
    assert [line[:3] for line in lines] == [
        ["division", "programme", "budget"],
        ["창조산업과", "", "45000"],
        ["창조산업과", "콘텐츠 육성", "30000"],
        ["창조산업과", "게임 지원", "15000"],
        ["total", "", "53913"],
    ]
    korean = run("show", "창조산업과", path, "-f", "csv", "--lang", "ko").out
    assert korean.startswith("부서,세부사업,예산현액,")
    assert "집행률 순위" in korean.splitlines()[0]


@pytest.mark.parametrize("format", [format.name for format in OWN_FORMATS] + ["github"])
def test_every_format_draws_it(run: Run, table: Table, tmp_path: Any, format: str) -> None:
    path = tmp_path / "answer"
    ran = run("show", "창조산업과", table(PROGRAMMES), "-f", format, "-o", str(path))
    assert (ran.status, ran.out) == (0, "")
    assert path.stat().st_size > 300


def test_several_that_fit_are_listed_and_none_is_taken(run: Run) -> None:
    ran = run("show", "산업과")
    assert (ran.status, ran.out) == (2, "")
    assert "3 names fit '산업과'" in ran.err
    assert "창조산업과, 뷰티패션산업과, 첨단산업과" in ran.err


def test_a_close_name_is_suggested(run: Run) -> None:
    ran = run("show", "창죠산업과")
    assert (ran.status, ran.out) == (2, "")
    assert "names like it: 창조산업과" in ran.err


def test_a_division_must_be_named(run: Run) -> None:
    ran = run("show")
    assert (ran.status, ran.out) == (2, "")
    assert "DIVISION" in ran.err
