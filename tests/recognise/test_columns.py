"""Which column holds which field, and that nobody guesses where two could."""

from __future__ import annotations

import pytest

from budgetcli.errors import TableError
from budgetcli.recognise.headers import read_cell
from budgetcli.recognise.table import Hints, recognise
from tests.recognise.tables import amounts, raw, read, said


def test_a_missing_budget_stays_missing() -> None:
    table = read("부서|당초예산|편성액|지출액\nA과|100|120|60")
    assert not table.has("budget")
    assert amounts(table, "original", "appropriated", "spent") == {"A과": [100, 120, 60]}


def test_two_columns_that_mean_spending_stop_with_the_flags_that_decide() -> None:
    with pytest.raises(TableError) as problem:
        recognise(raw("부서|예산현액|지출액|집행액\nA과|100|60|70"))
    assert "#3 지출액, #4 집행액" in str(problem.value)
    assert "--map spent=지출액, --map spent=집행액" in str(problem.value)


def test_columns_of_one_name_are_told_apart_by_number() -> None:
    with pytest.raises(TableError, match="could be") as problem:
        recognise(raw("부서|예산현액|지출액|지출액\nA과|100|60|70"))
    assert "--map spent=#3, --map spent=#4" in str(problem.value)


def test_a_flag_with_a_blank_is_quoted() -> None:
    with pytest.raises(TableError) as problem:
        recognise(raw("Dept|Budget|Actual Expenditure|Amount Spent\nA|100|60|70"))
    assert "--map 'spent=Actual Expenditure'" in str(problem.value)


@pytest.mark.parametrize(("rate", "spent"), [("70.0", 70), ("0.6", 60)])
def test_printed_rates_decide_which_column_is_the_spending(rate: str, spent: int) -> None:
    table = read(
        f"부서|예산현액|지출액|집행액|집행률\nA과|100|60|70|{rate}\nB과|0|1|2|5.0\nC과|-|1|2|"
    )
    assert amounts(table, "spent")["A과"] == [spent]


def test_printed_rates_that_fit_neither_decide_nothing() -> None:
    with pytest.raises(TableError, match="could be"):
        recognise(raw("부서|예산현액|지출액|집행액|집행률\nA과|100|60|70|99"))


def test_printed_rates_decide_which_column_is_the_budget() -> None:
    table = read("부서|예산현액|현액|지출액|집행률\nA과|100|200|50|25.0")
    assert amounts(table, "budget") == {"A과": [200]}


def test_two_budgets_and_two_spendings_are_not_decided_by_one_rate() -> None:
    with pytest.raises(TableError, match="could be"):
        recognise(raw("부서|예산현액|현액|지출액|집행액|집행률\nA과|100|200|50|60|25.0"))


def test_the_marks_of_a_rate_say_of_what_it_is() -> None:
    table = read(
        "부서|예산액(A)|예산현액(B)|집행액(C)|집행률(C/A)|집행률(C/B)\nA과|8|10|4|50.0|40.0"
    )
    assert table.rows[0].printed["execution_rate"].text == "40.0"


def test_of_two_rates_the_one_that_follows_from_the_amounts_counts() -> None:
    table = read("부서|예산현액|집행액|집행률|지출률\nA과|10|4|50.0|40.0")
    assert table.rows[0].printed["execution_rate"].text == "40.0"


@pytest.mark.parametrize("header", ["예산현액|집행액", "당초예산|이월액"])
def test_rates_that_cannot_be_told_apart_are_left_and_that_is_said(header: str) -> None:
    table = read(f"부서|{header}|집행률|지출률\nA과|10|4|99.0|98.0")
    assert table.rows[0].printed == {}
    assert any("none was taken" in line for line in said(table))


def test_the_column_whose_group_adds_no_condition_is_the_plainer_one() -> None:
    table = read("부서|예산현액|2024년|이월액 제외\n||집행액|집행액\nA과|10|5|4")
    assert amounts(table, "spent") == {"A과": [5]}
    assert any("not 이월액 제외 › 집행액" in line for line in said(table))


