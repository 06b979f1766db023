"""Markdown and tabulate's formats: numbers as they are, names that mark up nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from tabulate import tabulate_formats

from budgetcli.errors import UserError
from budgetcli.fields import Kind
from budgetcli.model import Unit
from budgetcli.report import Column, Context, Report, Value
from budgetcli.views import OWN_FORMATS, Page, find_format, format_names
from budgetcli.views.text import draw_markdown, draw_style

Summary = Callable[..., Report]

GOLDEN = Path(__file__).parent / "golden"


def test_the_markdown_is_the_golden_file(summary: Summary) -> None:
    assert draw_markdown(summary(), Page()).encode() == (GOLDEN / "summary.md").read_bytes()


@pytest.mark.parametrize("style", ["grid", "rst", "latex", "mediawiki"])
def test_some_of_tabulates_formats_are_their_golden_files(summary: Summary, style: str) -> None:
    drawn = draw_style(summary(), Page(), style)
    assert drawn.encode() == (GOLDEN / f"summary.{style}.txt").read_bytes()


def test_every_format_of_tabulate_is_offered_and_ours_go_first() -> None:
    names = format_names()
    assert names[: len(OWN_FORMATS)] == tuple(format.name for format in OWN_FORMATS)
    assert set(tabulate_formats) <= set(names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", tabulate_formats)
def test_every_format_of_tabulate_draws(summary: Summary, name: str) -> None:
    assert "129" in str(find_format(name).draw(summary(), Page()))


def test_our_html_and_tsv_are_ours() -> None:
    assert find_format("html").where == "budgetcli.views.html:draw"
    assert find_format("tsv").where == "budgetcli.views.delimited:draw_tsv"


def test_an_unknown_format_is_told_with_all_there_are() -> None:
    with pytest.raises(UserError) as caught:
        find_format("cvs")
    assert "'cvs' is no output format" in str(caught.value)
    assert "csv tsv json" in str(caught.value)
    assert "mediawiki" in str(caught.value)


def test_numbers_stay_as_they_are_written(summary: Summary) -> None:
    drawn = draw_style(
        summary(("1e5", 10**20, 0, 0), ("007", 5, 0, 5), total=None), Page(), "plain"
    )
    first, second = drawn.splitlines()[1:]
    assert first.split()[:2] == ["1e5", "100,000,000,000,000,000,000"]
    assert second.split()[0] == "007"


def test_columns_line_up_in_terminal_cells_for_hangul(summary: Summary) -> None:
    lines = draw_style(summary(), Page(), "psql").splitlines()
    assert len({len(line) + sum("가" <= letter <= "힣" for letter in line) for line in lines}) == 1


def test_the_markdown_says_unit_date_and_target_above_the_table(summary: Summary) -> None:
    caption = draw_markdown(summary(), Page()).splitlines()[0]
    assert caption.startswith("**예산** (unit: million KRW · as of 2024-07-31 · pace 58.2 %")


@pytest.mark.parametrize(
    "name",
    [
        "a|b",
        "`x`",
        "*x* _y_ ~~z~~",
        "<script>alert(1)</script>",
        "[x](https://example.org)",
        "![x](https://example.org/x.png)",
        "https://example.org",
        "www.example.org",
        "a\nb",
        "\\",
        "&lt;b&gt;",
        "\\|",
    ],
)
def test_a_name_in_markdown_reads_as_itself_and_does_nothing(summary: Summary, name: str) -> None:
    page = MarkdownIt("gfm-like", {"linkify": False}).render(
        draw_markdown(summary((name, 1, 1, 1), total=None), Page())
    )
    for tag in ("<a ", "<img", "<script", "<em>", "<s>", "<code>", "<b>"):
        assert tag not in page
    assert page.count("<tr>") == 2
    assert page.count("<td") == 12


@pytest.mark.parametrize("style", ["pipe", "github"])
def test_bare_addresses_are_taken_apart(summary: Summary, style: str) -> None:
    drawn = draw_style(summary(("http://a.org www.b.org", 1, 1, 1)), Page(), style)
    assert "http\\://a.org www\\.b.org" in drawn


@pytest.mark.parametrize("name", ["unsafehtml", "latex_raw"])
def test_the_raw_formats_escape_all_the_same(summary: Summary, name: str) -> None:
    drawn = draw_style(summary(("<b>\\input{x}", 1, 1, 1)), Page(), name)
    assert "<b>" not in drawn
    assert "\\input" not in drawn or name == "unsafehtml"


def test_a_bracket_at_the_start_of_a_latex_row_is_no_argument(summary: Summary) -> None:
    drawn = draw_style(summary(("[red]x", 1, 1, 1), ("*y", 1, 1, 1)), Page(), "latex")
    assert [line.split("&")[0].strip() for line in drawn.splitlines()[4:6]] == ["{}[red]x", "{}*y"]


def test_a_report_without_rows_has_its_header(summary: Summary) -> None:
    empty = Report("lagging", summary().columns, (), summary().context)
    assert "Division" in draw_markdown(empty, Page())


def test_counts_are_grouped_and_dates_written_out() -> None:
    columns = (Column("as_of", Kind.DATE), Column("programmes", Kind.COUNT))
    row: dict[str, Value] = {"as_of": date(2024, 7, 31), "programmes": 1234}
    report = Report("trend", columns, (row,), Context("a.csv"))
    assert draw_style(report, Page(), "plain").splitlines()[1].split() == ["2024-07-31", "1,234"]


def test_computed_amounts_show_no_more_decimals_than_asked_for(summary: Summary) -> None:
    page = Page(show_unit=Unit("억원", 10**8, "KRW"))
    drawn = draw_style(summary(("가", 129652, 1, 1), total=None), page, "plain")
    assert drawn.splitlines()[1].split()[1] == "1,296.5"
