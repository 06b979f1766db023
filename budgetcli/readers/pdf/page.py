"""One PDF page as plain geometry: glyphs, rules, and text put together from glyphs.

Points, from the top left corner. What is a table is decided by `ruled`
and `plain`; this is the only file that knows the library's dictionaries.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

SNAP = 3.0
JOIN = 3.5
SHORTEST_RULE = 5.0
_THICKEST_RULE = 3.0
_FARTHEST = 100_000.0
_LINE_STEP = 0.35
_WORD_GAP = 0.22
_DOUBLED = 0.1
_SMALLER = 0.8
_SQUEEZED = 0.5
_WITHIN = 0.6
_WHITE = ((1,), (1, 1, 1), (0, 0, 0, 0))


class Glyph(NamedTuple):
    """One printed character, its box, and its place in the order of printing."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    upright: bool = True
    order: int = 0

    @property
    def x(self) -> float:
        """Its middle, from the left."""
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        """Its middle, from the top."""
        return (self.top + self.bottom) / 2


class Word(NamedTuple):
    """Characters without a gap between them."""

    text: str
    x0: float
    x1: float

    @property
    def x(self) -> float:
        """Its middle, from the left."""
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand on one line, from left to right."""

    words: tuple[Word, ...]
    top: float
    bottom: float

    @property
    def text(self) -> str:
        """The words, one space apart."""
        return " ".join(word.text for word in self.words)

    @property
    def height(self) -> float:
        """The height of its characters."""
        return self.bottom - self.top

    @property
    def y(self) -> float:
        """Its middle, from the top."""
        return (self.top + self.bottom) / 2


class Rule(NamedTuple):
    """A straight rule: `at` is its y (its x, for one that stands), `start` and `end` its ends."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a page that lie and those that stand, joined to their full length."""

    lying: tuple[Rule, ...] = ()
    standing: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class PageShapes:
    """What a page shows. `strong` are drawn rules, `weak` the edges of shadings."""

    glyphs: tuple[Glyph, ...]
    strong: Rules
    weak: Rules
    slanted: int
    pictures: int


def shapes(page: Any) -> PageShapes:
    """The geometry of one page of the library."""
    glyphs, slanted = _glyphs(page.chars)
    strong = _Collector()
    weak = _Collector()
    for line in page.lines:
        strong.line(line["x0"], line["top"], line["x1"], line["bottom"])
    for rect in page.rects:
        _collect_rect(rect, strong, weak, page)
    for curve in page.curves:
        _collect_path(curve, strong)
    return PageShapes(glyphs, strong.rules(), weak.rules(), slanted, len(page.images))


def _glyphs(chars: Iterable[dict[str, Any]]) -> tuple[tuple[Glyph, ...], int]:
    """The characters, and how many were set aside because they run aslant (a watermark)."""
    kept: list[Glyph] = []
    slanted = 0
    for char in chars:
        box = (char["x0"], char["x1"], char["top"], char["bottom"])
        if not all(map(_sane, box)):
            continue
        if _aslant(char["matrix"]):
            slanted += 1
        else:
            kept.append(Glyph(char["text"], *box, bool(char["upright"]), len(kept)))
    return tuple(kept), slanted


def _aslant(matrix: Sequence[float]) -> bool:
    a, b, c, d = (abs(value) for value in matrix[:4])
    return min(a, b) > 0.1 * max(a, b) and min(c, d) > 0.1 * max(c, d)


def _sane(value: float) -> bool:
    return math.isfinite(value) and abs(value) < _FARTHEST


class _Collector:
    """Pieces of rules as they come, joined once all are there."""

    def __init__(self) -> None:
        self.lying: list[Rule] = []
        self.standing: list[Rule] = []

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Take a piece if it is straight; a dot may belong to a rule of either kind."""
        if not all(map(_sane, (x0, y0, x1, y1))):
            return
        width, height = abs(x1 - x0), abs(y1 - y0)
        if height <= _THICKEST_RULE and (width >= height or width <= 1):
            self.lying.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        if width <= _THICKEST_RULE and (height >= width or height <= 1):
            self.standing.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Take the four sides."""
        self.line(x0, y0, x1, y0)
        self.line(x0, y1, x1, y1)
        self.line(x0, y0, x0, y1)
        self.line(x1, y0, x1, y1)

    def rules(self) -> Rules:
        """The pieces, joined."""
        return Rules(tuple(_joined(self.lying)), tuple(_joined(self.standing)))


def _collect_rect(rect: dict[str, Any], strong: _Collector, weak: _Collector, page: Any) -> None:
    box = (rect["x0"], rect["top"], rect["x1"], rect["bottom"])
    width, height = box[2] - box[0], box[3] - box[1]
    if min(width, height) <= _THICKEST_RULE:
        strong.line(*box)
    elif width > 0.95 * page.width and height > 0.95 * page.height:
        return
    elif rect["stroke"]:
        strong.box(*box)
    elif not _is_white(rect["non_stroking_color"]):
        weak.box(*box)


