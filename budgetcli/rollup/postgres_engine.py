"""PostgreSQL as the engine: the same roll-up, run by the server that holds the table.

The roll-up's query is DuckDB's, in the server's words; only a head and the groups come back.
"""

from __future__ import annotations

import getpass
import os
import re
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import narwhals as nw

from budgetcli.errors import MissingExtraError, SourceError
from budgetcli.i18n import say
from budgetcli.readers import Source
from budgetcli.rollup.address import ON_SERVER, address_of, no_address
from budgetcli.rollup.duckdb_engine import DuckDB, cast_of, quoted
from budgetcli.rollup.expression import Held, Money, Plan, Roll, added_up, all_numbers
from budgetcli.rollup.ledger import HEAD, Ledger, typed_ledger

if TYPE_CHECKING:
    from pg8000.native import Connection

_PORT = 5432
_PATIENCE = 30
_CHECKED = "sslmode=verify-full"
_ROWS = "ledger"
_FLOAT_PLACES = 2
_INTEGERS = ("smallint", "integer", "bigint")
_NUMERIC = re.compile(r"numeric\(\d+,(\d+)\)")
# what a session may have set otherwise and would change what its values look like
_SETTINGS = """
    SET default_transaction_read_only = on; SET datestyle = 'ISO'; SET extra_float_digits = 1;
    SET standard_conforming_strings = on; SET synchronize_seqscans = off
"""
_TABLE = """
    SELECT oid::regclass::text FROM pg_class
    WHERE relname = :name AND pg_table_is_visible(oid)
    OR relnamespace::regnamespace::text || '.' || relname = :name
"""
_COLUMNS = """
    SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
    WHERE attrelid = CAST(:table AS regclass) AND attnum > 0 AND NOT attisdropped ORDER BY attnum
"""


class Postgres(DuckDB):
    """A connection that only reads, to the server that holds one table."""

    name = "postgresql"

    def __init__(self, spill: Path, source: Source) -> None:
        """Raises MissingExtraError, SourceError."""
        self._server = _connected(source)
        self._table = ""
        super().__init__(spill)

    def close(self) -> None:
        """Let go of the server."""
        self._server.close()
        super().close()

    def described(self, sources: Sequence[Source]) -> Ledger:
        """The ledger of the table, with its head. Raises SourceError."""
        with _told(sources[0].name):
            self._table = self._called(sources[0])
            found = self._server.run(_COLUMNS, table=self._table)
            columns = [(name, _held(name, kind)) for name, kind in found]
            texts = ", ".join(f"COALESCE({_text(name)}, '')" for name, _ in columns)
            head = self._fetched(f"SELECT {texts} FROM {self._table} LIMIT {HEAD}")
        return typed_ledger(sources, columns, head)

    def groups(self, ledger: Ledger, plan: Plan, roll: Roll) -> list[tuple[Any, ...]]:
        """The rows of a roll-up; exact numbers stay exact. Raises SourceError."""
        with _told(ledger.name):
            rows = self._fetched(self._query(ledger, plan, roll))
            if roll is not added_up and not all_numbers(rows):
                # a column that holds a NaN is read cell by cell, so that it can be refused
                rows = self._fetched(self._query(ledger, _as_texts(plan), roll))
        return rows

    def _called(self, source: Source) -> str:
        """The table as queries name it. Raises SourceError where there is none."""
        self._server.run(_SETTINGS)
        found = self._server.run(_TABLE, name=address_of(source).table)
        if not found:
            raise SourceError(
                say("there is no such table"),
                where=source.name,
                next=say("check the name behind the #"),
            )
        return str(found[0][0])

    def _fetched(self, query: str) -> list[tuple[Any, ...]]:
        return list(map(tuple, self._server.run(query)))

    def _query(self, ledger: Ledger, plan: Plan, roll: Roll) -> str:
        """The roll-up of a table of the same columns that holds no row, with the rows put in."""
        held = {one.column: one for one in plan.money}
        types = [f"{quoted(name)} {_type(held.get(name))}" for name in ledger.columns]
        types += [f"{quoted(one.tried)} {cast_of(one)}" for one in _texts(plan)]
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {_ROWS} ({', '.join(types)})")
        relation = self._connection.sql(f"FROM {_ROWS}")
        query = roll(nw.from_native(relation), plan).to_native().sql_query()
        return f"WITH {_ROWS} AS ({_rows(ledger, plan, self._table)}) {_translated(query)}"


