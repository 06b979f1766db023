"""Changes one digit of one recomputable figure of a report at a time: how many are found?

`python -m tests.claims.planted REPORT.txt [SEED]` tries them all; the suite tries a few.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from budgetcli.analysis.audit import audit
from budgetcli.analysis.check import check
from budgetcli.claims.claim import Claim, Verdict
from budgetcli.loading import load_report
from budgetcli.readers import Source

_REACH = 6


class Planted(NamedTuple):
    """A digit to change: its line and place from 0, and what stands there afterwards."""

    line: int
    place: int
    digit: str


def claims_of(lines: Sequence[str]) -> tuple[Claim, ...]:
    """The claims of a text."""
    found = audit(*load_report(_source(lines)))
    return found.claims if found else ()


def told(lines: Sequence[str]) -> Counter[tuple[str, str]]:
    """What `check` finds: the codes and where they stand."""
    loaded = load_report(_source(lines))
    report = check(loaded.table, audit=audit(*loaded))
    return Counter((found.code, str(found.place)) for found in report.findings)


def _source(lines: Sequence[str]) -> Source:
    return Source("report.txt", data="\n".join(lines).encode())


def places(lines: Sequence[str], claims: Sequence[Claim]) -> list[tuple[int, int, str]]:
    """Line, place and digits of every figure in a claim that is right."""
    right = (claim for claim in claims if claim.verdict is Verdict.RIGHT)
    return sorted({found for claim in right for found in _figures(lines, claim)})


def _figures(lines: Sequence[str], claim: Claim) -> Iterator[tuple[int, int, str]]:
    first = (claim.place.row or 1) - 1
    for text in (claim.figure.text, *claim.parts):
        for line in range(first, min(first + _REACH, len(lines))):
            if found := _number(lines[line], text):
                yield line, found.start(), found[0]
                break


def _number(line: str, text: str) -> re.Match[str] | None:
    """The number of a part where it is printed: with its name, else alone."""
    numbers = re.findall(r"\d[\d,]*(?:\.\d+)?", text)
    if not numbers:
        return None
    number = numbers[-1]
    alone = re.compile(rf"(?<![\d,.’‘']){re.escape(number)}(?!\d|[,.]\d)")
    named = line.find(" ".join(text.split()[-2:]))
    return alone.search(line, max(named, 0))


def planted(place: tuple[int, int, str], chance: random.Random) -> Planted:
    """Another digit somewhere in a figure, never a zero in front."""
    line, start, number = place
    at = chance.choice([n for n, character in enumerate(number) if character.isdecimal()])
    others = [digit for digit in "0123456789" if digit != number[at] and (at or digit != "0")]
    return Planted(line, start + at, chance.choice(others))


def changed(lines: Sequence[str], change: Planted) -> list[str]:
    """The lines with that digit in place."""
    line = lines[change.line]
    line = line[: change.place] + change.digit + line[change.place + 1 :]
    return [*lines[: change.line], line, *lines[change.line + 1 :]]


def missed(lines: Sequence[str], chances: Sequence[Planted]) -> list[Planted]:
    """The changes that nothing new is told for, but for those that leave all of it right."""
    before, right = told(lines), _right(lines)
    quiet = [one for one in chances if not told(changed(lines, one)) - before]
    return [one for one in quiet if _right(changed(lines, one)) != right]


def _right(lines: Sequence[str]) -> Counter[tuple[str, str]]:
    """The claims that are right: 2,450 of 61,480 is 4.0 % as 2,459 is."""
    right = (claim for claim in claims_of(lines) if claim.verdict is Verdict.RIGHT)
    return Counter((claim.kind, str(claim.place)) for claim in right)


def main() -> None:
    """Every figure once, and what was not found."""
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").split("\n")
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    chances = [planted(place, chance) for place in places(lines, claims_of(lines))]
    lost = missed(lines, chances)
    for one in lost:
        print(f"{one.line + 1}: {changed(lines, one)[one.line].strip()[:100]}")
    print(f"{len(chances) - len(lost)} of {len(chances)} found")


if __name__ == "__main__":
    main()
