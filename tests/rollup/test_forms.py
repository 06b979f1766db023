"""Every form a ledger may have gives the table its delimited text gives."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from budgetcli.errors import SourceError, TableError, UserError
from budgetcli.loading import LoadOptions, load, load_all, streams
from budgetcli.model import BudgetTable
from budgetcli.readers.find import find_sources
from tests.conftest import Run

HEADER = ("기준일", "부서", "예산현액", "지출액")
ROWS = (
    ("2024-07-31", "예산과", "7100000", "12.5"),
    ("2024-07-31", "예산과", "11", "1000"),
    ("2024-07-31", "창조과", None, "3"),
    ("2024-06-30", "창조과", "9", "0"),
)
EXPECTED = {"예산과": (710_001_100, 101_250), "창조과": (None, 300)}


def rolled(path: Path | str, **options: Any) -> BudgetTable:
    return load(path, options=LoadOptions(engine="duckdb", **options))


def amounts(table: BudgetTable) -> dict[str, tuple[int | None, int | None]]:
    """Each division's budget and spending in hundredths."""
    times = 100 // 10**table.scale
    found: dict[str, tuple[int | None, int | None]] = {}
    for row in table.rows:
        old = found.get(row.labels["division"], (None, None))
        new = (row.amount("budget"), row.amount("spent"))
        found[row.labels["division"]] = _plus(old, new, times)
    return found


def _plus(
    old: tuple[int | None, int | None], new: tuple[int | None, int | None], times: int
) -> tuple[int | None, int | None]:
    first, second = (
        before if after is None else (before or 0) + after * times
        for before, after in zip(old, new, strict=True)
    )
    return first, second


def write_csv(path: Path) -> Path:
    lines = [",".join(cell or "" for cell in row) for row in (HEADER, *ROWS)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_gzip(path: Path) -> Path:
    packed = path.with_suffix(".csv.gz")
    packed.write_bytes(gzip.compress(write_csv(path).read_bytes()))
    return packed


def write_lines(path: Path) -> Path:
    records = (dict(zip(HEADER, row, strict=True)) for row in ROWS)
    text = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    written = path.with_suffix(".jsonl")
    written.write_text(text, encoding="utf-8")
    return written


def write_numbers(path: Path) -> Path:
    lines = [
        f'{{"기준일":"{day}","부서":"{name}","예산현액":{budget or "null"},"지출액":{spent}}}'
        for day, name, budget, spent in ROWS
    ]
    written = path.with_suffix(".jsonl")
    written.write_text("\n".join(lines), encoding="utf-8")
    return written


def write_parquet(path: Path, money: str = "DECIMAL(18,2)") -> Path:
    written = path.with_suffix(".parquet")
    with duckdb.connect() as database:
        database.execute(f"CREATE TABLE t (d DATE, n VARCHAR, b {money}, s {money})")
        database.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", ROWS)
        names = ", ".join(f'{old} AS "{new}"' for old, new in zip("dnbs", HEADER, strict=True))
        database.execute(f"COPY (SELECT {names} FROM t) TO '{written}'")
    return written


def write_doubles(path: Path) -> Path:
    return write_parquet(path, "DOUBLE")


def write_words(path: Path) -> Path:
    return write_parquet(path, "VARCHAR")


def write_duckdb(path: Path) -> str:
    file = path.with_suffix(".duckdb")
    with duckdb.connect(str(file)) as database:
        database.execute(f"CREATE TABLE \"세출 원장\" AS FROM '{write_parquet(path)}'")
    return f"duckdb:///{file}#세출 원장"


def write_sqlite(path: Path) -> str:
    file = path.with_suffix(".sqlite")
    with closing(sqlite3.connect(file)) as database, database:
        columns = ", ".join(f'"{name}" TEXT' for name in HEADER)
        database.execute(f"CREATE TABLE ledger ({columns})")
        database.executemany("INSERT INTO ledger VALUES (?, ?, ?, ?)", ROWS)
    return f"sqlite:///{file}#ledger"


FORMS = (
    write_csv,
    write_gzip,
    write_lines,
    write_numbers,
    write_parquet,
    write_doubles,
    write_words,
    write_duckdb,
    write_sqlite,
)


@pytest.mark.parametrize("write", FORMS)
def test_every_form_gives_the_same_table(
    tmp_path: Path, write: Callable[[Path], Path | str]
) -> None:
    table = rolled(write(tmp_path / "ledger.csv"))
    assert amounts(table) == EXPECTED
    assert (str(table.as_of), table.counts.used) == ("2024-07-31", 3)


def test_folders_name_columns(tmp_path: Path) -> None:
    for fund in ("일반회계", "특별회계"):
        folder = tmp_path / "ledger" / "fyr=2024" / f"회계={fund}"
        folder.mkdir(parents=True)
        write_csv(folder / "part.csv")
    table = rolled(tmp_path / "ledger", by=("회계",))
    assert [row.cells[-1] for row in table.rows if row.amount("budget")] == ["일반회계", "특별회계"]
    assert table.fiscal_year == 2024


def test_a_folder_of_parquet_files_is_one_ledger(tmp_path: Path) -> None:
    for number in range(3):
        folder = tmp_path / "ledger" / f"laf={number}"
        folder.mkdir(parents=True)
        write_parquet(folder / "part.csv")
    table = rolled(tmp_path / "ledger")
    assert amounts(table)["예산과"] == (3 * 710_001_100, 3 * 101_250)


def test_a_parquet_file_that_lacks_a_column_is_named(tmp_path: Path) -> None:
    write_parquet(tmp_path / "a.csv")
    with duckdb.connect() as database:
        database.execute(
            f"COPY (SELECT '예산과' AS 부서, DATE '2024-07-31' AS 기준일) TO '{tmp_path}/b.parquet'"
        )
    with pytest.raises(SourceError, match=r"b\.parquet"):
        rolled(str(tmp_path / "*.parquet"))


def test_files_without_a_column_of_dates_are_dated_by_their_names(tmp_path: Path) -> None:
    for month in (6, 7):
        path = tmp_path / f"세출_2024-0{month}-30.csv"
        path.write_text("부서,예산현액,지출액\n예산과,7100000,1\n", encoding="utf-8")
    tables = load_all(str(tmp_path / "*.csv"), options=LoadOptions(engine="duckdb"))
    assert [str(table.as_of) for table in tables] == ["2024-06-30", "2024-07-30"]


def test_a_number_that_json_does_not_hold_exactly_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_text(
        '{"부서":"예산과","예산현액":7100000,"지출액":1}\n'
        '{"부서":"예산과","예산현액":1234567890123456789.12,"지출액":1}\n',
        encoding="utf-8",
    )
    with pytest.raises(SourceError, match="more digits than JSON's numbers keep"):
        rolled(path)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("s3://bucket/ledger.parquet?s3_secret_access_key=secret", "extension httpfs"),
        ("s3://user:secret@bucket/ledger.csv", "only files called .parquet"),
        ("duckdb:///ledger.duckdb", "no address of a table"),
        ("duckdb:///nowhere.duckdb#t", "there is no such file"),
    ],
)
def test_addresses_that_are_not_read_say_so_and_keep_their_secrets(
    run: Run, address: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))  # where extensions are installed
    found = run("summary", address)
    assert (found.status, found.out) == (2, "")
    assert said in found.err
    assert "secret" not in found.err


