"""Whole reports: what they claim, what of it is wrong, and whether a changed digit is found."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from budgetcli.claims.claim import Claim, Verdict
from tests.claims.planted import claims_of, missed, places, planted

RealFile = Callable[[str], Path]
REPORTS = Path(__file__).parent / "reports"
SEOUL = "seoul_economic_office_2024/work_report.txt"
OTHERS = ("council_en", "county", "district", "education_office", "ministry", "transit")
TRIED = 20


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")


def told(claims: Sequence[Claim], verdict: Verdict) -> list[tuple[int | None, str]]:
    return [(one.place.row, one.figure.text) for one in claims if one.verdict is verdict]


def test_the_report_has_its_claims_and_the_wrong_ones_are_really_wrong(real_file: RealFile) -> None:
    claims = claims_of(lines_of(real_file(SEOUL)))
    assert sum(claim.verdict is Verdict.RIGHT for claim in claims) >= 60
    assert told(claims, Verdict.WRONG) == [
        (117, "+1.2%p"),  # 54.5 → 55.3 is 0.8
        (1150, "48%"),  # neither 1,338 of 3,000 (44.6) nor 54 of 116 (46.6)
        (1674, "4,621명"),  # 1,193 and 3,426 are 4,619
    ]
    assert told(claims, Verdict.ROUNDED) == [
        (722, "80.5%"),  # 162 of 201 is 80.597, cut off
        (1081, "34,720백만원"),  # 183, 38, 108 and 18 억원 are 34,700
        (1366, "15%"),  # 2,014 of 12,981 is 15.515, cut off; all shares make 100 so
    ]


@pytest.mark.parametrize("name", OTHERS)
def test_nothing_right_is_called_wrong_in_other_offices_reports(name: str) -> None:
    """Every figure in them was made to be right, or to follow from nothing that is printed."""
    claims = claims_of(lines_of(REPORTS / f"{name}.txt"))
    assert [claim for claim in claims if claim.verdict is Verdict.WRONG] == []
    assert sum(claim.verdict is Verdict.RIGHT for claim in claims) >= 12


def test_of_digits_changed_in_the_report_nearly_all_are_found(real_file: RealFile) -> None:
    """All of them, not these alone, by `python -m tests.claims.planted`: 97 in 100."""
    lines = lines_of(real_file(SEOUL))
    chance = random.Random(8)
    tried = chance.sample(places(lines, claims_of(lines)), TRIED)
    lost = missed(lines, [planted(place, chance) for place in tried])
    assert len(lost) <= TRIED // 20


@pytest.mark.parametrize("name", OTHERS)
def test_digits_changed_in_other_reports_are_found_too(name: str) -> None:
    """All of them, by `python -m tests.claims.planted`: 95 to 100 in 100."""
    lines = lines_of(REPORTS / f"{name}.txt")
    chance = random.Random(8)
    tried = chance.sample(places(lines, claims_of(lines)), TRIED)
    lost = missed(lines, [planted(place, chance) for place in tried])
    assert len(lost) <= TRIED // 20
