"""A second, slow and plain answer to `summary`, written without a line of the program's.

Knows the csv module, fractions and the words that `shapes` writes; whatever the program does
cleverly is done here by trying everything.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

FIELDS = {
    "예산현액": "budget",
    "원인행위액": "committed",
    "지출액": "spent",
    "목표액": "goal",
}
NAMES = {"코드": "code", "실국": "office", "부서": "division", "기준일": "as_of", "단위": "unit"}
FACTORS = {"원": 1, "천원": 1000, "백만원": 10**6, "억원": 10**8}
TOTALS = ("계", "소계", "합계", "총계", "Total")
PLACES = 4
Amounts = dict[str, Fraction | None]


class Line(NamedTuple):
    """One row under the header: what it is called and what its cells amount to, in won."""

    names: dict[str, str]
    amounts: Amounts


def answer(text: str, mark: str, target: str | None) -> dict[str, Any]:
    """Rows, total and target as the program's JSON has them; amounts are exact fractions."""
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=mark)]
    start = next(n for n, row in enumerate(rows) if "부서" in row)
    header, caption = rows[start], " ".join(cell for row in rows[:start] for cell in row)
    cells = [dict(zip(header, row, strict=True)) for row in rows[start + 1 :]]
    factor = FACTORS[stated(cells, "단위") or found(r"단위 : (\w+)", caption) or "원"]
    lines = [line(row, factor, comma=mark == ";") for row in cells]
    leaves = [one for one in lines if not is_total(one, lines)]
    aim = aimed(target, stated(cells, "기준일") or found(r"(\d{4}-\d\d-\d\d)", caption))
    grains = {FIELDS[head]: grain(head, cells, mark, factor) for head in header if head in FIELDS}
    grains = {name: size for name, size in grains.items() if name != "goal"}
    return {
        "rows": [judged(one.names["division"], one.amounts, aim) for one in leaves],
        "total": judged_total(total_of(lines, leaves, grains), leaves, aim),
    }


def stated(cells: Sequence[dict[str, str]], head: str) -> str | None:
    return cells[0].get(head)


def found(pattern: str, caption: str) -> str | None:
    matched = re.search(pattern, caption)
    return matched[1] if matched else None


def line(row: dict[str, str], factor: int, *, comma: bool) -> Line:
    names = {key: "".join(row[head].split()) for head, key in NAMES.items() if head in row}
    values = {key: amount(row[head], comma=comma) for head, key in FIELDS.items() if head in row}
    return Line(
        names, {key: None if value is None else value * factor for key, value in values.items()}
    )


def amount(cell: str, *, comma: bool) -> Fraction | None:
    """△1,234.5 as a fraction; None for a blank or a dash."""
    if cell in ("", "-", "–"):
        return None
    negative = cell.strip("0123456789.,eE ") != ""
    digits = "".join(c for c in cell if c in "0123456789.,eE")
    digits = digits.replace(".", "").replace(",", ".") if comma else digits.replace(",", "")
    return -Fraction(digits) if negative else Fraction(digits)


def grain(head: str, cells: Sequence[dict[str, str]], mark: str, factor: int) -> Fraction:
    """What one unit in the last place of a column is worth."""
    point = "," if mark == ";" else "."
    parts = [len(row[head].rstrip(")-").partition(point)[2]) for row in cells]
    return Fraction(factor, 10 ** max(parts))


def is_total(one: Line, lines: Sequence[Line]) -> bool:
    """By its name, a name it lacks, its code, or because it is the sum of a run beside it."""
    names = one.names
    if any(names.get(key) in TOTALS for key in ("office", "division")) or not names["division"]:
        return True
    if "code" in names:
        return any(
            other is not one and other.names["code"].startswith(names["code"]) for other in lines
        )
    return "office" not in names and any(adds_up(one, run) for run in runs(one, lines))


