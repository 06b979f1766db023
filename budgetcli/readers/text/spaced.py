"""Tables whose columns are parted by runs of blanks: rows whose cells stand under each other.

Columns open, widen and join row by row. Their names above them are `spaced_header`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from budgetcli.i18n import say
from budgetcli.model import Evidence, Span
from budgetcli.readers.lines import Found, is_bullet, is_page_mark, is_year, width
from budgetcli.readers.text.header import fit
from budgetcli.readers.text.places import (
    LONGEST,
    MOST_COLUMNS,
    MOST_HEADERS,
    Cell,
    Column,
    cells_of,
    column_of,
    is_blank,
    is_strokes,
    is_unit,
    start_of,
)
from budgetcli.readers.text.spaced_header import head_rows, header_lines, lines_above

_MOST_BLANKS = 4


@dataclass
class _Run:
    """Rows whose cells stand under each other, and the columns they make."""

    step: Callable[[str], int]
    lines: list[int] = field(default_factory=list)
    cells: list[list[Cell]] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)


def spaced(lines: Sequence[str], taken: bytearray, at: int) -> tuple[Found | None, int]:
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
    if taken[at] or len(line) > LONGEST or ("  " not in line.strip() and "\t" not in line):
        return False
    cells = cells_of(line, len)
    values = [cell for cell in cells if cell.is_value and not is_year(cell.text)]
    wanted = 2 if is_bullet(line) else 1
    return len(cells) > 1 and len(values) >= wanted and not _is_years(cells)


def _is_years(cells: Sequence[Cell]) -> bool:
    values = [cell.text for cell in cells if cell.is_value]
    return len(values) > 1 and all(is_year(value) for value in values)


def _run(lines: Sequence[str], taken: bytearray, first: int, step: Callable[[str], int]) -> _Run:
    run = _Run(step)
    above = {_folded(lines[at]) for at in lines_above(lines, taken, first)}
    blanks = 0
    pending: list[int] = []
    for at in range(first, len(lines)):
        line = lines[at]
        if taken[at] or blanks > _MOST_BLANKS or len(pending) > MOST_HEADERS:
            break
        blanks = blanks + 1 if is_blank(line) else 0
        if blanks or is_strokes(line) or (is_page_mark(line) and not _is_row(lines, taken, at)):
            continue
        if not _is_row(lines, taken, at):
            if len(line) > LONGEST or is_bullet(line) or is_unit(line):
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
    return any(new and (at not in new or len(cells_of(lines[at], run.step)) > 1) for at in pending)


def _forget(run: _Run, at: int, pending: Sequence[int]) -> None:
    """Leave out the lines that led up to a row that does not fit."""
    while run.lines and run.lines[-1] in (*pending, at):
        run.lines.pop()
        run.cells.pop()


def _add(run: _Run, at: int, line: str) -> bool:
    """Add a row if its cells stand in columns of their own; widens, joins or opens columns."""
    cells = cells_of(line, run.step)
    columns = [column.copy() for column in run.columns]
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


def _place(columns: list[Column], cell: Cell, used: int) -> Column | None:
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


def _opened(columns: list[Column], cell: Cell) -> Column | None:
    if len(columns) == MOST_COLUMNS:
        return None
    free = set(range(MOST_COLUMNS)) - {column.slot for column in columns}
    columns.append(Column(cell.start, cell.end, min(free)))
    return columns[-1]


def _merge(columns: list[Column], kept: Column, other: Column) -> None:
    columns.remove(other)
    kept.beside |= other.beside
    for column in columns:
        if column.beside >> other.slot & 1:
            column.beside ^= 1 << other.slot
            column.beside |= 1 << kept.slot


def _built(lines: Sequence[str], taken: bytearray, run: _Run) -> Found | None:
    columns = sorted(run.columns, key=start_of)
    amounts = _amount_columns(run, columns)
    if len(columns) < 2 or not amounts:
        return None
    head = header_lines(lines, taken, run.lines[0], columns, run.step)
    settled = _settled(columns, run, len(cells_of(lines[head[-1]], len)) if head else 0)
    if settled is None or not (head or amounts > 1) or len(run.lines) < (2 if head else 3):
        return None
    rows = {at: _in_columns(c, settled) for at, c in zip(run.lines, run.cells, strict=True)}
    spans: tuple[Span, ...] = ()
    if settled is columns:
        spans = head_rows(rows, head, columns, run.step, lines)
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


def _settled(columns: list[Column], run: _Run, names: int) -> list[Column] | None:
    """Columns no row fills beside each other are halves of one, where each has no name.

    A ledger's debit and credit never share a row either, but both have names.
    None where places do not tell the columns.
    """
    most = max(map(len, run.cells))
    if len(columns) in (most, names):
        return columns
    kept: list[Column] = []
    for column in columns:
        if kept and not kept[-1].beside >> column.slot & 1:
            last = kept.pop()
            column = Column(last.start, column.end, last.slot, last.beside | column.beside)
        kept.append(column)
    return kept if len(kept) == most else None


def _amount_columns(run: _Run, columns: Sequence[Column]) -> int:
    """How many columns are mostly amounts, on more than one row."""
    cells = [0] * len(columns)
    values = [0] * len(columns)
    for row in run.cells:
        for cell in row:
            at = column_of(cell, columns)
            cells[at] += 1
            values[at] += cell.is_value
    pairs = zip(cells, values, strict=True)
    return sum(1 for all_, some in pairs if all_ > 1 and 5 * some >= 3 * all_)


def _in_columns(cells: Sequence[Cell], columns: Sequence[Column]) -> tuple[str, ...]:
    texts = [""] * len(columns)
    for cell in cells:
        texts[column_of(cell, columns)] = cell.text
    return tuple(texts)
