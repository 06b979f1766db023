"""Where one date is shown, the states of the others are named and not read."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from budgetcli.loading import LoadOptions, latest, load, load_all
from budgetcli.model import BudgetTable
from tests.conftest import Run

HEADER = "기준일,부서,세부사업,예산현액,지출액\n"
STATES = (
    "{june},예산과,가,7100000,1\n{june},창조과,나,100,1\n{last},예산과,가,7100011,3\n"
    "{last},예산과,나,2345,5\n{july},창조과,나,100,2\n{last},국제과,다,미정,9\n{july},합계,,100,2\n"
)
DAYS = {"june": "2024-06-30", "july": "2024-07-31", "last": "2024-08-31"}


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def states(days: dict[str, str]) -> str:
    return HEADER + STATES.format(**days)


def shown(*paths: Path | str, **said: Any) -> BudgetTable:
    return load(*paths, options=LoadOptions(engine="duckdb", **said))


def shown_of_all(*paths: Path | str, **said: Any) -> BudgetTable:
    """What is shown where every date was read."""
    options = LoadOptions(engine="duckdb", **said)
    return latest(load_all(*paths, options=options), options)


def told(table: BudgetTable) -> list[str]:
    return [str(said.message) for said in table.evidence if said.aloud]


def test_other_dates_are_named_and_not_read(tmp_path: Path) -> None:
    path = write(tmp_path / "ledger.csv", states(DAYS))
    tables = load_all(path, options=LoadOptions(engine="duckdb", only_last=True))
    assert [len(table.rows) for table in tables] == [0, 0, 2]
    assert told(shown(path)) == ["several dates: 2024-08-31 was taken, not 2024-06-30, 2024-07-31"]


@pytest.mark.parametrize(
    "days",
    [
        ("20240630", "20240731", "20240831"),
        ("2024-06-30", "2024-07-31", "2024-08-31"),
        ("2024. 6. 30.", "2024. 7. 31.", "2024. 8. 31."),
        ("'24. 6. 30.", "'24. 7. 31.", "'24. 8. 31."),
        ("2024. 9. 30.", "2024. 10. 1.", "2024. 12. 1."),
        ("240630", "240731", "240831"),
        ("30 June 2024", "31 July 2024", "1 August 2024"),
        ("2024-06-30", "20240731", "2024. 8. 31."),
    ],
)
def test_the_last_date_is_the_last_however_it_is_written(
    tmp_path: Path, days: tuple[str, str, str]
) -> None:
    path = write(tmp_path / "ledger.csv", states(dict(zip(DAYS, days, strict=True))))
    held = load(path, options=LoadOptions(engine="memory", by=("division",)))
    table = shown(path)
    assert table == shown_of_all(path)
    assert (table.as_of, told(table)) == (held.as_of, told(held))
    assert sum(row.amount("spent") or 0 for row in table.rows) == 17


YEARS = "회계연도,기준일,부서,예산현액,지출액\n" + "".join(
    f"{year},{year}-{month}-30,{division},{year}000{month},{month}\n"
    for year in (2023, 2025, 2024)
    for month in ("06", "09", "04")
    for division in ("예산과", "창조과")
)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"by": ("programme",)},
        {"where": {"부서": ("창조과",)}},
        {"where": {"세부사업": ("나",)}, "by": ("programme",)},
        {"where": {"as_of": ("2024-07-31",)}},
        {"columns": {"committed": "예산현액"}},
    ],
)
def test_the_answer_is_that_of_all_dates_read(tmp_path: Path, said: dict[str, Any]) -> None:
    path = write(tmp_path / "ledger.csv", states(DAYS))
    assert shown(path, **said) == shown_of_all(path, **said)


@pytest.mark.parametrize(
    "said", [{}, {"by": ("division", "fiscal_year")}, {"where": {"fiscal_year": ("2024",)}}]
)
def test_of_several_fiscal_years_the_last_is_shown(tmp_path: Path, said: dict[str, Any]) -> None:
    path = write(tmp_path / "ledger.csv", YEARS)
    table = shown(path, **said)
    assert table == shown_of_all(path, **said)
    assert str(table.as_of) == ("2024-09-30" if "where" in said else "2025-09-30")


def test_a_date_that_was_asked_for_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "ledger.csv", states(DAYS))
    table = shown(path, as_of=date(2024, 6, 30))
    assert sum(row.amount("budget") or 0 for row in table.rows) == 7_100_100


def test_a_date_asked_for_may_lie_below_other_dates_in_the_head(tmp_path: Path) -> None:
    """The head of a ledger that only tells which columns there are need not hold it."""
    first = "".join(f"2024-0{1 + n % 6}-28,예산과,가,7100000,{n}\n" for n in range(4000))
    path = write(tmp_path / "ledger.csv", HEADER + first + "2024-08-31,예산과,가,7100000,5\n")
    table = shown(path, as_of=date(2024, 8, 31), by=("기준일", "부서"))
    assert [row.amount("spent") for row in table.rows] == [5]


def test_a_last_date_without_spending_is_taken_all_the_same(tmp_path: Path) -> None:
    text = f"{HEADER}2024-06-30,예산과,가,7100000,3\n2024-07-31,예산과,가,7100011,\n"
    path = write(tmp_path / "ledger.csv", text)
    table = shown(path)
    assert table == shown_of_all(path)
    assert [(row.amount("budget"), row.amount("spent")) for row in table.rows] == [(7100011, None)]


def test_a_packed_ledger_is_shown_as_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv.gz"
    path.write_bytes(gzip.compress(states(DAYS).encode()))
    assert shown(path) == shown_of_all(path)


def test_dates_that_are_dates_are_the_last_too(tmp_path: Path) -> None:
    text, path = write(tmp_path / "ledger.csv", states(DAYS)), tmp_path / "ledger.parquet"
    with duckdb.connect() as database:
        database.execute(
            "COPY (SELECT CAST(기준일 AS DATE) AS 기준일, 부서, 세부사업, "
            "TRY_CAST(예산현액 AS BIGINT) AS 예산현액, CAST(지출액 AS BIGINT) AS 지출액 "
            f"FROM read_csv('{text}', all_varchar=true)) TO '{path}'"
        )
    table = shown(path)
    assert table == shown_of_all(path)
    assert sum(row.amount("budget") or 0 for row in table.rows) == 7_102_356


def test_files_of_one_kind_are_one_ledger_with_one_last_date(tmp_path: Path) -> None:
    one = write(tmp_path / "a.csv", f"{HEADER}2024-06-30,예산과,가,7100000,3\n")
    other = write(tmp_path / "b.csv", f"{HEADER}2024-07-31,예산과,가,7100011,4\n")
    table = shown(other, one)
    assert table == shown_of_all(other, one)
    assert str(table.as_of) == "2024-07-31"


def test_of_several_ledgers_every_date_is_read(tmp_path: Path) -> None:
    """The last date of one may be no last date of all."""
    one = write(tmp_path / "a.csv", states(DAYS))
    other = write(
        tmp_path / "b.csv", "부서,기준일,예산현액,지출액,세부사업\n예산과,20240731,5,1,가\n"
    )
    options = LoadOptions(engine="duckdb", only_last=True)
    assert all(table.rows for table in load_all(one, other, options=options))
    assert shown(one, other) == shown_of_all(one, other)


def test_questions_over_dates_read_all_of_them(tmp_path: Path, run: Run) -> None:
    path = write(tmp_path / "ledger.csv", states(DAYS))
    held = run("trend", str(path), "-f", "json", "--by", "division", "--engine", "memory")
    rolled = run("trend", str(path), "-f", "json", "--by", "division", "--engine", "duckdb")
    assert (held.status, rolled.out) == (0, held.out)
