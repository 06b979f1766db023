"""`budgetcli forecast` as seen from outside."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.conftest import Run

Table = Callable[..., str]

DAYS = "부서,기준일,예산현액,지출액\n" + "".join(
    f"가과,2023-{day},1000,{spent}\n"
    for day, spent in (("03-01", 100), ("03-11", 200), ("03-21", 300), ("03-31", 400))
)
PAST = """\
부서,기준일,예산현액,지출액
가과,2022-03-31,1000,300
가과,2022-12-31,1000,600
"""


def test_the_built_in_table_at_its_years_end(run: Run) -> None:
    found = json.loads(run("forecast", "-f", "json").out)
    assert (found["year_end"], found["days_left"]) == ("2024-12-31", 153)
    by_name = {row["division"]: row for row in found["rows"]}
    worst = by_name["창조산업과"]
    # 15,105 × 366 ÷ 213 = 25,955.07 million
    assert (worst["committed_only"], worst["run_rate"]) == (27_861_000_000, 25_955_070_422)
    assert (worst["unspent_least"], worst["unspent_most"]) == (21_361_000_000, 23_266_929_578)
    assert (worst["carry_over_most"], worst["lapse_least"]) == (12_756_000_000, 10_510_929_578)
    assert worst["target_reached"] is None
    assert by_name["경제정책과"]["target_reached"] == "2024-07-31"
    ranked = [row["unspent_most"] for row in found["rows"]]
    assert ranked == sorted(ranked, reverse=True)
    assert found["scenarios"] == ["committed_only", "run_rate"]


def test_past_years_are_read_from_history(run: Run, table: Table) -> None:
    now, past = table(DAYS, "now.csv"), table(PAST, "past.csv")
    found = json.loads(run("forecast", now, "--history", past, "-f", "json").out)
    assert found["rows"][0]["profile"] == 800
    assert found["scenarios"] == ["run_rate", "recent_pace", "profile"]


def test_the_backtest_shows_each_methods_error(run: Run, table: Table) -> None:
    found = json.loads(run("forecast", table(DAYS), "--backtest", "-f", "json").out)
    errors = {row["key"]: (row["error_money"], row["points_to_naive"]) for row in found["rows"]}
    assert errors == {"naive": (100, 100.0), "run_rate": (63, 63.0), "recent_pace": (0, 0.0)}
    assert found["origins"] == ["2023-03-21"]


def test_a_backtest_of_one_date_is_refused_with_nothing_on_stdout(run: Run) -> None:
    ran = run("forecast", "--backtest")
    assert (ran.status, ran.out) == (2, "")
    assert "too few dates" in ran.err


@pytest.mark.parametrize("more", [(), ("--backtest",)])
@pytest.mark.parametrize(
    "format", ["table", "csv", "tsv", "json", "jsonl", "markdown", "html", "github"]
)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_both_answers_in_every_format_and_language(
    run: Run, table: Table, more: tuple[str, ...], format: str, language: str
) -> None:
    ran = run("forecast", table(DAYS), *more, "-f", format, "--lang", language)
    assert ran.status == 0, ran.err
    assert ran.out


def test_the_history_is_not_written_to(run: Run, table: Table) -> None:
    now, past = table(DAYS, "now.csv"), table(PAST, "past.csv")
    ran = run("forecast", now, "--history", past, "-o", past)
    assert (ran.status, ran.out) == (2, "")
    assert "it is the input" in ran.err
