"""`budgetcli compare` as seen from outside: two sources, or two dates of one."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from budgetcli.views import OWN_FORMATS
from tests.conftest import Run

Table = Callable[..., str]

OLD = """부서,예산현액,원인행위액,지출액,단위
가과,100,60,50,백만원
나과,200,90,80,백만원
"""
NEW = """부서,예산현액,원인행위액,지출액,단위
가과,110000,80000,70500,천원
나과,200000,95000,90000,천원
"""
THREE_DATES = """기준일,부서,예산현액,지출액
2024-05-31,가과,100,40
2024-05-31,나과,100,40
2024-06-30,가과,100,50
2024-06-30,나과,100,50
2024-07-31,가과,100,70
2024-07-31,나과,100,60
"""


@pytest.fixture
def pair(table: Table) -> tuple[str, str]:
    return table(OLD, "budget_20240630.csv"), table(NEW, "budget_20240731.csv")


def answer(run: Run, *words: str) -> dict[str, Any]:
    ran = run("compare", *words, "-f", "json")
    assert ran.status == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_two_sources_in_whole_won(run: Run, pair: tuple[str, str]) -> None:
    found = answer(run, *pair)
    assert (found["old"]["as_of"], found["new"]["as_of"]) == ("2024-06-30", "2024-07-31")
    assert (found["old"]["unit"], found["new"]["unit"]) == ("백만원", "천원")
    first = found["rows"][0]
    assert (first["budget_change"], first["newly_paid"]) == (10_000_000, 20_500_000)
    assert (first["execution_rate_old"], first["execution_rate_new"]) == (50.0, 64.1)
    assert (first["execution_rate_change"], first["rank_change"]) == (14.1, 0)
    total = found["total"]
    assert (
        total["unspent_new"]
        == total["unspent_old"] + total["budget_change"] - (total["newly_paid"])
    )


def test_a_terminal_says_dates_bridge_and_who_moved(run: Run, pair: tuple[str, str]) -> None:
    page = run("compare", *pair, "-f", "table").out
    for line in (
        "2024-06-30 → 2024-07-31: spent +30,500 thousand KRW (43.3 → 51.8 %)",
        "unspent: 170,000 thousand KRW + 10,000 thousand KRW of budget − "
        "30,500 thousand KRW paid = 149,500 thousand KRW",
        "moved most: 가과, +14.1 points (50.0 → 64.1 %)",
    ):
        assert line in page


def test_csv_in_both_languages(run: Run, pair: tuple[str, str]) -> None:
    lines = list(csv.DictReader(io.StringIO(run("compare", *pair, "-f", "csv").out)))
    assert (lines[0]["presence"], lines[0]["newly_paid"], lines[0]["unit"]) == (
        "stayed",
        "20500",
        "천원",
    )
    korean = run("compare", *pair, "-f", "csv", "--lang", "ko").out.splitlines()[0]
    assert korean.startswith("부서,구분,이전 예산현액,이번 예산현액,예산현액 증감,")


@pytest.mark.parametrize("format", [format.name for format in OWN_FORMATS] + ["github"])
def test_every_format_draws_it(
    run: Run, pair: tuple[str, str], tmp_path: Path, format: str
) -> None:
    path = tmp_path / "answer"
    ran = run("compare", *pair, "-f", format, "-o", str(path))
    assert (ran.status, ran.out) == (0, "")
    assert path.stat().st_size > 300


def test_flags_apply_to_both(run: Run, pair: tuple[str, str]) -> None:
    rows = answer(run, *pair, "--where", "부서=나*", "--target", "50")["rows"]
    assert [(row["division"], row["status_old"], row["variance_old"]) for row in rows] == [
        ("나과", "lagging", -10.0)
    ]


def test_sort_and_top(run: Run, pair: tuple[str, str]) -> None:
    rows = answer(run, *pair, "--sort", "newly_paid", "--top", "1")["rows"]
    assert [row["division"] for row in rows] == ["나과"]


def test_two_dates_of_one_source(run: Run, table: Table) -> None:
    path = table("".join(THREE_DATES.splitlines(keepends=True)[:5]))
    ran = run("compare", path, "-f", "json")
    assert json.loads(ran.out)["total"]["newly_paid"] == 20
    assert "dates" not in ran.err


def test_of_more_dates_the_first_and_the_last_are_compared_and_that_is_said(
    run: Run, table: Table
) -> None:
    ran = run("compare", table(THREE_DATES), "-f", "json")
    found = json.loads(ran.out)
    assert (found["old"]["as_of"], found["new"]["as_of"]) == ("2024-05-31", "2024-07-31")
    assert "it holds 3 dates: 2024-05-31 is compared with 2024-07-31" in ran.err
    assert run("compare", table(THREE_DATES), "-q").err == ""


def test_from_and_to_choose_among_the_dates(run: Run, table: Table) -> None:
    words = table(THREE_DATES), "--from", "2024-06-30", "--to", "2024-07-31"
    assert answer(run, *words)["total"]["newly_paid"] == 30
    assert "it holds" not in run("compare", *words).err


def test_from_and_to_date_two_sources_that_say_no_date(run: Run, table: Table) -> None:
    old, new = table(OLD, "old.csv"), table(NEW, "new.csv")
    found = answer(run, old, new, "--from", "2024-06-30", "--to", "2024-07-31")
    assert (found["old"]["as_of"], found["new"]["as_of"]) == ("2024-06-30", "2024-07-31")
    assert found["target"]["rate"] == 58.2


YEARS = "회계연도,부서,예산현액,지출액\n" + "".join(
    f"{year},가과,100,{spent}\n" for year, spent in ((2021, 50), (2022, 60), (2023, 90))
)


def test_the_years_of_one_source_are_called_by_their_numbers(run: Run, table: Table) -> None:
    ran = run("compare", table(YEARS), "-f", "table")
    assert "it holds 3 dates: 2021 is compared with 2023" in ran.err
    assert "2021 → 2023: spent +40 (50.0 → 90.0 %)" in ran.out
    assert "None" not in ran.out + ran.err


@pytest.mark.parametrize("sources", [1, 2])
def test_from_and_to_choose_among_the_years(run: Run, table: Table, sources: int) -> None:
    words = [table(YEARS)] * sources
    found = answer(run, *words, "--from", "2022", "--to", "2023")
    assert (found["old"]["fiscal_year"], found["new"]["fiscal_year"]) == (2022, 2023)
    assert found["total"]["newly_paid"] == 30


def test_a_year_that_is_not_there_is_refused_with_those_there_are(run: Run, table: Table) -> None:
    ran = run("compare", table(YEARS), "--from", "2020")
    assert (ran.status, ran.out) == (2, "")
    assert "it holds no rows of 2020" in ran.err
    assert "dates: 2021, 2022, 2023" in ran.err


def test_a_year_without_spending_is_not_taken_where_another_has_it(run: Run, table: Table) -> None:
    path = table(
        "부서,2021 예산액,2021 지출액,2022 예산액,2022 지출액,2023 예산액\n가과,100,50,100,60,100\n"
    )
    found = answer(run, path)
    assert (found["old"]["fiscal_year"], found["new"]["fiscal_year"]) == (2021, 2022)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], "two tables are compared, not 0"),
        (["a.csv", "b.csv", "c.csv"], "two tables are compared, not 3"),
        (["nowhere.csv", "b.csv"], "there is no such file"),
        (["a.csv", "b.csv", "--from", "May"], "'May' is no date"),
    ],
)
def test_what_cannot_be_compared_is_refused(run: Run, words: list[str], expected: str) -> None:
    ran = run("compare", *words)
    assert (ran.status, ran.out) == (2, "")
    assert expected in ran.err
    assert "Next: " in ran.err


def test_a_picture_of_two_tables_refuses_one_under_its_own_name(run: Run) -> None:
    ran = run("chart", "--kind", "bridge", "-o", "bridge.png")
    assert (ran.status, ran.out) == (2, "")
    assert "budgetcli: chart: two tables are compared, not 0" in ran.err


def test_one_date_alone_is_nothing_to_compare(run: Run, pair: tuple[str, str]) -> None:
    ran = run("compare", pair[0])
    assert (ran.status, ran.out) == (2, "")
    assert "it holds one date, 2024-06-30" in ran.err


def test_a_table_that_does_not_say_its_date_is_nothing_to_compare(run: Run, table: Table) -> None:
    ran = run("compare", table("부서,예산현액,지출액\n가과,10,5\n"))
    assert (ran.status, ran.out) == (2, "")
    assert "it does not say its date: there is nothing to compare" in ran.err


def test_a_date_that_is_not_in_it_lists_those_that_are(run: Run, table: Table) -> None:
    ran = run("compare", table(THREE_DATES), "--from", "2024-06-01")
    assert (ran.status, ran.out) == (2, "")
    assert "dates: 2024-05-31, 2024-06-30, 2024-07-31" in ran.err


def test_a_snapshot_cut_short_is_said_to_be(run: Run, table: Table) -> None:
    whole = OLD + "다과,300,90,80,백만원\n"
    cut = "".join(whole.splitlines(keepends=True)[:2])
    old, new = table(whole, "a_20240630.csv"), table(cut, "b_20240731.csv")
    found = answer(run, old, new)
    assert "incomplete_snapshot" in [finding["code"] for finding in found["findings"]]
    assert "looks incomplete" in run("compare", old, new, "-f", "csv").err


def test_a_total_has_no_rank_to_be_unknown(run: Run, table: Table) -> None:
    old = table(
        "부서,예산현액,지출액,기준일\n가과,10,5,2024-06-30\n나과,20,5,2024-06-30\n", "old.csv"
    )
    new = table(
        "부서,예산현액,지출액,기준일\n가과,10,6,2024-07-31\n나과,20,5,2024-07-31\n", "new.csv"
    )
    total = next(
        line
        for line in run("compare", old, new, "-f", "table").out.splitlines()
        if line.startswith("total")
    )
    assert "n/a" not in total
