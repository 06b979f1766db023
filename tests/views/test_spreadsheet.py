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
    assert 'ySplit="5"' in part(book)
    assert 'state="frozen"' in part(book)


def test_rates_balances_and_points_recompute(summary: Summary) -> None:
    made = formulas(draw(summary(), Page()))
    assert made["E6"] == 'IFERROR(100*C6/B6,"n/a")'
    assert made["F6"] == 'IFERROR(100*D6/B6,"n/a")'
    assert made["G6"] == "B6-D6"
    assert made["I6"] == 'IFERROR(F6-H6,"n/a")'
    assert made["F16"] == 'IFERROR(100*D16/B16,"n/a")'


def test_a_total_is_a_sum_only_where_it_is_exactly_that(summary: Summary) -> None:
    report = summary(("가", 1, 2, 3), ("나", 1, 2, 3), total=("계", 2, 5, 6))
    made = formulas(draw(report, Page()))
    assert made["B8"] == "SUM(B6:B7)"
    assert "C8" not in made
    assert made["D8"] == "SUM(D6:D7)"


def test_a_rate_over_nothing_is_a_formula_that_says_so_and_an_unknown_one_is_blank(
    summary: Summary,
) -> None:
    book = draw(summary(("가", 0, 0, 0), ("나", None, 1, 1), total=None), Page())
    nothing, unknown = table(book)
    assert (nothing["Rate %"], unknown["Rate %"], unknown["Budget"]) == ("n/a", "", "")
    assert {"F6", "I6"} <= formulas(book).keys()
    assert not {"F7", "I7"} & formulas(book).keys()


def test_a_rate_that_does_not_follow_from_the_amounts_stays_a_number(summary: Summary) -> None:
    report = summary(("가", 100, 1, 50), total=None)
    rows = ({**report.rows[0], "execution_rate": Fraction(70)},)
    book = draw(Report(report.name, report.columns, rows, report.context), Page())
    assert table(book)[0]["Rate %"] == 70.0
    assert "F6" not in formulas(book)


def test_an_amount_of_more_digits_than_a_double_keeps_is_text_and_said(summary: Summary) -> None:
    report = summary(("가", 1234567890123456, 0, 1), total=None, unit=Unit("원", 1, "KRW"))
    book = draw(report, Page())
    assert table(book)[0]["Budget"] == "1234567890123456"
    assert ["Amounts of more than 15 digits are text here."] in [row[:1] for row in cells(book)]
    assert not any("B7" in formula for formula in formulas(book).values())


def test_round_amounts_of_any_size_are_numbers(summary: Summary) -> None:
    report = summary(("가", 10**20, 0, 0), total=None, unit=Unit("원", 1, "KRW"))
    assert table(draw(report, Page()))[0]["Budget"] == 1e20


@pytest.mark.parametrize(
    "name", ["=1+1", "{=1}", "https://example.org", "mailto:a@b.c", "12", "-5"]
)
def test_a_name_is_a_string_whatever_it_looks_like(summary: Summary, name: str) -> None:
    book = draw(summary((name, 1, 1, 1), total=None), Page())
    assert table(book)[0]["Division"] == name
    assert "A6" not in formulas(book)
    assert "hyperlink" not in part(book)


def test_rates_have_bars_and_turn_red_below_their_target(summary: Summary) -> None:
    sheet = part(draw(summary(), Page()))
    assert '<conditionalFormatting sqref="F6:F15"><cfRule type="dataBar"' in sheet
    assert "AND(ISNUMBER($F6),ISNUMBER($H6),ROUND($F6,9)&lt;ROUND($H6,9))" in sheet


def test_a_target_that_is_no_column_stands_in_the_rule(summary: Summary) -> None:
    keys = ("division", "execution_rate")
    report = summary(keys=keys, target=make_target("62.5", None, (1, 1)))
    assert "ROUND($B6,9)&lt;ROUND(62.5,9)" in part(draw(report, Page()))


def test_findings_and_source_have_sheets_of_their_own(summary: Summary) -> None:
    book = draw(summary(), Page())
    assert cells(book, 1)[1][:7] == [
        "note", "rounding", "계", "current budget", "685068", "685069", "-1",
    ]  # fmt: skip
    assert cells(book, 2)[0] == ["source", "budget_2024.csv"]


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
    assert '<conditionalFormatting sqref="E6:E15">' in part(draw(committed, Page()))


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
    assert cells(book, 1)[1][:7] == ["error", "rate_mismatch", "", "", "71.0", "", ""]
