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
    `mean` where it is said of one of many; `signed` where a + or - stands before it. `start` and
    `end` are its place in the text.
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
    mean: bool = False

    @property
    def loose(self) -> bool:
        """Whether it is no part of an exact sum."""
        return self.vague or self.mean


# a Korean number is groups of 조, 억 and 만, each of which counts in 천, 백 and 십: 1조 2천464억
_SMALL = {"십": 10, "백": 10**2, "천": 10**3}
_BIG = {"만": 10**4, "억": 10**8, "조": 10**12}
_WORDS = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "bn": 10**9,
}  # fmt: skip
_CURRENCIES = {"$": "$", "€": "€", "£": "£", "₩": "원"}
# a scale that nobody uses but for money
_OF_MONEY = lazy(r"백만|천만|[십백천]?억|조")
_MEASURES = {
    "원": WON, "$": DOLLARS, "달러": DOLLARS, "불": DOLLARS,
    "%p": POINTS, "%P": POINTS, "％p": POINTS, "%포인트": POINTS, "%": SHARE, "％": SHARE,
    "배": TIMES, "per cent": SHARE, "percent": SHARE, "percentage points": POINTS,
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
    longest = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word) + r"(?![A-Za-z])" * word.isascii() for word in longest)


_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_KOREAN_SCALE = "(?:[십백천]?[만억조]|[십백천])"
_SCALE = rf"(?:{_KOREAN_SCALE}|(?i:{_either([*_WORDS])}))"
_RANGE_MARK = "[~～∼]"
_DAY = r"\s?\.\s?\d{1,2}"
_LATIN_UNITS = r"(?<!kg)(?<!km)(?<!ha)(?<!m2)(?<!\dt)"
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_NO_NUMBERS = "|".join(
    (
        rf"[’'‘`]\s?\d\d(?!\d)(?:{_DAY}(?:{_DAY})?)?\s?\.?(?:년도?)?",  # ’24. 7. 31.
        rf"(?:19|20)\d\d\s?(?:년도?|{_DAY}\s?\.(?:\s?\d{{1,2}}\s?\.?)?)",  # 2024. 7. 31.
        r"(?:19|20)\d\d(?!\d|[,.]\d|\.|명|개|건|회|원|천|백|만|억)",  # 2024
        r"\d{1,2}\s?\.\s?\d{1,2}\s?\.(?!\d)",  # 8.12.
        rf"{_NUMBER}(?:{_SCALE})?\s?[가-힣]{{0,2}}\.?\s?{_RANGE_MARK}\s?(?:{_NUMBER}[.]?\S*)?",
        rf"{_RANGE_MARK}\s?{_NUMBER}\S*",  # ~12월
        rf"{_NUMBER}\s?:\s?{_NUMBER}",  # 8.1:1
        r"(?<![가-힣])제\s?\d+\S*",  # 제323회
        r"\d{1,2}(?:,\s?\d{1,2})+월",  # 3, 5월
        rf"[A-Za-z]+[-.]?\d[\w.]*|\d+[A-Za-z]+{_LATIN_UNITS}\w*|\d+\+",  # CES2025, 3D, 50+
        rf"\d+\s?(?:{_either(_NO_FIGURE)})(?!\s?업체)[가-힣]*",  # 7월, 3차
        r"(?i:(?<![a-z])(?:section|article|chapter|table|page|part|phase|no\.|q)\s?\d+)",
        rf"\d{{1,2}}\s(?:{_MONTHS})[a-z]*",  # 5 January
        r"^\d{1,2}(?:\.\d{1,2})+\s(?=[A-Z])",  # 6.1 Planning
    )
)
_TOKEN = lazy(
    rf"(?P<none>{_NO_NUMBERS})|(?P<sign>(?<![\w)])[+△▲–-](?!\s))?"
    rf"(?P<currency>[$€£₩])?(?P<number>{_NUMBER})(?![.:]\d)"
)
# behind a space it may begin a word: 조사, 천안
_SCALED = lazy(
    rf"(?:\s(?=[십백천만억조]+(?:원|명|불|달러|[^가-힣]|$)))?(?P<name>{_KOREAN_SCALE})"
    rf"|\s?(?P<word>(?i:{_either([*_WORDS])}))"
)
_LETTER = lazy(r"(?i:(?P<letter>bn|tn|m|k))(?![A-Za-z0-9²])")
_LETTERS = {"k": 10**3, "m": 10**6, "bn": 10**9, "tn": 10**12}
_MORE = lazy(r"(?P<gap>\s?)(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?![.,]?\d)")
_DIGITS = lazy(r"\d[\d,.]*")
_UNIT = lazy(rf"\s?(?P<unit>{_either([*_MEASURES, *_COUNTERS])})(?![.:]\d)")
_FEWEST_DIGITS = 3
_VAGUE_BEFORE = lazy(
    r"(?:(?<![가-힣])약|최대|최소|최고"
    r"|(?i:\b(?:about|approximately|around|over|nearly|almost|at least|up to|some|roughly|than))"
    r")\s?$"
)
_MEAN = lazy(
    r"(?:평균|[인명개소사체업구건회급팀곳호대간일월년교원]당|연간|(?i:\baveraged?(?: of)?))\s?$"
)
_VAGUE_AFTER = lazy(
    r"\s?(?:내외|여|이상|이하|이내|미만|초과|가량|정도|수준|안팎|한도)(?![가-힣]{3})"
)


