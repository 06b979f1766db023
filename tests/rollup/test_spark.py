"""Spark answers as DuckDB, the small reader and plain Python do, to the last digit."""

from __future__ import annotations

import csv
import random
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from budgetcli.errors import SourceError
from budgetcli.loading import LoadOptions, load, load_all
from budgetcli.rollup import ledger as ledgers
from budgetcli.rollup.spark_engine import _session
from tests.rollup.test_forms import (
    EXPECTED,
    amounts,
    write_csv,
    write_doubles,
    write_duckdb,
    write_gzip,
    write_lines,
    write_numbers,
    write_parquet,
    write_words,
)
from tests.rollup.test_one_answer import answer
from tests.rollup.test_traps import sums

SparkSession = pytest.importorskip("pyspark.sql", reason="no extra spark").SparkSession
pytestmark = pytest.mark.skipif(not shutil.which("java"), reason="there is no Java")

HEADER = "부서,예산현액,지출액\n"


@pytest.fixture(scope="module", autouse=True)
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One Spark for all tests of this file."""
    started, _ = _session("local[2]", tmp_path_factory.mktemp("spark"))
    yield
    started.stop()


def spark(*paths: Path | str, **options: Any) -> Any:
    return load(*paths, options=LoadOptions(engine="spark", **options))


def write_ledger(path: Path, rows: int) -> dict[str, int]:
    """Amounts beyond 2^53, sums beyond 2^63, every tenth cell with commas, every 97th no amount.

    Gives the sums Python's own integers make.
    """
    chance, expected = random.Random(7), dict[str, int]()
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["부서", "예산현액", "지출액"])
        for n in range(rows):
            name, digits = f"부서{n % 7}", chance.randrange(2**53, 10**18)
            bad = n % 97 == 50
            cell = "미정" if bad else f"{digits:,}" if n % 10 == 0 else f"-{digits}"
            writer.writerow([name, cell, "1"])
            sign = 1 if n % 10 == 0 else -1
            expected[name] = expected.get(name, 0) + (0 if bad else sign * digits)
    return expected


def test_sums_are_those_of_plain_python_and_of_duckdb(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    expected = write_ledger(path, 5000)
    assert max(map(abs, expected.values())) > 2**63
    assert sums(spark(path)) == expected
    assert answer(path, "spark") == answer(path, "duckdb")


def test_refused_cells_are_counted_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text(HEADER + "예산과,7100000,1\n예산과,1e,1\n예산과,1_000,1\n", encoding="utf-8")
    table = spark(path)
    assert sums(table) == {"예산과": 7_100_000}
    assert [(found.place.row, found.code) for found in table.findings if found.place] == [
        (3, "unreadable_amount"),
        (4, "unreadable_amount"),
    ]


CELLS = """△1,234|△ 5|▲7|(8)|-9| 10 |11원|₩12|+13|-(14)|15-|016|17.25|18.5|-| |1_000|0x10|1,23|--5
12:30|1e3|…|3억원|１２３|1,234 (567)|7%|9223372036854775807|9223372036854775808|1e|NaN|inf
12345678901234567890123|0.000|999999999999999999|1000000000000000000""".replace("\n", "|")


def test_every_shape_of_amount_is_read_as_the_small_reader_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    rows = [("예산과", cell, "7100000") for cell in CELLS.split("|")]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("부서", "예산현액", "지출액"), *rows])
    assert answer(path, "spark") == answer(path, "memory") == answer(path, "duckdb")


@pytest.mark.parametrize(
    "write",
    [write_csv, write_gzip, write_lines, write_numbers, write_parquet, write_doubles, write_words],
)
def test_every_form_gives_the_same_table(tmp_path: Path, write: Any) -> None:
    table = spark(write(tmp_path / "ledger.csv"))
    assert amounts(table) == EXPECTED


def test_cp949_is_read_from_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_bytes((HEADER + "예산과,7100000,1\n").encode("cp949"))
    assert sums(spark(path)) == {"예산과": 7_100_000}


def test_cp949_below_a_head_of_ascii_is_not_taken_for_other_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledgers, "HEAD_BYTES", 60)
    path = tmp_path / "ledger.csv"
    text = "division,budget,spent\n" + "office,7100000,1\n" * 5 + "예산과,9,1\n"
    path.write_bytes(text.encode("cp949"))
    assert sums(spark(path)) == {"office": 35_500_000, "예산과": 9}


def test_a_line_with_a_cell_too_few_is_an_error_and_not_a_null(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text(HEADER + "예산과,7100000,1\n" * 9 + "창조과,5\n", encoding="utf-8")
    with pytest.raises(SourceError, match="not as many cells"):
        spark(path)


def test_a_parquet_file_without_a_column_of_the_others_is_refused(tmp_path: Path) -> None:
    first = write_parquet(tmp_path / "a")
    with duckdb.connect() as database:
        kept = f"SELECT * EXCLUDE (지출액) FROM '{first}'"
        database.execute(f"COPY ({kept}) TO '{tmp_path / 'b.parquet'}'")
    with pytest.raises(SourceError, match="its columns are not those of"):
        spark(first, tmp_path / "b.parquet")


def test_folders_name_columns(tmp_path: Path) -> None:
    for year in ("2023", "2024"):
        folder = tmp_path / f"회계연도={year}"
        folder.mkdir()
        (folder / "a.csv").write_text(HEADER + f"예산과,{year}000,1\n", encoding="utf-8")
    tables = load_all(tmp_path / "*/*.csv", options=LoadOptions(engine="spark"))
    assert [(table.fiscal_year, sums(table)) for table in tables] == [
        (2023, {"예산과": 2_023_000}),
        (2024, {"예산과": 2_024_000}),
    ]


def test_a_title_above_the_header_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text("2024년 세출 현황\n" + HEADER + "예산과,7100000,1\n", encoding="utf-8")
    assert sums(spark(path)) == {"예산과": 7_100_000}


def test_a_name_spark_would_skip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "_ledger.csv"
    path.write_text(HEADER + "예산과,7100000,1\n", encoding="utf-8")
    with pytest.raises(SourceError, match="does not read a file of this name"):
        spark(path)


def test_integers_of_parquet_add_up_beyond_a_machine_word(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "ledger", "BIGINT")
    most = 2**63 - 1
    with duckdb.connect() as database:
        query = f"SELECT '예산과' AS 부서, {most}::BIGINT AS 예산현액, 1 AS 지출액 FROM range(1000)"
        database.execute(f"COPY ({query}) TO '{path}'")
    assert sums(spark(path)) == {"예산과": most * 1000}


def test_doubles_that_java_writes_with_an_exponent_are_read(tmp_path: Path) -> None:
    path = tmp_path / "ledger.parquet"
    with duckdb.connect() as database:
        query = "SELECT '예산과' AS 부서, 123456789.25::DOUBLE AS 예산현액, 2e9 AS 지출액"
        database.execute(f"COPY ({query}) TO '{path}'")
    assert answer(path, "spark") == answer(path, "duckdb")


def test_a_table_in_a_database_is_not_for_spark(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="where it lies"):
        load(write_duckdb(tmp_path / "ledger"), options=LoadOptions(engine="spark"))


@pytest.fixture
def cluster(tmp_path: Path) -> str:
    """An address only Spark reads, which leads to the folder of the test."""
    hadoop = SparkSession.active().sparkContext._jsc.hadoopConfiguration()
    name = tmp_path.name.lower().replace("_", "-")
    hadoop.set(f"fs.viewfs.mounttable.{name}.link./ledgers", tmp_path.as_uri())
    return f"viewfs://{name}/ledgers"


def write_typed(path: Path, *rows: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = "t(기준일, 부서, 예산현액, 지출액)"
    duckdb.sql(f"SELECT * FROM (VALUES {', '.join(rows)}) {columns}").write_parquet(str(path))
    return path


ROWS = (
    "(DATE '2024-07-31', '예산과', 9223372036854775807, 10.25::DECIMAL(12, 2))",
    "(DATE '2024-07-31', '예산과', 9223372036854775807, 5.50::DECIMAL(12, 2))",
    "(DATE '2024-07-31', '총무과�', 7, NULL)",
)


def test_an_address_of_the_cluster_gives_what_the_file_gives(tmp_path: Path, cluster: str) -> None:
    path = write_typed(tmp_path / "ledger.parquet", *ROWS)
    there, here = spark(f"{cluster}/ledger.parquet"), spark(path)
    assert amounts(there) == amounts(here)
    assert there.as_of == here.as_of == date(2024, 7, 31)


def test_a_folder_of_the_cluster_names_columns(tmp_path: Path, cluster: str) -> None:
    for year in (2023, 2024):
        write_typed(tmp_path / f"회계연도={year}" / "a.parquet", ROWS[0].replace("2024", str(year)))
    both = load_all(cluster, options=LoadOptions(engine="spark"))
    assert [(table.fiscal_year, len(table.rows)) for table in both] == [(2023, 1), (2024, 1)]
    assert spark(f"{cluster}/회계연도=2023").fiscal_year == 2023


def test_a_file_of_the_cluster_with_other_columns_is_refused(tmp_path: Path, cluster: str) -> None:
    write_typed(tmp_path / "a.parquet", ROWS[0])
    write_parquet(tmp_path / "b.parquet")
    with pytest.raises(SourceError, match="its columns are not those of"):
        spark(f"{cluster}/*.parquet")


def test_an_address_of_the_cluster_is_no_matter_for_duckdb() -> None:
    with pytest.raises(SourceError, match="only Spark reads this address"):
        load("hdfs://user:secret@cluster/ledger.parquet")
