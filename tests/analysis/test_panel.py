"""Snapshots side by side: which are to be trusted, how they are told apart and lined up."""

from __future__ import annotations

from fractions import Fraction

import pytest

from budgetcli.analysis.panel import panel
from budgetcli.analysis.question import Question
from budgetcli.errors import TableError
from tests.analysis.tables import table, tables

HEAD = "부서,기준일,예산현액,지출액\n"


def days(*snapshots: str) -> str:
    """A CSV of days; each is written `MM-DD 가 100/10 나 200/20`."""
    lines = [HEAD.strip()]
    for snapshot in snapshots:
        day, *words = snapshot.split()
        for name, amounts in zip(words[::2], words[1::2], strict=True):
            lines.append(f"{name}과,2024-{day},{amounts.replace('/', ',')}")
    return "\n".join(lines) + "\n"


def flags(text: str) -> dict[str, str]:
    found = panel(tables(text))
    return {one.label: one.flag.code for one in found.snapshots if one.flag}


def test_a_day_with_every_amount_of_the_day_before_is_a_stale_copy() -> None:
    text = days(
        "01-10 가 100/10 나 200/20", "01-11 가 100/10 나 200/20", "01-12 가 100/11 나 200/20"
    )
    assert flags(text) == {"2024-01-11": "stale_snapshot"}


def test_a_copy_of_a_copy_is_stale_too() -> None:
    text = days("01-10 가 100/10", "01-11 가 100/10", "01-12 가 100/10")
    assert flags(text) == {"2024-01-11": "stale_snapshot", "2024-01-12": "stale_snapshot"}


FOUR = "가 100/10 나 100/20 다 100/30 라 100/40"


def test_a_day_whose_rows_come_back_is_incomplete() -> None:
    text = days(f"01-10 {FOUR}", "01-11 가 100/11 나 100/21", f"01-12 {FOUR} 마 100/1")
    assert flags(text) == {"2024-01-11": "incomplete_snapshot"}


def test_two_short_days_in_a_row_are_both_incomplete() -> None:
    text = days(
        f"01-10 {FOUR}",
        "01-11 가 100/11 나 100/21",
        "01-12 가 100/12 나 100/22",
        f"01-13 {FOUR} 마 9/1",
    )
    assert set(flags(text)) == {"2024-01-11", "2024-01-12"}


def test_rows_that_never_come_back_were_taken_away() -> None:
    text = days(f"01-10 {FOUR}", "01-11 가 100/11 나 100/21", "01-12 가 100/12 나 100/22")
    assert flags(text) == {}


def test_the_last_day_is_held_against_the_one_before() -> None:
    text = days(f"01-10 {FOUR}", "01-11 가 100/11 나 100/21")
    assert flags(text) == {"2024-01-11": "incomplete_snapshot"}


def test_the_first_day_is_held_against_the_next() -> None:
    text = days("01-10 가 100/11 나 100/21", f"01-11 {FOUR}", f"01-12 {FOUR} 마 9/1")
    assert flags(text) == {"2024-01-10": "incomplete_snapshot"}


def test_money_that_is_gone_for_a_day_is_incomplete_though_every_row_is_there() -> None:
    text = days("01-10 가 100/10 나 100/20", "01-11 가 40/5 나 100/21", "01-12 가 100/12 나 100/22")
    assert flags(text) == {"2024-01-11": "incomplete_snapshot"}


def test_a_small_amendment_is_no_gap() -> None:
    text = days(
        "01-10 가 100/10 나 100/20", "01-11 가 90/11 나 100/21", "01-12 가 100/12 나 100/22"
    )
    assert flags(text) == {}


def test_a_flag_says_what_it_saw_and_the_findings_lead_with_it() -> None:
    found = panel(tables(days(f"01-10 {FOUR}", "01-11 가 100/11", f"01-12 {FOUR} 마 9/1")))
    first = found.findings[0]
    assert "2024-01-11 has 1 rows and 2024-01-10 has 4" in str(first.message)
    assert (first.printed, first.computed) == (100, 400)


def test_each_year_is_judged_by_itself() -> None:
    text = HEAD + "가과,2023-12-31,100,90\n나과,2023-12-31,100,90\n가과,2024-01-31,20,1\n"
    found = panel(tables(text))
    assert [one.flag for one in found.snapshots] == [None, None]
    assert [one.label for one in found.current] == ["2024-01-31"]


