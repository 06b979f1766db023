"""A real server, started here, holds the ledger: the roll-up runs there and answers as DuckDB."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from budgetcli.errors import SourceError
from budgetcli.loading import LoadOptions, load
from tests.conftest import Run
from tests.rollup.test_forms import EXPECTED, HEADER, ROWS, amounts
from tests.rollup.test_one_answer import answer
from tests.rollup.test_spark import CELLS, write_ledger
from tests.rollup.test_traps import sums

pg8000 = pytest.importorskip("pg8000.native", reason="the extra postgres is not installed")
pytest.importorskip("sqlglot", reason="the extra postgres is not installed")

_SECRET = "pass-w0rd"
_TOOLS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))[-1:]
_OWNER = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
pytestmark = pytest.mark.skipif(not _TOOLS, reason="no PostgreSQL server is installed")


class Server:
    """Where it listens, and a connection to it."""

    def __init__(self, port: int) -> None:
        self.place = f"127.0.0.1:{port}/postgres"
        self.url = f"postgresql://budget:{_SECRET}@{self.place}"
        self.connection = pg8000.Connection(
            "budget", "127.0.0.1", "postgres", port, _SECRET, timeout=60
        )

    def table(self, types: str, rows: Any, name: str = "세출 원장") -> str:
        """The address of a new table with these rows in it."""
        self.connection.run(f'DROP TABLE IF EXISTS "{name}"')
        self.connection.run(f'CREATE TABLE "{name}" ({types})')
        cells = ([r"\N" if cell is None else str(cell) for cell in row] for row in rows)
        lines = ("\t".join(row) + "\n" for row in cells)
        self.connection.run(f'COPY "{name}" FROM STDIN', stream=lines)
        return f"{self.url}#{name}"


def _pg_ctl(folder: Path, *words: str) -> None:
    command = [str(_TOOLS[0].with_name("pg_ctl")), "-D", f"{folder}/data", "-s", "-w", *words]
    subprocess.run(command, check=True, user=_OWNER, cwd=folder, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server on a port of its own, of a user other than root; gone when the tests are."""
    folder = Path(tempfile.mkdtemp(prefix="budgetcli-postgres-"))
    (folder / "secret").write_text(_SECRET)
    if _OWNER:
        shutil.chown(folder, _OWNER)
        shutil.chown(folder / "secret", _OWNER)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    initdb = f"-U budget -A scram-sha-256 --pwfile={folder}/secret -E UTF8 --locale=C.UTF-8 -N"
    try:
        _pg_ctl(folder, "initdb", "-o", initdb)
        listening = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        _pg_ctl(folder, "start", "-l", str(folder / "log"), "-o", listening)
        started = Server(port)
        yield started
        started.connection.close()
        _pg_ctl(folder, "stop", "-m", "immediate")
    finally:
        shutil.rmtree(folder)


def rolled(address: str, **options: Any) -> Any:
    return load(address, options=LoadOptions(**options))


def named(*types: str) -> str:
    return ", ".join(f'"{name}" {kind}' for name, kind in zip(HEADER, types, strict=True))


@pytest.mark.parametrize("money", ["numeric(18,2)", "numeric", "double precision", "text"])
def test_every_type_of_column_gives_the_same_table(server: Server, money: str) -> None:
    table = rolled(server.table(named("date", "text", money, money), ROWS))
    assert amounts(table) == EXPECTED
    assert (str(table.as_of), table.counts.used) == ("2024-07-31", 3)


def as_text(server: Server, path: Path) -> str:
    """A file of three columns as a table of text."""
    address = server.table("부서 text, 예산현액 text, 지출액 text", [])
    with path.open("rb") as lines:
        server.connection.run('COPY "세출 원장" FROM STDIN (FORMAT csv, HEADER)', stream=lines)
    return address


