"""One grammar for every amount a public table prints: text to exact digits, never through a float.

Which decimal mark a column uses is decided for the column; what is no amount
is said to be none, never 0.
"""

import re
from collections.abc import Iterable
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from budgetcli.model import Absent
from budgetcli.patterns import lazy
from budgetcli.recognise.names import narrow

MAX_DIGITS = 60
_MAX_EXPONENT = 40


class DecimalMark(Enum):
    """What parts units from decimals: 1,234.5 or 1.234,5."""

    POINT = "."
    COMMA = ","


class Amount(NamedTuple):
    """`digits` times 10**-places, exactly; `percent` where a % sign stood behind it."""

    digits: int
    places: int = 0
    percent: bool = False

    @property
    def value(self) -> Fraction:
        """The exact number."""
        return Fraction(self.digits, 10**self.places)


_DIGITS = frozenset("0123456789")
_NONE = Absent.UNREADABLE
_MINUS = "[-‐‑‒–−△▲▵∆Δ]"
_CURRENCY = (
    "(?:[₩$€£¥₱₹]|(?:R|US|MX|AR)\\$|KRW|USD|EUR|Kč|CZK|BRL|MXN|ARS|INR|(?i:PHP)|Rs\\.?"
    "|P(?= ?[0-9]{1,3},[0-9]{3}))"
)
_DASHES = frozenset("-‐‑‒–—―−ㅡー─━")
# a dash for nothing, also as spreadsheets print it: $ -
_DASH = lazy(rf"(?:{_CURRENCY} *)?[{''.join(sorted(_DASHES))}]{{1,3}}(?: *{_CURRENCY})?")
_THOUSANDS = "000"  # £000 heads a column in thousands


def _grammar(point: str, comma: str) -> re.Pattern[str]:
    """A number that is grouped starts with no zero: 0,123 is a decimal comma's or nobody's.

    Commas may group as in India: 12,34,567.
    """
    groups = "|".join(rf"[1-9][0-9]{{0,2}}(?:{mark}[0-9]{{3}})+" for mark in (comma, " ", "['’]"))
    if comma == ",":
        groups += "|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}"
    number = rf"(?P<whole>{groups}|[0-9]+)?(?:{point}(?P<part>[0-9]+))?"
    return lazy(
        rf"(?=[^0-9]*[0-9])(?:{_CURRENCY} *+(?=\())?(?P<open>\()? *+(?P<sign>{_MINUS}|\+)? *+"
        rf"(?P<money>{_CURRENCY} *+)?(?P<sign2>{_MINUS})? *+{number}"
        rf"(?:[eE](?P<power>[+-]?[0-9]{{1,3}}))? *+(?:(?P<money2>원|{_CURRENCY})|(?P<percent>%))?"
        rf"(?P<sign3>[-−])? *+(?P<close>\))?"
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
    if text.isdecimal() and text.isascii() and len(text) <= _MAX_EXPONENT:
        return Amount(int(text))  # most cells of a large file
    stripped = narrow(text).strip().rstrip("*†‡")  # marks of footnotes
    if not stripped:
        return Absent.BLANK
    if _DIGITS.isdisjoint(stripped):
        is_word = _DASHES.isdisjoint(stripped)  # as most are, told without the pattern
        return _NONE if is_word or not _DASH.fullmatch(stripped) else Absent.DASH
    plain = _plain_amount(stripped, mark)
    if plain is not None:
        return plain
    matched = _match(stripped, mark)
    return _from_match(matched) if matched else _NONE


def _plain_amount(text: str, mark: DecimalMark) -> Amount | Absent | None:
    """What most cells hold, told without the grammar: 1234, 74.9, 2024-07-31; None for the rest."""
    if len(text) == 10 and text[4] == text[7] == "-":
        return _NONE  # a date, which no reading makes an amount
    whole, point, part = text.partition(mark.value)
    if not whole.isdecimal() or not text.isascii() or len(text) > _MAX_EXPONENT:
        return None
    if not point:
        return Amount(int(whole))
    return Amount(int(whole + part), len(part)) if part.isdecimal() else None


def _match(stripped: str, mark: DecimalMark) -> re.Match[str] | None:
    return _GRAMMARS[mark].fullmatch(stripped) if len(stripped) <= 2 * MAX_DIGITS else None


def _from_match(matched: re.Match[str]) -> Amount | Absent:
    whole, part = re.sub("[^0-9]", "", matched["whole"] or ""), matched["part"] or ""
    if whole == _THOUSANDS and matched["money"]:
        return Absent.UNREADABLE
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
    texts = [*cells]
    together = "".join(texts)
    if together.isascii() and "," not in together and "." not in together:
        return None  # one look at all of them, for they are many
    proved: set[DecimalMark] = set()
    for text in (narrow(cell).strip() for cell in texts):
        if "," in text or "." in text:
            readable = _plain_mark(text) or [mark for mark in DecimalMark if _match(text, mark)]
            proved.update(readable if len(readable) == 1 else ())
    return proved.pop() if len(proved) == 1 else None


def _plain_mark(text: str) -> list[DecimalMark]:
    """The mark of 74.9 or 74,9, which parts no groups: told without the grammar."""
    for mark in DecimalMark:
        amount = _plain_amount(text, mark)
        if isinstance(amount, Amount) and amount.places not in (0, 3):
            return [mark]
    return []
