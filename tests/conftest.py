"""What several test rooms share: real files, a fixed language, running the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

from budgetcli.cli import main
from budgetcli.config import VARIABLES
from budgetcli.i18n import use_language

# a busy machine makes no property false
settings.register_profile("untimed", deadline=None)
# pytest --hypothesis-profile=long: what docs/reliability.md counts
settings.register_profile("long", max_examples=5000, deadline=None)
# mutmut: a mutant that lives longer than this many examples is told in its report
settings.register_profile(
    "mutants", max_examples=12, deadline=None, derandomize=True, database=None
)
settings.load_profile("untimed")
REAL_FILES = Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture
def real_file() -> Callable[[str], Path]:
    """The path of a real file; skips without the folder, fails where only the file is missing."""

    def find(name: str) -> Path:
        if not REAL_FILES.is_dir():
            pytest.skip("the real files are not beside this checkout")
        path = REAL_FILES / name
        assert path.exists(), f"{path} is missing"
        return path

    return find


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Every test starts in English, whatever the machine's locale says."""
    use_language("en")
    yield
    use_language("en")


class Ran(NamedTuple):
    """What a run left behind."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run `budgetcli WORDS…` in this process, in English unless the words say otherwise."""
    for variable in (*VARIABLES.values(), "LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "no settings of whoever runs the tests"))

    def ran(*words: str) -> Ran:
        status = main(list(words))
        out, err = capfd.readouterr()
        return Ran(status, out, err)

    return ran


@pytest.fixture
def table(tmp_path: Path) -> Callable[[str], str]:
    """Write a CSV and give its path."""

    def written(text: str, name: str = "table.csv") -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return written
