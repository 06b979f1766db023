"""One grammar for every amount a public table prints: text to exact digits, never through a float.

Which decimal mark a column uses is decided for the column; what is no amount
is said to be none, never 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from budgetcli.model import Absent
from budgetcli.recognise.names import narrow

MAX_DIGITS = 60
_MAX_EXPONENT = 40


class DecimalMark(Enum):
    """What parts units from decimals: 1,234.5 or 1.234,5."""

    POINT = "."
    COMMA = ","


@dataclass(frozen=True, slots=True)
class Amount:
    """`digits` times 10**-places, exactly; `percent` where a % sign stood behind it."""

    digits: int
    places: int = 0
    percent: bool = False

    @property
    def value(self) -> Fraction:
        """The exact number."""
        return Fraction(self.digits, 10**self.places)


_DASHES = frozenset("-‐‑‒–—―−ㅡー─━")
_MINUS = "[-‐‑‒–−△▲▵∆Δ]"
_CURRENCY = "(?:[₩$€£¥₱]|(?:R|US|MX|AR)\\$|KRW|USD|EUR|Kč|CZK|BRL|MXN|ARS|(?i:PHP))"


def _grammar(point: str, comma: str) -> re.Pattern[str]:
    """A number that is grouped starts with no zero: 0,123 is a decimal comma's or nobody's."""
    groups = "|".join(rf"[1-9][0-9]{{0,2}}(?:{mark}[0-9]{{3}})+" for mark in (comma, " ", "['’]"))
    number = rf"(?P<whole>{groups}|[0-9]+)?(?:{point}(?P<part>[0-9]+))?"
    return re.compile(
        rf"(?=[^0-9]*[0-9])(?P<open>\()? *+(?P<sign>{_MINUS}|\+)? *+(?P<money>{_CURRENCY} *+)?"
        rf"(?P<sign2>{_MINUS})? *+{number}(?:[eE](?P<power>[+-]?[0-9]{{1,3}}))?"
        rf" *+(?:(?P<money2>원|{_CURRENCY})|(?P<percent>%))?(?P<sign3>[-−])? *+(?P<close>\))?"
    )


_GRAMMARS = {
    DecimalMark.POINT: _grammar(r"\.", ","),
    DecimalMark.COMMA: _grammar(",", r"\."),
}


def parse(text: str, mark: DecimalMark = DecimalMark.POINT) -> Amount | Absent:
    """The exact amount a cell shows, or why it shows none.

    △, ▲, parentheses, a leading or trailing minus all mean minus; two of
    them at once are unreadable, but for a minus inside parentheses.
    """
    stripped = narrow(text).strip()
    if not stripped:
        return Absent.BLANK
    if len(stripped) <= 3 and all(character in _DASHES for character in stripped):
        return Absent.DASH
    matched = _match(stripped, mark)
    return _from_match(matched) if matched else Absent.UNREADABLE


def _match(stripped: str, mark: DecimalMark) -> re.Match[str] | None:
    return _GRAMMARS[mark].fullmatch(stripped) if len(stripped) <= 2 * MAX_DIGITS else None


def _from_match(matched: re.Match[str]) -> Amount | Absent:
    whole, part = re.sub("[^0-9]", "", matched["whole"] or ""), matched["part"] or ""
    places = len(part) - int(matched["power"] or 0)
    if not 0 < len(whole + part) <= MAX_DIGITS or abs(places) > _MAX_EXPONENT:
        return Absent.UNREADABLE
    signs = [sign for sign in (matched["sign"], matched["sign2"], matched["sign3"]) if sign]
    if _contradicts_itself(matched, signs):
        return Absent.UNREADABLE
    digits = int(whole + part) * 10 ** max(0, -places)
    negative = bool(matched["open"] or signs not in ([], ["+"]))
    return Amount(-digits if negative else digits, max(0, places), bool(matched["percent"]))


def _contradicts_itself(matched: re.Match[str], signs: list[str]) -> bool:
    """Half a pair of parentheses, two signs, money in per cent, groups with an exponent."""
    return (
        bool(matched["open"]) != bool(matched["close"])
        or len(signs) > 1
        or (signs == ["+"] and bool(matched["open"]))
        or (bool(matched["money"]) and bool(matched["percent"]))
        or (bool(matched["power"]) and not (matched["whole"] or "0").isdecimal())
    )


def looks_like_amount(text: str) -> bool:
    """Whether a cell could be an amount under either decimal mark."""
    return any(isinstance(parse(text, mark), Amount) for mark in DecimalMark)


def decimal_mark(cells: Iterable[str]) -> DecimalMark | None:
    """The decimal mark these cells prove; None where they prove nothing or contradict each other.

    What can be read under one mark only proves it: 12,5 and 1.234,56 and
    1.234.567 a comma; 12.5 and 1,234.5 and 1,234,567 a point. 1,234 and
    1.234 prove nothing.
    """
    proved: set[DecimalMark] = set()
    for text in (narrow(cell).strip() for cell in cells):
        if "," in text or "." in text:
            readable = [mark for mark in DecimalMark if _match(text, mark)]
            proved.update(readable if len(readable) == 1 else ())
    return proved.pop() if len(proved) == 1 else None
