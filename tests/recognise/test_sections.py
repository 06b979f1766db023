"""Stacked tables are parted; a header repeated at a page break parts nothing."""

from __future__ import annotations

from budgetcli.model import Span
from budgetcli.recognise.sections import split, split_document
from tests.recognise.tables import raw

STACKED = """
세입 현황 (단위: 천원)
과목|예산현액|수납액
지방세|100|90
※ 누계

세출 현황
부서|예산현액|지출액
A과|4|1
"""


def test_tables_under_each_other_are_parted_with_their_captions_and_lines() -> None:
    revenue, spending = split_document([raw(STACKED)])
    assert (revenue.lines, spending.lines) == ((1, 2, 3, 4, 5), (6, 7, 8))
    assert (revenue.number, spending.number, spending.alone) == (1, 2, False)
    assert spending.before == ("세입 현황 (단위: 천원)",)


def test_spans_and_lines_go_with_their_rows() -> None:
    text = "부서|예산현액|지출액\nA과|4|1\n구분|원인행위액|집행률\nB과|2|1"
    spans = (Span(0, 0, rows=2), Span(3, 1, columns=2))
    first, second = split(raw(text, spans=spans, lines=(7, 8, 9, 10)))
    assert (first.spans, second.spans) == ((Span(0, 0, rows=2),), (Span(1, 1, columns=2),))
    assert second.lines == (9, 10)


def test_a_page_break_parts_nothing() -> None:
    page = "(단위: 원)\n부서|예산현액|지출액\n"
    text = f"{page}A과|4|1\n- 2 -\n{page}B과|2|1"
    assert len(split(raw(text))) == 1


def test_the_same_header_under_another_title_is_another_table() -> None:
    text = "일반회계\n부서|예산현액|지출액\nA과|4|1\n\n특별회계\n부서|예산현액|지출액\nA과|2|1"
    assert [part.rows[0] for part in split(raw(text))] == [("일반회계",), ("특별회계",)]


def test_one_table_stays_as_it_is() -> None:
    table = raw("부서|예산현액|지출액\nA과|4|1")
    assert split_document([table]) == [table]


def test_without_any_header_there_is_nothing_to_part() -> None:
    assert len(split(raw("예산현액|1.5\n지출액|2.5"))) == 1
