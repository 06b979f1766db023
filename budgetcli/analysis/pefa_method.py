"""PEFA's arithmetic, exact: heads, adjusted budgets, composition variance, scores.

PI-1.1 and PI-2.1 to PI-2.3 of the 2016 framework. Tables, words and refusals are `pefa`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

MOST_HEADS = 20
SHARE_OF_LARGEST = 75
# one odd year of three is forgiven
NEEDED = 2


class Head(NamedTuple):
    """One line of a year's composition; amounts are integers in one grain."""

    name: str
    budget: int
    outturn: int


class Line(NamedTuple):
    """A head with its adjusted budget and how far its outturn is from it, exact."""

    head: Head
    adjusted: Fraction
    deviation: Fraction


class Composition(NamedTuple):
    """A year's lines and their variance in per cent; None where no more than 0 was spent."""

    lines: tuple[Line, ...]
    variance: Fraction | None


def outturn_rate(heads: Iterable[Head]) -> Fraction | None:
    """Σ outturn in per cent of Σ budget; None over nothing, or over less."""
    listed = [*heads]
    budget = sum(head.budget for head in listed)
    return Fraction(100 * sum(head.outturn for head in listed), budget) if budget > 0 else None


def gathered(heads: Sequence[Head], others: str) -> list[Head]:
    """The heads by budget, the largest first; beyond 20, the small ones as one line `others`.

    Kept apart are the 20 largest, or as many more as make 75 per cent of the
    budget together.
    """
    ordered = sorted(heads, key=lambda head: -head.budget)
    kept = min(len(ordered), max(MOST_HEADS, _largest(ordered)))
    rest = ordered[kept:]
    if not rest:
        return ordered
    budget, outturn = sum(head.budget for head in rest), sum(head.outturn for head in rest)
    return [*ordered[:kept], Head(others, budget, outturn)]


def _largest(ordered: Sequence[Head]) -> int:
    """How many of the largest make 75 per cent."""
    whole, gone = sum(head.budget for head in ordered), 0
    for count, head in enumerate(ordered, 1):
        gone += head.budget
        if 100 * gone >= SHARE_OF_LARGEST * whole:
            return count
    return len(ordered)


def composition(heads: Sequence[Head]) -> Composition:
    """f = Σ outturn ÷ Σ budget; each budget · f; Σ |outturn − budget · f| ÷ Σ (budget · f)."""
    reached = outturn_rate(heads)
    if reached is None or reached <= 0:
        return Composition((), None)
    lines = [_line(head, reached / 100) for head in heads]
    adjusted = sum((line.adjusted for line in lines), Fraction(0))
    deviated = sum((abs(line.deviation) for line in lines), Fraction(0))
    return Composition(tuple(lines), 100 * deviated / adjusted)


def _line(head: Head, factor: Fraction) -> Line:
    adjusted = head.budget * factor
    return Line(head, adjusted, head.outturn - adjusted)


def aggregate_score(rates: Sequence[Fraction | None]) -> str | None:
    """PI-1.1: outturn within 95-105, 90-110, 85-115 per cent in two of three years."""
    distances = [None if rate is None else abs(rate - 100) for rate in rates]
    return _in_most_years(distances, {"A": 5, "B": 10, "C": 15}, inclusive=True)


def composition_score(variances: Sequence[Fraction | None]) -> str | None:
    """PI-2.1 and PI-2.2: variance under 5, 10, 15 per cent in two of three years."""
    return _in_most_years(variances, {"A": 5, "B": 10, "C": 15}, inclusive=False)


def _in_most_years(
    values: Sequence[Fraction | None], limits: Mapping[str, int], *, inclusive: bool
) -> str | None:
    """The best score whose limit enough years keep; None where a year is not known."""
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values):
        return None
    for score, limit in limits.items():
        kept = [value < limit or (inclusive and value == limit) for value in known]
        if sum(kept) >= min(NEEDED, len(known)):
            return score
    return "D"


def contingency_score(mean: Fraction | None) -> str | None:
    """PI-2.3: under 3 per cent of the budget A, 3 to 6 with both ends B, then under 10 C."""
    if mean is None:
        return None
    if mean < 3:
        return "A"
    if mean <= 6:
        return "B"
    return "C" if mean < 10 else "D"


def mean_of(rates: Sequence[Fraction | None]) -> Fraction | None:
    """The simple average over the years; None where a year is not known."""
    known = [rate for rate in rates if rate is not None]
    if not known or len(known) < len(rates):
        return None
    return sum(known, Fraction(0)) / len(known)
