"""The cells a spreadsheet library gives, as exact text: numbers, dates, times, true and false."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from budgetcli.readers.binary import plain_float

_EXACT = 2.0**53
_OFTEN = 9999.0
_AT_ONCE = 512
Row = tuple[str, ...]


class _Texts(dict[float, str]):
    """The texts of numbers; small ones (rates, zeros, years) repeat and are made once."""

    def __missing__(self, number: float) -> str:
        text = _number(number)
        if abs(number) < _OFTEN:
            self[number] = text
        return text


def texts(rows: Iterable[list[Any]]) -> list[Row]:
    """Rows of typed cells, all equally wide, as rows of text.

    The hot path of every spreadsheet: some rows at a time, a column's cells are
    mostly of one kind, and change without a step of Python for each of them.
    """
    found: list[Row] = []
    written = _Texts()
    rows = iter(rows)
    while some := list(islice(rows, _AT_ONCE)):
        columns = [_column(cells, written) for cells in zip(*some, strict=True)]
        found += zip(*columns, strict=True)
    return found


def _column(cells: Sequence[Any], written: _Texts) -> Iterable[str]:
    """Some cells of one column as text; of mixed ones, the numbers are changed together."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        return cells
    if kinds == {float}:
        return _numbers(cells, written)
    numbers = iter(_numbers([cell for cell in cells if cell.__class__ is float], written))
    return [
        cell if cell.__class__ is str else next(numbers) if cell.__class__ is float else _text(cell)
        for cell in cells
    ]


def _numbers(cells: Sequence[float], written: _Texts) -> Iterable[str]:
    """Numbers as `_number` writes each; large whole ones, which seldom repeat, by a shorter way."""
    most = max(cells, default=0)
    if _OFTEN < most <= _EXACT and min(cells) >= -_EXACT and all(map(float.is_integer, cells)):
        return map(repr, map(int, cells))
    return map(written.__getitem__, cells)


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