def test_names_are_the_latest_ones_then_who_was_there_before() -> None:
    text = days(
        "01-11 나 100/21 가 5/2 다 5/1 라 9/1 마 9/1 바 9/1",
        "01-12 다 5/1 나 100/23 라 9/1 마 9/1 바 9/1",
    )
    assert [*panel(tables(text)).rows] == ["다과", "나과", "라과", "마과", "바과", "가과"]


def test_a_field_is_a_frame_of_exact_values_by_name_and_date() -> None:
    huge = 10**30
    text = HEAD + f"가과,2024-01-10,{huge},1\n나과,2024-01-10,3,\n가과,2024-01-11,{huge},2\n"
    found = panel(tables(text))
    spent = found.over("spent")
    assert [*spent.columns] == ["2024-01-10", "2024-01-11"]
    assert [*spent.loc["가과"]] == [1, 2]
    assert spent.loc["나과"].isna().all()
    assert found.over("budget")["2024-01-10"].sum() == huge + 3
    assert type(spent.loc["가과", "2024-01-11"]) is int  # though 나과 is not there
    assert found.over("execution_rate").loc["가과", "2024-01-10"] == Fraction(100, huge)


def test_names_that_differ_in_spaces_alone_are_not_taken_for_one() -> None:
    text = HEAD + "North Side,2024-01-10,5,1\nNorthside,2024-01-10,7,2\n"
    assert [*panel(tables(text)).over("budget")["2024-01-10"]] == [5, 7]


def test_amounts_come_to_the_finest_scale() -> None:
    fine = table(
        "부서,기준일,예산현액,지출액\n가과,2024-02-01,100.50,20.25\n계,2024-02-01,100.50,20.25\n"
    )
    coarse = table("부서,기준일,예산현액,지출액\n가과,2024-01-01,100,10\n계,2024-01-01,100,10\n")
    found = panel([coarse, fine])
    assert [one.rows["가과"]["budget"] for one in found.snapshots] == [10000, 10050]
    assert [one.found.total["budget"] for one in found.snapshots] == [10000, 10050]


def test_years_without_dates_are_told_apart_by_their_year() -> None:
    early = table("부서,회계연도,예산현액,지출액\n가과,2022,100,90\n")
    late = table("부서,회계연도,예산현액,지출액\n가과,2023,100,91\n")
    assert [one.label for one in panel([early, late]).snapshots] == ["2022", "2023"]


def test_one_date_of_two_years_is_told_with_its_year() -> None:
    early = table("부서,회계연도,기준일,예산현액,지출액\n가과,2023,2024-01-31,100,90\n")
    late = table("부서,회계연도,기준일,예산현액,지출액\n가과,2024,2024-01-31,100,1\n")
    labels = [one.label for one in panel([early, late]).snapshots]
    assert labels == ["2024-01-31 2023", "2024-01-31 2024"]


def test_the_grouping_is_one_that_all_dates_have() -> None:
    both = table(
        "자치단체,부서,기준일,예산현액,지출액\n갑,가과,2024-01-10,10,1\n을,가과,2024-01-10,10,1\n"
    )
    one = table("부서,기준일,예산현액,지출액\n가과,2024-01-11,20,3\n")
    assert panel([one, one]).by == ("division",)
    assert panel([both, one]).by == ("division",)
    assert panel([both, one], Question(by=("부서",))).by == ("부서",)


def test_tables_without_names_in_common_are_refused() -> None:
    one = table("부서,기준일,예산현액,지출액\n가과,2024-01-10,20,3\n")
    other = table("세부사업,기준일,예산현액,지출액\n사업,2024-01-11,20,3\n")
    with pytest.raises(TableError, match="no names in common"):
        panel([one, other])


def test_a_table_without_spending_or_budget_is_left_out_and_that_is_said() -> None:
    whole = table("부서,회계연도,예산현액,지출액\n가과,2022,100,90\n")
    planned = table("부서,회계연도,예산현액,원인행위액\n가과,2023,100,9\n")
    paid = table("부서,회계연도,지출액,원인행위액\n가과,2021,100,200\n")
    found = panel([paid, whole, planned])
    assert [one.label for one in found.snapshots] == ["2022"]
    notes = [(note.code, note.column) for note in found.findings]
    assert notes == [("missing_column", "budget"), ("missing_column", "spent")]


def test_where_no_table_has_a_rate_the_missing_column_is_named() -> None:
    with pytest.raises(TableError, match="no column"):
        panel([table("부서,회계연도,예산현액,원인행위액\n가과,2023,100,9\n")])
