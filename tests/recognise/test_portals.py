"""Headers as open-data portals and ledgers of eight countries print them."""

from __future__ import annotations

import pytest

from budgetcli.errors import TableError
from budgetcli.i18n import say
from budgetcli.model import SEMICOLONS, Evidence
from budgetcli.recognise.columns import UndecidedError
from budgetcli.recognise.document import choose
from budgetcli.recognise.headers import read_cell, read_path
from budgetcli.recognise.table import Hints
from tests.recognise.tables import amounts, raw, read, said

_SEMICOLONS = (Evidence(SEMICOLONS, say("cells are parted by: {mark}", mark=say("semicolon"))),)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("MONTO_APROBADO", "original"),
        ("monto_modificado", "budget"),
        ("MONTO_DEVENGADO", "spent"),
        ("montoPagado", "spent"),
        ("credito_presupuestado", "original"),
        ("credito_vigente", "budget"),
        ("credito_comprometido", "committed"),
        ("Créditos Totales", "budget"),
        ("Obligaciones Reconocidas Netas", "spent"),
        ("ORÇAMENTO INICIAL", "original"),
        ("Orçamento Atualizado (R$)", "budget"),
        ("Despesas Empenhadas", "committed"),
        ("Despesas Pagas (R$)", "spent"),
        ("ORÇAMENTO REALIZADO", "spent"),
        ("valorDotacaoAtualizada", "budget"),
        ("Rozpočet schválený", "original"),
        ("upraveny rozpocet", "budget"),
        ("Skutečnost k 30. 6. 2024", "spent"),
        ("Adjusted Appropriations", "budget"),
        ("Obligations Incurred", "committed"),
        ("Total Disbursements", "spent"),
        ("Expenditures YTD", "spent"),
        ("Actual to Date", "spent"),
        ("Year-to-Date Actual", "spent"),
        ("YTD Expended", "spent"),
        ("Original Appropriation", "original"),
        ("Latest Budget £m", "budget"),
        ("금년도 예산현액", "budget"),
        ("trgtAmtCprnExeRt", "eligible_rate"),
        ("대상대비", "eligible_rate"),
        ("대상 대비(C/A)", "eligible_rate"),
    ],
)
def test_a_portals_header_is_known(header: str, field: str) -> None:
    assert [name for name, _ in read_path((header,)).fields][:1] == [field]


@pytest.mark.parametrize(
    "header",
    [
        "Date Paid",
        "Budget Status",
        "Number of Payments",
        "Forecast Outturn",
        "MTD Expenditures",
        "Prior Year Actual",
        "Proposed Budget",
        "Budget FTE",
        "Crédito disponible",
        "Fecha de pago",
        "전년도 예산현액",
    ],
)
def test_a_header_that_says_something_else_is_none_of_them(header: str) -> None:
    assert read_path((header,)).fields == ()


@pytest.mark.parametrize(
    ("header", "factor"), [("Budget £m", 10**6), ("Actual £000", 1000), ("Spend $k", 1000)]
)
def test_a_unit_behind_the_words_needs_no_brackets(header: str, factor: int) -> None:
    unit = read_cell(header).unit
    assert unit is not None
    assert unit.factor == factor


def test_the_cumulative_amount_of_a_month_goes_before_that_of_the_month() -> None:
    table = read("OFFC_NM|ANEXP_BDG_CAMT|EP_AMT|THISM_AGGR_EP_AMT\n가|100|5|50\n나|200|7|80")
    assert amounts(table, "spent") == {"가": [50], "나": [80]}
    assert said(table)[0].startswith("THISM_AGGR_EP_AMT was taken for expenditure, not EP_AMT")


def test_the_printed_rate_tells_accrued_from_paid_with_a_decimal_comma() -> None:
    table = read(
        "Órgão|Dotação Atualizada|Liquidado|Pago|% Executado\n"
        "A|1.000,00|500,00|400,00|50,0\nB|2.000,00|700,00|650,00|35,0"
    )
    assert amounts(table, "spent") == {"A": [50000], "B": [70000]}
    assert "Liquidado was taken for expenditure, not Pago" in said(table)


def test_without_a_rate_paid_goes_before_accrued_and_that_is_said() -> None:
    table = read("Sección|Créditos Totales|Obligaciones Reconocidas Netas|Pagos\nA|10|5|4\nB|9|8|7")
    assert amounts(table, "spent") == {"A": [4], "B": [7]}
    assert "Pagos was taken for expenditure, not Obligaciones Reconocidas Netas" in said(table)


def test_flags_are_quoted_where_a_shell_needs_it() -> None:
    with pytest.raises(UndecidedError) as caught:
        read("부서|예산현액|집행액(당월)|집행액(누계)\n가|10|1|5\n나|20|2|8")
    assert "--map 'spent=집행액(당월)'" in str(caught.value.next)


def test_a_title_whose_commas_part_it_into_cells_is_no_header() -> None:
    table = read(
        "Statement of Appropriations|Allotments|Obligations|Disbursements\n"
        "As of September 30|2024||\n"
        "Agency|Appropriations|Obligations|Disbursements\n"
        "DOH|100|50|40\nDPWH|200|90|80"
    )
    assert amounts(table, "budget", "spent") == {"DOH": [100, 40], "DPWH": [200, 80]}
    assert str(table.as_of) == "2024-09-30"


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("현황20240731.csv", "2024-07-31"),
        ("20240731현황.csv", "2024-07-31"),
        ("report20240731final.csv", "2024-07-31"),
        ("집행현황(24.7.31.).csv", "2024-07-31"),
        ("report 24.7.31.csv", "None"),
        ("id_120240731.csv", "None"),
        ("현황20240731_20240630.csv", "None"),
    ],
)
def test_a_file_name_glues_its_date_to_words(name: str, day: str) -> None:
    assert str(read("부서|예산현액|지출액\n가|2|1", source=name).as_of) == day


