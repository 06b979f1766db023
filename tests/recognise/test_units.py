"""Units as captions, headers and flags name them, and words that only look like units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetcli.model import Unit
from budgetcli.recognise.units import doubtful_unit, find_unit, unit_given, unit_named

KOREAN = {
    "원": 0,
    "천원": 3,
    "만원": 4,
    "십만원": 5,
    "백만원": 6,
    "천만원": 7,
    "억원": 8,
    "십억원": 9,
    "백억원": 10,
    "천억원": 11,
    "조원": 12,
}
CAPTIONS = [
    "(단위 : {})",
    "(단위: {}, ’24. 7. 31. 기준)",
    "[단위:{}]",
    "단위 {}",
    "단 위 : {}",
    "(금액단위: {})",
    "(단위: 금액: {}, %)",
    "(단위: 명, {})",
    "(단위 : 개소/{})",
    "(단위: %, 건, {})",
    "(단위\uff1a{}\uff09",
    "단위 \u2236 {}",
    "{{예산현액}} ({})",
    "〔{}〕",
    "({}, %)",
    "({} 단위)",
    "□ 2024년 예산 집행 현황 (단위: {} / 기준일: 2024. 7. 31.)",
    "단위 : {} 기준",
]


@pytest.mark.parametrize("caption", CAPTIONS)
@pytest.mark.parametrize("name", KOREAN)
def test_a_korean_caption_states_its_unit(caption: str, name: str) -> None:
    assert find_unit(caption.format(name)) == Unit(name, 10 ** KOREAN[name], "KRW")


@pytest.mark.parametrize("name", KOREAN)
def test_a_letter_spaced_unit_is_the_same_unit(name: str) -> None:
    assert find_unit(f"(단위 : {' '.join(name)})") == Unit(name, 10 ** KOREAN[name], "KRW")
    assert unit_named(" ".join(name)) == Unit(name, 10 ** KOREAN[name], "KRW")


@pytest.mark.parametrize(
    ("text", "name"), [("억", "억원"), ("백만", "백만원"), ("천", "천원"), ("조", "조원")]
)
def test_won_may_be_left_out(text: str, name: str) -> None:
    assert unit_named(text) == Unit(name, 10 ** KOREAN[name], "KRW")
    assert find_unit(f"(단위: {text})") == Unit(name, 10 ** KOREAN[name], "KRW")


@pytest.mark.parametrize(
    "line",
    [
        "",
        "단위사업별 집행 현황",
        "단위학교별 예산은 백만원 미만",
        "단위원가 분석",
        "단위 원가",
        "(단위: 명)",
        "(단위: %)",
        "(단위 : 천 명)",
        "(단위 : 천명)",
        "총 3,000억원을 지원",
        "세부단위 조정",
        "연구원 (원장)",
    ],
)
def test_korean_words_that_only_look_like_units(line: str) -> None:
    assert find_unit(line) is None


@pytest.mark.parametrize(
    ("line", "factor", "currency"),
    [
        ("(in thousands of pesos)", 10**3, None),
        ("(In Thousand Pesos)", 10**3, None),
        ("In thousands of Philippine pesos", 10**3, None),
        ("Amounts in Philippine Pesos, as of 31 July 2024", 1, None),
        ("(in U.S. dollars)", 1, None),
        ("Dollars in millions", 10**6, None),
        ("in thousands except ratios", 10**3, None),
        ("Budget in detail in thousands of pesos", 10**3, None),
        ("(US$ million)", 10**6, "USD"),
        ("(£ million, real terms)", 10**6, "GBP"),
        ("[PHP billion]", 10**9, "PHP"),
        ("(Unit: million won)", 10**6, "KRW"),
        ("Unit:won", 1, "KRW"),
        ("units: USD", 1, "USD"),
        ("(Unit: KRW 100 million)", 10**8, "KRW"),
        ("in 100 million won", 10**8, "KRW"),
        ("(단위: thousand USD)", 10**3, "USD"),
        ("in $000s", 10**3, None),
        ("in $'000", 10**3, None),
        ("in ₱1,000,000", 10**6, "PHP"),
        ("Cifras en pesos", 1, None),
        ("Cifras en millones de pesos corrientes", 10**6, None),
        ("en miles de millones de pesos", 10**9, None),
        ("(Miles de Pesos)", 10**3, None),
        ("Importes en miles de €", 10**3, "EUR"),
        ("Unidad: euros", 1, "EUR"),
        ("en mil. de pesos", 10**3, None),
        ("(en miles de MXN)", 10**3, "MXN"),
        ("Em R$ 1,00", 1, "BRL"),
        ("Em R$ 1.000,00", 10**3, "BRL"),
        ("Em R$ 1.000", 10**3, "BRL"),
        ("(Em mil reais)", 10**3, "BRL"),
        ("Valores em R$ mil.", 10**3, "BRL"),
        ("Valores em milhares de reais", 10**3, "BRL"),
        ("em R$ milhões", 10**6, "BRL"),
        ("(em bilhões de reais)", 10**9, "BRL"),
        ("údaje v tis. Kč", 10**3, "CZK"),
        ("(v tis. Kc\u030c)", 10**3, "CZK"),
        ("částky v tisících Kč", 10**3, "CZK"),
        ("v mil. Kč", 10**6, "CZK"),
        ("v mil Kč, bez DPH", 10**6, "CZK"),
        ("v mil.", 10**6, None),
        ("v mld. Kč", 10**9, "CZK"),
        ("(v Kč)", 1, "CZK"),
        ("(P'000)", 10**3, None),
        ("(KSh million)", 10**6, "KES"),
        ("(단위: 백만달러)", 10**6, "USD"),
        ("(단위 : 천 불, %)", 10**3, "USD"),
        ("(단위: 유로)", 1, "EUR"),
        ("(in P’000)", 10**3, None),
        ("(US$'000)", 10**3, "USD"),
        ("(R'000)", 10**3, "ZAR"),
        ("(£000s)", 10**3, "GBP"),
        ("($000's)", 10**3, None),
        ("('000)", 10**3, None),
        ("(000's omitted)", 10**3, None),
        ("All figures in £000 at current prices", 10**3, "GBP"),
        ("in £m unless stated", 10**6, "GBP"),
        ("(M€)", 10**6, "EUR"),
        ("(mdp)", 10**6, "MXN"),
        ("(R$ mi)", 10**6, "BRL"),
        ("(Rs. in lakhs)", 10**5, None),
        ("(Amount in Rs. crore)", 10**7, None),
        ("(₹ in Crores)", 10**7, "INR"),
        ("(in LCU million)", 10**6, None),
        ("Public spending 2024, £ million", 10**6, "GBP"),
        ("Gasto 2024 - Miles de pesos", 10**3, None),
    ],
)
def test_a_caption_in_another_language_states_its_unit(
    line: str, factor: int, currency: str | None
) -> None:
    unit = find_unit(line)
    assert unit is not None
    assert (unit.factor, unit.currency) == (factor, currency)


@pytest.mark.parametrize(
    "line",
    [
        "in 2024",
        "en 2024",
        "v roce 2024",
        "en total",
        "em milho",
        "in",
        "in of",
        "in millions of people",
        "in thousands of homes",
        "in thousand ways",
        "en miles de hogares",
        "Spending in euro area countries",
        "(Euro area)",
        "in won games",
        "in pesos per capita",
        "en pesos por habitante",
        "in USD/t",
        "in million thousand won",
        "in USD EUR",
        "in mil USD",
        "in 100 projects",
        "invested in 100 million won projects",
        "(a fee ($1,000) applies)",
        "mil desculpas",
        "unit costs",
        "R$ mil",
        "Contracts, won",
        "(A'000)",
    ],
)
def test_words_of_other_languages_that_only_look_like_units(line: str) -> None:
    assert find_unit(line) is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("thousand", Unit("thousand", 10**3)),
        ("In thousands", Unit("thousand", 10**3)),
        ("million won", Unit("million", 10**6, "KRW")),
        ("won", Unit("won", 1, "KRW")),
        ("tis. Kč", Unit("tis.", 10**3, "CZK")),
        ("mil. Kč", Unit("mil.", 10**6, "CZK")),
        ("mil", Unit("mil", 10**3)),
        ("mil.", Unit("mil.", 10**6)),
        ("mil euros", Unit("mil", 10**3, "EUR")),
        ("R$ mil", Unit("mil", 10**3, "BRL")),
        ("US$", Unit("US$", 1, "USD")),
        ("100 million won", Unit("100 million won", 10**8, "KRW")),
        ("\uffe6", Unit("₩", 1, "KRW")),
    ],
)
def test_a_unit_may_be_named_alone(text: str, unit: Unit) -> None:
    assert unit_named(text) == unit


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "1",
        "100",
        "2024",
        "in",
        "of",
        "of pesos",
        "thousands of",
        "US",
        "mil USD",
        "명",
        "A",
        "won won",
        "in 2024",
        "100 won",
        "�",
    ],
)
def test_what_names_no_unit(text: str) -> None:
    assert unit_named(text) is None


@pytest.mark.parametrize(
    ("text", "factor"), [("1", 1), (" 1000 ", 1000), ("1000000", 10**6), ("백만원", 10**6)]
)
def test_a_flag_is_a_name_or_a_power_of_ten(text: str, factor: int) -> None:
    unit = unit_given(text)
    assert unit is not None
    assert unit.factor == factor


@pytest.mark.parametrize("text", ["0", "-1", "1e3", "1,000", "500", "1" + "0" * 5000, "", "kg"])
def test_other_flags_are_no_unit(text: str) -> None:
    assert unit_given(text) is None


WORDS = "in en v em of de mil mil. tis. R$ 1.000 100 million won ( ) , : 단위 백만원 '000s pesos us"


@given(st.text() | st.lists(st.sampled_from(WORDS.split())).map(" ".join))
def test_a_unit_that_is_found_is_a_power_of_ten(text: str) -> None:
    for unit in (find_unit(text), unit_named(text), unit_given(text)):
        assert unit is None or set(str(unit.factor)[1:]) <= {"0"}


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("Budget (€ mil)", "€ mil"),
        ("Rozpočet bil. Kč", "bil. Kč"),
        ("(mil USD)", "mil USD"),
        ("(millions of homes)", None),
        ("mil desculpas", None),
        ("67.7 % of 685,068 million KRW", None),
        ("(R$ mil)", None),
    ],
)
def test_words_of_a_unit_that_are_none_are_doubtful(text: str, doubtful: str | None) -> None:
    assert doubtful_unit(text) == doubtful
