"""The formulas that headers declare by marks, as columns (numbers from 0)."""

from __future__ import annotations

import pytest

from budgetcli.analysis.check_marks import Declared, declared_formulas


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        (("예산(A)", "지출(B)", "실적(B/A)"), {2: Declared(1, over=0)}),
        (("예산㉠", "지출㉡", "실적(㉡/㉠)"), {2: Declared(1, over=0)}),
        (("예산(A)", "지출(B)", "잔액(C=A-B)"), {2: Declared(0, less=(1,))}),
        (("예산(A)", "추경(B)", "현액(A+B)"), {2: Declared(0, more=(1,))}),
        (
            ("예산(A)", "지출(B)", "실적(C=B/A)", "대비(C/A)"),
            {2: Declared(1, over=0), 3: Declared(2, over=0)},
        ),
    ],
)
def test_a_header_declares_a_formula_of_the_columns_its_marks_stand_on(
    headers: tuple[str, ...], found: dict[int, Declared]
) -> None:
    assert declared_formulas(headers) == found


@pytest.mark.parametrize(
    "headers",
    [
        ("예산(A)", "실적(B/A)"),
        ("예산(B)", "실적(B/A)"),
        ("예산(A)", "예산(A)", "지출(B)", "실적(B/A)"),
        ("예산(A)", "잔액(A-B)"),
        ("예산(A)", "지출(B=B/A)"),
    ],
)
def test_a_mark_of_no_column_or_of_two_and_a_column_of_itself_make_no_formula(
    headers: tuple[str, ...],
) -> None:
    assert declared_formulas(headers) == {}
