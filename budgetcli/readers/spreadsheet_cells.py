"""The cells a spreadsheet library gives, as exact text: numbers, dates, times, true and false."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from budgetcli.readers.binary import plain_float

_EXACT = 2.0**53
_OFTEN = 9999.0
Row = tuple[str, ...]


class _Numbers(dict[float, str]):
    """The texts of numbers; small ones (rates, zeros, years) repeat and are made once."""

    def __missing__(self, number: float) -> str:
        text = _number(number)
        if abs(number) < _OFTEN:
            self[number] = text
        return text


def texts(rows: Iterable[list[Any]]) -> list[Row]:
    """Rows of typed cells as rows of text: the hot loop, so without a call for most cells."""
    numbers = _Numbers()
    return [
        tuple(
            [
                cell
                if cell.__class__ is str
                else (
                    repr(int(cell))
                    if _OFTEN < cell < _EXACT and cell.is_integer()
                    else numbers[cell]
                )
                if cell.__class__ is float
                else _text(cell)
                for cell in row
            ]
        )
        for row in rows
    ]


def _number(number: float) -> str:
    """At most 15 significant digits (whole numbers: all that are exact), without an exponent."""
    if number.is_integer() and abs(number) <= _EXACT:
        return repr(int(number))
    text = f"{number:.15g}"
    return plain_float(number) if "e" in text else text


def _text(cell: object) -> str:
    """A cell that is neither text nor float; a date without a time of day is a date only."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return _duration(cell)
    return str(cell)


def _duration(span: timedelta) -> str:
    """Hours, which may be more than 24, minutes and seconds."""
    minutes, seconds = divmod(abs(round(span.total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    sign = "-" if span < timedelta() else ""
    return f"{sign}{hours}:{minutes:02}:{seconds:02}"
