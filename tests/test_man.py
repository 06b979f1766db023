"""Manual pages: one a command and language, made of the help, and good troff."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.manual import pages
from budgetcli.cli.root import speak
from budgetcli.i18n import Language
from tests.conftest import Run
from tools.man import FOLDERS


@pytest.fixture
def quiet_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The language that click's own words are in, restored afterwards."""
    monkeypatch.setenv("LANGUAGE", "en")
    yield
    speak("en")


@pytest.mark.parametrize("language", FOLDERS)
def test_every_command_has_its_page(language: Language) -> None:
    names = {path.name for path in FOLDERS[language].iterdir()}
    assert names == {"budgetcli.1", *(f"budgetcli-{name}.1" for name in COMMANDS)}


@pytest.mark.usefixtures("quiet_environment")
@pytest.mark.parametrize("language", FOLDERS)
def test_the_committed_pages_are_what_the_help_says_now(language: Language) -> None:
    """python tools/man.py writes them."""
    speak(language)
    committed = {path.name: path.read_text("utf-8") for path in FOLDERS[language].iterdir()}
    assert committed == pages()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_page_has_every_flag_of_the_help(run: Run, name: str) -> None:
    page = (FOLDERS["en"] / f"budgetcli-{name}.1").read_text("utf-8").replace("\\-", "-")
    flags = [
        word.strip(",")
        for line in run(name, "--help").out.splitlines()
        if line.startswith("  -")
        for word in line.split()
        if word.startswith("--")
    ]
    assert flags
    assert [flag for flag in flags if flag not in page] == []


@pytest.mark.parametrize(
    "path", [path for folder in FOLDERS.values() for path in sorted(folder.iterdir())], ids=str
)
def test_troff_has_nothing_to_complain_of(path: Path) -> None:
    if not shutil.which("groff"):
        pytest.skip("groff is not installed")
    ran = subprocess.run(
        ["groff", "-k", "-man", "-ww", "-Tutf8", "-z", path], capture_output=True, check=True
    )
    assert ran.stderr == b""
