"""Tables beside each other are parted; one table laid out in two columns goes on at the right."""

from __future__ import annotations

import pytest

from budgetcli.model import RawTable, Span
from budgetcli.recognise.sections import split_document
from budgetcli.recognise.table import recognise
from tests.recognise.tables import amounts, raw, said

APART = """
(단위: 천원)
부서|예산현액|지출액||부서|예산현액|지출액
A과|4|1||C과|6|5
B과|5|2||||
합계|9|3||합계|6|5
"""


def parts(text: str, **facts: object) -> list[RawTable]:
    return split_document([raw(text, **facts)])


def test_a_blank_column_between_two_headers_parts_two_tables() -> None:
    left, right = parts(APART)
    assert (left.number, right.number, right.lines[0]) == (1, 2, 2)
    assert amounts(recognise(right)[0], "budget", "spent") == {"C과": [6000, 5000]}


def test_heads_of_their_own_part_two_tables_and_are_kept() -> None:
    left, right = parts(
        "본청|||사업소||\n부서|예산현액|지출액|부서|예산현액|지출액\nA과|4|1|C과|6|5",
        spans=(Span(0, 0, columns=3), Span(0, 3, columns=3)),
    )
    assert (left.rows[0][0], right.rows[0][0]) == ("본청", "사업소")
    assert (left.spans, right.spans) == ((Span(0, 0, columns=3),), (Span(0, 0, columns=3),))


def test_a_header_repeated_across_without_a_gap_is_one_table_and_that_is_said() -> None:
    (one,) = parts(
        "부서|예산현액|지출액|부서|예산현액|지출액\nA과|4|1|C과|6|5\nB과|5|2|합계|15|8",
        spans=(Span(2, 3),),
    )
    (table,) = recognise(one)
    assert [str(row.place) for row in table.rows] == [
        "report.csv:2",
        "report.csv:3",
        "report.csv:2",
    ]
    assert [total.covers for total in table.totals] == [(0, 1, 2)]
    assert one.spans == (Span(4, 0),)
    assert any("2 times side by side" in text for text in said(table))


@pytest.mark.parametrize(
    "text",
    [
        "부서|예산현액|지출액|예산현액|지출액\nA과|4|1|6|5",
        "부서|2023년||2024년|\n|예산현액|지출액|예산현액|지출액\nA과|4|1|6|5",
        "부서|과|부서|과\nA과|4|B과|5",
        "부서|예산현액|부서|지출액\nA과|4|B과|5",
        "예산현액|예산현액|예산현액|예산현액\n4|1|6|5",
    ],
)
def test_headers_that_do_not_begin_anew_part_nothing(text: str) -> None:
    assert len(parts(text)) == 1
    assert parts(text)[0].rows == raw(text).rows
