"""Figures in running text: exact values with what they count, what one printed digit is worth.

`22,875백만원`, `1조 482억원`, `969천명`, `1,074만$`, `61.9%`. Dates, ordinals, ranges and numbers
inside names are none. What a sentence claims about its figures is left to others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from budgetcli.measures import half_up
from budgetcli.patterns import lazy

WON, DOLLARS, SHARE, POINTS, TIMES = "원", "$", "%", "%p", "배"
# a bare number: what it counts is said elsewhere
BARE = ""


class Figure(NamedTuple):
    """One figure of a text: `value` counts `measure`s, exactly.

    `scale` is what one printed 1 of its last number is worth, `grain` what one in the last printed
    place is, `suffix` what is printed behind; `vague` where the text says about, over or up to;
    `signed` where a + or - stands before it. `start` and `end` are its place in the text.
    """

    value: Fraction
    measure: str
    scale: int
    grain: Fraction
    start: int
    end: int
    text: str
    suffix: str
    vague: bool = False
    signed: bool = False


_SCALES = {
    "십": 10, "백": 10**2, "천": 10**3, "만": 10**4, "십만": 10**5, "백만": 10**6, "천만": 10**7,
    "억": 10**8, "십억": 10**9, "백억": 10**10, "천억": 10**11, "조": 10**12,
}  # fmt: skip
# a scale that nobody uses but for money
_OF_MONEY = frozenset(("백만", "천만", "억", "십억", "백억", "천억", "조"))
_MEASURES = {
    "원": WON, "$": DOLLARS, "달러": DOLLARS, "불": DOLLARS,
    "%p": POINTS, "%P": POINTS, "％p": POINTS, "%포인트": POINTS, "%": SHARE, "％": SHARE,
    "배": TIMES,
}  # fmt: skip
_COUNTERS = (
    *(
        "명",
        "인",
        "개사",
        "개소",
        "개교",
        "개국",
        "개관",
        "개과",
        "개",
        "팀",
        "건",
        "편",
        "곳",
        "대",
    ),
    *(
        "가구",
        "세대",
        "업체",
        "사",
        "부",
        "종",
        "권",
        "동",
        "실",
        "필지",
        "점",
        "매",
        "장",
        "쌍",
        "통",
    ),
    *("회", "과제", "학과", "과정", "브랜드", "병상", "석", "톤", "평", "마리", "그루", "주"),
    *("ha", "㎡", "㎢", "m²", "m2", "km", "㎞", "kg", "t"),
)
# after such a word a number is a date, an ordinal, an age, a length of time, a height
_NO_FIGURE = (
    *(
        "년",
        "월",
        "일",
        "시",
        "분기",
        "분",
        "초",
        "차",
        "호",
        "층",
        "위",
        "세",
        "기",
        "단계",
        "주년",
    ),
    *(
        "주차",
        "개월",
        "박",
        "학년",
        "급",
        "단위",
        "대 분야",
        "대 업종",
        "인당",
        "주기",
        "번째",
        "년차",
    ),
    *("년도", "개년", "선", "조항", "항"),
)


def _either(words: Sequence[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SCALE = _either([*_SCALES])
_RANGE_MARK = "[~～∼]"
_DAY = r"\s?\.\s?\d{1,2}"
_LATIN_UNITS = r"(?<!kg)(?<!km)(?<!ha)(?<!m2)(?<!\dt)"
_NO_NUMBERS = "|".join(
    (
        rf"[’'‘`]\s?\d\d(?!\d)(?:{_DAY}(?:{_DAY})?)?\s?\.?(?:년도?)?",  # ’24. 7. 31.
        rf"(?:19|20)\d\d\s?(?:년도?|{_DAY}\s?\.(?:\s?\d{{1,2}}\s?\.?)?)",  # 2024. 7. 31.
        r"(?:19|20)\d\d(?![\d,.]|명|개|건|회|원|천|백|만|억)",  # 2024
        r"\d{1,2}\s?\.\s?\d{1,2}\s?\.(?!\d)",  # 8.12.
        rf"{_NUMBER}(?:{_SCALE})?\s?[가-힣]{{0,2}}\.?\s?{_RANGE_MARK}\s?(?:{_NUMBER}[.]?\S*)?",
        rf"{_RANGE_MARK}\s?{_NUMBER}\S*",  # ~12월
        rf"{_NUMBER}\s?:\s?{_NUMBER}",  # 8.1:1
        r"(?<![가-힣])제\s?\d+\S*",  # 제323회
        r"\d{1,2}(?:,\s?\d{1,2})+월",  # 3, 5월
        rf"[A-Za-z]+[-.]?\d[\w.]*|\d+[A-Za-z]+{_LATIN_UNITS}\w*|\d+\+",  # CES2025, 3D, 50+
        rf"\d+\s?(?:{_either(_NO_FIGURE)})(?!\s?업체)[가-힣]*",  # 7월, 3차
    )
)
_TOKEN = lazy(
    rf"(?P<none>{_NO_NUMBERS})|(?P<sign>(?<![\w)])[+△▲–-](?!\s))?(?P<number>{_NUMBER})\s?"
    rf"(?P<scale>{_SCALE})?(?:\s(?P<number2>{_NUMBER})\s?(?P<scale2>{_SCALE}))?"
    rf"\s?(?P<unit>{_either([*_MEASURES, *_COUNTERS])})?(?![.:]\d)"
)
_VAGUE_BEFORE = lazy(
    r"(?:(?<![가-힣])약|평균|최대|최소|최고|[인명개소사체업구건회급팀곳호대간일월년교원]당|연간)\s?$"
)
_VAGUE_AFTER = lazy(
    r"\s?(?:내외|여|이상|이하|이내|미만|초과|가량|정도|수준|안팎|한도)(?![가-힣]{3})"
)


@lru_cache(maxsize=4096)
def figures_in(text: str) -> tuple[Figure, ...]:
    """Every figure of a text, in order. Every rule looks at every sentence: it is kept a while."""
    return tuple(_figure(text, found) for found in _TOKEN.finditer(text) if found["number"])


def _figure(text: str, found: re.Match[str]) -> Figure:
    scale = _SCALES[found["scale"]] if found["scale"] else 1
    value, grain = _scaled(found["number"], scale)
    end = found.end("number")
    if found["number2"]:
        scale = _SCALES[found["scale2"]]
        more, grain = _scaled(found["number2"], scale)
        value, end = value + more, found.end("number2")
    sign = found["sign"] or ""
    return Figure(
        -value if sign and sign != "+" else value,
        _measure(found),
        scale,
        grain,
        found.start(),
        found.end(),
        found[0].strip(),
        text[end : found.end()].strip(),
        vague=_is_vague(text, found),
        signed=bool(sign),
    )


def _is_vague(text: str, found: re.Match[str]) -> bool:
    before, after = text[: found.start()], text[found.end() :]
    return bool(_VAGUE_BEFORE.search(before) or _VAGUE_AFTER.match(after))


def _scaled(number: str, scale: int) -> tuple[Fraction, Fraction]:
    """The value of a printed number, and of one in its last place."""
    places = len(number.partition(".")[2])
    return Fraction(number.replace(",", "")) * scale, Fraction(scale, 10**places)


def _measure(found: re.Match[str]) -> str:
    unit = found["unit"] or ""
    if not unit and (found["scale2"] or found["scale"]) in _OF_MONEY:
        return WON
    return _MEASURES.get(unit, unit)


def written_like(value: Fraction, figure: Figure) -> str:
    """A computed value as that figure is printed, with one more decimal where it needs one.

    `4,619명` for a figure of people, `10,482억원` for `1조 482억원`.
    """
    in_scale = value / figure.scale
    places = _places(figure)
    if half_up(in_scale, places) != in_scale:
        places += 1
    return f"{half_up(in_scale, places):,f}{figure.suffix}"


def _places(figure: Figure) -> int:
    """The decimals a figure is printed with."""
    places = 0
    while figure.grain * 10**places < figure.scale:
        places += 1
    return places
