"""Comma, tab, semicolon and pipe separated text: one table a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TextIO

from budgetcli.errors import PARTIAL, SourceError
from budgetcli.i18n import Sentence, say
from budgetcli.model import SEMICOLONS, Evidence, RawTable
from budgetcli.patterns import lazy
from budgetcli.readers.dialect import delimiter
from budgetcli.readers.encoding import decode
from budgetcli.readers.source import HEAD_BYTES, ReadOptions, Source

_NAMES = {",": say("comma"), "\t": say("tab"), ";": say("semicolon"), "|": say("pipe")}
_CELL_CHARACTERS = 1_000_000
# a wiki doubles the bars of its header: || Division || Budget ||
_DOUBLE_BARS = lazy(r"(?m)^\|\|.*\|\|[ \t]*$")


def read(source: Source, options: ReadOptions) -> list[RawTable]:
    """The one table of a delimited text. Raises SourceError where it cannot be parsed."""
    return [_table(source, options, is_whole=True)]


def read_head(source: Source, options: ReadOptions) -> list[RawTable]:
    """The same of a text's first lines, which may end inside quotation marks."""
    return [_table(source, options, is_whole=False)]


def _table(source: Source, options: ReadOptions, *, is_whole: bool) -> RawTable:
    text, encoding = decode(source.lines(), source.name, options.encoding)
    mark = mark_of(text)
    if mark == "|":
        text = _DOUBLE_BARS.sub(lambda line: line[0].replace("||", "|"), text)
    lines = io.StringIO(text, newline="")
    records = list(records_of(lines, mark, source.name, is_whole=is_whole))
    step = SEMICOLONS if mark == ";" else "encoding"
    dialect = Evidence(step, say("cells are parted by: {mark}", mark=_NAMES[mark]))
    return RawTable(
        rows=tuple(cells for _, cells in records),
        source=source.name,
        lines=tuple(line for line, _ in records),
        evidence=(encoding, dialect),
    )


def mark_of(text: str) -> str:
    """What parts a text's cells, told by its head."""
    return delimiter(text[:HEAD_BYTES]) or ","


def records_of(
    text: TextIO, mark: str, name: str, *, is_whole: bool
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each record's first line, from 1, and its cells. Raises SourceError.

    A text that is not whole may end inside quotation marks.
    """
    csv.field_size_limit(_CELL_CHARACTERS)
    is_over = False

    def lines() -> Iterator[str]:
        nonlocal is_over
        yield from text
        is_over = True

    reader = csv.reader(lines(), delimiter=mark)
    first_line = 1
    try:
        for row in reader:
            # a record ends with its line: only inside of quotation marks is there asked on
            if is_over and is_whole:
                unclosed = say(
                    "line {line} opens a quotation mark and no later one closes it", line=first_line
                )
                raise _not_parted(unclosed, name)
            yield first_line, tuple(row)
            first_line = reader.line_num + 1
    except csv.Error as problem:
        what = say(
            "line {line} cannot be split into cells: {problem}", line=first_line, problem=problem
        )
        raise _not_parted(what, name) from None


def _not_parted(what: Sentence, name: str) -> SourceError:
    return SourceError(
        what, where=name, why=PARTIAL, next=say("look for a quotation mark that is not closed")
    )
