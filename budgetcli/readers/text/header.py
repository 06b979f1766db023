"""Header lines of a text table parted into as many cells as the table has columns.

A header's blanks lie: words are letter-spaced (구    분), names have two words, one word stands
over two columns. So every way of parting a line is tried until the columns add up; which way
it was is told. Where the lines stand in the file is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from budgetcli.model import Span
from budgetcli.readers.lines import Word, is_year, words_of

MOST_COLUMNS = 64
_MOST_WORDS = 8
_GAP = re.compile(r"\s{2,}|\t")
_SYLLABLE = re.compile(r"[가-힣一-鿿]")
# Words at the edges of nearly every Korean table: "구 분 ..." and "... 출 처 비 고" part here.
_FIRST = ("구분",)
_LAST = ("비고", "출처", "합계", "소계", "총계")
# "% Used" is one name; behind a Korean name "%" is its unit
_NAME_BEHIND = re.compile(r"\s[A-ZÀ-Ž]")
_JOINERS = frozenset(["/", "·", "및", "&", "%", "％", "-"])
_MARK = re.compile(r"\(?[A-Za-z㉠-㉻㉮-㉻①-⑳](?:[-+/=×*][A-Za-z㉠-㉻①-⑳])*\)?")


@dataclass(frozen=True, slots=True)
class Header:
    """Header rows on a grid, their spans, and whether another reading was possible."""

    rows: tuple[tuple[str, ...], ...]
    spans: tuple[Span, ...] = ()
    is_unsure: bool = False


def ways(line: str) -> list[tuple[str, ...]]:
    """The ways one line can be parted into header cells, the likeliest first."""
    words = words_of(line)
    if not words or len(words) > 2 * MOST_COLUMNS:
        return []
    whole = _with_brackets(line, _spelled(words, _edges))
    pairs = _with_brackets(line, _spelled(words, _pairs))
    singles = _with_brackets(line, _spelled(words, _apart))
    # Two blanks part cells only where none of them stands inside a letter-spaced word.
    is_clear = not any(_GAP.search(word.text) for word in whole)
    gaps = [Word(p, 0, 0) for p in _GAP.split(line.strip())] if is_clear else whole
    found: dict[tuple[str, ...], None] = {}
    if all(word.text.startswith("(") for word in words):
        found[tuple(word.text for word in words)] = None
    for way in (whole, gaps, _names_joined(line, whole), pairs, singles):
        found.setdefault(tuple(word.text.strip() for word in way))
    return list(found)


def _spelled(
    words: Sequence[Word], cut: Callable[[Sequence[Word]], list[list[Word]]]
) -> list[list[Word]]:
    """Words as groups of their parts: letter-spaced ones run together, then cut by a rule."""
    groups: list[list[Word]] = []
    run: list[Word] = []
    for word in words:
        if _SYLLABLE.fullmatch(word.text):
            run.append(word)
            continue
        groups += [*_cut(run, cut), [word]]
        run = []
    return groups + _cut(run, cut)


def _cut(
    run: Sequence[Word], cut: Callable[[Sequence[Word]], list[list[Word]]]
) -> list[list[Word]]:
    return [piece for part in _by_gaps(run) for piece in cut(part)] if run else []


def _by_gaps(run: Sequence[Word]) -> list[list[Word]]:
    """Where syllables stand wide apart (구    분 합   계), a narrow gap is a word's end."""
    groups = [[run[0]]]
    gap = 0
    for at, (left, right) in enumerate(pairwise(run)):
        here = right.start - left.end
        after = run[at + 2].start - right.end if at + 2 < len(run) else 0
        starts = here == 1 and (gap > 1 or after > 1)
        if starts:
            groups.append([right])
            gap = 0
        else:
            groups[-1].append(right)
            gap = here
    return groups


def _edges(run: Sequence[Word]) -> list[list[Word]]:
    """Cut known words off both ends; the rest is one word."""
    rest, head, tail = list(run), list[list[Word]](), list[list[Word]]()
    if len(rest) > 2 and _text(rest[:2]) in _FIRST:
        head, rest = [rest[:2]], rest[2:]
    while len(rest) > 2 and _text(rest[-2:]) in _LAST:
        tail, rest = [rest[-2:], *tail], rest[:-2]
    return [*head, rest, *tail]


def _pairs(run: Sequence[Word]) -> list[list[Word]]:
    if len(run) % 2:
        return _edges(run)
    return [list(run[at : at + 2]) for at in range(0, len(run), 2)]


def _apart(run: Sequence[Word]) -> list[list[Word]]:
    return [[word] for word in run]


def _text(words: Sequence[Word]) -> str:
    return "".join(word.text for word in words)


def _with_brackets(line: str, groups: Sequence[Sequence[Word]]) -> list[Word]:
    """Groups as words; a bracketed mark belongs to the word before it, up to where it closes."""
    words: list[Word] = []
    is_open = False
    for group in groups:
        start, end = group[0].start, group[-1].end
        text = line[start:end]
        opens = text == "%" and _NAME_BEHIND.match(line, end)
        joins = is_open or text.startswith(("(", "[")) or (text in _JOINERS and not opens)
        if words and (joins or words[-1].text[-1] in "/·&" or words[-1].text == "%"):
            start = words.pop().start
        words.append(Word(line[start:end], start, end))
        is_open = words[-1].text.count("(") > words[-1].text.count(")")
    return words


