"""Names beside the points they belong to, kept apart from each other, and led to where needed."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean
from typing import NamedTuple

from budgetcli.views.picture.ink import width
from budgetcli.views.picture.look import FAINT, LABEL
from budgetcli.views.picture.sheet import Sheet, Spot

APART = 13.0
_LEAD = 16.0


class Tag(NamedTuple):
    """A point, and what is written beside it."""

    spot: Spot
    text: str
    weight: str = "normal"


def room(texts: Sequence[str]) -> float:
    """What the widest of these takes on the right of a plot."""
    return _LEAD + max((width(text, LABEL, "bold") for text in texts), default=0.0)


def write(made: Sheet, tags: Sequence[Tag], right: float) -> None:
    """Every tag right of `right`, as near to its point's height as the others leave room."""
    ordered = sorted(tags, key=lambda tag: tag.spot[1])
    heights = apart([tag.spot[1] for tag in ordered], made.top, made.bottom)
    for tag, y in zip(ordered, heights, strict=True):
        made.line([tag.spot, (right + _LEAD - 3, y)], FAINT, 0.5)
        made.write((right + _LEAD, y + LABEL * 0.36), tag.text, weight=tag.weight)


def apart(heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """Rising heights moved as little as need be to stand APART, between `top` and `bottom`.

    Neighbours that are too close become one block around the middle of their heights (the
    pool-adjacent-violators method). The room must be enough for all of them.
    """
    blocks: list[list[float]] = []
    for number, height in enumerate(heights):
        blocks.append([height - number * APART])
        while len(blocks) > 1 and fmean(blocks[-2]) > fmean(blocks[-1]):
            later = blocks.pop()
            blocks[-1] += later
    starts = [fmean(block) for block in blocks for _ in block]
    last = bottom - (len(heights) - 1) * APART
    return [min(max(start, top), last) + n * APART for n, start in enumerate(starts)]
