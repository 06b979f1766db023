"""Which of several formulas a column follows, and how many lines it takes to prove another."""

from __future__ import annotations

import pytest

from budgetcli.analysis.check_formulas import choose, is_followed, proves, score, step_through


@pytest.mark.parametrize(
    ("lines", "step"), [(0, 1), (1, 1), (1000, 1), (1001, 2), (2000, 2), (2001, 3)]
)
def test_a_table_is_judged_by_a_thousand_lines_at_most(lines: int, step: int) -> None:
    assert step_through(lines) == step


@pytest.mark.parametrize(
    ("agreeing", "known", "usual", "proven"),
    [(2, 3, 0, True), (2, 4, 0, False), (1, 1, 0, False), (4, 4, 2, True), (3, 3, 2, False)],
)
def test_another_formula_explains_two_lines_of_three_and_two_more_than_the_usual_one(
    agreeing: int, known: int, usual: int, proven: bool
) -> None:
    assert proves(agreeing, known, usual) is proven


@pytest.mark.parametrize(
    ("agreeing", "known", "followed"), [(0, 9, True), (5, 10, True), (4, 10, False)]
)
def test_of_many_lines_half_must_agree_and_of_few_none(
    agreeing: int, known: int, followed: bool
) -> None:
    assert is_followed(agreeing, known) is followed


def test_lines_that_are_not_known_count_for_nothing() -> None:
    assert score([True, False, None, True]) == (2, 3)


def chosen(usual: dict[str, str], others: dict[str, str]) -> str | None:
    """The formula chosen where each agrees (+), disagrees (-) or says nothing (.) line by line."""
    said = {"+": True, "-": False, ".": None}
    verdicts = {name: [said[sign] for sign in signs] for name, signs in (usual | others).items()}
    return choose([*usual], [*others], lambda name, step: verdicts[name][::step], 4)


@pytest.mark.parametrize(
    ("usual", "others", "expected"),
    [
        ({"a": "++++"}, {}, "a"),
        ({"a": "+++-"}, {"x": "++++"}, "a"),
        ({"a": "++.."}, {"x": "++++"}, "a"),
        ({"a": "++--"}, {"x": "++++"}, "x"),
        ({"a": "++--"}, {"x": "+++-"}, "a"),
        ({"a": "+---", "b": "++--"}, {}, "b"),
        ({"a": "...."}, {}, None),
        ({"a": "...."}, {"x": "++.."}, "x"),
        ({}, {"x": "+..."}, None),
        ({}, {"x": "+++-", "y": "++++"}, "y"),
        ({"a": "....", "b": "----"}, {}, "b"),
    ],
)
def test_the_usual_formula_stays_unless_another_is_proven(
    usual: dict[str, str], others: dict[str, str], expected: str | None
) -> None:
    assert chosen(usual, others) == expected


def test_a_formula_is_held_against_every_nth_line_of_a_long_table() -> None:
    steps: list[int] = []

    def judge(_: str, step: int) -> list[bool | None]:
        steps.append(step)
        return [False, False]

    assert choose(["usual"], ["other"], judge, 2500) == "usual"
    assert steps == [3, 3]
