"""Each kind of finding with all it carries: what it says, where, of whom, and both figures."""

from __future__ import annotations

from fractions import Fraction

import pytest

from budgetcli.analysis.check import check
from budgetcli.model import BudgetTable, Finding
from tests.analysis.tables import table

TENTHS = "부서,예산현액,원인행위액,미원인행위액\n"


def told(finding: Finding) -> tuple[str, str, str, str, str | None, str | None]:
    """Gravity, code, words, place, division and column."""
    return (
        finding.severity.value,
        finding.code,
        str(finding.message),
        str(finding.place),
        finding.division,
        finding.column,
    )


def figures(finding: Finding) -> tuple[object, object, int]:
    return finding.printed, finding.computed, finding.scale


def only(budget: BudgetTable) -> Finding:
    (finding,) = check(budget).findings
    return finding


def test_a_wrong_balance_of_tenths_has_its_figures_in_tenths() -> None:
    finding = only(table(f"{TENTHS}가과,100.5,40.2,61.0\n나과,20.5,10.5,10.0"))
    assert told(finding) == (
        "error",
        "identity_mismatch",
        "the printed amount is not current budget − commitments",
        "table.csv:2",
        "가과",
        "uncommitted",
    )
    assert figures(finding) == (610, 603, 1)


def test_a_balance_of_three_amounts_may_be_off_by_two_units() -> None:
    text = "부서,예산현액(A),지출액(B),이월액(C),집행잔액(A-B-C)\n가과,1000,300,200,{}"
    off, wrong = (only(table(text.format(left), unit="백만원")) for left in (502, 503))
    assert (told(off)[:3], off.difference) == (
        (
            "note",
            "rounding",
            "the printed amount and current budget − expenditure − carry-over differ by "
            "rounding alone",
        ),
        2_000_000,
    )
    assert wrong.code == "identity_mismatch"


def test_a_wrong_total_of_a_balance_carries_row_and_figures() -> None:
    text = f"{TENTHS}계,60.0,20.0,40.9\n가과,20.0,10.0,10.0\n나과,40.0,10.0,30.0"
    finding = check(table(text)).findings[0]
    assert told(finding) == (
        "error",
        "total_mismatch",
        "the printed total differs from the sum of its 2 parts",
        "table.csv:2",
        "계",
        "uncommitted",
    )
    assert figures(finding) == (409, 400, 1)


def test_a_total_of_balances_printed_as_nothing_is_held_as_nothing() -> None:
    text = f"{TENTHS}계,60,20,0\n가과,20,10,10\n나과,40,10,30"
    assert figures(check(table(text, unit="원")).findings[0]) == (0, 40, 0)


@pytest.mark.parametrize(("total", "code"), [("40.2", "rounding"), ("40.3", "total_mismatch")])
def test_a_total_of_three_balances_in_tenths_may_be_off_by_two_tenths(
    total: str, code: str
) -> None:
    parts = "가과,20.0,10.0,10.0\n나과,20.0,10.0,10.0\n다과,30.0,10.0,20.0"
    (finding,) = [
        finding
        for finding in check(table(f"{TENTHS}계,70.0,30.0,{total}\n{parts}")).findings
        if "parts" in str(finding.message)
    ]
    assert finding.code == code


def test_a_wrong_total_of_tenths_is_told_in_tenths() -> None:
    finding = only(table("부서,예산현액,지출액\n계,31.5,9.0\n가과,10.0,5.0\n나과,20.5,4.0"))
    assert (told(finding)[1:4], figures(finding)) == (
        (
            "total_mismatch",
            "the printed total differs from the sum of its 2 parts",
            "table.csv:2",
        ),
        (315, 305, 1),
    )


def balances(lefts: list[str]) -> BudgetTable:
    lines = (f"{place}과,100.0,30.0,{left}" for place, left in enumerate(lefts))
    return table("\n".join(["부서,예산현액,지출액,집행잔액", *lines]))


