"""The shapes that officers' division tables come in: each must be read for what it is."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from budgetcli.errors import TableError
from budgetcli.model import Span
from budgetcli.recognise.table import Hints, recognise
from tests.recognise.tables import amounts, raw, read, said


def test_title_unit_and_date_stand_above_a_two_row_header() -> None:
    table = read("""
경제실 예산 집행현황
(단위 : 백만원, ’24. 7. 31. 기준)

구 분|예산현액(A)|원인행위액(B)|지출액(C)|집행률(%)|
||||원인행위액(B/A)|지출액(C/A)
계|300|200|100|66.7|33.3
경 제 과|100|80|40|80.0|40.0
일 자 리 과|200|120|60|60.0|30.0
""")
    assert (table.title, table.as_of) == ("경제실 예산 집행현황", date(2024, 7, 31))
    assert amounts(table, "budget", "committed", "spent") == {
        "경제과": [100_000_000, 80_000_000, 40_000_000],
        "일자리과": [200_000_000, 120_000_000, 60_000_000],
    }
    assert [row.printed["commitment_rate"].text for row in table.rows] == ["80.0", "60.0"]


def test_a_row_of_marks_closes_a_header_of_three_rows() -> None:
    table = read("""
부서|2024년도|||
|예산현액|집행|
||금액|비율(%)
|㉮|㉯|㉯/㉮
A과|1,000|500|50.0
B과|2,000|△100|(5.0)
""")
    assert amounts(table, "budget", "spent") == {"A과": [1000, 500], "B과": [2000, -100]}
    assert table.counts.headers == 4


def test_numbered_columns_under_the_header_are_no_data() -> None:
    table = read("Division|Budget|Spent|Rate\n1|2|3|4=3/2\nA|100|50|50.0")
    assert amounts(table, "budget", "spent") == {"A": [100, 50]}


def test_merged_header_cells_head_every_column_they_cover() -> None:
    table = read(
        "부서|예산현액|집행||\n||원인행위액|지출액|집행률\nA과|10|8|5|50.0",
        spans=(Span(0, 0, rows=2), Span(0, 1, rows=2), Span(0, 2, columns=3)),
    )
    assert amounts(table, "budget", "committed", "spent") == {"A과": [10, 8, 5]}


def test_a_blank_outer_name_repeats_the_one_above() -> None:
    table = read("실국|부서|예산현액|지출액\n경제실|경제과|4|1\n|일자리과|2|1\n문화실|문화과|3|1")
    assert [row.labels["office"] for row in table.rows] == ["경제실", "경제실", "문화실"]


def test_subtotals_in_the_second_name_column_and_the_total_in_the_first() -> None:
    table = read("""
