"""Names as a reader would say them: composed, folded, letter-spacing joined, marks set aside."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b\u3000\ufeff]+")
_MARKS = re.compile(r"^(?:[※⭐★☆◎○●◦ㅇ□■▪▶▷→∙·•*]+\s*|(?:\(?\d{1,2}[.)]|[①-⑳])\s+)+")
_ESCAPED = re.compile(r"^'(?=\s*[=+\-@])")
_HANGUL_SYLLABLE = re.compile(r"[가-힣]")


def fold(text: str) -> str:
    """NFC, every run of white space one blank, ends trimmed. Broken lines become one."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def join_letter_spacing(text: str) -> str:
    """'경 제 정 책 과' is 경제정책과: joined only when every token of several is one syllable."""
    tokens = text.split(" ")
    spaced = len(tokens) > 1 and all(_is_syllable(token) for token in tokens)
    return "".join(tokens) if spaced else text


def clean(text: str) -> str:
    """A name for keys and for the page: folded, joined, its list marks and escapes set aside."""
    folded = _ESCAPED.sub("", fold(text))
    unmarked = _MARKS.sub("", folded)
    return join_letter_spacing(unmarked or folded)


def key(text: str) -> str:
    """What two spellings of one name have in common: no spaces, no underscores, no case."""
    return re.sub(r"[\s_]+", "", unicodedata.normalize("NFKC", fold(text))).casefold()


def _is_syllable(token: str) -> bool:
    return len(token) == 1 and bool(_HANGUL_SYLLABLE.match(token))
