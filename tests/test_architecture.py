"""Imports point one way: each room may know those below it, and there are no cycles."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "budgetcli"

# room -> rooms it may import from, itself left out
BELOW: dict[str, set[str]] = {
    "i18n": set(),
    "patterns": set(),
    "version": set(),
    "config": {"config_file"},
    "config_file": {"errors", "i18n", "readers"},
    "errors": {"i18n"},
    "fields": {"i18n"},
    "model": {"i18n"},
    "measures": set(),
    "target_schedules": set(),
    "targets": {"errors", "i18n", "measures", "target_schedules"},
    "target_files": {"errors", "i18n", "measures", "model", "readers", "recognise", "targets"},
    "report": {"fields", "i18n", "measures", "model", "targets"},
    "progress": {"i18n"},
    "readers": {"patterns", "errors", "i18n", "model", "progress"},
    "recognise": {"patterns", "errors", "fields", "i18n", "measures", "model"},
    "rollup": {"errors", "fields", "i18n", "model", "readers", "recognise"},
    "loading": {"errors", "fields", "i18n", "model", "progress", "readers", "recognise", "rollup"},
    "streaming": {"errors", "i18n", "loading", "model", "readers", "recognise", "rollup"},
    "claims": {"patterns", "i18n", "measures", "model", "recognise"},
    "analysis": {
        "claims",
        "config",
        "errors",
        "fields",
        "i18n",
        "measures",
        "model",
        "recognise",
        "report",
        "targets",
    },
    "views": {"patterns", "errors", "fields", "i18n", "measures", "model", "report", "targets"},
    "cli": {
        "analysis",
        "asked",
        "config",
        "config_file",
        "errors",
        "fields",
        "i18n",
        "loading",
        "model",
        "progress",
        "readers",
        "recognise",
        "report",
        "streaming",
        "target_schedules",
        "targets",
        "version",
        "views",
    },
    "__main__": {"cli"},
    "asked": {"errors", "i18n", "model", "recognise", "target_files", "targets"},
    "frames": {"errors", "fields", "i18n", "measures", "model", "report"},
    "api": {
        "analysis",
        "asked",
        "errors",
        "frames",
        "i18n",
        "loading",
        "model",
        "readers",
        "report",
        "targets",
        "views",
    },
    "__init__": {"api"},
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        yield name.removesuffix(".__init__"), ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.update(_meant(node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
    return {name for name in found if name.startswith("budgetcli.")}


def _meant(package: str, name: str) -> str:
    """`from package import name` imports a module where there is one of that name."""
    path = PACKAGE.parent.joinpath(*package.split("."), name)
    is_module = path.with_suffix(".py").exists() or (path / "__init__.py").exists()
    return f"{package}.{name}" if is_module else package


def room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


@pytest.mark.parametrize(("module", "tree"), list(modules()), ids=lambda value: str(value)[:60])
def test_a_room_imports_only_from_rooms_below_it(module: str, tree: ast.Module) -> None:
    own = room(module)
    above = {room(name) for name in imported(tree)} - {own} - BELOW[own]
    assert not above


def test_no_module_imports_itself_by_a_detour() -> None:
    trees = dict(modules())
    graph = {
        module: {name for name in imported(tree) if name in trees and name != module}
        for module, tree in trees.items()
    }
    TopologicalSorter(graph).prepare()  # raises CycleError


def loaded_by(*words: str) -> set[str]:
    """What a fresh interpreter has imported after running the program on these words."""
    code = (
        "import sys, json, os; sys.stdout = open(os.devnull, 'w');"
        "from budgetcli.cli import main; main(sys.argv[1:]);"
        "print(json.dumps(sorted(sys.modules)), file=sys.__stdout__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True
    )
    found: list[str] = json.loads(done.stdout)
    return set(found)


HEAVY = {
    "pathlib",  # light beside the others, but a twentieth of this path
    "pandas",
    "numpy",
    "duckdb",
    "narwhals",
    "pyarrow",
    "rich",
    "tabulate",
    "jinja2",
    "xlsxwriter",
    "python_calamine",
    "pdfplumber",
    "hwpx",
    "matplotlib",
}


@pytest.mark.parametrize(
    "words", [["--help"], ["summary", "-q"], ["lagging", "--below", "60", "-q", "-f", "json"]]
)
def test_the_interactive_path_loads_no_heavy_library(words: list[str]) -> None:
    assert not HEAVY & loaded_by(*words)


def test_rolling_up_loads_no_heavy_library_but_the_engine(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.csv"
    ledger.write_text("부서,예산현액,지출액\n예산과,7100000,1\n", encoding="utf-8")
    loaded = HEAVY & loaded_by("summary", str(ledger), "--engine", "duckdb", "-q")
    assert loaded == {"duckdb", "narwhals", "pathlib"}


@pytest.mark.parametrize(
    "words",
    [
        ["show", "창조"],
        ["compare", "data/budget_2024.csv", "data/budget_2024.csv"],
        ["check"],
        ["convert"],
        ["tables"],
        ["summary", "data/budget_2024.csv"],
    ],
)
def test_questions_about_one_day_load_no_pandas(words: list[str]) -> None:
    assert not {"pandas", "numpy"} & loaded_by(*words, "-q")


def test_questions_over_dates_are_asked_of_pandas_frames() -> None:
    assert "pandas" in loaded_by("forecast", "-q")


def test_pictures_alone_know_matplotlib() -> None:
    knowing = {
        module
        for module, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        and "matplotlib" in ast.unparse(node)
        and not module.startswith("budgetcli.views.picture.")
    }
    assert knowing <= {"budgetcli.views.picture"}  # the types of its functions


def test_help_on_pictures_draws_none() -> None:
    assert not HEAVY & loaded_by("chart", "--help")


def test_a_table_on_a_terminal_needs_rich_alone() -> None:
    assert HEAVY & loaded_by("summary", "-q", "-f", "table") == {"rich"}


def test_importing_the_package_loads_none_of_it_until_it_is_used() -> None:
    code = "import sys, budgetcli; print([n for n in sys.modules if n.startswith('budgetcli.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_python_api_loads_pandas_for_frames_alone() -> None:
    code = "import sys, budgetcli; budgetcli.lagging(below=60); print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_help_loads_no_room_but_the_command_line() -> None:
    rooms = {room(name) for name in loaded_by("--help") if name.startswith("budgetcli.")}
    assert rooms == {"cli", "config", "errors", "i18n"}


def test_reading_one_format_imports_no_other_reader() -> None:
    readers = {name for name in loaded_by("summary", "-q") if name.startswith("budgetcli.readers.")}
    shared = {"registry", "sniff", "source", "find", "skipped", "encoding", "dialect", "zip_names"}
    assert readers - {f"budgetcli.readers.{name}" for name in shared} == {
        "budgetcli.readers.delimited"
    }