실국|부서|예산현액|지출액
합계||1,000|310
경제실|소계|600|210
|경제과|400|110
|일자리과|200|100
문화실|소계|400|100
|문화과|250|60
|관광과|150|40
""")
    assert [total.covers for total in table.totals] == [(0, 1, 2, 3), (0, 1), (2, 3)]
    assert [row.labels["office"] for row in table.rows] == ["경제실", "경제실", "문화실", "문화실"]


def test_a_header_repeated_on_each_page_is_no_data() -> None:
    table = read("부서|예산현액|지출액\nA과|4|1\n부 서|예산현액|지출액\nB과|2|1")
    assert (amounts(table, "budget"), table.counts.headers) == ({"A과": [4], "B과": [2]}, 2)


def test_dates_in_a_column_part_the_rows() -> None:
    june, july = recognise(
        raw("기준일|부서|예산현액|지출액\n2024-06-30|A과|4|1\n2024-07-31|A과|4|2\n|B과|3|1")
    )
    assert (june.as_of, july.as_of) == (date(2024, 6, 30), date(2024, 7, 31))
    assert amounts(july, "spent") == {"A과": [2], "B과": [1]}


def test_a_date_the_column_lacks_is_an_error_that_names_those_there_are() -> None:
    table = raw("기준일|부서|예산현액|지출액\n2024-06-30|A과|4|1\n2024-07-31|A과|4|2")
    (june,) = recognise(table, Hints(as_of=date(2024, 6, 30)))
    assert june.as_of == date(2024, 6, 30)
    with pytest.raises(TableError, match="no rows of") as problem:
        recognise(table, Hints(as_of=date(2024, 5, 31)))
    assert "2024-06-30, 2024-07-31" in str(problem.value)


def test_each_column_may_have_its_own_unit() -> None:
    table = read("부서|예산현액(백만원)|지출액(천원)\nA과|400|110,000")
    assert amounts(table, "budget", "spent") == {"A과": [400_000_000, 110_000_000]}


def test_a_unit_column_counts() -> None:
    table = read("부서|단위|예산현액|지출액\nA과|천원|4|1\nB과|천원|2|1")
    assert amounts(table, "budget") == {"A과": [4000], "B과": [2000]}


@pytest.mark.parametrize("printed", ["27.5", "27.5%", "0.275"])
def test_a_rate_is_per_cent_however_it_is_printed(printed: str) -> None:
    table = read(f"부서|예산현액|지출액|집행률\nA과|400|110|{printed}")
    assert table.rows[0].printed["execution_rate"].value == Fraction(55, 2)


def test_a_comma_parts_decimals_where_the_column_proves_it() -> None:
    table = read("Odbor;Po změnách\nDoprava;1 234,50".replace(";", "|") + "\nKultura|200")
    assert (amounts(table, "budget"), table.scale) == ({"Doprava": [123450], "Kultura": [20000]}, 2)
    assert "a comma parts units from decimals" in said(table)


def test_a_table_without_a_header_reads_by_its_map() -> None:
    hints = Hints({"division": "#1", "budget": "#2", "spent": "#3"}, has_header=False)
    assert amounts(read("A과|4|1\nB과|2|1", hints), "budget", "spent") == {
        "A과": [4, 1],
        "B과": [2, 1],
    }


def test_a_running_number_is_no_name_and_a_remark_no_amount() -> None:
    table = read(
        "연번|부서명|예산현액|지출액|비고\n1|A과|4|1|연말까지 전액 집행(100백만원)\n2|B과|2|1|"
    )
    assert amounts(table, "budget", "spent") == {"A과": [4, 1], "B과": [2, 1]}


def test_a_change_column_is_neither_budget_nor_spending() -> None:
    table = read("부서|예산현액|지출액|증감\nA과|400|110|10\nB과|200|100|△10")
    assert amounts(table, "budget", "spent") == {"A과": [400, 110], "B과": [200, 100]}


def test_notes_below_are_no_rows_and_their_date_is_not_that_of_the_figures() -> None:
    table = read("""
