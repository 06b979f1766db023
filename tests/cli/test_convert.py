"""`budgetcli convert`: the clean table, for good."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from tests.conftest import Run

REPORT = """예   산
"(단위 : 백만원, ’24. 7. 31. 기준)"
구    분,예산현액,지출액,집행률(%)
계,"1,300","△250.5",
경 제 정 책 과,"1,000","△300",△30.00
창 조 산 업 과,300,49.5,16.50
"""


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_names_amounts_and_printed_rates_come_out_clean(
    run: Run, table: Callable[[str], str]
) -> None:
    first, second, total = rows(run("convert", table(REPORT)).out)
    assert first == {
        "division": "경제정책과",
        "budget": "1000",
        "spent": "-300",
        "execution_rate": "-30.00",
        "unit": "백만원",
        "as_of": "2024-07-31",
    }
    assert second["spent"] == "49.5"
    assert (total["division"], total["spent"]) == ("계", "-250.5")


def test_provenance_says_where_each_row_stands(run: Run, table: Callable[[str], str]) -> None:
    path = table(REPORT)
    found = rows(run("convert", path, "--provenance").out)
    assert [row["where"] for row in found] == [f"{path}:5", f"{path}:6", f"{path}:4"]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json", "parquet"])
def test_what_is_converted_is_the_same_table_again(
    run: Run, table: Callable[[str], str], tmp_path: Path, ending: str
) -> None:
    path, clean = table(REPORT), tmp_path / f"clean.{ending}"
    assert run("convert", path, "-o", str(clean)).status == 0
    before, after = (
        json.loads(run("summary", str(source), "-f", "json").out) for source in (path, clean)
    )
    for found in (before, after):
        for row in found["rows"]:
            del row["where"]
    assert after["rows"] == before["rows"]
    assert after["as_of"] == before["as_of"]


LEDGER = "부서,세부사업,예산현액,지출액\n가과,하나,1000,10\n가과,둘,2000,20\n"


def test_what_an_engine_added_up_is_not_converted(run: Run, tmp_path: Path) -> None:
    with closing(duckdb.connect(str(tmp_path / "ledger.duckdb"))) as made:
        made.sql(
            "CREATE TABLE t AS SELECT '가과' AS 부서, 1000 AS 예산현액, 10 AS 지출액 FROM range(2)"
        )
    done = run("convert", f"duckdb:///{tmp_path}/ledger.duckdb#t")
    assert (done.status, done.out) == (2, "")
    assert "too large to be converted row by row" in done.err
    assert "Next: hold them all: --engine memory; or take groups: --by FIELD" in done.err


def test_check_says_that_an_engine_looks_at_no_single_row(
    run: Run, table: Callable[[str], str]
) -> None:
    said = "its rows were added up and not looked at one by one"
    assert said in run("check", table(LEDGER), "--engine", "duckdb").err
    assert said not in run("check", table(LEDGER)).err


@pytest.mark.parametrize("engine", ["memory", "duckdb"])
def test_rows_are_added_up_by_what_is_named(
    run: Run, table: Callable[[str], str], engine: str
) -> None:
    done = run("convert", table(LEDGER), "--by", "division", "--engine", engine, "--provenance")
    (row,) = rows(done.out)
    assert (row["division"], row["budget"], row["spent"]) == ("가과", "3000", "30")
    assert row["where"].endswith("(+1)")
    assert "one by one" not in done.err


def test_rows_that_an_engine_did_not_add_up_are_converted(
    run: Run, table: Callable[[str], str]
) -> None:
    path = table("부서,예산현액,지출액\n가과,1000,10\n나과,2000,20\n")
    done = run("convert", path, "--engine", "duckdb")
    assert [row["division"] for row in rows(done.out)] == ["가과", "나과"]
    assert "one by one" not in done.err
