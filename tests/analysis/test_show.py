"""`show`: whose row, which place among the others, what lies below; and whom a word names."""

from __future__ import annotations

from typing import Any

import pytest

from budgetcli.analysis.question import Question
from budgetcli.analysis.show import show
from budgetcli.errors import UserError
from budgetcli.report import Report
from budgetcli.views.numbers import Numbers
from tests.analysis.tables import table

DIVISIONS = """부서,예산현액,원인행위액,지출액
경제정책과,100,90,80
일자리정책과,200,120,100
창조산업과,300,90,30
서울시립과학관,0,0,0
"""
PROGRAMMES = """부서,세부사업,예산현액,원인행위액,지출액
창조산업과,콘텐츠,100,60,60
창조산업과,게임,150,20,10
창조산업과,축제,50,60,55
산업입지과,콘텐츠,80,40,40
"""


def shown(text: str, name: str, **asked: Any) -> Report:
    return show(table(text), name, Question(target="60")._replace(**asked))


def words(report: Report) -> list[str]:
    return [Numbers(0, None, 0).sentence(sentence) for sentence in report.headline]


def refusal(text: str, name: str) -> str:
    with pytest.raises(UserError) as raised:
        shown(text, name)
    return str(raised.value)


def test_the_row_is_the_division_and_the_total_the_whole_table() -> None:
    report = shown(DIVISIONS, "창조산업과")
    (row,) = report.rows
    assert (row["division"], row["unspent"], row["uncommitted"], row["unpaid"]) == (
        "창조산업과",
        270,
        210,
        60,
    )
    assert report.total is not None
    assert report.total["budget"] == 600


def test_its_places_among_all_the_largest_first() -> None:
    report = shown(DIVISIONS, "창조산업과")
    ranks = {key: value for key, value in report.rows[0].items() if key.startswith("rank_")}
    assert ranks == {
        "rank_execution_rate": 3,  # 80, 50, 10 %; no rate over no budget
        "rank_commitment_rate": 3,
        "rank_shortfall": 1,  # 150 behind, then 20; the others are not behind
        "rank_unspent": 1,
    }
    assert report.extra["ranked"] == {
        "rank_execution_rate": 3,
        "rank_commitment_rate": 3,
        "rank_shortfall": 2,
        "rank_unspent": 4,
    }


def test_the_page_in_words() -> None:
    assert words(shown(DIVISIONS, "창조산업과")) == [
        "창조산업과: 10.0 % of 300 spent",
        "50.0 points below target 60 %: 150 still to go",
        "place 3 of 3 by rate, 1 by money unspent, 1 by money behind",
        "unspent: 270 = 210 uncommitted + 60 committed and unpaid",
        "of the whole: 50.0 % of the budget, 69.2 % of what is unspent",
    ]


def test_who_is_above_the_target_is_not_behind_by_money() -> None:
    said = words(shown(DIVISIONS, "경제정책과"))
    assert said[1:3] == [
        "20.0 points above target 60 %",
        "place 1 of 3 by rate, 3 by money unspent",
    ]


def test_without_a_budget_there_is_no_rate_no_place_and_no_distance() -> None:
    assert words(shown(DIVISIONS, "서울시립과학관")) == [
        "서울시립과학관: no rate (current budget 0, expenditure 0)",
        "unspent: 0 = 0 uncommitted + 0 committed and unpaid",
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("0,0,0", "가과: no rate (current budget 0, expenditure 0)"),
        ("0,0,30", "가과: no rate (current budget 0, expenditure 30)"),
        (",0,30", "가과: no rate (current budget n/a, expenditure 30)"),
    ],
)
def test_without_a_rate_the_amounts_are_said(row: str, said: str) -> None:
    report = shown(f"부서,예산현액,원인행위액,지출액\n가과,{row}\n나과,100,50,50\n", "가과")
    assert words(report)[0] == said
    assert not any("of the whole" in sentence for sentence in words(report))


def test_what_was_paid_beyond_commitments_is_taken_away_in_words() -> None:
    report = shown("부서,예산현액,원인행위액,지출액\n가과,100,40,60\n나과,100,50,50\n", "가과")
    assert "unspent: 40 = 60 uncommitted − 20 committed and unpaid" in words(report)