def _is_white(color: Any) -> bool:
    parts = tuple(color) if isinstance(color, (tuple, list)) else (color,)
    return parts in _WHITE


def _collect_path(curve: dict[str, Any], strong: _Collector) -> None:
    points = curve["pts"]
    for (x0, y0), (x1, y1) in pairwise(points):
        strong.line(x0, y0, x1, y1)


def _joined(pieces: list[Rule]) -> Iterator[Rule]:
    """Pieces on one line joined where they meet: dashes become the rule they draw."""
    for group in clustered(sorted(pieces), SNAP):
        at = sum(piece.at for piece in group) / len(group)
        start, end = -math.inf, -math.inf
        for piece in sorted(group, key=lambda piece: piece.start):
            if piece.start > end + JOIN:
                if end - start >= SHORTEST_RULE:
                    yield Rule(at, start, end)
                start, end = piece.start, piece.end
            end = max(end, piece.end)
        if end - start >= SHORTEST_RULE:
            yield Rule(at, start, end)


def clustered(rules: Sequence[Rule], reach: float) -> Iterator[list[Rule]]:
    """Rules sorted by place, in groups that reach no farther than `reach` from their first."""
    group: list[Rule] = []
    for rule in rules:
        if group and rule.at - group[0].at > reach:
            yield group
            group = []
        group.append(rule)
    if group:
        yield group


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """The glyphs as lines of words, from top to bottom."""
    solid = sorted((glyph for glyph in glyphs), key=lambda glyph: glyph.y)
    rows: list[list[Glyph]] = []
    for glyph in solid:
        if rows and glyph.y - rows[-1][0].y <= _LINE_STEP * (rows[-1][0].bottom - rows[-1][0].top):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [line for row in _with_raised(rows) if (line := _line(row)) is not None]


def _with_raised(rows: list[list[Glyph]]) -> Iterator[list[Glyph]]:
    """Rows, with small raised or lowered marks back in the line they belong to."""
    held: list[Glyph] = []
    for row in rows:
        if held and _raised(held[0], row[0]):
            held = [*row, *held]
        elif held and _raised(row[0], held[0]):
            held.extend(row)
        else:
            if held:
                yield held
            held = row
    if held:
        yield held


def _raised(mark: Glyph, beside: Glyph) -> bool:
    """Whether `mark` is smaller and stands mostly within the height of `beside`."""
    height = mark.bottom - mark.top
    if height > _SMALLER * (beside.bottom - beside.top):
        return False
    return min(mark.bottom, beside.bottom) - max(mark.top, beside.top) > _WITHIN * height


def _line(row: list[Glyph]) -> Line | None:
    words = tuple(_words(_in_reading_order(row)))
    if not words:
        return None
    inked = [glyph for glyph in row if not glyph.text.isspace()]
    return Line(
        words, median(glyph.top for glyph in inked), median(glyph.bottom for glyph in inked)
    )


def _in_reading_order(row: Iterable[Glyph]) -> list[Glyph]:
    """From left to right; where squeezed letters overlap, in the order of printing."""
    by_place = sorted(row, key=lambda glyph: glyph.x0)
    runs: list[list[Glyph]] = []
    for glyph in sorted(by_place, key=lambda glyph: glyph.order):
        slack = _SQUEEZED * (glyph.bottom - glyph.top)
        if runs and -slack <= glyph.x0 - runs[-1][-1].x0 <= 2 * slack + glyph.x1 - glyph.x0:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    runs.sort(key=lambda run: run[0].x0)
    ends = [max(glyph.x for glyph in run) for run in runs]
    if any(end > run[0].x0 for end, run in zip(ends, runs[1:], strict=False)):
        return by_place
    return [glyph for run in runs for glyph in run]


def _words(row: Sequence[Glyph]) -> Iterator[Word]:
    """Split at spaces and gaps; a glyph printed twice to look bold counts once."""
    text, x0, x1 = "", 0.0, 0.0
    last: Glyph | None = None
    for glyph in row:
        size = glyph.bottom - glyph.top
        blank = glyph.text.isspace() or not glyph.text
        if last is not None and glyph.text == last.text and glyph.x0 - last.x0 < _DOUBLED * size:
            continue
        if text and (blank or glyph.x0 - x1 > _WORD_GAP * size):
            yield Word(text, x0, x1)
            text = ""
        if not blank:
            text, x0, x1 = (text + glyph.text, x0, max(x1, glyph.x1)) if text else glyph[:3]
            last = glyph
    if text:
        yield Word(text, x0, x1)


def cell_lines(glyphs: Sequence[Glyph]) -> list[Line]:
    """The lines of one cell; text that runs upward or downward is one line."""
    if not glyphs or any(glyph.upright for glyph in glyphs):
        return lines_of(glyphs)
    ordered = sorted(glyphs, key=lambda glyph: -glyph.y)
    text = "".join(glyph.text for glyph in ordered).strip()
    word = Word(text, min(g.x0 for g in glyphs), max(g.x1 for g in glyphs))
    return (
        [Line((word,), min(g.top for g in glyphs), max(g.bottom for g in glyphs))] if text else []
    )
