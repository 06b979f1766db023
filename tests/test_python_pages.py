"""The pages' Python is executed: each example must give what the page shows."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
REPORT = "division,budget,spent\nParks,1200,900\nRoads,5000,1000\n"


@pytest.mark.parametrize("page", ["README.md", "docs/python.md"])
def test_the_examples_give_what_the_page_shows(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.csv").write_text(REPORT, encoding="utf-8")
    options = doctest.NORMALIZE_WHITESPACE
    ran = doctest.testfile(
        str(ROOT / page), module_relative=False, optionflags=options, encoding="utf-8"
    )
    assert ran.attempted
    assert not ran.failed
