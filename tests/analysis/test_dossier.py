"""All answers about one table: what there is, and why what there is not is not."""

from __future__ import annotations

import pytest

from budgetcli.analysis.dossier import dossier
from budgetcli.analysis.question import Question
from budgetcli.errors import TableError
from tests.analysis.tables import table, tables

DATED = """\
부서,예산현액,지출액,기준일
가과,100,70,2023-06-30
나과,100,30,2023-06-30
"""
UNDATED = "부서,예산현액,지출액\n가과,100,70\n나과,100,30\n"
TWO_DATES = DATED + "가과,100,80,2023-07-31\n나과,100,90,2023-07-31\n"


def test_one_date_has_every_answer_but_the_trend_which_nobody_misses() -> None:
    found = dossier(tables(DATED), table(DATED))
    answers = (found.summary, found.lagging, found.forecast, found.check, found.origin)
    assert [answer.name for answer in answers if answer] == [
        "summary", "lagging", "forecast", "check", "origin",
    ]  # fmt: skip
    assert (found.trend, found.missing) == (None, ())


def test_several_dates_have_a_trend_and_the_rest_is_about_the_table_named() -> None:
    both = tables(TWO_DATES)
    found = dossier(both, both[0])
    assert found.trend is not None
    assert [row["execution_rate"] for row in found.summary.rows] == [70, 30]


def test_an_answer_that_cannot_be_given_says_why() -> None:
    found = dossier(tables(UNDATED), table(UNDATED))
    assert (found.lagging, found.forecast) == (None, None)
    assert [(name, str(why)) for name, why in found.missing] == [
        ("lagging", "there is no target without a date"),
        ("forecast", "the year's end cannot be forecast: the table does not say its date"),
    ]


def test_the_order_asked_for_is_the_summarys_alone() -> None:
    found = dossier(tables(DATED), table(DATED), Question(sort="execution_rate"))
    assert [row["division"] for row in found.summary.rows] == ["나과", "가과"]
    assert found.forecast is not None
    assert not found.missing


def test_without_a_summary_there_is_no_dossier() -> None:
    text = "부서,지출액\n가과,100\n"
    with pytest.raises(TableError):
        dossier(tables(text), table(text))
