"""Parquet for programs: exact decimals, dates as dates, unknown as null."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from budgetcli.loading import load
from tests.conftest import Run


def test_amounts_are_exact_decimals_and_dates_are_dates(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    assert run("summary", "-o", str(path)).status == 0
    row = pq.read_table(path).to_pylist()[5]
    assert row["division"] == "창조산업과"
    assert row["budget"] == Decimal(49222)
    assert row["shortfall"] == Decimal("13540.590164")
    assert row["execution_rate"] == Decimal("30.7")
    assert row["status"] == "lagging"
    assert (row["unit"], row["as_of"]) == ("백만원", date(2024, 7, 31))


def test_what_is_unknown_is_null(run: Run, table: Callable[[str], str], tmp_path: Path) -> None:
    source = table("부서,예산현액,지출액\n가과,10,\n나과,10,5\n")
    path = tmp_path / "table.parquet"
    run("summary", source, "-o", str(path))
    assert pq.read_table(path).to_pylist()[0]["spent"] is None


def test_it_reads_back_to_the_same_table(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    run("convert", "-o", str(path))
    before, after = load(), load(path)
    assert [row.amounts for row in after.rows] == [row.amounts for row in before.rows]
    assert (after.as_of, after.unit) == (before.as_of, before.unit)


def test_a_hostile_name_is_only_a_name(
    run: Run, table: Callable[[str], str], tmp_path: Path
) -> None:
    path = tmp_path / "table.parquet"
    source = table('부서,예산현액,지출액\n"=1+1\x1b[31m",10,5\n')
    run("summary", source, "-o", str(path))
    assert pq.read_table(path).to_pylist()[0]["division"] == "=1+1\\x1b[31m"


def test_an_amount_of_more_than_38_digits_is_refused(run: Run, table: Callable[[str], str]) -> None:
    ran = run("summary", table(f"부서,예산현액,지출액\n가과,{'9' * 39},1\n"), "-f", "parquet")
    assert (ran.status, ran.out) == (2, "")
    assert "more than 38 digits" in ran.err


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert "pip install 'budgetcli[parquet]'" in run("summary", "-f", "parquet").err