def test_points_before_three_digits_group_them_where_semicolons_part_cells() -> None:
    text = "부서|예산현액|지출액\n가|1.234|850\n나|2.500|1.100"
    table = read(text, evidence=_SEMICOLONS)
    assert amounts(table, "budget", "spent") == {"가": [1234, 850], "나": [2500, 1100]}
    assert said(table)[0].startswith("1.234 was read as 1234: the mark could part decimals as well")
    assert said(table)[0].endswith("(then let one amount show it: 1.5)")


def test_commas_before_three_digits_group_them_and_that_is_said_beside_semicolons() -> None:
    table = read("부서|예산현액|지출액\n가|1,234|850", evidence=_SEMICOLONS)
    assert amounts(table, "budget") == {"가": [1234]}
    assert said(table)[0].endswith("(then let one amount show it: 1,5)")


def test_a_point_that_could_group_is_said_elsewhere() -> None:
    table = read("부서|예산현액|지출액\n가|1.234|0.5\n나|2.500|1.100")
    assert not any("could part" in line for line in said(table))  # 0.5 proves a decimal point
    table = read("부서|예산현액|지출액\n가|1.234|1.100\n나|2.500|1.750")
    assert amounts(table, "budget") == {"가": [1234], "나": [2500]}
    assert table.scale == 3
    assert any(line.startswith("1.234 was read as a decimal number") for line in said(table))


def test_rows_of_several_months_are_added_aloud() -> None:
    table = read("Month|Department|Budget|Spent\nJan|Police|100|5\nFeb|Police|100|10")
    assert "2 different Month: their rows are added; keep one: --where Month=..." in said(table)
    table = read("Month|Department|Budget|Spent\nJan|Police|100|5\nJan|Fire|100|10")
    assert not any("different" in line for line in said(table))


def test_a_leaf_called_total_something_is_counted_where_only_then_the_total_comes_out() -> None:
    table = read(
        "Department|Budget|Spent\nTotal Quality Office|100|50\nSummer Youth|200|70\n"
        "Fire|300|90\nTotal|600|210"
    )
    assert [*amounts(table, "budget")] == ["Total Quality Office", "Summer Youth", "Fire"]
    assert table.findings == ()


def test_an_accountants_dash_is_a_dash_and_a_footnotes_star_is_no_part_of_an_amount() -> None:
    table = read("Department|Budget|Spent\nA|$ 1,234|$ -\nB|56*|R$ -\nC|7|- €")
    assert amounts(table, "budget", "spent") == {
        "A": [1234, "dash"],
        "B": [56, "dash"],
        "C": [7, "dash"],
    }


def test_an_amount_in_steps_of_ten_thousand_is_one_amount() -> None:
    table = read("부서|예산현액|지출액\n가|1조 2,345억원|3억 4,000만원\n나|5,000만원|1조원")
    assert amounts(table, "budget", "spent") == {
        "가": [1_234_500_000_000, 340_000_000],
        "나": [50_000_000, 10**12],
    }


def test_a_unit_that_only_some_columns_cells_name_is_said() -> None:
    table = read("부서|예산현액|지출액\n가|3억원|1\n나|5억원|2")
    assert "unit: 억원, from the cells" in said(table)


def test_sheets_that_could_be_meant_are_named() -> None:
    sheets = [
        raw("부서|예산현액|지출액\n가|2|1", sheet=name, number=number, alone=False)
        for number, name in enumerate(("2022", "2023"), 1)
    ]
    with pytest.raises(TableError) as caught:
        choose(sheets, None, Hints())
    assert str(caught.value.seen[0]).startswith("table 1: 2022 › 부서")


def test_a_row_is_a_repeated_header_only_where_all_of_it_repeats() -> None:
    table = read(
        "부서|예산현액|지출액|비고\n가|10|5|비고란\n부서|예산현액|지출액|비고\n나|20|8|비고"
    )
    assert amounts(table, "budget") == {"가": [10], "나": [20]}
    assert table.counts.headers == 2


def test_a_budget_taken_beside_another_is_said() -> None:
    table = read("Agency|Appropriations|Allotments|Disbursements\nDOH|100|90|40\nDPWH|200|150|80")
    assert amounts(table, "budget") == {"DOH": [100], "DPWH": [200]}
    assert "Appropriations was taken for current budget, not Allotments" in said(table)


def test_a_ledger_of_many_rows_is_read_without_totals_where_none_may_be() -> None:
    lines = [f"과{n}|{n * n + 7}|{n * 3 + 1}" for n in range(400)]
    table = read("\n".join(["부서|예산현액|지출액", *lines]))
    assert (len(table.rows), table.totals) == (400, ())


def test_amounts_written_with_words_for_ten_hundred_and_thousand_are_read() -> None:
    table = read("부서|예산현액|지출액\n가|1억 2천만원|3백5십만원\n나|2천3백만원|5천만원")
    assert amounts(table, "budget", "spent") == {
        "가": [120_000_000, 3_500_000],
        "나": [23_000_000, 50_000_000],
    }


def test_money_may_end_in_a_letter_for_its_scale() -> None:
    table = read("Department|Budget|Spent\nPolice|$1.2M|$600K\nFire|$2B|$0.5bn")
    assert amounts(table, "budget", "spent") == {
        "Police": [1_200_000, 600_000],
        "Fire": [2_000_000_000, 500_000_000],
    }


def test_letters_behind_bare_numbers_are_no_scale() -> None:
    table = read("Department|Budget|Spent\nA|12M|5\nB|3|2")
    assert amounts(table, "budget")["A"] == ["unreadable"]
