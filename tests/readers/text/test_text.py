"""Tables in plain text: drawn, aligned, or copied word by word; and what is no table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from budgetcli.errors import SourceError
from budgetcli.model import RawTable, Span
from budgetcli.readers.source import ReadOptions, Source
from budgetcli.readers.text import MOST_BYTES, MOST_LINES, MOST_WORDS, read


def tables(text: str | bytes) -> list[RawTable]:
    data = text.encode() if isinstance(text, str) else text
    return read(Source("report.txt", data=data), ReadOptions())


def one(text: str) -> RawTable:
    (table,) = tables(text)
    return table


def said(table: RawTable, *, aloud: bool) -> str:
    return "\n".join(str(e.message) for e in table.evidence if e.aloud is aloud)


# --- words parted by single blanks ---


def test_lines_that_end_in_amounts_are_a_table_under_their_header() -> None:
    table = one("부서 예산 지출\n경제과 1,234 567\n산업과 △89 -\n")
    assert table.rows == (
        ("부서", "예산", "지출"),
        ("경제과", "1,234", "567"),
        ("산업과", "△89", "-"),
    )
    assert table.lines == (1, 2, 3)
    assert "2 amounts" in said(table, aloud=False)


def test_letter_spaced_names_and_headers_stay_one_cell() -> None:
    table = one("구    분 합   계 일반직\n경 제 정 책 과 30/32 28/31\n창 업 과 1/0 -\n")
    assert table.rows[0] == ("구    분", "합   계", "일반직")
    assert table.rows[1] == ("경 제 정 책 과", "30/32", "28/31")


def test_names_of_several_words_stay_one_cell() -> None:
    table = one("Division Budget Spent\nFire and Rescue 1,200 900\nPolice 3,400 1,000\n")
    assert table.rows[1] == ("Fire and Rescue", "1,200", "900")


def test_header_names_of_several_words_are_told_by_their_small_letters() -> None:
    table = one(
        "Unidad Crédito definitivo Obligaciones reconocidas\nSalud 10,5 9,1\nObras 7,2 1,0\n"
    )
    assert table.rows[0] == ("Unidad", "Crédito definitivo", "Obligaciones reconocidas")


def test_a_per_cent_sign_before_a_capital_opens_a_name() -> None:
    table = one(
        "Division Budget Spent % Used\nFire and Rescue 1,200 900 75.0\nPolice 3,400 1,700 50.0\n"
    )
    assert table.rows[0] == ("Division", "Budget", "Spent", "% Used")


def test_a_currency_behind_an_amount_tells_where_its_blanks_end() -> None:
    table = one(
        "Oddíl Rozpočet Plnění\nDoprava 3 993 965,00 Kč 50 000,50 Kč\nVoda 96 420,00 Kč 0,00 Kč\n"
    )
    assert table.rows[1] == ("Doprava", "3 993 965,00 Kč", "50 000,50 Kč")
    assert table.rows[2] == ("Voda", "96 420,00 Kč", "0,00 Kč")


def test_a_second_header_row_refines_the_last_word() -> None:
    table = one(
        "예   산\n(단위 : 백만원, ’24. 7. 31. 기준)\n\n"
        "구    분 예산현액 원인행위액 지출액 집행률(%)\n원인행위액 지출액\n\n"
        "계 300 200 150 66.7 50.0\n경 제 과 100 90 80 90.0 80.0\n"
    )
    assert table.rows[:2] == (
        ("구    분", "예산현액", "원인행위액", "지출액", "집행률(%)", ""),
        ("", "", "", "", "원인행위액", "지출액"),
    )
    assert Span(0, 4, 1, 2) in table.spans
    assert Span(0, 0, 2, 1) in table.spans
    assert table.lines == (4, 5, 7, 8)
    assert table.before == ("예   산", "(단위 : 백만원, ’24. 7. 31. 기준)")


def test_a_second_header_row_stands_where_the_columns_look_alike() -> None:
    table = one("부서 예산 집행률\n당초 현액\n경제과 1,000 1,200 50.1\n산업과 2,000 2,400 60.2\n")
    assert Span(0, 1, 1, 2) in table.spans
    assert "2 rows" in said(table, aloud=True)


def test_words_that_repeat_stand_under_the_row_of_groups_above() -> None:
    table = one("2023년 2024년\n부서 예산 지출 예산 지출\n경제과 1 2 3 4\n산업과 5 6 7 8\n")
    assert table.rows[0] == ("", "2023년", "", "2024년", "")
    assert table.spans == (Span(0, 1, 1, 2), Span(0, 3, 1, 2))


def test_a_row_of_marks_belongs_to_the_header() -> None:
    table = one("부서 예산 지출 비율\n(A) (B) (B/A)\n경제과 100 50 50.0\n산업과 200 50 25.0\n")
    assert table.rows[:2] == (("부서", "예산", "지출", "비율"), ("", "(A)", "(B)", "(B/A)"))


def test_years_are_a_header_and_not_a_row() -> None:
    table = one("구분 2022 2023 2024\n복지 100 200 300\n교통 10 20 30\n")
    assert table.rows[0] == ("구분", "2022", "2023", "2024")
    assert len(table.rows) == 3


def test_words_after_the_amounts_fill_the_columns_the_header_names() -> None:
    table = one(
        "주 요 지 표 전국 (A) 서울 (B) 출 처 비 고\n"
        "사 업 체 수  ( 천 개 ) 6,140 1,180 통계청 ’22년 기준\n"
        "종 사 자 수  ( 천 명 ) 25,217 5,795 통계청 ’22년 잠정치\n"
        "수출 1,000 500 관세청 신고액\n"
    )
    assert table.rows[0] == ("주 요 지 표", "전국 (A)", "서울 (B)", "출 처", "비 고")
    assert table.rows[1] == ("사 업 체 수  ( 천 개 )", "6,140", "1,180", "통계청", "’22년 기준")


def test_a_share_in_brackets_belongs_to_the_amount_before_it() -> None:
    table = one(
        "분야 참여인원 주요내용\n계 12,981명 (100%)\n\n"
        "신체적 약자 2,014명  (15%) 예술치료 보조인력, 지킴이 등\n\n"
        "경제적 약자 1,186명   (9%) 돌봄단, 안심도시락 등\n"
    )
    assert table.rows[1] == ("계", "12,981명 (100%)", "")
    assert table.rows[2] == ("신체적 약자", "2,014명  (15%)", "예술치료 보조인력, 지킴이 등")


def test_a_name_without_amounts_above_amounts_without_a_name_is_one_row() -> None:
    table = one("부서 예산 지출\n경제과 1,000 900\n서울시립\n과학관\n500 400\n산업과 300 200\n")
    assert table.rows[2] == ("서울시립\n과학관", "500", "400")


def test_a_name_left_open_goes_on_in_the_next_line() -> None:
    table = one("부서 예산 지출\n경제과 1,000 900\n연구 및\n개발과 500 400\n")
    assert table.rows[2] == ("연구 및\n개발과", "500", "400")


def test_a_group_name_is_a_row_of_its_own() -> None:
    table = one("부서 예산 지출\n일반과 1,000 900\n특별회계\n상수과 500 400\n하수과 5 4\n")
    assert table.rows[2] == ("특별회계", "", "")


def test_a_row_with_too_few_amounts_is_kept_whole_and_said_aloud() -> None:
    table = one("부서 당초 현액 지출\n경제과 100 90 80\n산업과 50 40\n창업과 10 9 8\n")
    assert table.rows[2] == ("산업과 50 40", "", "", "")
    assert "line 3" in said(table, aloud=True)


def test_a_number_in_a_name_stays_in_the_name() -> None:
    table = one("사업 예산 지출\n복지 1,000 900\n비전 2030 500 400\n교통 300 200\n")
    assert table.rows[2] == ("비전 2030", "500", "400")


def test_serial_numbers_are_a_column_where_the_header_names_one() -> None:
    table = one("연번 부서 예산 지출\n1 경제 정책과 1,000 900\n2 산업과 500 400\n")
    assert table.rows[1] == ("1", "경제 정책과", "1,000", "900")


def test_page_numbers_and_a_repeated_header_do_not_end_a_table() -> None:
    table = one(
        "부서 예산 지출\n경제과 1,000 900\n\n- 12 -\n\f\n"
        "부서 예산 지출\n산업과 500 400\n창업과 5 4\n"
    )
    assert [row[0] for row in table.rows] == ["부서", "경제과", "부서", "산업과", "창업과"]
    assert table.lines == (1, 2, 6, 7, 8)


def test_a_title_between_two_like_headers_parts_two_tables() -> None:
    first, second = tables(
        "부서 예산 지출\n경제과 1,000 900\n산업과 1 2\n\n2023년 결산\n"
        "부서 예산 지출\n경제과 7 6\n산업과 5 4\n"
    )
    assert (first.number, second.number, second.alone) == (1, 2, False)
    assert second.before == ("2023년 결산",)


def test_a_header_that_does_not_add_up_is_said_aloud_and_kept_before() -> None:
    table = one("무슨 표\n가 1,000 2 3\n나 4 5,000 6\n다 7 8 9,000\n")
    assert table.rows[0] == ("가", "1,000", "2", "3")
    assert table.before == ("무슨 표",)
    assert "4 column names" in said(table, aloud=True)


def test_thousands_parted_by_narrow_blanks_are_one_amount() -> None:
    table = one("Kapitola Schválený Skutečnost\nŠkoly 1\u00a0234,5 900\nDoprava 2\u202f000,0 1\n")
    assert table.rows[1] == ("Školy", "1\u00a0234,5", "900")


def test_after_holds_the_notes_below() -> None:
    assert one("부서 예산 지출\n가과 1,0 2\n나과 3 4\n※ 잠정치\n").after == ("※ 잠정치",)


# --- columns that stand under each other ---


def test_blank_cells_of_aligned_columns_stay_blank() -> None:
    table = one(
        "Department            Budget     Spent    Rate\n"
        "Police                 1,234     1,000    81.0\n"
        "Fire and Rescue          500              \n"
        "Roads                              300    60.0\n"
    )
    assert table.rows[2:] == (("Fire and Rescue", "500", "", ""), ("Roads", "", "300", "60.0"))


def test_wide_letters_are_measured_as_a_terminal_shows_them() -> None:
    table = one(
        "부서            예산     지출\n경제정책과     1,234    1,000\n"
        "과                        300\n"
        "창업과           500\n"
    )
    assert table.rows[2:] == (("과", "", "300"), ("창업과", "500", ""))


def test_a_word_over_two_aligned_columns_is_a_span() -> None:
    table = one(
        "Dept        Budget         Rate\n"
        "                      Bound    Paid\n"
        "Police       1,234     81.0    80.0\n"
        "Fire           500     61.0    60.0\n"
    )
    assert table.rows[:2] == (("Dept", "Budget", "Rate", ""), ("", "", "Bound", "Paid"))
    assert Span(0, 2, 1, 2) in table.spans
    assert Span(0, 1, 2, 1) in table.spans


def test_debit_and_credit_never_share_a_row_and_stay_two_columns() -> None:
    table = one(
        "Account       Debit    Credit\n"
        "Cash            100\n"
        "Stock            70\n"
        "Loans                      50\n"
        "Bonds                     120\n"
    )
    assert table.rows[2:4] == (("Stock", "70", ""), ("Loans", "", "50"))


def test_strokes_under_the_header_tell_the_columns() -> None:
    table = one(
        "name        amount  note\n--------  --------  ------\n"
        "A and B        100\nC                   late\n"
    )
    assert table.rows == (("name", "amount", "note"), ("A and B", "100", ""), ("C", "", "late"))
    assert "strokes" in said(table, aloud=False)


# --- drawn tables ---


def test_psql_output_is_read_without_its_count() -> None:
    table = one(
        "  부서  |  예산   | 지출\n--------+---------+------\n"
        " 경제과 | 129,652 | 1\n 창업과 |         | 2\n(2 rows)\n"
    )
    assert table.rows == (("부서", "예산", "지출"), ("경제과", "129,652", "1"), ("창업과", "", "2"))
    assert table.lines == (1, 3, 4)


def test_a_grid_joins_the_lines_of_a_cell_and_keeps_merged_cells() -> None:
    table = one(
        "+--------+-----------------+\n"
        "| 구분   | 집행률(%)       |\n"
        "|        +--------+--------+\n"
        "|        | 원인   | 지출   |\n"
        "+========+========+========+\n"
        "| 서울   | 1,234  | 5      |\n"
        "| 시립   |        |        |\n"
        "+--------+--------+--------+\n"
        "| 계     | 1      | 2      |\n"
        "+--------+--------+--------+\n"
    )
    assert table.rows == (
        ("구분", "집행률(%)", ""),
        ("", "원인", "지출"),
        ("서울\n시립", "1,234", "5"),
        ("계", "1", "2"),
    )
    assert table.spans == (Span(0, 0, 2, 1), Span(0, 1, 1, 2))


def test_rows_between_two_rules_stay_rows_of_their_own() -> None:
    table = one(
        "┌──────┬──────┐\n│ 부서 │ 예산 │\n├──────┼──────┤\n│ 가   │  100 │\n│ 나   │  200 │\n"
        "├──────┼──────┤\n│ 계   │  300 │\n└──────┴──────┘\n"
    )
    assert [row[0] for row in table.rows] == ["부서", "가", "나", "계"]


def test_bars_that_do_not_line_up_are_counted() -> None:
    table = one(
        "+----+----+\n| 부서 | 예산 |\n+----+----+\n| 경제정책과 | 5 |\n| 창 | 5 |\n+----+----+\n"
    )
    assert table.rows[1] == ("경제정책과", "5")


# --- what is no table ---


@pytest.mark.parametrize(
    "prose",
    [
        "",
        "   - 고용률 : (’18) 59.7% → (’20) 58.6% → (’22) 60.4%\n   - 실업률 : (’18) 5.0%\n",
        " ㅇ 취업특강 : 10~11월\n ㅇ 채용박람회       :   ~12월\n ㅇ 교육 : 9. 3. ~ 9. 7.\n",
        "올해 예산 1,234억 원을 편성하여 5개 사업에\n567억 원을 집행하였으며 내년 89억 원을\n",
        "서론 3\n본론 14\n결론 25\n",
        "A | B is prose\nof a kind\n",
        "1. 하나\n2. 둘\n3. 셋\n",
        "Copyright 2003-2004 One\nCopyright 2003 Two Three\nCopyright 2005 Four Five\n",
    ],
)
def test_prose_lists_and_contents_are_no_tables(prose: str) -> None:
    assert tables(prose) == []


# --- the file as a whole ---


def test_korean_encodings_are_read() -> None:
    (table,) = tables("부서 예산 지출\r\n경제과 1,0 2\r\n산업과 3 4\r\n".encode("cp949"))
    assert table.rows[1] == ("경제과", "1,0", "2")
    assert table.evidence[0].step == "encoding"


def test_undecodable_bytes_are_an_error() -> None:
    with pytest.raises(SourceError, match="encoding"):
        tables(b"\xff\xff\xff 1 2\n")


@pytest.mark.parametrize(
    "text",
    ["x" * (MOST_BYTES + 1), "\n" * (MOST_LINES + 1), f"{'1 ' * 50}\n" * (MOST_WORDS // 50 + 1)],
)
def test_more_than_any_report_is_an_error_with_a_way_on(text: str) -> None:
    with pytest.raises(SourceError, match="CSV"):
        tables(text)


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 5_000_000,
        "( " * 900 + "\n" + "1," * 900 + "\n" + "- " * 900 + "\n",
        ("가 " * 900 + "\n가 1 2 3\n") * 20,
        "---- ----\n" * 5_000,
        "+---+---+\n" * 5_000,
        ("│" + "a│" * 900 + "\n") * 50,
        "name\na 1 2\nname\nname2\nname\n\n" * 2_000,
        "".join("x" + " " * (2 + i % 900) + "5\n" for i in range(3_000)),
        "a b c\nx 1 b c\n" * 3_000,
    ],
)
def test_hostile_text_is_read_or_left_alone(text: str) -> None:
    assert all(len(table.rows) == len(table.lines) for table in tables(text))


def test_the_report_gives_its_tables_and_no_others(real_file: Callable[[str], Path]) -> None:
    path = real_file("seoul_economic_office_2024/work_report.txt")
    found = read(Source(path.name, path=path), ReadOptions())
    staffing, budget, indicators, _fashion, fund, participation = found
    assert staffing.rows[2] == ("경 제 정 책 과", "30/32", "28/31", "1/0", "-", "1/1")
    assert budget.rows[2] == ("계", "685,068", "496,416", "463,697", "72.5", "67.7")
    assert len(budget.rows) == 13
    assert budget.before[-1] == "(단위 : 백만원, ’24. 7. 31. 기준)"
    assert indicators.rows[0][-2:] == ("출 처", "비 고")
    assert fund.rows[2][:3] == ("조성목표", "11,750", "2,500")
    assert len(participation.rows) == 7
    assert not any(evidence.aloud for table in found for evidence in table.evidence)
