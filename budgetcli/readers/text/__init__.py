"""Tables in plain text: drawn with lines, aligned by blanks, or copied word by word from a PDF.

Each way of finding one has its own file (`grid`, `aligned`, `words`); here they
are asked in the order of certainty, and the lines around each table are kept with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from budgetcli.errors import TOO_LARGE, SourceError
from budgetcli.i18n import say
from budgetcli.model import Document, Evidence, Line, Place, RawTable
from budgetcli.readers.encoding import decode
from budgetcli.readers.lines import Found, is_page_mark, lines_of
from budgetcli.readers.source import ReadOptions, Source
from budgetcli.readers.text.aligned import aligned_tables
from budgetcli.readers.text.grid import drawn_tables
from budgetcli.readers.text.places import LONGEST
from budgetcli.readers.text.words import tables_of_words

MOST_BYTES = 16 * 1024 * 1024
MOST_LINES = 100_000
MOST_WORDS = 500_000
_LINES_BEFORE, _LINES_AFTER, _REACH = 4, 3, 12
_LONGEST_SHOWN = 500


def read(source: Source, options: ReadOptions) -> list[RawTable]:
    """Every table of a plain text, in order; none found is an empty list.

    Raises SourceError where the text cannot be decoded or is too large for a report.
    """
    lines, encoding = _lines(source, options)
    return _raw(lines, found_in(lines), source.name, encoding)


def read_document(source: Source, options: ReadOptions) -> Document:
    """The tables, and every line outside of them that says something. Raises as `read` does."""
    lines, encoding = _lines(source, options)
    tables = _raw(lines, found_in(lines), source.name, encoding)
    taken = {row for table in tables for row in table.lines}
    texts = [
        Line(line, Place(source.name, row))
        for row, line in enumerate(lines, 1)
        if line.strip() and row not in taken and not is_page_mark(line)
    ]
    return Document(source.name, tuple(texts), tuple(tables))


def _lines(source: Source, options: ReadOptions) -> tuple[list[str], Evidence]:
    data = source.everything()
    if len(data) > MOST_BYTES:
        raise SourceError(
            say("{size} MB is too much for a text with tables in it", size=len(data) >> 20),
            where=source.name,
            why=TOO_LARGE,
            next=say("save the table as CSV and try again"),
        )
    text, encoding = decode(data, source.name, options.encoding)
    lines = lines_of(text)
    words = sum(len(line.split()) for line in lines if len(line) <= LONGEST)
    if len(lines) > MOST_LINES:
        problem = say("{count} lines are too many for a text with tables in it", count=len(lines))
    elif words > MOST_WORDS:
        problem = say("{count} words are too many for a text with tables in it", count=words)
    else:
        return lines, encoding
    next_step = say("save the table as CSV and try again")
    raise SourceError(problem, where=source.name, why=TOO_LARGE, next=next_step)


def found_in(lines: Sequence[str]) -> list[Found]:
    """Every table among these lines, in reading order."""
    taken = bytearray(len(lines))
    ways = (drawn_tables, aligned_tables, tables_of_words)
    return sorted((table for way in ways for table in way(lines, taken)), key=_first_line)


def _first_line(found: Found) -> int:
    return found.first


def _raw(
    lines: Sequence[str], tables: Sequence[Found], name: str, encoding: Evidence
) -> list[RawTable]:
    floors = [0, *(table.last + 1 for table in tables)]
    ceilings = [*(table.first for table in tables[1:]), len(lines)]
    return [
        RawTable(
            rows=table.rows,
            source=name,
            number=number,
            lines=table.lines,
            spans=table.spans,
            before=_before(lines, floor, table.first),
            after=_after(lines, table.last + 1, ceiling),
            evidence=(encoding, *table.evidence),
            alone=len(tables) == 1,
        )
        for number, (table, floor, ceiling) in enumerate(
            zip(tables, floors, ceilings, strict=False), 1
        )
    ]


def _before(lines: Sequence[str], floor: int, first: int) -> tuple[str, ...]:
    """The nearest lines of text above, in reading order."""
    above = reversed(lines[max(floor, first - _REACH) : first])
    return tuple(reversed(_texts(above, _LINES_BEFORE)))


def _after(lines: Sequence[str], start: int, ceiling: int) -> tuple[str, ...]:
    """The nearest lines of text below."""
    return tuple(_texts(lines[start : min(ceiling, start + _REACH)], _LINES_AFTER))


def _texts(lines: Iterable[str], most: int) -> list[str]:
    texts = (line.strip()[:_LONGEST_SHOWN] for line in lines if not is_page_mark(line))
    return [text for text in texts if text][:most]
