"""What pieces of text in a PDF look like: an amount, a year, an aside in brackets.

Looks only, for laying out rows and columns; what an amount is worth is decided elsewhere.
"""

from __future__ import annotations

import re

_AMOUNT = re.compile(
    r"""[(\[]? \s* [$€£₩¥]? \s* [-−–△▲▽+]? \s* [$€£₩¥]? \s*
        (?: \d{1,3} (?: [ \u00a0\u202f'’.,] \d{3} )+ (?: [.,] \d+ )? | \d+ (?: [.,] \d+ )? )
        \s* (?: % | € | ₩ | 원 | Kč | zł )? [-−]? \s* [)\]]?""",
    re.VERBOSE,
)
_DASH = re.compile(r"[-‐‑‒–—―−]")
_YEAR = re.compile(r"['‘’]?\s*(?:(?:19|20)\d\d|(?<=['‘’])\d\d)\s*년?(?:도)?")
_ASIDE = re.compile(r"\(.*\)|\[.*\]")
_GROUPS = re.compile(r"[-−–△▲▽+(]?\s*\d{1,3}(?: \d{3})*")
_MORE = re.compile(r"\d{3}(?:[.,]\d+)?%?\)?")


def is_amount(text: str) -> bool:
    """Whether it is printed like an amount, a rate, or a dash in place of one."""
    return bool(_AMOUNT.fullmatch(text) or _DASH.fullmatch(text))


def is_year(text: str) -> bool:
    """Whether it is printed like a year: 2024, 2024년, '24."""
    return bool(_YEAR.fullmatch(text))


def is_money(text: str) -> bool:
    """An amount that is no year and no dash."""
    return bool(_AMOUNT.fullmatch(text)) and not is_year(text)


def is_aside(text: str) -> bool:
    """Whether all of it stands in brackets: [4,661,183], (450-04)."""
    return bool(_ASIDE.fullmatch(text))


def is_caption(text: str) -> bool:
    """Whether it is a remark on the table and no header: in brackets, or with a colon."""
    return is_aside(text) or ":" in text or "：" in text


def is_currency(text: str) -> bool:
    """Whether it is a currency's mark alone, as accounts print it far left of the amount."""
    return text in ("$", "€", "£", "₩", "¥", "R$")


def is_one_number(first: str, second: str) -> bool:
    """Whether `second` goes on with the number `first` after a blank: 1 234 and 567."""
    return bool(_GROUPS.fullmatch(first) and _MORE.fullmatch(second))