@pytest.mark.parametrize(
    ("spent", "said"),
    [
        ("-40", "20.0 points above target 60 %"),
        ("-10", "40.0 points below target 60 %: 0 still to go"),
    ],
)
def test_a_negative_budget_is_behind_or_ahead_by_its_rate(spent: str, said: str) -> None:
    report = shown(f"부서,예산현액,지출액\n가과,-50,{spent}\n나과,100,50\n", "가과", target="60")
    assert words(report)[1] == said


def test_without_a_date_and_a_target_nothing_is_held_against_it() -> None:
    said = words(shown(DIVISIONS, "창조산업과", target=None))
    assert said[1] == "place 3 of 3 by rate, 1 by money unspent"


def test_on_commitments_the_rate_of_commitments_counts() -> None:
    said = words(shown(DIVISIONS, "일자리정책과", basis="committed"))
    assert said[:3] == [
        "일자리정책과: 60.0 % of 200 committed",
        "0.0 points above target 60 %",
        "place 2 of 3 by rate, 2 by money unspent",
    ]


def test_a_table_without_payments_can_be_held_against_commitments() -> None:
    said = words(
        shown("부서,예산현액,원인행위액\n가과,10,5\n나과,10,9\n", "가과", basis="committed")
    )
    assert said == [
        "가과: 50.0 % of 10 committed",
        "10.0 points below target 60 %: 1 still to go",
        "place 2 of 2 by rate",
        "unspent: n/a",
    ]


def test_its_programmes_come_below_it_the_largest_unspent_first() -> None:
    report = shown(PROGRAMMES, "창조산업과")
    assert [(row["division"], row["programme"], row["unspent"]) for row in report.rows] == [
        ("창조산업과", "", 175),
        ("창조산업과", "게임", 140),
        ("창조산업과", "콘텐츠", 40),
        ("창조산업과", "축제", -5),
    ]
    assert [column.key for column in report.columns][:2] == ["division", "programme"]
    assert report.extra["below"] == "programme"
    assert words(report)[-1] == "3 rows below it; the most is unspent in 게임: 140"


def test_programmes_are_ranked_among_themselves_and_share_the_divisions_keys() -> None:
    rows = shown(PROGRAMMES, "창조산업과").rows
    assert [row["rank_unspent"] for row in rows] == [1, 1, 2, 3]
    assert len({frozenset(row) for row in rows}) == 1


def test_sort_and_top_are_for_the_programmes() -> None:
    report = shown(PROGRAMMES, "창조산업과", sort="budget", top=2)
    assert [row["programme"] for row in report.rows] == ["", "축제", "콘텐츠"]


def test_programmes_can_be_sorted_by_severity() -> None:
    report = shown(PROGRAMMES, "창조산업과", sort="severity", target="70")
    assert [(row["programme"], row["severity"]) for row in report.rows] == [
        ("", 1),
        ("게임", 1),  # 95 behind
        ("콘텐츠", 2),  # 10 behind
        ("축제", None),
    ]


def test_a_single_programme_is_said_as_one() -> None:
    assert words(shown(PROGRAMMES, "산업입지과"))[-1] == "1 row below it: 콘텐츠, 40 unspent"


def test_findings_about_others_are_left_out_those_about_its_programmes_are_not() -> None:
    report = shown(PROGRAMMES.replace("콘텐츠,80,40,40", "콘텐츠,80,90,90"), "창조산업과")
    assert [(found.code, found.division) for found in report.findings] == [
        ("overspent", "창조산업과 · 축제"),
        ("overcommitted", "창조산업과 · 축제"),
    ]
    # what the other one spent too much makes its share of the unspent meaningless
    assert "of the whole" not in " ".join(words(report))


def test_a_row_of_the_division_without_a_programme_is_in_its_sum_alone() -> None:
    rows = shown(
        "부서,세부사업,예산현액,지출액\n가과,ㄱ사업,10,5\n가과,ㄴ사업,20,5\n나과,,40,1\n", "나과"
    ).rows
    assert [(row["programme"], row["budget"]) for row in rows] == [("", 40)]


