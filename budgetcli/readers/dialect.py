"""Which character parts the cells of a delimited text, decided from a bounded look at its head."""

from __future__ import annotations

import csv
from collections import Counter

from budgetcli.patterns import lazy

DELIMITERS = ("\t", ";", "|", ",")
LINES = 200
_STEADY = 0.6
_DRAWN_RULE = lazy(r"(?m)^[ \t|]*\+?-+\+[-+=| ]*$")
_OTHER_COMMA = lazy(r"(?<!\d),|,(?!\d{3}(?!\d))")
_PARTED_BY_BLANKS = lazy(r"\d[ \t|]+\d{1,3}(?:,\d{3})+")
# a comma that is neither a decimal mark nor between words: Obras, vías 1.234,50 980,00
_NO_DECIMAL_COMMA = lazy(r"(?<!\d),(?! [^\W\d_])|(?<=\d),(?!\d{1,2}(?!\d))|(?<![^\W_]), ")
_DECIMALS_PARTED_BY_BLANKS = lazy(
    r"\d,\d{1,2}(?: ?(?:[%€]|Kč))?[ \t]+(?:(?:R\$|€|S/) ?)?[-\u2212]?\d"
    r"|\d[ \t]{2,}[-\u2212]?\d+,\d{1,2}(?: ?%)?\s"
)
_BULLET = lazy(r"\s*(?:[□■○●ㅇ◦∘◇◆▶▷▸※①-⑳]|[-–·]\s)")
# a text of bullets whose commas part its sentences may chance to part few lines alike
_FEW = 3


def delimiter(head: str) -> str | None:
    """The delimiter under which most lines have one and the same number of cells, or None.

    Ties go to the rarer character: a comma may be a thousands separator or a
    decimal mark, a tab hardly ever is.
    """
    best: tuple[float, int, str] | None = None
    for rank, candidate in enumerate(DELIMITERS):
        steadiness = _steadiness(head, candidate)
        if steadiness >= _STEADY and (best is None or steadiness > best[0] + 0.1):
            best = (steadiness, rank, candidate)
    return best[2] if best else None


def _steadiness(head: str, candidate: str) -> float:
    """The share of wide lines that have the commonest width, less where few lines are wide."""
    if candidate not in head or _means_otherwise(candidate, head):
        return 0.0
    lines = head.splitlines(keepends=True)[:LINES]
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=candidate) if any(row)]
    except csv.Error:
        return 0.0
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0.0
    if (len(set(widths)) > 1 or len(widths) < _FEW) and _is_outline(lines):
        return 0.0
    return max(Counter(wide).values()) / len(wide) * min(1.0, 2 * len(wide) / len(widths))


def _means_otherwise(candidate: str, head: str) -> bool:
    """Bars of a drawn grid, and commas that only group or end digits in lines parted otherwise."""
    if candidate == "|":
        return _DRAWN_RULE.search(head) is not None
    if candidate == ",":
        groups = _OTHER_COMMA.search(head) is None and _PARTED_BY_BLANKS.search(head)
        ends = _NO_DECIMAL_COMMA.search(head) is None and _DECIMALS_PARTED_BY_BLANKS.search(head)
        return bool(groups or ends)
    return False


def _is_outline(lines: list[str]) -> bool:
    """Whether most lines start with a bullet, as sentences of a report do."""
    said = [line for line in lines if line.strip()]
    return 2 * sum(_BULLET.match(line) is not None for line in said) > len(said)
