"""DuckDB as the engine: opens a ledger as a frame, runs the roll-up, says what went wrong.

It reads nothing from the network and fetches no extension.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import narwhals as nw

from budgetcli.errors import SourceError, UserError
from budgetcli.i18n import say
from budgetcli.rollup.expression import DIGITS, Held, Money, Plan, rolled_up
from budgetcli.rollup.ledger import Form, Ledger

_MEMORY = "256MB"
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

    def close(self) -> None:
        """Let go of files and memory."""
        self._connection.close()

    def groups(self, ledger: Ledger, plan: Plan) -> list[tuple[Any, ...]]:
        """The rows of the roll-up; exact numbers stay exact.

        Raises SourceError, UserError; NotPlainTextError where a copy might be read.
        """
        try:
            with _without_pandas():
                relation = self._connection.sql(_query(ledger, plan))
                rolled = rolled_up(nw.from_native(relation), plan).to_native()
                found: list[tuple[Any, ...]] = rolled.fetchall()
        except duckdb.Error as problem:
            raise _told(problem, ledger) from None
        except UnicodeDecodeError:
            raise _too_long(ledger) from None
        return found


def _query(ledger: Ledger, plan: Plan) -> str:
    """The ledger's columns as text, amounts as they are held, and the casts tried of text."""
    exact = {one.column for one in plan.money if one.held is Held.EXACT}
    columns = [_quoted(name) if name in exact else _as_text(name) for name in ledger.columns]
    columns += [
        f"TRY_CAST({_quoted(one.column)} AS {_cast(one)}) AS {_quoted(one.tried)}"
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


def _too_long(ledger: Ledger) -> SourceError:
    """DuckDB quotes a line it has no room for, cut in the middle of a character."""
    return SourceError(
        say("a line of it is longer than {limit} MB", limit=2),
        where=ledger.name,
        why=say("no ledger has such a line: a quotation mark may not be closed"),
        next=say("look for the line and mend it"),
    )


def _cast(money: Money) -> str:
    return f"DECIMAL({DIGITS}, {money.places})" if money.places else "BIGINT"


def _as_text(name: str) -> str:
    return f"CAST({_quoted(name)} AS VARCHAR) AS {_quoted(name)}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _scan(ledger: Ledger) -> str:
    """What DuckDB reads the ledger with: nothing is left to its sniffing."""
    files = "[" + ", ".join(map(_literal, ledger.files)) + "]"
    columns = ", ".join(f"{_literal(name)}: 'VARCHAR'" for name in ledger.columns)
    if ledger.form is Form.DELIMITED:
        return (
            f"read_csv({files}, auto_detect=false, header=false, skip={ledger.skip}, "
            f"delim={_literal(ledger.delimiter)}, quote='\"', escape='\"', "
            f"columns={{{columns}}})"
        )
    if ledger.form is Form.JSON_LINES:
        return (
            f"read_json({files}, format='newline_delimited', auto_detect=false, "
            f"columns={{{columns}}})"
        )
    return f"read_parquet({files})"


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
            next=say("group by fewer names, or make room in the folder TMPDIR"),
        )
    line = _LINE.search(text)
    file = _FILE.search(text)
    where = file[1].strip() if file and len(ledger.files) > 1 else ledger.name
    if line and (found := _FOUND.search(text)):
        return SourceError(
            say(
                "line {line} has {found} cells and not {expected}",
                line=line[1],
                found=found[2],
                expected=found[1],
            ),
            where=where,
            why=say("which amount stands in which column cannot be told there"),
            next=say("mend or take out the line"),
        )
    lines = [part for part in text.split("\n") if part.strip() and not part.startswith("Original")]
    return SourceError(
        say("line {line} cannot be read", line=line[1]) if line else say("it cannot be read"),
        where=where,
        seen=(say("{problem}", problem=" ".join(lines[:2])[:300]),),
        next=say("fetch or write the file again"),
    )
