"""A binary float's text: what was meant, in plain digits, never with an exponent."""

from __future__ import annotations

import math
from decimal import Decimal


def plain_float(value: float) -> str:
    """At most 15 significant digits, which is what a double holds for sure; no ".0"."""
    if not math.isfinite(value):
        return str(value)
    return format(Decimal(f"{value:.15g}"), "f")