부서|예산현액|지출액
A과|4|1
B과|2|1
※ 지출액은 누계임
* 2024. 8. 5. 작성
담당: 예산과 홍길동 (02-1234-5678)
""")
    assert (len(table.rows), table.counts.others, table.as_of, table.title) == (2, 3, None, None)


def test_the_nearest_line_that_says_as_of_gives_the_date() -> None:
    table = read(
        "(’24. 7. 31. 기준)\n부서|예산현액|지출액\nA과|4|1",
        before=("’24. 6. 30. 기준", "2020. 1. 1."),
    )
    assert table.as_of == date(2024, 7, 31)


def test_amounts_in_hundred_millions_keep_their_decimals() -> None:
    table = read("(단위: 억원)\n부서|예산현액|지출액\nA과|95.6|60.25")
    assert amounts(table, "budget", "spent") == {"A과": [9_560_000_000, 6_025_000_000]}


def test_a_division_whose_amounts_are_all_blank_stays_one_with_unknown_amounts() -> None:
    table = read("부서|예산현액|지출액\nA과|95|60\n신설과||\nB과|10|5")
    assert amounts(table, "budget", "spent")["신설과"] == ["blank", "blank"]


def test_a_blank_division_may_be_the_last_row() -> None:
    assert "신설과" in amounts(read("부서|예산현액|지출액\nA과|95|60\n신설과||"), "budget")


@pytest.mark.parametrize("heading", ["□ 일반회계", "[특별회계]", "Ⅰ. 본청", "가. 사업소"])
def test_a_heading_among_the_rows_is_no_division(heading: str) -> None:
    table = read(f"부서|예산현액|지출액\nA과|95|60\n{heading}||\nB과|10|5")
    assert [*amounts(table, "budget")] == ["A과", "B과"]


def test_a_heading_merged_over_the_row_is_no_division() -> None:
    table = read(
        "부서|예산현액|지출액\nA과|95|60\n본청||\nB과|10|5", spans=(Span(2, 0, columns=3),)
    )
    assert [*amounts(table, "budget")] == ["A과", "B과"]


def test_a_division_may_be_called_by_a_number() -> None:
    assert amounts(read("부서|예산현액|지출액\n119|95|60"), "budget") == {"119": [95]}


def test_equal_divisions_are_two_divisions() -> None:
    table = read("부서|예산현액|지출액\nA과|95|60\nB과|95|60")
    assert (len(table.rows), table.totals) == (2, ())


def test_zero_and_negative_budgets_are_amounts_and_nr_is_none() -> None:
    table = read("부서|예산현액|지출액\nA과|0|60\nB과|(95)|0\nC과|N/R|-")
    assert amounts(table, "budget", "spent") == {
        "A과": [0, 60],
        "B과": [-95, 0],
        "C과": ["unreadable", "dash"],
    }
    assert [finding.code for finding in table.findings] == ["unreadable_amount"]


def test_a_row_of_words_in_place_of_amounts_is_refused_with_its_place() -> None:
    table = read("부서|예산현액|지출액\nA과|4|1\nB과|추후|통보")
    assert (table.counts.refused, len(table.rows)) == (1, 1)
    assert {str(finding.place) for finding in table.findings} == {"report.csv:3"}


def test_english_in_capitals() -> None:
    table = read("""
DEPARTMENT|ADOPTED BUDGET AMOUNT|CURRENT BUDGET|ENCUMBRANCES|EXPENDITURES|% SPENT
POLICE|$900.00|$1,000.00|$100.00|$500.00|50.0%
TOTAL|$900.00|$1,000.00|$100.00|$500.00|50.0%
""")
    assert amounts(table, "original", "budget", "encumbered", "spent") == {
        "POLICE": [90000, 100000, 10000, 50000]
    }


def test_spanish_paid_amounts_are_the_spending_and_the_others_are_named() -> None:
    table = read("""
Dependencia|Aprobado|Modificado|Comprometido|Devengado|Ejercido|Pagado
Salud|100|120|110|90|80|70
Total general|100|120|110|90|80|70
""")
    assert amounts(table, "original", "budget", "spent") == {"Salud": [100, 120, 70]}
    assert "Pagado was taken for expenditure, not Devengado, Ejercido" in said(table)


def test_portuguese_headers_and_amounts() -> None:
    table = read("""
