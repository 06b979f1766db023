"""`--keep-going`: the rest is read, the broken are listed, and the exit status says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Run

ROW = "부서,예산현액,지출액\n{name}과,10,5\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A hundred tables, one of which is a broken archive."""
    inside = tmp_path / "many"
    inside.mkdir()
    for number in range(100):
        (inside / f"{number:03}.csv").write_text(ROW.format(name=f"가{number}"), encoding="utf-8")
    (inside / "042.csv").write_bytes(b"PK\3\4 broken")
    return inside


def test_without_it_one_broken_file_ends_the_run(run: Run, folder: Path) -> None:
    ran = run("summary", str(folder))
    assert (ran.status, ran.out) == (2, "")
    assert "042.csv: the archive is damaged" in ran.err


@pytest.mark.parametrize("command", ["summary", "convert --provenance", "tables"])
def test_the_rest_is_read_and_the_broken_are_listed(run: Run, folder: Path, command: str) -> None:
    files = [str(path) for path in sorted(folder.iterdir())]
    ran = run(*command.split(), *files, "--keep-going", "-q")
    assert ran.status == 2
    assert sum(f"{number:03}.csv" in ran.out for number in range(100)) == 99
    assert ran.err.splitlines()[0] == (
        "budgetcli: 1 source could not be read, and is not in the answer:"
    )
    assert len(ran.err.splitlines()) == 2
    assert "042.csv: the archive is damaged" in ran.err


def test_a_verdict_gives_way_to_what_is_missing(run: Run, folder: Path) -> None:
    words = ("lagging", str(folder), "--below", "60", "--exit-code", "-q")
    assert run(*words, "--keep-going").status == 2
    (folder / "042.csv").unlink()
    assert run(*words, "--keep-going").status == 1


def test_a_date_asked_for_lists_the_broken_once(run: Run, folder: Path) -> None:
    ran = run("summary", str(folder), "--keep-going", "--as-of", "2024-07-31", "-q")
    assert ran.err.count("042.csv") == 1


def test_where_nothing_can_be_read_the_first_says_why(run: Run, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(b"PK\3\4 broken")
    ran = run("summary", str(tmp_path), "--keep-going")
    assert (ran.status, ran.out) == (2, "")
    assert "a.csv: the archive is damaged" in ran.err


def test_nothing_broken_is_an_ordinary_run(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(ROW.format(name="가"), encoding="utf-8")
    assert run("summary", str(path), "--keep-going", "-q").status == 0