def test_loose_words_for_the_budget_are_said_aloud() -> None:
    assert any("예산액 was taken" in line for line in said(read("부서|예산액|지출액\nA과|4|1")))


def test_the_same_word_beside_a_surer_one_is_the_original_budget() -> None:
    assert amounts(read("부서|예산액|예산현액|지출액\nA과|4|5|1"), "original") == {"A과": [4]}


def test_the_other_side_of_the_ledger_is_left_alone() -> None:
    table = read("세입|||세출||\n과목|예산액|수납액|부서|예산현액|지출액\n지방세|100|90|A과|4|1")
    assert amounts(table, "budget", "spent") == {"A과": [4, 1]}


def test_amounts_are_no_rates_whatever_their_header_says() -> None:
    table = read("부서|target|지출액\nA과|1238960000|1\nB과|57878611000|2")
    assert all("target_rate" not in row.printed for row in table.rows)


def test_of_a_code_and_a_name_the_name_is_taken() -> None:
    table = read(
        "회계코드|회계|부서|예산현액|지출액\n100|일반회계|A과|4|1".replace("회계코드", "회계명")
    )
    assert table.rows[0].labels["fund"] == "일반회계"


def test_other_names_than_the_division_take_the_finest_column_and_say_so() -> None:
    table = read("부서|account|line item|예산현액|지출액\nA과|x|p|4|1\nA과|x|q|3|1")
    assert [row.labels["item"] for row in table.rows] == ["p", "q"]


def test_a_group_over_two_name_columns_names_with_the_last() -> None:
    table = read("구분|구분|예산현액|지출액\n본청|A과|4|1\n본청|B과|3|1")
    assert [row.labels["division"] for row in table.rows] == ["A과", "B과"]


def test_two_columns_of_divisions_stop() -> None:
    with pytest.raises(TableError, match="could be"):
        recognise(raw("부서|담당부서|예산현액|지출액\nA과|B과|4|1"))


def test_the_map_is_by_header_by_path_or_by_number() -> None:
    text = "|부서|예산|집행||\n||현액|금액|율\n|A과|4|1|25"
    for column in ("#4", "집행›금액", "금액"):
        assert amounts(read(text, Hints({"spent": column})), "spent") == {"A과": [1]}


@pytest.mark.parametrize(
    ("field", "column", "message"),
    [
        ("spend", "지출액", "is no field"),
        ("spent", "쓴돈", "no column is called"),
        ("spent", "#9", "no column is called"),
        ("spent", "금액", "2 columns are called"),
    ],
)
def test_a_map_that_points_nowhere_says_so(field: str, column: str, message: str) -> None:
    with pytest.raises(TableError, match=message):
        recognise(raw("부서|금액|금액\nA과|4|1"), Hints({field: column}))


YEARS = "부서|2023년||2024년|\n|예산현액|지출액|예산현액|지출액\nA과|100|90|120|100"


def test_years_as_columns_are_a_table_each() -> None:
    tables = recognise(raw(YEARS))
    assert [(t.fiscal_year, amounts(t, "budget", "spent")) for t in tables] == [
        (2023, {"A과": [100, 90]}),
        (2024, {"A과": [120, 100]}),
    ]


def test_a_year_that_lacks_a_column_lacks_it() -> None:
    tables = recognise(raw("부서|Spent 2023|Spent 2024|Budget 2024\nA과|90|100|120"))
    assert [table.has("budget") for table in tables] == [False, True]


def test_a_map_speaks_of_its_own_year_only() -> None:
    tables = recognise(raw(YEARS), Hints({"spent": "#5"}))
    assert [amounts(t, "spent") for t in tables] == [{"A과": [90]}, {"A과": [100]}]
    tables = recognise(raw(YEARS), Hints({"spent": "지출액"}))
    assert [amounts(t, "spent") for t in tables] == [{"A과": [90]}, {"A과": [100]}]


