"""Mutation testing: break one place of a rule at a time, and see whether some test fails.

Run as `python -m tools.mutate [--every N] [MODULE]...`; prints every mutant that survives, then the
score of each module. A mutant runs in a fork of a process that holds the libraries, never on disk:
with mutmut or cosmic-ray, which start Python anew for each, a run takes hours.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.abc
import importlib.util
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

SECONDS = 120
_ORACLE = "tests/oracle/test_oracle.py"
_CHECKS = (
    "tests/analysis/test_check.py",
    "tests/analysis/test_check_planted.py",
    "tests/analysis/test_check_identities.py",
    "tests/cli/test_check.py",
)
_LEVELS = (
    "tests/recognise/test_sums.py",
    "tests/recognise/test_codes.py",
    "tests/recognise/test_implied.py",
    "tests/recognise/test_levels.py",
    "tests/recognise/test_totals.py",
    "tests/recognise/test_shapes.py",
    "tests/recognise/test_portals.py",
    _ORACLE,
)
# the modules that are mutated, and the tests that speak of each, the quickest first
TESTS: dict[str, tuple[str, ...]] = {
    "budgetcli.measures": ("tests/test_measures.py", _ORACLE),
    "budgetcli.targets": ("tests/test_targets.py", "tests/cli/test_targets.py", _ORACLE),
    "budgetcli.recognise.amounts": (
        "tests/recognise/test_amounts.py",
        "tests/recognise/test_shapes.py",
        _ORACLE,
    ),
    **dict.fromkeys(
        (
            "budgetcli.recognise.totals",
            "budgetcli.recognise.sums",
            "budgetcli.recognise.levels",
            "budgetcli.recognise.codes",
            "budgetcli.recognise.implied",
        ),
        _LEVELS,
    ),
    **{
        f"budgetcli.analysis.{path.stem}": _CHECKS
        for path in sorted(Path("budgetcli/analysis").glob("check*.py"))
    },
}
# sentences for people, and patterns
_TALK = ("say", "say_count", "lazy", "TypeVar")
_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_SUMS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
}


class Mutant(NamedTuple):
    """A module's source with one place changed."""

    line: int
    change: str
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    """Every change of one place that is tried."""
    for number, node in enumerate(_code(ast.parse(source))):
        for choice in range(2):
            changed = copy.deepcopy(node)
            if _change(changed, choice):
                change = f"{ast.unparse(node)}  ->  {ast.unparse(changed)}"
                yield Mutant(_line(node), change, _changed(source, number, choice))


def _changed(source: str, number: int, choice: int) -> str:
    """The source with the change of one node."""
    tree = ast.parse(source)
    _change(next(islice(_code(tree), number, None)), choice)
    return ast.unparse(tree)


def _code(tree: ast.AST) -> Iterator[ast.AST]:
    """What runs: no types, no documentation, no words said to people, no `strict` of a zip."""
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for node in value if isinstance(value, list) else [value]:
            if isinstance(node, ast.AST) and not _is_talk(node):
                yield node
                yield from _code(node)


def _is_talk(node: ast.AST) -> bool:
    """Documentation, sentences, errors, what a type checker reads; and imports for types alone."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.keyword):
        return node.arg == "strict"
    if isinstance(node, ast.Subscript):
        return isinstance(node.value, ast.Name) and node.value.id == "Literal"
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in _TALK
    if isinstance(node, ast.If):
        return "TYPE_CHECKING" in ast.unparse(node.test)
    return isinstance(node, ast.JoinedStr | ast.Import | ast.ImportFrom)


def _change(node: ast.AST, choice: int) -> bool:
    """Change a node in one of the ways its kind allows; False where there is no such way."""
    if isinstance(node, ast.Compare) and choice < len(node.ops):
        node.ops[choice] = _COMPARISONS[type(node.ops[choice])]()
    elif choice:
        return False
    elif isinstance(node, ast.BinOp) and type(node.op) in _SUMS:
        node.op = _SUMS[type(node.op)]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        if isinstance(node.op, ast.USub):
            node.op = ast.UAdd()
        else:
            node.operand = ast.UnaryOp(ast.Not(), node.operand)
    elif isinstance(node, ast.If | ast.IfExp):
        node.test = ast.UnaryOp(ast.Not(), node.test)
    elif isinstance(node, ast.Return) and node.value and not _is_nothing(node.value):
        node.value = ast.Constant(None)
    elif isinstance(node, ast.Constant):
        return _change_constant(node)
    else:
        return False
    ast.fix_missing_locations(node)
    return True


def _change_constant(node: ast.Constant) -> bool:
    if isinstance(node.value, bool):
        node.value = not node.value
    elif isinstance(node.value, int):
        node.value += 1
    elif isinstance(node.value, str) and node.value:
        node.value = f"{node.value}!"
    else:
        return False
    return True


def _is_nothing(value: ast.expr) -> bool:
    """None, False and what is empty are the same to who asks whether."""
    return ast.unparse(value) in ("None", "False", "[]", "{}", "()")


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 0)


class _Loader(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module another source."""

    def __init__(self, name: str, source: str, path: str) -> None:
        self.name, self.source, self.path = name, source, path

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:  # noqa: ARG002 - the import system's signature
        """The module's place, where it is the one."""
        if name != self.name:
            return None
        return importlib.util.spec_from_file_location(name, self.path, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        """Run the other source."""
        exec(compile(self.source, self.path, "exec"), module.__dict__)


def survives(name: str, path: Path, mutant: Mutant, tests: Sequence[str]) -> bool:
    """Whether all tests pass with the mutant in the module's place; running too long is a fail."""
    child = os.fork()
    if not child:
        signal.alarm(SECONDS)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        sys.meta_path.insert(0, _Loader(name, mutant.source, str(path)))
        import pytest

        flags = ["-x", "-q", "-p", "no:cacheprovider", "--hypothesis-profile=mutants"]
        # hypothesis is imported before pytest could rewrite its assertions
        flags += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
        os._exit(int(pytest.main([*flags, *tests])))
    _, status = os.waitpid(child, 0)
    return status == 0


def score(name: str, every: int) -> tuple[int, int]:
    """How many mutants of a module were killed, of how many; the others are printed."""
    path = Path(*name.split(".")).with_suffix(".py")
    source = path.read_text(encoding="utf-8")
    if not survives(name, path, Mutant(0, "", source), TESTS[name]):
        sys.exit(f"{name}: its tests fail without a change")
    killed = tried = 0
    for mutant in islice(mutants(source), 0, None, every):
        tried += 1
        if survives(name, path, mutant, TESTS[name]):
            change = " ".join(mutant.change.split())[:150]
            print(f"survived {path}:{mutant.line}: {change}", flush=True)
        else:
            killed += 1
    return killed, tried


def main(names: Sequence[str], every: int) -> int:
    """Every module named, else all; 1 where fewer than 95 % of all mutants are killed."""
    import hypothesis.strategies  # noqa: F401 - each fork finds it imported already
    import pytest  # noqa: F401 - the same

    all_killed = all_tried = 0
    for name in names or TESTS:
        killed, tried = score(name, every)
        all_killed, all_tried = all_killed + killed, all_tried + tried
        percent = 100 * killed / max(tried, 1)
        print(f"{name}: {killed} of {tried} killed ({percent:.1f} %)", flush=True)
    return int(all_killed * 100 < all_tried * 95)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=1, help="try only each Nth mutant")
    parser.add_argument("modules", nargs="*")
    given = parser.parse_args()
    sys.exit(main(given.modules, given.every))
