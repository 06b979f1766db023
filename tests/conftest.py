"""What several test rooms share: the folder of real files, and a fixed language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from budgetcli.i18n import use_language

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