Órgão|Dotação Inicial|Dotação Atualizada|Empenhado|Liquidado|Pago
Saúde|1.000,00|1.200,00|900,00|800,00|700,00
""")
    assert amounts(table, "budget", "spent") == {"Saúde": [120000, 70000]}


def test_names_without_a_known_header_are_the_first_words() -> None:
    table = read("Somewhere|예산현액|지출액\nA|4|1")
    assert amounts(table, "budget") == {"A": [4]}


def test_a_table_of_years_alone_names_its_rows_by_year() -> None:
    tables = recognise(raw("연도|예산현액|집행액\n2022|4|1\n2023|5|2"))
    assert [amounts(table, "budget") for table in tables] == [{"2022": [4]}, {"2023": [5]}]


def test_cells_may_name_their_own_unit() -> None:
    table = read("부서|예산현액|지출액\nA과|95.6억원|60억\nB과|10억원|백만원")
    assert amounts(table, "budget", "spent")["A과"] == [9_560_000_000, 6_000_000_000]
    assert table.unit is not None
    assert table.unit.name == "억원"


def test_a_caption_that_contradicts_a_cell_is_said_and_the_cell_counts() -> None:
    text = "(단위: 천원)\n부서|예산현액|지출액\nA과|4백만원|1\nB과|2,000|-백만원"
    table = read(text)
    assert amounts(table, "budget") == {"A과": [4_000_000], "B과": [2_000_000]}
    assert any("예산현액 say 백만원, not 천원" in line for line in said(table))
    assert amounts(read(text, Hints(unit="천원")), "budget")["A과"] == [4000]


def test_a_second_number_in_brackets_is_set_aside_and_that_is_said() -> None:
    table = read("부서|예산현액|집행액[실집행액]\nA과|4,775|4,661[4,100]")
    assert amounts(table, "spent") == {"A과": [4661]}
    assert any("that before the brackets" in line for line in said(table))


def test_per_cent_in_an_amount_column_is_no_amount() -> None:
    table = read("부서|예산현액|지출액\nA과|4|50%\nB과|4|3")
    assert amounts(table, "spent") == {"A과": ["unreadable"], "B과": [3]}


def test_a_document_without_amounts_says_so() -> None:
    with pytest.raises(TableError, match="no row with amounts"):
        recognise(raw("부서|전화\nA과|담당자"))


def test_a_header_in_a_language_nobody_taught_is_still_a_header() -> None:
    table = read(
        "Osasto|Määräraha|Käyttö\nA|4|1", Hints({"budget": "Määräraha", "spent": "Käyttö"})
    )
    assert amounts(table, "budget", "spent") == {"A": [4, 1]}


@pytest.mark.parametrize("text", ["|", "가나|다라\n마바|사아"])
def test_a_table_without_anything_to_read_says_so(text: str) -> None:
    with pytest.raises(TableError, match="no row with amounts"):
        recognise(raw(text))


def test_amounts_without_any_name_are_rows_with_a_warning() -> None:
    table = read("예산현액|지출액\n4.5|1")
    assert (len(table.rows), [f.code for f in table.findings]) == (1, ["unnamed_row"])


def test_a_blank_row_may_stand_inside_a_header() -> None:
    table = read("부서|예산|지출\n||\n|현액|액\nA과|4|1")
    assert amounts(table, "budget", "spent") == {"A과": [4, 1]}
    assert (table.counts.read, table.counts.headers, table.counts.others) == (4, 3, 0)


def test_a_heading_right_under_the_header_is_no_part_of_it() -> None:
    assert amounts(read("부서|예산현액|지출액\n□ 본청||\nA과|4|1"), "budget") == {"A과": [4]}


def test_a_number_with_a_unit_that_cannot_be_read_is_no_amount() -> None:
    assert amounts(read("부서|예산현액|지출액\nA과|1,2,3억원|1"), "budget") == {
        "A과": ["unreadable"]
    }


def test_a_rate_whose_amounts_are_missing_is_read_as_it_stands() -> None:
    table = read("부서|예산현액|집행률\nA과|4|0.5")
    assert table.rows[0].printed["execution_rate"].value == Fraction(1, 2)


def test_a_rate_of_something_else_is_not_the_execution_rate() -> None:
    assert read("부서|예산현액|비율|\n||이월액|지출액\nA과|4|1|2").rows[0].printed.keys() == {
        "execution_rate"
    }


def test_a_title_with_the_unit_at_its_right_end_is_no_header() -> None:
    table = read("부서별 집행 현황||(단위: 천원)\n구분|예산현액|집행액\nA과|400|110")
    assert (amounts(table, "budget"), table.title) == ({"A과": [400_000]}, "부서별 집행 현황")


def test_each_fund_of_an_amount_is_set_aside_for_its_sum() -> None:
    table = read("""
부서|예산현액|||집행액|||집행률
|계|국비|시비|계|국비|시비|
합계|30|10|20|15|5|10|50.0
A과|10|5|5|5|2|3|50.0
B과|20|5|15|10|3|7|50.0
""")
    assert amounts(table, "budget", "spent") == {"A과": [10, 5], "B과": [20, 10]}


def test_three_denominators_are_three_rates() -> None:
    table = read("""
