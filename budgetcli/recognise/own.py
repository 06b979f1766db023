"""Cells that name their own unit: 95.6억원, 3 million."""

from __future__ import annotations

from budgetcli.model import Unit
from budgetcli.patterns import lazy
from budgetcli.recognise.units import unit_named

_OWN = lazy(r"(?P<number>[^가-힣A-Za-z]*\d[^가-힣A-Za-z]*?)\s*(?P<unit>[가-힣]+|[A-Za-z]{5,})")


def own_unit(text: str) -> tuple[str, Unit] | None:
    """The number and the unit of a cell that names its own: 95.6억원, 3 million."""
    if text[-1:] in "0123456789)" or not any(map(str.isdigit, text)):
        return None
    matched = _OWN.fullmatch(text)
    unit = unit_named(matched["unit"]) if matched else None
    return (matched["number"], unit) if matched and unit else None
