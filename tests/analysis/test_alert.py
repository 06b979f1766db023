"""`lagging --state`: what counts as news, and for whom."""

from __future__ import annotations

from typing import Any

import pytest

from budgetcli.analysis.alert import Alert, alert
from budgetcli.analysis.question import Question
from tests.recognise.tables import read

BEFORE = {"가과": "lagging"}


def now(rows: str, before: dict[str, str], **asked: Any) -> Alert:
    table = read(f"부서 | 예산현액 | 지출액\n{rows}")
    return alert(table, Question(target="60", **asked), before)


@pytest.mark.parametrize(
    ("rows", "before", "kind", "names"),
    [
        ("가과 | 100 | 50\n나과 | 100 | 59", BEFORE, "new", ["나과"]),
        ("가과 | 100 | 60\n나과 | 100 | 70", BEFORE, "recovered", ["가과"]),
        ("가과 | 100 |\n나과 | 100 | 70", BEFORE, "unknown", ["가과"]),
        ("나과 | 100 | 70\n다과 | 100 | 70", BEFORE, "gone", ["가과"]),
        ("가과 | 100 | 50\n나과 | 100 | 70", {"가과": "overspent"}, "status", ["가과"]),
    ],
)
def test_a_change_has_its_kind(
    rows: str, before: dict[str, str], kind: str, names: list[str]
) -> None:
    found = now(rows, before)
    changes = found.report.extra["changes"]
    assert isinstance(changes, dict)
    assert {name: who for name, who in changes.items() if who} == {kind: names}
    assert found.changed


def test_another_rate_of_the_same_laggards_is_no_news() -> None:
    found = now("가과 | 100 | 12\n나과 | 100 | 70", BEFORE)
    assert (found.changed, found.behind) == (False, BEFORE)


def test_nobody_behind_and_nobody_before_is_no_news() -> None:
    assert not now("가과 | 100 | 90", {}).changed


def test_rows_cut_off_are_counted_all_the_same() -> None:
    found = now("가과 | 100 | 50\n나과 | 100 | 40", {}, top=1)
    assert list(found.behind) == ["나과", "가과"]
    assert [row["division"] for row in found.report.rows] == ["나과"]


def test_the_change_is_said_behind_the_verdict() -> None:
    found = now("가과 | 100 | 50\n나과 | 100 | 70", {"나과": "lagging"})
    assert [str(said) for said in found.report.headline][1:3] == [
        "newly behind: 가과",
        "recovered: 나과",
    ]
