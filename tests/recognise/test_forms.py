"""Budget execution forms as treasuries of eight countries print them: two rows of header, shares,
differences, cells that carry their per cent sign, rates that say which column they are made of."""

from __future__ import annotations

import pytest

from budgetcli.recognise.headers import read_path
from budgetcli.recognise.units import doubtful_unit, find_unit
from tests.recognise.tables import amounts, read, said


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (("PIM",), "budget"),
        (("MONTO_PIA",), "original"),
        (("Apropiación Definitiva",), "budget"),
        (("Codificado",), "budget"),
        (("Orçado Atualizado",), "budget"),
        (("Rozpočet po úpravách",), "budget"),
        (("Latest Approved Budget",), "budget"),
        (("Budgeted Expenses",), "budget"),
        (("Full Year Budget",), "budget"),
        (("세출예산현액",), "budget"),
        (("Presupuesto Actual",), "budget"),
        (("Crédito Dispuesto",), "committed"),
        (("Obligaciones",), "spent"),
        (("Ejecución Acumulada",), "spent"),
        (("Skutečné čerpání",), "spent"),
        (("YearTD actual",), "spent"),
        (("집행계",), "spent"),
        (("Avance financiero %",), "execution_rate"),
        (("% Ejec.",), "execution_rate"),
        (("예산대비 집행률",), "execution_rate"),
        (("Orçamento", "Inicial"), "original"),
        (("Orçamento", "Atual (A)"), "budget"),
        (("Créditos", "Definitivos"), "budget"),
        (("Budgeted Amounts", "Final"), "budget"),
        (("Actual", "Amounts"), "spent"),
    ],
)
def test_a_forms_header_is_known(path: tuple[str, ...], field: str) -> None:
    assert [name for name, _ in read_path(path).fields][:1] == [field]


@pytest.mark.parametrize(
    "path",
    [
        ("Variance with", "Final Budget"),
        ("증감", "예산액"),
        ("DESPESAS LIQUIDADAS", "% (d/total d)"),
        ("Budgeted Revenue",),
    ],
)
def test_differences_shares_and_revenue_are_none_of_them(path: tuple[str, ...]) -> None:
    assert read_path(path).fields == ()


def test_the_variance_with_the_final_budget_is_no_budget() -> None:
    table = read(
        "|Budgeted Amounts||Actual|Variance with\n|Original|Final|Amounts|Final Budget\n"
        "Police|90|100|80|20\nFire|45|50|45|5"
    )
    assert amounts(table, "original", "budget", "spent") == {
        "Police": [90, 100, 80],
        "Fire": [45, 50, 45],
    }


def test_each_rows_share_of_the_total_is_no_rate_and_two_balances_stop_nothing() -> None:
    table = read(
        "FUNÇÃO|DOTAÇÃO ATUALIZADA (a)|DESPESAS EMPENHADAS||SALDO|DESPESAS LIQUIDADAS||SALDO\n"
        "||Até o Bimestre (b)|% (b/total b)|(c) = (a-b)"
        "|Até o Bimestre (d)|% (d/total d)|(e) = (a-d)\n"
        "Saúde|100|90|75,0|10|60|60,0|40\nCultura|50|30|25,0|20|40|40,0|10"
    )
    assert amounts(table, "budget", "committed", "spent", "unspent", label="function") == {
        "Saúde": [100, 90, 60, 40],
        "Cultura": [50, 30, 40, 10],
    }
    assert table.findings == ()


def test_balances_of_which_none_follows_are_left_aloud() -> None:
    table = read("부서|예산현액|지출액|잔액(당월)|잔액(예상)\n가|10|4|9|2\n나|20|5|8|3")
    assert "unspent" not in table.rows[0].amounts
    assert any("several columns could be unspent balance" in line for line in said(table))


def test_cells_with_a_per_cent_sign_make_a_rate_of_an_amounts_word() -> None:
    table = read(
        "Název|Upravený rozpočet|Skutečnost|Čerpání\nDoprava|100|40|40 %\nKultura|50|30|60 %"
    )
    assert amounts(table, "spent") == {"Doprava": [40], "Kultura": [30]}
    assert "execution_rate" in table.rows[0].printed


def test_a_rate_named_by_marks_alone_tells_accrued_from_paid() -> None:
    table = read(
        "Finalidad|Crédito Vigente|Devengado|% Dev./Vig.|Pagado\n"
        "Salud|100|80|80,0|50\nCultura|50|30|60,0|20"
    )
    assert amounts(table, "spent") == {"Salud": [80], "Cultura": [30]}


@pytest.mark.parametrize(
    ("line", "factor", "currency"),
    [
        ("(Kshs. Million)", 10**6, "KES"),
        ("(₦ Billion)", 10**9, "NGN"),
        ("(N'000)", 10**3, "NGN"),
        ("(GH¢)", 1, "GHS"),
        ("(Millones de S/)", 10**6, "PEN"),
        ("(En nuevos soles)", 1, "PEN"),
        ("(Cifras en millones de COP)", 10**6, "COP"),
        ("(Valores en RD$)", 1, "DOP"),
        ("(C$ millions)", 10**6, "CAD"),
        ("(in Rs. Cr.)", 10**7, None),
    ],
)
def test_a_caption_names_a_currency_and_its_scale(
    line: str, factor: int, currency: str | None
) -> None:
    unit = find_unit(line)
    assert unit is not None
    assert (unit.factor, unit.currency) == (factor, currency)


