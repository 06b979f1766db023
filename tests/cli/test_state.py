"""`lagging --state`: silence while nothing changes, and what is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran, Run

Table = Callable[..., str]
HEAD = "부서,예산현액,지출액\n"
BEHIND = f"{HEAD}가과,100,50\n나과,100,70\n"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "state.json"


@pytest.fixture
def morning(run: Run, table: Table, kept: Path) -> Callable[..., Ran]:
    """One morning's run over july.csv, which holds `text` then."""

    def ran(text: str = BEHIND, *words: str, below: str = "60") -> Ran:
        path = table(text, "july.csv")
        state = ("--exit-code", "--state", str(kept))
        return run("lagging", path, "--below", below, *state, *words)

    return ran


Morning = Callable[..., Ran]


def test_the_first_morning_speaks_and_the_second_is_silent(morning: Morning) -> None:
    first, second = morning(), morning()
    assert first.status == 1
    assert "newly behind: 가과" in first.err
    assert second == Ran(0, "", "")


def test_the_file_is_left_alone_while_nothing_changes(morning: Morning, kept: Path) -> None:
    morning()
    before = kept.stat()
    morning(f"{HEAD}가과,100,51\n나과,100,70\n")
    assert kept.stat().st_ino == before.st_ino


def test_who_recovered_is_news(morning: Morning) -> None:
    morning()
    ran = morning(f"{HEAD}가과,100,60\n나과,100,70\n", "-f", "table")
    assert ran.status == 1
    assert "nobody is below" in ran.out
    assert "recovered: 가과" in ran.out
    assert morning(f"{HEAD}가과,100,60\n나과,100,70\n").status == 0


def test_without_exit_code_news_is_told_and_the_status_is_0(
    run: Run, table: Table, kept: Path
) -> None:
    ran = run("lagging", table(BEHIND), "--below", "60", "--state", str(kept), "-q")
    assert ran.status == 0
    assert "가과" in ran.out


def test_programs_get_the_names(morning: Morning) -> None:
    answer = json.loads(morning(BEHIND, "-f", "json", "-q").out)
    assert answer["changes"]["new"] == ["가과"]


def test_explain_speaks_though_nothing_changed(morning: Morning) -> None:
    morning()
    ran = morning(BEHIND, "--explain")
    assert (ran.status, ran.out) == (0, "")
    assert "column #3 지출액 = spent" in ran.err


def test_a_state_of_another_question_is_told_and_begun_anew(morning: Morning) -> None:
    morning()
    other = morning(below="55")
    assert other.status == 1
    assert "state.json: this state is of another question (target): it is begun anew" in other.err
    assert morning(below="55") == Ran(0, "", "")


@pytest.mark.parametrize(
    ("words", "fact"),
    [(["--where", "부서=가*"], "where"), (["--by", "부서"], "by"), (["--table", "1"], "table")],
)
def test_every_part_of_the_question_counts(morning: Morning, words: list[str], fact: str) -> None:
    morning()
    assert f"of another question ({fact})" in morning(BEHIND, *words).err


@pytest.mark.parametrize(
    ("target", "word"), [("pace", "pace"), ("early-2024", "early-2024"), ("58.50", "58.5")]
)
def test_a_target_is_kept_as_one_would_type_it(
    run: Run, table: Table, kept: Path, target: str, word: str
) -> None:
    path = table("부서,예산현액,지출액,기준일\n가과,100,1,2024-05-31\n")
    run("lagging", path, "--target", target, "--state", str(kept), "-q")
    assert json.loads(kept.read_text("utf-8"))["asked"]["target"] == word


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b"{}",
        b'{"format": "budgetcli lagging state 1"}',
        b'{"format": "budgetcli lagging state 1", "asked": {}, "behind": {"a": 1}}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_state_is_an_error_and_left_as_it_is(
    morning: Morning, kept: Path, content: bytes
) -> None:
    kept.write_bytes(content)
    ran = morning()
    assert (ran.status, ran.out) == (2, "")
    assert "state.json: it is no state of lagging, or a damaged one" in ran.err
    assert kept.read_bytes() == content


def test_a_state_that_cannot_be_kept_is_an_error_before_anything_is_said(
    run: Run, table: Table, tmp_path: Path
) -> None:
    for name in ("no folder/state.json", ""):
        ran = run("lagging", table(BEHIND), "--below", "60", "--state", str(tmp_path / name))
        assert (ran.status, ran.out) == (2, "")
        assert "no state can be kept there" in ran.err


def test_the_answer_never_overwrites_the_state(morning: Morning, kept: Path) -> None:
    morning()
    text = kept.read_text("utf-8")
    ran = morning(f"{HEAD}가과,100,90\n", "-o", str(kept), "-f", "csv")
    assert ran.status == 2
    assert kept.read_text("utf-8") == text


def test_news_that_could_not_be_given_is_given_again(morning: Morning, tmp_path: Path) -> None:
    assert morning(BEHIND, "-o", str(tmp_path / "no folder" / "a.csv")).status == 2
    assert morning().status == 1


def test_years_have_no_state(morning: Morning) -> None:
    ran = morning(BEHIND, "--chronic")
    assert ran.status == 2
