"""Cells that name their own unit: 95.6억원, 3 million, 1조 2,345억원."""

from __future__ import annotations

from budgetcli.model import Unit
from budgetcli.patterns import lazy
from budgetcli.recognise.units import unit_named

_OWN = lazy(
    r"(?P<number>[^가-힣A-Za-z]*\d[^가-힣A-Za-z]*?)\s*(?P<unit>[가-힣]+|[A-Za-z]{5,}|(?i:[kmb]|mn|bn))"
)
# longer texts than any amount are not put to these patterns, which try each split of them
_LONGEST = 120
_SIGN = lazy("[$€£₱₹₩]")
# an amount in steps of ten thousand, the last of which names its unit; 2천 is 2000
_DIGITS = r"(\d{1,3}(?:,\d{3})+|(?:\d+[천백십]\s*)+\d*|\d+)"
_IN_STEPS = lazy(rf"(?:{_DIGITS}\s*조\s*)?(?:{_DIGITS}\s*억\s*)?(?:{_DIGITS}\s*만\s*)?원?")
_STEPS = ("조원", "억원", "만원")
_STEP = 10**4
_TENS = {"천": 1000, "백": 100, "십": 10, "": 1}
_PART = lazy(r"(\d+)([천백십]?)")


def own_unit(text: str) -> tuple[str, Unit] | None:
    """The number and the unit of a cell that names its own: 95.6억원, 3 million, $1.2M."""
    if len(text) > _LONGEST or text[-1:] in "0123456789)" or not any(map(str.isdigit, text)):
        return None
    if plain := _number_and_unit(text):
        return plain
    in_steps = _IN_STEPS.fullmatch(text)
    return _number_and_unit(_in_last_step(in_steps.groups(""))) if in_steps else None


def _number_and_unit(text: str) -> tuple[str, Unit] | None:
    matched = _OWN.fullmatch(text)
    unit = _unit_of(matched["number"], matched["unit"]) if matched else None
    return (matched["number"], unit) if matched and unit else None


def _unit_of(number: str, word: str) -> Unit | None:
    """A letter is a unit behind money only: $1.2M."""
    sign = _SIGN.search(number)
    return unit_named(f"{sign[0]}{word}") if sign else unit_named(word)


def _in_last_step(steps: tuple[str, ...]) -> str:
    """1조 2,345억 is 12345억원."""
    last = max(place for place, step in enumerate(steps) if step)
    total = 0
    for step in steps[: last + 1]:
        total = total * _STEP + _count(step.replace(",", ""))
    return f"{total}{_STEPS[last]}"


def _count(text: str) -> int:
    """2천3백 is 2300; nothing is 0."""
    return sum(int(digits) * _TENS[ten] for digits, ten in _PART.findall(text))
