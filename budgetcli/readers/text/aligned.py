"""Tables whose columns stand under each other: by runs of blanks, or by strokes under the header.

Places are counted in terminal cells or in characters, whichever keeps the columns apart.
A cell that is blank stays blank, because its place says which column it is in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from budgetcli.i18n import say
from budgetcli.model import Evidence, Span
from budgetcli.readers.lines import (
    Found,
    is_bullet,
    is_page_mark,
    is_value,
    is_year,
    width,
    words_of,
)
from budgetcli.readers.text.header import fit

_LONGEST = 1_000
_MOST_COLUMNS = 64
_MOST_BLANKS = 4
_MOST_HEADERS = 3
_STROKES = re.compile(r"\s*[-=─━]{2,}(?:\s+[-=─━]{2,})+\s*")
_STROKE = re.compile(r"[-=─━]{2,}")
_CELL = re.compile(r"\S+(?: \S+)*")
_UNIT = re.compile(r"\s*[(\[<].*[)\]>]\s*|.*[(\[<]\s*(?:단위|unit|in )", re.IGNORECASE)
_STEPS: tuple[Callable[[str], int], ...] = (width, len)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a line: its text and where it stands in the measure."""

    start: int
    end: int
    text: str
    is_value: bool


@dataclass
class _Column:
    """A stretch of places; `beside` are the slots (as bits) it has shared a row with."""

    start: int
    end: int
    slot: int
    beside: int = 0


@dataclass
class _Run:
    """Rows whose cells stand under each other, and the columns they make."""

    step: Callable[[str], int]
    lines: list[int] = field(default_factory=list)
    cells: list[list[_Cell]] = field(default_factory=list)
    columns: list[_Column] = field(default_factory=list)


def aligned_tables(lines: Sequence[str], taken: bytearray) -> list[Found]:
    """Every aligned table among the lines not `taken`, which is brought up to date."""
    found: list[Found] = []
    for look in (_stroked, _spaced):
        at = 0
        while at < len(lines):
            table, at = look(lines, taken, at)
            if table:
                found.append(table)
                taken[table.first : table.last + 1] = b"\1" * (table.last - table.first + 1)
    return found


def _is_unit(line: str) -> bool:
    """A line in brackets, or one that ends in a unit in brackets: no header."""
    found = _UNIT.match(line)
    return found is not None and (found.end() == len(line) or "단위" in line)


def _is_blank(line: str) -> bool:
    return not line or line.isspace()


# --- columns under strokes: ----- ------ ---- ---


def _stroked(lines: Sequence[str], taken: bytearray, at: int) -> tuple[Found | None, int]:
    """The table around a line of strokes, and the line to go on from."""
    if taken[at] or not _is_strokes(lines[at]):
        return None, at + 1
    top = at
    # A table may open with strokes: then the header stands between two lines of them.
    if (second := _next_strokes(lines, at)) is not None:
        at = second
    fits = [_under_strokes(lines, taken, top, at, step) for step in _STEPS]
    best = max((table for table in fits if table), key=_size, default=None)
    return best, (best.last if best else at) + 1


def _is_strokes(line: str) -> bool:
    return len(line) <= _LONGEST and _STROKES.fullmatch(line) is not None


def _next_strokes(lines: Sequence[str], at: int) -> int | None:
    is_open = at == 0 or _is_blank(lines[at - 1])
    for below in range(at + 2, min(at + 2 + _MOST_HEADERS, len(lines))):
        if is_open and _is_strokes(lines[below]) and not _is_blank(lines[at + 1]):
            return below
    return None


def _size(found: Found) -> int:
    return len(found.rows)


