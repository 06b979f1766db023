"""`budgetcli convert` of a ledger: row by row, whole or not at all, nothing taken that is there."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from budgetcli.cli.output import OutputOptions
from budgetcli.cli.rows import RowsOutput
from budgetcli.errors import SourceError
from budgetcli.loading import LoadOptions, sources_of
from budgetcli.rollup import blocks
from budgetcli.streaming import Stream
from tests.conftest import Run

HEADER = "부서,세부사업,예산현액,지출액\n"
ROWS = "".join(f"{'가나다'[n % 3]}과,사업{n},{1000 + 7 * n},{3 * n}\n" for n in range(11))
Write = Callable[[str], str]


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ledgers are read by four rows."""
    monkeypatch.setattr(blocks, "RECORDS", 4)


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_rows_go_to_stdout_as_those_that_are_held(run: Run, table: Write) -> None:
    path = table(HEADER + ROWS)
    found = run("convert", path, "--engine", "duckdb", "--provenance")
    assert found.status == 0
    assert found.out == run("convert", path, "--engine", "memory", "--provenance").out
    assert "11 rows were written as they were read" in found.err


def test_a_ledger_that_an_engine_would_add_up_is_written_row_by_row(
    run: Run, table: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("budgetcli.rollup.choice._LARGE", 1)
    assert "11 rows were written as they were read" in run("convert", table(HEADER + ROWS)).err


def test_it_is_quiet_when_told_to_be(run: Run, table: Write) -> None:
    assert run("convert", table(HEADER + ROWS), "--engine", "duckdb", "-q").err == ""


def test_cells_that_are_no_amounts_are_told(run: Run, table: Write) -> None:
    done = run("convert", table(HEADER + ROWS + "가과,끝,없음,1\n"), "--engine", "duckdb")
    assert "'없음' is no amount" in done.err


@pytest.mark.parametrize("format", ["xlsx", "json", "html", "markdown", "table"])
def test_a_format_that_holds_all_rows_is_refused_before_they_are_read(
    run: Run, table: Write, tmp_path: Path, format: str
) -> None:
    out = tmp_path / "out"
    path = table(HEADER + "나빠\n")
    done = run("convert", path, "--engine", "duckdb", "-f", format, "-o", str(out))
    assert (done.status, done.out, out.exists()) == (2, "", False)
    assert f"{format} is not written row by row" in done.err
    assert "room for 1,048,576" in done.err
    assert "choose one of: csv tsv jsonl parquet" in done.err


@pytest.mark.parametrize("name", ["out.csv", "out.parquet"])
@pytest.mark.parametrize("bad", ["가과,1\n", "가과,열,1\n"])
def test_an_error_far_down_leaves_the_old_file_and_nothing_else(
    run: Run, table: Write, tmp_path: Path, name: str, bad: str
) -> None:
    out = tmp_path / name
    out.write_text("old")
    path = table(HEADER + ROWS * 9 + bad)
    before = names_in(tmp_path)
    done = run("convert", path, "--engine", "duckdb", "-o", str(out))
    assert (done.status, done.out, out.read_text()) == (2, "", "old")
    assert names_in(tmp_path) == before


def test_an_error_far_down_leaves_nothing_on_stdout(run: Run, table: Write) -> None:
    done = run("convert", table(HEADER + ROWS * 9 + "가과,1\n"), "--engine", "duckdb")
    assert (done.status, done.out) == (2, "")
    assert "line 101 has 2 cells and not 4" in done.err


def test_the_input_is_never_written_to(run: Run, table: Write) -> None:
    path = table(HEADER + ROWS)
    done = run("convert", path, "--engine", "duckdb", "-o", path)
    assert (done.status, Path(path).read_text(encoding="utf-8")) == (2, HEADER + ROWS)
    assert "it is the input" in done.err


@pytest.mark.parametrize("out", ["/dev/full", "/nowhere/out.csv"])
def test_where_nothing_can_be_written_is_told(run: Run, table: Write, out: str) -> None:
    done = run("convert", table(HEADER + ROWS), "--engine", "duckdb", "-f", "csv", "-o", out)
    assert done.status == 2
    assert f"{out}: cannot be written" in done.err


def test_a_full_folder_for_what_is_set_aside_is_told(
    run: Run, table: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("budgetcli.cli.output._set_aside", full)
    done = run("convert", table(HEADER + ROWS), "--engine", "duckdb")
    assert (done.status, done.out) == (2, "")
    assert "stdout: cannot be written: No space left on device" in done.err


@pytest.mark.parametrize("name", ["out.csv", "out.parquet"])
def test_who_is_told_to_end_takes_away_what_is_not_finished(
    table: Write, tmp_path: Path, name: str
) -> None:
    path = table(HEADER + ROWS)
    before = names_in(tmp_path)

    def end(*_: object) -> None:
        signal.raise_signal(signal.SIGTERM)

    options = LoadOptions(engine="duckdb", progress=end)
    output = OutputOptions(path=str(tmp_path / name))
    rows = RowsOutput(sources_of([path]), options, output, provenance=False)
    with pytest.raises(SystemExit) as ended:
        rows.write(())
    assert ended.value.code == 128 + signal.SIGTERM
    assert names_in(tmp_path) == before
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_what_the_first_rows_did_not_foresee_is_written_again(
    run: Run, table: Write, tmp_path: Path
) -> None:
    path = table(HEADER + ROWS + "라과,끝,12.345,1\n")
    for name in ("duckdb", "memory"):
        run("convert", path, "--engine", name, "-f", "jsonl", "-o", str(tmp_path / name))
    assert (tmp_path / "duckdb").read_bytes() == (tmp_path / "memory").read_bytes()


def test_a_file_that_changes_while_it_is_read_is_told(
    table: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    states = (frozenset({(year, None)}) for year in range(2000, 2024))
    whole = Stream.whole
    monkeypatch.setattr(Stream, "whole", lambda self: whole(self)._replace(stated=next(states)))
    output = OutputOptions(path=str(tmp_path / "out.csv"))
    sources = sources_of([table(HEADER + ROWS)])
    rows = RowsOutput(sources, LoadOptions(engine="duckdb"), output, provenance=False)
    with pytest.raises(SourceError, match="it was written to while it was read"):
        rows.write(())
    assert not (tmp_path / "out.csv").exists()


def test_a_letter_that_the_encoding_lacks_is_told(run: Run, table: Write, tmp_path: Path) -> None:
    path = table(HEADER + ROWS + "가과,☃,1,1\n")
    out = tmp_path / "out.csv"
    done = run("convert", path, "--engine", "duckdb", "--encoding-out", "cp949", "-o", str(out))
    assert (done.status, out.exists()) == (2, False)
    assert "cp949 has no '☃'" in done.err


def test_a_mark_of_the_encoding_stands_once(run: Run, table: Write, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    words = ("--engine", "duckdb", "--encoding-out", "utf-16", "-o", str(out))
    run("convert", table(HEADER + ROWS), *words)
    assert out.read_bytes().decode("utf-16").count("\ufeff") == 0
    assert "사업10" in out.read_bytes().decode("utf-16")


def ran(*words: str, **how: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "budgetcli", *words]
    return subprocess.run(command, capture_output=True, check=False, **how)  # type: ignore[call-overload,no-any-return] # any way to run it


def test_who_reads_only_the_first_line_is_no_error(table: Write) -> None:
    path = table(HEADER + ROWS * 900)
    command = f"{sys.executable} -m budgetcli convert {path} --engine duckdb -q | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"division,")


def test_a_packed_ledger_is_read_from_standard_input(table: Write) -> None:
    data = gzip.compress((HEADER + ROWS).encode())
    done = ran("convert", "-", "-q", input=data)
    assert done.stdout == ran("convert", table(HEADER + ROWS), "--engine", "duckdb", "-q").stdout


def test_a_pipe_takes_the_rows_when_they_are_whole(run: Run, table: Write, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        run("convert", table(HEADER + ROWS), "--engine", "duckdb", "-o", str(pipe))
        assert reader.communicate()[0].decode().splitlines()[-1].startswith("나과,사업10")
