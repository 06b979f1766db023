"""What rates are held against: the budget or the eligible base, goals, files, and their total."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from budgetcli.analysis.lagging import lagging
from budgetcli.analysis.question import Question
from budgetcli.analysis.standing import Standings, standings
from budgetcli.analysis.summary import summary
from budgetcli.errors import TableError
from budgetcli.report import Report
from budgetcli.target_files import read_targets
from budgetcli.views.numbers import Numbers
from tests.analysis.tables import table

# 대상 대비 40 and 25 per cent, 목표 대비 80 and 125
EARLY = "부서,대상액,목표액,집행액\n가과,1000,500,400\n나과,1000,200,250\n"
BOTH = "부서,예산현액,대상액,목표액,집행액\n가과,4000,1000,500,400\n나과,1000,1000,200,250\n"
PLAIN = "부서,예산현액,지출액\n가과,300,90\n나과,100,50\n"


def asked(text: str, **question: Any) -> Standings:
    return standings(table(text), Question(**question))


def column(found: Standings, key: str) -> list[Any]:
    return [row[key] for row in found.rows]


def words(report: Report) -> list[str]:
    return [Numbers(0, None, 0).sentence(sentence) for sentence in report.headline]


def test_a_goal_of_the_table_is_the_target_where_none_is_asked_for() -> None:
    found = asked(EARLY)
    assert (found.judged, found.base) == ("eligible_rate", "eligible")
    assert column(found, "eligible_rate") == [40, 25]
    assert column(found, "attainment_rate") == [80, 125]
    assert column(found, "target_rate") == [50, 20]
    assert column(found, "variance") == [-10, 5]
    assert column(found, "shortfall") == [100, 0]
    assert column(found, "execution_rate") == [None, None]
    assert found.total["attainment_rate"] == Fraction(65000, 700)
    assert found.total["target_rate"] == 35


def test_without_a_budget_nobody_spends_without_one() -> None:
    assert asked(EARLY).findings == ()


def test_beside_a_budget_the_goal_is_still_of_the_eligible_base() -> None:
    found = asked(BOTH)
    assert column(found, "execution_rate") == [10, 25]
    assert column(found, "target_rate") == [50, 20]
    assert [entry.key for entry in found.columns if entry.rank == 0] == [
        "division",
        "eligible_rate",
        "attainment_rate",
        "status",
    ]


def test_a_number_is_of_the_budget_where_there_is_one() -> None:
    assert asked(BOTH, target="20").judged == "execution_rate"
    assert column(asked(BOTH, target="20"), "variance") == [-10, 5]
    assert column(asked(EARLY, target="30"), "variance") == [10, -5]


def test_a_goal_without_an_eligible_base_is_of_the_budget() -> None:
    found = asked("부서,예산현액,목표액,지출액\n가과,1000,500,400\n")
    assert (found.judged, found.rows[0]["target_rate"]) == ("execution_rate", 50)


def test_both_rates_are_named_in_the_headline() -> None:
    said = words(summary(table(EARLY)))
    assert said == [
        "2 divisions: 32.5 % of eligible base 2,000",
        "of the eligible base (expenditure ÷ eligible base): 32.5 %",
        "of the goal (expenditure ÷ goal amount): 92.9 %",
        "1 is behind: 가과 at 40.0 %",
    ]
    assert words(lagging(table(EARLY)))[2:] == said[1:3]
    assert words(lagging(table(EARLY), Question(target="1")))[1:] == said[1:3]


def test_a_goal_missing_beside_spending_leaves_the_total_unknown() -> None:
    found = asked("부서,대상액,목표액,집행액\n가과,1000,500,400\n나과,1000,,250\n다과,100,,0\n")
    assert found.total["attainment_rate"] is None
    assert found.total["target_rate"] is None
    assert column(found, "variance") == [-10, None, None]


def test_commitments_are_never_of_the_eligible_base() -> None:
    with pytest.raises(TableError, match="예산현액"):
        standings(table(EARLY), Question(basis="committed"))


def test_neither_budget_nor_base_is_refused_with_the_flag() -> None:
    with pytest.raises(TableError, match="예산현액") as refused:
        standings(table("부서,편성액,지출액\n가과,100,50\n"), Question())
    assert "--map budget=COLUMN" in str(refused.value)


def test_a_goal_asked_for_must_be_there() -> None:
    with pytest.raises(TableError, match="목표액"):
        asked(PLAIN, target="goal")


def test_of_a_table_without_date_and_goal_nothing_is_judged() -> None:
    assert asked(PLAIN).context.target is None


Written = Callable[..., str]


@pytest.fixture
def targets(table: Written) -> Written:
    return table


def test_the_whole_must_reach_what_its_divisions_must(targets: Written) -> None:
    found = asked(PLAIN, target=read_targets(targets("부서,목표율\n가과,40\n나과,60\n")))
    assert column(found, "target_rate") == [40, 60]
    # (300 · 40 + 100 · 60) ÷ 400
    assert found.total["target_rate"] == 45
    assert found.findings == ()


def test_goals_of_a_file_add_up_in_the_total(targets: Written) -> None:
    found = asked(PLAIN, target=read_targets(targets("부서,목표액\n가과,100\n나과,60\n")))
    assert column(found, "target_rate") == [Fraction(100, 3), 60]
    assert column(found, "shortfall") == [10, 10]
    assert found.total["target_rate"] == 40


def test_who_has_no_target_and_who_is_not_there_are_named(targets: Written) -> None:
    found = asked(PLAIN, target=read_targets(targets("부서,목표율\n가 과,40\n다과,60\n")))
    assert column(found, "target_rate") == [40, None]
    assert [str(row["status"]) for row in found.rows] == ["Status.LAGGING", "Status.UNKNOWN"]
    assert found.total["target_rate"] is None
    assert [(entry.code, str(entry.message)) for entry in found.findings] == [
        ("no_target", "no target is known for 나과"),
        ("unused_target", "targets for 다과: not in the table"),
    ]


def test_many_without_a_target_are_counted(targets: Written) -> None:
    text = "부서,예산현액,지출액\n" + "".join(f"제{n}과,10,1\n" for n in range(20))
    found = asked(text, target=read_targets(targets("부서,목표율\n제0과,40\n")))
    assert str(found.findings[0].message).endswith("제11과, 제12과, ... (19)")


def test_who_cannot_be_judged_is_not_said_to_keep_up(targets: Written) -> None:
    file = read_targets(targets("부서,목표율\n가과,4\n"))
    assert words(lagging(table(PLAIN), Question(target=file)))[1] == (
        "1 cannot be judged: no rate or no target"
    )
