"""An amount in a sentence with its sign before it: `80 − 20`, and never `80 + -20`."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from budgetcli.fields import FIELDS
from budgetcli.report import Quantity, Value


def sign(value: Value) -> str:
    """Plus or minus; nothing for zero and for what is not known."""
    if not isinstance(value, int | Fraction) or not value:
        return ""
    return "+" if value > 0 else "−"


def size(row: Mapping[str, Value], key: str) -> Quantity:
    """An amount without its sign, for a sentence that says it."""
    value = row[key]
    return Quantity(abs(value) if isinstance(value, int) else None, FIELDS[key].kind)
