"""Lines as words: how many amounts each ends in, which could be names, which are taken.

What table they make is left to `ending` and `described`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetcli.readers.lines import LONGEST_LINE, is_bullet, is_page_mark, is_year, words_of

_LONGEST_NAME = 60
LONGEST_HEADER = 300
BLANK = -1
_PAGE = -2
TAKEN = -3
_UNIT_LINE = re.compile(r"\s*[(\[<]?\s*(?:단위|unit|in )", re.IGNORECASE)
_CLOSERS = {"(": ")", "[": "]", "<": ">"}
SENTENCE = re.compile(r"(?:다|음|함|임|됨|요)\.?\s*$|[.!?;:]\s*$")

# Grouped, with decimals, or counted in something: no page or serial number.
PRINTED = re.compile(r"\d[.,]\d|\d[^\d]+$")


class Text:
    """The lines of a document, which of them are taken, and how many amounts each ends in."""

    def __init__(self, lines: Sequence[str], taken: bytearray) -> None:
        self.lines = lines
        self.taken = taken
        self.ends = [self._end(at) for at in range(len(lines))]

    def _end(self, at: int) -> int:
        line = self.lines[at]
        if self.taken[at]:
            return TAKEN
        if not line or line.isspace():
            return BLANK
        if len(line) > LONGEST_LINE:
            return 0
        count = amounts(line)
        return _PAGE if count and is_page_mark(line) else count

    def is_name(self, at: int) -> bool:
        """Whether a line could be half a name, or the name of a group."""
        line = self.lines[at]
        return len(line.strip()) <= _LONGEST_NAME and not is_bullet(line) and not is_unit(line)

    def take(self, first: int, last: int) -> None:
        """Give the lines to a table."""
        for at in range(first, last + 1):
            self.taken[at] = 1
            self.ends[at] = TAKEN


def is_unit(line: str) -> bool:
    """A line that names the unit or the date, in one pair of brackets."""
    text = line.strip()
    is_bracketed = text[:1] in _CLOSERS and text.find(_CLOSERS[text[0]]) == len(text) - 1
    return _UNIT_LINE.match(line) is not None or is_bracketed


def amounts(line: str) -> int:
    """How many amounts a line ends in; 0 where it ends in a word, or is nothing but dashes."""
    if not line.rstrip()[-1:].strip("abcdfghijlopqrstuvwxyz.,:;"):
        return 0
    words = words_of(line)
    count = 0
    while count < len(words) and words[-1 - count].is_value:
        count += 1
    tail = words[len(words) - count :]
    if count == len(words) and count > 1 and not has_digit(tail[0].text):
        count -= 1  # an opening dash is a bullet
    return count if any(has_digit(word.text) for word in tail) or count > 2 else 0


def has_digit(text: str) -> bool:
    """Whether there is a figure in it, not dashes only."""
    return any(character.isdigit() for character in text)


def is_header_like(line: str, end: int) -> bool:
    """Whether a line that ends in `end` amounts could name columns: no amounts, or years."""
    if len(line) > LONGEST_HEADER or is_bullet(line) or is_unit(line):
        return False
    return end <= 0 or is_years(line)


def is_years(line: str) -> bool:
    """구분 2022 2023 2024: amounts by their look, but each one is a year."""
    values = [word.text for word in words_of(line) if word.is_value]
    return len(values) > 1 and all(is_year(value) for value in values)
