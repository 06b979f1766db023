"""Where answers go: stdout or a file, whole or not at all, never onto the input."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from budgetcli.views import OWN_FORMATS
from tests.conftest import Run

Table = Callable[..., str]
ONE_ROW = "부서,예산현액,지출액\n가과,10,5\n"
PROGRAM = [sys.executable, "-m", "budgetcli"]


def test_the_ending_of_a_file_tells_the_format(run: Run, tmp_path: Path) -> None:
    for format in OWN_FORMATS:
        for ending in format.endings:
            path = tmp_path / f"answer{ending}"
            ran = run("summary", "-o", str(path))
            assert (ran.status, ran.out) == (0, "")
            assert path.stat().st_size > 500


def test_a_byte_order_mark_for_excel(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "answer.csv"
    run("summary", "-o", str(path), "--encoding-out", "utf-8-sig")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfdivision,budget")


def test_the_input_is_never_written_to(run: Run, table: Table) -> None:
    path = table("부서,예산현액,지출액\n가과,10,5\n")
    before = Path(path).read_bytes()
    ran = run("summary", path, "-o", path)
    assert ran.status == 2
    assert "it is the input" in ran.err
    assert Path(path).read_bytes() == before


@pytest.mark.parametrize("source", ["{}", "{}/*.csv", "{}/link.csv", "{}/hard.csv", "-"])
def test_the_input_is_never_written_to_by_whatever_name_it_was_read(
    tmp_path: Path, source: str
) -> None:
    path = tmp_path / "table.csv"
    path.write_text(ONE_ROW, encoding="utf-8")
    (tmp_path / "link.csv").symlink_to(path)
    (tmp_path / "hard.csv").hardlink_to(path)
    with path.open("rb") as opened:
        ran = subprocess.run(
            [*PROGRAM, "summary", source.format(tmp_path), "-o", str(path)],
            stdin=opened,
            capture_output=True,
        )
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert path.read_text(encoding="utf-8") == ONE_ROW


def test_a_pipe_is_not_read_again_to_see_whether_it_is_the_output(tmp_path: Path) -> None:
    pipe, path = tmp_path / "pipe", tmp_path / "answer.csv"
    os.mkfifo(pipe)
    path.write_text("old", encoding="utf-8")
    with subprocess.Popen([*PROGRAM, "summary", str(pipe), "-o", str(path)]) as running:
        pipe.write_text(ONE_ROW, encoding="utf-8")
        assert running.wait(60) == 0
    assert path.read_text(encoding="utf-8").startswith("division,")


def test_the_source_of_the_environment_is_an_input_too(
    run: Run, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = table(ONE_ROW)
    monkeypatch.setenv("BUDGETCLI_SOURCE", path)
    assert run("summary", "-o", path).status == 2
    assert Path(path).read_text(encoding="utf-8") == ONE_ROW


@pytest.mark.parametrize("kind", ["duckdb", "sqlite"])
@pytest.mark.parametrize("form", ["{}:///{}#t", "{}://{}#t"])
def test_a_database_is_an_input_by_its_address(
    run: Run, tmp_path: Path, kind: str, form: str
) -> None:
    path = tmp_path / "ledger.db"
    connected = duckdb.connect(path) if kind == "duckdb" else sqlite3.connect(path)
    with closing(connected) as database:
        database.execute("CREATE TABLE t AS SELECT '가과' AS 부서, 10 AS 예산현액, 5 AS 지출액")
    before = path.read_bytes()
    ran = run("summary", form.format(kind, path), "-f", "csv", "-o", str(path))
    assert (ran.status, ran.out) == (2, "")
    assert "it is the input" in ran.err
    assert path.read_bytes() == before


def test_a_file_of_targets_is_an_input_too(run: Run, table: Table) -> None:
    goals = table("부서,목표율\n가과,60%\n", "goals.csv")
    ran = run("summary", table(ONE_ROW), "--target", goals, "-o", goals)
    assert (ran.status, ran.out) == (2, "")
    assert "it is the input" in ran.err


def test_a_link_stays_a_link_and_what_it_points_to_is_written(run: Run, tmp_path: Path) -> None:
    link, path = tmp_path / "link.csv", tmp_path / "answer.csv"
    link.symlink_to(path)
    assert run("summary", "-o", str(link)).status == 0
    assert link.is_symlink()
    assert path.read_bytes().startswith(b"division,")


def test_a_named_pipe_takes_the_answer_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "answer.csv"
    os.mkfifo(pipe)
    with subprocess.Popen([*PROGRAM, "summary", "-q", "-o", str(pipe)]) as writing:
        assert pipe.read_bytes().startswith(b"division,")
    assert writing.returncode == 0
    assert pipe.is_fifo()


def test_a_full_device_is_one_message() -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run([*PROGRAM, "summary", "-q"], stdout=full, stderr=subprocess.PIPE)
    assert ran.returncode == 2
    assert ran.stderr.startswith(b"budgetcli: stdout: cannot be written: No space left on device")


@pytest.mark.parametrize(("words", "status"), [("", 2), ("-o answer.csv", 0), ("2>&-", 2)])
def test_closed_streams_are_no_tracebacks(tmp_path: Path, words: str, status: int) -> None:
    ran = subprocess.run(
        ["bash", "-c", f"{' '.join(PROGRAM)} summary -q {words} >&-"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
    )
    assert ran.returncode == status
    assert b"Traceback" not in ran.stderr


def test_nobody_reading_stderr_changes_nothing() -> None:
    ran = subprocess.run(
        ["bash", "-c", f"{' '.join(PROGRAM)} summary 2>/dev/full"], capture_output=True
    )
    assert (ran.returncode, ran.stdout[:9]) == (0, b"division,")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-o", "answer.foo"), "'.foo' tells no output format"),
        (("-f", "nope"), "'nope' is no output format"),
        (("--encoding-out", "nope"), "there is no encoding called nope"),
    ],
)
def test_an_output_that_cannot_be_is_said_before_anything_is_read(
    run: Run, words: tuple[str, ...], said: str
) -> None:
    ran = run("summary", "no such file", *words)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


def test_a_failed_write_leaves_the_old_file_and_nothing_beside_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "answer.csv"
    path.write_text("old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    ran = run("summary", "-o", str(path))
    assert ran.status == 2
    assert "No space left on device" in ran.err
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_written_file_keeps_the_permissions_of_the_old_one(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "answer.csv"
    path.touch(mode=0o640)
    path.chmod(0o640)
    run("summary", "-o", str(path))
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_reader_that_goes_away_is_no_error() -> None:
    piped = subprocess.run(
        ["bash", "-c", f"{' '.join(PROGRAM)} summary -q | head -1; echo ${{PIPESTATUS[0]}}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert piped.stdout.splitlines()[1] == "0"
    assert piped.stderr == ""


def test_a_pipe_is_never_cut_to_the_terminal() -> None:
    narrow = subprocess.run(
        [*PROGRAM, "summary", "-q"],
        capture_output=True,
        env={**os.environ, "COLUMNS": "20"},
        check=True,
    )
    assert max(map(len, narrow.stdout.splitlines())) > 100


def test_colour_only_where_it_is_wanted(run: Run) -> None:
    assert "\x1b[" not in run("summary", "-f", "table").out
    assert "\x1b[" in run("summary", "-f", "table", "--color", "always").out


def test_quiet_and_language_are_taken_before_the_command_too(run: Run) -> None:
    ran = run("--lang", "ko", "-q", "summary")
    assert ran.out.startswith("부서,")
    assert ran.err == ""


def test_warnings_reach_a_reader_of_csv_on_stderr(run: Run, table: Table) -> None:
    ran = run("summary", table("부서,예산현액,지출액\n가과,10,15\n"))
    assert "가과 expenditure: spent more than its budget" in ran.err
