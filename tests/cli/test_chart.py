"""`budgetcli chart` as seen from outside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from budgetcli.cli.chart import _REPORTS
from budgetcli.views.picture import KINDS
from tests.conftest import Run

Table = Callable[..., str]

JUNE = "Division,Budget,Committed,Spent,as_of\nA,100,50,30,2024-06-30\nB,100,60,60,2024-06-30\n"
JULY = "Division,Budget,Committed,Spent,as_of\nA,100,70,40,2024-07-31\nB,100,80,80,2024-07-31\n"


@pytest.fixture
def months(table: Table) -> tuple[str, str]:
    return table(JUNE, "june.csv"), table(JULY, "july.csv")


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_the_ending_tells_the_format(
    run: Run, months: tuple[str, str], tmp_path: Path, ending: str
) -> None:
    ran = run("chart", months[1], "-o", str(tmp_path / f"a.{ending}"))
    starts = {"png": b"\x89PNG", "svg": b"<svg", "pdf": b"%PDF"}
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    assert (tmp_path / f"a.{ending}").read_bytes().startswith(starts[ending])


@pytest.mark.parametrize("kind", ["bars", "pace", "forecast", "unspent"])
def test_every_kind_of_one_table(run: Run, months: tuple[str, str], kind: str) -> None:
    ran = run("chart", months[1], "--kind", kind, "-f", "svg", "-q")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("<svg ")


@pytest.mark.parametrize("kind", ["trend", "bridge"])
def test_every_kind_of_two(run: Run, months: tuple[str, str], kind: str) -> None:
    ran = run("chart", *months, "--kind", kind, "-f", "svg", "-q")
    assert (ran.status, ran.err) == (0, "")
    assert "2024-06-30" in ran.out


def test_the_kinds_are_those_that_can_be_drawn() -> None:
    assert [*_REPORTS] == [*KINDS]


def test_the_furthest_behind_comes_first_whatever_the_source_s_order(
    run: Run, table: Table
) -> None:
    source = table("Division,Budget,Spent,as_of\nA,10,9,2024-07-31\nB,10,1,2024-07-31\n")
    drawn = run("chart", source, "-f", "svg").out
    assert drawn.index('data-text="B"') < drawn.index('data-text="A"')
    again = run("chart", source, "-f", "svg", "--sort", "division").out
    assert again.index('data-text="A"') < again.index('data-text="B"')


def test_without_a_target_the_lowest_rate_comes_first(run: Run, table: Table) -> None:
    source = table("Division,Budget,Spent\nA,10,9\nB,10,1\n")
    drawn = run("chart", source, "-f", "svg", "-q").out
    assert drawn.index('data-text="B"') < drawn.index('data-text="A"')


def test_top_leaves_rows_out_and_the_picture_says_so(run: Run, months: tuple[str, str]) -> None:
    drawn = run("chart", months[1], "--top", "1", "-f", "svg").out
    assert "1 more of 2 is not drawn" in drawn
    assert 'data-text="B"' not in drawn


def test_a_picture_too_large_is_refused(run: Run, table: Table) -> None:
    rows = "".join(f"D{n},10,1,2024-07-31\n" for n in range(501))
    source = table("Division,Budget,Spent,as_of\n" + rows)
    ran = run("chart", source, "--top", "501", "-f", "svg", "-q")
    assert (ran.status, ran.out) == (2, "")
    assert "a picture holds at most 500 rows" in ran.err


def test_in_a_pipe_the_format_must_be_named(run: Run, months: tuple[str, str]) -> None:
    ran = run("chart", months[1])
    assert (ran.status, ran.out) == (2, "")
    assert "-o FILE.png" in ran.err


def test_to_a_terminal_it_is_a_file_that_is_needed(
    run: Run, months: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    ran = run("chart", months[1], "-f", "png")
    assert (ran.status, ran.out) == (2, "")
    assert "-o FILE" in ran.err


@pytest.mark.parametrize("words", [("-f", "gif"), ("-o", "a.gif"), ("-f", "csv")])
def test_another_format_is_told_which_there_are(
    run: Run, months: tuple[str, str], words: tuple[str, ...]
) -> None:
    ran = run("chart", months[1], *words)
    assert ran.status == 2
    assert "png" in ran.err
    assert "xlsx" not in ran.err


def test_the_input_is_never_written_to(run: Run, months: tuple[str, str]) -> None:
    ran = run("chart", months[1], "-f", "svg", "-o", months[1])
    assert ran.status == 2
    assert Path(months[1]).read_text() == JULY


@pytest.mark.parametrize(
    ("words", "needed"),
    [(("--from", "2024-06-30"), "bridge"), (("--history", "x.csv"), "forecast")],
)
def test_a_flag_that_would_change_nothing_is_refused(
    run: Run, months: tuple[str, str], words: tuple[str, ...], needed: str
) -> None:
    ran = run("chart", months[1], *words, "-f", "svg")
    assert ran.status == 2
    assert f"--kind {needed}" in ran.err


def test_history_widens_the_forecast(run: Run, months: tuple[str, str], table: Table) -> None:
    past = table(
        "Division,Budget,Spent,as_of\nA,100,30,2023-07-31\nB,100,30,2023-07-31\n"
        "A,100,50,2023-12-31\nB,100,90,2023-12-31\n",
        "past.csv",
    )
    words = ("chart", months[1], "--kind", "forecast", "-f", "svg", "-q")
    assert "as in past years" in run(*words, "--history", past).out
    assert "as in past years" not in run(*words).out


def test_two_dates_of_one_source_are_bridged(run: Run, table: Table) -> None:
    both = table(JUNE + JULY.split("\n", 1)[1])
    ran = run("chart", both, "--kind", "bridge", "-f", "svg", "--from", "2024-06-30")
    assert ran.status == 0
    assert "unspent balance 2024-07-31" in ran.out


def test_warnings_go_to_stderr(run: Run, table: Table) -> None:
    source = table("Division,Budget,Spent,as_of\nA,10,11,2024-07-31\n")
    assert "spent more than its budget" in run("chart", source, "-f", "svg").err


def test_without_the_extra_it_is_named(
    run: Run, months: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    ran = run("chart", months[1], "-f", "png")
    assert (ran.status, ran.out) == (2, "")
    assert "pip install 'budgetcli[charts]'" in ran.err
