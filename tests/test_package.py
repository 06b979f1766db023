"""What is shipped: the built-in table, the wheel that carries it, the version."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.conftest import Run

ROOT = Path(__file__).parents[1]


def test_the_built_in_table_is_the_one_at_the_top_level() -> None:
    from budgetcli.readers.find import built_in_path

    text = Path(built_in_path()).read_text(encoding="utf-8")
    assert text == (ROOT / "data" / "budget_2024.csv").read_text(encoding="utf-8")
    assert text.splitlines()[:2] == [
        "부서,예산현액,원인행위액,지출액,원인행위율,집행률,기준일,단위",
        "계,685068,496416,463697,72.5,67.7,2024-07-31,백만원",
    ]


def test_every_room_is_shipped() -> None:
    rooms = {path.parent.relative_to(ROOT) for path in (ROOT / "budgetcli").rglob("__init__.py")}
    settings = ConfigParser()
    settings.read(ROOT / "setup.cfg", encoding="utf-8")
    shipped = settings["options"]["packages"].split()
    assert sorted(".".join(room.parts) for room in rooms) == sorted({*shipped} - {"budgetcli.data"})


def test_every_dependency_has_a_range() -> None:
    settings = ConfigParser(interpolation=None)
    settings.read(ROOT / "setup.cfg", encoding="utf-8")
    lists = [
        settings["options"]["install_requires"],
        *settings["options.extras_require"].values(),
    ]
    named = [line for text in lists for line in text.split() if not line.startswith("%(")]
    assert len(named) > 20
    assert [line for line in named if ">=" not in line or ",<" not in line] == []


def test_wheel_and_sdist_build_and_the_wheel_runs_anywhere(tmp_path: Path) -> None:
    pytest.importorskip("build", reason="installed by the test extra")
    subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(tmp_path), str(ROOT)],
        check=True,
        capture_output=True,
    )
    assert [path.suffix for path in sorted(tmp_path.iterdir())] == [".whl", ".gz"]
    wheel = next(tmp_path.glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
        names = [name.partition(".data/data/")[2] for name in archive.namelist()]
    assert {"share/man/man1/budgetcli.1", "share/man/ko/man1/budgetcli-lagging.1"} <= {*names}
    ran = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; sys.path.insert(0, 'site'); "
            "from budgetcli.cli import main; import budgetcli; "
            "assert 'site' in budgetcli.__file__; "
            "sys.exit(main(['summary', '--lang', 'ko', '-f', 'html']))",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "창조산업과" in ran.stdout
    assert "부진" in ran.stdout  # the Korean sentences are in the wheel


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").out.startswith("budgetcli 0.")


def test_it_runs_as_a_module() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "budgetcli", "--version"], capture_output=True, text=True, check=True
    )
    assert ran.stdout.startswith("budgetcli ")
