"""Severity: the most money behind first, then the most points."""

from __future__ import annotations

from typing import Any

import pytest

from budgetcli.analysis.lagging import lagging
from budgetcli.analysis.question import Question
from budgetcli.analysis.summary import summary
from tests.analysis.tables import table

# behind 60 by: 가 50 points and 50, 나 10 points and 100, 다 20 points and 100; 라 is not behind
TEXT = "부서,예산현액,지출액\n가과,100,10\n나과,1000,500\n다과,500,200\n라과,100,90\n마과,100,\n"


def places(**asked: Any) -> list[tuple[Any, Any]]:
    report = summary(table(TEXT), Question(target="60")._replace(**asked))
    return [(row["division"], row.get("severity")) for row in report.rows]


def test_money_counts_first_and_points_where_money_is_equal() -> None:
    assert places(sort="severity") == [
        ("다과", 1),
        ("나과", 2),
        ("가과", 3),
        ("라과", None),
        ("마과", None),
    ]


def test_the_other_way_round_the_unknown_still_come_last() -> None:
    assert [name for name, _ in places(sort="-severity")] == [
        "가과",
        "나과",
        "다과",
        "라과",
        "마과",
    ]


def test_no_row_has_it_unless_it_is_asked_for() -> None:
    assert {severity for _, severity in places()} == {None}
    assert "severity" not in summary(table(TEXT), Question(target="60")).rows[0]


@pytest.mark.parametrize(
    ("sort", "names"),
    [(None, ["가과", "다과", "나과"]), ("severity", ["다과", "나과", "가과"])],
)
def test_the_alert_names_them_in_the_order_asked_for(sort: str | None, names: list[str]) -> None:
    report = lagging(table(TEXT), Question(target="60", sort=sort, top=2))
    assert [row["division"] for row in report.rows] == names[:2]
    assert [sentence.values["name"] for sentence in report.headline[1:4]] == names


def test_it_is_shown_where_it_orders_the_rows() -> None:
    shown = [
        [column.key for column in lagging(table(TEXT), Question(target="60", sort=sort)).columns]
        for sort in (None, "severity")
    ]
    assert ["severity" in keys for keys in shown] == [False, True]


def test_who_is_behind_on_a_negative_budget_is_the_least_grave() -> None:
    """-10 of -50 is 20 per cent; but nothing more is to be spent of it."""
    text = "부서,예산현액,지출액\n가과,-50,-10\n나과,100,59\n다과,100,90\n"
    rows = summary(table(text), Question(target="60", sort="severity")).rows
    assert [(row["division"], row["shortfall"], row["severity"]) for row in rows] == [
        ("나과", 1, 1),
        ("가과", 0, 2),
        ("다과", 0, None),
    ]