def test_m_before_a_dollar_sign_could_be_thousands() -> None:
    assert find_unit("(M$)") is None
    assert doubtful_unit("Presupuesto (M$)") == "M$"


def test_the_rates_show_which_column_the_budget_is_and_that_is_said() -> None:
    table = read(
        "Vote|Approved Budget|Spent|% Budget Spent\nHealth|100|80|80.0\nWorks|60|20|33.3\n"
        "Total|160|100|62.5"
    )
    assert amounts(table, "budget", "spent") == {"Health": [100, 80], "Works": [60, 20]}
    assert (
        "Approved Budget was taken for current budget: the printed rates are expenditure over it"
    ) in said(table)


def test_a_word_that_the_rates_contradict_gives_way_to_the_column_they_follow_from() -> None:
    table = read(
        "Oddíl|Rozpočet|Po rozpočtových opatřeních|Skutečnost|% čerpání\n"
        "Doprava|100|120|60|50,0\nKultura|50|40|30|75,0"
    )
    assert amounts(table, "budget") == {"Doprava": [120], "Kultura": [40]}


def test_without_rates_nothing_stands_in_for_a_missing_budget() -> None:
    table = read("Vote|Approved Budget|Spent\nHealth|100|80\nWorks|60|20")
    assert "budget" not in table.rows[0].amounts


def test_a_goal_that_the_rates_follow_from_is_no_budget() -> None:
    table = read("부서|집행목표|집행액|집행률\n가|100|80|80.0\n나|60|20|33.3")
    assert "budget" not in table.rows[0].amounts


def test_one_row_proves_no_budget() -> None:
    table = read("Vote|Approved Budget|Spent|% Budget Spent\nHealth|100|80|80.0")
    assert "budget" not in table.rows[0].amounts


def test_of_two_budgets_the_one_that_is_the_original_and_the_other_is_current() -> None:
    table = read("Entidad|Asignado|Modificado|Vigente|Devengado\nA|100|-10|90|50\nB|60|5|65|20")
    assert amounts(table, "budget", "spent") == {"A": [90, 50], "B": [65, 20]}


def test_a_budget_to_date_is_no_budget_of_the_year() -> None:
    table = read("Vote|Adjusted Budget|YTD Budget|YTD Actual\nHealth|100|50|40\nWorks|60|30|20")
    assert amounts(table, "budget", "spent") == {"Health": [100, 40], "Works": [60, 20]}
    assert read_path(("YTD Budget",)).fields == ()


def test_a_column_of_names_is_no_amount_though_its_header_is_one() -> None:
    table = read("Appropriation|Budgeted|Actual\nHealth|100|80\nWorks|60|20")
    assert amounts(table, "budget", "spent") == {"Health": [100, 80], "Works": [60, 20]}


def test_a_group_of_one_part_is_a_total_where_the_printed_total_comes_out_without_it() -> None:
    table = read(
        "회계|예산현액|지출액\n합계|1000|500\n일반회계|700|400\n일반회계|700|400\n"
        "특별회계|300|100\n하수도|100|40\n주차장|200|60"
    )
    assert [*amounts(table, "budget", label="fund")] == ["일반회계", "하수도", "주차장"]
    assert [f.code for f in table.findings if f.code == "total_mismatch"] == []


def test_a_row_over_one_over_one_is_no_part_of_the_total() -> None:
    table = read(
        "회계|예산현액|지출액\n합계|1000|500\n가|700|400\n나|700|400\n다|700|400\n라|300|100"
    )
    assert [*amounts(table, "budget", label="fund")] == ["다", "라"]


def test_equal_rows_that_no_total_asks_to_be_one_stay_two() -> None:
    table = read("부서|예산현액|지출액\n가|700|400\n가|700|400\n나|300|100\n합계|1700|900")
    assert len(table.rows) == 3


def test_words_behind_a_column_of_codes_one_for_each_name_what_it_codes() -> None:
    table = read("Kapitola|Název|Rozpočet po změnách|Skutečnost\n313|MPSV|90|80\n314|MV|10|5")
    assert amounts(table, "budget") == {"MPSV": [90], "MV": [10]}


def test_words_of_which_several_stand_behind_one_code_do_not_name_it() -> None:
    table = read("dept_cd|Text|Budget|Spent\n10|Pay|90|80\n10|Travel|10|5\n20|Pay|7|6")
    assert [*amounts(table, "budget")] == ["10", "10", "20"][1:]


def test_balances_without_spending_are_left_too() -> None:
    table = read("부서|예산현액|잔액(당월)|잔액(예상)\n가|10|9|2\n나|20|8|3")
    assert "unspent" not in table.rows[0].amounts
