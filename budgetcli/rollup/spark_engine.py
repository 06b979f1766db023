"""Spark as the engine: the same roll-up of the same ledger, on one machine or on a cluster.

Heads of files are read here, by DuckDB and Python; Spark reads the rows, so all its machines must
see the files under the same path. What lies at an address of the cluster only Spark reads.
"""

from __future__ import annotations

import os
import re
import shutil
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import reduce
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import narwhals as nw

from budgetcli.errors import MissingExtraError, SourceError, UserError
from budgetcli.i18n import say
from budgetcli.readers import Source
from budgetcli.rollup.address import is_in_bucket, is_on_cluster
from budgetcli.rollup.duckdb_engine import DuckDB, NotPlainTextError, held_as
from budgetcli.rollup.expression import DIGITS, Held, Money, Plan, Roll
from budgetcli.rollup.ledger import HEAD, Form, Ledger, form_of, is_gzip, typed_ledger

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_FLAG = "--engine spark"
# what Spark calls otherwise than DuckDB
_TYPES = {"int": "INTEGER"}
# what is not UTF-8 is read by Spark as this, without a word
_UNREADABLE = "\\uFFFD"
_NOT_UTF8 = "budgetcli: not utf-8"
_URL = "://"
_GLOB = re.compile(r"([\\*?\[\]{}])")
_LOOPBACK = "127.0.0.1"
_LOGGING = """\
rootLogger.level = off
rootLogger.appenderRef.stdout.ref = none
appender.none.type = Null
appender.none.name = none
logger.repl.name = org.apache.spark.api.python.PythonGatewayServer
logger.repl.level = off
"""
_SQL = {
    # a sum that has no room is an error, and so is a cast that fails; else they were NULL
    "spark.sql.ansi.enabled": "true",
    # 01 and 1 are two names
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    "spark.sql.files.ignoreMissingFiles": "false",
    "spark.sql.files.ignoreCorruptFiles": "false",
}


class Spark(DuckDB):
    """A Spark application on `master`: one that runs already is used, and left running."""

    name = "spark"

    def __init__(self, spill: Path, master: str) -> None:
        super().__init__(spill)
        self._spill = spill
        self._session, self._is_own = _session(master, spill)

    def close(self) -> None:
        """Let go of files, memory and the machines."""
        super().close()
        if self._is_own:
            self._session.stop()

    def described(self, sources: Sequence[Source]) -> Ledger:
        """The ledger of Parquet files, with its head. Raises SourceError."""
        if form_of(sources[0]) is Form.TABLE:
            raise SourceError(
                say("this table is added up where it lies, not on Spark"),
                where=sources[0].name,
                next=say("leave --engine spark out"),
            )
        if is_in_bucket(sources[0]):
            raise SourceError(
                say("Spark reads no buckets: DuckDB does"),
                where=sources[0].name,
                next=say("leave --engine spark out"),
            )
        if any(map(is_on_cluster, sources)):
            return self._described_there(sources)
        self._refuse_other_columns([str(source.path) for source in sources])
        return super().described(sources)

    def _described_there(self, sources: Sequence[Source]) -> Ledger:
        """The same of what lies on the cluster: its head and its types as Spark reads them."""
        bare = typed_ledger(sources, (), ())
        with _told(bare):
            read = _read(self._session, bare)
            self._refuse_other_types(read.inputFiles())
            columns = [
                (name, held_as(name, _TYPES.get(kind, kind.upper()))) for name, kind in read.dtypes
            ]
            ledger = typed_ledger(sources, columns, ())
            plan = Plan((), (), (), tuple(ledger.held.values()))
            head = read.selectExpr(*_query(ledger, plan, is_copy=True)).limit(HEAD).collect()
        return typed_ledger(sources, columns, [tuple(map(_written, row)) for row in head])

    def _refuse_other_types(self, files: Sequence[str]) -> None:
        first = self._session.read.parquet(files[0]).schema if files else None
        for file in files[1:]:
            if self._session.read.parquet(file).schema != first:
                raise _other_columns(file, files[0])

    def groups(self, ledger: Ledger, plan: Plan, roll: Roll) -> list[tuple[Any, ...]]:
        """The rows of a roll-up; exact numbers stay exact.

        Raises SourceError, UserError; NotPlainTextError where a copy might be read.
        """
        # what was copied is UTF-8, and text in Parquet is too
        is_copy = ledger.form is Form.PARQUET or all(
            Path(file).is_relative_to(self._spill) for file in ledger.files
        )
        _refuse_unseen(ledger)
        with _told(ledger):
            read = _read(self._session, ledger).selectExpr(*_query(ledger, plan, is_copy))
            rolled: DataFrame = roll(nw.from_native(read), plan).to_native()
            return [tuple(row) for row in rolled.collect()]

    def _refuse_other_columns(self, files: list[str]) -> None:
        """Spark takes one file's columns for those of all, and what others lack for NULL."""
        found = self._connection.execute(
            "SELECT file_name, list((name, type, logical_type)) FROM parquet_schema(?) "
            "GROUP BY file_name",
            [files],
        ).fetchall()
        columns = dict(found)
        for file in files:
            if columns[file] != columns[files[0]]:
                raise _other_columns(file, files[0])


