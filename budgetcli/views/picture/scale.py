"""Where an exact value stands between two ends; the one place a value becomes a float."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import count, takewhile
from typing import NamedTuple

Exact = int | Fraction
# a rate beyond these is drawn at the edge, and said to lie beyond it: one of 40,000 % would leave
# nothing to see of the others
_LEAST_RATE, _MOST_RATE, _WHOLE = -100, 200, 100
_STEPS = 5
_ROUND = (1, 2, 5, 10, 20, 50, 100)


class Scale(NamedTuple):
    """A line from `low` to `high`; both are exact, and `high` is the greater."""

    low: Exact
    high: Exact

    def at(self, value: Exact) -> float:
        """The value's place: 0 at the low end, 1 at the high end."""
        return float(Fraction(value - self.low) / (self.high - self.low))

    @property
    def ticks(self) -> list[Fraction]:
        """Round values for the grid, about five of them: steps of 1, 2 or 5 of a power of ten."""
        step = _round_up(Fraction(self.high - self.low) / _STEPS)
        first = -(-Fraction(self.low) // step) * step
        return list(takewhile(lambda tick: tick <= self.high, (first + n * step for n in count())))


def spanning(values: Iterable[Exact | None], *ends: Exact) -> Scale:
    """From the least to the greatest of what is known and of `ends`."""
    known = [*ends, *(value for value in values if value is not None)]
    low, high = min(known), max(known)
    return Scale(low, high if high > low else low + 1)


def cut(rate: Exact) -> Exact:
    """The rate, or the edge that it lies beyond."""
    return min(max(rate, _LEAST_RATE), _MOST_RATE)


def of_rates(rates: Iterable[Exact | None]) -> Scale:
    """From 0 to 100 per cent, and further to where the rates are."""
    return spanning([cut(rate) for rate in rates if rate is not None], 0, _WHOLE)


def _round_up(value: Fraction) -> Fraction:
    """The least of 1, 2, 5, 10, 20, ... (and 0.5, 0.2, ...) that is not below `value`."""
    power = Fraction(10) ** _magnitude(value)
    return next(times * power for times in _ROUND if times * power >= value)


def _magnitude(value: Fraction) -> int:
    """n where 10**n < value < 10**(n + 2)."""
    return len(str(value.numerator)) - len(str(value.denominator)) - 1
