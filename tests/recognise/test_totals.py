"""Which rows are totals: by their name, a missing name, a code, their figures; never by chance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetcli.model import Severity
from budgetcli.recognise.table import Hints
from budgetcli.recognise.totals import Sign, is_total_name, signs_of
from tests.recognise.tables import amounts, read, said


@pytest.mark.parametrize(
    "name",
    [
        "계",
        "소 계",
        "총계(A+B)",
        "일반회계 소계",
        "Total general",
        "기능별 분류(합계)",
        "Fund (Total)",
        "TOTAL",
    ],
)
def test_names_that_say_total(name: str) -> None:
    assert is_total_name(name)


@pytest.mark.parametrize("name", ["회계과", "통계과", "계약과", "Totally", "설계"])
def test_names_that_do_not(name: str) -> None:
    assert not is_total_name(name)


@pytest.mark.parametrize(
    ("name", "sign"), [("총계(A+B)", Sign.GRAND), ("소계(A+B)", Sign.WORD), ("", Sign.NAMELESS)]
)
def test_what_a_name_says_of_a_row(name: str, sign: Sign) -> None:
    assert signs_of([(name,)]) == [sign]


def test_nested_totals_after_their_parts() -> None:
    table = read("""
부서|예산현액|지출액
경제과|400|110
일자리과|200|100
경제실 소계|600|210
문화과|250|60
관광과|150|40
문화실 소계|400|100
총계|1000|310
""")
    assert [total.covers for total in table.totals] == [(0, 1), (2, 3), (0, 1, 2, 3)]


def test_a_total_that_does_not_add_up_stays_a_total_and_is_an_error() -> None:
    table = read("부서|예산현액|지출액\n계|100|3\nA과|4|1\nB과|2|1")
    (finding,) = [f for f in table.findings if f.column == "budget"]
    assert (finding.code, finding.severity, finding.difference) == (
        "total_mismatch",
        Severity.ERROR,
        94,
    )


def test_rounding_is_a_note_and_unknown_parts_a_warning() -> None:
    table = read("부서|예산현액|지출액\n계|7|100\nA과|4|1\nB과|2|")
    assert [(f.code, f.severity) for f in table.findings] == [
        ("rounding", Severity.NOTE),
        ("total_mismatch", Severity.WARNING),
    ]


def test_a_wrong_subtotal_is_held_against_the_rows_it_stands_with() -> None:
    table = read("""
부서|예산현액|지출액
A과|400|110
B과|200|100
소계|999|210
C과|250|60
소계|250|60
합계|850|270
""")
    assert [total.covers for total in table.totals] == [(0, 1), (2,), (0, 1, 2)]


def test_a_row_without_a_name_that_equals_its_neighbours_is_a_total() -> None:
    table = read("부서|예산현액|지출액\n|6|2\nA과|4|1\nB과|2|1")
    assert "a name is missing" in str(table.totals[0].reason)


def test_a_row_without_a_name_that_does_not_is_a_row_with_a_warning() -> None:
    table = read("부서|예산현액|지출액\n|9|9\nA과|4|1\nB과|2|1")
    assert (len(table.rows), [f.code for f in table.findings]) == (3, ["unnamed_row"])


def test_a_row_that_lacks_the_inner_name_sums_the_rows_that_have_it() -> None:
    table = read("""
실국|부서|예산현액|지출액
경제실||600|210
경제실|경제과|400|110
경제실|일자리과|200|100
문화실||400|100
문화실|문화과|250|60
문화실|관광과|150|40
""")
    assert [*amounts(table, "budget")] == ["경제과", "일자리과", "문화과", "관광과"]


GROUPS = """
부서|예산현액|지출액
경제실|612,345|210,111
경제과|400,123|110,050
일자리과|212,222|100,061
문화실|400,001|100,002
문화과|250,000|60,001
관광과|150,001|40,001
"""


def test_groups_that_only_their_figures_show_are_totals_and_that_is_said() -> None:
    table = read(GROUPS)
    assert [total.covers for total in table.totals] == [(0, 1), (2, 3)]
    assert any("경제실, 문화실" in line for line in said(table))


def test_an_amount_column_that_is_empty_in_a_group_speaks_neither_for_nor_against_it() -> None:
    rows = [f"{row}|{'' if n else '이월액'}" for n, row in enumerate(GROUPS.strip().splitlines())]
    table = read("\n".join([*rows, "감사과|7|3|5"]))
    assert [total.covers for total in table.totals] == [(0, 1), (2, 3)]


def test_groups_below_their_parts_and_a_total_of_groups() -> None:
    rows = GROUPS.strip().splitlines()
    turned = [rows[0], *rows[2:4], rows[1], *rows[5:7], rows[4], "서울시|1,012,346|310,113"]
    table = read("\n".join(turned))
    assert [total.covers for total in table.totals] == [(0, 1), (2, 3), (0, 1, 2, 3)]


def test_a_group_inside_a_group_is_counted_by_its_leaves() -> None:
    table = read("""
