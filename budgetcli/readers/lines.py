"""Lines and words of plain text: where they stand, which look like amounts, bullets, page marks.

What a table is, and what its words mean, is left to others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import combining, east_asian_width

from budgetcli.model import Evidence, Span

LONGEST_LINE = 2_000
_NARROW_SPACES = "\u00a0\u202f\u2009"
_WORD = re.compile(r"\S+")
_JOINED_WORD = re.compile(rf"(?:\S|(?<=\d)[{_NARROW_SPACES}](?=\d{{3}}(?!\d)))+")
# the currency behind an amount tells where its blanks end: 765 000,00 Kč
_MARKS_BEHIND = ("Kč", "€")
_MARKED_WORD = re.compile(
    rf"[-+\u2212]?\d{{1,3}}(?:[.{_NARROW_SPACES} ]\d{{3}})*(?:,\d+)?[{_NARROW_SPACES} ]"
    rf"(?:{'|'.join(_MARKS_BEHIND)})(?!\S)|{_JOINED_WORD.pattern}"
)
_DASH = r"[-\u2010-\u2015\u2212]"
_SIGN = rf"(?:{_DASH}|[+△▲▽▼])"
_MONEY = r"(?:(?:US|R|A|C|S/)?\$|S/|Rp|Kč|zł|[€£¥₩￦₱₹])"
_NUMBER = rf"(?:\d{{1,3}}(?:[,.'’{_NARROW_SPACES} ]\d{{3}})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[.,]\d+)"
_COUNTED = (
    r"(?:%p?|％|‰|[십백천만]{0,2}[만억조]?(?:원|달러|불|유로|엔)|[만억조]\$?|명|인|개소|개사|개|건|곳|회"
    r"|대|호|가구|세대|㎡|m2|km|톤|배)"
)
_ONE = rf"{_SIGN}?{_MONEY}?{_SIGN}?{_NUMBER}(?:e[-+]?\d+)?(?:{_COUNTED}|\s?{_MONEY})?{_DASH}?[*†‡]?"
_VALUE = re.compile(
    rf"(?:{_ONE}|\(\s?{_ONE}\s?\)|{_ONE}/{_ONE}|{_DASH}{{1,3}}|N/[RA]|n/a)", re.IGNORECASE
)
_YEAR = re.compile(r"['’]?(?:19|20)\d\d(?:년|년도|/\d\d)?|['’]\d\d년?")
_BULLET = re.compile(
    r"\s*(?:[-–—]\s+\S|[•∙∘ㅇ○●□■◇◆▷▶▸►‣※✓✔√ž☞◦❍❏❖➢①-⑳㉠-㉻➀-➓*]|[\[【<｢「]|\d{1,3}[.)]\s|[가-하][.)]\s)"
)
_PAGE_MARK = re.compile(
    r"\s*(?:[-–—]\s*\d{1,4}\s*[-–—]|\d{1,4}|\d{1,4}\s*/\s*\d{1,4}"
    r"|(?:page|p\.|seite|página|strana)\s*\d{1,4}(?:\s*(?:of|/|von|de|z)\s*\d{1,4})?)\s*",
    re.IGNORECASE,
)
_PREFIXES = frozenset(["△", "▲", "▽", "▼", "(", "$", "€", "£", "₩", "￦", "¥", "R$", "US$", "S/"])
_SUFFIXES = frozenset(["%", "％", "%p", ")", "%)"])


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a line, or an amount of several: its text, its place, whether it is an amount."""

    text: str
    start: int
    end: int
    is_value: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A table found among the lines `first` to `last` (from 0, both included)."""

    first: int
    last: int
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    spans: tuple[Span, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def lines_of(text: str) -> list[str]:
    """The lines as an editor numbers them; form feeds stay inside, as white space."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


@lru_cache(8192)
def is_value(text: str) -> bool:
    """Whether a text looks like an amount, a rate, a pair (30/32) or the dash for none."""
    return len(text) <= 60 and not text.isalpha() and _VALUE.fullmatch(text) is not None


def is_year(text: str) -> bool:
    """2024, 2024년, ’24: a number that heads a column rather than fills it."""
    return _YEAR.fullmatch(text) is not None


def is_bullet(line: str) -> bool:
    """Whether a line opens with a bullet, a bracket or a number in a list."""
    return _BULLET.match(line) is not None


def is_page_mark(line: str) -> bool:
    """- 12 -, 12/300, Page 12 of 300: what a page prints at its foot."""
    return len(line) <= 80 and _PAGE_MARK.fullmatch(line) is not None


def width(text: str) -> int:
    """How many terminal cells a text takes."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def words_of(line: str) -> list[Word]:
    """The words of a line, amounts printed in several (△ 1,234, 30.7 %) as one."""
    pattern = _JOINED_WORD if any(space in line for space in _NARROW_SPACES) else _WORD
    if any(mark in line for mark in _MARKS_BEHIND):
        pattern = _MARKED_WORD
    plain = [Word(m[0], m.start(), m.end(), is_value(m[0])) for m in pattern.finditer(line)]
    if not any(word.text in _PREFIXES or word.text in _SUFFIXES for word in plain):
        return plain
    return _joined(line, plain)


def _joined(line: str, plain: Sequence[Word]) -> list[Word]:
    words: list[Word] = []
    for word in plain:
        while words and _belong(line, words[-1], word):
            word = _between(line, words.pop(), word)
        words.append(word)
    return words


def _belong(line: str, left: Word, right: Word) -> bool:
    """Whether two neighbours are halves of one amount; an opened bracket waits for its end."""
    if right.start - left.end > 2 or not (left.text in _PREFIXES or right.text in _SUFFIXES):
        return left.text.startswith("( ") and right.text == ")"
    text = line[left.start : right.end]
    return is_value(text) or (left.text == "(" and right.is_value)


def _between(line: str, left: Word, right: Word) -> Word:
    text = line[left.start : right.end]
    return Word(text, left.start, right.end, is_value(text))
