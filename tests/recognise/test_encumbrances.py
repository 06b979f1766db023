"""Encumbrances are all commitments or only the open ones: decided by amounts, else said."""

from __future__ import annotations

import pytest

from budgetcli.recognise.table import Hints
from tests.recognise.tables import amounts, read, said

ROWS = "Police|1,000|500|100{police}\nFire|2,000|800|-{fire}\nTotal|3,000|1,300|100{total}"


def us_table(header: str = "", police: str = "", fire: str = "", total: str = "") -> str:
    """Budget, expenditures and encumbrances of two departments, with or without a last column."""
    rows = ROWS.format(police=police, fire=fire, total=total)
    return f"Department|Revised Budget|Expenditures|Encumbrances{header}\n{rows}"


@pytest.mark.parametrize(
    ("header", "police", "fire", "total"),
    [
        ("|Available Budget", "|400", "|1,200", "|1,600"),
        ("|Free", "|400", "|1,200", "|1,600"),
        ("|% Used", "|60.0%", "|40.0%", "|46.7%"),
        ("|Pct Used", "|0.60", "|0.40", "|0.47"),
    ],
)
def test_open_encumbrances_and_spending_are_commitments_where_a_column_counts_both(
    header: str, police: str, fire: str, total: str
) -> None:
    table = read(us_table(header, police, fire, total))
    assert amounts(table, "committed", "encumbered", "spent") == {
        "Police": [600, 100, 500],
        "Fire": [800, "dash", 800],
    }
    assert table.totals[0].row.amount("committed") == 1400
    assert table.has("committed")
    assert any("Expenditures + Encumbrances" in str(e.message) for e in table.evidence)
    assert not any("encumbrance" in text.lower() for text in said(table))


def test_encumbrances_that_the_balance_counts_alone_are_all_commitments() -> None:
    table = read(us_table("|Balance", "|900", "|2,000", "|2,900"))
    assert amounts(table, "committed", "spent")["Police"] == [100, 500]
    assert not table.has("encumbered")


@pytest.mark.parametrize("balance", ["", "|500"])
def test_encumbrances_that_nothing_explains_give_no_commitments_and_that_is_said(
    balance: str,
) -> None:
    table = read(us_table("|Balance" if balance else "", balance))
    assert not table.has("committed")
    assert amounts(table, "encumbered")["Police"] == [100]
    assert any(
        "--map committed=Encumbrances" in text and "--map encumbered=Encumbrances" in text
        for text in said(table)
    )


@pytest.mark.parametrize(("field", "committed"), [("committed", 100), ("encumbered", 600)])
def test_the_user_says_which_encumbrances_are_meant(field: str, committed: int) -> None:
    table = read(us_table(), Hints(columns={field: "Encumbrances"}))
    assert table.rows[0].amount("committed") == committed


def test_a_header_that_says_open_needs_no_proof() -> None:
    table = read("Department|Budget|Spent|Open Encumbrances\nPolice|1,000|500|100\nFire|20|||")
    assert [row.amounts["committed"] for row in table.rows][:1] == [600]
    assert table.rows[1].amount("committed") is None


def test_open_encumbrances_without_spending_are_no_commitments() -> None:
    table = read("Department|Budget|Open Encumbrances\nPolice|1,000|100")
    assert not table.has("committed")


def test_encumbrances_without_a_budget_prove_nothing() -> None:
    table = read("Department|Spent|Encumbrances\nPolice|500|100")
    assert not table.has("committed")


def test_commitments_that_the_balance_counts_beside_the_spending_are_open() -> None:
    table = read("Dept|Budget|Actuals|Commitments|Available\nA|100|40|25|35\nB|90|10|0|80")
    assert amounts(table, "committed", "encumbered") == {"A": [65, 25], "B": [10, 0]}


def test_commitments_beside_encumbrances_are_taken_as_they_stand() -> None:
    table = read("Dept|Budget|Committed|Encumbered|Spent|Balance\nA|100|70|25|45|30")
    assert amounts(table, "committed", "encumbered", "spent") == {"A": [70, 25, 45]}


def test_rounded_amounts_prove_as_well() -> None:
    table = read("Dept|Budget|Spent|Encumbrances|Available\nA|10.1|4.04|2.52|3.5\nB|9|1|2|6")
    assert amounts(table, "committed")["A"] == [656]
