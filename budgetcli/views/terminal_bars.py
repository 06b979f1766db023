"""A rate as a bar of a given number of cells, with its target marked on it.

The bar never contradicts the verdict: it is cut, not rounded, so it reaches
past the mark only where the rate does, and is full only from 100 % on.
"""

from __future__ import annotations

from fractions import Fraction

from budgetcli.views.terminal_look import Look


def bar(reached: Fraction, target: Fraction | None, width: int, look: Look) -> str:
    """Exactly `width` characters, each a cell wide; rates are in per cent.

    Over 100 % the last cell is the `over` sign, which no mark hides.
    """
    cells = _filled(reached, width, look)
    if target is not None:
        at = mark_at(target, width)
        cells = cells[:at] + look.mark + cells[at + 1 :]
    return cells[:-1] + look.over if reached > 100 else cells


def mark_at(target: Fraction, width: int) -> int:
    """The cell, from 0, that the target stands in; the ends hold what lies beyond them."""
    return min(width - 1, max(0, int(target * width / 100)))


def _filled(reached: Fraction, width: int, look: Look) -> str:
    steps = len(look.fills)
    whole = width * steps
    full, part = divmod(min(whole, max(0, int(reached * whole / 100))), steps)
    drawn = look.fills[-1] * full + (look.fills[part - 1] if part else "")
    return drawn + look.empty * (width - len(drawn))
