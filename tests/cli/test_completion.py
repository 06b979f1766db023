"""Completion at a TAB: what is offered, how each shell gets it, and that it never gets in the way.

The protocol is driven through the environment; bash, zsh and fish are run where they are installed.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.shells import SHELLS
from tests.conftest import Run

Offered = Callable[..., list[str]]
ROOT = Path(__file__).parents[2]
TABLE = (
    "부서,회계,예산현액,지출액\n"
    '경제 정책과,일반 회계,100,50\n경제과 (신),특별,200,150\n"A, B\'s $과",일반 회계,1,1\n'
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose default source is a table with awkward names."""
    (tmp_path / "july.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "budgetcli.toml").write_text('source = "july.csv"\n[targets]\ncouncil = 62\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def offered(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> Offered:
    """The values that a shell is offered for a line (default: fish, which takes them as they are).

    Without a word on stderr, and with success.
    """
    assert here

    def values(line: str, shell: str = "fish", word: str = "") -> list[str]:
        for name, value in (("LINE", line), ("WORD", word)):
            monkeypatch.setenv(f"COMP_{name}", value)
        monkeypatch.setenv("_BUDGETCLI_COMPLETE", f"{shell}_complete")
        ran = run()
        assert (ran.status, ran.err) == (0, "")
        return [line.split("\t")[1] for line in ran.out.splitlines() if line.startswith("plain")]

    return values


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("budgetcli sum", ["summary"]),
        ("budgetcli lagging --be", ["--below"]),
        ("budgetcli summary -f jso", ["json", "jsonl"]),
        ("budgetcli summary --format=jso", ["--format=json", "--format=jsonl"]),
        ("budgetcli --lang ", ["ko", "en"]),
        ("budgetcli summary --target co", ["council"]),
        ("budgetcli summary --target early-2024", ["early-2024"]),
        ("budgetcli summary --unit 백", ["백만원"]),
        ("budgetcli summary --encoding cp", ["cp949"]),
        ("budgetcli show 경제", ["경제 정책과", "경제과 (신)"]),
        ("budgetcli show '경제 ", ["경제 정책과"]),
        ("budgetcli show 경제\\ ", ["경제 정책과"]),
        ("budgetcli summary --map exec", ["execution_rate="]),
        ("budgetcli summary --map budget=예", ["budget=예산현액"]),
        ("budgetcli summary --map=budget=예", ["--map=budget=예산현액"]),
        ("budgetcli summary --by 회", ["회계"]),
        ("budgetcli summary --by fun", ["fund", "function"]),
        ("budgetcli summary --where 회", ["회계="]),
        ("budgetcli summary --where 회계=", ["회계=일반 회계", "회계=특별"]),
        ("budgetcli summary --where division=A", ["division=A, B's $과"]),
        ("budgetcli summary --table ", ["1"]),
        ("budgetcli summary --where nowhere=", []),
        ("budgetcli --version ", [*COMMANDS]),
        ("budgetcli completion f", ["fish"]),
    ],
)
def test_what_is_offered(offered: Offered, line: str, expected: list[str]) -> None:
    assert offered(line) == expected


def test_the_source_on_the_line_is_looked_into(offered: Offered, here: Path) -> None:
    (here / "other.csv").write_text("부서,낯선 열\n가과,1\n", encoding="utf-8")
    assert offered("budgetcli summary other.csv --map budget=낯") == ["budget=낯선 열"]


def test_sheets_are_offered_by_name(offered: Offered, run: Run) -> None:
    run("summary", "july.csv", "-o", "july.xlsx", "-q")
    assert offered("budgetcli summary july.xlsx --sheet ") != []