def _under_strokes(
    lines: Sequence[str], taken: bytearray, top: int, rule: int, step: Callable[[str], int]
) -> Found | None:
    rule_line = lines[rule]
    bounds = [step(rule_line[: m.start()]) for m in _STROKE.finditer(rule_line)]
    if len(bounds) > _MOST_COLUMNS:
        return None
    rows: dict[int, tuple[str, ...]] = {}
    for at in _header_above(lines, taken, top, rule):
        cells = _cut(lines[at], bounds, step)
        if cells is None or not any(cells[1:]):
            break
        rows[at] = cells
    if not (headers := len(rows)):
        return None
    last = rule
    for at in range(rule + 1, len(lines)):
        if taken[at] or _is_blank(lines[at]):
            break
        cells = None if _is_strokes(lines[at]) else _cut(lines[at], bounds, step)
        if cells is None and not _is_strokes(lines[at]):
            break
        last = at
        if cells:
            rows[at] = cells
    if len(rows) == headers:
        return None
    order = sorted(rows)
    said = Evidence("table", say("columns told by the strokes under the header"))
    first = min(top, order[0])
    return Found(
        first, last, tuple(rows[at] for at in order), tuple(at + 1 for at in order), (), (said,)
    )


def _header_above(lines: Sequence[str], taken: bytearray, top: int, rule: int) -> Iterator[int]:
    floor = top if top != rule else max(-1, rule - 1 - _MOST_HEADERS)
    for at in range(rule - 1, floor, -1):
        if taken[at] or _is_blank(lines[at]) or _is_strokes(lines[at]):
            return
        yield at


def _cut(line: str, bounds: Sequence[int], step: Callable[[str], int]) -> tuple[str, ...] | None:
    """A line cut at these places; None where a word stands across one."""
    if len(line) > _LONGEST:
        return None
    marks = _indexes(line, bounds, step)
    cuts = [0, *marks[1:], len(line)]
    for cut in cuts[1:-1]:
        if 0 < cut < len(line) and not line[cut - 1].isspace():
            return None
    return tuple(line[left:right].strip() for left, right in pairwise(cuts))


def _indexes(line: str, bounds: Sequence[int], step: Callable[[str], int]) -> list[int]:
    """Where in the line each place is; beyond its end, the end."""
    if step is len or line.isascii():
        return [min(bound, len(line)) for bound in bounds]
    found: list[int] = []
    place = index = 0
    for bound in bounds:
        while place < bound and index < len(line):
            place += step(line[index])
            index += 1
        found.append(index)
    return found


# --- columns parted by two blanks or more ---


def _spaced(lines: Sequence[str], taken: bytearray, at: int) -> tuple[Found | None, int]:
    """The table that starts with the row at this line, and the line to go on from."""
    if not _is_row(lines, taken, at):
        return None, at + 1
    best = _run(lines, taken, at, width)
    if not all(lines[row].isascii() for row in range(at, best.lines[-1] + 2) if row < len(lines)):
        best = max(best, _run(lines, taken, at, len), key=_run_size)
    return _built(lines, taken, best), best.lines[-1] + 1


def _run_size(run: _Run) -> int:
    return len(run.lines)


def _is_row(lines: Sequence[str], taken: bytearray, at: int) -> bool:
    """Two cells or more, one of them an amount; a bulleted line needs two amounts."""
    line = lines[at]
    if taken[at] or len(line) > _LONGEST or ("  " not in line.strip() and "\t" not in line):
        return False
    cells = _cells(line, len)
    values = [cell for cell in cells if cell.is_value and not is_year(cell.text)]
    wanted = 2 if is_bullet(line) else 1
    return len(cells) > 1 and len(values) >= wanted and not _is_years(cells)


def _is_years(cells: Sequence[_Cell]) -> bool:
    values = [cell.text for cell in cells if cell.is_value]
    return len(values) > 1 and all(is_year(value) for value in values)


def _cells(line: str, step: Callable[[str], int]) -> list[_Cell]:
    """What two blanks part; neighbouring amounts are parted by one."""
    cells: list[_Cell] = []
    text = line.replace("\t", "    ").replace("\f", " ")
    for found in _CELL.finditer(text):
        for start, end in _amounts_apart(text, found.start(), found.end()):
            piece = text[start:end]
            left = step(text[:start])
            cells.append(_Cell(left, left + step(piece), piece, is_value(piece)))
    return cells