def test_sums_and_refused_cells_are_those_of_duckdb(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    expected = write_ledger(path, 5000)
    address = as_text(server, path)
    assert max(map(abs, expected.values())) > 2**63
    table = rolled(address)
    assert sums(table) == expected
    assert table.counts == load(path, options=LoadOptions(engine="duckdb")).counts


def test_every_shape_of_amount_is_read_as_duckdb_reads_it(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    rows = "".join(f'예산과,"{cell}",7100000\n' for cell in CELLS.split("|"))
    path.write_text(f"부서,예산현액,지출액\n{rows}", encoding="utf-8")
    ours, theirs = answer(as_text(server, path), "auto"), answer(path, "duckdb")
    assert _without_places(ours) == _without_places(theirs)


def _without_places(found: Any) -> Any:
    """A table has no line of headers, and its rows have places of their own."""
    [(rows, total, findings, *_, counts, quantum, places)] = found
    rows, total = [_without_place(row) for row in rows], _without_place(total)
    said = [(code, column, message) for code, column, _, message in findings]
    return rows, total, sorted(said), counts._replace(read=0, headers=0), quantum, places


def _without_place(row: Any) -> Any:
    cells, scale = row
    return {**cells, "where": None}, scale


def test_integers_add_up_beyond_a_machine_word(server: Server) -> None:
    most = 2**63 - 1
    rows = [("예산과", most, 2**31 - 1)] * 1000
    table = rolled(server.table("부서 text, 예산현액 bigint, 지출액 integer", rows))
    assert sums(table) == {"예산과": most * 1000}
    assert sums(table, "spent") == {"예산과": (2**31 - 1) * 1000}


def test_a_number_that_is_none_is_refused_and_counted(server: Server) -> None:
    rows = [("예산과", "7100000.25", 1), ("예산과", "NaN", 1), ("예산과", "0.50", 1)]
    table = rolled(server.table("부서 text, 예산현액 numeric(20,2), 지출액 bigint", rows))
    assert (sums(table), table.scale) == ({"예산과": 710_000_075}, 2)
    assert [found.code for found in table.findings] == ["unreadable_amount"]


def test_rows_are_chosen_and_grouped_in_the_server(server: Server) -> None:
    rows = [("예산과", "기금", 7_100_000, 1), ("예산과", "일반", 5, 1), ("창조과", "일반", 7, 1)]
    address = server.table("부서 text, 회계 text, 예산현액 bigint, 지출액 bigint", rows)
    table = rolled(address, where={"회계": ("일반",)}, by=("회계",))
    assert [(row.cells[1], row.amount("budget")) for row in table.rows] == [("일반", 12)]


def test_only_a_head_and_the_groups_come_back(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from budgetcli.rollup.postgres_engine import Postgres

    fetched: list[int] = []
    fetch = Postgres._fetched

    def counted(engine: Postgres, query: str) -> list[tuple[Any, ...]]:
        rows = fetch(engine, query)
        fetched.append(len(rows))
        return rows

    monkeypatch.setattr(Postgres, "_fetched", counted)
    rows = ((f"{n % 3}과", 7_100_000 + n, n) for n in range(20_000))
    rolled(server.table("부서 text, 예산현액 bigint, 지출액 bigint", rows))
    assert fetched == [1000, 3]


def test_a_table_of_a_schema_is_found(server: Server) -> None:
    server.connection.run("CREATE SCHEMA IF NOT EXISTS finance")
    server.connection.run("DROP TABLE IF EXISTS finance.ledger")
    server.connection.run(
        "CREATE TABLE finance.ledger AS SELECT '예산과' AS 부서, 7 AS 예산현액, 1 AS 지출액"
    )
    assert sums(rolled(f"{server.url}#finance.ledger")) == {"예산과": 7}


def test_the_program_prints_no_secret(server: Server, run: Run) -> None:
    address = server.table("부서 text, 예산현액 bigint, 지출액 bigint", [("예산과", 7100000, 1)])
    for words in (["-f", "json"], ["-f", "csv"], ["--explain"], ["-f", "html"]):
        done = run("summary", address, *words)
        assert done.status == 0, done.err
        assert "예산과" in done.out
        assert _SECRET not in done.out + done.err


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda url: url.replace(_SECRET, "wrong-" + _SECRET) + "#t", "cannot be reached"),
        (lambda url: url.replace("/postgres", "/nowhere") + "#t", "cannot be reached"),
        (lambda url: url + "#nothing", "there is no such table"),
        (lambda url: url, "no address of a table"),
        (lambda url: url.replace(_SECRET, _SECRET + "/") + "#t", "no address of a table"),
        (lambda url: url + f"?password={_SECRET}&x=1#t", "no address of a table"),
    ],
)
def test_what_goes_wrong_is_told_without_the_secret(
    server: Server, run: Run, change: Any, said: str
) -> None:
    done = run("summary", change(server.url))
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert _SECRET not in done.err


def test_a_table_that_may_not_be_read_is_told(server: Server) -> None:
    server.table("부서 text, 예산현액 bigint, 지출액 bigint", [("예산과", 1, 1)], name="closed")
    server.connection.run("DROP ROLE IF EXISTS guest")
    server.connection.run(f"CREATE ROLE guest LOGIN PASSWORD '{_SECRET}'")
    with pytest.raises(SourceError, match="permission denied"):
        rolled(f"postgresql://guest:{_SECRET}@{server.place}#closed")


def test_spark_leaves_it_where_it_lies(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("budgetcli.rollup.spark_engine._session", lambda *_: (None, False))
    with pytest.raises(SourceError, match="where it lies"):
        rolled(f"{server.url}#t", engine="spark")