def test_years_in_a_column_are_a_table_each_and_a_total_of_all_belongs_to_none() -> None:
    text = "연도|부서|예산현액|지출액\n2023|A과|4|1\n2024|A과|5|2\n|B과|1|1\n|합계|10|4"
    first, second = recognise(raw(text))
    assert (first.fiscal_year, amounts(first, "budget")) == (2023, {"A과": [4]})
    assert (second.fiscal_year, amounts(second, "budget")) == (2024, {"A과": [5], "B과": [1]})
    assert second.totals == ()
    assert "1 row states no date or year and was left out" in said(second)


def test_all_years_may_be_asked_for() -> None:
    (table,) = recognise(
        raw("연도|부서|예산현액|지출액\n2023|A과|4|1\n2024|A과|5|2"), Hints(all_years=True)
    )
    assert (table.fiscal_year, len(table.rows)) == (None, 2)


def test_one_year_in_the_column_is_the_tables_year() -> None:
    assert read("연도|부서|예산현액|지출액\n2024|A과|4|1").fiscal_year == 2024


@pytest.mark.parametrize(
    "header", ["7월말 집행액", "’24.7월말 집행액", "집행액(’24.7.31.)", "집행액(C)"]
)
def test_a_month_in_a_header_does_not_hide_its_word(header: str) -> None:
    assert amounts(read(f"부서|예산현액|{header}\nA과|4|1"), "spent") == {"A과": [1]}


@pytest.mark.parametrize("header", ["% (c/b)", "비율"])
def test_a_column_that_only_says_rate_is_known_by_its_marks_or_its_figures(header: str) -> None:
    table = read(
        f"부서|당초예산(a)|예산현액(b)|지출액(c)|{header}\nA과|8|10|4|40.0\nB과|8|5|1|20.0"
    )
    assert [row.printed["execution_rate"].text for row in table.rows] == ["40.0", "20.0"]


def test_a_rate_of_other_things_is_left_as_text() -> None:
    table = read("부서|예산현액|지출액|국비비중(%)|비율\nA과|10|4|33.0|77.0")
    assert table.rows[0].printed == {}


def test_a_rate_of_another_year_is_not_this_years() -> None:
    tables = recognise(
        raw("부서|2023년|||2024년|\n|예산현액|지출액|비율|예산현액|지출액\nA|10|4|40.0|10|4")
    )
    assert [bool(table.rows[0].printed) for table in tables] == [True, False]


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Budget £m", "million"),
        ("Budget (P'000)", "thousand"),
        ("Budget Rs. in lakh", "lakh"),
        ("Presupuesto miles de pesos", "miles"),
        ("Rozpočet v tis. Kč", "tis."),
        ("예산현액 백만원", "백만원"),
    ],
)
def test_a_header_brings_its_unit_with_or_without_brackets(header: str, unit: str) -> None:
    table = read(f"Department|{header}|Spent\nA|100|60")
    assert [column.unit and column.unit.name for column in table.columns][1] == unit


def test_a_row_of_units_under_the_header_is_part_of_it() -> None:
    table = read("Department|Budget|Outturn\n|£000|£m\nA|3,000|2")
    assert amounts(table, "budget", "spent") == {"A": [3_000_000, 2_000_000]}


@pytest.mark.parametrize(
    "text", ["Dept|Budget (€ mil)|Spent\nA|10|5", "(€ mil)\nD|Budget|Spent\nA|9|5"]
)
def test_a_unit_of_two_readings_stops_and_names_the_flag(text: str) -> None:
    with pytest.raises(TableError) as problem:
        read(text)
    assert "--unit thousand" in str(problem.value)
    assert read(text, Hints(unit="million")).rows[0].amount("spent") == 5_000_000


