"""Comma, tab, semicolon and pipe separated text: one table a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TextIO

from budgetcli.errors import PARTIAL, SourceError
from budgetcli.i18n import say
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
    text, encoding = decode(source.lines(), source.name, options.encoding)
    mark = mark_of(text)
    if mark == "|":
        text = _DOUBLE_BARS.sub(lambda line: line[0].replace("||", "|"), text)
    records = list(records_of(io.StringIO(text, newline=""), mark, source.name))
    step = SEMICOLONS if mark == ";" else "encoding"
    dialect = Evidence(step, say("cells are parted by: {mark}", mark=_NAMES[mark]))
    return [
        RawTable(
            rows=tuple(cells for _, cells in records),
            source=source.name,
            lines=tuple(line for line, _ in records),
            evidence=(encoding, dialect),
        )
    ]


def mark_of(text: str) -> str:
    """What parts a text's cells, told by its head."""
    return delimiter(text[:HEAD_BYTES]) or ","


def records_of(text: TextIO, mark: str, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each record's first line, from 1, and its cells. Raises SourceError."""
    csv.field_size_limit(_CELL_CHARACTERS)
    reader = csv.reader(text, delimiter=mark)
    first_line = 1
    try:
        for row in reader:
            yield first_line, tuple(row)
            first_line = reader.line_num + 1
    except csv.Error as problem:
        raise SourceError(
            say(
                "line {line} cannot be split into cells: {problem}",
                line=first_line,
                problem=problem,
            ),
            where=name,
            why=PARTIAL,
            next=say("look for a quotation mark that is not closed"),
        ) from None
