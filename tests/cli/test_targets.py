"""`--target` as seen from outside: files, schedules, the table's own goals."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run

Table = Callable[..., str]


def answer(run: Run, *words: str) -> dict[str, Any]:
    ran = run("summary", *words, "-f", "json", "-q")
    assert ran.status == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_a_file_of_rates(run: Run, table: Table) -> None:
    path = table("부서,목표율\n창조 산업과,50%\n경제정책과,75%\n없는과,60%\n", "rates.csv")
    found = answer(run, "--target", path)
    rates = {row["division"]: (row["target_rate"], row["status"]) for row in found["rows"]}
    assert rates["창조산업과"] == (50.0, "lagging")
    assert rates["경제정책과"] == (75.0, "lagging")
    assert rates["첨단산업과"] == (None, "unknown")
    assert found["target"] == {
        "kind": "file",
        "rate": None,
        "file": path,
        "given": "target_rate",
        "denominator": "budget",
    }


def test_who_has_no_target_is_named_on_stderr(run: Run, table: Table) -> None:
    path = table("부서,목표율\n창조산업과,50%\n없는과,60%\n", "rates.csv")
    ran = run("lagging", "--target", path, "-f", "csv")
    assert "no target is known for 경제정책과, 일자리정책과" in ran.err
    assert "targets for 없는과: not in the table" in ran.err


def test_a_file_of_goals_for_the_tables_date(run: Run, table: Table) -> None:
    path = table(
        "(단위: 억원)\n기준일,부서,목표액\n2024-06-30,창조산업과,100\n2024-07-31,창조산업과,200\n",
        "goals.csv",
    )
    row = answer(run, "--target", path)["rows"][5]
    # 20,000 of 49,222 million; 15,105 million are spent
    assert (row["target_rate"], row["shortfall"]) == (40.6, 4_895_000_000)


def test_a_schedule_between_its_points_says_so(run: Run) -> None:
    ran = run("summary", "--target", "early-2024", "--as-of", "2024-05-15", "-f", "table", "-q")
    said = " ".join(ran.out.split())
    assert "early-2024 44.8 % interpolated between 0 % on 2023-12-31 and 60 %" in said
    assert "of the current budget: no eligible base is known" in said


def test_a_schedule_after_its_end_is_refused(run: Run) -> None:
    ran = run("summary", "--target", "early-2024")
    assert (ran.status, ran.out) == (2, "")
    assert "2024-01-01 to 2024-06-30" in ran.err


def test_a_word_that_is_neither_is_refused_with_the_schedules(run: Run) -> None:
    ran = run("summary", "--target", "no-such-file.csv")
    assert (ran.status, ran.out) == (2, "")
    assert "'early-2018-districts'" in ran.err


@pytest.mark.parametrize("number", ["1", "2"])
def test_mujus_two_rates_are_those_published(
    run: Run, real_file: Callable[[str], Path], number: str
) -> None:
    path = real_file("muju_early_execution/muju_exec_official.json")
    published = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    part = published["sobi" if number == "1" else "sok"]
    found = answer(run, str(path), "--table", number, "--map", "eligible=target")
    rates = {row["division"]: Decimal(str(row["attainment_rate"])) for row in found["rows"]}
    assert rates == {entry["name"]: entry["rate"] for entry in part["depts"]}
    assert Decimal(str(found["total"]["attainment_rate"])) == part["total"]["rate"]
    for row, entry in zip(found["rows"], part["depts"], strict=True):
        of_eligible = Decimal(100 * entry["exec"]) / Decimal(entry["target"])
        assert abs(Decimal(str(row["eligible_rate"])) - of_eligible) <= Decimal("0.05")


def test_a_rate_over_100_is_shown_and_not_clamped(
    run: Run, real_file: Callable[[str], Path]
) -> None:
    path = str(real_file("muju_early_execution/muju_exec_official.json"))
    ran = run("summary", path, "--table", "1", "--map", "eligible=target", "-f", "table", "-q")
    line = next(line for line in ran.out.splitlines() if "기획조정실" in line)
    assert "109.2" in line
    assert "of the goal (expenditure ÷ goal amount): 52.0 %" in ran.out


def test_a_rate_of_the_eligible_base_names_it_in_both_languages(run: Run, table: Table) -> None:
    path = table("부서,대상액,목표액,집행액,기준일\n가과,1000,500,400,2024-06-15\n", "early.csv")
    korean = run("summary", path, "-f", "table", "--lang", "ko", "-q").out
    assert "1개 부서: 대상액 1,000 대비 40.0 %" in korean
    korean = run("show", "가과", path, "-f", "table", "--lang", "ko", "-q").out
    assert "가과: 대상액 1,000 대비 집행률 40.0 %" in korean
    for said in (korean, run("summary", path, "-f", "table", "--lang", "ko", "-q").out):
        assert "예산현액" not in said
    english = run("summary", path, "-f", "table", "--lang", "en", "-q").out
    assert "1 division: 40.0 % of eligible base 1,000" in english


def test_mujus_laggards_are_held_against_their_own_goals(
    run: Run, real_file: Callable[[str], Path]
) -> None:
    path = str(real_file("muju_early_execution/muju_exec_official.json"))
    words = (path, "--table", "1", "--map", "eligible=target", "-f", "json", "-q")
    found = json.loads(run("lagging", *words, "--sort", "severity").out)
    assert found["target"] == {"kind": "goal", "rate": None, "denominator": "eligible"}
    assert len(found["rows"]) == 27
    worst = found["rows"][0]
    assert (worst["division"], worst["shortfall"]) == ("자치행정과", 11_269_368_448)
