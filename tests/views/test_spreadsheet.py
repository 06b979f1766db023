"""The workbook: real numbers, formulas that agree with the exact values, text that stays text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from python_calamine import CalamineWorkbook

from budgetcli.errors import UserError
from budgetcli.fields import Kind
from budgetcli.i18n import say
from budgetcli.model import Finding, Place, Severity, Unit
from budgetcli.report import Column, Context, Report, Value
from budgetcli.targets import make_target
from budgetcli.views import Page, spreadsheet
from budgetcli.views.spreadsheet import draw

PACE_RATE = 100 * 213 / 366

Summary = Callable[..., Report]


def cells(book: bytes, sheet: int = 0) -> list[list[object]]:
    return [
        list(row)
        for row in CalamineWorkbook.from_filelike(io.BytesIO(book))
        .get_sheet_by_index(sheet)
        .to_python()
    ]


def table(book: bytes) -> list[dict[str, object]]:
    """Rows under the header, which follows the blank line."""
    lines = cells(book)
    header = next(at for at, line in enumerate(lines) if not any(line)) + 1
    return [dict(zip(map(str, lines[header]), line, strict=True)) for line in lines[header + 1 :]]


def part(book: bytes, name: str = "xl/worksheets/sheet1.xml") -> str:
    return zipfile.ZipFile(io.BytesIO(book)).read(name).decode()


def formulas(book: bytes) -> dict[str, str]:
    return dict(re.findall(r'<c r="(\w+)"[^>]*><f>(.*?)</f>', part(book)))


def test_amounts_are_numbers_in_the_tables_unit_and_rates_full_ones(summary: Summary) -> None:
    first, *_, total = table(draw(summary(), Page()))
    assert (first["Division"], first["Budget"]) == ("경제정책과", 129652.0)
    assert first["Rate %"] == float(Fraction(100 * 96247, 129652))
    assert (total["Division"], total["Budget"], total["Status"]) == ("계", 685068.0, "on track")


def test_title_unit_and_date_stand_above_and_the_header_is_frozen(summary: Summary) -> None:
    book = draw(summary(), Page())
    assert cells(book)[0][0] == "예산"
    assert str(cells(book)[1][0]).startswith("(unit: million KRW · as of 2024-07-31")
    assert 'ySplit="6"' in part(book)
    assert 'state="frozen"' in part(book)


def test_rates_balances_and_points_recompute(summary: Summary) -> None:
    made = formulas(draw(summary(), Page()))
    assert made["E7"] == 'IFERROR(100*C7/B7,"n/a")'
    assert made["F7"] == 'IFERROR(100*D7/B7,"n/a")'
    assert made["G7"] == "B7-D7"
    assert made["I7"] == 'IFERROR(F7-H7,"n/a")'
    assert made["F17"] == 'IFERROR(100*D17/B17,"n/a")'


def test_a_total_is_a_sum_only_where_it_is_exactly_that(summary: Summary) -> None:
    report = summary(("가", 1, 2, 3), ("나", 1, 2, 3), total=("계", 2, 8, 6))
    made = formulas(draw(report, Page()))
    assert made["B9"] == "SUM(B7:B8)"
    assert "C9" not in made
    assert made["D9"] == "SUM(D7:D8)"


def test_a_total_that_rounding_put_off_keeps_the_difference_and_follows_its_rows(
    summary: Summary,
) -> None:
    report = summary(("가", 1, 2, 3), ("나", 1, 2, 3), total=("계", 3, 4, 5))
    made = formulas(draw(report, Page()))
    assert (made["B9"], made["D9"]) == ("SUM(B7:B8)+1", "SUM(D7:D8)-1")
    assert formulas(draw(report, Page(show_unit=Unit("원", 1))))["B9"] == "SUM(B7:B8)+1000000"


def test_the_target_stands_in_one_cell_and_every_row_and_verdict_follows_it(
    summary: Summary,
) -> None:
    book = draw(summary(), Page())
    assert cells(book)[2][:2] == ["target rate (%)", PACE_RATE]
    made = formulas(book)
    assert made["H7"] == made["H17"] == "$B$3"
    assert made["J7"] == 'IFERROR(MAX(0,-INT(-ROUND(B7*H7/100*1000000,3))/1000000-D7),"")'
    assert made["K7"] == (
        'IF(AND(COUNT(B7,D7)=2,D7&gt;B7),"overspent",IF(COUNT(F7,H7)&lt;2,"unknown",'
        'IF(ROUND(F7,9)&lt;ROUND(H7,9),"lagging","on track")))'
    )


def test_targets_of_their_own_stand_in_their_rows(summary: Summary) -> None:
    report = summary(("가", 100, 1, 50), ("나", 100, 1, 60), total=None)
    own = {**report.rows[0], "target_rate": Fraction(40), "variance": Fraction(10)}
    book = draw(report._replace(rows=(own, report.rows[1])), Page())
    assert "H7" not in formulas(book)
    assert formulas(book)["I7"] == 'IFERROR(F7-H7,"n/a")'


def test_the_year_end_follows_from_its_scenarios(summary: Summary) -> None:
    line = {
        **summary(("가", 100, 60, 40), total=None).rows[0],
        "committed_only": 60 * 10**6,
        "run_rate": 80 * 10**6,
        "recent_pace": None,
        "unspent_least": 20 * 10**6,
        "unspent_most": 40 * 10**6,
        "carry_over_most": 20 * 10**6,
        "lapse_least": 20 * 10**6,
    }
    keys = (
        "division", "unspent_least", "unspent_most", "carry_over_most", "lapse_least", "budget",
        "committed_only", "run_rate", "spent", "committed", "unpaid",
    )  # fmt: skip
    report = summary(keys=keys)._replace(rows=(line,), total=None)
    made = formulas(draw(report, Page()))
    assert [made[f"{column}7"] for column in "BCDEG"] == [
        "F7-MAX(G7,H7)", "F7-MIN(G7,H7)", "MAX(0,MIN(C7,K7))", "MAX(0,C7-D7)", "MAX(J7,I7)",
    ]  # fmt: skip
    assert "H7" not in made


def test_the_chart_follows_the_table_the_furthest_behind_first(summary: Summary) -> None:
    book = draw(summary(("가", 100, 1, 70), ("나", 100, 1, 50), total=None), Page())
    names, behind, reached = ([line[index] for line in cells(book, 1)[1:3]] for index in (0, 1, 2))
    assert (names, behind, reached) == (["나", "가"], [50.0, 0.0], [0.0, 70.0])
    lines = part(book, "xl/worksheets/sheet2.xml")
    assert "IF(ROUND(Table!F8,9)&lt;ROUND(Table!H8,9),Table!F8,0)" in lines
    assert '<c:barDir val="bar"/>' in part(book, "xl/charts/chart1.xml")


def test_a_chart_has_room_for_thirty_bars_and_says_of_how_many(summary: Summary) -> None:
    report = summary(*((f"과{number}", 100, 1, number) for number in range(31)), total=None)
    book = draw(report, Page())
    assert len(cells(book, 1)) == 31
    assert "30 of 31" in part(book, "xl/charts/chart1.xml")


def test_a_long_name_is_cut_in_the_chart_alone(summary: Summary) -> None:
    book = draw(summary(("과" * 400, 100, 1, 50), total=None), Page())
    assert cells(book, 1)[1][0] == "과" * 24 + "…"
    assert table(book)[0]["Division"] == "과" * 400


def test_names_of_two_columns_are_one_in_the_chart(summary: Summary) -> None:
    report = summary(("가", 100, 1, 50), total=None)
    columns = (Column("office", Kind.NAME), *report.columns)
    book = draw(
        report._replace(columns=columns, rows=({**report.rows[0], "office": "실"},)), Page()
    )
    assert cells(book, 1)[1][0] == "실 · 가"


def test_without_rates_there_is_no_chart(summary: Summary) -> None:
    book = draw(summary(("가", 0, 0, 0), total=None), Page())
    assert CalamineWorkbook.from_filelike(io.BytesIO(book)).sheet_names == [
        "Table", "Findings", "Source",
    ]  # fmt: skip


def test_a_rate_over_nothing_is_a_formula_that_says_so_and_an_unknown_one_is_blank(
    summary: Summary,
) -> None:
    book = draw(summary(("가", 0, 0, 0), ("나", None, 1, 1), total=None), Page())
    nothing, unknown = table(book)
    assert (nothing["Rate %"], unknown["Rate %"], unknown["Budget"]) == ("n/a", "", "")
    assert {"F7", "I7"} <= formulas(book).keys()
    assert not {"F8", "I8"} & formulas(book).keys()


def test_a_rate_that_does_not_follow_from_the_amounts_stays_a_number(summary: Summary) -> None:
    report = summary(("가", 100, 1, 50), total=None)
    rows = ({**report.rows[0], "execution_rate": Fraction(70)},)
    book = draw(Report(report.name, report.columns, rows, report.context), Page())
    assert table(book)[0]["Rate %"] == 70.0
    assert "F7" not in formulas(book)


def test_an_amount_of_more_digits_than_a_double_keeps_is_text_and_said(summary: Summary) -> None:
    report = summary(("가", 1234567890123456, 0, 1), total=None, unit=Unit("원", 1, "KRW"))
    book = draw(report, Page())
    assert table(book)[0]["Budget"] == "1234567890123456"
    assert ["Amounts of more than 15 digits are text here."] in [row[:1] for row in cells(book)]
    assert not any("B8" in formula for formula in formulas(book).values())


def test_round_amounts_of_any_size_are_numbers(summary: Summary) -> None:
    report = summary(("가", 10**20, 0, 0), total=None, unit=Unit("원", 1, "KRW"))
    assert table(draw(report, Page()))[0]["Budget"] == 1e20


@pytest.mark.parametrize(
    "name", ["=1+1", "{=1}", "https://example.org", "mailto:a@b.c", "12", "-5"]
)
def test_a_name_is_a_string_whatever_it_looks_like(summary: Summary, name: str) -> None:
    book = draw(summary((name, 1, 1, 1), total=None), Page())
    assert table(book)[0]["Division"] == name
    assert "A7" not in formulas(book)
    assert "hyperlink" not in part(book)


def test_rates_have_bars_and_turn_red_below_their_target(summary: Summary) -> None:
    sheet = part(draw(summary(), Page()))
    assert '<conditionalFormatting sqref="F7:F16"><cfRule type="dataBar"' in sheet
    assert "AND(ISNUMBER($F7),ISNUMBER($H7),ROUND($F7,9)&lt;ROUND($H7,9))" in sheet


def test_a_target_that_is_no_column_stands_in_the_rule(summary: Summary) -> None:
    keys = ("division", "execution_rate")
    report = summary(keys=keys, target=make_target("62.5", None, (1, 1)))
    assert "ROUND($B7,9)&lt;ROUND($B$3,9)" in part(draw(report, Page()))


def test_findings_and_source_have_sheets_of_their_own(summary: Summary) -> None:
    book = draw(summary(), Page())
    assert cells(book, 2)[1][:7] == [
        "note", "rounding", "계", "current budget", 685068.0, 685069.0, -1.0,
    ]  # fmt: skip
    assert cells(book, 3)[0] == ["source", "budget_2024.csv"]


def test_the_same_report_gives_the_same_bytes_dated_by_the_table(summary: Summary) -> None:
    book = draw(summary(), Page())
    assert book == draw(summary(), Page())
    assert "2024-07-31T00:00:00Z" in part(book, "docProps/core.xml")


def test_more_rows_than_a_sheet_has_lines_are_refused(
    summary: Summary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreadsheet, "_MOST_ROWS", 9)
    with pytest.raises(UserError, match="rows"):
        draw(summary(), Page())


def test_a_report_without_rows_is_a_workbook_too(summary: Summary) -> None:
    empty = Report("lagging", summary().columns, (), summary().context)
    assert table(draw(empty, Page())) == []


def test_dates_and_counts_are_what_a_spreadsheet_calls_so() -> None:
    columns = (Column("as_of", Kind.DATE), Column("programmes", Kind.COUNT))
    row: dict[str, Value] = {"as_of": date(2024, 7, 31), "programmes": 1234}
    book = draw(Report("trend", columns, (row,), Context("a.csv")), Page())
    (written,) = table(book)
    assert list(written.values()) == [date(2024, 7, 31), 1234.0]


@pytest.mark.parametrize(
    ("amounts", "width"),
    [((1, -1_234_567_890, 5), 16), ((1, 1_234_567_890, -5), 15), ((1, 2, None), 8)],
)
def test_a_column_is_as_wide_as_its_widest_amount(amounts: tuple[Value, ...], width: int) -> None:
    rows: tuple[dict[str, Value], ...] = tuple({"spent": amount} for amount in amounts)
    columns = (Column("spent", Kind.MONEY),)
    book = draw(Report("convert", columns, rows, Context("a.csv")), Page())
    (written,) = re.findall(r'<col min="1" max="1" width="([\d.]+)"', part(book))
    assert int(float(written)) == width


def test_on_the_basis_of_commitments_their_rate_is_judged(summary: Summary) -> None:
    report = summary()
    committed = report._replace(context=report.context._replace(basis="committed"))
    assert '<conditionalFormatting sqref="E7:E16">' in part(draw(committed, Page()))


def test_without_a_target_there_are_bars_and_no_verdict(summary: Summary) -> None:
    report = summary(keys=("division", "execution_rate"))
    aimless = report._replace(context=report.context._replace(target=None))
    sheet = part(draw(aimless, Page()))
    assert "dataBar" in sheet
    assert 'type="expression"' not in sheet


def test_without_a_rate_nothing_is_marked(summary: Summary) -> None:
    assert "conditionalFormatting" not in part(draw(summary(keys=("division", "budget")), Page()))


def test_a_finding_about_a_rate_is_written_in_per_cent(summary: Summary) -> None:
    found = Finding(
        "rate_mismatch",
        Severity.ERROR,
        say("printed 71.0"),
        Place("a.csv", 4),
        printed=Fraction(71),
        computed=None,
    )
    book = draw(summary()._replace(findings=(found,)), Page())
    assert cells(book, 2)[1][:8] == ["error", "rate_mismatch", "", "", "", "", "", 71.0]
