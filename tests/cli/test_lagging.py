"""`budgetcli lagging` as seen from outside: who, in which order, and the exit status."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.conftest import Run

Table = Callable[[str], str]


def who(run: Run, *words: str) -> list[str]:
    ran = run("lagging", *words, "-f", "json", "-q")
    assert ran.status in (0, 1), ran.err
    return [row["division"] for row in json.loads(ran.out)["rows"]]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--below", "60"], ["창조산업과", "대학협력과", "금융투자과"]),
        (["--below", "60", "--basis", "committed"], ["창조산업과"]),
        (["--target", "pace"], ["창조산업과"]),
        ([], ["창조산업과"]),
        (["--below", "30.69"], ["창조산업과"]),
        (["--below", "30.68"], []),
    ],
)
def test_who_is_strictly_below_the_line_worst_first(
    run: Run, words: list[str], expected: list[str]
) -> None:
    assert who(run, *words) == expected


def test_what_prints_as_60_0_may_still_be_below_60(run: Run, table: Table) -> None:
    path = table("부서,예산현액,지출액\n가과,10000,5996\n나과,100,60\n")
    assert who(run, path, "--below", "60") == ["가과"]


def test_how_much_must_still_be_spent(run: Run) -> None:
    row = json.loads(run("lagging", "--below", "60", "-f", "json").out)["rows"][0]
    assert row["shortfall"] == 14_428_200_000
    assert row["variance"] == -29.3


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["--below", "60", "--exit-code"], 1),
        (["--below", "10", "--exit-code"], 0),
        (["--below", "60"], 0),
        (["--below", "60", "--exit-code", "--where", "부서=첨단*"], 0),
    ],
)
def test_the_exit_status_is_a_verdict_only_when_asked_for(
    run: Run, words: list[str], status: int
) -> None:
    assert run("lagging", *words).status == status


def test_the_alert_says_who_how_far_and_how_much(run: Run) -> None:
    said = run("lagging", "--below", "60", "-f", "table").out
    assert "3 of 10 are below target 60 %" in said
    assert "창조산업과: 30.7 %, 29.3 points below; 14,428.2 million KRW still to go" in said


def test_that_nobody_is_below_is_said_too(run: Run) -> None:
    assert "nobody is below: all 10" in run("lagging", "--below", "10", "-f", "table").out


def test_a_line_and_a_target_at_once_are_refused(run: Run) -> None:
    ran = run("lagging", "--below", "60", "--target", "pace")
    assert (ran.status, ran.out) == (2, "")
    assert "--below and --target" in ran.err


def test_severity_ranks_by_money_behind(run: Run) -> None:
    ran = run("lagging", "--below", "70", "--sort", "severity", "-f", "json", "-q")
    rows = json.loads(ran.out)["rows"]
    assert [row["severity"] for row in rows] == [1, 2, 3, 4, 5, 6, 7]
    behind = [row["shortfall"] for row in rows]
    assert behind == sorted(behind, reverse=True)
    assert [row["division"] for row in rows][:3] == ["창조산업과", "일자리정책과", "대학협력과"]


YEARS = "회계연도,부서,당초예산,예산현액,지출액\n" + "".join(
    f"{year},가과,100,100,60\n{year},나과,100,100,90\n" for year in range(2020, 2024)
)


@pytest.mark.parametrize(("words", "status"), [(["--exit-code"], 1), ([], 0)])
def test_chronic_laggards_of_four_years(
    run: Run, table: Table, words: list[str], status: int
) -> None:
    ran = run("lagging", table(YEARS), "--chronic", "-f", "json", *words)
    answer = json.loads(ran.out)
    assert ran.status == status
    assert [(row["division"], row["rule"], row["years"]) for row in answer["rows"]] == [
        ("가과", "four_year_mean", "2020–2023")
    ]
    assert answer["rule"]["line"] == 70


def test_what_of_the_rule_cannot_be_judged_is_told_in_a_pipe(run: Run, table: Table) -> None:
    path = table(YEARS.replace("2020,", "2015,"))
    ran = run("lagging", path, "--chronic", "-f", "csv")
    assert "the four-year mean cannot be judged: 3 years in a row (2021–2023)" in ran.err


def test_chronic_laggards_on_one_page(run: Run, table: Table) -> None:
    ran = run("lagging", table(YEARS), "--chronic", "-f", "table", "-q")
    assert "1 of 2 is a chronic laggard in 2023 (line 70 %)" in ran.out


@pytest.mark.parametrize("words", [["--below", "60"], ["--target", "60"], ["--basis", "committed"]])
def test_the_chronic_line_is_the_rules_own(run: Run, table: Table, words: list[str]) -> None:
    ran = run("lagging", table(YEARS), "--chronic", *words)
    assert (ran.status, ran.out) == (2, "")
    assert "its own line" in ran.err


def test_without_a_date_and_a_line_there_is_nothing_to_hold_against(run: Run, table: Table) -> None:
    path = table("부서,예산현액,지출액\n가과,100,50\n")
    ran = run("lagging", path)
    assert (ran.status, ran.out) == (2, "")
    assert "--below 60" in ran.err


@pytest.mark.parametrize("words", [[], ["--target", "pace"], ["--target", "early-2024"]])
def test_that_the_date_is_missing_is_said_once(run: Run, table: Table, words: list[str]) -> None:
    said = run("lagging", table("부서,예산현액,지출액\n가과,100,50\n"), *words).err
    assert said.count("the table does not say its date") == 1
    assert "without a date" in said


@pytest.mark.parametrize("format", ["csv", "tsv", "markdown"])
def test_below_nobody_stands_no_total_that_would_be_read_as_somebody(run: Run, format: str) -> None:
    ran = run("lagging", "--below", "10", "-f", format, "-q")
    assert "계" not in ran.out
    assert "685" not in ran.out


def test_an_answer_of_nobody_is_read_back_as_nobody(run: Run, table: Table) -> None:
    written = run("lagging", "--below", "10", "-f", "csv", "-q").out
    assert written.startswith("division,budget,")
    ran = run("summary", table(written), "-q")
    assert (ran.status, ran.out) == (2, "")
    assert "there is no row with amounts" in ran.err
