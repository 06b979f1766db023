"""Digits for the eye: rounded half up once, exact wherever a program reads them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetcli.fields import Kind
from budgetcli.i18n import say, use_language
from budgetcli.model import Unit
from budgetcli.report import Quantity
from budgetcli.views.numbers import NOT_AVAILABLE, Numbers, currency_amount, unit_word

MILLION = Unit("백만원", 10**6, "KRW")
MILLIONS = Numbers(0, MILLION, 0)
CENTS = Numbers(2, None, 2)


@given(st.integers(), st.integers(0, 6), st.integers(0, 12))
def test_an_amount_in_a_unit_is_exact_without_trailing_zeros(
    amount: int, scale: int, power: int
) -> None:
    shown = Numbers(scale, Unit("", 10**power), 0).exact(amount)
    assert Fraction(shown) == Fraction(amount, 10 ** (scale + power))
    assert "." not in f"{shown:f}" or not f"{shown:f}".endswith("0")


def test_without_a_unit_an_amount_is_in_currency_units() -> None:
    assert f"{CENTS.exact(12345):f}" == "123.45"


@pytest.mark.parametrize(
    ("amounts", "places"),
    [
        ([685068_000000], 0),
        ([685068_500000], 1),
        ([685068_123456], 1),
        ([None, 685068_000000], 0),
        ([None], 0),
        ([], 0),
    ],
)
def test_a_column_shows_decimals_only_where_it_needs_them(
    amounts: list[int | None], places: int
) -> None:
    assert MILLIONS.places_for(amounts) == places


def test_a_column_shows_at_least_the_decimals_of_its_source() -> None:
    assert Numbers(0, MILLION, 3).places_for([1_000000]) == 3


@pytest.mark.parametrize(
    ("amount", "text"),
    [(685068_000000, "685,068"), (-1_500000, "-2"), (499999, "0"), (-499999, "0"), (500000, "1")],
)
def test_an_amount_for_the_eye_is_grouped_and_rounded_half_up(amount: int, text: str) -> None:
    assert MILLIONS.pretty(amount, 0) == text


def test_an_amount_longer_than_a_decimal_context_is_shown_whole() -> None:
    assert CENTS.pretty(10**41 + 1, 2) == "1" + ",000" * 13 + ".01"


def test_a_rate_is_shown_half_up() -> None:
    assert MILLIONS.rate(Fraction(10675, 100)) == Decimal("106.8")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(12, 10), "+1.2"),
        (Fraction(-12, 10), "-1.2"),
        (Fraction(0), "0.0"),
        (Fraction(1, 100), "0.0"),
        (Fraction(-1, 100), "0.0"),
        (Fraction(5, 100), "+0.1"),
    ],
)
def test_points_have_a_sign_where_they_show_anything(value: Fraction, text: str) -> None:
    assert MILLIONS.points(value) == text


@pytest.mark.parametrize(
    ("numbers", "quantity", "text"),
    [
        (MILLIONS, Quantity(None, Kind.MONEY), NOT_AVAILABLE),
        (MILLIONS, Quantity(0, Kind.MONEY), "0 million KRW"),
        (MILLIONS, Quantity(685068_000000, Kind.MONEY), "685,068 million KRW"),
        (CENTS, Quantity(12345, Kind.MONEY), "123.45"),
        (Numbers(0, Unit("", 1), 0), Quantity(5, Kind.MONEY), "5"),
        (MILLIONS, Quantity(Fraction(-12, 10), Kind.POINTS), "1.2"),
        (MILLIONS, Quantity(Fraction(0), Kind.RATE), "0.0"),
    ],
)
def test_a_value_in_a_sentence_has_its_unit_and_no_sign(
    numbers: Numbers, quantity: Quantity, text: str
) -> None:
    assert numbers.quantity(quantity) == text


def test_a_negative_rate_in_a_sentence_keeps_its_sign() -> None:
    assert MILLIONS.quantity(Quantity(Fraction(-30), Kind.RATE)) == "-30.0"


def test_a_sentence_has_its_quantities_written_out() -> None:
    sentence = say("{who} lacks {money}", who="과", money=Quantity(2_000000, Kind.MONEY))
    assert MILLIONS.sentence(sentence) == "과 lacks 2 million KRW"


@pytest.mark.parametrize(
    ("amount", "scale", "text"),
    [
        (685068000000, 0, "685068000000"),
        (11174651934643, 2, "111746519346.43"),
        (11174651934600, 2, "111746519346"),
        (11174651934640, 2, "111746519346.40"),
        (-50, 2, "-0.50"),
        (0, 2, "0"),
    ],
)
def test_money_for_programs_is_in_whole_currency_units(amount: int, scale: int, text: str) -> None:
    assert f"{currency_amount(amount, scale):f}" == text


@pytest.mark.parametrize(
    ("unit", "word"),
    [
        (MILLION, "million KRW"),
        (Unit("억원", 10**8, "KRW"), "hundred million KRW"),
        (Unit("원", 1, "KRW"), "KRW"),
        (Unit("십만원", 10**5, "KRW"), "십만원"),
        (Unit("thousand", 1000), "thousand"),
        (Unit("dólares", 1), "dólares"),
    ],
)
def test_a_unit_is_worded_in_english_where_its_power_has_a_name(unit: Unit, word: str) -> None:
    assert unit_word(unit) == word


def test_in_korean_a_unit_is_what_the_table_calls_it() -> None:
    use_language("ko")
    assert unit_word(MILLION) == "백만원"


def test_what_a_korean_table_counts_has_its_word_in_english() -> None:
    assert [unit_word(Unit(name, 1)) for name in ("명", "개사", "점")] == [
        "people",
        "companies",
        "점",
    ]
    use_language("ko")
    assert unit_word(Unit("명", 1)) == "명"