def runs(one: Line, lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Every run of two or more rows that starts right under a row or ends right above it."""
    here = next(n for n, line in enumerate(lines) if line is one)
    for length in range(2, len(lines)):
        yield lines[here + 1 : here + 1 + length]
        yield lines[max(0, here - length) : here]


def adds_up(one: Line, run: Sequence[Line]) -> bool:
    return len(run) > 1 and all(
        value is not None and value == sum(part.amounts[key] or 0 for part in run)
        for key, value in one.amounts.items()
    )


def judged_total(
    total: tuple[Amounts, bool], leaves: Sequence[Line], aim: Fraction | str | None
) -> dict[str, Any]:
    """A sum of divisions of which one end of the rate is unknown is held against nothing."""
    amounts, is_printed = total
    found = judged("", amounts, aim)
    partial = any(
        (leaf.amounts["budget"] is None) != (leaf.amounts["spent"] is None) for leaf in leaves
    )
    if is_printed or not partial:
        return found
    status = "overspent" if found["status"] == "overspent" else "unknown"
    return {**found, "variance": None, "status": status}


def total_of(
    lines: Sequence[Line], leaves: Sequence[Line], grains: dict[str, Fraction]
) -> tuple[Amounts, bool]:
    """The printed total that agrees with all leaves within rounding, else their sum."""
    sums = {key: summed(leaves, key) for key in leaves[0].amounts}
    room = {key: (len(leaves) + 1) * size / 2 for key, size in grains.items()}
    totals = [one for one in lines if not any(one is leaf for leaf in leaves)]
    for one in totals:
        known = {key: value for key, value in one.amounts.items() if value is not None}
        near = (abs(known[key] - (sums[key] or 0)) <= room[key] for key in known if key in room)
        if known and all(near):
            return {**sums, **known}, True
    return sums, False


def summed(leaves: Sequence[Line], key: str) -> Fraction | None:
    """What is known; of goals nothing where somebody who spent has none."""
    known = [value for leaf in leaves if (value := leaf.amounts[key]) is not None]
    if key == "goal" and any(
        leaf.amounts["spent"] and leaf.amounts["goal"] is None for leaf in leaves
    ):
        return None
    return sum(known, Fraction(0)) if known else None


def aimed(target: str | None, day: str | None) -> Fraction | str | None:
    """A number, the pace of a calendar year, each one's own goal, or nothing."""
    if target == "goal":
        return target
    if target is not None and target != "pace":
        return Fraction(target)
    if day is None:
        return None
    at = date.fromisoformat(day)
    gone = (at - date(at.year, 1, 1)).days + 1
    return Fraction(100 * gone, (date(at.year + 1, 1, 1) - date(at.year, 1, 1)).days)


def judged(name: str, amounts: Amounts, aim: Fraction | str | None) -> dict[str, Any]:
    """Every measure of FIELD.md, each by its own formula."""
    budget, committed, spent = (amounts.get(key) for key in ("budget", "committed", "spent"))
    own = aim if isinstance(aim, Fraction) else None
    if aim == "goal":
        own = share(amounts.get("goal"), budget)
    rate = share(spent, budget)
    return {
        "division": name,
        "budget": budget,
        "committed": committed,
        "spent": spent,
        "commitment_rate": rounded(share(committed, budget)),
        "execution_rate": rounded(rate),
        "unspent": less(budget, spent),
        "uncommitted": less(budget, committed),
        "unpaid": less(committed, spent),
        "target_rate": rounded(own),
        "variance": None if rate is None or own is None else rounded(rate - own),
        "status": verdict(budget, spent, rate, own),
    }


def verdict(
    budget: Fraction | None, spent: Fraction | None, rate: Fraction | None, aim: Fraction | None
) -> str:
    if budget is not None and spent is not None and spent > budget:
        return "overspent"
    if rate is None or aim is None:
        return "unknown"
    return "lagging" if rate < aim else "on_track"


def share(part: Fraction | None, whole: Fraction | None) -> Fraction | None:
    return None if part is None or whole is None or whole == 0 else 100 * part / whole


def less(whole: Fraction | None, part: Fraction | None) -> Fraction | None:
    return None if whole is None or part is None else whole - part


def rounded(value: Fraction | None) -> Fraction | None:
    """Half away from zero, digit by digit."""
    if value is None:
        return None
    whole = int(abs(value) * 10**PLACES + Fraction(1, 2))
    return Fraction(-whole if value < 0 else whole, 10**PLACES)
