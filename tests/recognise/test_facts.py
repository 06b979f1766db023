"""What stands around a table: unit, date, year and title, each from where it is surest."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from budgetcli.errors import TableError
from budgetcli.model import Unit
from budgetcli.recognise.table import Hints, recognise
from tests.recognise.tables import amounts, raw, read, said

TABLE = "부서|예산현액|지출액\nA과|4|1"


@pytest.mark.parametrize(
    ("facts", "day"),
    [
        ({"before": ("’24. 7. 31. 기준",)}, date(2024, 7, 31)),
        ({"before": ("2024. 7. 31.",)}, date(2024, 7, 31)),
        ({"after": ("2024. 7. 31. 현재",)}, date(2024, 7, 31)),
        ({"after": ("2024. 7. 31.",)}, None),
        ({"siblings": {"name": "x", "asof": "?", "as_of": "20240731"}}, date(2024, 7, 31)),
        ({"source": "집행_20240731.csv"}, date(2024, 7, 31)),
        ({}, None),
    ],
)
def test_the_date_comes_from_the_data(facts: dict[str, Any], day: date | None) -> None:
    assert read(TABLE, **facts).as_of == day


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("budget_2021.csv", 2021),
        ("2021년 결산.xlsx", 2021),
        ("budget_2021_2022.csv", None),
        ("code_120210.csv", None),
        ("a.csv", None),
    ],
)
def test_the_year_of_a_table_without_a_date_may_be_in_the_name(name: str, year: int | None) -> None:
    assert read(TABLE, source=name).fiscal_year == year


def test_a_date_or_a_caption_counts_before_the_year_of_a_name() -> None:
    assert read(TABLE, before=("2023. 12. 31. 기준",), source="out_2024.csv").fiscal_year is None
    assert read(TABLE, before=("2023 회계연도",), source="out_2024.csv").fiscal_year == 2023


def test_a_told_date_counts_first() -> None:
    told = date(2024, 1, 2)
    assert read(TABLE, Hints(as_of=told), before=("’24. 7. 31. 기준",)).as_of == told
    assert read("기준일|" + TABLE.replace("A", "2024-07-31|A"), Hints(as_of=told)).as_of == told


@pytest.mark.parametrize(
    ("facts", "unit"),
    [
        ({"before": ("(단위 : 백만원)",)}, "백만원"),
        ({"before": ("<천원>",)}, "천원"),
        ({"after": ("단위: 천원",)}, "천원"),
        ({"siblings": {"name": "x", "unit": "억원"}}, "억원"),
        ({"siblings": {"unit": "사과"}}, None),
        ({"siblings": {"moneda": "MXN", "unidad": "miles"}}, "miles"),
        ({"siblings": {"meta.unit": "thousand"}}, "thousand"),
        ({"siblings": {"multiplier": "1000"}}, "1000"),
        ({"siblings": {"note": "Amounts in thousands of dollars"}}, "thousand"),
        ({}, None),
    ],
)
def test_the_unit_comes_from_the_data(facts: dict[str, Any], unit: str | None) -> None:
    found = read(TABLE, **facts).unit
    assert (found.name if found else None) == unit


def test_a_unit_beside_the_rows_that_is_not_known_is_said() -> None:
    said_aloud = said(read(TABLE, siblings={"unit": "사과"}))
    assert "a unit that is not known: 사과 (--unit says what a 1 is)" in said_aloud


def test_a_currency_within_what_stands_beside_the_rows_is_found() -> None:
    unit = read(TABLE, siblings={"meta.scale": "thousands", "meta.currency": "USD"}).unit
    assert unit
    assert (unit.factor, unit.currency) == (1000, "USD")


def test_the_money_of_our_own_json_is_whole_whatever_unit_its_source_was_in() -> None:
    contract = {"as_of": "2024-07-31", "fiscal_year": "2024", "currency": "KRW", "basis": "spent"}
    table = read(TABLE, siblings={**contract, "unit": "백만원"})
    assert (table.rows[0].amount("budget"), table.unit and table.unit.name) == (4, "백만원")


def test_a_unit_column_that_names_none_counts_for_nothing() -> None:
    assert read("부서|단위|예산현액|지출액\nA과|개|4|1\nB과||4|1").unit is None


def test_rows_in_several_units_are_converted_exactly_and_that_is_said() -> None:
    table = read(
        "부서|단위|예산현액|지출액\nA과|백만원|4|1\nB과|천원|4,500|(250)\nC과|천원|2,600|-\n"
        "합계|백만원|11|1"
    )
    assert amounts(table, "budget", "spent") == {
        "A과": [4_000_000, 1_000_000],
        "B과": [4_500_000, -250_000],
        "C과": [2_600_000, "dash"],
    }
    assert [finding.code for finding in table.findings] == ["rounding", "rounding"]
    assert (table.unit and table.unit.name, table.places) == ("백만원", 3)
    assert "rows in 백만원, 천원: each was converted to 백만원" in said(table)


@pytest.mark.parametrize("other", ["천USD", "개", ""])
def test_rows_of_two_currencies_or_of_no_unit_stop(other: str) -> None:
    with pytest.raises(TableError, match="several units"):
        recognise(raw(f"부서|단위|예산현액|지출액\nA과|천원|4|1\nB과|{other}|4|1\nC과|백만원|4|1"))


def test_a_header_with_a_unit_of_its_own_goes_before_the_units_of_rows() -> None:
    table = read("부서|단위|예산현액(억원)|지출액\nA과|백만원|4|1\nB과|천원|5|250")
    assert amounts(table, "budget", "spent")["B과"] == [500_000_000, 250_000]


def test_a_told_unit_that_is_none_stops() -> None:
    with pytest.raises(TableError, match="is no unit"):
        recognise(raw(TABLE), Hints(unit="사과"))


def test_of_units_in_headers_the_largest_is_the_tables() -> None:
    table = read("부서|예산현액(천원)|지출액(백만원)\nA과|4|1")
    assert table.unit is not None
    assert table.unit.name == "백만원"


def test_the_fiscal_year_may_stand_beside_the_rows() -> None:
    assert read(TABLE, siblings={"name": "x", "fyr": "2024"}).fiscal_year == 2024
    assert read(TABLE, siblings={"fyr": "?"}).fiscal_year is None


def test_a_long_line_is_no_title_and_a_sheet_is_the_last_resort() -> None:
    assert read(TABLE, before=("예산", "긴" * 200)).title == "예산"
    assert read(TABLE, sheet="세출").title == "세출"


@pytest.mark.parametrize("unit", ["", "천"])
def test_a_currency_beside_the_rows_completes_the_unit(unit: str) -> None:
    table = read(f"부서|예산현액|지출액|currency|단위\nA과|4|1|KRW|{unit}")
    assert table.unit is not None
    assert table.unit.currency == "KRW"
    assert read(TABLE, siblings={"currency": "NGN"}).unit == Unit("NGN", 1, "NGN")


def test_a_scale_takes_the_currency_that_stands_beside_it() -> None:
    table = read("Dept|Budget (thousands)|Spent|Currency\nA|4|1|GBP\nB|4|1|")
    assert (table.unit and table.unit.factor, table.unit and table.unit.currency) == (1000, "GBP")


def test_rows_in_several_currencies_stop() -> None:
    with pytest.raises(TableError, match="several currencies: KRW, USD"):
        recognise(raw("Dept|Budget|Spent|Currency\nA|4|1|KRW\nB|4|1|USD"))


@pytest.mark.parametrize(("header", "texts"), [("기준일", "상반기, 하반기"), ("연도", "1차, 2차")])
def test_dates_and_years_that_cannot_be_read_are_said_to_be_added(header: str, texts: str) -> None:
    one, other = texts.split(", ")
    table = read(f"부서|{header}|예산현액|지출액\nA과|{one}|4|1\nA과|{other}|4|2\n합계|합계|8|3")
    assert any(f"{header} cannot be read ({texts})" in text for text in said(table))


def test_a_unit_that_is_stated_but_not_known_is_said() -> None:
    table = read(TABLE, before=("(단위: 냥)",))
    assert "a unit that is not known: 단위: 냥 (--unit says what a 1 is)" in said(table)


@pytest.mark.parametrize(
    "caption", ["unit: not stated · basis: expenditure", "단위: 표기 없음 · 기준"]
)
def test_our_own_caption_without_a_unit_is_no_unknown_unit(caption: str) -> None:
    assert not any("not known" in text for text in said(read(TABLE, before=(caption,))))
