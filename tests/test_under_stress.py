"""Kills, crowds, strange surroundings: the same answer, the old file or the new, or a message."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.files import TABLE
from tools.killed import killed

ROOT = Path(__file__).parents[1]
PROGRAM = [sys.executable, "-m", "budgetcli"]


def test_a_kill_at_any_moment_leaves_the_old_file_or_the_new() -> None:
    """A thousand of them: `python -m tools.killed`."""
    counts = killed(10)
    assert (counts.half, counts.input_touched) == (0, False)
    assert counts.old + counts.new == 10


def test_two_hundred_at_once_on_one_file_give_one_answer(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(TABLE, encoding="utf-8")
    before = path.stat()
    runs = [
        subprocess.Popen([*PROGRAM, "summary", str(path), "-q"], stdout=subprocess.PIPE)
        for _ in range(200)
    ]
    answers = {run.communicate()[0] for run in runs}
    assert len(answers) == 1
    assert {run.returncode for run in runs} == {0}
    after = path.stat()
    assert (after.st_mtime_ns, after.st_size) == (before.st_mtime_ns, before.st_size)
    assert [*tmp_path.iterdir()] == [path]


def test_twenty_at_once_may_write_one_file(tmp_path: Path) -> None:
    path = tmp_path / "answer.csv"
    runs = [subprocess.Popen([*PROGRAM, "summary", "-q", "-o", str(path)]) for _ in range(20)]
    assert {run.wait() for run in runs} == {0}
    assert path.read_bytes().startswith(b"division,")
    assert [*tmp_path.iterdir()] == [path]


def answered(words: list[str], **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        words, capture_output=True, cwd=ROOT, env={**os.environ, **environment}, check=False
    )


ISOLATED = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import runpy; sys.argv[0] = 'budgetcli'"
RUN = f"{ISOLATED}; runpy.run_module('budgetcli', run_name='__main__')"


@pytest.mark.parametrize("flags", [["-I"], ["-OO"], ["-I", "-OO"], ["-bb", "-W", "error"]])
@pytest.mark.parametrize("words", [["summary"], ["check"], ["summary", "-f", "json"]])
def test_every_way_to_start_python_gives_the_same_answer(
    flags: list[str], words: list[str]
) -> None:
    usual = answered([*PROGRAM, *words, "-q"])
    ran = answered([sys.executable, *flags, "-c", RUN, *words, "-q"])
    assert (ran.returncode, ran.stdout, ran.stderr) == (
        usual.returncode,
        usual.stdout,
        usual.stderr,
    )


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "ko_KR.CP949", "PYTHONIOENCODING": "cp949"},
        {"LC_ALL": "no_SUCH.locale"},
        {"HOME": "/proc", "XDG_CONFIG_HOME": "/proc", "XDG_CACHE_HOME": "/proc"},
        {"HOME": "/nowhere", "TMPDIR": "/nowhere"},
        {"COLUMNS": "0", "TERM": "nonsense"},
        {"COLUMNS": "many"},
    ],
)
def test_every_surrounding_gives_the_same_data(environment: dict[str, str]) -> None:
    words = [*PROGRAM, "summary", "-q", "--lang", "ko", "-f"]
    for format in ("csv", "json", "table"):
        ran = answered([*words, format], **environment)
        assert (ran.returncode, ran.stderr) == (0, b""), environment
        assert ran.stdout.decode("utf-8").count("창조산업과") >= 1


@pytest.mark.parametrize("encoding", ["ascii", "cp949", "utf-8"])
def test_every_error_reaches_a_terminal_of_any_encoding(encoding: str) -> None:
    ran = answered([*PROGRAM, "summary", "없는 파일 —.csv"], PYTHONIOENCODING=encoding)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"Traceback" not in ran.stderr
    assert ran.stderr.decode(encoding).startswith("budgetcli: ")