def test_a_table_that_is_not_in_the_database_is_told(tmp_path: Path) -> None:
    for address in (write_duckdb(tmp_path / "a.csv"), write_sqlite(tmp_path / "b.csv")):
        with pytest.raises(UserError):
            rolled(address.partition("#")[0] + "#nothing")


def test_a_document_is_no_ledger(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html><table><tr><td>부서</td></tr></table></html>", encoding="utf-8")
    with pytest.raises(SourceError, match="no ledger"):
        rolled(path)


def test_the_engine_is_chosen_by_size_and_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_csv(tmp_path / "ledger.csv")
    assert [row.merged for row in load(path).rows] == [1, 1, 1]
    monkeypatch.setattr("budgetcli.rollup.choice._LARGE", 10)
    assert sum(row.merged for row in load(path).rows) == 3
    assert len(load(path).rows) == 2


def test_rows_that_stand_alone_are_looked_at_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text("부서,예산현액,지출액\n예산과,7,1\n총무과,5,2\n", encoding="utf-8")
    table = load(path, options=LoadOptions(engine="duckdb", rows=True))
    assert not any("one by one" in str(said.message) for said in table.evidence)


@pytest.mark.parametrize("options", [LoadOptions(table="1"), LoadOptions(engine="spark")])
def test_rows_of_a_named_table_or_on_spark_do_not_go_by(
    tmp_path: Path, options: LoadOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("budgetcli.rollup.choice._LARGE", 1e-9)
    path = write_csv(tmp_path / "ledger.csv")
    assert streams(find_sources(path), LoadOptions())
    assert not streams(find_sources(path), options)


def test_a_column_that_is_not_there_is_told_of_every_form(tmp_path: Path) -> None:
    for write in (write_csv, write_parquet, write_lines):
        with pytest.raises(TableError, match="no column is called"):
            rolled(write(tmp_path / "ledger.csv"), columns={"spent": "없는 열"})


class Pipe:
    """Standard input with these bytes in it."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def test_a_long_pipe_is_read_as_a_file_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("budgetcli.readers.spool.IN_MEMORY", 10)
    monkeypatch.setattr("sys.stdin", Pipe(write_csv(tmp_path / "ledger.csv").read_bytes()))
    table = rolled("-")
    assert amounts(table) == EXPECTED
    assert str(table.rows[0].place) == "stdin:2"


def summed_within_half_a_gigabyte(path: Path, by: str) -> subprocess.CompletedProcess[bytes]:
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_DATA, (2**29, 2**29));"
        "from budgetcli.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    words = ("summary", str(path), "--by", by, "--top", "1", "-f", "json", "-q")
    return subprocess.run([sys.executable, "-c", code, *words], capture_output=True, check=False)


def test_in_half_a_gigabyte_the_answer_is_right_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    rows = "".join(f"{n % 997}과,{n}번째 사업,{n * 1000},{n}\n" for n in range(200_000))
    path.write_text("부서,세부사업,예산현액,지출액\n" + rows, encoding="utf-8")
    done = summed_within_half_a_gigabyte(path, "부서")
    assert json.loads(done.stdout)["total"]["budget"] == sum(range(200_000)) * 1000
    refused = summed_within_half_a_gigabyte(path, "세부사업")
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert b"there is not enough memory" in refused.stderr
    assert b"Traceback" not in refused.stderr