부서|대상액|목표액|집행액|집행률(%)|
||||대상액 대비|목표액 대비
A과|100|60|30|30.0|50.0
""")
    assert table.rows[0].printed["attainment_rate"].text == "50.0"


def test_numbers_that_count_the_columns_may_be_formulas() -> None:
    table = read("""
Concepto|Aprobado|Ampliaciones|Modificado|Pagado
|1|2|3 = (1 + 2)|4
Salud|100|20|120|60
""")
    assert amounts(table, "original", "budget", "spent") == {"Salud": [100, 120, 60]}


def test_a_name_that_a_total_repeats_heads_its_rows() -> None:
    table = read("""
Fund/Department|Budget|Actual
GENERAL FUND||
Police|100|50
Fire|80|30
TOTAL GENERAL FUND|180|80
WATER FUND||
Operations|40|10
TOTAL WATER FUND|40|10
""")
    assert [row.labels["division"] for row in table.rows] == ["Police", "Fire", "Operations"]
    assert table.counts.others == 2


def test_a_second_header_row_may_hold_a_word_that_is_not_known() -> None:
    table = read("""
|Approved|Revised|Actual|Execution
Votehead|budget|budget|spending|rate (%)
Health|120|130|65|50.0
""")
    assert amounts(table, "original", "budget", "spent") == {"Health": [120, 130, 65]}


def test_an_amount_marked_as_a_credit_is_negative_and_that_is_said() -> None:
    table = read("dept|budget|spent\nA|1,000.00|250.00\nB|0|75.50 CR\nC|10|(5) CR")
    assert amounts(table, "spent") == {"A": [25000], "B": [-7550], "C": ["unreadable"]}
    assert "spent: 75.50 CR is a credit, and so negative" in said(table)


@pytest.mark.parametrize("cells", ["12 CR|9 CR", "12 Cr|450000"])
def test_what_may_be_crores_is_no_credit(cells: str) -> None:
    first, second = cells.split("|")
    table = read(f"dept|budget|spent\nA|100|{first}\nB|100|{second}")
    assert amounts(table, "spent")["A"] == ["unreadable"]


def test_a_unit_behind_an_underscore_is_one() -> None:
    table = read("dept|budget_thousands|spent_thousands\nA|100|50")
    assert amounts(table, "budget", "spent") == {"A": [100_000, 50_000]}


def test_the_noise_of_floats_is_kept_and_not_shown() -> None:
    table = read("dept|budget|spent\nA|100|30.120000000000001\nB|100.25|9.2e-11")
    assert (table.scale, table.places) == (15, 2)
    assert table.rows[0].amount("spent") == 30_120_000_000_000_001


def test_six_decimals_of_a_million_are_shown() -> None:
    table = read("dept|budget ($m)|spent ($m)\nA|100.123456|30.12")
    assert table.places == 6


def test_a_row_that_states_date_and_unit_cell_by_cell_is_no_header() -> None:
    table = read("기준일|2025-03-31||단위: 천원\n부서|예산현액|지출액|집행률\n가|100|33|33.0")
    assert amounts(table, "budget") == {"가": [100_000]}
    assert table.as_of == date(2025, 3, 31)


@pytest.mark.parametrize(
    ("caption", "year"),
    [
        ("세출예산 집행현황 (2023 회계연도)", 2023),
        ("Budget execution, FY 2023-24", 2023),
        ("Statement of expenditure for the year 2023-24", 2023),
        ("Ejercicio fiscal 2024", 2024),
        ("Exercício de 2024", 2024),
        ("Budget 2024 and outturn of FY2022 and FY2023", None),
        ("Report 2024", None),
    ],
)
def test_the_fiscal_year_of_a_caption_that_says_so(caption: str, year: int | None) -> None:
    assert read(f"{caption}\n\n부서|예산현액|지출액\n가|100|33").fiscal_year == year
