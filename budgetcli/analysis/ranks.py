"""Places of rows among each other by one exact value; which values and rows is the question's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from budgetcli.report import Value


def ranked(rows: Sequence[Mapping[str, Value]], key: str) -> list[int | None]:
    """Each row's place, the largest value first; equal values share one, unknown ones have none."""
    values = [_number(row[key]) for row in rows]
    places: dict[Fraction, int] = {}
    known = sorted((value for value in values if value is not None), reverse=True)
    for place, value in enumerate(known, 1):
        places.setdefault(value, place)
    return [None if value is None else places[value] for value in values]


def _number(value: Value) -> Fraction | None:
    return Fraction(value) if isinstance(value, int | Fraction) else None
