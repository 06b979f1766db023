"""A line of a PDF as pieces: words that belong together, amounts apart, spaced-out words joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from budgetcli.readers.pdf.page import Line, Word
from budgetcli.readers.pdf.text import is_amount, is_currency, is_money, is_one_number

_PHRASE_GAP = 0.42
_EVEN = 1.3


class Piece(NamedTuple):
    """Words that belong together; `parts` are the pieces a spaced-out word was made of."""

    text: str
    x0: float
    x1: float
    parts: tuple[Piece, ...] = ()

    @property
    def alone(self) -> bool:
        """Whether it is one character that may be a part of a spaced-out word."""
        return len(self.text) == 1 and not self.text.isdigit() and not is_amount(self.text)


@lru_cache(maxsize=2048)
def pieces(line: Line) -> tuple[Piece, ...]:
    """The line's words, joined where only a space parts them or where they are spaced out."""
    return tuple(_spaced_out(tuple(_phrases(line.words, line.height)), line.height))


def _phrases(words: Iterable[Word], height: float) -> Iterator[Piece]:
    held: Piece | None = None
    for word in words:
        if held is not None and _goes_on(held, word, height):
            held = Piece(f"{held.text} {word.text}", held.x0, word.x1)
            continue
        if held is not None:
            yield held
        held = Piece(*word)
    if held is not None:
        yield held


def _goes_on(held: Piece, word: Word, height: float) -> bool:
    if is_currency(held.text) and is_amount(word.text):
        return True
    if word.x0 - held.x1 > _PHRASE_GAP * height:
        return False
    if is_amount(held.text) and is_amount(word.text):
        return is_one_number(held.text, word.text)
    return True


def _spaced_out(singles: Sequence[Piece], height: float) -> Iterator[Piece]:
    """Runs of single characters at even distances, as one piece each."""
    run: list[Piece] = []
    for piece in singles:
        if run and not (piece.alone and _even([*run, piece], height)):
            yield _joined(run)
            run = []
        run.append(piece)
        if not piece.alone:
            yield _joined(run)
            run = []
    if run:
        yield _joined(run)


def _even(run: Sequence[Piece], height: float) -> bool:
    gaps = [second.x0 - first.x1 for first, second in pairwise(run)]
    return max(gaps) <= _EVEN * min(gaps) + 0.1 * height


def _joined(run: Sequence[Piece]) -> Piece:
    if len(run) == 1:
        return run[0]
    return Piece(" ".join(piece.text for piece in run), run[0].x0, run[-1].x1, tuple(run))


def amounts_in(found: Sequence[Piece]) -> int:
    """How many are amounts; a dash that starts the line is a bullet."""
    return sum(is_amount(p.text) and (n > 0 or is_money(p.text)) for n, p in enumerate(found))


def is_data(line: Line) -> bool:
    """Whether a line is a row with amounts, and not a sentence with a number in it."""
    found = pieces(line)
    count = amounts_in(found)
    return count > 1 or (count == 1 and len(found) > 1 and is_amount(found[-1].text))
