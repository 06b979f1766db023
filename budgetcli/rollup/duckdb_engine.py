"""DuckDB as the engine: opens a ledger as a frame, runs the roll-up, says what went wrong.

It reads nothing from the network and fetches no extension.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb
import narwhals as nw

from budgetcli.errors import SourceError, UserError
from budgetcli.i18n import say
from budgetcli.readers import Source
from budgetcli.rollup.address import address_of, is_in_bucket, is_on_cluster
from budgetcli.rollup.expression import DIGITS, Held, Money, Plan, Roll
from budgetcli.rollup.ledger import FIRST, Form, Ledger, ragged, typed_ledger

_MEMORY = "256MB"
_ATTACHED = "attached"
_FLOAT_PLACES = 2
_LINE_BYTES = 2_000_000
_INTEGERS = frozenset(
    f"{sign}{size}INT" for sign in ("", "U") for size in ("TINY", "SMALL", "BIG", "HUGE")
) | {"INTEGER", "UINTEGER"}
_DECIMAL = re.compile(r"DECIMAL\(\d+,(\d+)\)")
_FOLDERS = ", hive_partitioning=true, hive_types_autocast=false"
_LINE = re.compile(r"CSV Error on Line: (\d+)")
_FILE = re.compile(r"file = (.*)")
_FOUND = re.compile(r"Expected Number of Columns: (\d+) Found: (\d+)")
_NOT_UTF8 = "not utf-8 encoded"
_NO_LINES = "invalid state"


class NotPlainTextError(Exception):
    """The text is not what its head promised: another encoding, or several kinds of newlines."""


class DuckDB:
    """An embedded database without a file of its own; what has no room goes to `spill`."""

    name = "duckdb"

    def __init__(self, spill: Path) -> None:
        self._connection = duckdb.connect(
            config={
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "memory_limit": _MEMORY,
                "temp_directory": str(spill / "spilled"),
            }
        )
        # it would stand in the answer: DuckDB draws it on stdout
        self._connection.execute("SET enable_progress_bar = false")

    def close(self) -> None:
        """Let go of files and memory."""
        self._connection.close()

    def described(self, sources: Sequence[Source]) -> Ledger:
        """The ledger of Parquet files or of a DuckDB table, with its head. Raises SourceError."""
        for source in filter(is_on_cluster, sources):
            raise SourceError(
                say("only Spark reads this address"),
                where=source.name,
                next=say("add --engine spark and, with --spark-master, where it runs"),
            )
        if is_in_bucket(sources[0]):
            self._reach_buckets(sources[0].name)
        bare = typed_ledger(sources, (), ())
        try:
            if bare.form is Form.TABLE:
                file = _literal(address_of(sources[0]).file)
                self._connection.execute(f"ATTACH {file} AS {_ATTACHED} (READ_ONLY)")
            relation = self._connection.sql(f"SELECT * FROM {_scan(bare)}")
            columns = [
                (name, held_as(name, str(kind)))
                for name, kind in zip(relation.columns, relation.types, strict=True)
            ]
            ledger = typed_ledger(sources, columns, ())
            return typed_ledger(sources, columns, self.records(ledger, FIRST))
        except duckdb.Error as problem:
            raise _told(problem, bare) from None

    def _reach_buckets(self, name: str) -> None:
        try:
            self._connection.execute("LOAD httpfs")
        except duckdb.Error:
            raise SourceError(
                say("buckets are read by DuckDB's extension httpfs, which is not installed"),
                where=name,
                why=say("nothing is downloaded while the program runs"),
                next=say(
                    "install it once where there is a network: {command}",
                    command="python -c \"import duckdb; duckdb.sql('INSTALL httpfs')\"",
                ),
            ) from None
        for setting in _endpoint():
            self._connection.execute(f"SET {setting}")

    def records(self, ledger: Ledger, most: int) -> list[tuple[str, ...]]:
        """The first records as text, in their order."""
        columns = ", ".join(f"COALESCE({_text(name)}, '')" for name in ledger.columns)
        query = f"SELECT {columns} FROM {_scan(ledger)} LIMIT {most}"
        found: list[tuple[str, ...]] = self._connection.execute(query).fetchall()
        return found

    def groups(self, ledger: Ledger, plan: Plan, roll: Roll) -> list[tuple[Any, ...]]:
        """The rows of a roll-up; exact numbers stay exact.

        Raises SourceError, UserError; NotPlainTextError where a copy might be read.
        """
        if ledger.form is Form.DELIMITED:
            _refuse_endless_end(ledger)
        try:
            with _without_pandas():
                relation = self._connection.sql(_query(ledger, plan))
                rolled = roll(nw.from_native(relation), plan).to_native()
                found: list[tuple[Any, ...]] = rolled.fetchall()
        except duckdb.Error as problem:
            raise _told(problem, ledger) from None
        except UnicodeDecodeError:
            raise _too_long(ledger) from None
        return found


def _endpoint() -> Iterator[str]:
    """The settings for a store of one's own, named as for other programs; DuckDB asks Amazon."""
    told = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    if told:
        address = urlsplit(told)
        yield f"s3_endpoint = {_literal(address.netloc)}"
        yield f"s3_use_ssl = {str(address.scheme != 'http').lower()}"
        yield "s3_url_style = 'path'"


