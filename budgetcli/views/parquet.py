"""Parquet: the answer as typed columns, amounts as exact decimals in the table's own unit.

Keys are English whatever the language: this format is for programs.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, BinaryIO, TypeAlias

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
_Cell: TypeAlias = "Decimal | int | str | date | None"
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
    rows.close()
    return written.getvalue()


def _pyarrow() -> Any:
    try:
        import pyarrow as pa
    except ImportError:
        raise MissingExtraError("parquet", say("writing Parquet"), where="--format") from None
    return pa


class ParquetRows:
    """Rows of a report that come some at a time; `told` is all they take from the report.

    The report's own rows need at least the decimals of all that come. Raises as `draw` does.
    """

    def __init__(self, report: Report, page: Page, out: BinaryIO) -> None:
        self._pa = _pyarrow()
        self._out = out
        self._writer: Any = None
        self._columns = report.columns
        self._numbers = numbers_for(report, page)
        unit, total = unit_shown(report, page), total_row(report)
        self._added = (unit_named(unit) if unit else None, report.context.as_of)
        values = self._values(report.rows if total is None else (*report.rows, total))
        self._places = {key: _most_places(cells) for key, cells in values.items()}
        self._waiting: list[Any] = []
        numbers = self._numbers._replace(scale=0, places=0)
        self.told = (self._columns, numbers, self._added, self._places)

    def write(self, rows: Sequence[Row]) -> bool:
        """The next rows; groups of few would make a large file. False where decimals are more."""
        values = self._values(rows)
        if any(_most_places(cells) > self._places[key] for key, cells in values.items()):
            return False
        self._waiting.append(self._table(values, len(rows)))
        if sum(map(len, self._waiting)) >= _GROUP:
            self._write_group()
        return True

    def finish(self, report: Report) -> None:
        """The total."""
        total = total_row(report)
        self.write(() if total is None else (total,))
        self._write_group()

    def close(self) -> None:
        """The file's end, which pyarrow would else write when nobody expects it."""
        if self._writer:
            self._writer.close()

    def _write_group(self) -> None:
        import pyarrow.parquet as pq

        group = self._pa.concat_tables(self._waiting)
        self._writer = self._writer or pq.ParquetWriter(self._out, group.schema)
        self._writer.write_table(group)
        self._waiting = []

    def _values(self, rows: Sequence[Row]) -> dict[str, list[_Cell]]:
        return {column.key: self._cells(column, rows) for column in self._columns}

    def _cells(self, column: Column, rows: Sequence[Row]) -> list[_Cell]:
        """A column's cells; what stands in many rows is made once."""
        values = [row.get(column.key) for row in rows]
        known = {value: _value(value, column, self._numbers) for value in set(values)}
        return [known[value] for value in values]

    def _table(self, values: Mapping[str, Sequence[_Cell]], count: int) -> Any:
        unit, as_of = self._added
        columns = {column.key: self._array(column, values[column.key]) for column in self._columns}
        columns["unit"] = self._pa.array([unit] * count, self._pa.string())
        columns["as_of"] = self._pa.array([as_of] * count, self._pa.date32())
        return self._pa.table(columns)

    def _array(self, column: Column, values: Sequence[_Cell]) -> Any:
        if column.kind in _EXACT:
            places = self._places[column.key]
            _refuse_long(column, values, places)
            return self._pa.array(values, self._pa.decimal128(_DIGITS, places))
        is_date = column.kind is Kind.DATE
        return self._pa.array(values, self._pa.date32() if is_date else self._pa.string())


def _most_places(values: Iterable[_Cell]) -> int:
    exact = (value for value in values if isinstance(value, Decimal))
    return max(map(_places, exact), default=0)


def _refuse_long(column: Column, values: Iterable[_Cell], places: int) -> None:
    most = 10 ** (_DIGITS - places)
    if any(isinstance(value, Decimal | int) and abs(value) >= most for value in values):
        raise UserError(
            say("{key} holds an amount of more than {most} digits", key=column.key, most=_DIGITS),
            where="--format parquet",
            why=say("it would be written as another number"),
            next=say("write CSV or JSON instead"),
        )


def _value(value: Value, column: Column, numbers: Numbers) -> _Cell:
    if value is None or isinstance(value, date):
        return value
    if column.kind is Kind.MONEY and isinstance(value, int):
        return numbers.exact(value) if numbers.shift else value
    if column.kind in _EXACT and isinstance(value, int | Fraction):
        return numbers.rate(Fraction(value))
    return value.value if isinstance(value, Status | Severity) else one_line(str(value))


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
