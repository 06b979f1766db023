"""Places that are no ordinary file, and files that change under the reader."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from budgetcli.readers import spool
from budgetcli.readers.source import Source
from tests.conftest import Run
from tests.hostile.files import TABLE

PROGRAM = [sys.executable, "-m", "budgetcli"]


@pytest.mark.parametrize("place", ["/dev/null", "/dev/zero", "/dev/full", "/dev/urandom"])
def test_a_device_is_no_table(run: Run, place: str) -> None:
    ran = run("summary", place)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"budgetcli: {place}: ")


def test_a_ring_of_links_leads_nowhere(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    ran = run("summary", str(tmp_path / "a"))
    assert (ran.status, ran.out) == (2, "")
    assert "Too many levels of symbolic links" in ran.err


def test_a_folder_inside_itself_is_read_once(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "again").symlink_to(tmp_path)
    assert run("summary", str(tmp_path), "-q").out.count("가과") == 1


def test_standard_input_without_end_is_one_message() -> None:
    ran = subprocess.run(
        ["bash", "-c", f"yes a,b | {' '.join(PROGRAM)} summary -"], capture_output=True, text=True
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "stdin: it gives more than 1024 MB, and perhaps never ends" in ran.stderr


def test_a_name_that_climbs_out_of_its_archive_writes_nothing(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / "up.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../up.csv", TABLE)
        archive.writestr("/tmp/up of budgetcli.csv", TABLE)
    ran = run("summary", str(path), "-q")
    assert ran.out.count("up.zip:../../up.csv:2") == 1
    assert [*tmp_path.rglob("*")] == [folder, path]
    assert not Path("/tmp/up of budgetcli.csv").exists()


def test_line_ends_of_every_kind_are_line_ends(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mixed.csv"
    path.write_bytes(TABLE.encode().replace(b"\n", b"\r\n", 1).replace(b"50\n", b"50\r"))
    ran = run("summary", str(path), "-q")
    assert [line.split(",")[:2] for line in ran.out.splitlines()[1:3]] == [
        ["가과", "100"],
        ["나과", "200"],
    ]


def test_a_file_that_goes_while_it_is_read_is_one_message(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "going.csv"
    path.write_text(TABLE, encoding="utf-8")
    looked = Source.everything

    def gone(source: Source) -> bytes:
        path.unlink()
        return looked(source)

    monkeypatch.setattr(Source, "everything", gone)
    ran = run("summary", str(path))
    assert (ran.status, ran.out) == (2, "")
    assert "there is no such file" in ran.err


def test_a_file_that_grows_while_it_is_read_ends_no_run_in_a_traceback(tmp_path: Path) -> None:
    path = tmp_path / "growing.csv"
    path.write_text(TABLE, encoding="utf-8")
    ended = threading.Event()

    def grow() -> None:
        with path.open("a", encoding="utf-8") as stream:
            while not ended.wait(0.0005):
                stream.write("다과,1,1\n")
                stream.flush()

    growing = threading.Thread(target=grow)
    growing.start()
    ran = subprocess.run([*PROGRAM, "summary", str(path), "-q"], capture_output=True)
    ended.set()
    growing.join()
    assert ran.returncode in (0, 2)
    assert b"Traceback" not in ran.stderr


def test_a_pipe_is_bounded(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "MOST_BYTES", 10)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writing = threading.Thread(target=lambda: pipe.write_text(TABLE, encoding="utf-8"))
    writing.start()
    ran = run("summary", str(pipe))
    writing.join()
    assert (ran.status, ran.out) == (2, "")
    assert "perhaps never ends" in ran.err


@pytest.mark.parametrize("folder", ["/proc", "/no such folder"])
def test_a_folder_that_takes_no_file_is_one_message(run: Run, folder: str) -> None:
    ran = run("summary", "-o", f"{folder}/answer.csv")
    assert (ran.status, ran.out) == (2, "")
    assert "cannot be written" in ran.err


@pytest.mark.parametrize("name", ["answer.csv", "answer.xlsx", "answer.html", "answer.json"])
def test_a_full_disk_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path, name: str) -> None:
    """No file may grow over 1000 bytes: what a write to a full disk comes to."""
    path = tmp_path / name
    path.write_text("old")
    ran = subprocess.run(
        [*PROGRAM, "summary", "-q", "-o", str(path)],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)),
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "cannot be written" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert path.read_text() == "old"
    assert [*tmp_path.iterdir()] == [path]