def _other_columns(file: str, other: str) -> SourceError:
    return SourceError(
        say("its columns are not those of {other}", other=other),
        where=file,
        why=say("its rows would be added up without what the others have"),
        next=say("leave the file out, or name it by itself"),
    )


def _written(cell: object) -> str:
    """A cell of the head as text."""
    if cell is None:
        return ""
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _session(master: str, spill: Path) -> tuple[SparkSession, bool]:
    """A session with settings of its own, and whether the application was started for it."""
    builder_of = _spark()
    running = builder_of.getActiveSession()
    if running:
        return _configured(running.newSession()), False
    with _quiet(), _told_of_start(master):
        session = _builder(builder_of, master, spill).getOrCreate()
    return _configured(session), True


def _configured(session: SparkSession) -> SparkSession:
    for name, value in _SQL.items():
        session.conf.set(name, value)
    return session


def _builder(session: type[SparkSession], master: str, spill: Path) -> SparkSession.Builder:
    logging = spill / "log4j2.properties"
    logging.write_text(_LOGGING, encoding="utf-8")
    builder = (
        session.Builder()
        .master(master)
        .appName("budgetcli")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.extraJavaOptions", f"-Dlog4j2.configurationFile={logging.as_uri()}")
    )
    if master.startswith("local"):
        builder = builder.config("spark.driver.host", _LOOPBACK)
        builder = builder.config("spark.driver.bindAddress", _LOOPBACK)
    return builder


def _spark() -> type[SparkSession]:
    """Raises MissingExtraError without PySpark, UserError without Java."""
    try:
        with _quiet():
            from pyspark.sql import SparkSession
    except ImportError:
        raise MissingExtraError("spark", say("rolling up on Spark"), where=_FLAG) from None
    home = os.environ.get("JAVA_HOME")
    if not shutil.which("java", path=f"{home}/bin" if home else None):
        raise UserError(
            say("Spark needs Java, and there is no java here"),
            where=_FLAG,
            why=say("Spark is a Java program; PySpark only talks to it"),
            next=say("install Java 17 (apt install openjdk-17-jre-headless), or set JAVA_HOME"),
        )
    return SparkSession


@contextmanager
def _quiet() -> Iterator[None]:
    """PySpark warns of versions of pandas, which nothing here hands to it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def _told_of_start(master: str) -> Iterator[None]:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as problem:
        raise UserError(
            say("Spark does not start on {master}", master=master),
            where="--spark-master",
            seen=(_first_line(problem),),
            next=say("look at the address; local[2] is this machine with two cores"),
        ) from None


@contextmanager
def _told(ledger: Ledger) -> Iterator[None]:
    """Spark's refusal in the user's words."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as problem:
        text = str(problem)
        if _NOT_UTF8 in text:
            raise NotPlainTextError(text) from None
        if "MALFORMED" in text.upper():
            raise SourceError(
                say("a line of it has not as many cells as the others"),
                where=ledger.name,
                seen=(_first_line(problem),),
                why=say("which amount stands in which column cannot be told there"),
                next=say("--engine duckdb names the line; a cell may hold a line break"),
            ) from None
        raise SourceError(
            say("Spark cannot roll it up"),
            where=ledger.name,
            seen=(_first_line(problem),),
            next=say("see whether every machine can read the files under this path"),
        ) from None


def _first_line(problem: Exception) -> Any:
    """The first line that is not the bridge's own."""
    found = [line.strip() for line in str(problem).split("\n") if "[" in line] or [str(problem)]
    return say("{problem}", problem=found[0][:300])


