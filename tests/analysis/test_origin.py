"""How each number of a summary is made, told in words that follow the question asked."""

from __future__ import annotations

import pytest

from budgetcli.analysis.origin import origin
from budgetcli.analysis.question import Question
from budgetcli.analysis.summary import summary
from tests.analysis.tables import table

TWO = """\
부서,원인행위액,예산현액,지출액,기준일
가과,30,100,20,2023-03-14
나과,40,100,30,2023-03-14
계,70,200,50,2023-03-14
"""


def made(text: str, question: Question = Question()) -> dict[object, object]:
    found = table(text)
    return {row["column"]: row["formula"] for row in origin(summary(found, question), found).rows}


def test_a_printed_amount_names_its_column() -> None:
    assert made(TWO)["budget"] == "column #3 예산현액 of the source"
    assert made(TWO)["division"] == "column #1 부서 of the source"


def test_rates_and_balances_are_told_by_their_formula() -> None:
    found = made(TWO)
    assert found["execution_rate"] == "expenditure ÷ current budget × 100"
    assert found["commitment_rate"] == "commitments ÷ current budget × 100"
    assert found["unspent"] == "current budget − expenditure"


def test_what_follows_from_the_target_names_the_rate_that_is_judged() -> None:
    found = made(TWO, Question(basis="committed", target="60"))
    assert found["target_rate"] == "target 60 %"
    assert found["variance"] == "commitment rate − target rate"
    assert str(found["shortfall"]).startswith("current budget × target rate ÷ 100 − commitments")
    assert "commitment rate is strictly below target rate" in str(found["status"])


def test_a_share_of_the_eligible_base_is_told_as_one() -> None:
    found = made("부서,대상액,목표액,지출액\n가과,100,60,30\n")
    assert found["eligible_rate"] == "expenditure ÷ eligible base × 100"
    assert found["attainment_rate"] == "expenditure ÷ goal amount × 100"
    assert str(found["shortfall"]).startswith("eligible base × target rate")


def test_without_a_target_nothing_is_told_of_one() -> None:
    found = made("부서,예산현액,지출액\n가과,100,30\n")
    assert "target_rate" not in found
    assert "status" in found


def test_a_grouping_column_of_the_users_own_keeps_its_name() -> None:
    found = made("부서,담당,예산현액,지출액\n가과,김,100,30\n", Question(by=("담당",)))
    assert found["담당"] == "column #2 담당 of the source"


def test_a_name_that_no_column_holds_is_left_out() -> None:
    found = made("예산현액,지출액\n100,30\n200,40\n")
    assert "division" not in found


def test_what_was_inferred_the_totals_and_the_counts_are_said() -> None:
    found = table(TWO)
    said = [str(sentence) for sentence in origin(summary(found), found).headline]
    assert said[-2] == "table.csv:4: 계 is a total of 2 rows: its name says so"
    assert said[-1].startswith("rows read 4 = used 2 + totals 1")
    assert any(sentence.startswith("date: 2023-03-14") for sentence in said)


@pytest.mark.parametrize("key", ["uncommitted", "unpaid"])
def test_every_balance_has_a_formula(key: str) -> None:
    assert "−" in str(made(TWO)[key])
