"""Rates, balances and verdicts, exact. Formulas are FIELD.md's; rounding is for the eye alone."""

from __future__ import annotations

from decimal import MAX_PREC, Context, Decimal
from enum import Enum
from fractions import Fraction

_ANY_LENGTH = Context(prec=MAX_PREC)


class Status(Enum):
    """How a division stands; the value is the word programs read."""

    ON_TRACK = "on_track"
    LAGGING = "lagging"
    OVERSPENT = "overspent"
    UNKNOWN = "unknown"


def rate(part: int | None, whole: int | None) -> Fraction | None:
    """`part` in per cent of `whole` (집행률 = 지출액 ÷ 예산현액); None over nothing or unknowns."""
    if part is None or not whole:
        return None
    return Fraction(100 * part, whole)


def balance(whole: int | None, part: int | None) -> int | None:
    """`whole` minus `part` (집행잔액 = 예산현액 − 지출액); None where either is unknown."""
    return None if whole is None or part is None else whole - part


def variance(reached: Fraction | None, target: Fraction | None) -> Fraction | None:
    """Points above the target; negative is behind."""
    return None if reached is None or target is None else reached - target


def shortfall(budget: int | None, part: int | None, target: Fraction | None) -> int | None:
    """The least amount still to be added to `part` to reach `target` per cent; never negative.

    In the same integer grain as the amounts, so a fraction of the smallest
    unit is rounded up: one unit less would miss the target. Of a budget that
    is not positive nothing is to be spent: spending would lower its rate.
    """
    if budget is None or part is None or target is None:
        return None
    if budget <= 0:
        return 0
    missing = target * budget / 100 - part
    return max(0, -(-missing.numerator // missing.denominator))


def status(
    budget: int | None, spent: int | None, reached: Fraction | None, target: Fraction | None
) -> Status:
    """One verdict from exact values: overspent, else strictly below target, else on track.

    What a negative budget expects to come in cannot be overspent.
    """
    if budget is not None and spent is not None and spent > budget >= 0:
        return Status.OVERSPENT
    if reached is None or target is None:
        return Status.UNKNOWN
    return Status.LAGGING if reached < target else Status.ON_TRACK


def half_up(value: Fraction, places: int) -> Decimal:
    """`value` to `places` decimals, halves away from zero (사사오입): 106.75 is 106.8."""
    scaled = abs(value) * 10**places
    rounded = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return decimal(-rounded if value < 0 else rounded, places)


def decimal(count: int, scale: int) -> Decimal:
    """`count` times 10**-scale as an exact Decimal of any length."""
    return Decimal(count).scaleb(-scale, _ANY_LENGTH)


def agrees(printed: int, computed: int, parts: int, quantum: int) -> bool:
    """Whether a printed total of `parts` rounded rows may stand beside their sum.

    Each row and the total itself may be off by half a printed unit:
    (parts + 1) / 2 units in all.
    """
    return 2 * abs(printed - computed) <= (parts + 1) * quantum