def _amounts_apart(text: str, start: int, end: int) -> list[tuple[int, int]]:
    piece = text[start:end]
    if " " not in piece or is_value(piece):
        return [(start, end)]
    words = words_of(piece)
    if all(word.is_value for word in words):
        return [(start + word.start, start + word.end) for word in words]
    return [(start, end)]


def _run(lines: Sequence[str], taken: bytearray, first: int, step: Callable[[str], int]) -> _Run:
    run = _Run(step)
    above = {_folded(lines[at]) for at in _lines_above(lines, taken, first)}
    blanks = 0
    pending: list[int] = []
    for at in range(first, len(lines)):
        line = lines[at]
        if taken[at] or blanks > _MOST_BLANKS or len(pending) > _MOST_HEADERS:
            break
        blanks = blanks + 1 if _is_blank(line) else 0
        if blanks or _is_strokes(line) or (is_page_mark(line) and not _is_row(lines, taken, at)):
            continue
        if not _is_row(lines, taken, at):
            if len(line) > _LONGEST or is_bullet(line) or _is_unit(line):
                break
            pending.append(at)
        elif _starts_other(run, lines, pending, above):
            break
        elif not all(_add(run, other, lines[other]) for other in (*pending, at)):
            _forget(run, at, pending)
            break
        else:
            pending = []
    return run


def _folded(line: str) -> str:
    return "".join(line.split())


def _starts_other(run: _Run, lines: Sequence[str], pending: Sequence[int], above: set[str]) -> bool:
    """Whether the lines before a row are the header of another table; ours may be repeated."""
    new = [at for at in pending if _folded(lines[at]) not in above]
    return any(new and (at not in new or len(_cells(lines[at], run.step)) > 1) for at in pending)


def _forget(run: _Run, at: int, pending: Sequence[int]) -> None:
    """Leave out the lines that led up to a row that does not fit."""
    while run.lines and run.lines[-1] in (*pending, at):
        run.lines.pop()
        run.cells.pop()


def _add(run: _Run, at: int, line: str) -> bool:
    """Add a row if its cells stand in columns of their own; widens, joins or opens columns."""
    cells = _cells(line, run.step)
    columns = [replace(column) for column in run.columns]
    used = 0
    for cell in cells:
        column = _place(columns, cell, used)
        if column is None:
            return False
        used |= 1 << column.slot
    for column in columns:
        if used >> column.slot & 1:
            column.beside |= used
    run.lines.append(at)
    run.cells.append(cells)
    run.columns = columns
    return True


def _place(columns: list[_Column], cell: _Cell, used: int) -> _Column | None:
    """The column of a cell: those it touches become one, unless they have shared a row."""
    touched = [c for c in columns if c.start < cell.end and cell.start < c.end]
    slots = sum(1 << column.slot for column in touched)
    if slots & used or any(c.beside & slots & ~(1 << c.slot) for c in touched):
        return None
    if not touched:
        return _opened(columns, cell)
    kept = touched[0]
    kept.start = min(cell.start, *(column.start for column in touched), kept.start)
    kept.end = max(cell.end, *(column.end for column in touched), kept.end)
    for other in touched[1:]:
        _merge(columns, kept, other)
    return kept


def _opened(columns: list[_Column], cell: _Cell) -> _Column | None:
    if len(columns) == _MOST_COLUMNS:
        return None
    free = set(range(_MOST_COLUMNS)) - {column.slot for column in columns}
    columns.append(_Column(cell.start, cell.end, min(free)))
    return columns[-1]


def _merge(columns: list[_Column], kept: _Column, other: _Column) -> None:
    columns.remove(other)
    kept.beside |= other.beside
    for column in columns:
        if column.beside >> other.slot & 1:
            column.beside ^= 1 << other.slot
            column.beside |= 1 << kept.slot


