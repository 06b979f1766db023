"""Comma, tab, semicolon and pipe separated text: one table a file."""

from __future__ import annotations

import csv
import io

from budgetcli.errors import PARTIAL, TOO_LARGE, SourceError
from budgetcli.i18n import say
from budgetcli.model import SEMICOLONS, Evidence, RawTable
from budgetcli.patterns import lazy
from budgetcli.readers.dialect import delimiter
from budgetcli.readers.encoding import decode
from budgetcli.readers.source import HEAD_BYTES, ReadOptions, Source

_NAMES = {",": say("comma"), "\t": say("tab"), ";": say("semicolon"), "|": say("pipe")}
_CELL_CHARACTERS = 1_000_000
_LINE_BYTES = 4 << 20
# a wiki doubles the bars of its header: || Division || Budget ||
_DOUBLE_BARS = lazy(r"(?m)^\|\|.*\|\|[ \t]*$")


def read(source: Source, options: ReadOptions) -> list[RawTable]:
    """The one table of a delimited text. Raises SourceError where it cannot be parsed."""
    data = source.everything()
    _refuse_endless_line(data, source.name)
    text, encoding = decode(data, source.name, options.encoding)
    mark = delimiter(text[:HEAD_BYTES]) or ","
    if mark == "|":
        text = _DOUBLE_BARS.sub(lambda line: line[0].replace("||", "|"), text)
    csv.field_size_limit(_CELL_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    first_line = 1
    try:
        for row in reader:
            rows.append(tuple(row))
            lines.append(first_line)
            first_line = reader.line_num + 1
    except csv.Error as problem:
        raise SourceError(
            say(
                "line {line} cannot be split into cells: {problem}",
                line=first_line,
                problem=problem,
            ),
            where=source.name,
            why=PARTIAL,
            next=say("look for a quotation mark that is not closed"),
        ) from None
    step = SEMICOLONS if mark == ";" else "encoding"
    dialect = Evidence(step, say("cells are parted by: {mark}", mark=_NAMES[mark]))
    return [
        RawTable(
            rows=tuple(rows), source=source.name, lines=tuple(lines), evidence=(encoding, dialect)
        )
    ]


def _refuse_endless_line(data: bytes, name: str) -> None:
    """Millions of cells in one row fill any memory. A line break is one byte in every encoding."""
    start = 0
    while len(data) - start > _LINE_BYTES:
        end = start + _LINE_BYTES
        start = 1 + max(data.rfind(mark, start, end) for mark in (b"\n", b"\r"))
        if not start:
            raise SourceError(
                say("it has a line of more than {limit} MB", limit=_LINE_BYTES >> 20),
                where=name,
                why=TOO_LARGE,
                next=say("save it with one row a line"),
            )
