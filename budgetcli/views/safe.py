"""Text from a file as text and nothing else: what would steer a terminal or hide is spelled out.

Only characters are looked at here. Escaping for HTML, Markdown or a
spreadsheet is each view's own business.
"""

from __future__ import annotations

import re
from itertools import chain

from budgetcli.patterns import lazy

_CONTROLS = ((0x00, 0x1F), (0x7F, 0x9F), (0x2028, 0x2029), (0xD800, 0xDFFF))
_BIDI = ((0x061C, 0x061C), (0x200E, 0x200F), (0x202A, 0x202E), (0x2066, 0x206F))
_INVISIBLE = (
    (0x00AD, 0x00AD),  # soft hyphen
    (0x034F, 0x034F),
    (0x115F, 0x1160),  # Hangul fillers
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200D),  # zero-width space and joiners
    (0x2060, 0x2065),
    (0x3164, 0x3164),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB),
    (0xFFFE, 0xFFFF),
    (0xE0000, 0xE0FFF),  # tags: text that no eye sees
)
_PRINTED_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0")
_TAGS = "\U000e0000"
# Persian, Urdu and the scripts of India spell words with joiners: between their letters they stay.
_JOINING = "\u0600-\u0dff"


def _class(ranges: tuple[tuple[int, int], ...]) -> str:
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


_HARMFUL = lazy(
    rf"(?<=[{_JOINING}])([\u200c\u200d])(?=[{_JOINING}])"
    rf"|[{_class(tuple(chain(_CONTROLS, _BIDI, _INVISIBLE)))}]"
)


def visible(text: str) -> str:
    r"""`text` with every control, direction override and invisible character written out.

    ESC becomes `\x1b`, a line feed `\n`, U+202E `\u202e`, a lone surrogate
    `\ud800`: nothing is dropped, and what is harmless is left as it is.
    """
    return text if _is_plain(text) else _HARMFUL.sub(_spelled, text)


def _is_plain(text: str) -> bool:
    """A quick look that most texts pass: what Python prints, without what it prints unseen."""
    printable = text.isprintable() and _PRINTED_UNSEEN.isdisjoint(text)
    return printable and max(text, default="") < _TAGS


def _spelled(found: re.Match[str]) -> str:
    return found[1] or found[0].encode("unicode_escape").decode("ascii")
