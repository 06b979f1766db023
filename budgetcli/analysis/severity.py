"""Who is behind most gravely: by the money behind, then by points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from budgetcli.analysis.question import Question
from budgetcli.report import Value

KEY = "severity"
Line = Mapping[str, Value]


def with_severity(rows: Sequence[Line]) -> tuple[Line, ...]:
    """The rows with `severity`: their place by money behind, then by points; 1 is the gravest.

    Who is not behind has none.
    """
    behind = [row for row in rows if _behind(row["variance"])]
    behind.sort(key=_gravity)
    places = {id(row): place for place, row in enumerate(behind, 1)}
    return tuple({**row, KEY: places.get(id(row))} for row in rows)


def graded(rows: Sequence[Line], question: Question) -> tuple[Line, ...]:
    """`with_severity` where the question sorts by it; the rows as they are where it does not."""
    return with_severity(rows) if by_severity(question) else tuple(rows)


def by_severity(question: Question) -> bool:
    """Whether the rows are wanted in this order, or its reverse."""
    return (question.sort or "").removeprefix("-") == KEY


def _behind(variance: Value) -> bool:
    return isinstance(variance, int | Fraction) and variance < 0


def _gravity(row: Line) -> tuple[Fraction, ...]:
    numbers = (row["shortfall"], row["variance"])
    money, points = (Fraction(n) if isinstance(n, int | Fraction) else Fraction(0) for n in numbers)
    return -money, points
