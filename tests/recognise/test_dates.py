"""Dates in every shape reports print them; two readings, or half a date, are none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetcli.recognise.dates import (
    find_as_of,
    find_date,
    find_date_in_name,
    parse_date,
    parse_short_date,
    year_of,
)

JULY = date(2024, 7, 31)
SHAPES = """
2024-07-31|2024-7-31|2024.07.31|2024. 7. 31.|2024/07/31|2024_07_31|2024년 7월 31일
2024년7월31일|2024년도 7월 31일|’24. 7. 31.|'24.7.31|‘24. 7. 31|`24-07-31|24년 7월 31일
24. 7. 31. 기준|24.7.31 현재|제24. 7. 31. 기준|20240731|2024-07-31 00:00:00
2024-07-31T00:00:00Z|20240731T120000|2024. 7. 31.(수)|2024년 7월말|2024년 7월 말 기준
24년 7월말|’24. 7월말 기준|2024.7월말|31.07.2024|31. 7. 2024|k 31. 7. 2024|31/07/2024
07/31/2024|31-07-2024|31 July 2024|July 31, 2024|July 31st, 2024|31st July 2024
Jul. 31, 2024|31-Jul-2024|31-JUL-2024|31 de julio de 2024|31 DE JULIO DE 2024
31 de jul. de 2024|al 31 de julio del 2024|31 de julho de 2024|31. července 2024
31 července 2024|As of July 31, 2024 (in thousands)|(단위 : 백만원, ’24. 7. 31. 기준)
2024-07-31, 2024. 7. 31.|기준일: 2024-07-31|20240731기준|2024 - 07 - 31|~ 2024. 7. 31.
del 1 al 31 de julio de 2024|2024-07-31_report|budget_20240731.csv|2024.07.31.csv
budget-20240731-v2.xlsx|예산_20240731.hwp|budget (20240731).csv|report_2024_07_31.csv
a.20240731.csv
"""
NO_DATES = """
4511000_2026.json|20241301|20240732|20240231|2024-02-30|2024-13-01|2024-00-10|2024.7
2024년 7월|7월 31일|2024|제24. 7. 31.|24. 7. 31.|1.24.7.31|20240731원|20240731 원|20240731%
20240731.55|1,20240731|20240731,5|₩20240731|$20240731|120240731|202407311|20240731120000
A20240731|20240731호|12024-07-31|2024-07-311|1899-07-31|2100-07-31|03/04/2024|03-04-2024
1/2/2024|2024-07-31 2024-08-31|2023년 7월말, 2024년 7월말|2024. 1. 1. ~ 7. 31.|2024.1.1~7.31
2024년 1월 1일 ~ 7월 31일|2024. 1. 1.(월) ~ 7. 31.|’24.1.1.∼7.31.|2024.1.1. ~ 2024.7.31.
31 Foo 2024|Foo 31, 2024|2024년 13월말|32/13/2024|٢٠٢٤-٠٧-٣١|²⁰²⁴-07-31|2024/25
as of 31 July 2024 (31 July 2023)|31.2.2024|1.2024.7.31
"""


def cases(text: str) -> list[str]:
    return text.strip().replace("\n", "|").split("|")


@pytest.mark.parametrize("text", cases(SHAPES))
def test_every_shape_is_the_same_day(text: str) -> None:
    assert find_date(text) == JULY


@pytest.mark.parametrize("text", cases(NO_DATES))
def test_half_a_date_two_dates_and_numbers_are_no_date(text: str) -> None:
    assert find_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "２０２４．７．３１",
        "\u200e2024-\u200e07-\u200e31",
        "2024.\xa07.\xa031.",
        "2024.\n7.\n31.",
        "’24.  7.   31.  기준",
    ],
)
def test_odd_blanks_and_wide_digits_are_read_as_they_look(text: str) -> None:
    assert find_date(text) == JULY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024년 2월말", date(2024, 2, 29)),
        ("2023년 2월말", date(2023, 2, 28)),
        ("2023년 12월 말", date(2023, 12, 31)),
        ("2024-02-29", date(2024, 2, 29)),
        ("13/04/2024", date(2024, 4, 13)),
        ("04/04/2024", date(2024, 4, 4)),
        ("03.04.2024", date(2024, 4, 3)),
        ("1º de enero de 2024", date(2024, 1, 1)),
        ("1 ene 2024", date(2024, 1, 1)),
        ("31 dez 2024", date(2024, 12, 31)),
        ("1 September 2024", date(2024, 9, 1)),
        ("30. září 2024", date(2024, 9, 30)),
        ("1999.12.31", date(1999, 12, 31)),
    ],
)
def test_a_day_is_read_for_what_it_is(text: str, day: date) -> None:
    assert find_date(text) == day


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_any_day_comes_back_from_every_shape_that_orders_year_first(day: date) -> None:
    shapes = ["%Y-%m-%d", "%Y. %m. %d.", "%Y년 %m월 %d일", "x_%Y%m%d.csv", "%d %B %Y", "%B %d, %Y"]
    assert {find_date(day.strftime(shape)) for shape in shapes} == {day}


@given(st.text() | st.text("0123456789./-~'년월일말 기준JulyT_,", max_size=30))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    assert find_date(text) is None or 1900 <= (find_date(text) or JULY).year <= 2099
    assert year_of(text) is None or 1900 <= (year_of(text) or 0) <= 2099


def test_a_line_that_says_as_of_counts_before_others() -> None:
    lines = ["작성일: 2024. 8. 5.", "(단위: 백만원, ’24. 7. 31. 기준)"]
    assert find_as_of(lines) == (JULY, lines[1])


@pytest.mark.parametrize(
    "line",
    [
        "2024.7.31 현재",
        "기 준 일 2024-07-31",
        "As at 31 July 2024",
        "al 31 de julio de 2024",
        "Corte: 31/07/2024",
        "ke dni 31. 7. 2024",
        "Posição: 31/07/2024",
    ],
)
def test_as_of_is_said_in_many_languages(line: str) -> None:
    assert find_as_of(["2020-01-01", line]) == (JULY, line)


def test_without_such_a_line_the_one_date_there_is_counts() -> None:
    assert find_as_of(["예산 집행", "2024-07-31", "2024. 7. 31."]) == (JULY, "2024-07-31")


def test_two_dates_that_differ_decide_nothing() -> None:
    assert find_as_of(["2024-07-31", "2024-08-31"]) is None
    assert find_as_of(["2024-07-31 기준", "2024-08-31 기준"]) is None


def test_no_date_no_as_of() -> None:
    assert find_as_of(["예산 집행 현황"]) is None
    assert find_as_of([]) is None


def test_a_cell_holds_a_date_and_little_else() -> None:
    assert parse_date(" 2024-07-31 ") == JULY
    assert parse_date("2024-07-31" + " 기준으로 작성한 집행 현황" * 5) is None


@pytest.mark.parametrize(
    "text",
    [
        "2024",
        " 2024년",
        "2024년도",
        "FY2024",
        "fy 2024",
        "2024회계연도",
        "2024 회계년도",
        "\uff12024",
    ],
)
def test_a_year_column_holds_years(text: str) -> None:
    assert year_of(text) == 2024


@pytest.mark.parametrize(
    "text", ["", "24", "1899", "2100", "20245", "2024.5", "2024-07-31", "20٢٤", "2024 예산", "year"]
)
def test_other_cells_hold_no_year(text: str) -> None:
    assert year_of(text) is None


def test_a_date_that_no_calendar_has_is_none() -> None:
    assert parse_date("2024-13-01") is None
    assert parse_date("2023-02-29") is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2024년", 2024),
        ("FY2024", 2024),
        ("FY24", 2024),
        ("2023-24", 2023),
        ("FY 2023/2024", 2023),
        ("2024-07", None),
        ("2024-26", None),
        ("’24", None),
    ],
)
def test_a_fiscal_year_may_be_written_with_both_its_years(text: str, year: int | None) -> None:
    assert year_of(text) == year


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("(240731 기준)", JULY),
        ("기준일: 240731", JULY),
        ("240725 현재", date(2024, 7, 25)),
        ("as of 240731", JULY),
        ("as of 240725", None),
        ("240731", None),
        ("집행 240731원 기준", None),
        ("기준 241341", None),
    ],
)
def test_six_digits_are_a_date_beside_a_word_that_says_so(text: str, day: date | None) -> None:
    assert find_date(text) == day


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("현황_240731.xlsx", JULY),
        ("집행현황240725(최종).csv", date(2024, 7, 25)),
        ("report-240731.csv", JULY),
        ("report-240725.csv", None),
        ("report-310724.csv", None),
        ("report240731.csv", None),
        ("code_123456.csv", None),
        ("list_991231.csv", None),
    ],
)
def test_six_digits_alone_in_a_name_are_a_date_where_the_day_cannot_come_first(
    name: str, day: date | None
) -> None:
    assert find_date_in_name(name) == day


def test_a_cell_of_a_date_column_may_have_six_digits() -> None:
    assert parse_short_date("240725", "기준일") == date(2024, 7, 25)
    assert parse_short_date("240725", "As of") is None
    assert parse_short_date("2024-07-31", "As of") == JULY


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("갱신 2026-08-22 11:01 · 기준일 20260821 · 출처 지방재정365", date(2026, 8, 21)),
        ("Printed 2024-08-01 | as of 31 July 2024", date(2024, 7, 31)),
        ("2024-08-01 · 2024-07-31", None),
        ("기준일 2024-08-01 · 기준일 2024-07-31", None),
    ],
)
def test_of_several_dates_in_a_line_the_one_that_says_as_of_counts(
    line: str, day: date | None
) -> None:
    assert find_date(line) == day
