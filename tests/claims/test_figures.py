"""Figures of running text: exact, with what they count; dates and names are none."""

from __future__ import annotations

from fractions import Fraction

import pytest

from budgetcli.claims.figures import figures_in, written_like


@pytest.mark.parametrize(
    ("text", "value", "measure", "grain"),
    [
        ("22,875백만원", 22_875_000_000, "원", 10**6),
        ("1조 482억원", 1_048_200_000_000, "원", 10**8),
        ("3억", 300_000_000, "원", 10**8),
        ("360억 원", 36_000_000_000, "원", 10**8),
        ("11,436원", 11_436, "원", 1),
        ("969천명", 969_000, "명", 1000),
        ("1만 5천회", 15_000, "회", 1000),
        ("122조3779억원", 122_377_900_000_000, "원", 10**8),
        ("6조5천억원", 6_500_000_000_000, "원", 10**11),
        ("17조1천464억원", 17_146_400_000_000, "원", 10**8),
        ("3천400억 원", 340_000_000_000, "원", 10**8),
        ("2천5백만원", 25_000_000, "원", 10**6),
        ("27만3천개", 273_000, "개", 1000),
        ("178만8300명", 1_788_300, "명", 1),
        ("201만 1,580명", 2_011_580, "명", 1),
        ("$30.611 million", 30_611_000, "$", 1000),
        ("1,074만$", 10_740_000, "$", 10_000),
        ("61.9%", Fraction(619, 10), "%", Fraction(1, 10)),
        ("5.7배", Fraction(57, 10), "배", Fraction(1, 10)),
        ("24개사", 24, "개사", 1),
        ("18,108", 18_108, "", 1),
    ],
)
def test_a_figure_is_read_exactly(
    text: str, value: Fraction, measure: str, grain: Fraction
) -> None:
    (figure,) = figures_in(f"예산 {text} 등")
    assert (figure.value, figure.measure, figure.grain) == (value, measure, grain)


@pytest.mark.parametrize(
    ("printed", "value", "written"),
    [
        ("4,621명", 4_619, "4,619명"),
        ("1조 482억원", 1_048_300_000_000, "10,483억원"),
        ("3억 2천만원", 310_000_000, "31,000만원"),
        ("969천명", 968_000, "968천명"),
        ("£4.2m", 4_350_000, "£4.35m"),
        ("61.9%", Fraction(125, 2), "62.5%"),
    ],
)
def test_a_computed_value_is_written_as_the_printed_one_is(
    printed: str, value: Fraction, written: str
) -> None:
    (figure,) = figures_in(f"예산 {printed} 등")
    assert written_like(Fraction(value), figure) == written


@pytest.mark.parametrize(
    ("text", "value", "grain"),
    [
        ("£4.2m", 4_200_000, 10**5),
        ("$3bn", 3 * 10**9, 10**9),
        ("€1.25tn", 125 * 10**10, 10**10),
        ("$12k", 12_000, 1000),
        ("12 thousand", 12_000, 1000),
        ("1.5 billion", 1_500_000_000, 10**8),
        ("2 trillion", 2 * 10**12, 10**12),
        ("3.2 bn", 3_200_000_000, 10**8),
    ],
)
def test_english_scales_are_read_exactly(text: str, value: int, grain: int) -> None:
    (figure,) = figures_in(f"spent {text} so far")
    assert (figure.value, figure.grain) == (Fraction(value), Fraction(grain))


@pytest.mark.parametrize(
    "text",
    [
        "’24. 7. 31. 기준",
        "2024. 7. 31.",
        "2024 서울뷰티위크",
        "‘2024 추계’",
        "9월, 7월~",
        "4~9월",
        "0.5~1.5억 원",
        "8.12.~8.29.",
        "제323회 임시회",
        "4차 산업혁명",
        "CES2025, 3D, B2B, 50+ 과정",
        "경쟁률 8.1:1",
        "운영(3, 5월)",
        "60세이상, 5년간",
    ],
)
def test_what_counts_nothing_is_no_figure(text: str) -> None:
    assert figures_in(text) == ()


@pytest.mark.parametrize("text", ["약 300명", "300여 명", "300명 내외", "최대 300명", "300명 이상"])
def test_about_so_much_is_vague(text: str) -> None:
    assert [figure.vague for figure in figures_in(text)] == [True]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("3억 2개소", [300_000_000, 2]),
        ("5천만 3백만", [50_000_000, 3_000_000]),
        ("1.5억 200만원", [150_000_000, 2_000_000]),
        ("총괄 3, 지원 2 조사 5", [3, 2, 5]),
    ],
)
def test_figures_side_by_side_are_not_one(text: str, values: list[int]) -> None:
    assert [figure.value for figure in figures_in(text)] == values


def test_a_contract_is_not_about_so_much() -> None:
    assert [figure.vague for figure in figures_in("입주계약 201개사")] == [False]


def test_a_sign_of_its_own_is_kept() -> None:
    grown, fallen = figures_in("+67천명, △1.2%p")
    assert grown.signed
    assert grown.value == 67_000
    assert (fallen.value, fallen.measure, fallen.signed) == (Fraction(-12, 10), "%p", True)


def test_a_plus_in_a_name_is_no_sign() -> None:
    assert [figure.value for figure in figures_in("공덕 18,108, M+ 4,935")] == [18_108, 4_935]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Budget of $1,200", [(1200, "$")]),
        ("£3.2 million to £4 million", [(3_200_000, "£"), (4_000_000, "£")]),
        ("12 of 15 members, 80 per cent", [(12, ""), (15, ""), (80, "%")]),
        ("On 5 January 2024, 12 voted under Section 7 of FY2023", [(12, "")]),
        ("₩1,200", [(1200, "원")]),
    ],
)
def test_english_figures(text: str, values: list[tuple[int, str]]) -> None:
    assert [(int(one.value), one.measure) for one in figures_in(text)] == values


def test_about_so_much_in_english() -> None:
    assert [one.vague for one in figures_in("about $500, more than 20, 30")] == [True, True, False]
