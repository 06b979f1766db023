"""The bridge: step after step from one balance to the other, to the last won."""

from __future__ import annotations

from typing import Any

import pytest

from budgetcli.analysis.bridge import bridge
from budgetcli.analysis.compare import compare
from budgetcli.analysis.question import Question
from budgetcli.errors import TableError
from budgetcli.report import Report, Value
from tests.analysis.tables import table

OLD = """\
부서,예산현액,원인행위액,지출액
가과,100,60,50
나과,200,90,80
다과,300,30,20
"""
NEW = """\
부서,예산현액,원인행위액,지출액
가과,110,80,70
나과,200,95,90
다과,300,200,170
"""


def bridged(old: str, new: str, most: int | None = None, **asked: Any) -> Report:
    question = Question(target="20")._replace(**asked)
    return bridge(compare(table(old, "old.csv"), table(new, "new.csv"), question), most)


def steps(report: Report) -> list[tuple[Value, Value, Value, Value]]:
    keys = ("division", "amount", "start", "end")
    return [(row[keys[0]], row[keys[1]], row[keys[2]], row[keys[3]]) for row in report.rows]


def test_each_step_starts_where_the_last_one_ended() -> None:
    assert steps(bridged(OLD, NEW)) == [
        ("unspent_old", 450, 0, 450),
        ("budget_change", 10, 450, 460),
        ("다과", -150, 460, 310),
        ("가과", -20, 310, 290),
        ("나과", -10, 290, 280),
        ("unspent_new", 280, 0, 280),
    ]


def test_the_smaller_ones_are_one_step_together() -> None:
    assert steps(bridged(OLD, NEW, 1))[2:-1] == [
        ("다과", -150, 460, 310),
        ("2 others", -30, 310, 280),
    ]


def test_by_commitments_it_is_what_is_uncommitted() -> None:
    found = steps(bridged(OLD, NEW, basis="committed"))
    assert found[0] == ("uncommitted_old", 420, 0, 420)
    assert found[-1] == ("uncommitted_new", 235, 0, 235)


def test_who_paid_nothing_is_no_step() -> None:
    assert "나과" not in [step[0] for step in steps(bridged(OLD, NEW.replace("95,90", "90,80")))]


def test_what_the_rows_do_not_tell_is_a_step_of_its_own() -> None:
    old = OLD + "계,600,180,151\n"  # one more than its rows: within rounding
    new = NEW + "계,610,375,330\n"
    found = steps(bridged(old, new))
    assert found[-2] == ("rounding, and amounts not known", 1, 279, 280)
    assert found[-1][1] == 280


def test_a_row_whose_payments_are_unknown_is_told_together_with_rounding() -> None:
    found = steps(bridged(OLD.replace("30,20", "30,"), NEW))
    assert "다과" not in [step[0] for step in found]
    assert found[-2][0] == "rounding, and amounts not known"
    assert found[-2][3] == found[-1][1]


def test_balances_are_named_by_their_dates() -> None:
    dated = [
        "\n".join(f"{line},{extra}" for line, extra in zip(text.splitlines(), days, strict=True))
        for text, days in (
            (OLD, ["기준일", *["2024-06-30"] * 3]),
            (NEW, ["기준일", *["2024-07-31"] * 3]),
        )
    ]
    found = steps(bridged(dated[0], dated[1]))
    assert found[0][0] == "unspent balance 2024-06-30"
    assert found[-1][0] == "unspent balance 2024-07-31"


def test_without_budgets_there_is_no_bridge() -> None:
    old, new = (
        text.replace("예산현액", "대상액").replace("원인행위액", "비고") for text in (OLD, NEW)
    )
    with pytest.raises(TableError, match="nothing to bridge"):
        bridged(old, new)
