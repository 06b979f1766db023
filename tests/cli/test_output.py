"""Where answers go: stdout or a file, whole or not at all, never onto the input."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from budgetcli.views import OWN_FORMATS
from tests.conftest import Run

Table = Callable[[str], str]
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
