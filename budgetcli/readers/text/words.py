"""Tables whose layout was lost: lines of words parted by single blanks, as copied from a PDF.

Two shapes: lines that end in the same number of amounts (`ending`), and lines where words follow
the amounts under a header with exactly as many words (`described`). Columns that still stand
under each other are told by their places, and belong to `aligned`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from budgetcli.readers.lines import Found
from budgetcli.readers.text.described import described
from budgetcli.readers.text.ending import ending
from budgetcli.readers.text.word_lines import Text


def tables_of_words(lines: Sequence[str], taken: bytearray) -> list[Found]:
    """Every table of single-spaced lines among those not `taken`, which is brought up to date."""
    text = Text(lines, taken)
    return [*_each(text, described), *_each(text, ending)]


def _each(text: Text, look: Callable[[Text, int], tuple[Found | None, int]]) -> Iterator[Found]:
    at = 0
    while at < len(text.lines):
        found, at = look(text, at)
        if found:
            text.take(found.first, found.last)
            yield found
