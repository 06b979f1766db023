"""Parquet: one table a file, typed values as exact text.

Reads with pyarrow, columns that repeat their strings kept as dictionaries, so
a small file cannot grow large. Ledgers too large for this are rolled up
elsewhere without being read into cells.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from budgetcli.errors import PARTIAL, TOO_LARGE, MissingExtraError, SourceError
from budgetcli.i18n import say
from budgetcli.model import Evidence, RawTable
from budgetcli.readers.binary import plain_float
from budgetcli.readers.parquet_footer import Claim, claim
from budgetcli.readers.source import ReadOptions, Source

if TYPE_CHECKING:
    import pyarrow as pa

MAX_CELLS = 5_000_000
MAX_ROWS = 1_000_000
MAX_COLUMNS = 16_384
MAX_BYTES = 256 * 1024 * 1024
_BATCH = 16_384
_BUFFER = 1 << 20
SHAPE = Evidence("table", say("columns are named and typed by the Parquet file"))
# Midnight is a date that was stored with a time, a fraction of zeros is the column's resolution.
_NO_TIME = re.compile(r"(?: 00:00:00)?(?:\.0+)?\Z")


def read(source: Source, options: ReadOptions) -> list[RawTable]:  # noqa: ARG001 (one signature for all readers)
    """The table, its column names as the first row; records are numbered from 1, the header is 0.

    Raises SourceError where the file is damaged, encrypted, or too large to
    be read into cells, and where pyarrow is not installed.
    """
    _require_pyarrow(source.name)
    if source.head.startswith(b"PARE"):
        raise SourceError(
            say("the Parquet file is encrypted"),
            where=source.name,
            next=say("ask for a copy without encryption"),
        )
    try:
        with source.open() as stream:
            columns = _columns(stream, source.name)
    except _problems() as problem:
        raise _damaged(source.name, problem) from None
    header = tuple(name for name, _ in columns)
    rows = (header, *zip(*(cells for _, cells in columns), strict=True))
    return [
        RawTable(rows=rows, source=source.name, lines=tuple(range(len(rows))), evidence=(SHAPE,))
    ]


def blocks(source: Source, most: int) -> Iterator[tuple[Sequence[tuple[str, ...]], int]]:
    """The column names, then so many records at a time, each with how many bytes are read.

    Raises as `read` does, but for no size.
    """
    _require_pyarrow(source.name)
    import pyarrow.parquet as pq

    try:
        with source.open() as stream:
            file = pq.ParquetFile(stream, pre_buffer=False, buffer_size=_BUFFER)
            yield [tuple(file.schema_arrow.names)], 0
            for batch in file.iter_batches(batch_size=most):
                batch.validate(full=True)
                yield [*zip(*map(_cells, batch.columns), strict=True)], stream.tell()
    except _problems() as problem:
        raise _damaged(source.name, problem) from None


def _problems() -> tuple[type[BaseException], ...]:
    import pyarrow as pa

    return pa.ArrowException, OSError, ValueError, RecursionError, MemoryError


def _require_pyarrow(name: str) -> None:
    try:
        import pyarrow.parquet  # noqa: F401 (asked for here, so that its absence is told plainly)
    except ImportError:
        raise MissingExtraError("parquet", say("reading Parquet"), where=name) from None


def _damaged(name: str, problem: BaseException) -> SourceError:
    return SourceError(
        say("the Parquet file cannot be read"),
        where=name,
        seen=(say("{problem}", problem=str(problem).partition("\n")[0][:200]),),
        why=PARTIAL,
        next=say("fetch or write the file again"),
    )


def _columns(stream: Any, name: str) -> list[tuple[str, list[str]]]:
    """Every column's name and cells."""
    import pyarrow.parquet as pq

    _refuse_too_large(claim(stream), name)
    schema = pq.ParquetFile(stream).schema_arrow
    repeated = [field.name for field in schema if _is_text(field.type)]
    file = pq.ParquetFile(stream, read_dictionary=repeated, pre_buffer=False)
    columns: list[tuple[str, list[str]]] = [(str(field.name), []) for field in schema]
    for batch in file.iter_batches(batch_size=_BATCH):
        batch.validate(full=True)
        for (_, cells), column in zip(columns, batch.columns, strict=True):
            cells += _cells(column)
    return columns


def _refuse_too_large(claimed: Claim, name: str) -> None:
    cells = max(claimed.values, claimed.rows * claimed.columns)
    bounded = claimed.rows <= MAX_ROWS and claimed.columns <= MAX_COLUMNS
    if bounded and cells <= MAX_CELLS and claimed.inflated <= MAX_BYTES:
        return
    raise SourceError(
        say(
            "{rows} rows of {columns} columns are too many to be read into cells",
            rows=claimed.rows,
            columns=claimed.columns,
        ),
        where=name,
        why=TOO_LARGE,
        next=say("roll it up as a ledger, or keep only the columns needed"),
    )


def _is_text(kind: pa.DataType) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_binary(kind))


def _cells(column: pa.Array) -> list[str]:
    """The texts of one column's values, "" for null."""
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        words = _cells(column.dictionary)
        return ["" if place is None else words[place] for place in column.indices.to_pylist()]
    if pa.types.is_float16(column.type) or pa.types.is_float32(column.type):
        return ["" if value is None else _short_float(value) for value in column.to_pylist()]
    if pa.types.is_timestamp(column.type) or pa.types.is_time(column.type):
        texts = column.cast(pa.string()).to_pylist()
        return ["" if text is None else _NO_TIME.sub("", text) for text in texts]
    text = _writer(column.type)
    return ["" if value is None else text(value) for value in column.to_pylist()]


def _writer(kind: pa.DataType) -> Callable[[Any], str]:
    """How a value of this type is written as a cell."""
    import pyarrow as pa

    if pa.types.is_float64(kind):
        return plain_float
    if pa.types.is_decimal(kind):
        return _plain_decimal
    if pa.types.is_boolean(kind):
        return lambda value: "true" if value else "false"
    return _text


def _plain_decimal(value: Decimal) -> str:
    return format(value, "f")


def _short_float(value: float) -> str:
    """A single has seven digits for sure; as a double it shows noise after them."""
    return plain_float(float(f"{value:.7g}"))


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return _letters(value)
    if isinstance(value, (dict, list, tuple)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _letters(value: bytes) -> str:
    """Older writers leave text unmarked; what is no text is shown as its bytes."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.hex()