def _query(ledger: Ledger, plan: Plan) -> str:
    """The ledger's columns as text, amounts as they are held, and the casts tried of text."""
    exact = {one.column for one in plan.money if one.held is Held.EXACT}
    columns = [quoted(name) if name in exact else _as_text(name) for name in ledger.columns]
    columns += [
        f"TRY_CAST({quoted(one.column)} AS {cast_of(one)}) AS {quoted(one.tried)}"
        for one in plan.money
        if one.held is Held.TEXT
    ]
    return f"SELECT {', '.join(columns)} FROM {_scan(ledger)}"


@contextmanager
def _without_pandas() -> Iterator[None]:
    """DuckDB imports pandas to see whether a constant is one of its values; here none is.

    The import takes longer than most roll-ups. Where it was made already, nothing changes.
    """
    if "pandas" in sys.modules:
        yield
        return
    sys.modules["pandas"] = None  # type: ignore[assignment] # so Python says: there is none
    try:
        yield
    finally:
        del sys.modules["pandas"]


def _refuse_endless_end(ledger: Ledger) -> None:
    """DuckDB passes over a last line that fills buffers of its own, without a word."""
    for file in ledger.files:
        with Path(file).open("rb") as stream:
            size = stream.seek(0, 2)
            stream.seek(max(0, size - _LINE_BYTES))
            end = stream.read(_LINE_BYTES - 1)
        if size > _LINE_BYTES and b"\n" not in end and b"\r" not in end:
            raise _too_long(ledger._replace(name=file))


def _too_long(ledger: Ledger) -> SourceError:
    """DuckDB quotes a line it has no room for, cut in the middle of a character."""
    return SourceError(
        say("a line of it is longer than {limit} MB", limit=_LINE_BYTES // 10**6),
        where=ledger.name,
        why=say("no ledger has such a line: a quotation mark may not be closed"),
        next=say("look for the line and mend it"),
    )


def cast_of(money: Money) -> str:
    """The type a plain amount in text is cast to."""
    return f"DECIMAL({DIGITS}, {money.places})" if money.places else "BIGINT"


def held_as(name: str, kind: str) -> Money | None:
    """How a column of this type holds amounts; None for text and all else that is cast to it."""
    if decimal := _DECIMAL.fullmatch(kind):
        return Money(name, Held.EXACT, int(decimal[1]))
    if kind in _INTEGERS:
        return Money(name, Held.EXACT)
    return Money(name, Held.FLOAT, _FLOAT_PLACES) if kind in ("DOUBLE", "FLOAT") else None


def _text(name: str) -> str:
    return f"CAST({quoted(name)} AS VARCHAR)"


def _as_text(name: str) -> str:
    return f"{_text(name)} AS {quoted(name)}"


def quoted(name: str) -> str:
    """A column's name in a query."""
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _scan(ledger: Ledger) -> str:
    """What DuckDB reads the ledger with: nothing is left to its sniffing."""
    files = "[" + ", ".join(map(_literal, ledger.files)) + "]"
    own = ledger.columns[: len(ledger.columns) - len(ledger.partitions)]
    columns = ", ".join(f"{_literal(name)}: 'VARCHAR'" for name in own)
    if ledger.form is Form.DELIMITED:
        return (
            f"read_csv({files}, auto_detect=false, header=false, skip={ledger.skip}, "
            f"delim={_literal(ledger.delimiter)}, quote='\"', escape='\"', "
            f"columns={{{columns}}}{_FOLDERS})"
        )
    if ledger.form is Form.JSON_LINES:
        return (
            f"read_json({files}, format='newline_delimited', auto_detect=false, "
            f"columns={{{columns}}}{_FOLDERS})"
        )
    if ledger.form is Form.PARQUET:
        return f"read_parquet({files}{_FOLDERS})"
    return f"{_ATTACHED}.{quoted(address_of(Source(ledger.name, ledger.files[0])).table)}"


def _told(problem: duckdb.Error, ledger: Ledger) -> UserError | NotPlainTextError:
    """DuckDB's refusal in the user's words."""
    text = str(problem)
    if _NOT_UTF8 in text or _NO_LINES in text:
        return NotPlainTextError(text)
    if isinstance(problem, duckdb.OutOfMemoryException):
        return UserError(
            say("there is not enough memory or disk to roll it up"),
            where=ledger.name,
            seen=(say("{problem}", problem=text.partition("\n")[0][:200]),),
            why=say("sums of the rows that had room would be too small"),
            next=say("group by fewer names, or make room in the folder TMPDIR"),
        )
    line = _LINE.search(text)
    file = _FILE.search(text)
    where = file[1].strip() if file and len(ledger.files) > 1 else ledger.name
    if line and (found := _FOUND.search(text)):
        return ragged(where, line[1], found[2], found[1])
    lines = [part for part in text.split("\n") if part.strip() and not part.startswith("Original")]
    return SourceError(
        say("line {line} cannot be read", line=line[1]) if line else say("it cannot be read"),
        where=where,
        seen=(say("{problem}", problem=" ".join(lines[:2])[:300]),),
        next=say("fetch or write the file again"),
    )
