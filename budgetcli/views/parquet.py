"""Parquet: the answer as typed columns, amounts as exact decimals in the table's own unit.

Keys are English whatever the language: this format is for programs.
"""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from budgetcli.errors import MissingExtraError, UserError
from budgetcli.fields import Kind
from budgetcli.i18n import say
from budgetcli.measures import Status
from budgetcli.model import Severity
from budgetcli.report import Column, Report, Value
from budgetcli.views import Page
from budgetcli.views.cells import Row, numbers_for, one_line, total_row, unit_shown
from budgetcli.views.numbers import Numbers, unit_named

if TYPE_CHECKING:
    import pyarrow as pa

_DIGITS = 38
_EXACT = (Kind.MONEY, Kind.RATE, Kind.POINTS)


def draw(report: Report, page: Page) -> bytes:
    """The rows, then the total, then unit and as_of as columns of their own.

    Raises MissingExtraError without pyarrow, UserError for an amount of more
    than 38 digits.
    """
    pa = _pyarrow()
    import pyarrow.parquet as pq

    numbers = numbers_for(report, page)
    total = total_row(report)
    rows = report.rows if total is None else (*report.rows, total)
    columns = {column.key: _column(column, rows, numbers, pa) for column in report.columns}
    unit = unit_shown(report, page)
    columns["unit"] = pa.array([unit_named(unit) if unit else None] * len(rows), pa.string())
    columns["as_of"] = pa.array([report.context.as_of] * len(rows), pa.date32())
    written = io.BytesIO()
    pq.write_table(pa.table(columns), written)
    return written.getvalue()


def _pyarrow() -> Any:
    try:
        import pyarrow as pa
    except ImportError:
        raise MissingExtraError("parquet", say("writing Parquet"), where="--format") from None
    return pa


def _column(column: Column, rows: tuple[Row, ...], numbers: Numbers, pa: Any) -> pa.Array:
    values = [_value(row.get(column.key), column, numbers) for row in rows]
    if column.kind in _EXACT:
        exact = [value for value in values if isinstance(value, Decimal)]
        places = max((_places(value) for value in exact), default=0)
        if any(_whole_digits(value) + places > _DIGITS for value in exact):
            raise UserError(
                say(
                    "{key} holds an amount of more than {most} digits", key=column.key, most=_DIGITS
                ),
                where="--format parquet",
                why=say("it would be written as another number"),
                next=say("write CSV or JSON instead"),
            )
        return pa.array(values, pa.decimal128(_DIGITS, places))
    return pa.array(values, pa.date32() if column.kind is Kind.DATE else pa.string())


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
