"""No file stalls, swells, crashes or misleads: an answer or one message, within memory's bound.

The same files at their real size, with seconds: `python -m tools.hostile`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.files import MAKERS
from tools.hostile import MOST_MEGABYTES, measured

SMALL = 12
# what an odd file still says is read; what it does not say is named
READABLE = {"long_number.json", "backtracking.csv"}


@pytest.mark.parametrize("name", MAKERS)
def test_a_hostile_file_is_one_message(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    MAKERS[name](tmp_path / name, SMALL)
    ran = measured(["summary", str(tmp_path / name), "--as-of", "2024-07-31"], tmp_path)
    assert (ran.status, "Traceback" in ran.said) == (0 if name in READABLE else 2, False), ran.said
    assert ran.said.startswith("budgetcli: ")
    assert "Next: " in ran.said or name in READABLE
    assert ran.megabytes < MOST_MEGABYTES
    assert [*scratch.iterdir()] == []


def test_every_column_of_thousands_is_not_listed(tmp_path: Path) -> None:
    MAKERS["wide.csv"](tmp_path / "wide.csv", 1)
    ran = measured(["summary", str(tmp_path / "wide.csv")], tmp_path)
    assert "#20 c19, ... (16,384)" in ran.said
    assert len(ran.said) < 1000


def test_what_holds_memory_beside_the_program_is_not_measured(tmp_path: Path) -> None:
    held = b"x" * (600 << 20)
    assert measured(["--version"], tmp_path).megabytes < 100 < len(held) >> 20