부서|예산현액|지출액
시|1,012,346|310,113
감사과|612,345|210,111
문화실|400,001|100,002
문화과|250,000|60,001
관광과|150,001|40,001
""")
    assert [total.covers for total in table.totals] == [(0, 1, 2), (1, 2)]


def test_groups_of_few_figures_count_where_they_part_the_whole_table() -> None:
    table = read(
        "부서|예산현액|지출액\n실|60|21\nA과|40|11\nB과|20|10\n국|40|10\nC과|25|6\nD과|15|4"
    )
    assert [*amounts(table, "budget")] == ["A과", "B과", "C과", "D과"]


def test_groups_of_few_figures_count_where_the_printed_total_needs_them() -> None:
    table = read("부서|예산현액|지출액\n계|69|25\n실|60|21\nA과|40|11\nB과|20|10\nE과|9|4")
    assert [*amounts(table, "budget")] == ["A과", "B과", "E과"]


def test_nothing_is_a_group_where_the_printed_total_adds_up_without() -> None:
    table = read("부서|예산현액|지출액\n계|120|42\n실|60|21\nA과|40|11\nB과|20|10")
    assert len(table.rows) == 3


@pytest.mark.parametrize(
    "rows",
    [
        "A과|0|0\nB과|0|0\nC과|0|0",
        "A과|95|60\nB과|95|60\nC과|0|0",
        "A과|100|50\nB과|50|25\nC과|50|25\nD과|7|3",
        "A과|30|20\nB과|20|10\nC과|10|10\nD과|77|31\nE과|15|3",
        "A과|30|\nB과|20|\nC과|10|",
        "A과|-30|-21\nB과|40|11\nC과|20|5",
        "A과|1000000|900000\nB과|1000000|900000\nC과|2|0",
    ],
)
def test_coincidences_make_no_totals(rows: str) -> None:
    assert read(f"부서|예산현액|지출액\n{rows}").totals == ()


def test_a_group_is_found_among_negative_amounts_too() -> None:
    table = read("""
부서|예산현액|지출액
경제실|187,901|-9,989
경제과|400,123|-110,050
일자리과|-212,222|100,061
문화과|-99,999|-7
""")
    assert [total.covers for total in table.totals] == [(0, 1)]


def test_codes_that_begin_other_codes_are_totals_where_the_sums_agree() -> None:
    table = read("""
코드|부서|예산현액|지출액
10|경제실|600|210
1010|경제과|400|110
1020|일자리과|200|100
20|문화실|999|100
2010|문화과|250|60
2020|관광과|150|40
30|감사실|5|5
3010|감사과|5|5
""")
    assert [total.covers for total in table.totals] == [(0, 1), (2, 3), (4,)]
    assert [finding.printed for finding in table.findings] == [999]


def test_dotted_codes_are_compared_part_by_part() -> None:
    table = read("""
코드|부서|예산현액|지출액
1|실|6|3
1.2|A과|4|2
1.25|B과|2|1
1.2.1|A1팀|3|1
1.2.2|A2팀|1|1
""")
    assert [*amounts(table, "budget")] == ["B과", "A1팀", "A2팀"]


def test_running_numbers_are_no_codes() -> None:
    rows = "\n".join(f"{n}|{n}과|{n * 7919 % 97}|{n}" for n in range(1, 13))
    assert read(f"연번|부서|예산현액|지출액\n{rows}").totals == ()


def test_equal_totals_over_different_rows_are_said() -> None:
    table = read("""
