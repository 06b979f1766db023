"""The bar for long work: after a second, on a terminal alone, whatever its encoding, then gone."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from budgetcli.cli import progress
from budgetcli.i18n import Sentence, say, use_language
from budgetcli.loading import LoadOptions, load_all
from budgetcli.progress import silent
from budgetcli.readers import ReadOptions, Source, apart
from tests.cli.terminals import Terminal

WHAT = say("{name}: being read", name="칠월.csv")


Put = Callable[..., Terminal]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Put:
    """Put a terminal of some encoding in stderr's place."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)

    def put(encoding: str = "utf-8") -> Terminal:
        made = Terminal(encoding)
        monkeypatch.setattr(sys, "stderr", made)
        return made

    return put


def drawn(what: Sentence = WHAT, done: int = 0, total: int | None = None) -> None:
    """What a bar draws that is put up without waiting."""
    bar = progress._Bar()
    bar.tell(what, done, total)
    bar.start()
    bar.tell(what, done, total)
    bar.stop()


@pytest.mark.parametrize("encoding", ["utf-8", "cp949", "euc-kr"])
def test_the_bar_says_what_is_done_in_the_terminals_encoding(terminal: Put, encoding: str) -> None:
    screen = terminal(encoding)
    drawn()
    assert "칠월.csv: being read" in screen.seen
    assert ("━" in screen.seen) == (encoding == "utf-8")


def test_what_the_encoding_lacks_is_spelled_out(terminal: Put) -> None:
    screen = terminal("ascii")
    drawn()
    assert "\\uce60\\uc6d4.csv" in screen.seen


def test_a_name_moves_no_cursor(terminal: Put) -> None:
    screen = terminal()
    drawn(say("{name}: being read", name="\x1b[2Jx"))
    assert "\\x1b[2Jx: being read" in screen.seen


def test_it_speaks_the_language_in_use(terminal: Put) -> None:
    screen = terminal()
    use_language("ko")
    drawn()
    assert "칠월.csv: 읽는 중" in screen.seen


def test_it_is_gone_when_the_work_is_done(terminal: Put) -> None:
    screen = terminal()
    drawn(WHAT, 1, 3)
    assert screen.seen.endswith("\x1b[2K")


def test_no_color_means_none(terminal: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal()
    monkeypatch.setenv("NO_COLOR", "1")
    drawn(WHAT, 1, 3)
    assert "\x1b[3" not in screen.seen


def test_work_that_is_over_gets_no_bar(terminal: Put) -> None:
    screen = terminal()
    bar = progress._Bar()
    bar.stop()
    bar.start()
    assert screen.seen == ""


def test_short_work_writes_nothing(terminal: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal()
    monkeypatch.setattr(progress, "_SECONDS", 3600)
    with progress.shown(quiet=False) as tell:
        tell(WHAT, 0, None)
    assert screen.seen == ""


def test_in_a_pipe_and_when_quiet_nobody_is_told(
    terminal: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal()
    with progress.shown(quiet=True) as tell:
        assert tell is silent
    for stream in (io.StringIO(), None):
        monkeypatch.setattr(sys, "stderr", stream)
        with progress.shown(quiet=False) as tell:
            assert tell is silent


def test_reading_several_files_tells_how_many_are_done(tmp_path: Path) -> None:
    for number in (1, 2):
        path = tmp_path / f"{number}.csv"
        path.write_text(f"부서,예산현액,지출액\n{number}과,2,1\n", encoding="utf-8")
    told: list[tuple[str, int, int | None]] = []

    def tell(what: Sentence, done: int, total: int | None) -> None:
        told.append((str(what).rpartition("/")[2], done, total))

    load_all(tmp_path, options=LoadOptions(progress=tell))
    assert told == [
        ("1.csv: being read", 0, 2),
        ("1.csv: being recognised", 0, None),
        ("2.csv: being read", 1, 2),
        ("2.csv: being recognised", 0, None),
    ]


def test_pages_read_apart_are_told() -> None:
    told: list[str] = []
    options = ReadOptions(progress=lambda what, _done, _total: told.append(str(what)))
    for step in range(3):
        apart._tell_page(Source("a.pdf", data=b""), options, step)
    assert told == ["a.pdf: page 1 is read", "a.pdf: page 2 is read"]
