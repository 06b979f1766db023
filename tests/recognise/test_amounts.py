"""Every shape a table prints an amount in comes back exactly; anything else is said to be none."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetcli.model import Absent
from budgetcli.recognise import amounts
from budgetcli.recognise.amounts import (
    MAX_DIGITS,
    Amount,
    DecimalMark,
    decimal_mark,
    looks_like_amount,
    parse,
)

POINT, COMMA = DecimalMark.POINT, DecimalMark.COMMA
WIDE = {ord(plain): ord(plain) + 0xFEE0 for plain in "0123456789,.-()%+"}
MIRROR = str.maketrans(",.", ".,")

COUNTS = st.integers(0, 10 ** (MAX_DIGITS - 8) - 1)
GROUPS = ["", ",", " ", "\u00a0", "\u2009", "\u202f", "\u3000", "'", "’"]
MONEY = ["{}", "{}%", "{} %", "{}원", "{} 원", "₩{}", "\uffe6{}", "₩ {}", "$ {}", "R$ {}", "US$ {}"]
MONEY += ["{} Kč", "{} Kc\u030c", "{} €", "₩\u00a0{}", "₱{}"]
SIGNS = ["-{}", "△{}", "▲{}", "△ {}", "({})", "( {} )", "{}-", "{}\u2212", "\uff0d{}", "\u2212{}"]
SIGNS += ["(△{})", "–{}", "▵{}", "∆{}", "△\u00a0{}", "({}-)"]
EDGES = ["{}", " {} ", "\u00a0{}\u3000", "\u200b{}\ufeff", "\t{}\n"]


@st.composite
def printed(draw: st.DrawFn, mark: DecimalMark = POINT) -> tuple[str, Amount]:
    """A number in one of the shapes of a public table, and what it stands for."""
    whole, part = draw(COUNTS), draw(st.text("0123456789", max_size=8))
    group = draw(st.sampled_from(GROUPS))
    text = f"{whole:,}".replace(",", group) + (f".{part}" if part else "")
    text = text.translate(MIRROR) if mark is COMMA else text
    money, sign = draw(st.sampled_from(MONEY)), draw(st.sampled_from(["{}", *SIGNS]))
    text = draw(st.sampled_from(EDGES)).format(sign.format(money.format(text)))
    text = text.translate(WIDE) if draw(st.booleans()) else text
    digits = int(f"{whole}{part}")
    return text, Amount(-digits if sign != "{}" else digits, len(part), "%" in money)


def oracle(text: str, mark: DecimalMark) -> Fraction | None:
    """A slow and plain reading of digits and marks: threes or one run, then one mark and a part."""
    comma = "," if mark is POINT else "."
    whole, point, part = text.partition(mark.value)
    first, *threes = whole.split(comma)
    if point and not part.isdigit():
        return None
    if threes and (first[:1] in ("0", "") or len(first) > 3 or {len(x) for x in threes} != {3}):
        return None
    digits = "".join([first, *threes, part])
    return Fraction(int(digits), 10 ** len(part)) if digits.isdigit() else None


@given(printed())
def test_a_printed_number_comes_back_exactly(case: tuple[str, Amount]) -> None:
    text, amount = case
    assert parse(text) == amount


@given(printed(COMMA))
def test_with_a_decimal_comma_it_comes_back_as_exactly(case: tuple[str, Amount]) -> None:
    text, amount = case
    assert parse(text, COMMA) == amount


@given(st.text("0123456789,.-△() %원eE+"))
def test_a_decimal_comma_mirrors_a_decimal_point(text: str) -> None:
    assert parse(text, COMMA) == parse(text.translate(MIRROR), POINT)


@given(
    st.text("0123456789,.", min_size=1, max_size=12),
    st.sampled_from(DecimalMark),
    st.sampled_from([("{}", 1), ("+{}", 1), ("-{}", -1), ("△{}", -1), ("({})", -1), ("(-{})", -1)]),
)
def test_the_grammar_agrees_with_a_plain_reading(
    text: str, mark: DecimalMark, sign: tuple[str, int]
) -> None:
    amount, expected = parse(sign[0].format(text), mark), oracle(text, mark)
    value = amount.value if isinstance(amount, Amount) else None
    assert value == (None if expected is None else sign[1] * expected)


@given(st.text("0123456789,.-△() %원eE+٣²①\u200b\u00a0"))
def test_nothing_but_a_printed_zero_is_read_as_zero(text: str) -> None:
    amount = parse(text)
    if isinstance(amount, Amount) and amount.digits == 0:
        assert "0" in text
        assert not re.search("[1-9٣²①]", text.partition("e")[0].partition("E")[0])


@given(st.text())
def test_any_text_at_all_is_read_or_said_to_be_none(text: str) -> None:
    assert isinstance(parse(text), Amount | Absent)


@given(st.text(st.characters(categories=["L", "M", "S", "No", "Nl", "Cs"])))
def test_a_text_without_digits_is_no_amount(text: str) -> None:
    assert isinstance(parse(text), Absent)


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "\u3000\t\n", "\u200b", "\ufeff"])
def test_a_cell_that_shows_nothing_is_blank(text: str) -> None:
    assert parse(text) is Absent.BLANK


@pytest.mark.parametrize(
    "text",
    ["-", " -   ", "--", "---", "–", "—", "―", "−", "\uff0d", "ㅡ", "ー", "─", "$ -", "R$ --"],
)
def test_a_dash_is_a_dash_and_no_zero(text: str) -> None:
    assert parse(text) is Absent.DASH


@pytest.mark.parametrize(
    "text",
    [
        "!",
        "100!",
        "100X",
        "N/R",
        "n/a",
        "경제정책과",
        "----",
        "$ ----",
        "pesos -",
        "△",
        "()",
        "( )",
        "%",
        "원",
        "₩",
        ".",
        ",",
        "5.",
        "1,23",
        "1,2345",
        "12,34,56",
        "1,234,56,789",
        "£000",
        "₱ 000",
        "P1",
        "1234,567",
        ",123",
        "1,234,",
        "1,,234",
        "1 23",
        "120  340",
        "1,234 567",
        "1.2.3",
        "0,123",
        "(5",
        "5)",
        "((5))",
        "-(5)",
        "--5",
        "△-5",
        "-5-",
        "+5-",
        "(+5)",
        "- $-5",
        "5%%",
        "5%원",
        "$5%",
        "5 %p",
        "1/2",
        "1e",
        "e5",
        "1,234e5",
        "1e1000",
        "0x10",
        "1_000",
        "inf",
        "nan",
        "12³",
        "1234¹⁾",
        "1½",
        "①",
        "²",
        "١٢٣",
        "1٢3",
        "१२",
        "一二三",
        "\ud800",
        "5\ud800",
        "1\n234",
        "2024-07-31",
        "=1+1",
    ],
)
def test_what_is_no_amount_is_unreadable(text: str) -> None:
    assert parse(text) is Absent.UNREADABLE


@pytest.mark.parametrize("text", ["0", "-0", "0.0", "00", "△0", "(0)", "0 원"])
def test_a_printed_zero_is_an_amount(text: str) -> None:
    amount = parse(text)
    assert isinstance(amount, Amount)
    assert amount.value == 0


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("9.2e-11", Amount(92, 12)),
        ("1E5", Amount(100000)),
        ("1.5e+3", Amount(1500)),
        ("1.2345e2", Amount(12345, 2)),
        ("1e40", Amount(10**40)),
        ("1e-40", Amount(1, 40)),
        (".5", Amount(5, 1)),
        (".5e3", Amount(500)),
        ("-.5", Amount(-5, 1)),
        ("+5", Amount(5)),
        ("007", Amount(7)),
        ("30.7 %", Amount(307, 1, percent=True)),
        ("-5%", Amount(-5, 0, percent=True)),
        ("₩1,234원", Amount(1234)),
        ("$ - 5", Amount(-5)),
        ("($1,234.50)", Amount(-123450, 2)),
        ("1\u200b234", Amount(1234)),
        ("Δ5", Amount(-5)),
        ("12,34,567.00", Amount(123456700, 2)),
        ("(1,23,45,678)", Amount(-12345678)),
        ("₹ 12,34,567", Amount(1234567)),
        ("Rs. 500", Amount(500)),
        ("P1,234.50", Amount(123450, 2)),
        ("$ (1,234)", Amount(-1234)),
        ("$(5.5)", Amount(-55, 1)),
    ],
)
def test_rarer_shapes_are_read_too(text: str, amount: Amount) -> None:
    assert parse(text) == amount


def test_an_amount_of_the_greatest_length_keeps_every_digit() -> None:
    digits = 10**60 - 1
    assert parse(str(digits)) == Amount(digits)
    assert parse(f"{digits:,}") == Amount(digits)


@pytest.mark.parametrize(
    "text",
    ["9" * 61, "9" * 100_000, f"0.{'9' * MAX_DIGITS}", "1e41", "1e-41", "0.1e-40"],
)
def test_more_digits_than_any_budget_has_are_unreadable(text: str) -> None:
    assert parse(text) is Absent.UNREADABLE


@pytest.mark.parametrize(("blanks", "read"), [(118, Amount(-1)), (119, Absent.UNREADABLE)])
def test_a_text_twice_as_long_as_the_longest_amount_is_read_and_no_longer_one(
    blanks: int, read: Amount | Absent
) -> None:
    assert parse(f"-{' ' * blanks}1") == read


@pytest.mark.parametrize("text", ["0", "1234", "9" * 40])
def test_digits_alone_are_read_as_they_are(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(amounts, "narrow", None)
    assert parse(text) == Amount(int(text))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (" 1234", Amount(1234)),
        (f" {'9' * 40}", Amount(int("9" * 40))),
        ("74.9", Amount(749, 1)),
        ("2024-07-31", Absent.UNREADABLE),
        ("경제정책과", Absent.UNREADABLE),
    ],
)
def test_what_most_cells_hold_is_told_without_a_pattern(
    text: str, read: Amount | Absent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(amounts, "_GRAMMARS", {})
    monkeypatch.setattr(amounts, "_DASH", None)
    assert parse(text) == read


def test_a_mark_that_parts_no_groups_is_told_without_a_pattern(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(amounts, "_GRAMMARS", {})
    assert decimal_mark(["74.9", "1234.56"]) is POINT
    assert decimal_mark(["74,9"]) is COMMA


def test_the_value_is_the_exact_number() -> None:
    assert Amount(307, 1).value == Fraction(307, 10)


@pytest.mark.parametrize(
    ("text", "looks"), [("1.234.567", True), ("1,5", True), ("과", False), ("-", False)]
)
def test_a_cell_looks_like_an_amount_under_either_mark(text: str, looks: bool) -> None:
    assert looks_like_amount(text) is looks


@pytest.mark.parametrize(
    "cell",
    ["12,5", "1.234,56", "1.234.567", "0,123", "1234,567", "△12,5 %", "12\uff0c5", "R$ 1.234,5"],
)
def test_a_cell_that_only_a_decimal_comma_explains_proves_it(cell: str) -> None:
    assert decimal_mark(["1.234", cell, "1 234", "-", "과"]) is COMMA


@pytest.mark.parametrize(
    "cell",
    [
        "12.5",
        "1,234.56",
        "1,234,567",
        "12,34,567",
        "0.307",
        "1234.567",
        "△12.5 %",
        "12\uff0e5",
        "9.2e-11",
        ".5",
    ],
)
def test_a_cell_that_only_a_decimal_point_explains_proves_it(cell: str) -> None:
    assert decimal_mark(["1,234", cell, "1 234", "-", "과"]) is POINT


@pytest.mark.parametrize(
    "cells",
    [
        [],
        ["1,234"],
        ["1.234"],
        ["1,234", "1.234", "1234", "1 234"],
        ["12,5", "12.5"],
        ["1.2.3", "2024. 7. 31.", "v1,5", "a.b", "1,2,345", "9" * 200 + ".5"],
    ],
)
def test_what_both_marks_explain_or_none_proves_nothing(cells: list[str]) -> None:
    assert decimal_mark(cells) is None


@given(st.lists(printed(COMMA), min_size=1))
def test_a_column_with_a_decimal_comma_never_proves_a_point_alone(
    column: list[tuple[str, Amount]],
) -> None:
    assert decimal_mark(text for text, _ in column) is not POINT