def _refuse_unseen(ledger: Ledger) -> None:
    """Spark skips hidden files without a word, and knows gzip by the name alone."""
    for file in (file for file in ledger.files if _URL not in file):
        name = PurePath(file).name
        is_odd = is_gzip(Source(file, Path(file))) and not name.endswith(".gz")
        if name.startswith(("_", ".")) or is_odd:
            raise SourceError(
                say("Spark does not read a file of this name"),
                where=file,
                why=say("it skips names with _ or . in front, and knows gzip by .gz alone"),
                next=say("give it another name"),
            )


def _read(session: SparkSession, ledger: Ledger) -> DataFrame:
    """All columns in their order; files under one folder of partitions are read together."""
    by_base: dict[str, list[str]] = {}
    for file in ledger.files:
        by_base.setdefault(_base(file), []).append(_path(file))
    frames = (_scan(session, ledger, base, files) for base, files in by_base.items())
    return reduce(lambda one, other: one.unionByName(other), frames)


def _base(file: str) -> str:
    """The folder above those that name columns; of an address without such, Spark finds it."""
    parts = _path(file).split("/")
    folders = parts if _URL in file else parts[:-1]
    named = next((n for n, folder in enumerate(folders) if "=" in folder), None)
    return "" if _URL in file and named is None else "/".join(folders[:named]) + "/"


def _path(file: str) -> str:
    if _URL in file:
        return file
    return "file:" + _GLOB.sub(r"\\\1", str(Path(file).absolute()))


def _scan(session: SparkSession, ledger: Ledger, base: str, files: list[str]) -> DataFrame:
    """What Spark reads the files with: nothing is left to its guessing."""
    reader = session.read
    if base and (ledger.partitions or ledger.form is Form.PARQUET):
        reader = reader.option("basePath", base)
    if ledger.form is Form.PARQUET:
        return reader.parquet(*files)
    schema = ", ".join(f"{_quoted(name)} STRING" for name in ledger.columns)
    if ledger.form is Form.JSON_LINES:
        return reader.json(files, schema=schema, mode="FAILFAST")
    return reader.option("columnPruning", False).csv(
        files,
        schema=schema,
        mode="FAILFAST",  # PERMISSIVE makes NULL of what it cannot read
        sep=ledger.delimiter,
        quote='"',
        escape='"',
        header=ledger.skip > 0,
    )


def _query(ledger: Ledger, plan: Plan, is_copy: bool) -> Iterable[str]:
    """The ledger's columns as text, amounts as they are held, and the casts tried of text."""
    held = {one.column: one for one in plan.money}
    for name in ledger.columns:
        yield f"{_column(name, held.get(name), is_copy)} AS {_quoted(name)}"
    for one in plan.money:
        if one.held is Held.TEXT:
            cell = _quoted(one.column)
            yield f"try_cast({cell} AS {_cast(one)}) AS {_quoted(one.tried)}"


def _column(name: str, money: Money | None, is_copy: bool) -> str:
    cell = _quoted(name)
    if money and money.held is Held.EXACT:
        return cell if money.places else f"CAST({cell} AS DECIMAL(38, 0))"
    text = f"CAST({cell} AS STRING)"
    if money and money.held is Held.FLOAT:
        return _plainly(cell, text)
    if is_copy:
        return text
    found = f"contains({text}, '{_UNREADABLE}')"
    return f"CASE WHEN {found} THEN raise_error('{_NOT_UTF8}') ELSE {text} END"


def _plainly(cell: str, text: str) -> str:
    """A float without the exponent that Java writes from ten million on."""
    number = f"abs(try_cast({cell} AS DOUBLE))"
    digits = f"CAST(try_cast({cell} AS DECIMAL(38, 17)) AS STRING)"
    plain = rf"regexp_replace({digits}, '\\.?0+$', '')"
    has_exponent = f"contains({text}, 'E') AND {number} >= 1e7 AND {number} < 1e15"
    return f"CASE WHEN {has_exponent} THEN {plain} ELSE {text} END"


def _cast(money: Money) -> str:
    """A sum has ten digits more than its amounts: it runs over only beyond 10^10 rows."""
    return f"DECIMAL({DIGITS}, {money.places})" if money.places else f"DECIMAL({DIGITS + 1}, 0)"


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
