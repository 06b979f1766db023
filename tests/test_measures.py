"""Rates, balances and verdicts: exact, on both sides of every boundary."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetcli.measures import (
    Status,
    agrees,
    balance,
    decimal,
    half_up,
    rate,
    shortfall,
    status,
    variance,
)

MONEY = st.integers(0, 10**20)
EXACT = Context(prec=200)


@given(MONEY, st.integers(1, 10**20))
def test_a_rate_is_the_decimal_quotient_to_every_digit(part: int, whole: int) -> None:
    exact = rate(part, whole)
    assert exact is not None
    shown = EXACT.divide(Decimal(100 * part), Decimal(whole))
    assert abs(exact - Fraction(shown)) * 10**150 < 1


@pytest.mark.parametrize(("part", "whole"), [(5, 0), (5, None), (None, 5), (None, None), (0, 0)])
def test_over_nothing_or_unknowns_there_is_no_rate(part: int | None, whole: int | None) -> None:
    assert rate(part, whole) is None


def test_nothing_spent_of_something_is_a_rate_of_zero() -> None:
    assert rate(0, 5) == 0


def test_a_rate_beyond_100_is_not_clamped() -> None:
    assert rate(427, 400) == Fraction(427, 4)


def test_a_balance_may_be_negative() -> None:
    assert balance(5, 7) == -2


@pytest.mark.parametrize(("whole", "part"), [(None, 1), (1, None), (None, None)])
def test_a_balance_with_an_unknown_is_unknown(whole: int | None, part: int | None) -> None:
    assert balance(whole, part) is None


def test_a_zero_is_no_unknown_in_a_balance() -> None:
    assert balance(0, 0) == 0


def test_a_variance_is_negative_behind_the_target() -> None:
    assert variance(Fraction(588, 10), Fraction(60)) == Fraction(-12, 10)


@pytest.mark.parametrize(
    ("reached", "target"), [(None, Fraction(60)), (Fraction(60), None), (None, None)]
)
def test_a_variance_with_an_unknown_is_unknown(
    reached: Fraction | None, target: Fraction | None
) -> None:
    assert variance(reached, target) is None


@given(
    st.integers(1, 10**15),
    MONEY,
    st.fractions(min_value=0, max_value=200, max_denominator=10**6),
)
def test_a_shortfall_reaches_the_target_and_one_less_does_not(
    budget: int, spent: int, target: Fraction
) -> None:
    missing = shortfall(budget, spent, target)
    assert missing is not None
    assert budget * target / 100 <= spent + missing
    assert missing == 0 or budget * target / 100 > spent + missing - 1


def test_the_smallest_budget_there_is_has_a_shortfall() -> None:
    assert shortfall(1, 0, Fraction(60)) == 1


def test_a_fraction_of_the_smallest_unit_is_rounded_up() -> None:
    assert shortfall(1001, 600, Fraction(60)) == 1


def test_who_is_beyond_the_target_lacks_nothing() -> None:
    assert shortfall(1000, 601, Fraction(60)) == 0


@pytest.mark.parametrize(("budget", "spent"), [(-50, -30), (-50, 0), (0, 0), (0, 10), (0, -10)])
def test_of_a_budget_that_is_not_positive_nothing_is_still_to_be_spent(
    budget: int, spent: int
) -> None:
    assert shortfall(budget, spent, Fraction(60)) == 0


@pytest.mark.parametrize(
    ("budget", "spent", "target"),
    [(None, 1, Fraction(60)), (1, None, Fraction(60)), (1, 1, None)],
)
def test_a_shortfall_with_an_unknown_is_unknown(
    budget: int | None, spent: int | None, target: Fraction | None
) -> None:
    assert shortfall(budget, spent, target) is None


@pytest.mark.parametrize(
    ("budget", "spent", "verdict"),
    [
        (1000, 599, Status.LAGGING),
        (1000, 600, Status.ON_TRACK),
        (1000, 1000, Status.ON_TRACK),
        (1000, 1001, Status.OVERSPENT),
        (0, 0, Status.UNKNOWN),
        (0, 1, Status.OVERSPENT),
        (None, 1, Status.UNKNOWN),
        (1000, None, Status.UNKNOWN),
    ],
)
def test_the_verdict_at_its_boundaries(
    budget: int | None, spent: int | None, verdict: Status
) -> None:
    assert status(budget, spent, rate(spent, budget), Fraction(60)) is verdict


def test_without_a_target_the_verdict_is_unknown() -> None:
    assert status(1000, 599, rate(599, 1000), None) is Status.UNKNOWN


def test_overspent_needs_no_target() -> None:
    assert status(1000, 1001, rate(1001, 1000), None) is Status.OVERSPENT


def test_money_that_is_to_come_in_is_not_overspent() -> None:
    assert status(-4500, -2300, None, Fraction(60)) is Status.UNKNOWN


def test_59_96_is_below_60_although_it_prints_60_0() -> None:
    reached = rate(5996, 10000)
    assert reached is not None
    assert half_up(reached, 1) == Decimal("60.0")
    assert status(10000, 5996, reached, Fraction(60)) is Status.LAGGING


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(10675, 100), "106.8"),
        (Fraction(-10675, 100), "-106.8"),
        (Fraction(10674999, 100000), "106.7"),
        (Fraction(1, 20), "0.1"),
        (Fraction(-1, 21), "0.0"),
        (Fraction(0), "0.0"),
    ],
)
def test_halves_are_rounded_away_from_zero(value: Fraction, shown: str) -> None:
    assert f"{half_up(value, 1):f}" == shown


@given(st.integers(-(10**30), 10**30), st.integers(0, 12), st.integers(0, 12))
def test_half_up_is_decimals_own_half_up(digits: int, scale: int, places: int) -> None:
    expected = (
        Decimal(digits)
        .scaleb(-scale, EXACT)
        .quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, EXACT)
    )
    assert half_up(Fraction(digits, 10**scale), places) == expected


@given(st.integers(), st.integers(0, 40))
def test_a_count_at_a_scale_is_exact(count: int, scale: int) -> None:
    assert Fraction(decimal(count, scale)) == Fraction(count, 10**scale)


def test_a_count_longer_than_a_decimal_context_keeps_every_digit() -> None:
    assert f"{decimal(-(10**99) - 1, 2):f}" == f"-1{'0' * 97}.01"


def test_a_count_longer_than_python_writes_out_is_no_error() -> None:
    assert Fraction(decimal(10**5000 + 1, 0)) == 10**5000 + 1


@pytest.mark.parametrize(
    ("difference", "agreed"), [(5, True), (-5, True), (6, False), (-6, False), (0, True)]
)
def test_nine_rounded_rows_and_their_total_may_differ_by_five_units(
    difference: int, agreed: bool
) -> None:
    assert agrees(100 + difference, 100, parts=9, quantum=1) is agreed


@pytest.mark.parametrize(("difference", "agreed"), [(5500, True), (5501, False)])
def test_the_room_for_rounding_is_measured_in_printed_units(difference: int, agreed: bool) -> None:
    assert agrees(difference, 0, parts=10, quantum=1000) is agreed
