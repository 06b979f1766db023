"""What of a table is held against one another: amounts in columns nobody maps, and what is a rate."""

from __future__ import annotations

from fractions import Fraction

import pytest

from budgetcli.analysis.check import check
from budgetcli.analysis.check_figures import figures_of
from budgetcli.model import Printed
from tests.analysis.tables import table

BALANCE = "부서,예산현액,지출액,집행잔액"


def followed(text: str) -> dict[str, str]:
    """The formula of each column, in a table of whole won."""
    entries = check(table(text, unit="원")).extra["formulas"]
    assert isinstance(entries, list)
    return {entry["column"]: entry["formula"] for entry in entries}


def test_a_column_half_of_words_is_no_column_of_amounts_to_take_off() -> None:
    lines = "가과,1000,300,690,10\n나과,900,300,580,20\n다과,800,100,650,없음\n라과,700,100,550,없음"
    assert followed(f"{BALANCE},비고\n{lines}") == {"unspent": "budget - spent"}


def test_a_rate_is_no_amount_to_take_off() -> None:
    lines = "가과,1000,300,698,2\n나과,900,300,597,3\n다과,800,100,696,4"
    assert followed(f"{BALANCE},증감률\n{lines}") == {"unspent": "budget - spent"}


def test_a_column_that_explains_some_of_the_lines_alone_is_not_taken_off() -> None:
    lines = "가과,1000,300,690,10\n나과,900,300,580,20\n다과,800,100,650,7\n라과,700,100,550,7"
    assert followed(f"{BALANCE},건수\n{lines}") == {"unspent": "budget - spent"}


def test_a_column_of_nothing_is_not_taken_off_beside_one_that_explains() -> None:
    lines = "가과,1000,300,690,10,0\n나과,900,300,580,20,0\n다과,800,100,695,5,0"
    assert followed(f"{BALANCE},유보액,환입액\n{lines}") == {"unspent": "budget - spent - 유보액"}


def test_an_empty_column_of_balances_is_nothing_to_recompute() -> None:
    report = check(table("부서,예산현액,원인행위액,지출액,미지급액\n가과,1000,400,300,\n나과,9,4,3,"))
    assert report.extra["checked"] == {"totals": 0, "rates": 0, "identities": 0}


@pytest.mark.parametrize(
    ("numbers", "unexplained"),
    [(("99999", "88888"), True), (("100000", "100000"), False), (("3000000", "3"), True)],
)
def test_half_the_numbers_of_a_column_of_rates_are_under_100000(
    numbers: tuple[str, str], unexplained: bool
) -> None:
    text = "부서,예산현액,지출액,요율\n가과,2000,400,{}\n나과,3000,300,{}".format(*numbers)
    found = check(table(text, unit="원")).findings
    assert [finding.code for finding in found] == ["rate_unexplained"] * unexplained


@pytest.mark.parametrize("header", ["증감(%)", "비율", "진도율", "증감률"])
def test_a_rate_is_told_by_a_sign_a_word_or_an_ending(header: str) -> None:
    budget = table(f"부서,예산현액,지출액,{header}\n가과,2000,400,3.1\n나과,3000,300,7.7")
    assert [rates.key for rates in figures_of(budget).rates] == [header]


@pytest.mark.parametrize("header", ["건수", "비고", "추경"])
def test_a_column_of_small_numbers_is_no_rate(header: str) -> None:
    budget = table(f"부서,예산현액,지출액,{header}\n가과,2000,400,3.1\n나과,3000,300,7.7")
    assert figures_of(budget).rates == ()


def test_a_printed_rate_keeps_its_text() -> None:
    (rates,) = figures_of(table("부서,예산현액,지출액,증감률\n가과,9,4,3.10%\n나과,9,4,x")).rates
    assert rates.printed == (Printed(Fraction("3.1"), 2, "3.10%"), None)


def test_rates_nobody_maps_may_have_a_decimal_comma() -> None:
    budget = table("부서;예산현액;지출액;증감률\n가과;2000;400;3,1\n나과;3000;300;-7,75")
    (rates,) = figures_of(budget).rates
    assert [rate and rate.value for rate in rates.printed] == [Fraction("3.1"), Fraction("-7.75")]
