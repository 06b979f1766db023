"""All formats say the same, cell for cell, and a name does harm in none of them."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

import pytest
from python_calamine import CalamineWorkbook

from budgetcli.report import Report
from budgetcli.views import Page, find_format, format_names

Summary = Callable[..., Report]
Rows = list[tuple[str, Decimal, Decimal]]

KEYS = ("division", "budget", "execution_rate")
TENTH = Decimal("0.1")
HOSTILE = [
    '=HYPERLINK("http://example.org","x")',
    "<script>alert(1)</script>",
    "a|b",
    "[red]x[/red]",
    "\x1b[31mred",
    "\u202egnp.exe",
    "과" * 400,
    "first\nsecond",
    "\x00\x07\x9b2J",
    "lone \ud800",
    "{{ 7 * 7 }}{% x %}",
]
TEXT_FORMATS = [name for name in format_names() if name != "table" and not find_format(name).binary]


def drawn(name: str, report: Report) -> str:
    text = find_format(name).draw(report, Page())
    assert isinstance(text, str)
    return text


def numbers(cells: list[str]) -> tuple[str, Decimal, Decimal]:
    name, budget, rate = (cell.strip() for cell in cells)
    return name, Decimal(budget.replace(",", "")), Decimal(rate)


def from_csv(text: str) -> Rows:
    return [numbers(line[:3]) for line in list(csv.reader(io.StringIO(text)))[1:]]


def from_tsv(text: str) -> Rows:
    return [numbers(line.split("\t")[:3]) for line in text.splitlines()[1:]]


def from_json(text: str) -> Rows:
    answer = json.loads(text, parse_float=Decimal)
    rows = [*answer["rows"], answer["total"]]
    return [
        (row["division"], Decimal(row["budget"]) / 10**6, row["execution_rate"]) for row in rows
    ]


def from_bars(text: str) -> Rows:
    """Tables drawn with bars between their cells; rules and caption have no numbers in them."""
    lines = [
        re.split(r"\|\|?|│|&|┃|║", line.strip().rstrip("\\").strip("|│┃║"))
        for line in text.splitlines()
    ]
    return [numbers(line) for line in lines if len(line) == 3 and re.search(r"\d", line[1])]


def from_html(text: str) -> Rows:
    lines = re.findall(r"<tr[^>]*>(.*?)</tr>", text, re.DOTALL)[1:]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line) for line in lines]
    return [
        numbers([html.unescape(re.sub("<[^>]*>", "", cell)) for cell in line]) for line in cells
    ]


def from_xlsx(book: bytes) -> Rows:
    lines = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    rows = [line for line in lines if isinstance(line[2], float)]
    return [
        (str(row[0]), Decimal(str(row[1])), Decimal(str(row[2])).quantize(TENTH, ROUND_HALF_UP))
        for row in rows
    ]


PARSED: dict[str, Callable[[str], Rows]] = {
    "csv": from_csv,
    "tsv": from_tsv,
    "json": from_json,
    "html": from_html,
    "unsafehtml": from_html,
    **dict.fromkeys(
        [
            "markdown",
            "github",
            "pipe",
            "orgtbl",
            "presto",
            "psql",
            "grid",
            "outline",
            "pretty",
            "jira",
            "youtrack",
            "latex",
            "latex_booktabs",
            "simple_grid",
            "heavy_grid",
            "double_outline",
            "asciidoc",
        ],
        from_bars,
    ),
}


@pytest.mark.parametrize("name", PARSED)
def test_names_amounts_and_rates_are_the_workbooks_in_every_format(
    summary: Summary, name: str
) -> None:
    report = summary(keys=KEYS)
    book = find_format("xlsx").draw(report, Page())
    assert isinstance(book, bytes)
    assert PARSED[name](drawn(name, report)) == from_xlsx(book)


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_every_cell_for_people_or_programs_is_in_every_format(summary: Summary, name: str) -> None:
    text = drawn(name, summary(keys=KEYS)).replace(",", "")
    for division, budget, rate in (
        ("경제정책과", "129652", "74.2"),
        ("창조산업과", "49222", "30.7"),
    ):
        assert division in text
        assert budget in text
        assert rate in text


@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_no_name_moves_a_cursor_adds_a_line_or_breaks_the_encoding(
    summary: Summary, name: str, hostile: str
) -> None:
    tame = drawn(name, summary(("name", 1, 1, 1), keys=KEYS))
    text = drawn(name, summary((hostile, 1, 1, 1), keys=KEYS))
    assert text.encode()
    assert len(text.splitlines()) == len(tame.splitlines())
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
@pytest.mark.parametrize("name", ["html", "unsafehtml", "markdown", "github", "mediawiki", "jira"])
def test_no_name_is_a_tag(summary: Summary, name: str, hostile: str) -> None:
    tame = drawn(name, summary(("name", 1, 1, 1), keys=KEYS))
    text = drawn(name, summary((hostile, 1, 1, 1), keys=KEYS))
    assert text.count("<script") == tame.count("<script")


@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_no_name_is_a_formula(summary: Summary, name: str, hostile: str) -> None:
    text = drawn(name, summary((hostile, 1, 1, 1), keys=KEYS))
    lines = list(csv.reader(io.StringIO(text), delimiter="," if name == "csv" else "\t"))
    assert {len(line) for line in lines} == {5}
    assert not any(re.match(r"\s*[=+@\t\r]|-(?!\d)", cell) for line in lines for cell in line)


@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
def test_json_gives_every_name_back(summary: Summary, hostile: str) -> None:
    answer = json.loads(drawn("json", summary((hostile, 1, 1, 1))))
    assert answer["rows"][0]["division"] == hostile


@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
def test_a_workbook_holds_every_name_as_text(summary: Summary, hostile: str) -> None:
    book = find_format("xlsx").draw(summary((hostile, 1, 1, 1), keys=KEYS), Page())
    assert isinstance(book, bytes)
    assert len(from_xlsx(book)) == 2


def test_a_long_name_is_never_cut(summary: Summary) -> None:
    report = summary(("과" * 400, 1, 1, 1), keys=KEYS)
    for name in TEXT_FORMATS:
        assert "과" * 400 in drawn(name, report), name