def _names_joined(line: str, words: Sequence[Word]) -> list[Word]:
    """Names of several words, told by their small letters (Current budget, Crédito definitivo)."""
    joined: list[Word] = []
    for word in words:
        if joined and word.text[:1].islower():
            start = joined.pop().start
            joined.append(Word(line[start : word.end], start, word.end))
        else:
            joined.append(word)
    return joined


def fit(lines: Sequence[str], shapes: Sequence[str]) -> Header | None:
    """Header lines (top first) over as many columns as there are `shapes`, or None.

    `shapes` says of each column what its cells look like; columns under one
    word look alike.
    """
    most = _MOST_WORDS * (len(shapes) + 1)
    if not lines or len(shapes) > MOST_COLUMNS or any(len(line.split()) > most for line in lines):
        return None
    for parted in product(*(ways(line) for line in lines)):
        if header := _fit(parted, shapes):
            return header
    return None


def _fit(parted: Sequence[tuple[str, ...]], shapes: Sequence[str]) -> Header | None:
    if len(parted) == 1:
        return _one_row(parted[0], len(shapes))
    if len(parted) == 2:
        top, bottom = parted
        return (
            _marked(top, bottom, len(shapes))
            or _refined(top, Header((bottom,)), shapes)
            or _repeated(top, bottom, len(shapes))
        )
    below = _nested(parted[1], parted[2])
    return next((h for sub in below if (h := _refined(parted[0], sub, shapes))), None)


def _one_row(cells: tuple[str, ...], columns: int) -> Header | None:
    if len(cells) == columns:
        return Header((cells,))
    if len(cells) == columns - 1 and all(is_year(cell) for cell in cells):
        return Header((("", *cells),))
    return None


def _marked(top: tuple[str, ...], bottom: tuple[str, ...], columns: int) -> Header | None:
    """A second row of marks, (A) (B) (B/A), one for each column but the first ones."""
    if len(top) != columns or not 1 < len(bottom) <= columns:
        return None
    if not all(_MARK.fullmatch(cell) or cell.startswith("(") for cell in bottom):
        return None
    return Header((top, ("",) * (columns - len(bottom)) + bottom))


def _refined(top: tuple[str, ...], sub: Header, shapes: Sequence[str]) -> Header | None:
    """A lower block under the last words of the top row, so that the columns add up."""
    leaves = len(sub.rows[0])
    groups = len(top) + leaves - len(shapes)
    if not 1 <= groups < len(top) or leaves % groups or leaves // groups < 2:
        return None
    each = leaves // groups
    starts = range(len(top) - groups, 0, -1)
    alike = [at for at in starts if _alike(shapes[at : at + leaves], each)]
    chosen = alike[0] if alike else starts[0]
    return _placed(top, sub, chosen, groups, is_unsure=chosen != starts[0] or not alike)


def _alike(shapes: Sequence[str], each: int) -> bool:
    return all(len(set(shapes[at : at + each])) == 1 for at in range(0, len(shapes), each))


def _placed(
    top: tuple[str, ...], sub: Header, start: int, groups: int, *, is_unsure: bool
) -> Header:
    leaves, depth = len(sub.rows[0]), len(sub.rows)
    each = leaves // groups
    right = len(top) - start - groups
    group_cells = [c for word in top[start : start + groups] for c in (word, *[""] * (each - 1))]
    upper = (*top[:start], *group_cells, *top[start + groups :])
    lower = tuple((*[""] * start, *row, *[""] * right) for row in sub.rows)
    alone = [*range(start), *range(start + leaves, start + leaves + right)]
    spans = (
        *(Span(0, column, depth + 1, 1) for column in alone),
        *(Span(0, start + at * each, 1, each) for at in range(groups)),
        *(Span(s.row + 1, s.column + start, s.rows, s.columns) for s in sub.spans),
    )
    return Header((upper, *lower), tuple(sorted(spans, key=_corner)), is_unsure)


def _corner(span: Span) -> tuple[int, int]:
    return span.row, span.column


def _nested(middle: tuple[str, ...], bottom: tuple[str, ...]) -> Iterator[Header]:
    """The lower two of three rows as one block, for each number of words that are refined."""
    for groups in range(1, len(middle) + 1):
        if len(bottom) % groups == 0 and len(bottom) // groups > 1:
            start = len(middle) - groups
            yield _placed(middle, Header((bottom,)), start, groups, is_unsure=start > 0)


def _repeated(top: tuple[str, ...], bottom: tuple[str, ...], columns: int) -> Header | None:
    """A full row of words that repeat (예산 지출 예산 지출) under one word for each round."""
    if len(bottom) != columns:
        return None
    for labels in (1, 2):
        rounds = len(top) if len(top) < columns - labels else 0
        for names in (0, labels):
            words = rounds - names
            each, left = divmod(columns - labels, words) if words > 1 else (0, 1)
            if not left and each > 1 and bottom[labels:] == bottom[labels : labels + each] * words:
                return _over(top, bottom, labels, names, each)
    return None


def _over(
    top: tuple[str, ...], bottom: tuple[str, ...], labels: int, names: int, each: int
) -> Header:
    groups = [c for word in top[names:] for c in (word, *[""] * (each - 1))]
    upper = (*(top[:names] or [""] * labels), *groups)
    spans = tuple(Span(0, at, 1, each) for at in range(labels, len(bottom), each))
    return Header((upper, bottom), spans)