def _built(lines: Sequence[str], taken: bytearray, run: _Run) -> Found | None:
    columns = sorted(run.columns, key=_start)
    amounts = _amount_columns(run, columns)
    if len(columns) < 2 or not amounts:
        return None
    head = _headers(lines, taken, run, columns)
    settled = _settled(columns, run, len(_cells(lines[head[-1]], len)) if head else 0)
    if settled is None or not (head or amounts > 1) or len(run.lines) < (2 if head else 3):
        return None
    rows = {at: _in_columns(c, settled) for at, c in zip(run.lines, run.cells, strict=True)}
    spans: tuple[Span, ...] = ()
    if settled is columns:
        spans = _head_rows(rows, head, columns, run.step, lines)
    elif header := fit([lines[at] for at in head], ["t", *[""] * (len(settled) - 1)]):
        rows.update(zip(head, header.rows, strict=True))
        spans = header.spans
    else:
        return None
    return _found(rows, spans, bool(head))


def _found(rows: dict[int, tuple[str, ...]], spans: tuple[Span, ...], is_headed: bool) -> Found:
    order = sorted(rows)
    said = [Evidence("table", say("columns told by where the cells stand"))]
    if not is_headed:
        missing = say("line {line}: no header found above", line=order[0] + 1)
        said.append(Evidence("table", missing, aloud=True))
    cells = tuple(rows[at] for at in order)
    return Found(order[0], order[-1], cells, tuple(at + 1 for at in order), spans, tuple(said))


def _settled(columns: list[_Column], run: _Run, names: int) -> list[_Column] | None:
    """Columns no row fills beside each other are halves of one, where each has no name.

    A ledger's debit and credit never share a row either, but both have names.
    None where places do not tell the columns.
    """
    most = max(map(len, run.cells))
    if len(columns) in (most, names):
        return columns
    kept: list[_Column] = []
    for column in columns:
        if kept and not kept[-1].beside >> column.slot & 1:
            last = kept.pop()
            column = _Column(last.start, column.end, last.slot, last.beside | column.beside)
        kept.append(column)
    return kept if len(kept) == most else None


def _start(column: _Column) -> int:
    return column.start


def _amount_columns(run: _Run, columns: Sequence[_Column]) -> int:
    """How many columns are mostly amounts, on more than one row."""
    cells = [0] * len(columns)
    values = [0] * len(columns)
    for row in run.cells:
        for cell in row:
            at = _column_of(cell, columns)
            cells[at] += 1
            values[at] += cell.is_value
    pairs = zip(cells, values, strict=True)
    return sum(1 for all_, some in pairs if all_ > 1 and 5 * some >= 3 * all_)


def _column_of(cell: _Cell, columns: Sequence[_Column]) -> int:
    return bisect_right(columns, cell.start, key=_start) - 1


def _lines_above(lines: Sequence[str], taken: bytearray, first: int) -> list[int]:
    """The lines above a row that could be its header, the nearest first."""
    found: list[int] = []
    blanks = 0
    for at in range(first - 1, max(-1, first - 8), -1):
        line = lines[at]
        if taken[at] or len(found) == _MOST_HEADERS or blanks > 1:
            break
        if _is_blank(line):
            blanks += 1
        elif _is_strokes(line):
            continue
        elif is_bullet(line) or _is_unit(line) or not _is_header(line):
            break
        else:
            found.append(at)
    return found


def _is_header(line: str) -> bool:
    cells = _cells(line, len) if len(line) <= _LONGEST else []
    values = [cell for cell in cells if cell.is_value]
    return len(cells) > 1 and (not values or all(is_year(cell.text) for cell in values))


