"""Tables drawn with lines: +---+ grids, box-drawing characters, psql and MySQL output.

Lines are told apart by where they stand, in terminal cells or in characters, whichever fits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from budgetcli.i18n import say
from budgetcli.model import Evidence, Span
from budgetcli.readers.lines import LONGEST_LINE, Found, is_value, width

_BARS = "|│┃║╎┆┊"
_CROSSINGS = "+┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛╓╥╖╟╫╢╙╨╜┏┳┓┣╋┫┗┻┛┠┨┯┷┿╇╈┡┩╭╮╰╯"
_ACROSS = "-=─━═╌╍"
_RULE = re.compile(rf"[{re.escape(_BARS + _CROSSINGS + _ACROSS)}: \t]+")
_BAR = re.compile(rf"[{re.escape(_BARS)}]")
_RULED = re.compile(
    rf"[{re.escape(_CROSSINGS + _ACROSS)}: ]*[{_ACROSS}]{{2}}[{re.escape(_CROSSINGS + _ACROSS)}: ]*"
)
_MOST_COLUMNS = 256
_STEPS: tuple[Callable[[str], int], ...] = (width, len)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of a line between two drawn bars: the columns it covers, its text, or a rule."""

    first: int
    last: int
    text: str
    is_rule: bool


@dataclass
class _Cell:
    """A cell while the grid is read: its corner, its size and the lines of its text."""

    row: int
    column: int
    columns: int
    text: list[str]
    rows: int = 1


