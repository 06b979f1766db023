"""Which two amounts a printed rate is of, and how near it must be; computed by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from budgetcli.analysis.check import check
from budgetcli.model import Finding
from tests.analysis.tables import table


def entries(text: str) -> list[dict[str, object]]:
    """What `check` says it held each column against, in a table of whole won."""
    found = check(table(text, unit="원")).extra["formulas"]
    assert isinstance(found, list)
    return found


def findings(text: str) -> tuple[Finding, ...]:
    return check(table(text, unit="원")).findings


def test_one_rate_of_two_decimals_makes_the_others_no_more_exact() -> None:
    """58.44 is printed as 58.4 in a column of one decimal, whatever one cell shows."""
    lines = "가과,10000,5844,58.4\n나과,10000,3033,30.3\n다과,10000,4111,41.11"
    assert findings(f"부서,예산현액,지출액,집행률\n{lines}") == ()


def test_of_as_many_rates_of_each_the_longer_ones_count() -> None:
    lines = "가과,10000,5844,58.4\n나과,10000,4111,41.11"
    (finding,) = findings(f"부서,예산현액,지출액,집행률\n{lines}")
    assert finding.division == "가과"


def test_an_amount_is_no_ratio_of_itself() -> None:
    text = "부서,예산현액,원인행위액,지출액,비율\n가과,2000,900,400,100.0\n나과,3000,800,300,100.0"
    (finding,) = findings(text)
    assert (finding.code, finding.column) == ("rate_unexplained", "비율")


def test_a_rate_nobody_named_may_be_of_the_only_two_amounts() -> None:
    (entry,) = entries("부서,예산현액,지출액,증감률\n가과,1000,300,30.0\n나과,2000,500,25.0")
    assert (entry["formula"], entry["usual"]) == ("spent / budget", True)


def test_the_usual_rate_is_usual_and_another_is_not() -> None:
    text = "부서,예산현액,목표액,지출액,집행률\n가과,1000,500,300,{}\n나과,2000,1000,500,{}"
    usual, other = (entries(text.format(*rates)) for rates in (("30.0", "25.0"), ("60.0", "50.0")))
    assert [(entry["formula"], entry["usual"]) for entry in (*usual, *other)] == [
        ("spent / budget", True),
        ("spent / goal", False),
    ]


def test_of_equal_amounts_a_share_is_of_the_one_its_header_declares() -> None:
    (entry,) = entries(
        "부서,예산현액,당초예산(A),지출액(B),실적(B/A)\n"
        "가과,1000,1000,300,0.300\n나과,2000,2000,500,0.250"
    )
    assert entry["formula"] == "spent / original"


def test_a_wrong_share_is_told_in_per_cent() -> None:
    (finding,) = findings(
        "부서,예산현액,지출액,집행잔액,잔액률\n가과,1000,300,700,0.700\n"
        "나과,2000,500,1500,0.750\n다과,2000,800,1200,0.610"
    )
    assert (finding.printed, finding.computed) == (Fraction(61), Fraction(60))


@pytest.mark.parametrize(("rate", "wrong"), [("0.6065", False), ("0.6066", True)])
def test_a_share_has_half_a_unit_of_its_last_digit_too(rate: str, wrong: bool) -> None:
    found = findings(
        "부서,예산현액,지출액,집행잔액,잔액률\n가과,100000,30000,70000,0.7000\n"
        f"나과,200000,50000,150000,0.7500\n다과,200000,78705,121295,{rate}"
    )
    assert bool(found) is wrong


def test_after_rates_of_something_else_the_next_column_is_checked() -> None:
    """The first is of nothing the table shows, the second mostly another ratio, the third wrong."""
    lines = (f"{n}과,1000,500,300,{n}.7,{n * n}.3,{60 + n // 9}.0" for n in range(10))
    header = "부서,예산현액,목표액,지출액,증감률,집행률,달성률"
    found = findings("\n".join([header, *lines]))
    assert [(finding.code, finding.column) for finding in found] == [
        ("rate_mismatch", "attainment_rate"),
        ("rate_unexplained", "execution_rate"),
        ("rate_unexplained", "증감률"),
    ]


def test_a_wrong_rate_is_kept_beside_rates_of_something_else() -> None:
    text = "부서,예산현액,지출액,집행률,증감률\n가과,1000,303,30.8,1.7\n나과,1000,500,50.0,3.9"
    assert [finding.code for finding in findings(text)] == ["rate_mismatch", "rate_unexplained"]
