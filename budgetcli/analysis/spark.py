"""A series of rates as one line of text: its shape, not its height; the numbers stand beside it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

# Lowest to highest, then what stands for a value that is unknown or left out. None of the
# characters begins a spreadsheet formula.
BLOCKS = "▁▂▃▄▅▆▇█×"
TYPED = "_.:;ioO#x"


def sparkline(values: Sequence[Fraction | None], ramp: str = BLOCKS) -> str:
    """One character a value, from the least known value to the greatest; all equal: the middle."""
    levels, unknown = ramp[:-1], ramp[-1]
    known = [value for value in values if value is not None]
    if not known:
        return unknown * len(values)
    least, width = min(known), max(known) - min(known)

    def level(value: Fraction) -> str:
        share = (value - least) / width if width else Fraction(1, 2)
        return levels[min(int(share * len(levels)), len(levels) - 1)]

    return "".join(unknown if value is None else level(value) for value in values)