def _connected(source: Source) -> Connection:
    """The server. Raises MissingExtraError, SourceError."""
    try:
        import sqlglot  # noqa: F401 - needed further on: better told before any work
        from pg8000.native import Connection
    except ImportError:
        purpose = say("reading from PostgreSQL")
        raise MissingExtraError("postgres", purpose, where=source.name) from None
    from pg8000.exceptions import Error

    login = _login(source)
    try:
        # its own time limit would end long queries too
        reached = socket.create_connection((login["host"], login["port"]), _PATIENCE)
        reached.settimeout(None)
        return Connection(**login, sock=reached)
    except (Error, OSError) as problem:
        raise SourceError(
            say("the server cannot be reached"),
            where=source.name,
            seen=(say("{problem}", problem=_message(problem)),),
            next=say("check the address, the user and the password"),
        ) from None


def _login(source: Source) -> dict[str, Any]:
    """Where to knock, and as whom; what the address leaves out is in PGUSER and PGPASSWORD.

    `?sslmode=verify-full` wants the server's certificate checked; else it is
    encrypted where the server can. Raises SourceError.
    """
    parts = urlsplit(address_of(source).file)
    try:
        port = parts.port or _PORT
    except ValueError:
        raise no_address(source, ON_SERVER) from None
    if parts.query not in ("", _CHECKED) or parts.path.count("/") > 1:
        raise no_address(source, ON_SERVER)
    user = unquote(parts.username or "") or os.environ.get("PGUSER") or getpass.getuser()
    return {
        "host": parts.hostname or "localhost",
        "port": port,
        "user": user,
        "password": unquote(parts.password or "") or os.environ.get("PGPASSWORD"),
        "database": unquote(parts.path.strip("/")) or user,
        "ssl_context": ssl.create_default_context() if parts.query else None,
    }


@contextmanager
def _told(name: str) -> Iterator[None]:
    """The server's refusal in the user's words."""
    from pg8000.exceptions import Error

    try:
        yield
    except (Error, OSError) as problem:
        raise SourceError(
            say("the server cannot roll it up"),
            where=name,
            seen=(say("{problem}", problem=_message(problem)),),
            next=say("see whether the user may read the table; its text must be in UTF8"),
        ) from None


def _message(problem: Exception) -> str:
    """The server's own words where it answered with its table of them."""
    said = problem.args[0] if problem.args else ""
    return str(said.get("M", "") if isinstance(said, dict) else problem).partition("\n")[0][:300]


def _held(name: str, kind: str) -> Money | None:
    """How a column of this type holds amounts; None for text and all else that is cast to it."""
    if kind in _INTEGERS:
        return Money(name, Held.EXACT)
    if numeric := _NUMERIC.fullmatch(kind):
        return Money(name, Held.EXACT, int(numeric[1]))
    floats = ("double precision", "real")
    return Money(name, Held.FLOAT, _FLOAT_PLACES) if kind in floats else None


def _type(money: Money | None) -> str:
    """A column's type as DuckDB needs it to write the query."""
    is_exact = money is not None and money.held is Held.EXACT
    return "DECIMAL(38, 0)" if is_exact else "VARCHAR"


def _rows(ledger: Ledger, plan: Plan, table: str) -> str:
    """The table's columns as text, sorted as bytes are; amounts as they are held."""
    exact = {one.column for one in plan.money if one.held is Held.EXACT}
    columns = [
        f"CAST({quoted(name)} AS numeric)" if name in exact else f'{_text(name)} COLLATE "C"'
        for name in ledger.columns
    ]
    names = [quoted(name) for name in ledger.columns]
    for one in _texts(plan):
        # there is no cast that may fail: the guard alone says what is an amount
        columns.append(f"CAST(NULL AS {cast_of(one)})")
        names.append(quoted(one.tried))
    chosen = (f"{column} AS {name}" for column, name in zip(columns, names, strict=True))
    return f"SELECT {', '.join(chosen)} FROM {table}"


def _text(name: str) -> str:
    return f"CAST({quoted(name)} AS text)"


def _texts(plan: Plan) -> list[Money]:
    return [one for one in plan.money if one.held is Held.TEXT]


def _as_texts(plan: Plan) -> Plan:
    """The same with exact amounts read cell by cell as well."""
    texts = (one._replace(held=Held.TEXT) if one.held is Held.EXACT else one for one in plan.money)
    return plan._replace(money=tuple(texts))


def _translated(query: str) -> str:
    """DuckDB's query in PostgreSQL's words."""
    import sqlglot
    from sqlglot import exp

    tree = sqlglot.parse_one(query, read="duckdb")
    for count in list(tree.find_all(exp.Count)):
        count.set("this", count.this or exp.Star())
    for among in list(tree.find_all(exp.ArrayContains)):
        among.replace(exp.EQ(this=among.expression, expression=exp.Any(this=among.this)))
    return tree.sql("postgres")
