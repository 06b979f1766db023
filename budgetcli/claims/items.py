"""Lists in a sentence: `공덕 18,108, M+ 4,935, 성수 1,085`, names with their figures.

Whether they are the parts of something is left to `sums`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from budgetcli.claims.figures import Figure, figures_in
from budgetcli.patterns import lazy


class Item(NamedTuple):
    """One name of a list with its figures, of different measures each."""

    label: str
    figures: tuple[Figure, ...]

    def of(self, measure: str) -> Figure | None:
        """Its figure of this measure; a bare number is of every measure."""
        for figure in self.figures:
            if figure.measure in (measure, ""):
                return figure
        return None


class Items(NamedTuple):
    """A list; `clean` where the text is nothing else, `open` where it says there are more."""

    items: tuple[Item, ...]
    clean: bool
    open: bool


_ONE_FIGURE = lazy(r"\(\s*([^()]*\d[^()]*)\s*\)")
_BRACKETS = lazy(r"\([^()]*\)")
_SEPARATOR = lazy(r"\s*(?:,|/|;|·|ㆍ|‧|\+|및)\s*")
# a list that ends so is not whole; such a word before a figure is a part of a name
_AND_SO_ON = lazy(r"^[^,]*(?:^|\s)등(?=$|[\s,)])|외$")
_NOT_PARTS = lazy(r"포함|이 중|그중|가운데|별도|제외|누적")
_LONGEST_TAIL = 12


def list_in(text: str) -> Items | None:
    """The list a text is, or None where it has fewer than one figure."""
    plain = unbracketed(text)
    figures = figures_in(plain)
    if not figures:
        return None
    head, *gaps = _gaps(plain, figures)
    tail = gaps.pop()
    items: list[tuple[str, list[Figure]]] = [(_label(head), [figures[0]])]
    clean = len(tail) <= _LONGEST_TAIL
    for gap, figure in zip(gaps, figures[1:], strict=True):
        parted = _SEPARATOR.search(gap)
        noun = gap[: parted.start()] if parted else gap
        clean = clean and len(noun.strip()) <= _LONGEST_TAIL
        label = _label(gap[parted.end() :]) if parted else ""
        again = figure.measure in {one.measure for one in items[-1][1]}
        if label or again:
            items.append((label or gap.strip(), [figure]))
        else:
            items[-1][1].append(figure)
    return Items(
        tuple(Item(label, tuple(found)) for label, found in items),
        clean,
        _AND_SO_ON.search(tail.strip()) is not None or _NOT_PARTS.search(text) is not None,
    )


def unbracketed(text: str) -> str:
    """A figure alone in brackets stands as if there were none; other brackets are asides."""
    opened = _ONE_FIGURE.sub(lambda found: _unwrapped(found[1]), text)
    return _BRACKETS.sub(lambda found: " " * len(found[0]), opened)


def _unwrapped(inner: str) -> str:
    figures = figures_in(inner)
    alone = len(figures) == 1 and not inner[: figures[0].start].strip()
    return f" {inner} " if alone and not inner[figures[0].end :].strip() else " " * (len(inner) + 2)


def _gaps(text: str, figures: Sequence[Figure]) -> list[str]:
    """What stands before, between and after the figures."""
    ends = [0, *(figure.end for figure in figures)]
    starts = [*(figure.start for figure in figures), len(text)]
    return [text[end:start] for end, start in zip(ends, starts, strict=True)]


def _label(text: str) -> str:
    """A name without its colon and the bracket it stands behind."""
    return text.strip().rstrip(":：").strip(" -·")
