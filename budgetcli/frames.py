"""Data frames in and out: cells as exact text, answers as typed columns. Nothing else is known of
pandas outside the questions over dates.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from budgetcli.errors import TableError
from budgetcli.fields import FIELDS, Kind
from budgetcli.i18n import say
from budgetcli.measures import decimal
from budgetcli.model import BudgetTable, Evidence, RawTable
from budgetcli.report import Column, Report, Value

# From here on neighbouring whole numbers are one float.
_WHOLE_FLOATS = 2**53
_LONGEST = 2**63


def raw_table(frame: pd.DataFrame, name: str) -> RawTable:
    """The frame's cells as text, its columns' names as the header; named index levels go first.

    Records are numbered from 1, the header is 0. NaN, NaT, NA and None are
    blank cells. A float is written with the digits it shows.
    """
    named = [level for level in frame.index.names if level is not None]
    whole = frame.reset_index(level=named) if named else frame
    heads = [head if isinstance(head, tuple) else (head,) for head in whole.columns]
    header = [tuple(map(str, line)) for line in zip(*heads, strict=True)]
    columns = [[_cell(value) for value in whole.iloc[:, at]] for at in range(whole.shape[1])]
    rows = (*header, *zip(*columns, strict=True))
    first = 1 - len(header)
    said = Evidence("table", say("columns are named by the data frame"))
    return RawTable(rows, name, lines=tuple(range(first, first + len(rows))), evidence=(said,))


def _cell(value: Any) -> str:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    if isinstance(value, float | np.floating):
        return _float(float(value))
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime) and value == datetime.combine(value, datetime.min.time()):
        return value.date().isoformat()
    return str(value)


def _float(value: float) -> str:
    return f"{Decimal(repr(value)):f}".removesuffix(".0") if np.isfinite(value) else str(value)


def refuse_inexact(frame: pd.DataFrame, table: BudgetTable) -> None:
    """Amounts that came as floats must be what they show. Raises TableError for one that is not."""
    money = {column.header for column in table.columns if _is_money(column.field)}
    for name, column in frame.items():
        label = " ".join(name) if isinstance(name, tuple) else str(name)
        inexact = [value for value in column if _is_inexact(value)] if label in money else []
        if inexact:
            raise TableError(
                say("the float {value} is not exactly the amount it shows", value=inexact[0]),
                where=f"{table.source}: {label}",
                seen=(say("it is stored as {exact}", exact=Decimal(float(inexact[0]))),),
                why=say("a float has lost the digits that sums and verdicts need"),
                next=say(
                    "give integers, Decimals or text: read the column with dtype=str, or round it "
                    "where whole amounts are meant"
                ),
            )


def _is_money(field: str | None) -> bool:
    return field is not None and FIELDS[field].kind is Kind.MONEY


def _is_inexact(value: Any) -> bool:
    """Whether it is a float beside the number it is written as, or too large to tell neighbours."""
    if not isinstance(value, float | np.floating) or not np.isfinite(value):
        return False
    number = float(value)
    return abs(number) >= _WHOLE_FLOATS or Decimal(repr(number)) != Decimal(number)


def frame_of(report: Report) -> pd.DataFrame:
    """An answer's rows under the English keys of its columns; the total is not among them.

    Money is in whole currency units: Int64 where every sum of the column
    fits, else exact objects (int, with cents Decimal). Rates are floats in
    per cent, to look at and to draw. Dates are dates; what is unknown is NA.
    """
    columns = {column.key: _column(column, report) for column in report.columns}
    frame = pd.DataFrame(columns)
    context = report.context
    frame.attrs = {
        "source": context.source,
        "as_of": context.as_of,
        "currency": context.unit.currency if context.unit else None,
        "unit": context.unit.name if context.unit else None,
    }
    return frame


def _column(column: Column, report: Report) -> pd.Series[Any]:
    values = [row.get(column.key) for row in report.rows]
    if column.kind is Kind.MONEY:
        return _amounts(values, report.context.scale)
    if column.kind in (Kind.RATE, Kind.POINTS):
        rates = [float(value) if isinstance(value, int | Fraction) else None for value in values]
        return pd.Series(rates, dtype="float64")
    if column.kind is Kind.COUNT:
        return pd.Series(values, dtype="Int64")
    if column.kind is Kind.DATE:
        return pd.Series(pd.to_datetime(pd.Series(values, dtype=object)))
    return pd.Series([_word(value) for value in values], dtype="str")


def _amounts(values: Sequence[Value], scale: int) -> pd.Series[Any]:
    known = [value for value in values if isinstance(value, int)]
    if any(value % 10**scale for value in known):
        exact = [decimal(value, scale) if isinstance(value, int) else None for value in values]
        return pd.Series(exact, dtype=object)
    whole = [value // 10**scale if isinstance(value, int) else None for value in values]
    fits = sum(map(abs, known)) < _LONGEST * 10**scale
    return pd.Series(whole, dtype="Int64" if fits else "object")


def _word(value: Value) -> str | None:
    return None if value is None else str(getattr(value, "value", value))
