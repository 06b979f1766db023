"""Text as it is drawn: its font, its width, cut or broken where it is too long. Never parsed."""

from __future__ import annotations

import unicodedata

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from budgetcli.views.cells import one_line
from budgetcli.views.picture.fonts import families, spelled

_ELLIPSIS = "…"
_LEFT_TO_RIGHT = "\u200e"
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


def name(text: str) -> str:
    """A name from a file as one line in which nothing is hidden, composed as fonts have it."""
    return spelled(one_line(unicodedata.normalize("NFC", text)))


def font(text: str, size: float, weight: str = "normal") -> FontProperties:
    """What the text is drawn with. Raises UserError where no font has its letters."""
    return FontProperties(family=[*families(text, weight)], size=size, weight=weight)


def width(text: str, size: float, weight: str = "normal") -> float:
    """In points."""
    properties = font(text, size, weight)
    return text_to_path.get_text_width_height_descent(text, properties, ismath=False)[0]


def shortened(text: str, room: float, size: float, weight: str = "normal") -> str:
    """As much of the text as `room` points hold, with … where it was cut."""
    if width(text, size, weight) <= room:
        return text
    least, most = 0, len(text)
    while least < most:
        half = (least + most + 1) // 2
        if width(text[:half].rstrip() + _ELLIPSIS, size, weight) <= room:
            least = half
        else:
            most = half - 1
    return text[:least].rstrip() + _ELLIPSIS


def wrapped(text: str, room: float, size: float, weight: str = "normal") -> list[str]:
    """Lines of at most `room` points, broken between words; a word too long, within it."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        if width(longer, size, weight) <= room:
            lines[-1] = longer
            continue
        *full, last = _pieces(word, room, size, weight)
        lines += [*full, last]
    return [line for line in lines if line]


def among_others(text: str) -> str:
    """A name set into a sentence: one written from right to left turns nothing but itself."""
    turned = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)
    return f"{_LEFT_TO_RIGHT}{_ISOLATE}{text}{_END_ISOLATE}" if turned else text


def _pieces(word: str, room: float, size: float, weight: str) -> list[str]:
    pieces = []
    while width(word, size, weight) > room:
        fits = len(shortened(word, room, size, weight)) - 1
        pieces.append(word[: max(1, fits)])
        word = word[max(1, fits) :]
    return [*pieces, word]
