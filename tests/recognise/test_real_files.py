"""Real files come out at the figures their publishers print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from budgetcli.errors import SourceError
from budgetcli.loading import LoadOptions, describe_tables, load, load_all
from budgetcli.measures import half_up, rate
from budgetcli.model import BudgetTable
from budgetcli.readers import Source

RealFile = Callable[[str], Path]

SEOUL = {
    "경제정책과": (129652, 97154, 96247, "74.9", "74.2"),
    "일자리정책과": (253003, 174442, 171011, "68.9", "67.6"),
    "창업정책과": (67296, 60987, 56211, "90.6", "83.5"),
    "대학협력과": (35050, 21050, 20622, "60.1", "58.8"),
    "금융투자과": (27771, 17153, 16534, "61.8", "59.5"),
    "창조산업과": (49222, 27861, 15105, "56.6", "30.7"),
    "뷰티패션산업과": (42970, 36198, 29555, "84.2", "68.8"),
    "첨단산업과": (54414, 42247, 41677, "77.6", "76.6"),
    "산업입지과": (8913, 5947, 5580, "66.7", "62.6"),
    "서울시립과학관": (16778, 13378, 11155, "79.7", "66.5"),
}
SHAPES = (
    "documents/budget.xlsx",
    "documents/budget.xls",
    "documents/budget.ods",
    "documents/budget.hwpx",
    "documents/budget.hwp",
    "documents/budget.html",
    "documents/budget_euckr.html",
    "documents/fake.xls",
    "documents/budget_utf8bom.csv",
    "documents/budget_cp949.csv",
    "documents/budget_utf16.csv",
    "documents/page1.pdf",
    "documents/budget_open.pdf",
    "documents/budget_nolines.pdf",
    "documents/budget_css_chr.pdf",
    "documents/budget_formula_cached.xlsx",
    "work_report.txt",
)


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_of_the_seoul_table_gives_the_same_figures(
    name: str, real_file: RealFile
) -> None:
    table = load(real_file(f"seoul_economic_office_2024/{name}"))
    million = 10**6
    found = {
        row.labels["division"]: (
            *(int(row.amount(field) or 0) // million for field in ("budget", "committed", "spent")),
            *(
                str(half_up(row.printed[field].value, 1))
                for field in ("commitment_rate", "execution_rate")
            ),
        )
        for row in table.rows
    }
    assert found == SEOUL
    (total,) = table.totals
    assert (total.row.amount("budget"), len(total.covers)) == (685068 * million, 10)
    assert (table.as_of, table.unit and table.unit.name) == (date(2024, 7, 31), "백만원")


def test_a_protected_spreadsheet_is_refused_by_name(real_file: RealFile) -> None:
    with pytest.raises(SourceError, match="password"):
        load(real_file("seoul_economic_office_2024/documents/enc.xlsx"))


def test_amounts_beside_rates_that_were_never_calculated_are_the_same(real_file: RealFile) -> None:
    table = load(real_file("seoul_economic_office_2024/documents/budget_formula.xlsx"))
    saved = load(real_file("seoul_economic_office_2024/documents/budget.xlsx"))
    assert [(row.labels, row.amounts) for row in table.rows] == [
        (row.labels, row.amounts) for row in saved.rows
    ]
    assert not any(row.printed for row in table.rows)
    assert any("22 formulas" in str(said.message) for said in table.evidence if said.aloud)


def totals(table: BudgetTable) -> tuple[int, int]:
    """Budget and spending of all rows."""
    return (
        sum(row.amount("budget") or 0 for row in table.rows),
        sum(row.amount("spent") or 0 for row in table.rows),
    )


def test_fourteen_municipalities_add_up_to_the_won(real_file: RealFile) -> None:
    folder = real_file("lofin_jeonbuk_daily")
    table = load(*sorted(folder.glob("45*.json.gz")))
    assert (len(table.rows), totals(table)) == (27602, (17_889_437_040_225, 9_748_973_490_476))
    assert (table.as_of, table.counts.refused) == (date(2026, 8, 21), 0)
    rates: dict[str, list[int]] = {}
    for row in table.rows:
        sums = rates.setdefault(row.labels["government"], [0, 0])
        sums[0] += row.amount("spent") or 0
        sums[1] += row.amount("budget") or 0
    lowest = min(rates, key=lambda name: Fraction(*rates[name]))
    assert (len(rates), lowest) == (14, "전북정읍시")
    assert str(half_up(rate(*rates[lowest]) or Fraction(0), 1)) == "46.5"


def test_the_panel_in_cp949_answers_for_its_last_date(real_file: RealFile) -> None:
    table = load(real_file("lofin_jeonbuk_daily/panel_4dates_cp949.csv.gz"))
    assert (table.as_of, totals(table)) == (
        date(2026, 8, 21),
        (17_889_437_040_225, 9_748_973_490_476),
    )
    assert any("several dates" in str(entry.message) for entry in table.evidence if entry.aloud)


def test_los_angeles_2018_is_over_its_budget(real_file: RealFile) -> None:
    tables = load_all(real_file("los_angeles_xlsx/City_Budget_and_Expenditures.xlsx"))
    (table,) = [table for table in tables if table.fiscal_year == 2018]
    budget, spent = totals(table)
    assert str(half_up(Fraction(100 * spent, budget), 1)) == "171.2"
    assert all(
        row.amount("committed") == (row.amount("spent") or 0) + (row.amount("encumbered") or 0)
        for row in table.rows
    )


def test_cook_county_2016_counts_cells_with_thousands_separators(real_file: RealFile) -> None:
    table = load(real_file("cook_county_wide/cook_county_budget_raw.csv"))
    budget, spent = totals(table)
    assert (table.fiscal_year, str(half_up(Fraction(100 * spent, budget), 3))) == (2016, "89.895")


def test_the_report_in_markdown_needs_a_map_for_its_budget(real_file: RealFile) -> None:
    path = real_file("jeonbuk_markdown_report/전북특별자치도_세출집행.md")
    options = LoadOptions(table="1", columns={"budget": "편성(억)"})
    table = load(path, options=options)
    (jeongeup,) = [row for row in table.rows if row.labels["division"] == "정읍시"]
    assert (jeongeup.amount("budget"), jeongeup.amount("spent")) == (1648300000000, 765700000000)


def test_early_execution_needs_a_map_for_its_base(real_file: RealFile) -> None:
    path = real_file("muju_early_execution/muju_exec_official.json")
    table = load(path, options=LoadOptions(table="1", columns={"budget": "target"}))
    assert (table.as_of, table.rows[0].amount("spent")) == (date(2026, 3, 17), 459340000)


def test_the_ministry_sheets_show_what_was_not_spent(real_file: RealFile) -> None:
    path = real_file("ministry_program_pdfs/국토교통부_전세임대(융자).pdf")
    table = load(path, options=LoadOptions(where={"fiscal_year": ("2022",)}))
    row = table.rows[0]
    assert (row.amount("budget") or 0) - (row.amount("spent") or 0) == 113_858 * 10**6
    assert row.amount("lapsed") is None


def test_the_work_report_shows_its_six_tables(real_file: RealFile) -> None:
    path = real_file("seoul_economic_office_2024/work_report.txt")
    ((_, tables),) = describe_tables(Source(path.name, path))
    assert [table.is_budget for table in tables] == [False, True, False, False, False, False]
