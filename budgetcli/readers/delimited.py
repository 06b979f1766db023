"""Comma, tab, semicolon and pipe separated text: one table a file."""

from __future__ import annotations

import csv
import io

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