def drawn_tables(lines: Sequence[str], taken: bytearray) -> list[Found]:
    """Every drawn table among the lines; `taken` is brought up to date."""
    found = [table for first, last in _blocks(lines) if (table := _table(lines, first, last))]
    for table in found:
        taken[table.first : table.last + 1] = b"\1" * (table.last - table.first + 1)
    return found


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Runs of lines with drawn bars or rules, first and last."""
    first: int | None = None
    for at, line in enumerate([*lines, ""]):
        if _is_drawn(line):
            first = at if first is None else first
        elif first is not None:
            yield first, at - 1
            first = None


def _is_drawn(line: str) -> bool:
    return len(line) <= LONGEST_LINE and (_BAR.search(line) is not None or _is_rule(line))


def _is_rule(line: str) -> bool:
    """A line of nothing but strokes, two or more of them lying."""
    text = line.strip()
    return bool(text) and _RULE.fullmatch(text) is not None and _has_stroke(text)


def _has_stroke(text: str) -> bool:
    return sum(text.count(stroke) for stroke in _ACROSS) > 1


def _table(lines: Sequence[str], first: int, last: int) -> Found | None:
    block = lines[first : last + 1]
    rules = [line for line in block if _is_rule(line)]
    texts = [line for line in block if not _is_rule(line)]
    crossed = [line for line in rules if _crossings(line)]
    if len(texts) < 2 or not (crossed or _has_box_bars(texts)):
        return None
    if not _is_even(texts):
        return None
    pieces = _best(block, crossed or texts[:1])
    if pieces is None:
        return None
    return _gathered(block, pieces, first)


def _is_even(texts: Sequence[str]) -> bool:
    """A table's rows mostly have as many bars, and the same at their edges: a diagram's do not."""
    counts = Counter(len(_BAR.findall(line)) for line in texts)
    edges = Counter(_is_edge(line.strip()[0]) for line in texts)
    usual = sum(times for _, times in counts.most_common(3))
    return 5 * usual >= 4 * len(texts) and 10 * max(edges.values()) >= 9 * len(texts)


def _is_edge(character: str) -> bool:
    return character in _BARS + _CROSSINGS


def _has_box_bars(texts: Sequence[str]) -> bool:
    """Rows of box-drawing bars, as many in each, need no rule to be a table."""
    counts = {len(re.findall(r"[│┃║]", line)) for line in texts}
    return len(counts) == 1 and counts.pop() > 0


def _crossings(line: str) -> bool:
    return any(character in _CROSSINGS + _BARS for character in line)


def _best(block: Sequence[str], rulers: Sequence[str]) -> list[list[_Piece]] | None:
    """The lines in pieces, measured in whichever step puts the bars where the rules cross."""
    best: tuple[int, list[list[_Piece]]] | None = None
    for step in _STEPS:
        bounds = sorted({place for line in rulers for place in _marks(line, step)})
        is_framed = _is_framed(block)
        columns = len(bounds) - 1 if is_framed else len(bounds) + 1
        if not 2 <= columns <= _MOST_COLUMNS:
            continue
        pieces = [_pieces(line, bounds, step, is_framed) for line in block]
        whole = sum(len(line) for line in pieces)
        if best is None or whole > best[0]:
            best = whole, pieces
    return best[1] if best else None


def _is_framed(block: Sequence[str]) -> bool:
    """Whether rows start with a bar (psql prints none at its edges)."""
    rows = [line for line in block if not _is_rule(line)]
    starts = sum(1 for line in rows if _is_edge(line.strip()[0]))
    return 2 * starts > len(rows)


def _marks(line: str, step: Callable[[str], int]) -> dict[int, int]:
    """Where bars and crossings stand: place in the measure, index in the line."""
    marks: dict[int, int] = {}
    place = 0
    done = 0
    for found in re.finditer(rf"[{re.escape(_BARS + _CROSSINGS)}]", line):
        place += step(line[done : found.start()])
        marks[place] = found.start()
        place += 1
        done = found.end()
    return marks


def _pieces(
    line: str, bounds: Sequence[int], step: Callable[[str], int], is_framed: bool
) -> list[_Piece]:
    bars = [found.start() for found in _BAR.finditer(line)]
    if len(bars) == len(bounds):
        cuts = list(enumerate(bars))
    else:
        marks = _marks(line, step)
        cuts = [(at, marks[bound]) for at, bound in enumerate(bounds) if bound in marks]
    if not is_framed:
        cuts = [(-1, -1), *cuts, (len(bounds), len(line))]
    shift = 0 if is_framed else 1
    return [
        _piece(line[left + 1 : right], at + shift, below + shift - 1)
        for (at, left), (below, right) in pairwise(cuts)
    ]


def _piece(text: str, first: int, last: int) -> _Piece:
    is_rule = _RULED.fullmatch(text.strip()) is not None and text.strip() not in ("--", "---")
    return _Piece(first, last, text.strip(), is_rule)


def _gathered(block: Sequence[str], pieces: Sequence[Sequence[_Piece]], first: int) -> Found | None:
    bands = _bands(block, pieces)
    cells: list[_Cell] = []
    latest: dict[int, _Cell] = {}
    numbers: list[int] = []
    for opened, at in bands:
        if opened is not None:
            numbers.append(first + at + 1)
        _fill(cells, latest, pieces[at], len(numbers) - 1, opened)
    if len(numbers) < 2 or not cells:
        return None
    columns = max(cell.column + cell.columns for cell in cells)
    rows = [[""] * columns for _ in numbers]
    for cell in cells:
        rows[cell.row][cell.column] = "\n".join(cell.text)
    spans = tuple(
        Span(c.row, c.column, c.rows, c.columns) for c in cells if c.rows > 1 or c.columns > 1
    )
    said = Evidence("table", say("columns told by the lines drawn between them"))
    return Found(
        first, first + len(block) - 1, tuple(map(tuple, rows)), tuple(numbers), spans, (said,)
    )


def _bands(
    block: Sequence[str], pieces: Sequence[Sequence[_Piece]]
) -> list[tuple[set[int] | None, int]]:
    """Each line that holds text, with the columns in which it opens a new row (None: it goes on).

    A rule closes every column it crosses. Between two rules each line is a
    row of its own, unless the whole table has a rule after each row and no
    column has two amounts between them.
    """
    everything = {column for line in pieces for p in line for column in range(p.first, p.last + 1)}
    joins = _joins(block, pieces)
    closed: set[int] = set(everything)
    bands: list[tuple[set[int] | None, int]] = []
    for at, line in enumerate(pieces):
        ruled = {c for p in line if p.is_rule for c in range(p.first, p.last + 1)}
        if _is_rule(block[at]):
            closed |= everything - {
                c for p in line if not p.text for c in range(p.first, p.last + 1)
            }
        elif ruled:
            bands.append((None, at))
            closed |= ruled
        elif closed or not joins[at]:
            bands.append((closed or set(everything), at))
            closed = set()
        else:
            bands.append((None, at))
    return bands


def _joins(block: Sequence[str], pieces: Sequence[Sequence[_Piece]]) -> list[bool]:
    """For each line whether it would go on with the row above it."""
    parts = _parts(block)
    lines = sum(len(part) for part in parts)
    partial = any(
        p.is_rule for at, line in enumerate(pieces) if not _is_rule(block[at]) for p in line
    )
    is_ruled = partial or (len(parts) > 2 and lines <= 3 * len(parts))
    joins = [False] * len(block)
    for part in parts:
        goes_on = is_ruled and not _has_two_amounts([pieces[at] for at in part])
        for at in part:
            joins[at] = goes_on
    return joins


def _parts(block: Sequence[str]) -> list[list[int]]:
    """The lines between two whole rules."""
    parts: list[list[int]] = [[]]
    for at, line in enumerate(block):
        if not _is_rule(line):
            parts[-1].append(at)
        elif parts[-1]:
            parts.append([])
    return [part for part in parts if part]


def _has_two_amounts(lines: Sequence[Sequence[_Piece]]) -> bool:
    seen: set[int] = set()
    for line in lines:
        if any(piece.is_rule for piece in line):
            seen.clear()
        here = {piece.first for piece in line if piece.text and is_value(piece.text)}
        if here & seen:
            return True
        seen |= here
    return False


def _fill(
    cells: list[_Cell],
    latest: dict[int, _Cell],
    pieces: Sequence[_Piece],
    row: int,
    opened: set[int] | None,
) -> None:
    """Put one line's pieces into new cells, or into those that stay open above."""
    for piece in pieces:
        if piece.is_rule:
            continue
        above = latest.get(piece.first)
        if above is None or (opened is not None and piece.first in opened):
            text = [piece.text] if piece.text else []
            cells.append(_Cell(row, piece.first, piece.last - piece.first + 1, text))
            latest.update(dict.fromkeys(range(piece.first, piece.last + 1), cells[-1]))
            continue
        if opened is not None:
            above.rows = row - above.row + 1
        if piece.text:
            above.text.append(piece.text)
