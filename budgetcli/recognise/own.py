"""Cells that name their own unit: 95.6억원, 3 million, 1조 2,345억원."""

from __future__ import annotations

from budgetcli.model import Unit
from budgetcli.patterns import lazy
from budgetcli.recognise.units import unit_named

_OWN = lazy(r"(?P<number>[^가-힣A-Za-z]*\d[^가-힣A-Za-z]*?)\s*(?P<unit>[가-힣]+|[A-Za-z]{5,})")
# an amount in steps of ten thousand, the last of which names its unit
_DIGITS = r"(\d{1,3}(?:,\d{3})+|\d+)"
_IN_STEPS = lazy(rf"(?:{_DIGITS}조\s*)?(?:{_DIGITS}억\s*)?(?:{_DIGITS}만\s*)?원?")
_STEPS = ("조원", "억원", "만원")
_STEP = 10**4


def own_unit(text: str) -> tuple[str, Unit] | None:
    """The number and the unit of a cell that names its own: 95.6억원, 3 million."""
    if text[-1:] in "0123456789)" or not any(map(str.isdigit, text)):
        return None
    if in_steps := _IN_STEPS.fullmatch(text):
        text = _in_last_step(in_steps.groups(""))
    matched = _OWN.fullmatch(text)
    unit = unit_named(matched["unit"]) if matched else None
    return (matched["number"], unit) if matched and unit else None


def _in_last_step(steps: tuple[str, ...]) -> str:
    """1조 2,345억 is 12345억원."""
    last = max(place for place, step in enumerate(steps) if step)
    total = 0
    for step in steps[: last + 1]:
        total = total * _STEP + int(step.replace(",", "") or 0)
    return f"{total}{_STEPS[last]}"
