"""Text in terminal cells: measured, wrapped and shortened, so that columns line up in any script.

A Hangul syllable is two cells wide, a combining mark none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from rich.cells import cell_len, chop_cells, set_cell_size

# A terminal that reorders right-to-left text must not carry the numbers beside it along.
_LEFT_TO_RIGHT = "\u200e"


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells, broken at spaces, inside a word only where it must be."""
    lines: list[str] = []
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if cell_len(joined) <= width:
            lines[-1:] = [joined]
        else:
            lines.extend(chop_cells(word, width))
    return lines


def shortened(text: str, width: int, most: int, ellipsis: str) -> list[str]:
    """The same in at most `most` lines; where that is not all, the last ends in `ellipsis`."""
    lines = wrapped(text, width)
    if len(lines) <= most:
        return lines
    last = set_cell_size(lines[most - 1], width - cell_len(ellipsis)).rstrip()
    return [*lines[: most - 1], last + ellipsis]


def joined(parts: list[str], between: str, width: int) -> list[str]:
    """Parts side by side, on a new line where one does not fit; only an overlong part is broken."""
    lines: list[str] = []
    for part in parts:
        line = f"{lines[-1]}{between}{part}" if lines else part
        if cell_len(line) <= width:
            lines[-1:] = [line]
        else:
            lines.extend(wrapped(part, width))
    return lines


def widest(lines: Sequence[str]) -> int:
    """The cells of the longest line; 0 without lines."""
    return max(map(cell_len, lines), default=0)


def steady(line: str) -> str:
    """A line that leaves its neighbours in place, whichever direction its script runs."""
    turned = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in line)
    return f"{_LEFT_TO_RIGHT}{line}{_LEFT_TO_RIGHT}" if turned else line
