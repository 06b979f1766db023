"""Tables whose layout was lost: lines of words parted by single blanks, as copied from a PDF.

Two shapes: lines that end in the same number of amounts, and lines where words follow the
amounts (a source, a remark) under a header with exactly as many words. Columns that still stand
under each other are told by their places, and belong to `aligned`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from budgetcli.i18n import say
from budgetcli.model import Evidence, Span
from budgetcli.readers.lines import (
    LONGEST_LINE,
    Found,
    Word,
    is_bullet,
    is_page_mark,
    is_value,
    is_year,
    words_of,
)
from budgetcli.readers.text.header import MOST_COLUMNS, Header, fit, ways

_MOST_BLANKS = 4
_MOST_PENDING = 4
_LONGEST_NAME = 60
_LONGEST_HEADER = 300
_SAID = 5
_BLANK, _PAGE, _TAKEN = -1, -2, -3
_UNIT_LINE = re.compile(r"\s*[(\[<]?\s*(?:단위|unit|in )", re.IGNORECASE)
_CLOSERS = {"(": ")", "[": "]", "<": ">"}
_SENTENCE = re.compile(r"(?:다|음|함|임|됨|요)\.?\s*$|[.!?;:]\s*$")
_OPEN_END = re.compile(r"[-·‧ㆍ&,/(]\s*$|\b(?:and|of|for|the|de|y|e|a|und|et)\s*$|및\s*$")
# Grouped, with decimals, or counted in something: no page or serial number.
_PRINTED = re.compile(r"\d[.,]\d|\d[^\d]+$")
_PLAIN = re.compile(r"\d{1,4}")


@dataclass
class _Run:
    """Lines that end in `count` amounts, in order; other lines between them by their kind."""

    count: int
    rows: list[int] = field(default_factory=list)
    names: list[int] = field(default_factory=list)
    odd: list[int] = field(default_factory=list)
    headers: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Head:
    """A header that fits: its lines (from 0), and how many columns come before the amounts."""

    header: Header
    lines: tuple[int, ...]
    labels: int


class Text:
    """The lines of a document, which of them are taken, and how many amounts each ends in."""

    def __init__(self, lines: Sequence[str], taken: bytearray) -> None:
        self.lines = lines
        self.taken = taken
        self.ends = [self._end(at) for at in range(len(lines))]

    def _end(self, at: int) -> int:
        line = self.lines[at]
        if self.taken[at]:
            return _TAKEN
        if not line or line.isspace():
            return _BLANK
        if len(line) > LONGEST_LINE:
            return 0
        count = amounts(line)
        return _PAGE if count and is_page_mark(line) else count

    def is_name(self, at: int) -> bool:
        """Whether a line could be half a name, or the name of a group."""
        line = self.lines[at]
        return len(line.strip()) <= _LONGEST_NAME and not is_bullet(line) and not is_unit(line)

    def take(self, first: int, last: int) -> None:
        """Give the lines to a table."""
        for at in range(first, last + 1):
            self.taken[at] = 1
            self.ends[at] = _TAKEN


def is_unit(line: str) -> bool:
    """A line that names the unit or the date, in one pair of brackets."""
    text = line.strip()
    is_bracketed = text[:1] in _CLOSERS and text.find(_CLOSERS[text[0]]) == len(text) - 1
    return _UNIT_LINE.match(line) is not None or is_bracketed


def amounts(line: str) -> int:
    """How many amounts a line ends in; 0 where it ends in a word, or is nothing but dashes."""
    if not line.rstrip()[-1:].strip("abcdfghijlopqrstuvwxyz.,:;"):
        return 0
    words = words_of(line)
    count = 0
    while count < len(words) and words[-1 - count].is_value:
        count += 1
    tail = words[len(words) - count :]
    if count == len(words) and count > 1 and not _has_digit(tail[0].text):
        count -= 1  # an opening dash is a bullet
    return count if any(_has_digit(word.text) for word in tail) or count > 2 else 0


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def tables_of_words(lines: Sequence[str], taken: bytearray) -> list[Found]:
    """Every table of single-spaced lines among those not `taken`, which is brought up to date."""
    text = Text(lines, taken)
    return [*_each(text, _described), *_each(text, _ending)]


def _each(text: Text, look: Callable[[Text, int], tuple[Found | None, int]]) -> Iterator[Found]:
    at = 0
    while at < len(text.lines):
        found, at = look(text, at)
        if found:
            text.take(found.first, found.last)
            yield found


# --- lines that end in amounts ---


def _ending(text: Text, at: int) -> tuple[Found | None, int]:
    """The table that starts with the row at this line, and the line to go on from."""
    if text.ends[at] < 1:
        return None, at + 1
    run = _grown(text, at)
    return _table(text, run), run.rows[-1] + 1


def _grown(text: Text, first: int) -> _Run:
    run = _Run(_usual_count(text, first), [first])
    above = {_folded(text.lines[at]) for at in _above(text, first)}
    pending: list[int] = []
    blanks = 0
    for at in range(first + 1, len(text.lines)):
        end = text.ends[at]
        if end == _TAKEN or blanks > _MOST_BLANKS or len(pending) > _MOST_PENDING:
            break
        blanks = blanks + 1 if end == _BLANK else 0
        if _is_row(text, at, run.count):
            if not _admit(text, run, pending, above):
                break
            run.rows.append(at)
            pending = []
        elif end >= 0:
            if not (end or text.is_name(at)):
                break
            pending.append(at)
    return run


def _usual_count(text: Text, first: int) -> int:
    """The commonest number of amounts among the first rows, if the first row has as many."""
    seen = Counter(end for end in text.ends[first : first + 12] if end > 0)
    usual, times = seen.most_common(1)[0]
    return usual if times > 1 and usual < text.ends[first] else text.ends[first]


def _is_row(text: Text, at: int, count: int) -> bool:
    """As many amounts as the others; more only where the name ends in a plain number."""
    end = text.ends[at]
    if end <= count:
        return end == count and (count > 1 or not is_bullet(text.lines[at]))
    extra = words_of(text.lines[at])[-end:-count]
    is_named = len(words_of(text.lines[at])) > end
    return is_named and all(_PLAIN.fullmatch(word.text) for word in extra)


def _admit(text: Text, run: _Run, pending: Sequence[int], above: set[str]) -> bool:
    """Take the lines between two rows into the table; false where they start another one."""
    if not pending:
        return True
    if all(_folded(text.lines[at]) in above for at in pending):
        run.headers += pending
        return True
    if any(_folded(text.lines[at]) in above for at in pending):
        return False
    names = [at for at in pending if not text.ends[at]]
    if run.count > 1 and _starts_other(text, names, run.count):
        return False
    run.names += names
    run.odd += [at for at in pending if text.ends[at]]
    return run.count > 1 or not pending


def _starts_other(text: Text, names: Sequence[int], count: int) -> bool:
    heads = [text.lines[at] for at in names[-2:]]
    shapes = ["t", *["n"] * count]
    return any(fit(heads[-depth:], shapes) is not None for depth in range(1, len(heads) + 1))


def _above(text: Text, first: int) -> list[int]:
    """The lines just above a row that could be its header, the nearest first."""
    found: list[int] = []
    blanks = 0
    at = first - 1
    while at >= 0 and len(found) < 3:
        line = text.lines[at]
        if text.ends[at] == _BLANK:
            blanks += 1
            if blanks > 2:
                break
        elif text.ends[at] < 0 or not _is_header_like(line, text.ends[at]):
            break
        else:
            found.append(at)
        at -= 1
    return found


def _is_header_like(line: str, end: int) -> bool:
    if len(line) > _LONGEST_HEADER or is_bullet(line) or is_unit(line):
        return False
    return end <= 0 or _is_years(line)


def _is_years(line: str) -> bool:
    """구분 2022 2023 2024: amounts by their look, but each one is a year."""
    values = [word.text for word in words_of(line) if word.is_value]
    return len(values) > 1 and all(is_year(value) for value in values)


def _folded(line: str) -> str:
    return "".join(line.split())


def _table(text: Text, run: _Run) -> Found | None:
    if run.count > MOST_COLUMNS:
        return None
    if _is_years(text.lines[run.rows[0]]) and len(run.rows) > 1:
        run.rows = run.rows[1:]
    words = {at: words_of(text.lines[at]) for at in run.rows}
    head = _head(text, run, words)
    if not _is_enough(text, run, head, words):
        return None
    return _built(text, run, head, words)


def _head(text: Text, run: _Run, words: dict[int, list[Word]]) -> _Head | None:
    """The nearest one, two or three lines above the rows that add up to their columns."""
    above = _above(text, run.rows[0])
    for labels in _label_counts(run, words):
        shapes = ["t"] * labels + _shapes(run, words)
        for depth in range(1, len(above) + 1):
            lines = tuple(reversed(above[:depth]))
            header = fit([text.lines[at] for at in lines], shapes)
            if header and depth == 1 and len(above) > 1:
                return _taller(text, above, header, shapes, labels)
            if header:
                return _Head(header, lines, labels)
    return None


def _taller(
    text: Text, above: Sequence[int], one: Header, shapes: Sequence[str], labels: int
) -> _Head:
    """A full row may still have a row of groups above it, or be marks under the true header."""
    lines = (above[1], above[0])
    two = fit([text.lines[at] for at in lines], shapes)
    if two and (two.rows[1] == one.rows[0] or not two.spans):
        return _Head(two, lines, labels)
    return _Head(one, lines[1:], labels)


def _label_counts(run: _Run, words: dict[int, list[Word]]) -> list[int]:
    """How many columns may come before the amounts: one, or as many as every name has words."""
    names = [_name(words[at], run.count) for at in run.rows]
    if not any(names):
        return [0]
    lengths = {len(name) for name in names}
    counts = [1]
    if len(lengths) == 1 and 1 < (length := lengths.pop()) <= 3:
        counts.append(length)
    elif all(len(name) > 1 and name[0].text.rstrip(".").isdigit() for name in names):
        counts.append(2)
    return counts


def _name(words: Sequence[Word], count: int) -> list[Word]:
    return list(words[: len(words) - count])


def _shapes(run: _Run, words: dict[int, list[Word]]) -> list[str]:
    """What each column of amounts looks like on most rows: grouped, decimal, rate, pair, plain."""
    tails = [[_shape(word.text) for word in words[at][-run.count :]] for at in run.rows[:50]]
    columns = ([shape for shape in column if shape] for column in zip(*tails, strict=True))
    return [Counter(column).most_common(1)[0][0] if column else "" for column in columns]


def _shape(text: str) -> str:
    if "/" in text:
        return "pair"
    if text.rstrip(")").endswith(("%", "％")):
        return "rate"
    if re.search(r"[.,]\d{1,2}\b", text):
        return "decimal"
    return "whole" if _has_digit(text) else ""


def _is_enough(text: Text, run: _Run, head: _Head | None, words: dict[int, list[Word]]) -> bool:
    """Few rows are believed only under a header; a single column only if it looks printed."""
    values = [word.text for at in run.rows for word in words[at][-run.count :]]
    if run.count == 1:
        marked = sum(1 for value in values if _PRINTED.search(value))
        near = run.rows[-1] - run.rows[0] <= 3 * len(run.rows)
        return head is not None and len(run.rows) > 2 and 2 * marked >= len(values) and near
    if head:
        return len(run.rows) > 1 or run.count > 2
    numbers = sum(map(_has_digit, values))
    sentences = sum(1 for at in run.rows if _SENTENCE.search(text.lines[at]))
    bullets = sum(1 for at in run.rows if is_bullet(text.lines[at]))
    enough = len(run.rows) > (2 if run.count > 2 else 3)
    return enough and 2 * numbers > len(values) and not sentences and 2 * bullets < len(run.rows)


def _built(text: Text, run: _Run, head: _Head | None, words: dict[int, list[Word]]) -> Found:
    labels = head.labels if head else min(1, max(_label_counts(run, words)))
    columns = labels + run.count
    cells = {at: _cells(text.lines[at], words[at], run.count, labels) for at in run.rows}
    evidence = [
        Evidence("table", say("columns told by the {n} amounts a line ends in", n=run.count))
    ]
    _join_names(text, run, cells, evidence)
    for at in (*run.names, *run.odd):
        cells[at] = (text.lines[at].strip(), *[""] * (columns - 1))
    evidence += _about(run, head, columns)
    return _framed(run, head, cells, tuple(evidence))


def _framed(
    run: _Run, head: _Head | None, cells: dict[int, tuple[str, ...]], evidence: tuple[Evidence, ...]
) -> Found:
    """Header, rows and repeated headers in the order of the file."""
    rows = dict(cells)
    spans: list[Span] = []
    tops = [head.lines] if head else []
    if head:
        depth = len(head.lines)
        tops += [tuple(run.headers[at : at + depth]) for at in range(0, len(run.headers), depth)]
    for lines in tops:
        rows.update(zip(lines, head.header.rows if head else (), strict=False))
    order = sorted(rows)
    for lines in tops:
        offset = order.index(lines[0])
        spans += [
            Span(s.row + offset, s.column, s.rows, s.columns)
            for s in (head.header.spans if head else ())
        ]
    numbers = tuple(at + 1 for at in order)
    return Found(
        order[0], order[-1], tuple(rows[at] for at in order), numbers, tuple(spans), evidence
    )


def _cells(line: str, words: Sequence[Word], count: int, labels: int) -> tuple[str, ...]:
    name, values = _name(words, count), [word.text for word in words[len(words) - count :]]
    if not labels:
        return tuple(values)
    if not name:
        return (*[""] * labels, *values)
    first = [word.text for word in name[: labels - 1]]
    rest = name[labels - 1 :]
    return (*first, line[rest[0].start : rest[-1].end], *values)


def _join_names(
    text: Text, run: _Run, cells: dict[int, tuple[str, ...]], evidence: list[Evidence]
) -> None:
    """Put names broken over lines together: where a row has none, or a half is left open."""
    loose = set(run.names)
    for at in run.rows:
        above = _adjacent(loose, at)
        name = cells[at][0] if cells[at] else ""
        if not above or (name and not _is_half(text.lines[above[-1]], name)):
            continue
        parts = [text.lines[part].strip() for part in above]
        cells[at] = ("\n".join([*parts, *([name] if name else [])]), *cells[at][1:])
        loose.difference_update(above)
        if not name and (below := _tail(text, run, loose, at)) is not None:
            cells[at] = (f"{cells[at][0]}\n{text.lines[below].strip()}", *cells[at][1:])
            loose.discard(below)
        evidence.append(
            Evidence("table", say("line {line}: a name broken over lines", line=at + 1))
        )
    run.names = sorted(loose)


def _adjacent(loose: set[int], at: int) -> list[int]:
    """The nameless lines just above a row."""
    above: list[int] = []
    while at - 1 in loose:
        at -= 1
        above.insert(0, at)
    return above


def _is_half(upper: str, lower: str) -> bool:
    is_open = upper.count("(") > upper.count(")")
    return is_open or bool(_OPEN_END.search(upper)) or lower[:1].islower() or lower[:1] in ")·,"


def _tail(text: Text, run: _Run, loose: set[int], at: int) -> int | None:
    """The line below, if it is the other half of a name whose amounts stand in the middle."""
    if at + 1 not in loose:
        return None
    following = at + 2
    nameless = following in run.rows and not _name(words_of(text.lines[following]), run.count)
    return None if nameless else at + 1


def _about(run: _Run, head: _Head | None, columns: int) -> Iterator[Evidence]:
    """What was inferred, and what was kept as it stands."""
    if head is None:
        said = say(
            "line {line}: the words above do not part into {n} column names",
            line=run.rows[0] + 1,
            n=columns,
        )
        yield Evidence("table", said, aloud=True)
    elif len(head.lines) > 1:
        said = say(
            "the header's {n} rows are fitted together so that the columns add up",
            n=len(head.lines),
        )
        yield Evidence("table", said, aloud=head.header.is_unsure)
    for at in run.names[:_SAID]:
        yield Evidence("table", say("line {line}: no amounts, kept as a row", line=at + 1))
    for at in run.odd[:_SAID]:
        said = say("line {line}: not {n} amounts, kept whole", line=at + 1, n=run.count)
        yield Evidence("table", said, aloud=True)


# --- lines where words follow the amounts ---


def _described(text: Text, at: int) -> tuple[Found | None, int]:
    """The table under the header at this line, and the line to go on from."""
    line = text.lines[at]
    if text.ends[at] != 0 or not _is_header_like(line, 0) or _SENTENCE.search(line):
        return None, at + 1
    first = _next_line(text, at)
    if first is None or is_bullet(text.lines[first]) or not _opens(text.lines[first]):
        return None, at + 1
    for way in ways(line):
        if 3 <= len(way) <= MOST_COLUMNS and (found := _under(text, at, first, way)):
            return found, found.last + 1
    return None, at + 1


def _next_line(text: Text, at: int) -> int | None:
    """The next line that is not blank, at most two blank ones away."""
    for below in range(at + 1, min(at + 4, len(text.lines))):
        if text.ends[below] != _BLANK:
            return below if text.ends[below] >= 0 else None
    return None


def _opens(line: str) -> bool:
    words = words_of(line) if len(line) <= _LONGEST_HEADER else []
    return bool(words) and not words[0].is_value and any(word.is_value for word in words)


def _under(text: Text, top: int, first: int, way: tuple[str, ...]) -> Found | None:
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    count = len(_parts(text.lines[first])) - 1
    at: int | None = first
    is_tailed = False
    while at is not None and not is_bullet(text.lines[at]) and _opens(text.lines[at]):
        cells = _tailed(text.lines[at], count, len(way))
        if cells is None:
            break
        rows.append(cells)
        lines.append(at)
        is_tailed = is_tailed or not all(is_value(cell) for cell in cells[1:] if cell)
        at = _next_line(text, at)
    if not is_tailed or len(rows) < (2 if count > 2 else 3) or not _is_figured(way, rows, count):
        return None
    numbers = (top + 1, *(line + 1 for line in lines))
    said = say("columns told by the amounts and the {n} words of the header", n=len(way))
    return Found(top, lines[-1], (way, *rows), numbers, (), (Evidence("table", said),))


def _is_figured(way: tuple[str, ...], rows: Sequence[tuple[str, ...]], count: int) -> bool:
    """Whether the amounts are printed figures, not years or dashes, and the header is no row."""
    values = [cell for row in rows for cell in row[1 : count + 1]]
    figures = sum(1 for value in values if _has_digit(value) and not is_year(value))
    marked = sum(1 for value in values if _PRINTED.search(value))
    is_row = any(row[0].split()[:1] == way[0].split()[:1] for row in rows)
    return not is_row and 2 * (marked if count == 1 else figures) >= len(values)


def _parts(line: str) -> list[tuple[int, int, int]]:
    """The name, then each amount with the words after it: start, end of the amount, end.

    An amount in brackets belongs to the one before it: 2,014명 (15%).
    """
    parts: list[tuple[int, int, int]] = []
    for word in words_of(line):
        starts = word.is_value and not (word.text.startswith("(") and len(parts) > 1)
        if not parts or starts:
            parts.append((word.start, word.end, word.end))
        else:
            start, amount, end = parts[-1]
            joins = word.is_value and amount == end
            parts[-1] = (start, word.end if joins else amount, word.end)
    return parts


def _tailed(line: str, count: int, columns: int) -> tuple[str, ...] | None:
    """A row of `count` amounts; words after the last one fill the columns that are left."""
    parts = _parts(line)
    left = columns - 1 - count
    if len(parts) - 1 != count or left < 0 or len(line) > _LONGEST_HEADER:
        return None
    if not left:
        return tuple(line[start:end] for start, _, end in parts)
    if any(amount != end for _, amount, end in parts[1:-1]):
        return None
    start, amount, end = parts[-1]
    words = line[amount:end].split(maxsplit=left - 1)
    if words and len(words) < left:
        return None
    cells = [line[part[0] : part[2]] for part in parts[:-1]]
    return (*cells, line[start:amount], *(word.strip() for word in words or [""] * left))
