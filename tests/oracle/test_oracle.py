"""The program and the plain second answer agree on every shape of table, to the last digit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetcli
from tests.oracle import plain
from tests.oracle.shapes import TOTAL_BY, Table, tables

MONEY = ("budget", "committed", "spent", "unspent", "uncommitted", "unpaid")
RATES = ("commitment_rate", "execution_rate", "target_rate", "variance")
targets = st.sampled_from([None, "60", "0", "58.5", "100", "pace"])


def ours(data: bytes, target: str | None, **said: Any) -> dict[str, Any]:
    """What the program answers, in the plain answer's terms."""
    words = said if target is None else {"target": target, **said}
    given: dict[str, Any] = budgetcli.summary(data, **words).to_dict(decimals=plain.PLACES)
    return {
        "rows": [exact(row) for row in given["rows"]],
        "total": exact({**given["total"], "division": ""}),
    }


def exact(row: dict[str, Any]) -> dict[str, Any]:
    money = {key: None if row[key] is None else Fraction(row[key]) for key in MONEY}
    rates = {key: None if row[key] is None else Fraction(Decimal(str(row[key]))) for key in RATES}
    return {"division": row["division"], **money, **rates, "status": row["status"]}


def asked(table: Table, target: str | None) -> str | None:
    """The pace needs a date, and a table with goals is held against them where nothing is said."""
    dated = "기준일" in table.header or any("기준일" in line for line in table.caption)
    if target == "pace" and not dated:
        return "60"
    return "goal" if target is None and "목표액" in table.header else target


@pytest.mark.parametrize("shape", TOTAL_BY)
@given(st.data())
def test_a_second_plain_reading_gives_the_same_answer(shape: str, data: st.DataObject) -> None:
    table = data.draw(tables(shape))
    drawn = data.draw(targets)
    target = asked(table, drawn)
    expected = plain.answer(table.text, table.mark, target)
    assert ours(table.text.encode(), drawn and target) == expected
