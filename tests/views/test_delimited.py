"""CSV and TSV: exact, safe in a spreadsheet, and read back by our own reader."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetcli.fields import Kind
from budgetcli.loading import load
from budgetcli.model import Unit
from budgetcli.readers.delimited import read
from budgetcli.readers.source import ReadOptions, Source
from budgetcli.recognise.names import clean
from budgetcli.report import Column, Context, Report, Value
from budgetcli.targets import make_target
from budgetcli.views import Page
from budgetcli.views.delimited import as_text_cell, draw_csv, draw_tsv

Summary = Callable[..., Report]

GOLDEN = Path(__file__).parent / "golden"


def cells(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_csv_is_the_golden_file(summary: Summary) -> None:
    assert draw_csv(summary(), Page()).encode() == (GOLDEN / "summary.csv").read_bytes()


@pytest.mark.usefixtures("korean")
def test_the_korean_csv_is_its_golden_file(summary: Summary) -> None:
    assert draw_csv(summary(), Page()).encode() == (GOLDEN / "summary.ko.csv").read_bytes()


def test_the_tsv_is_the_golden_file(summary: Summary) -> None:
    assert draw_tsv(summary(), Page()).encode() == (GOLDEN / "summary.tsv").read_bytes()


def test_lines_end_with_a_bare_newline(summary: Summary) -> None:
    assert "\r" not in draw_csv(summary(), Page())


def test_unknown_is_empty_and_a_rate_over_nothing_is_not_available(summary: Summary) -> None:
    unknown, nothing = cells(
        draw_csv(summary(("가", None, 1, 1), ("나", 0, 0, 0), total=None), Page())
    )
    assert (unknown["budget"], unknown["execution_rate"], unknown["variance"]) == ("", "", "")
    assert (nothing["budget"], nothing["execution_rate"], nothing["variance"]) == (
        "0",
        "n/a",
        "n/a",
    )


def test_the_total_stands_last_under_its_own_label_in_the_first_column_of_names() -> None:
    columns = (Column("office", Kind.NAME), Column("budget", Kind.MONEY))
    rows: tuple[dict[str, Value], ...] = ({"office": "경제실", "budget": 3},)
    total: dict[str, Value] = {"division": "계", "budget": 3, "source": "printed"}
    report = Report("summary", columns, rows, Context("a.csv"), total)
    assert draw_csv(report, Page()).splitlines()[-1] == "계,3,,"


def test_a_grouping_column_keeps_its_own_name_and_is_escaped_like_any_text() -> None:
    columns = (Column("회계 구분", Kind.NAME), Column("=x", Kind.TEXT))
    report = Report("summary", columns, (), Context("a.csv"))
    assert draw_csv(report, Page()) == "회계 구분,'=x,unit,as_of\n"


def test_another_unit_moves_the_point_and_drops_no_digit(summary: Summary) -> None:
    page = Page(show_unit=Unit("억원", 10**8, "KRW"))
    (row,) = cells(draw_csv(summary(("가", 129652, 1, 1), total=None), page))
    assert (row["budget"], row["unit"]) == ("1296.52", "억원")


@pytest.mark.parametrize(
    ("amount", "scale", "written"),
    [
        (11174651934643, 2, "111746519346.43"),
        (10**40, 0, "1" + "0" * 40),
        (-1, 12, "-0.000000000001"),
        (100, 2, "1"),
    ],
)
def test_amounts_are_written_out_without_exponent(
    summary: Summary, amount: int, scale: int, written: str
) -> None:
    report = summary(("가", amount, 0, 0), total=None, unit=None, scale=scale)
    assert cells(draw_csv(report, Page()))[0]["budget"] == written


def test_a_negative_amount_is_no_formula(summary: Summary) -> None:
    (row,) = cells(draw_csv(summary(("가", -5, 0, 0), total=None), Page()))
    assert (row["budget"], row["variance"]) == ("-5", "-58.2")


@pytest.mark.parametrize(
    "name", ["=1+1", "+82", "-", "@SUM(A1)", "  =1", "＝1", "＠x", "'=1", "\t=1"]
)
def test_names_that_look_like_formulas_are_escaped(summary: Summary, name: str) -> None:
    (row,) = cells(draw_csv(summary((name, 1, 1, 1), total=None), Page()))
    assert row["division"][0] in "'\\"


@given(st.text(), st.sampled_from(["", "=", "'=", "''=", "+", "-", "@", "'"]))
def test_reading_takes_the_escape_of_a_name_away(text: str, start: str) -> None:
    name = clean(clean(start + text))
    assert clean(as_text_cell(name)) == clean(name)


def test_line_breaks_in_names_become_blanks_and_controls_are_spelled_out(summary: Summary) -> None:
    report = summary(("경제\r\n정책과", 1, 1, 1), ("a\x1b[31m\u202eb\ud800", 1, 1, 1), total=None)
    broken, hostile = cells(draw_csv(report, Page()))
    assert broken["division"] == "경제 정책과"
    assert hostile["division"] == r"a\x1b[31m\u202eb\ud800"


def test_columns_of_unit_and_date_are_not_written_twice(summary: Summary) -> None:
    header = draw_csv(summary(keys=("division", "as_of", "unit")), Page()).splitlines()[0]
    assert header == "division,as_of,unit"


def test_rates_are_rounded_half_up_to_the_decimals_asked_for(summary: Summary) -> None:
    report = summary(("가", 10000, 1, 10675), total=None, target=make_target("60", None, (1, 1)))
    (row,) = cells(draw_csv(report, Page(decimals=1)))
    assert (row["execution_rate"], row["variance"]) == ("106.8", "46.8")


def test_our_own_reader_finds_every_cell_again(summary: Summary) -> None:
    text = draw_csv(summary(("a,b;c|d", 1, 1, 1), ('say "x"', 2, 2, 2)), Page())
    (table,) = read(Source("a.csv", data=text.encode()), ReadOptions())
    assert [list(row) for row in table.rows] == list(csv.reader(io.StringIO(text)))


def test_a_csv_or_json_in_a_pipe_loads_no_heavy_library() -> None:
    probe = (
        "import sys, budgetcli.views.delimited, budgetcli.views.json\n"
        "heavy = {'rich', 'tabulate', 'pandas', 'xlsxwriter', 'jinja2', 'wcwidth'}\n"
        "print(*sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("draw", [draw_csv, draw_tsv])
def test_what_we_write_we_read_back_to_the_same_table(
    summary: Summary, tmp_path: Path, draw: Callable[[Report, Page], str]
) -> None:
    report = summary(("=1+1", 10, 5, 5), ('a,b|c;d "e"', 20, 5, 4), total=("계", 30, 10, 9))
    path = tmp_path / "written.csv"
    path.write_text(draw(report, Page()), encoding="utf-8")
    table = load(path)
    read_back = [(row.labels["division"], row.amounts) for row in table.rows]
    written = [(row["division"], row["budget"], row["spent"]) for row in report.rows]
    assert [(name, row["budget"], row["spent"]) for name, row in read_back] == written
    assert table.totals[0].row.amount("budget") == 30 * 10**6
    assert (table.unit, table.as_of) == (report.context.unit, report.context.as_of)


@pytest.mark.usefixtures("korean")
def test_korean_headers_are_read_back_too(summary: Summary, tmp_path: Path) -> None:
    path = tmp_path / "written.csv"
    path.write_text(draw_csv(summary(), Page()), encoding="utf-8")
    amounts = [(row.amount("budget"), row.amount("spent")) for row in load(path).rows]
    assert amounts == [(row["budget"], row["spent"]) for row in summary().rows]
