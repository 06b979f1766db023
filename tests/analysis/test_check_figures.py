"""What of a table is held against one another: amounts in columns nobody maps, and rates."""

from __future__ import annotations

from fractions import Fraction

import pytest

from budgetcli.analysis.check import check
from budgetcli.analysis.check_figures import figures_of, key_of
from budgetcli.analysis.check_formulas import Ratio
from budgetcli.model import Absent, MappedColumn, Printed
from budgetcli.recognise.join import join
from tests.analysis.tables import table

BALANCE = "부서,예산현액,지출액,집행잔액"


def followed(text: str) -> dict[str, str]:
    """The formula of each column, in a table of whole won."""
    entries = check(table(text, unit="원")).extra["formulas"]
    assert isinstance(entries, list)
    return {entry["column"]: entry["formula"] for entry in entries}


def test_a_column_half_of_words_is_no_column_of_amounts_to_take_off() -> None:
    lines = (
        "가과,1000,300,690,10\n나과,900,300,580,20\n다과,800,100,650,없음\n라과,700,100,550,없음"
    )
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
    report = check(
        table("부서,예산현액,원인행위액,지출액,미지급액\n가과,1000,400,300,\n나과,9,4,3,")
    )
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


@pytest.mark.parametrize("header", ["건수", "비고", "추경", "비율 조정", "전월 지출액"])
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


@pytest.mark.parametrize(("year", "is_rate"), [("2024년", True), ("2023년", False), ("", True)])
def test_a_rate_of_another_year_is_none_of_this_table(year: str, is_rate: bool) -> None:
    lines = "가과,2024,2000,400,3.1\n나과,2024,300,30,7.7"
    text = f"부서,회계연도,예산현액,지출액,{year} 비율\n{lines}"
    assert bool(figures_of(table(text)).rates) is is_rate


def test_a_column_that_is_mapped_to_an_amount_is_no_rate() -> None:
    budget = table("부서,기준율,지출액\n가과,2000,400\n나과,3000,300", budget="기준율")
    assert figures_of(budget).rates == ()


def test_a_ratio_that_a_header_declares_needs_no_word_for_a_rate() -> None:
    figures = figures_of(table("부서,예산현액(A),지출액(B),실적(B/A)\n가과,1000,300,30.0"))
    assert [rates.key for rates in figures.rates] == ["실적(B/A)"]
    assert figures.ratios == {"실적(B/A)": Ratio("spent", "budget")}


def test_a_column_is_called_by_its_field_or_its_header_on_one_line() -> None:
    assert key_of(MappedColumn(1, "예산 \n 현액", "budget")) == "budget"
    assert key_of(MappedColumn(1, "증감률 \n (%)", None)) == "증감률 (%)"


def test_lines_without_a_name_have_none() -> None:
    figures = figures_of(table("예산현액,지출액\n100,50\n200,40"))
    assert [line.name for line in figures.lines] == ["", ""]


def test_columns_of_several_files_are_not_read_under_one_file_s_headers() -> None:
    """What stands under 추경 in one file stands under 증감률 in the other."""
    one = table("부서,당초예산(A),추경(B),증감률,예산현액(C=A+B)\n가과,100,10,3.1,110", "one.csv")
    two = table("부서,당초예산(A),증감률,추경(B),예산현액(C=A+B)\n나과,200,7.7,20,220", "two.csv")
    figures = figures_of(join([one, two]))
    assert (figures.rates, figures.balances) == ((), {})
    assert [*figures.lines[0].amounts] == [*one.rows[0].amounts]


def test_the_formula_of_one_file_s_header_is_not_that_of_another_s() -> None:
    header = "부서,예산현액(A),지출액(B),이월액(C),집행잔액({})\n"
    one = table(header.format("A-B") + "가과,1000,300,200,700", "one.csv")
    two = table(header.format("A-B-C") + "나과,1000,300,200,500", "two.csv")
    assert [bool(figures_of(part).balances) for part in (one, two, join([one, two]))] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("cells", [0, 3])
def test_rows_that_were_added_up_show_nothing_in_columns_nobody_maps(cells: int) -> None:
    budget = table("부서,예산현액,원인행위액,미원인행위액\n가과,100,40,60\n나과,200,50,150")
    rows = tuple(row._replace(cells=row.cells[:cells]) for row in budget.rows)
    assert [
        line.amounts["uncommitted"] for line in figures_of(budget._replace(rows=rows)).lines
    ] == [
        Absent.BLANK,
        Absent.BLANK,
    ]
