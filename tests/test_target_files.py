"""Files of targets: a rate or a goal for each division, for each date where they have one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

import pytest

from budgetcli.errors import TableError, UserError
from budgetcli.target_files import FileTarget, read_targets
from budgetcli.targets import Asked, Target

Table = Callable[..., str]
JULY = date(2024, 7, 31)
WHOLES: Mapping[str, int | None] = {"가과": 300, "나과": 200}


def on(
    path: str,
    as_of: date | None = JULY,
    wholes: Mapping[str, int | None] = WHOLES,
    year: int | None = 2024,
    scale: int = 0,
    factor: int | None = None,
) -> Target:
    return read_targets(path).on(Asked(as_of, year, scale, factor, "budget", wholes))


def test_a_rate_for_each_division_by_whatever_spelling(table: Table) -> None:
    target = on(table("부서,목표율\n가 과,70%\n나과,55.5\n"))
    assert target.rate_for("가과") == 70
    assert target.rate_for("나과") == Fraction(111, 2)
    assert target.rate_for("다과") is None
    assert (target.rate, target.names) == (None, ("가과", "나과"))


def test_a_goal_is_divided_by_the_divisions_budget_exactly(table: Table) -> None:
    target = on(table("부서,목표액\n가과,100\n나과,\n다과,10\n"))
    assert target.rate_for("가과") == Fraction(100, 3)
    assert target.rate_for("나과") is None
    assert target.rate_for("다과") is None


def test_goals_in_another_unit_are_brought_to_the_tables_grain(table: Table) -> None:
    path = table("(단위: 천원)\n부서,목표액\n가과,1.5\n", "goals.csv")
    # 1,500 won of 3,000.00 won, which is an integer count of hundredths
    assert on(path, wholes={"가과": 300_000}, scale=2, factor=1000).rate_for("가과") == 50


def test_where_only_one_says_its_unit_nobody_guesses(table: Table) -> None:
    path = table("부서,목표액\n가과,100\n")
    with pytest.raises(UserError, match="only one says its unit"):
        on(path, factor=1_000_000)
    assert on(path, factor=1).rate_for("가과") == Fraction(100, 3)


def test_of_several_dates_the_tables_own_is_taken(table: Table) -> None:
    path = table("기준일,부서,목표율\n2024-06-30,가과,50\n2024-07-31,가과,60\n")
    assert on(path).rate_for("가과") == 60
    assert on(path, date(2024, 6, 30)).rate_for("가과") == 50


@pytest.mark.parametrize("day", [date(2024, 7, 1), None])
def test_a_date_the_file_does_not_have_is_refused(table: Table, day: date | None) -> None:
    path = table("기준일,부서,목표율\n2024-06-30,가과,50\n2024-07-31,가과,60\n")
    with pytest.raises(UserError, match="0 tables of targets") as refused:
        on(path, day)
    assert "dates: 2024-06-30, 2024-07-31" in str(refused.value)


def test_of_several_years_the_tables_own_is_taken(table: Table) -> None:
    path = table("회계연도,부서,목표율\n2023,가과,50\n2024,가과,60\n")
    assert on(path).rate_for("가과") == 60
    assert on(path, year=2023).rate_for("가과") == 50


def test_two_targets_for_one_division_are_refused(table: Table) -> None:
    with pytest.raises(UserError, match="two targets for 가과"):
        on(table("부서,목표율\n가 과,50\n가과,60\n"))


def test_per_cent_or_shares_of_one_is_asked(table: Table) -> None:
    with pytest.raises(UserError, match="per cent, or shares of 1"):
        read_targets(table("부서,목표율\n가과,0.6\n나과,1\n"))


@pytest.mark.parametrize("rates", ["가과,0.6%\n나과,0.5%", "가과,0\n나과,0", "가과,0.6\n나과,60"])
def test_small_rates_with_a_sign_zeros_and_mixed_ones_are_per_cent(
    table: Table, rates: str
) -> None:
    assert read_targets(table(f"부서,목표율\n{rates}\n")).field == "target_rate"


def test_a_table_without_targets_is_refused_with_its_columns(table: Table) -> None:
    with pytest.raises(TableError, match="no column of target rates") as refused:
        read_targets(table("부서,예산현액,지출액\n가과,100,50\n"))
    assert "#2 예산현액" in str(refused.value)


def test_a_text_without_amounts_holds_no_targets(table: Table) -> None:
    with pytest.raises(UserError):
        read_targets(table("부서,담당\n가과,홍길동\n나과,임꺽정\n"))


def test_a_division_of_several_governments_is_named_with_its_own(table: Table) -> None:
    target = on(table("자치단체,부서,목표율\n무주군,재무과,50\n전주시,재무과,60\n"))
    assert target.rate_for("전주시 · 재무과") == 60


def test_names_of_another_sort_are_taken_as_they_are(table: Table) -> None:
    assert on(table("세부사업,목표율\n축제,50\n콘텐츠,60\n")).rate_for("축제") == 50


def test_it_says_its_file_and_what_it_gives(table: Table) -> None:
    rates, goals = (on(table(f"부서,{head}\n가과,30\n", "t.csv")) for head in ("목표율", "목표액"))
    assert str(rates.describe()) == "targets of t.csv (rates)"
    assert str(goals.describe()) == "targets of t.csv (goal amounts)"
    eligible = FileTarget("t.csv", "goal", {}, (), "eligible")
    assert str(eligible.describe()) == "targets of t.csv (goal amounts), of the eligible base"
    assert (rates.facts()["given"], rates.facts()["denominator"]) == ("target_rate", "budget")
