"""One grammar for every amount a public table prints: text to exact digits, never through a float.

Which decimal mark a column uses is decided for the column; what is no amount
is said to be none, never 0.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from budgetcli.model import Absent

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


_DASHES = frozenset("-‐‑‒–—―−ㅡ－")
_SPACE = r"[ \u00a0\u2009\u202f]"
_MINUS = r"[-‐‑‒–−△▲▵∆]"
_CURRENCY = r"(?:[₩$€£¥]|R\$|US\$|MX\$|KRW|USD|EUR|Kč|CZK|BRL|PHP|₱)"


def _grammar(point: str, comma: str) -> re.Pattern[str]:
    grouped = (
        rf"\d{{1,3}}(?:{comma}\d{{3}})+|\d{{1,3}}(?:{_SPACE}\d{{3}})+|\d{{1,3}}(?:['’]\d{{3}})+"
    )
    number = (
        rf"(?P<whole>{grouped}|\d+)?(?:{point}(?P<part>\d+))?(?:[eE](?P<power>[+-]?\d{{1,3}}))?"
    )
    return re.compile(
        rf"(?P<open>\()?{_SPACE}*(?P<minus>{_MINUS}|\+)?{_SPACE}*(?:{_CURRENCY}{_SPACE}*)?"
        rf"(?P<minus2>{_MINUS})?{number}{_SPACE}*(?:원|{_CURRENCY})?(?P<percent>%)?"
        rf"(?P<minus3>-)?{_SPACE}*(?P<close>\))?"
    )


_GRAMMARS = {
    DecimalMark.POINT: _grammar(r"\.", ","),
    DecimalMark.COMMA: _grammar(",", r"\."),
}


def parse(text: str, mark: DecimalMark = DecimalMark.POINT) -> Amount | Absent:
    """The exact amount a cell shows, or why it shows none.

    △, ▲, parentheses, a leading or trailing minus all mean minus; two of
    them at once are unreadable, but for a sign inside parentheses.
    """
    stripped = unicodedata.normalize("NFKC", text).strip() if not text.isascii() else text.strip()
    if not stripped:
        return Absent.BLANK
    if len(stripped) <= 3 and all(character in _DASHES for character in stripped):
        return Absent.DASH
    matched = _GRAMMARS[mark].fullmatch(stripped) if len(stripped) <= MAX_DIGITS * 2 else None
    if matched is None or (matched["whole"] is None and matched["part"] is None):
        return Absent.UNREADABLE
    return _from_match(matched)


def _from_match(matched: re.Match[str]) -> Amount | Absent:
    if bool(matched["open"]) != bool(matched["close"]):
        return Absent.UNREADABLE
    signs = [sign for sign in (matched["minus"], matched["minus2"], matched["minus3"]) if sign]
    if len(signs) > 1:
        return Absent.UNREADABLE
    negative = bool(matched["open"]) or signs not in ([], ["+"])
    part = matched["part"] or ""
    digits = int(re.sub(r"\D", "", matched["whole"] or "0") + part)
    places = len(part) - int(matched["power"] or 0)
    if abs(places) > _MAX_EXPONENT or len(part) + len(matched["whole"] or "") > MAX_DIGITS:
        return Absent.UNREADABLE
    if places < 0:
        digits, places = digits * 10**-places, 0
    return Amount(-digits if negative else digits, places, bool(matched["percent"]))


def looks_like_amount(text: str) -> bool:
    """Whether a cell could be an amount under either decimal mark."""
    return any(isinstance(parse(text, mark), Amount) for mark in DecimalMark)


_COMMA_PROOF = re.compile(
    r"(?:^|[^\d.,])(?:\d{1,3}(?:\.\d{3})+,\d+|\d+,(?:\d{1,2}|\d{4,})|\d{4,},\d+)\D*$"
)
_POINT_PROOF = re.compile(
    r"(?:^|[^\d.,])(?:\d{1,3}(?:,\d{3})+\.\d+|\d*\.(?:\d{1,2}|\d{4,})|\d{4,}\.\d+)\D*$"
)
_DOT_GROUPS = re.compile(r"(?:^|[^\d.,])\d{1,3}(?:\.\d{3}){2,}\D*$")
_COMMA_GROUPS = re.compile(r"(?:^|[^\d.,])\d{1,3}(?:,\d{3}){2,}\D*$")


def decimal_mark(cells: Iterable[str]) -> DecimalMark | None:
    """The decimal mark these cells prove; None where they prove nothing or contradict each other.

    12,5 and 1.234,56 and 1.234.567 prove a comma; 12.5 and 1,234.5 and
    1,234,567 a point; 1,234 and 1.234 prove nothing.
    """
    comma = point = False
    for cell in cells:
        comma = comma or bool(_COMMA_PROOF.search(cell) or _DOT_GROUPS.search(cell))
        point = point or bool(_POINT_PROOF.search(cell) or _COMMA_GROUPS.search(cell))
    if comma == point:
        return None
    return DecimalMark.COMMA if comma else DecimalMark.POINT
