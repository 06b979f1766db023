"""Names as a reader would say them: composed, folded, letter-spacing joined, marks set aside."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from budgetcli.patterns import lazy

# What no eye sees: zero-width and soft hyphens, direction marks, emoji variation selectors.
# A table, no pattern: compiling one of such far-apart characters is a fiftieth of a `summary`.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufe0e\ufe0f\ufeff"))
_SPACES = lazy(r"[\s\u115f\u1160\u3164\uffa0]+")  # the Hangul fillers look like blanks
# of those above, what Python calls printable all the same
_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\ufe0e\ufe0f")
_SAME_CHARACTER = ("<wide>", "<narrow>", "<small>", "<noBreak>", "<font>")
# A circle alone is a bullet; several stand for a name that is withheld (○○과).
_ACCENTS = lazy("[\u0300-\u036f]")
_MARK = r"[※⭐★☆◎□■▪▶▷→∙·•*]\s*|([ㅇ○◦●])(?!\1)\s*|-\s+"
_NUMBER = (
    r"[①-⑳❶-❿⑴-⑽㉠-㉭㉮-㉻]\s*|(?:\(?\d{1,2}[.)]|[가나다라마바사아자차카타파하][.)]|[Ⅰ-Ⅻ]\.?)\s+"
)
_ESCAPE = r"'\s*(?=[=+\-@＝＋－＠])"
_SET_ASIDE = lazy(rf"(?:{_MARK}|{_NUMBER}|{_ESCAPE})+")


def narrow(text: str) -> str:
    """Full-width, half-width and unbreakable forms as the plain characters they are; NFC.

    Nothing that means something else is touched: by NFKC 12³ would be 123.
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", "".join(map(_narrow, text)).translate(_INVISIBLE))


def fold(text: str) -> str:
    """NFC, every run of white space one blank, ends trimmed. Broken lines become one."""
    composed = unicodedata.normalize("NFC", text)
    if _is_plain(composed):
        return composed.strip()
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text.translate(_INVISIBLE))).strip()


def join_letter_spacing(text: str) -> str:
    """'경 제 정 책 과' is 경제정책과: joined only when every token of several is one syllable."""
    if text[1:2] != " ":
        return text  # the first token is longer: most names
    tokens = text.split(" ")
    spaced = len(tokens) > 1 and all(_is_syllable(token) for token in tokens)
    return "".join(tokens) if spaced else text


def clean(text: str) -> str:
    """A name for keys and for the page: folded, joined, its list marks and escapes set aside."""
    folded = fold(text)
    if folded[:1].isalpha() and folded[0] != "ㅇ" and folded[1:2] not in (".", ")"):
        return join_letter_spacing(folded)  # nothing to set aside: most names
    marks = _SET_ASIDE.match(folded)
    return join_letter_spacing(folded[marks.end() :] or folded if marks else folded)


def key(text: str) -> str:
    """What two spellings of one name have in common: no spaces, no underscores, no case."""
    compatible = unicodedata.normalize("NFKC", fold(text))
    return "".join(compatible.replace("_", " ").split()).casefold()


def word_key(text: str) -> str:
    """A header word's key: like a name's, but crédito and credito are one word."""
    made = key(text)
    if made.isascii():
        return made
    parted = unicodedata.normalize("NFD", made)
    return unicodedata.normalize("NFC", _ACCENTS.sub("", parted))


def last_key(name: str) -> str:
    """The last of the keys under which a value stands beside the rows: of meta.unit, unit."""
    return name.rpartition(".")[2]


def _is_syllable(token: str) -> bool:
    return len(token) == 1 and "가" <= token <= "힣"


def _is_plain(text: str) -> bool:
    """Whether nothing in it is unseen and no blank stands beside another: most texts."""
    return text.isprintable() and "  " not in text and _UNSEEN.isdisjoint(text)


@lru_cache(maxsize=4096)
def _narrow(character: str) -> str:
    tag, _, plain = unicodedata.decomposition(character).partition(" ")
    if unicodedata.category(character) == "Zs":
        return " "
    return chr(int(plain, 16)) if tag in _SAME_CHARACTER else character