def _headers(
    lines: Sequence[str], taken: bytearray, run: _Run, columns: Sequence[_Column]
) -> list[int]:
    """The header's lines, top first: upward until every column has a name, and a row of groups."""
    kept: list[int] = []
    named: set[int] = set()
    for at in _lines_above(lines, taken, run.lines[0]):
        cells = _assigned(_cells(lines[at], run.step), columns)
        if kept and len(named) == len(columns) and len(cells) >= len(columns):
            break
        kept.insert(0, at)
        named |= set(cells)
    return kept if len(named) > 1 else []


def _assigned(cells: Sequence[_Cell], columns: Sequence[_Column]) -> dict[int, _Cell]:
    """Header cells by the column they stand over; halves over one column become one."""
    if len(cells) == len(columns):
        return dict(enumerate(cells))
    placed: dict[int, _Cell] = {}
    for cell in (part for whole in cells for part in _words_apart(whole, columns)):
        at = max(range(len(columns)), key=lambda at: _nearness(cell, columns[at]))
        if at in placed:
            old = placed[at]
            cell = _Cell(old.start, cell.end, f"{old.text} {cell.text}", False)
        placed[at] = cell
    return placed


def _words_apart(cell: _Cell, columns: Sequence[_Column]) -> list[_Cell]:
    """A header cell over several columns, parted only by single blanks, as its words."""
    over = sum(1 for column in columns if column.start < cell.end and cell.start < column.end)
    if over < 2 or " " not in cell.text:
        return [cell]
    words: list[_Cell] = []
    place = cell.start
    for word in cell.text.split(" "):
        words.append(_Cell(place, place + width(word), word, False))
        place += width(word) + 1
    return words


def _nearness(cell: _Cell, column: _Column) -> tuple[int, int]:
    """How far they overlap (less than 0: how far apart they are), then how near the middles are."""
    overlap = min(cell.end, column.end) - max(cell.start, column.start)
    apart = abs(cell.start + cell.end - column.start - column.end)
    return min(overlap, 1), -apart


def _head_rows(
    rows: dict[int, tuple[str, ...]],
    head: Sequence[int],
    columns: Sequence[_Column],
    step: Callable[[str], int],
    lines: Sequence[str],
) -> tuple[Span, ...]:
    """Put the header's rows before the others; the merged cells they have."""
    below: set[int] = set()
    reach: dict[tuple[int, int], int] = {}
    filled: list[dict[int, _Cell]] = []
    for at in reversed(head):
        placed = _assigned(_cells(lines[at], step), columns)
        depth = len(head) - len(filled) - 1
        for column, cell in placed.items():
            reach[depth, column] = _reach(column, cell, placed, below, columns)
        rows[at] = tuple(
            placed[column].text if column in placed else "" for column in range(len(columns))
        )
        filled.insert(0, placed)
        below |= set(placed)
    spans = [_span(depth, column, end, filled) for (depth, column), end in reach.items()]
    return tuple(sorted((s for s in spans if s.rows > 1 or s.columns > 1), key=_corner))


def _corner(span: Span) -> tuple[int, int]:
    return span.row, span.column


def _reach(
    column: int,
    cell: _Cell,
    placed: dict[int, _Cell],
    below: set[int],
    columns: Sequence[_Column],
) -> int:
    """The last column a header cell stands over: those to its right that only have a name below."""
    last = column
    while column in below and last + 1 in below and last + 1 not in placed:
        following = min((at for at in placed if at > last), default=None)
        gap = columns[last + 1].start - cell.end
        if following is not None and gap > placed[following].start - columns[last + 1].end:
            break
        last += 1
    return last


def _span(depth: int, column: int, last: int, filled: Sequence[dict[int, _Cell]]) -> Span:
    rows = 1
    if last == column:
        while depth + rows < len(filled) and column not in filled[depth + rows]:
            rows += 1
    return Span(depth, column, rows, last - column + 1)


def _in_columns(cells: Sequence[_Cell], columns: Sequence[_Column]) -> tuple[str, ...]:
    texts = [""] * len(columns)
    for cell in cells:
        texts[_column_of(cell, columns)] = cell.text
    return tuple(texts)
