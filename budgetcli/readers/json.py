"""JSON and JSON Lines: every list of records in it as a table, numbers exactly as written.

Parses and bounds; which shapes are tables is told in `json_shapes`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice
from json import JSONDecodeError, JSONDecoder
from typing import Any

from budgetcli.errors import TOO_LARGE, NoTableError, SourceError
from budgetcli.i18n import Sentence, say
from budgetcli.model import Evidence, RawTable
from budgetcli.readers.encoding import decode
from budgetcli.readers.json_shapes import (
    MAX_DEPTH,
    Found,
    tables_of,
    tables_of_stream,
)
from budgetcli.readers.json_values import Value, scalars_of
from budgetcli.readers.source import ReadOptions, Source

MAX_BYTES = 64 * 1024 * 1024
MAX_MEMORY = 320_000_000
MAX_TABLES = 1_000
_OBJECT_BYTES, _ARRAY_BYTES, _KEY_BYTES, _VALUE_BYTES = 250, 64, 100, 60
_SPACE = re.compile(r"[ \t\r\n\x1e]*")
_SHOWN, _SEVERAL = 5, 5
_AMOUNT = re.compile(r"-?\d+(?:\.\d+)?")


def read(source: Source, options: ReadOptions) -> list[RawTable]:
    """Every table of a JSON text. Raises SourceError where it is damaged or holds none.

    Rows are numbered as records from 1, the header, which has no record,
    is 0; in JSON Lines the number is the line's.
    """
    text, encoding = decode(_bounded(source), source.name, options.encoding)
    document = _Document(source.name, text.removeprefix("\ufeff"))
    values = list(document.values())
    for value in values:
        _refuse_too_deep(value, source.name)
    found = list(islice(_found(values, document), MAX_TABLES + 1))
    if not found:
        raise _nothing(source.name, values)
    if len(found) > MAX_TABLES:
        raise SourceError(
            say("it holds more than {limit} tables", limit=MAX_TABLES),
            why=TOO_LARGE,
            where=source.name,
            next=say("save the table you need as CSV or XLSX and try again"),
        )
    evidence = (encoding, *document.evidence())
    return [
        _raw(table, number, source.name, evidence, len(found))
        for number, table in enumerate(found, 1)
    ]


def _found(values: list[Value], document: _Document) -> Iterator[Found]:
    if len(values) == 1:
        return tables_of(values[0], document.name)
    return tables_of_stream(values, document.lines, document.name)


def _raw(
    table: Found, number: int, name: str, evidence: tuple[Evidence, ...], count: int
) -> RawTable:
    return RawTable(
        rows=table.rows,
        source=name,
        number=number,
        lines=table.lines,
        before=table.title if count == 1 or not table.path else (*table.title, table.path),
        siblings=table.siblings,
        evidence=(*evidence, Evidence("table", table.shape)),
        alone=count == 1,
    )


def _bounded(source: Source) -> bytes:
    """All bytes, after a look at how much memory their values could take."""
    with source.open() as stream:
        data = stream.read(MAX_BYTES + 1)
    memory = (
        data.count(b"{") * _OBJECT_BYTES
        + data.count(b"[") * _ARRAY_BYTES
        + data.count(b":") * _KEY_BYTES
        + data.count(b",") * _VALUE_BYTES
    )
    if len(data) > MAX_BYTES or memory > MAX_MEMORY:
        raise SourceError(
            say(
                "JSON of more than {limit} MiB, or of this many small values, is not read",
                limit=MAX_BYTES // 2**20,
            ),
            where=source.name,
            why=TOO_LARGE,
            next=say("save it as CSV or Parquet and try again"),
        )
    return data


@dataclass
class _Document:
    """A JSON text while it is parsed: where its values begin, and which keys came twice."""

    name: str
    text: str
    lines: list[int] = field(default_factory=list)
    twice: dict[str, None] = field(default_factory=dict)

    def values(self) -> Iterator[Value]:
        """Its values: one, or many one after the other (JSON Lines)."""
        decoder = JSONDecoder(
            object_pairs_hook=self._object, parse_int=str, parse_float=str, parse_constant=str
        )
        position, line, counted = self._after_space(0), 1, 0
        while position < len(self.text):
            line += self.text.count("\n", counted, position)
            counted = position
            self.lines.append(line)
            value, position = self._next(decoder, position)
            yield value
            position = self._after_space(position)

    def evidence(self) -> tuple[Evidence, ...]:
        """What must be said about the text as a whole."""
        if not self.twice:
            return ()
        keys = ", ".join(list(self.twice)[:_SHOWN])
        said = say("a key stands twice in one object, the last one counts: {keys}", keys=keys)
        return (Evidence("table", said, aloud=True),)

    def _after_space(self, position: int) -> int:
        match = _SPACE.match(self.text, position)
        return match.end() if match else position

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        record = dict(pairs)
        if len(record) < len(pairs):
            counts = Counter(key for key, _ in pairs)
            self.twice |= {key: None for key, count in counts.items() if count > 1}
        return record

    def _next(self, decoder: JSONDecoder, position: int) -> tuple[Value, int]:
        try:
            return decoder.raw_decode(self.text, position)
        except JSONDecodeError as problem:
            raise self._broken(problem) from None
        except RecursionError:
            raise _too_deep(self.name) from None

    def _broken(self, problem: JSONDecodeError) -> SourceError:
        cut = problem.pos >= len(self.text.rstrip()) or problem.msg.startswith("Unterminated")
        what = say("the JSON text ends too early") if cut else say("this is not valid JSON")
        return SourceError(
            what,
            where=self.name,
            seen=(_position(problem),),
            next=say("fetch or save the file again"),
        )


def _position(problem: JSONDecodeError) -> Sentence:
    return say(
        "line {line}, column {column}: {problem}",
        line=problem.lineno,
        column=problem.colno,
        problem=problem.msg,
    )


def _too_deep(name: str) -> SourceError:
    return SourceError(
        say("its values are nested more than {limit} deep", limit=MAX_DEPTH),
        where=name,
        why=TOO_LARGE,
        next=say("save the list of records alone and try again"),
    )


def _refuse_too_deep(value: Value, name: str) -> None:
    """Look at the depth without recursion, so that everything after it may recurse."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for outer in level
            if isinstance(outer, (dict, list))
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, (dict, list))
        ]
        if not level:
            return
    raise _too_deep(name)


def _nothing(name: str, values: list[Value]) -> NoTableError:
    """No list of records: what single values there are may be a server's refusal, so show them."""
    scalars = scalars_of(values[0]) if values else {}
    shown = list(scalars.items())[:_SHOWN]
    return NoTableError(
        say("there is no list of records in this JSON"),
        where=name,
        seen=tuple(say("{key}: {value}", key=key, value=value[:200]) for key, value in shown),
        why=_why_nothing(scalars.values()),
        next=say("name a file that holds a list of objects, one a row"),
    )


def _why_nothing(texts: Collection[str]) -> Sentence:
    """What kind of single values there are instead, where there are several."""
    if len(texts) < _SEVERAL:
        return say("without rows there are no figures to analyse")
    amounts = sum(_AMOUNT.fullmatch(text) is not None for text in texts)
    if not amounts:
        return say("it gives texts to {count} names: there is no amount in it", count=len(texts))
    return say(
        "its {amounts} numbers stand alone under names of their own: none belongs to a division",
        amounts=amounts,
    )
