"""Which names say total: 계, 소 계, 총계(A+B), 일반회계 소계, Total general."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import Enum, auto
from functools import lru_cache

from budgetcli.patterns import lazy
from budgetcli.recognise.names import clean, word_key
from budgetcli.recognise.synonyms import GRAND_TOTAL_WORDS, TOTAL_WORDS

_BRACKETS = lazy(r"[(\[].*?[)\]]")
# a part of every word in TOTAL_WORDS
_HINT = lazy("계|합|total|sum|celkem|sou[cč]et", re.IGNORECASE)
_TOTAL_ENDING = lazy(
    r"(?:\s계|소\s?계|합\s?계|총\s?계|\btotals?|\bsubtotal|\bcelkem)$", re.IGNORECASE
)
_TOTAL_START = lazy(r"^(?:total|subtotal|celkem|suma)\s", re.IGNORECASE)


class Sign(Enum):
    """What makes a row look like a total."""

    GRAND = auto()
    WORD = auto()
    NAMELESS = auto()
    CODE = auto()
    SUM = auto()


@lru_cache(maxsize=65536)
def is_total_name(text: str) -> bool:
    """Whether a name says total."""
    if text.isprintable() and not _HINT.search(unicodedata.normalize("NFKC", text)):
        return False  # most names: no word of a total is in them
    bare = clean(_BRACKETS.sub("", text))
    inner = [found[1:-1] for found in _BRACKETS.findall(text)]
    return (
        any(word_key(word) in TOTAL_WORDS for word in (bare, *inner))
        or bool(_TOTAL_ENDING.search(bare))
        or bool(_TOTAL_START.match(bare))
    )


def signs_of(rows: Sequence[Sequence[str]]) -> list[Sign | None]:
    """What each row's name cells say of it, None where they name a leaf."""
    speaking = {text for text in {text for cells in rows for text in cells} if is_total_name(text)}
    return [
        None if any(cells) and speaking.isdisjoint(cells) else _sign_of(cells) for cells in rows
    ]


def _sign_of(cells: Sequence[str]) -> Sign:
    """What a row's name cells say of it: nothing at all, or that it is a total."""
    filled = [cell for cell in cells if cell]
    if not filled:
        return Sign.NAMELESS
    grand = any(word_key(_BRACKETS.sub("", cell)) in GRAND_TOTAL_WORDS for cell in filled)
    return Sign.GRAND if grand else Sign.WORD