def test_a_header_of_which_a_part_is_known_is_taken_last_and_that_is_said() -> None:
    table = read("Department|Resource DEL Budget|Resource DEL Outturn\nA|100|60")
    assert amounts(table, "budget", "spent") == {"A": [100, 60]}
    assert any("Resource DEL Budget was taken for current budget" in text for text in said(table))


def test_two_headers_of_which_a_part_is_known_stop_with_the_flags_that_decide() -> None:
    with pytest.raises(TableError) as problem:
        read("Department|Resource Budget|Capital Budget|Outturn\nA|100|20|60")
    assert "--map 'budget=Resource Budget', --map 'budget=Capital Budget'" in str(problem.value)


@pytest.mark.parametrize(
    "header",
    [
        "Budget vs Actual",
        "Budget Change",
        "Prior Year Budget",
        "Q1 Budget",
        "국비 예산",
        "Budget Code",
    ],
)
def test_a_known_word_beside_one_that_changes_it_is_no_budget(header: str) -> None:
    assert not read(f"Department|{header}|Spent\nA|100|60").has("budget")


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("FY2024 Adopted Budget ($)", "original"),
        ("2023-24 Outturn", "spent"),
        ("Total Expenditures YTD", "spent"),
        ("Crédito Total Definitivo (1)", "budget"),
        ("Despesas Pagas Até o Bimestre (j)", "spent"),
        ("Skutečnost 1-12/2024", "spent"),
        ("Ejercido ene-jun 2024", "spent"),
        ("Revised Estimates 2024-25", "budget"),
        ("Expenditure up to 30.09.2024", "spent"),
        ("Actual Expenditure upto Dec 2024", "spent"),
    ],
)
def test_years_dates_and_marks_around_a_known_header_change_nothing(
    header: str, field: str
) -> None:
    table = read(f"Department|{header}\nA|100")
    assert table.columns[1].field == field


def test_the_unit_row_of_a_column_that_names_none_is_said() -> None:
    table = read("Dept|Budget|Spent|Unit\nA|100|60|as reported")
    assert "the unit column holds no unit that is known: as reported" in said(table)


def test_a_flag_with_an_apostrophe_can_be_typed() -> None:
    with pytest.raises(TableError) as problem:
        read("Dept|Full Year Budget £'000|Budget £'000|Spent\nA|9|8|1")
    assert """--map "budget=Full Year Budget £'000\"""" in str(problem.value)


def test_the_group_of_totals_is_taken_where_it_is_the_sum_of_the_other_groups() -> None:
    table = read(
        "부서|국비||시비||계|\n|예산현액|지출액|예산현액|지출액|예산현액|지출액\n"
        "A과|100|50|20|10|120|60\nB과|80|40|10|5|90|45"
    )
    assert amounts(table, "budget", "spent") == {"A과": [120, 60], "B과": [90, 45]}


def test_a_group_of_totals_that_is_no_sum_decides_nothing() -> None:
    with pytest.raises(TableError, match="3 columns could be"):
        read("부서|국비|시비|계\n|예산현액|예산현액|예산현액\nA과|100|20|130\nB과|80|10|90|")


def test_codes_name_the_rows_where_no_column_holds_words() -> None:
    table = read("UO|Dotação Atualizada|Pago\n1010|60|30\n1020|40|20")
    assert amounts(table, "budget") == {"1010": [60], "1020": [40]}


def test_amounts_without_any_column_of_names_have_none() -> None:
    assert read("Budget|Spent\n60|30").rows[0].labels == {}


def test_two_columns_of_a_measure_that_is_computed_anyway_stop_nothing() -> None:
    table = read("Dept|Budget|Actual|Variance ($)|Variance (%)\nA|100|80|20|20.0")
    assert amounts(table, "budget", "spent") == {"A": [100, 80]}


def test_a_text_longer_than_any_header_is_not_taken_apart() -> None:
    assert read_cell("집행액 " * 200).core == "집행액 " * 200
