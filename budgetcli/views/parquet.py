"""Parquet: the answer as typed columns, amounts as exact decimals in the table's own unit.

Keys are English whatever the language: this format is for programs.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, BinaryIO

from budgetcli.errors import MissingExtraError, UserError
from budgetcli.fields import Kind
from budgetcli.i18n import say
from budgetcli.measures import Status
from budgetcli.model import Severity
from budgetcli.report import Column, Report, Value
from budgetcli.views import Page
from budgetcli.views.cells import Row, numbers_for, one_line, total_row, unit_shown
from budgetcli.views.numbers import Numbers, unit_named

_DIGITS = 38
_GROUP = 1 << 16
_EXACT = (Kind.MONEY, Kind.RATE, Kind.POINTS)


def draw(report: Report, page: Page) -> bytes:
    """The rows, then the total, then unit and as_of as columns of their own.

    Raises MissingExtraError without pyarrow, UserError for an amount of more
    than 38 digits.
    """
    written = io.BytesIO()
    rows = ParquetRows(report, page, written)
    rows.write(report.rows)
    rows.finish(report)
    return written.getvalue()


class ParquetRows:
    """Rows of a report that come some at a time; `told` is all they take from the report.

    The report's own rows need at least the decimals of all that come. Raises as `draw` does.
    """

    def __init__(self, report: Report, page: Page, out: BinaryIO) -> None:
        self._pa = _pyarrow()
        import pyarrow.parquet as pq

        self._columns = report.columns
        self._numbers = numbers_for(report, page)
        unit, total = unit_shown(report, page), total_row(report)
        self._added = (unit_named(unit) if unit else None, report.context.as_of)
        rows = report.rows if total is None else (*report.rows, total)
        self._places = {column.key: self._places_of(column, rows) for column in report.columns}
        self._waiting: list[Any] = []
        self.told = (
            self._columns,
            self._numbers._replace(scale=0, places=0),
            self._added,
            self._places,
        )
        self._writer = pq.ParquetWriter(out, self._table(()).schema)

    def write(self, rows: Sequence[Row]) -> None:
        """The next rows; groups of too few would make a large file."""
        self._waiting.append(self._table(rows))
        if sum(map(len, self._waiting)) >= _GROUP:
            self._write_group()

    def finish(self, report: Report) -> None:
        """The total, and the file's end."""
        total = total_row(report)
        self.write(() if total is None else (total,))
        self._write_group()
        self._writer.close()

    def _write_group(self) -> None:
        if any(map(len, self._waiting)):
            self._writer.write_table(self._pa.concat_tables(self._waiting))
        self._waiting = []

    def _table(self, rows: Sequence[Row]) -> Any:
        unit, as_of = self._added
        columns = {column.key: self._column(column, rows) for column in self._columns}
        columns["unit"] = self._pa.array([unit] * len(rows), self._pa.string())
        columns["as_of"] = self._pa.array([as_of] * len(rows), self._pa.date32())
        return self._pa.table(columns)

    def _places_of(self, column: Column, rows: Sequence[Row]) -> int:
        values = (_value(row.get(column.key), column, self._numbers) for row in rows)
        return max((_places(value) for value in values if isinstance(value, Decimal)), default=0)

    def _column(self, column: Column, rows: Sequence[Row]) -> Any:
        values = [_value(row.get(column.key), column, self._numbers) for row in rows]
        if column.kind in _EXACT:
            places = self._places[column.key]
            _refuse_long(column, values, places)
            return self._pa.array(values, self._pa.decimal128(_DIGITS, places))
        is_date = column.kind is Kind.DATE
        return self._pa.array(values, self._pa.date32() if is_date else self._pa.string())


def _pyarrow() -> Any:
    try:
        import pyarrow as pa
    except ImportError:
        raise MissingExtraError("parquet", say("writing Parquet"), where="--format") from None
    return pa


def _refuse_long(column: Column, values: Iterable[object], places: int) -> None:
    exact = (value for value in values if isinstance(value, Decimal))
    if any(_whole_digits(value) + places > _DIGITS for value in exact):
        raise UserError(
            say("{key} holds an amount of more than {most} digits", key=column.key, most=_DIGITS),
            where="--format parquet",
            why=say("it would be written as another number"),
            next=say("write CSV or JSON instead"),
        )


def _value(value: Value, column: Column, numbers: Numbers) -> Decimal | str | date | None:
    if value is None or isinstance(value, date):
        return value
    if column.kind is Kind.MONEY and isinstance(value, int):
        return numbers.exact(value)
    if column.kind in _EXACT and isinstance(value, int | Fraction):
        return numbers.rate(Fraction(value))
    return value.value if isinstance(value, Status | Severity) else one_line(str(value))


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _whole_digits(value: Decimal) -> int:
    return len(value.as_tuple().digits) - _places(value)