class _Piece(NamedTuple):
    """A piece of a number with its scales: `464억` of `1조 2천464억`.

    `tail` is where its digits end, `end` where its scale does.
    """

    number: Fraction
    small: int
    big: int
    grain: Fraction
    tail: int
    end: int
    name: str

    @property
    def scale(self) -> int:
        return self.small * self.big


@lru_cache(maxsize=4096)
def figures_in(text: str) -> tuple[Figure, ...]:
    """Every figure of a text, in order. Every rule looks at every sentence: it is kept a while."""
    figures: list[Figure] = []
    place = 0
    while found := _TOKEN.search(text, place):
        place = found.end()
        if found["number"]:
            figures.append(_figure(text, found))
            place = figures[-1].end
    return tuple(figures)


def _figure(text: str, found: re.Match[str]) -> Figure:
    pieces = _pieces(text, found)
    last, value = pieces[-1], _value(pieces)
    unit = _UNIT.match(text, last.end)
    end = unit.end() if unit else last.end
    sign = found["sign"] or ""
    return Figure(
        -value if sign and sign != "+" else value,
        _measure(unit["unit"] if unit else _CURRENCIES.get(found["currency"], ""), last),
        last.scale,
        last.grain,
        found.start(),
        end,
        text[found.start() : end].strip(),
        text[last.tail : end].strip(),
        vague=_is_vague(text[: found.start()], text[end:]),
        signed=bool(sign),
        mean=_MEAN.search(text[: found.start()]) is not None,
    )


def _is_vague(before: str, after: str) -> bool:
    return bool(_VAGUE_BEFORE.search(before) or _VAGUE_AFTER.match(after))


def _pieces(text: str, found: re.Match[str]) -> list[_Piece]:
    letter = _LETTER.match(text, found.end()) if found["currency"] else None
    if letter:  # £4.2m
        return [_lettered(found["number"], letter)]
    pieces = [_piece(text, found["number"], found.end())]
    while more := _following(text, pieces[-1]):
        pieces.append(more)
    return pieces


def _piece(text: str, digits: str, start: int) -> _Piece:
    """A number with the scale behind it."""
    found = _SCALED.match(text, start)
    named, word = found.groups("") if found else ("", "")
    small = _SMALL.get(named[:1], 1) * _WORDS.get(word.lower(), 1)
    big = _BIG.get(named[-1:], 1)
    return _Piece(
        _exact(digits),
        small,
        big,
        Fraction(small * big, 10 ** _places_of(digits)),
        start,
        found.end() if found else start,
        named,
    )


def _lettered(digits: str, letter: re.Match[str]) -> _Piece:
    scale = _LETTERS[letter["letter"].lower()]
    grain = Fraction(scale, 10 ** _places_of(digits))
    return _Piece(_exact(digits), scale, 1, grain, letter.start(), letter.end(), "")


def _exact(digits: str) -> Fraction:
    return Fraction(digits.replace(",", ""))


def _places_of(digits: str) -> int:
    return len(digits.partition(".")[2])


def _following(text: str, last: _Piece) -> _Piece | None:
    """The next piece of the same number, worth less than one of the last: `3천` behind `27만`."""
    found = _MORE.match(text, last.end)
    if not found or not last.name or last.grain < last.scale:
        return None
    piece = _piece(text, found["number"], found.end())
    counted = piece.number * piece.small * (piece.big if last.big > 1 else 1)
    if counted >= max(last.big, last.small if last.big == 1 else 1):
        return None
    return piece if piece.name or _is_tail(found, last) else None


def _is_tail(found: re.Match[str], last: _Piece) -> bool:
    """`182만9932명` and `201만 1,580명`, but not `3억 2개소`."""
    if found["gap"]:
        return last.big == _BIG["만"] and "," in found["number"]
    return len(found["number"]) >= _FEWEST_DIGITS


def _value(pieces: Sequence[_Piece]) -> Fraction:
    """Small scales add up until a big one multiplies them: 1조 2천464억 is 12,464억."""
    whole = group = Fraction(0)
    for piece in pieces:
        group += piece.number * piece.small
        if piece.big > 1:
            whole, group = whole + group * piece.big, Fraction(0)
    return whole + group


def _measure(unit: str, last: _Piece) -> str:
    if not unit and _OF_MONEY.fullmatch(last.name):
        return WON
    return _MEASURES.get(unit, unit)


def written_like(value: Fraction, figure: Figure) -> str:
    """A computed value as that figure is printed, with one more decimal where it needs one.

    `4,619명` for a figure of people, `10,482억원` for `1조 482억원`, `32,000만원` for
    `3억 2천만원`.
    """
    scale, suffix = figure.scale, figure.suffix
    if suffix[:1] in _SMALL and len(_DIGITS.findall(figure.text)) > 1:
        scale, suffix = scale // _SMALL[suffix[0]], suffix[1:]
    in_scale = value / scale
    places = _places(figure.grain, scale)
    if half_up(in_scale, places) != in_scale:
        places += 1
    currency = figure.text[0] if figure.text[0] in _CURRENCIES else ""
    return f"{currency}{half_up(in_scale, places):,f}{suffix}"


def _places(grain: Fraction, scale: int) -> int:
    """The decimals a figure is printed with."""
    places = 0
    while grain * 10**places < scale:
        places += 1
    return places
