"""What goes wrong is told once, with where, what, why and next; exit 2, nothing on stdout."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.conftest import Run

Table = Callable[[str], str]


# where: what, what was seen, why it matters, what to do next: the last thing said
TOLD = re.compile(
    r"^budgetcli: .+: .+(\n  .+)*\n  (Why it matters|이유): .+\n  (Next|다음): .+\n\Z", re.M
)


def refused(run: Run, *words: str) -> str:
    ran = run(*words)
    assert (ran.status, ran.out) == (2, "")
    assert "Traceback" not in ran.err
    assert TOLD.search(ran.err), ran.err
    return ran.err


def test_a_file_that_is_not_there(run: Run) -> None:
    assert refused(run, "summary", "nowhere.csv") == (
        "budgetcli: nowhere.csv: cannot be opened: there is no such file\n"
        "  Why it matters: no figure can be taken from it, and none is made up\n"
        "  Next: check the path, or name another file\n"
    )


def test_a_flag_without_its_value_is_told_of_its_command(run: Run) -> None:
    said = refused(run, "lagging", "--state")
    assert said.startswith("budgetcli: budgetcli lagging: Option '--state' requires an argument.")
    assert said.endswith("Next: budgetcli lagging --help\n")


def test_a_missing_column_names_itself_and_the_columns_there_are(run: Run, table: Table) -> None:
    path = table("부서,편성액,지출액\n가과,10,5\n")
    said = refused(run, "summary", path)
    assert said.endswith(
        f"{path}: no column for 예산현액 (current budget) was found\n"
        "  columns: #1 부서, #2 편성액, #3 지출액\n"
        "  Why it matters: no other column may stand in for it: the rates would be wrong\n"
        "  Next: say which one it is: --map budget=COLUMN\n"
    )


def test_two_candidates_are_named_with_the_map_that_decides(run: Run, table: Table) -> None:
    path = table("부서,예산현액,지출액,집행액\n가과,10,5,6\n")
    said = refused(run, "summary", path)
    assert "#3 지출액, #4 집행액" in said
    assert "--map spent=지출액" in said
    assert "--map spent=집행액" in said
    assert run("summary", path, "--map", "spent=집행액").status == 0


def test_an_empty_file(run: Run, table: Table) -> None:
    assert "the file is empty" in refused(run, "summary", table(""))


def test_an_unknown_format_lists_those_there_are(run: Run) -> None:
    said = refused(run, "summary", "-f", "pdf")
    assert "'pdf' is no output format" in said
    assert "csv" in said
    assert "github" in said


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--map", "spent"], "has no = between two words"),
        (["--map", "spend=지출액"], "is no field"),
        (["--map", "spent=nothing"], "no column is called 'nothing'"),
        (["--where", "nothing=x"], "no column is called 'nothing'"),
        (["--where", "부서=zzz"], "no row fits"),
        (["--by", "nothing"], "no column is called 'nothing'"),
        (["--sort", "nothing"], "is no column of the answer"),
        (["--as-of", "31/7/2024"], "is no date"),
        (["--unit", "dozen"], "is no unit"),
        (["--show-unit", "dozen"], "is no unit"),
        (["--target", "soon"], "is no target"),
        (["--fiscal-year-start", "13-01"], "is no day of every year"),
        (["--encoding", "klingon"], "there is no encoding called klingon"),
        (["--encoding-out", "klingon"], "there is no encoding called klingon"),
        (["--encoding-out", "latin-1"], "latin-1 has no"),
        (["--table", "7"], "there is no table '7'"),
        (["-o", "x.nothing"], "tells no output format"),
        (["-o", "/nowhere/x.csv"], "cannot be written"),
        (["--top", "0"], "Invalid value"),
        (["--nope"], "No such option"),
        (["--lang", "fr"], "is not one of"),
    ],
)
def test_a_wrong_flag_says_what_is_wrong_with_it(run: Run, words: list[str], expected: str) -> None:
    said = refused(run, "summary", *words)
    assert expected in said


def test_an_unknown_command(run: Run) -> None:
    assert refused(run, "sumary") == (
        "budgetcli: command line: No such command 'sumary'.\n"
        "  Why it matters: a question that is misunderstood gets a wrong answer\n"
        "  Next: budgetcli --help\n"
    )


def test_the_same_in_korean(run: Run, table: Table) -> None:
    path = table("부서,편성액,지출액\n가과,10,5\n")
    said = refused(run, "summary", path, "--lang", "ko")
    assert "예산현액" in said
    assert "다음: " in said
    assert "no column" not in said


def test_no_command_at_all_shows_the_help_and_no_prefix(run: Run) -> None:
    ran = run()
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("Usage: budgetcli")