def test_the_deepest_asked_for_has_nothing_below() -> None:
    report = shown(PROGRAMMES, "게임", by=("programme",))
    assert [row["programme"] for row in report.rows] == ["게임"]
    assert report.extra["below"] is None


def test_below_an_office_lie_its_divisions() -> None:
    text = "실국,부서,예산현액,지출액\n경제실,가과,10,5\n경제실,나과,20,5\n주택실,다과,40,1\n"
    rows = shown(text, "경제실", by=("office",)).rows
    assert [(row["office"], row["division"], row["budget"]) for row in rows] == [
        ("경제실", "경제실", 30),
        ("경제실", "나과", 20),
        ("경제실", "가과", 10),
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("창조산업과", "창조산업과"),
        ("창 조 산 업 과", "창조산업과"),
        ("창조 산업과", "창조산업과"),
        ("과학관", "서울시립과학관"),
        ("일자리", "일자리정책과"),
    ],
)
def test_a_name_is_found_however_it_is_spaced_and_by_a_part_of_it(typed: str, found: str) -> None:
    assert shown(DIVISIONS, typed).rows[0]["division"] == found


def test_an_exact_name_wins_over_those_it_is_a_part_of() -> None:
    text = "부서,예산현액,지출액\n총무과,10,5\n총무과장실,10,5\n"
    assert shown(text, "총무과").rows[0]["division"] == "총무과"


def test_case_does_not_matter_and_an_exact_name_wins_over_another_case() -> None:
    text = "division,budget,spent\nPublic Works,10,5\nPUBLIC WORKS,20,5\nParks,1,1\n"
    assert shown(text, "PUBLIC WORKS").rows[0]["budget"] == 20
    assert shown(text, "parks").rows[0]["budget"] == 1
    assert "2 names fit 'public works'" in refusal(text, "public works")


def test_of_several_governments_the_divisions_own_name_will_do() -> None:
    text = "자치단체,부서,예산현액,지출액\n가시,총무과,10,5\n나시,총무과,20,5\n나시,세무과,30,5\n"
    assert shown(text, "세무과").rows[0]["division"] == "나시 · 세무과"
    assert shown(text, "나시 · 총무과").rows[0]["budget"] == 20
    assert "가시 · 총무과, 나시 · 총무과" in refusal(text, "총무과")


def test_a_name_that_fits_several_stops_and_lists_them() -> None:
    assert refusal(DIVISIONS, "정책과") == (
        "table.csv: 2 names fit '정책과'\n"
        "  names like it: 경제정책과, 일자리정책과\n"
        "  Why it matters: figures of another division must not stand in for it\n"
        "  Next: write one of them in full"
    )


def test_a_long_list_is_cut_and_says_so() -> None:
    lines = "".join(f"제{number}과,10,5\n" for number in range(10, 30))
    assert refusal(f"부서,예산현액,지출액\n{lines}", "제").splitlines()[1].endswith("제21과, ...")


def test_a_name_that_is_close_is_suggested() -> None:
    assert (
        refusal(DIVISIONS, "경재정책과").splitlines()[1].startswith("  names like it: 경제정책과")
    )


def test_a_name_that_is_like_none_only_points_to_the_list() -> None:
    assert refusal(DIVISIONS, "Zoo") == (
        "table.csv: nothing is called 'Zoo'\n"
        "  Why it matters: figures of another division must not stand in for it\n"
        "  Next: see all names: ask for the summary of the same source"
    )


def test_against_a_goal_the_eligible_base_is_the_denominator() -> None:
    text = "부서,예산현액,대상액,목표액,지출액\n가과,1000,200,100,50\n나과,1000,100,50,60\n"
    report = shown(text, "가과", target=None)
    assert words(report)[:3] == [
        "가과: 25.0 % of the eligible base of 200 spent",
        "25.0 points below the table's own goal amount, of the eligible base: 50 still to go",
        "place 2 of 2 by rate, 1 by money unspent, 1 by money behind",
    ]
    assert report.rows[0]["rank_eligible_rate"] == 2