def test_commands_and_flags_are_explained_in_the_language_in_use(
    run: Run, offered: Offered, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered("budgetcli summary --expl")
    monkeypatch.setenv("BUDGETCLI_LANG", "ko")
    assert "추정했는지" in run().out


def test_files_are_left_to_the_shell(
    run: Run, offered: Offered, monkeypatch: pytest.MonkeyPatch
) -> None:
    for line in ("budgetcli summary j", "budgetcli summary -o j", "budgetcli summary --target ju"):
        assert offered(line) == []
        monkeypatch.setenv("COMP_LINE", line)
        assert run().out.startswith("file\t")


@pytest.mark.parametrize(
    "name", ["-", "http://127.0.0.1:9/", "gone.csv", "fifo", "large.csv", "a.pdf", "."]
)
def test_what_is_not_quick_to_read_is_not_read(offered: Offered, here: Path, name: str) -> None:
    os.mkfifo(here / "fifo")
    (here / "large.csv").write_text(TABLE + "가과,나,1,1\n" * 200_000, encoding="utf-8")
    (here / "a.pdf").write_bytes(b"%PDF-1.7\n")
    assert offered(f"budgetcli summary {name} --where 회계=") == []


def test_a_settings_file_that_is_wrong_is_no_reason_to_complain(
    offered: Offered, here: Path
) -> None:
    (here / "budgetcli.toml").write_text("unit = ")
    assert offered("budgetcli sum") == ["summary"]
    assert offered("budgetcli show 경") == []


def test_a_shell_that_nobody_knows_gets_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_BUDGETCLI_COMPLETE", "nushell_complete")
    assert run() == (0, "", "")


def test_names_with_controls_are_not_offered(offered: Offered, here: Path) -> None:
    (here / "july.csv").write_text("부서,예산현액,지출액\n가\x1b[2J과,1,1\n가나과,1,1\n")
    assert offered("budgetcli show 가") == ["가나과"]


@pytest.mark.parametrize(
    ("line", "word", "expected"),
    [
        ("budgetcli show 경제과", "경제과", ["경제과\\ \\(신\\)"]),
        ("budgetcli show A", "A", ["A,\\ B\\'s\\ \\$과"]),
        ("budgetcli show '경제 정", "경제 정", ["경제 정책과"]),
        ("budgetcli summary --where 회계=일", "일", ["일반\\ 회계"]),
        ("budgetcli summary --where 회계=", "=", ["일반\\ 회계", "특별"]),
        ("budgetcli summary --format=cs", "cs", ["csv"]),
    ],
)
def test_bash_gets_words_quoted_from_where_it_starts_anew(
    offered: Offered, line: str, word: str, expected: list[str]
) -> None:
    assert offered(line, "bash", word) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("budgetcli show 경제과", ["'경제과 (신)'"]),
        ("budgetcli show A", ["'A, B''s $과'"]),
        ("budgetcli summary 2024\\july.csv --form", ["--format"]),
        ("budgetcli summary --format=cs", ["--format=csv"]),
    ],
)
def test_powershell_gets_words_in_its_own_quotes(
    offered: Offered, line: str, expected: list[str]
) -> None:
    assert offered(line, "powershell") == expected


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_has_its_script(run: Run, shell: str) -> None:
    ran = run("completion", shell)
    assert ran.status == 0
    assert f"{shell}_complete" in ran.out
    assert "COMP_LINE" in ran.out


def test_without_a_shell_the_shells_are_listed(run: Run) -> None:
    ran = run("completion")
    assert (ran.status, ran.out) == (2, "")
    assert "Choose from: bash, zsh, fish, powershell" in ran.err


def test_powershells_script_registers_a_completer(run: Run) -> None:
    script = run("completion", "powershell").out
    assert script.startswith("Register-ArgumentCompleter -Native -CommandName budgetcli")
    assert script.count("{") == script.count("}")


IN_A_SHELL = {
    "bash": """
        eval "$(budgetcli completion bash)"
        COMP_LINE=$1 COMP_POINT=${#1}
        _budgetcli_completion budgetcli "${1##* }" ""
        printf '%s\\n' "${COMPREPLY[@]}"
    """,
    "fish": "budgetcli completion fish | source; complete -C $argv[1]",
}


@pytest.fixture
def in_a_shell(here: Path, tmp_path: Path) -> Callable[[str, str], str]:
    """Load the script in a real shell and ask for a line's completions."""
    program = tmp_path / "bin" / "budgetcli"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m budgetcli "$@"\n')
    program.chmod(0o755)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("BUDGETCLI")},
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C.UTF-8",
        "HOME": str(tmp_path),
    }

    def asked(shell: str, line: str) -> str:
        if not shutil.which(shell):
            pytest.skip(f"{shell} is not installed")
        words = [shell, "-c", IN_A_SHELL[shell], *(["-"] if shell == "bash" else []), line]
        ran = subprocess.run(words, cwd=here, env=environment, capture_output=True, check=False)
        assert ran.stderr == b""
        return ran.stdout.decode().strip()

    return asked


@pytest.mark.parametrize(
    ("shell", "expected"), [("bash", "경제과\\ \\(신\\)"), ("fish", "경제과 (신)")]
)
def test_a_real_shell_completes_a_division(
    in_a_shell: Callable[[str, str], str], shell: str, expected: str
) -> None:
    assert in_a_shell(shell, "budgetcli show 경제과") == expected


def test_zsh_takes_its_script(run: Run) -> None:
    if not shutil.which("zsh"):
        pytest.skip("zsh is not installed")
    checked = subprocess.run(
        ["zsh", "-f", "-n"],
        input=run("completion", "zsh").out.encode(),
        capture_output=True,
        check=False,
    )
    assert (checked.returncode, checked.stderr) == (0, b"")


def test_a_reader_that_hangs_ends_with_the_time_allowed(here: Path) -> None:
    """In a process of its own, since it is ended the hard way."""
    code = (
        "import time, sys; from budgetcli.cli import shells, suggest, main;"
        "shells._SECONDS = 0.2; suggest.divisions = lambda ctx, word: time.sleep(60);"
        "sys.exit(main([]))"
    )
    environment = os.environ | {
        "_BUDGETCLI_COMPLETE": "bash_complete",
        "COMP_LINE": "budgetcli show ",
        "PYTHONPATH": str(ROOT),
    }
    start = time.monotonic()
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=here, env=environment, capture_output=True, check=False
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")
    assert time.monotonic() - start < 50
