"""A whole report: what it claims, what of it is wrong, and whether a changed digit is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from budgetcli.claims.claim import Claim, Verdict
from budgetcli.claims.find import claims_in
from budgetcli.model import Line, Place
from budgetcli.readers import Source, read

RealFile = Callable[[str], Path]


def claims_of(text: str) -> list[Claim]:
    lines = [Line(line, Place("a.txt", row)) for row, line in enumerate(text.split("\n"), 1)]
    return claims_in(lines, read(Source("a.txt", data=text.encode())))


def test_the_report_has_its_claims_and_the_wrong_ones_are_really_wrong(real_file: RealFile) -> None:
    path = real_file("seoul_economic_office_2024/work_report.txt")
    claims = claims_of(path.read_text(encoding="utf-8"))
    assert sum(claim.verdict is Verdict.RIGHT for claim in claims) >= 60
    assert [
        (claim.place.row, claim.figure.text) for claim in claims if claim.verdict is Verdict.WRONG
    ] == [
        (117, "+1.2%p"),  # 54.5 → 55.3 is 0.8
        (722, "80.5%"),  # 162 of 201 is 80.6
        (1150, "48%"),  # neither 1,338 of 3,000 (44.6) nor 54 of 116 (46.6)
        (1674, "4,621명"),  # 1,193 and 3,426 are 4,619
    ]
