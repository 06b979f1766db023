"""Bars, sparklines and signs on terminals whose encoding has no blocks, and without colour."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from budgetcli.cli import main
from tests.cli.terminals import Terminal
from tests.conftest import Run

Seen = Callable[..., str]
DAYS = "부서,예산현액,지출액,기준일\n" + "".join(
    f"가과,100,{10 * month},2024-0{month}-28\n나과,100,{5 * month},2024-0{month}-28\n"
    for month in range(1, 6)
)


@pytest.fixture
def seen(run: Run, monkeypatch: pytest.MonkeyPatch) -> Seen:  # noqa: ARG001 - its environment
    """What a terminal of 80 cells and an encoding shows; fails where it cannot show something."""
    monkeypatch.setenv("COLUMNS", "80")

    def shown(encoding: str, *words: str) -> str:
        terminal = Terminal(encoding)
        monkeypatch.setattr(sys, "stdout", terminal)
        assert main([*words, "-q"]) == 0
        return terminal.seen

    return shown


@pytest.mark.parametrize("encoding", ["cp949", "euc-kr"])
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("command", ["summary", "lagging", "forecast", "check", "config"])
def test_every_sign_is_one_the_terminal_has(
    seen: Seen, encoding: str, language: str, command: str
) -> None:
    assert "\\u" not in seen(encoding, command, "--lang", language)


@pytest.mark.parametrize(
    ("encoding", "bar", "line"), [("cp949", "##", "_:iO#"), ("utf-8", "██", "▁▃▅▇█")]
)
def test_bars_and_sparklines_fit_the_encoding(
    seen: Seen,
    table: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch,
    encoding: str,
    bar: str,
    line: str,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    shown = seen(encoding, "trend", table(DAYS))
    assert bar in shown
    assert line in shown


@pytest.mark.parametrize("encoding", ["cp949", "utf-8"])
@pytest.mark.parametrize("variable", [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_without_colour_nothing_is_lost_but_the_colour(
    seen: Seen, monkeypatch: pytest.MonkeyPatch, encoding: str, variable: tuple[str, str]
) -> None:
    monkeypatch.setenv(*variable)
    shown = seen(encoding, "lagging", "--below", "60")
    assert "\x1b" not in shown
    assert "창조산업과" in shown
    assert ("▼ lagging" if encoding == "utf-8" else "<  lagging") in shown
