"""A series of rates as one line of text: its shape, not its height; the numbers stand beside it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

# Lowest to highest, then what stands for a value that is unknown or left out. None of the
# characters begins a spreadsheet formula.
BLOCKS = "▁▂▃▄▅▆▇█×"
TYPED = "_.:;ioO#x"
MOST = 24


def sparkline(values: Sequence[Fraction | None], ramp: str = BLOCKS) -> str:
    """One character a value, from the least known value to the greatest; all equal: the middle.

    More values than `MOST` are drawn in that many groups of neighbours, each by its last known one.
    """
    values = _thinned(values)
    levels, unknown = ramp[:-1], ramp[-1]
    known = [value for value in values if value is not None]
    if not known:
        return unknown * len(values)
    least, width = min(known), max(known) - min(known)

    def level(value: Fraction) -> str:
        share = (value - least) / width if width else Fraction(1, 2)
        return levels[min(int(share * len(levels)), len(levels) - 1)]

    return "".join(unknown if value is None else level(value) for value in values)


def _thinned(values: Sequence[Fraction | None]) -> Sequence[Fraction | None]:
    if len(values) <= MOST:
        return values
    ends = [(group + 1) * len(values) // MOST for group in range(MOST)]
    groups = [values[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    return [next((one for one in reversed(group) if one is not None), None) for group in groups]
