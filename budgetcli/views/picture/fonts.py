"""Installed fonts that really have the glyphs of a text, so that none is ever drawn as a box."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.ft2font import FaceFlags

from budgetcli.errors import UserError
from budgetcli.i18n import say

# those with Hangul that look best in print go first; the rest is asked by name's order
_LIKED = (
    "Noto Sans CJK KR",
    "Noto Sans KR",
    "Source Han Sans KR",
    "Pretendard",
    "Malgun Gothic",
    "Apple SD Gothic Neo",
    "NanumGothic",
    "NanumBarunGothic",
    "UnDotum",
    "Baekmuk Dotum",
    "DejaVu Sans",
)
# every character has a glyph in these, and it is a box, a blank, or a bitmap that cannot be drawn
_EMPTY = ("last resort", "blank", "emoji")
_HANGUL = "HANGUL"


class UnwritableError(UserError):
    """Letters that no installed font has."""

    def __init__(self, letters: str) -> None:
        is_hangul = any(unicodedata.name(letter, "").startswith(_HANGUL) for letter in letters)
        super().__init__(
            say("no installed font has the letters {letters}", letters=letters),
            where="chart",
            why=say("the picture would show boxes in their place; nothing was written"),
            next=say(
                "install a font with Hangul: apt install fonts-noto-cjk, apt install fonts-nanum, "
                "or dnf install google-noto-sans-cjk-fonts"
            )
            if is_hangul
            else say("install fonts of more scripts: apt install fonts-noto"),
        )


@cache
def families(text: str, weight: str) -> tuple[str, ...]:
    """The fewest of the liked families, the most liked first, that have every glyph between them.

    What needs no glyph of its own (joiners, variation selectors) is not asked for. Raises
    UnwritableError.
    """
    missing = {ord(letter) for letter in text if not _is_silent(letter)}
    found = []
    for name in _names():
        has = missing & _glyphs(name, weight) if missing else set()
        if has:
            found.append(name)
            missing -= has
    if missing:
        raise UnwritableError("".join(map(chr, sorted(missing)[:8])))
    return tuple(found)


def spelled(text: str) -> str:
    r"""`text` with signs that no font has written out: an emoji becomes `\U0001f3e2`.

    Letters stay: a name that cannot be read is not worth drawing.
    """
    return "".join(_spelled(letter) for letter in text)


def _spelled(letter: str) -> str:
    if unicodedata.category(letter)[0] in "LMNZ" or _is_known(ord(letter)):
        return letter
    return letter.encode("unicode_escape").decode("ascii")


@cache
def _is_known(code: int) -> bool:
    return any(code in _glyphs(name, "normal") for name in _names())


def _is_silent(letter: str) -> bool:
    return unicodedata.category(letter) == "Cf" or "\ufe00" <= letter <= "\ufe0f"


def _names() -> Iterator[str]:
    """Every family, the liked ones first."""
    there = {font.name for font in fontManager.ttflist}
    yield from (name for name in _LIKED if name in there)
    yield from (name for name in sorted(there.difference(_LIKED)) if not _is_empty(name))


def _is_empty(name: str) -> bool:
    return any(word in name.lower() for word in _EMPTY)


@cache
def _glyphs(name: str, weight: str) -> frozenset[int]:
    """The characters of the face that matplotlib takes for this family and weight."""
    wanted = FontProperties(family=name, weight=weight)
    try:
        face = get_font(fontManager.findfont(wanted, fallback_to_default=False))
    except (OSError, RuntimeError, ValueError):  # a broken font, or one that went away: no glyphs
        return frozenset()
    if not face.face_flags & FaceFlags.SCALABLE:
        return frozenset()
    return frozenset(face.get_charmap())