구분|예산현액|지출액
기능 소계|6|2
A사업|4|1
B사업|2|1
비목 소계|6|2
인건비|5|1
물건비|1|1
""")
    assert any("the same money 2 times" in line for line in said(table))


def test_hundreds_of_subtotals_are_held_against_their_own_rows() -> None:
    rows = "\n".join(f"{n}과|{n}|{n}\n소계|{n}|{n}" for n in range(1, 410))
    table = read(f"부서|예산현액|지출액\n{rows}")
    assert [total.covers for total in table.totals] == [(n,) for n in range(409)]


NAMES = st.sampled_from(["A과", "B과", "계", "소계", "", "※ 주", "합계", "10", "1010"])
CELLS = st.sampled_from(["1", "2", "3", "0", "", "-", "N/R", "x", "△4", "5.5", "10"])


@given(st.lists(st.tuples(NAMES, CELLS, CELLS), min_size=1, max_size=12))
def test_every_row_is_accounted_for(rows: list[tuple[str, str, str]]) -> None:
    text = "\n".join(
        "|".join(row) for row in [("부서", "예산현액", "지출액"), ("Z과", "1", "1"), *rows]
    )
    table = read(text)
    counts = table.counts
    others = counts.used + counts.totals + counts.refused + counts.headers + counts.others
    assert counts.read == others
    assert (counts.used, counts.totals) == (len(table.rows), len(table.totals))
    assert all(leaf < len(table.rows) for total in table.totals for leaf in total.covers)


YEARS = "회계연도|예산현액|지출액\n2023|100|80\n2024|200|90\n합계|300|170"


def test_a_total_in_the_year_column_is_a_total_and_no_year() -> None:
    table = read(YEARS, Hints(all_years=True))
    assert [row.labels["division"] for row in table.rows] == ["2023", "2024"]
    assert [total.covers for total in table.totals] == [(0, 1)]
    assert table.columns[0].field == "fiscal_year"


def test_a_total_in_the_year_column_beside_names_is_a_total() -> None:
    table = read(
        "Fiscal year|Department|Budget|Spent\n2023|A|1|1\n2024|A|2|1\n2024|B|3|2\ntotal||6|4",
        Hints(all_years=True),
    )
    assert (len(table.rows), [total.covers for total in table.totals]) == (3, [(0, 1, 2)])


def test_a_group_without_an_inner_name_ends_where_the_outer_name_changes() -> None:
    table = read("실국|부서|예산현액|지출액\n실||3|2\n실|가|1|1\n실|나|2|1\n국|다|5|4\n국|라|6|5")
    assert [total.covers for total in table.totals] == [(0, 1)]
    assert len(table.rows) == 4


def test_a_total_alone_is_no_division() -> None:
    table = read("Division|Budget|Spent\ntotal|100|50")
    assert (len(table.rows), len(table.totals), table.counts.totals) == (0, 1, 1)


@pytest.mark.parametrize("last", ["합계", "계"])
def test_of_totals_alone_the_one_that_sums_the_others_is_theirs(last: str) -> None:
    table = read(
        f"구분|예산현액|지출액\n일반회계 소계|100|50\n특별회계 소계|200|50\n{last}|300|100"
    )
    assert [total.covers for total in table.totals] == [(0, 1)]


def test_totals_alone_of_which_none_sums_the_others_are_all_counted() -> None:
    table = read("구분|예산현액|지출액\n일반회계 소계|100|50\n특별회계 소계|200|50")
    assert (len(table.rows), table.totals) == (2, ())


@pytest.mark.parametrize(
    "word", ["of which: pay", "- Of which pay", "z toho: platy", "이 중 인건비"]
)
def test_a_row_that_says_of_which_is_not_added_and_that_is_said(word: str) -> None:
    table = read(
        f"Programme|Budget|Actual\nEducation|100|50\n{word}|70|40\nHealth|5|1\nTotal|105|51"
    )
    assert amounts(table, "budget", label="programme") == {"Education": [100], "Health": [5]}
    assert not table.findings
    assert any("was not added" in text and word in text for text in said(table))


def test_many_rows_of_which_are_told_by_some_of_their_names() -> None:
    parts = "".join(f"\nof which {n}|1|1" for n in range(6))
    assert any(text.endswith(", ...") for text in said(read(f"Dept|Budget|Actual\nA|9|8{parts}")))


def test_revenue_and_spending_in_one_table_are_said_to_be_added() -> None:
    rows = "Taxes|9|8\nTotal Revenue|9|8\nSalaries|5|4\nTotal Expenditure|5|4"
    assert any("revenue and of spending" in text for text in said(read(f"C|Budget|Actual\n{rows}")))
    assert not any("revenue" in text for text in said(read("C|Budget|Actual\nA|1|1\nTotal|1|1")))


def test_groups_of_which_half_lack_an_inner_name_are_totals() -> None:
    table = read(
        "Fund|Department|Budget|Spent\nGeneral|Police|100|50\nGeneral|Fire|80|40\nGeneral||180|90\n"
        "Water|Ops|40|10\nWater||40|10\n||220|100"
    )
    assert [total.covers for total in table.totals] == [(0, 1), (2,), (0, 1, 2)]


def test_a_column_of_words_names_the_rows_in_which_the_outer_one_is_blank() -> None:
    table = read(
        "Programme|Component|Budget|Actual\nEdu||300|150\n|Schools|200|100\n|Books|100|50\n"
        "Health||50|10\n|Clinics|50|10\nTOTAL||350|160"
    )
    assert [tuple(row.labels.values()) for row in table.rows] == [
        ("Edu", "Schools"),
        ("Edu", "Books"),
        ("Health", "Clinics"),
    ]
    assert "Component names the rows in which Programme is blank" in said(table)


def test_a_column_of_remarks_names_no_rows() -> None:
    table = read("부서|비고|예산현액|지출액\nA과||4|1\nB과|감액|3|1")
    assert [*table.rows[1].labels] == ["division"]


def test_codes_with_and_without_points_are_parted_alike() -> None:
    table = read("""
code|name|budget
01|General|500
01.1|Admin|200
01.2|Finance|300
02|Health|700
02.1|Clinics|700
TOTAL||1200
""")
    assert [row.labels["division"] for row in table.rows] == ["Admin", "Finance", "Clinics"]
