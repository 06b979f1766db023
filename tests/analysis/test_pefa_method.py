"""PEFA's arithmetic, worked by hand, and every score at its boundaries."""

from __future__ import annotations

from fractions import Fraction

import pytest

from budgetcli.analysis.pefa_method import (
    Head,
    aggregate_score,
    composition,
    composition_score,
    contingency_score,
    gathered,
    mean_of,
    outturn_rate,
)


def scored(text: str) -> list[Fraction | None]:
    return [None if word == "-" else Fraction(word) for word in text.split()]


def test_variance_worked_by_hand() -> None:
    """Σ budget 900, Σ outturn 810: f = 0.9.

    adjusted 540, 270, 0; outturn 600, 180, 30; deviations +60, −90, +30: 180 of 810 = 22.2 %.
    """
    found = composition([Head("가", 600, 600), Head("나", 300, 180), Head("다", 0, 30)])
    assert [line.adjusted for line in found.lines] == [540, 270, 0]
    assert [line.deviation for line in found.lines] == [60, -90, 30]
    assert found.variance == Fraction(18000, 810)


def test_thirds_stay_exact() -> None:
    found = composition([Head("가", 2, 1), Head("나", 1, 1)])
    assert [line.adjusted for line in found.lines] == [Fraction(4, 3), Fraction(2, 3)]
    assert found.variance == Fraction(100, 3)


@pytest.mark.parametrize("heads", [[], [Head("가", 0, 5)], [Head("가", 5, 0)]])
def test_over_nothing_there_is_no_variance(heads: list[Head]) -> None:
    assert composition(heads).variance is None


def test_outturn_over_budget() -> None:
    assert outturn_rate([Head("가", 100, 90), Head("나", 100, 120)]) == 105
    assert outturn_rate([Head("가", 0, 90)]) is None


def even(count: int) -> list[Head]:
    return [Head(f"{n}", 100, 90) for n in range(count)]


@pytest.mark.parametrize(("count", "lines"), [(1, 1), (20, 20), (21, 21), (28, 22), (40, 31)])
def test_heads_beyond_twenty_and_three_quarters_are_one_line(count: int, lines: int) -> None:
    """28 even heads: 21 make 75 %, the other 7 are one line; of 40, 30 do."""
    found = gathered(even(count), "others")
    assert len(found) == lines
    assert sum(head.budget for head in found) == 100 * count
    assert (found[-1].name == "others") is (count > 20)


def test_the_largest_are_kept_apart_and_no_fewer_than_twenty() -> None:
    heads = [Head("large", 10_000, 1), *even(25)]
    found = gathered(heads, "others")
    assert found[0].name == "large"
    assert (len(found), found[-1]) == (21, Head("others", 600, 540))


def test_no_heads_are_none() -> None:
    assert gathered([], "others") == []


def test_heads_without_any_budget_are_gathered_too() -> None:
    assert len(gathered([Head(f"{n}", 0, 1) for n in range(30)], "others")) == 21


@pytest.mark.parametrize(
    ("rates", "score"),
    [
        ("95 105 50", "A"),
        ("95 105.01 50", "B"),
        ("94.99 105 50", "B"),
        ("90 110 200", "B"),
        ("90 110.01 200", "C"),
        ("85 115 0", "C"),
        ("84.99 115 0", "D"),
        ("100 100 -", None),
        ("", None),
        ("100", "A"),
        ("100 80", "D"),
    ],
)
def test_outturn_scores_two_years_of_three_with_both_ends(rates: str, score: str | None) -> None:
    assert aggregate_score(scored(rates)) == score


@pytest.mark.parametrize(
    ("variances", "score"),
    [
        ("4.99 4.99 90", "A"),
        ("4.99 5 90", "B"),
        ("9.99 9.99 90", "B"),
        ("9.99 10 90", "C"),
        ("14.99 14.99 90", "C"),
        ("14.99 15 90", "D"),
        ("- 1 1", None),
    ],
)
def test_composition_scores_two_years_of_three_strictly_under(
    variances: str, score: str | None
) -> None:
    assert composition_score(scored(variances)) == score


@pytest.mark.parametrize(
    ("mean", "score"),
    [("0", "A"), ("2.99", "A"), ("3", "B"), ("6", "B"), ("6.01", "C"), ("9.99", "C"), ("10", "D")],
)
def test_contingency_scores_at_their_boundaries(mean: str, score: str) -> None:
    assert contingency_score(Fraction(mean)) == score


def test_an_unknown_year_has_no_mean_and_no_score() -> None:
    assert mean_of(scored("2 4 6")) == 4
    assert mean_of(scored("2 - 6")) is None
    assert mean_of([]) is None
    assert contingency_score(None) is None
