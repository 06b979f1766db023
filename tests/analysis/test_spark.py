"""A line of blocks shows a series' shape and never a gap as a fall."""

from __future__ import annotations

from fractions import Fraction

from budgetcli.analysis.spark import BLOCKS, MOST, TYPED, sparkline


def test_the_least_is_lowest_and_the_greatest_highest() -> None:
    assert sparkline([Fraction(value) for value in range(8)]) == "▁▂▃▄▅▆▇█"
    assert sparkline([Fraction(70), Fraction(10), Fraction(40)]) == "█▁▅"


def test_equal_values_stand_in_the_middle() -> None:
    assert sparkline([Fraction(5), Fraction(5)]) == "▅▅"


def test_what_is_unknown_is_marked_and_not_drawn() -> None:
    assert sparkline([Fraction(1), None, Fraction(2)]) == "▁×█"
    assert sparkline([None, None]) == "××"


def test_a_typewriter_has_a_ramp_of_its_own_that_begins_no_formula() -> None:
    assert sparkline([Fraction(0), None, Fraction(1)], TYPED) == "_x#"
    assert TYPED.isascii()
    assert len(TYPED) == len(BLOCKS)
    assert not set(TYPED) & set("=+-@'")


def test_many_values_are_drawn_in_groups_by_their_last_known_one() -> None:
    rising = [Fraction(value) for value in range(2 * MOST)]
    assert len(sparkline(rising)) == MOST
    assert sparkline(rising) == sparkline(rising[1::2])
    last_unknown = [one if place % 2 == 0 else None for place, one in enumerate(rising)]
    assert sparkline(last_unknown) == sparkline(rising[::2])
    assert sparkline([None, None, *rising[2:]])[0] == "×"
