"""Totals, rates and balances recomputed; every expectation here was computed by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from budgetcli.analysis.check import check
from budgetcli.analysis.question import Question
from budgetcli.i18n import use_language
from budgetcli.model import BudgetTable, Finding, Severity
from budgetcli.recognise.join import join, select
from budgetcli.report import Report
from tests.analysis.tables import table


def found(budget: BudgetTable) -> list[tuple[str, str, str | None, str | None]]:
    """Severity, code, division and column of every finding, in the order of the answer."""
    return [
        (finding.severity.value, finding.code, finding.division, finding.column)
        for finding in check(budget).findings
    ]


def checked(report: Report) -> object:
    return report.extra["checked"]


def formulas(budget: BudgetTable) -> dict[str, str]:
    entries = check(budget).extra["formulas"]
    assert isinstance(entries, list)
    return {entry["column"]: entry["formula"] for entry in entries}


def errors(budget: BudgetTable) -> list[Finding]:
    return [finding for finding in check(budget).findings if finding.severity.value == "error"]


def test_a_table_that_adds_up_has_no_findings_and_no_verdict() -> None:
    report = check(
        table("부서,예산현액,지출액,집행률\n계,300,90,30.0\n가과,100,50,50.0\n나과,200,40,20.0")
    )
    assert (report.findings, report.rows, report.verdict) == ((), (), False)
    assert checked(report) == {"totals": 2, "rates": 3, "identities": 0}
    assert [str(said) for said in report.headline] == [
        "3 rates, 2 totals recomputed: nothing wrong",
        "execution rate = expenditure ÷ current budget: 3 of 3 agree",
        "a table that adds up can still be wrong",
    ]


def test_where_nothing_can_be_recomputed_that_is_said() -> None:
    report = check(table("부서,예산현액,지출액\n가과,100,50\n나과,200,40"))
    assert str(report.headline[0]) == "there is no total, rate or balance to recompute"


def test_a_wrong_total_is_an_error_that_names_row_and_column() -> None:
    report = check(table("부서,예산현액,지출액\n계,310,90\n가과,100,50\n나과,200,40"))
    (finding,) = report.findings
    assert (finding.code, finding.division, finding.column) == ("total_mismatch", "계", "budget")
    assert (finding.printed, finding.computed, finding.difference) == (310, 300, 10)
    assert str(finding.place) == "table.csv:2"
    assert report.verdict
    assert str(report.headline[0]) == "2 totals recomputed: 1 error"


def test_subtotals_are_checked_at_every_level() -> None:
    budget = table(
        "구분,부서,예산현액,지출액\n총계,,1000,400\n"
        "갑국,소계,300,100\n갑국,가과,100,50\n갑국,나과,200,50\n"
        "을국,소계,720,300\n을국,다과,300,100\n을국,라과,400,200"
    )
    assert [(f.code, f.printed, f.computed) for f in errors(budget)] == [
        ("total_mismatch", 720, 700)
    ]
    assert checked(check(budget)) == {"totals": 6, "rates": 0, "identities": 0}


def test_a_total_may_differ_by_the_rounding_of_its_parts_and_that_is_noted() -> None:
    text = "부서,예산현액,지출액\n계,301,90\n가과,100,50\n나과,200,40"
    assert found(table(text, unit="백만원")) == [("note", "rounding", "계", "budget")]


def test_whole_won_are_not_rounded() -> None:
    text = "부서,예산현액,지출액\n계,301,90\n가과,100,50\n나과,200,40"
    assert found(table(text, unit="원")) == [("error", "total_mismatch", "계", "budget")]


@pytest.mark.parametrize(("rate", "wrong"), [("33.3", False), ("33.4", True), ("33.2", True)])
def test_a_rate_has_half_a_unit_of_its_last_digit(rate: str, wrong: bool) -> None:
    budget = table(f"부서,예산현액,지출액,집행률\n가과,300000,100000,{rate}", unit="백만원")
    assert bool(errors(budget)) is wrong


def test_halves_may_be_printed_up_or_down() -> None:
    text = "부서,예산현액,지출액,집행률\n가과,400,427,106.8\n나과,400,427,106.7\n다과,400,427,106.6"
    assert [f.division for f in errors(table(text, unit="원"))] == ["다과"]


def test_small_amounts_leave_their_rates_room() -> None:
    """1 of 3 억원 may be 0.5 of 3.5 or 1.5 of 2.5: 14.3 to 60 per cent."""
    text = "부서,예산현액,지출액,집행률\n가과,3,1,{}\n"
    inside, outside = (
        table(text.format("59.9"), unit="억원"),
        table(text.format("60.1"), unit="억원"),
    )
    assert errors(inside) == []
    assert [f.code for f in errors(outside)] == ["rate_mismatch"]


def test_a_wrong_rate_says_what_is_printed_and_what_follows() -> None:
    budget = table("부서,예산현액,지출액,집행률\n가과,1000,303,30.8\n나과,1000,500,50.0", unit="원")
    (finding,) = errors(budget)
    assert (finding.code, finding.division, finding.column) == (
        "rate_mismatch",
        "가과",
        "execution_rate",
    )
    assert (finding.printed, finding.computed) == (Fraction("30.8"), Fraction("30.3"))
    assert str(finding.message) == "the printed rate is not expenditure ÷ current budget"
    assert str(finding.place) == "table.csv:2"


def test_the_rates_of_totals_are_recomputed_too() -> None:
    budget = table(
        "부서,예산현액,지출액,집행률\n계,300,90,35.0\n가과,100,50,50.0\n나과,200,40,20.0", unit="원"
    )
    assert [(f.division, f.column) for f in errors(budget)] == [("계", "execution_rate")]


def test_58_in_a_column_of_one_decimal_is_58_0() -> None:
    text = "부서,예산현액,지출액,집행률\n가과,1000,584,58\n나과,1000,303,30.3\n다과,1000,411,41.1"
    assert [f.division for f in errors(table(text, unit="원"))] == ["가과"]


def test_a_rate_over_nothing_cannot_be_recomputed() -> None:
    report = check(table("부서,예산현액,지출액,집행률\n가과,0,0,0.0\n나과,200,40,20.0", unit="원"))
    assert checked(report) == {"totals": 0, "rates": 1, "identities": 0}


def test_negative_amounts_have_rates_too() -> None:
    text = "부서,예산현액,지출액,집행률\n가과,△1000,500,△50.0\n나과,1000,△200,△20.0\n다과,9,9,99"
    assert errors(table(text)) == []
    assert checked(check(table(text))) == {"totals": 0, "rates": 3, "identities": 0}


@pytest.mark.parametrize(
    ("header", "rates", "formula"),
    [
        ("당초예산", ("40.0", "10.0", "30.0"), "spent / original"),
        ("원인행위액", ("40.0", "10.0", "30.0"), "spent / committed"),
        ("대상액", ("40.0", "10.0", "30.0"), "spent / eligible"),
        ("목표액", ("40.0", "10.0", "30.0"), "spent / goal"),
        ("당초예산", ("20.0", "5.0", "10.0"), "spent / budget"),
    ],
)
def test_the_denominator_is_the_one_the_rates_follow(
    header: str, rates: tuple[str, ...], formula: str
) -> None:
    spent = ("400", "100", "300")
    budgets = ("2000", "2000", "3000")
    lines = [
        f"{name},{whole},1000,{part},{rate}"
        for name, whole, part, rate in zip("가나다", budgets, spent, rates, strict=True)
    ]
    budget = table("\n".join([f"부서,예산현액,{header},지출액,집행률", *lines]), unit="원")
    assert formulas(budget) == {"execution_rate": formula}
    assert errors(budget) == []


def test_an_unusual_denominator_is_said() -> None:
    budget = table(
        "부서,예산현액,목표액,지출액,집행률\n가과,2000,1000,400,40.0\n나과,3000,1000,300,30.0\n",
        unit="원",
    )
    report = check(budget)
    assert str(report.headline[1]) == "execution rate = expenditure ÷ goal amount: 2 of 2 agree"
    assert report.extra["formulas"] == [
        {
            "column": "execution_rate",
            "formula": "spent / goal",
            "usual": False,
            "agreeing": 2,
            "lines": 2,
        }
    ]


def test_one_error_does_not_make_another_denominator() -> None:
    """Original and current budget differ in one row alone: there, the current one counts."""
    budget = table(
        "부서,당초예산,예산현액,지출액,집행률\n가과,1000,1000,400,40.0\n"
        "나과,1000,1000,300,30.0\n다과,1000,2000,500,50.0",
        unit="원",
    )
    assert formulas(budget) == {"execution_rate": "spent / budget"}
    assert [f.division for f in errors(budget)] == ["다과"]


def test_a_second_rate_is_held_against_its_own_denominator() -> None:
    budget = table(
        "부서,예산현액(A),목표액(B),지출액(C),집행률(C/A),목표대비(C/B)\n"
        "가과,2000,1000,400,20.0,40.0\n나과,3000,1000,300,10.0,31.0",
        unit="원",
    )
    assert formulas(budget) == {
        "execution_rate": "spent / budget",
        "attainment_rate": "spent / goal",
    }
    assert [(f.division, f.column) for f in errors(budget)] == [("나과", "attainment_rate")]


def test_a_header_declares_the_denominator_of_a_rate_nobody_knows() -> None:
    budget = table(
        "부서,본예산,추경(A),예산현액(B),집행액(C),집행률(C/A),집행률(C/B)\n"
        "가과,500,1000,2000,400,40.0,20.0\n나과,500,1000,3000,300,35.0,10.0",
        unit="원",
    )
    (finding,) = errors(budget)
    assert (finding.division, finding.column) == ("나과", "집행률(C/A)")
    assert str(finding.message) == "the printed rate is not expenditure ÷ 추경(A)"


def test_rates_of_what_the_table_does_not_show_are_said_not_to_be_checked() -> None:
    budget = table(
        "부서,예산현액,지출액,집행률,증감률\n가과,2000,400,20.0,3.1\n나과,3000,300,10.0,-7.7",
        unit="원",
    )
    assert found(budget) == [("note", "rate_unexplained", None, "증감률")]


def test_rates_most_of_which_are_another_ratio_are_not_called_wrong() -> None:
    rates = ["30.0", "40.0", "50.0", "20.0", *["77.7", "12.5", "3.1"] * 2]
    lines = [f"{n}과,1000,{300 + 100 * (n % 2)},{rate}" for n, rate in enumerate(rates)]
    budget = table("\n".join(["부서,예산현액,지출액,집행률", *lines]), unit="원")
    (finding,) = check(budget).findings
    assert (finding.code, finding.severity) == ("rate_unexplained", Severity.WARNING)
    assert str(finding.message) == (
        "only 2 of 10 printed rates are expenditure ÷ current budget: "
        "they follow from something else, and were not recomputed"
    )


def test_a_column_of_large_numbers_holds_no_rates() -> None:
    budget = table(
        "부서,예산현액,지출액,요율\n가과,2000,400,3000000\n나과,3000,300,4000000", unit="원"
    )
    assert found(budget) == []


def test_an_empty_column_of_rates_says_nothing() -> None:
    assert found(table("부서,예산현액,지출액,증감률\n가과,2000,400,\n나과,3000,300,-")) == []


def test_a_target_rate_may_be_set_without_amounts() -> None:
    budget = table("부서,예산현액,지출액,목표율\n가과,2000,400,60.0\n나과,3000,300,60.0")
    assert found(budget) == []


def test_goal_and_base_make_the_target_rate() -> None:
    budget = table(
        "부서,대상액,목표액,지출액,목표율,달성률\n가과,1000,600,300,60.0,50.0\n나과,1000,500,600,55.0,120.0",
        unit="원",
    )
    assert [(f.division, f.column) for f in errors(budget)] == [("나과", "target_rate")]
    assert checked(check(budget)) == {"totals": 0, "rates": 4, "identities": 0}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("원인행위액", "committed"),
        ("목표액", "goal"),
        ("대상액", "eligible"),
        ("이월액", "carried_over"),
        ("불용액", "lapsed"),
    ],
)
def test_a_rate_nobody_named_is_that_of_whatever_amount_makes_it(header: str, field: str) -> None:
    budget = table(
        f"부서,예산현액,지출액,{header},비율\n"
        "가과,1000,300,640,64.0\n나과,2000,500,1500,75.0\n다과,2000,770,1230,61.5",
        unit="원",
    )
    assert f"{field} / budget" in formulas(budget).values()


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("목표액", "goal"),
        ("대상액", "eligible"),
        ("원인행위액", "committed"),
        ("본예산", "original"),
    ],
)
def test_a_rate_nobody_named_is_of_whatever_whole_makes_it(header: str, field: str) -> None:
    budget = table(
        f"부서,예산현액,지출액,{header},비율\n"
        "가과,1000,300,500,60.0\n나과,2000,500,1000,50.0\n다과,2000,770,1000,77.0",
        unit="원",
    )
    assert f"spent / {field}" in formulas(budget).values()


@pytest.mark.parametrize("rates", [("70.0", "75.0", "61.5"), ("0.700", "0.750", "0.615")])
def test_a_rate_of_what_is_left_is_recomputed_in_per_cent_and_as_a_share(
    rates: tuple[str, ...],
) -> None:
    budget = table(
        "부서,예산현액,지출액,집행잔액,잔액률\n가과,1000,300,700,{}\n"
        "나과,2000,500,1500,{}\n다과,2000,770,1230,{}".format(*rates),
        unit="원",
    )
    assert formulas(budget)["잔액률"] == "unspent / budget"
    assert found(budget) == []


def test_rates_printed_as_shares_are_recomputed_in_per_cent() -> None:
    budget = table(
        "부서,목표액,예산현액,지출액,달성률\n가과,1000,5000,307,0.307\n"
        "나과,1000,5000,500,0.500\n다과,1000,5000,111,0.222",
        unit="원",
    )
    (finding,) = errors(budget)
    assert (finding.division, finding.printed, finding.computed) == (
        "다과",
        Fraction("22.2"),
        Fraction("11.1"),
    )


@pytest.mark.parametrize(
    ("headers", "row", "wrong"),
    [
        ("예산현액,지출액,집행잔액", "1000,300,700", False),
        ("예산현액,지출액,집행잔액", "1000,300,710", True),
        ("예산현액,원인행위액,지출액,미원인행위액", "1000,400,300,600", False),
        ("예산현액,원인행위액,지출액,미원인행위액", "1000,400,300,700", True),
        ("예산현액,원인행위액,지출액,미지급액", "1000,400,300,100", False),
        ("예산현액,원인행위액,지출액,미지급액", "1000,400,300,110", True),
        ("예산현액,지출액,이월액,불용액", "1000,300,200,500", False),
        ("예산현액,지출액,이월액,불용액", "1000,300,200,600", True),
        ("예산현액,지출액,이월액,보조금반납금,불용액", "1000,300,200,100,400", False),
        ("예산현액,지출액,이월액,보조금반납금,불용액", "1000,300,200,100,500", True),
        ("예산현액,지출액,이월액,불용액", "1000,300,-,700", False),
    ],
)
def test_balances_follow_from_their_amounts(headers: str, row: str, wrong: bool) -> None:
    budget = table(f"부서,{headers}\n가과,{row}", unit="원")
    assert [f.code for f in errors(budget)] == ["identity_mismatch"] * wrong
    assert checked(check(budget)) == {"totals": 0, "rates": 0, "identities": 1}


def test_a_wrong_balance_says_both_figures() -> None:
    (finding,) = errors(table("부서,예산현액,지출액,집행잔액\n가과,1000,300,710", unit="원"))
    assert (finding.printed, finding.computed, finding.difference) == (710, 700, 10)
    assert str(finding.message) == "the printed amount is not current budget − expenditure"


@pytest.mark.parametrize(
    ("balance", "expected"),
    [("700", None), ("701", "rounding"), ("702", "identity_mismatch"), ("", None)],
)
def test_a_balance_of_two_amounts_may_be_off_by_three_halves(
    balance: str, expected: str | None
) -> None:
    budget = table(
        f"부서,예산현액,지출액,집행잔액\n가과,1000,300,{balance}\n나과,9,4,5", unit="백만원"
    )
    assert [code for _, code, _, _ in found(budget)] == ([expected] if expected else [])


def test_a_balance_may_leave_the_carry_over_out() -> None:
    budget = table(
        "부서,예산현액,지출액,이월액,집행잔액\n가과,1000,300,200,500\n나과,900,300,100,500",
        unit="원",
    )
    assert formulas(budget) == {"unspent": "budget - spent - carried_over"}
    assert errors(budget) == []


def test_lapsed_without_a_carry_over_column_is_held_against_what_it_follows_or_nothing() -> None:
    text = "부서,예산현액,지출액,불용액\n가과,1000,300,{}\n나과,900,300,{}"
    assert formulas(table(text.format(700, 600), unit="원")) == {"lapsed": "budget - spent"}
    assert formulas(table(text.format(100, 50), unit="원")) == {}


def test_a_blank_part_is_not_nothing() -> None:
    budget = table("부서,예산현액,지출액,이월액,불용액\n가과,1000,300,,700\n나과,1000,300,200,500")
    assert checked(check(budget)) == {"totals": 0, "rates": 0, "identities": 1}


def test_a_header_declares_sums_and_differences() -> None:
    budget = table(
        "부서,당초예산(A),추경(B),예산현액(C=A+B),지출액(D),차액(C-D)\n"
        "계,300,30,330,110,220\n가과,100,10,110,50,60\n나과,200,20,220,60,160",
        unit="원",
    )
    assert formulas(budget) == {
        "budget": "original + 추경(B)",
        "차액(C-D)": "budget - spent",
    }
    assert errors(budget) == []
    assert checked(check(budget)) == {"totals": 5, "rates": 0, "identities": 6}


def test_what_a_header_declares_goes_before_what_a_balance_usually_is() -> None:
    budget = table(
        "부서,예산현액(A),지출액(B),이월액(C),집행잔액(A-B-C)\n가과,1000,300,200,500", unit="원"
    )
    assert formulas(budget) == {"unspent": "budget - spent - carried_over"}


def test_totals_of_balances_are_checked_too() -> None:
    text = (
        "부서,예산현액,원인행위액,지출액,미원인행위액\n"
        "계,3000,700,300,{}\n가과,1000,400,100,600\n나과,2000,300,200,1700"
    )
    right, off, wrong = (table(text.format(sum_), unit="백만원") for sum_ in (2300, 2301, 2302))
    assert found(right) == []
    assert [code for _, code, _, _ in found(off)] == ["rounding", "rounding"]
    assert [code for _, code, _, _ in found(wrong)] == ["total_mismatch", "identity_mismatch"]


def test_three_parts_and_their_total_of_balances_may_be_off_by_two_printed_units() -> None:
    text = (
        "부서,예산현액,원인행위액,미원인행위액\n"
        "계,6000,1400,{}\n가과,1000,400,600\n나과,2000,300,1700\n다과,3000,700,2300"
    )
    off, wrong = (table(text.format(sum_), unit="백만원") for sum_ in (4602, 4603))
    assert ("note", "rounding", "계", None) in [(*entry[:3], None) for entry in found(off)]
    assert "total_mismatch" not in [code for _, code, _, _ in found(off)]
    assert "total_mismatch" in [code for _, code, _, _ in found(wrong)]


def test_a_total_over_unknown_parts_is_no_error() -> None:
    budget = table(
        "부서,예산현액,원인행위액,지출액,미원인행위액\n"
        "계,3000,700,300,2300\n가과,1000,400,100,\n나과,2000,300,200,1700"
    )
    assert found(budget) == [("warning", "total_mismatch", "계", "uncommitted")]


def test_a_total_that_is_not_printed_is_not_counted() -> None:
    report = check(table("부서,예산현액,지출액\n계,300,\n가과,100,50\n나과,200,40"))
    assert checked(report) == {"totals": 1, "rates": 0, "identities": 0}


def test_amounts_finer_than_the_table_s_scale_are_left_out() -> None:
    budget = table("부서,예산현액,원인행위액,지출액,미지급액\n가과,1000,400,300,100.5", unit="원")
    assert checked(check(budget)) == {"totals": 0, "rates": 0, "identities": 0}


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("100,90,171", "overspent", "spent"),
        ("100,120,90", "overcommitted", "committed"),
        ("0,0,5", "spent_without_budget", "spent"),
        (",0,5", "spent_without_budget", "spent"),
        ("100,80,90", "spent_over_committed", "spent"),
        ("100,80,80", None, None),
        ("100,100,100", None, None),
    ],
)
def test_overruns_are_warnings_at_their_row(row: str, code: str | None, column: str | None) -> None:
    report = check(table(f"부서,예산현액,원인행위액,지출액\n나과,100,60,50\n가과,{row}", unit="원"))
    seen = {(f.code, f.division, f.column, str(f.place)) for f in report.findings}
    assert not code or (code, "가과", column, "table.csv:3") in seen
    assert code or not seen
    assert not report.verdict


def test_where_most_pay_more_than_they_commit_commitments_mean_something_else() -> None:
    budget = table(
        "부서,예산현액,원인행위액,지출액\n가과,100,10,50\n나과,100,20,60\n다과,100,30,70\n라과,100,40,20"
    )
    assert found(budget) == [("note", "spent_over_committed", None, "committed")]


def test_without_a_budget_column_nobody_spends_without_budget() -> None:
    assert found(table("부서,목표액,지출액\n가과,100,50\n나과,200,40")) == []


def test_a_goal_beyond_its_base_is_a_warning() -> None:
    budget = table("부서,대상액,목표액,지출액\n가과,100,120,50\n나과,200,120,40")
    assert found(budget) == [("warning", "goal_over_eligible", "가과", "goal")]


def test_the_same_row_twice_is_a_warning_at_the_second() -> None:
    budget = table("부서,예산현액,지출액\n가과,100,50\n나과,200,40\n가과,100,50")
    (finding,) = check(budget).findings
    assert (finding.code, str(finding.place)) == ("duplicate_row", "table.csv:4")
    assert str(finding.message) == "the same names and amounts stand in table.csv:2 already"


def test_a_division_twice_with_other_amounts_is_a_warning_in_a_table_of_divisions() -> None:
    budget = table("부서,예산현액,지출액\n가과,100,50\n나과,200,40\n가과,300,60")
    (finding,) = check(budget).findings
    assert str(finding.message) == (
        "the same name stands in table.csv:2 already, with other amounts"
    )


def test_a_division_with_many_rows_is_a_ledger() -> None:
    text = "부서,예산현액,지출액\n" + "".join(f"가과,{n}00,{n}\n" for n in range(1, 9))
    assert found(table(text)) == []


def test_words_in_other_columns_tell_rows_apart_and_running_numbers_do_not() -> None:
    words = table("부서,내용물,예산현액,지출액\n가과,의자,100,50\n가과,책상,100,50\n나과,등,9,8")
    numbers = table("연번,부서,예산현액,지출액\n1,가과,100,50\n2,가과,100,50\n3,나과,9,8")
    assert "names and amounts" not in "".join(str(f.message) for f in check(words).findings)
    assert "names and amounts" in str(check(numbers).findings[0].message)


def test_rows_without_amounts_are_no_doubles() -> None:
    budget = table("부서,예산현액,지출액\n가과,100,50\n나과,0,0\n나과,0,0\n다과,4,1")
    assert [code for _, code, _, _ in found(budget)] == ["duplicate_row"]


def test_an_unreadable_amount_is_listed_and_is_no_error() -> None:
    report = check(table("부서,예산현액,지출액\n가과,1O0,50\n나과,200,40"))
    (finding,) = [f for f in report.findings if f.code == "unreadable_amount"]
    assert (finding.severity.value, finding.column) == ("warning", "budget")
    assert not report.verdict


def test_errors_come_before_warnings_before_notes() -> None:
    budget = table(
        "부서,예산현액,지출액,집행률\n계,301,190,63.3\n가과,100,150,161.0\n나과,200,40,20.0",
        unit="백만원",
    )
    assert [severity for severity, *_ in found(budget)] == ["error", "warning", "note"]


def test_rows_hold_money_and_rates_in_columns_of_their_own() -> None:
    report = check(
        table(
            "부서,예산현액,지출액,집행률\n계,310,90,29.0\n가과,100,50,51.0\n나과,200,40,20.0",
            unit="원",
        )
    )
    total, rate = report.rows
    assert (total["printed"], total["computed"], total["difference"]) == (310, 300, 10)
    assert (total["printed_rate"], rate["printed"]) == (None, None)
    assert (rate["printed_rate"], rate["rate_difference"]) == (Fraction(51), Fraction(1))
    assert (rate["severity"], rate["where"]) == (Severity.ERROR, "table.csv:3")
    assert {*rate} == {column.key for column in report.columns}


def test_the_order_and_number_asked_for_hold_for_rows_and_findings() -> None:
    budget = table("부서,예산현액,지출액\n나과,100,150\n가과,200,250")
    report = check(budget, Question(sort="division", top=1))
    assert [row["division"] for row in report.rows] == ["가과"]
    assert [finding.division for finding in report.findings] == ["가과"]


def test_by_says_whose_a_finding_is() -> None:
    budget = table("부서,세부사업,예산현액,지출액\n가과,도로,100,150\n나과,다리,200,50")
    assert check(budget).findings[0].division == "가과"
    assert check(budget, Question(by=("부서", "세부사업"))).findings[0].division == "가과 · 도로"


def test_selected_rows_are_not_blamed_for_totals_of_all() -> None:
    budget = table("부서,예산현액,지출액\n계,310,90\n가과,100,50\n나과,200,40")
    assert check(select(budget, {"부서": ["가과"]})).findings == ()


def test_parts_of_different_scale_are_compared_at_the_finest() -> None:
    whole = table("부서,예산현액,지출액\n계,310,90\n가과,100,50\n나과,200,40", "one.csv")
    fine = table("부서,예산현액,지출액,비율\n다과,100.25,50,1.0\n라과,200,40,2.0", "two.csv")
    (finding,) = check(join([whole, fine])).findings
    assert (finding.printed, finding.computed, finding.scale) == (31000, 30000, 2)


def test_a_total_of_nothing_stays_nothing_at_a_finer_scale() -> None:
    whole = table("부서,예산현액,지출액\n계,0,90\n가과,100,50\n나과,200,40", "one.csv")
    fine = table("부서,예산현액,지출액\n다과,100.25,50\n라과,200,40", "two.csv")
    (finding,) = check(join([whole, fine])).findings
    assert (finding.printed, finding.computed, finding.scale) == (0, 30000, 2)


@pytest.mark.parametrize(
    ("rates", "places"), [(("20.0", "30.0"), 0), (("20.5", "30.0"), 1), (("20.125", "30.0"), 3)]
)
def test_as_many_decimals_are_wanted_as_wrong_rates_print(
    rates: tuple[str, str], places: int
) -> None:
    text = "부서,예산현액,지출액,집행률\n가과,1000,100,{}\n나과,1000,300,{}".format(*rates)
    assert check(table(text, unit="원")).decimals == places


def test_without_a_wrong_rate_no_decimals_are_wanted() -> None:
    assert check(table("부서,예산현액,지출액\n가과,100,150")).decimals == 0


def test_decimals_end_at_ten() -> None:
    text = "부서,예산현액,지출액,집행률\n가과,1000,100,20.1234567890123\n나과,1000,300,30"
    assert check(table(text, unit="원")).decimals == 10


def test_the_answer_speaks_korean() -> None:
    use_language("ko")
    budget = table("부서,예산현액,지출액,집행률\n가과,1000,303,30.8\n나과,1000,500,50.0", unit="원")
    assert "지출액 ÷ 예산현액" in str(check(budget).findings[0].message)


def test_every_line_of_a_long_table_is_checked() -> None:
    lines = [f"{n}과,{200000 + 2 * n},{100000 + n},50.0" for n in range(2500)]
    lines[1501] = lines[1501].replace("50.0", "50.1")
    budget = table("\n".join(["부서,예산현액,지출액,집행률", *lines]), unit="원")
    assert [finding.division for finding in errors(budget)] == ["1501과"]


def test_sorted_by_severity_the_gravest_come_first() -> None:
    lines = "부서,예산현액,지출액\n계,30,15\n가과,10,12\n나과,20,5\n다과,,1"
    rows = check(table(lines), Question(sort="severity")).rows
    assert list(dict.fromkeys(row["severity"] for row in rows)) == list(Severity)