def test_balances_that_follow_from_something_else_are_told_at_the_first_one_printed() -> None:
    finding = only(balances(["", *["70.0"] * 4, *["99.9"] * 6]))
    assert told(finding) == (
        "warning",
        "identity_unexplained",
        "only 4 of 10 printed amounts are current budget − expenditure: "
        "they follow from something else, and were not recomputed",
        "table.csv:3",
        None,
        "unspent",
    )


@pytest.mark.parametrize(("left", "side"), [("69.5", "less"), ("70.5", "more")])
def test_balances_wrong_to_one_side_are_told_at_the_first_of_them(left: str, side: str) -> None:
    *_, note = check(balances(["70.0"] * 10 + [left] * 10)).findings
    assert told(note)[:2] == ("note", "identity_one_sided")
    assert str(note.message).startswith(f"all 10 are {side} than computed")
    assert told(note)[3:] == ("table.csv:12", None, "unspent")


def test_of_many_notes_on_rounding_the_largest_stays() -> None:
    """Three amounts and their balance leave two units of room."""
    lines = (f"{place}과,1000,300,200,{502 if place == 4 else 501}" for place in range(10))
    header = "부서,예산현액(A),지출액(B),이월액(C),집행잔액(A-B-C)"
    note = only(table("\n".join([header, *lines]), unit="백만원"))
    assert told(note) == (
        "note",
        "rounding",
        "10 printed amounts and current budget − expenditure − carry-over differ by rounding "
        "alone, most here",
        "table.csv:6",
        "4과",
        "unspent",
    )


def test_a_balance_says_its_formula_and_whether_that_is_usual() -> None:
    text = "부서,예산현액,지출액,이월액,집행잔액\n가과,1000,300,200,{}\n나과,900,300,100,{}"
    usual, other = (
        check(table(text.format(*left), unit="원")) for left in ((700, 600), (500, 500))
    )
    assert [str(report.headline[1]) for report in (usual, other)] == [
        "unspent balance = current budget − expenditure: 2 of 2 agree",
        "unspent balance = current budget − expenditure − carry-over: 2 of 2 agree",
    ]
    assert [report.extra["formulas"] for report in (usual, other)] == [
        [
            {
                "column": "unspent",
                "formula": formula,
                "usual": is_usual,
                "agreeing": 2,
                "lines": 2,
            }
        ]
        for formula, is_usual in (
            ("budget - spent", True),
            ("budget - spent - carried_over", False),
        )
    ]


def test_a_wrong_rate_carries_its_row_its_name_and_both_rates() -> None:
    finding = only(table("부서,예산현액,지출액,집행률\n가과,1000,303,30.8\n나과,1000,500,50.0"))
    assert told(finding) == (
        "error",
        "rate_mismatch",
        "the printed rate is not expenditure ÷ current budget",
        "table.csv:2",
        "가과",
        "execution_rate",
    )
    assert (finding.printed, finding.computed) == (Fraction("30.8"), Fraction("30.3"))


def test_rates_of_something_else_are_told_at_the_first_one_printed() -> None:
    rates = ["", "30.0", "40.0", "50.0", "20.0", *["77.7", "12.5", "3.1"] * 2]
    lines = [f"{n}과,1000,{300 + 100 * ((n + 1) % 2)},{rate}" for n, rate in enumerate(rates)]
    finding = only(table("\n".join(["부서,예산현액,지출액,집행률", *lines]), unit="원"))
    assert told(finding)[:2] == ("warning", "rate_unexplained")
    assert told(finding)[3:] == ("table.csv:3", None, "execution_rate")


def test_rates_of_what_is_not_shown_are_told_at_the_first_one_printed() -> None:
    text = "부서,예산현액,지출액,증감률\n가과,2000,400,-\n나과,3000,300,-7.7"
    assert told(only(table(text, unit="원"))) == (
        "note",
        "rate_unexplained",
        "these rates follow from no two columns of the table: they were not recomputed",
        "table.csv:3",
        None,
        "증감률",
    )


def test_whole_won_that_do_not_add_up_by_one_say_that_won_are_not_rounded() -> None:
    text = "부서,예산현액,지출액\n계,301,90\n가과,100,50\n나과,200,40"
    assert str(only(table(text, unit="원")).message) == (
        "the printed total differs from the sum of its parts, and won are not rounded"
    )
