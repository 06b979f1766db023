"""What comes from a file is data in every format: it runs, marks up, links and moves nothing."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
import xlsxwriter
from markdown_it import MarkdownIt

from budgetcli.views import find_format, format_names
from tests.conftest import Run

PAYLOADS = (
    "\x1b[2J\x1b]0;owned\x07",
    "\x9b31m\x85\x08\x7f",
    "\x1b]8;;http://evil\x1b\\click\x1b]8;;\x1b\\",
    "[red]x[/red][link=http://evil]y[/link][/]",
    "\u202egnp.exe\u2066\u200f",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    '"\' onmouseover=alert(1) x="</td></table><h1>',
    "&lt;b&gt;<!-- -->",
    '=HYPERLINK("http://evil","x")',
    "+1+cmd|' /C calc'!A0",
    "-1+cmd|' /C calc'!A0",
    "@SUM(1)",
    "＝1+1",
    "\t=1+1",
    "[x](javascript:alert(1)) ![x](http://evil/x.png)",
    "a|b`c`*d*_e_~f~ <http://evil> http://evil",
    "# head\n\n- list\r\n> quote",
    "{{7*7}}{% include 'x' %}${7*7}",
    "\\input{/etc/passwd}$x^2$%{}~&#_",
    "..\\..\\x/../../y",
    "\ufeffzero\u200bwidth\u2028line",
)
# the shortest that together try everything, for places that take one short word
SHORT = "\x1b[2J[red]<b>|`=1`\u202e"
EVIL = re.compile(r"evil|cmd\||passwd\}")
TEXT_FORMATS = [name for name in format_names() if not find_format(name).binary]
Make = Callable[[Path], list[str]]
PLACES: dict[str, Make] = {}


def place(make: Make) -> Make:
    """Lists a maker: it writes a source with the payloads in one place, and gives the question."""
    PLACES[make.__name__] = make
    return make


def written(path: Path, rows: list[list[str]]) -> str:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return str(path)


@place
def divisions(folder: Path) -> list[str]:
    rows = [[payload, "10", "50"] for payload in PAYLOADS]
    head = ["부서", "예산현액", "지출액"]
    return ["summary", written(folder / "a.csv", [head, *rows])]


@place
def programmes(folder: Path) -> list[str]:
    rows = [["가과", payload, "100", "50"] for payload in PAYLOADS]
    head = ["부서", "세부사업", "예산현액", "지출액"]
    return ["show", "가과", written(folder / "a.csv", [head, *rows])]


@place
def headers(folder: Path) -> list[str]:
    return ["convert", with_headers(folder)]


@place
def columns_listed(folder: Path) -> list[str]:
    return ["tables", with_headers(folder)]


def with_headers(folder: Path) -> str:
    path = folder / "a.json"
    head = ["부서", "예산현액", "지출액", *PAYLOADS]
    path.write_text(json.dumps([head, ["가과", 100, 50, *PAYLOADS], ["나과", 90, 40, *PAYLOADS]]))
    return str(path)


@place
def titles(folder: Path) -> list[str]:
    table = [["부서", "예산현액", "지출액"], ["가과", "100", "50"]]
    lines = [[payload, "", ""] for payload in PAYLOADS]
    return ["summary", written(folder / "a.csv", [*lines, *table])]


@place
def groups(folder: Path) -> list[str]:
    rows = [["가과", "100", "50", payload] for payload in PAYLOADS]
    head = ["부서", "예산현액", "지출액", "비고"]
    return ["summary", "--by", "비고", written(folder / "a.csv", [head, *rows])]


@place
def findings(folder: Path) -> list[str]:
    rows = [[payload, "100", "50", "99.9"] for payload in PAYLOADS]
    head = ["부서", "예산현액", "지출액", "집행률"]
    return ["check", written(folder / "a.csv", [head, *rows])]


@place
def amounts(folder: Path) -> list[str]:
    rows = [["가과", "100", payload] for payload in PAYLOADS]
    rows = [["나과", "100", "50"], *rows]
    return ["summary", written(folder / "a.csv", [["부서", "예산현액", "지출액"], *rows])]


@place
def sheet_names(folder: Path) -> list[str]:
    path = folder / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("=1+1 <b>|`x`\u202e{{7+7}}")
        sheet.write_row(0, 0, ["부서", "예산현액", "지출액"])
        sheet.write_row(1, 0, ["가과", 10, 50])
    return ["summary", str(path)]


@place
def file_names(folder: Path) -> list[str]:
    rows = [["부서", "예산현액", "지출액"], ["가과", "10", "50"]]
    return ["summary", written(folder / f"{SHORT}.csv", rows)]


@place
def member_names(folder: Path) -> list[str]:
    path = folder / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number, payload in enumerate(PAYLOADS):
            archive.writestr(f"{number}{payload}.csv", "부서,예산현액,지출액\n가과,10,50\n")
    return ["summary", str(path)]


@place
def json_keys(folder: Path) -> list[str]:
    path = folder / "a.json"
    record = {"부서": "가과", "예산현액": 10, "지출액": 50, **dict.fromkeys(PAYLOADS, "x")}
    path.write_text(json.dumps({PAYLOADS[5]: PAYLOADS[0], PAYLOADS[3]: [record, record]}))
    return ["convert", str(path)]


def harmful(text: str, allowed: str) -> set[str]:
    """What steers a terminal, hides, or turns the reading direction."""
    categories = ("Cc", "Cf", "Cs", "Zl", "Zp")
    found = {mark for mark in text if unicodedata.category(mark) in categories}
    return found - {*allowed}


class Tags(HTMLParser):
    """The elements of a page that could do something, and what its attributes hold."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.acting: list[str] = []
        self.events: set[str] = set()
        self.addresses: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.acting += [tag] * (tag in ("script", "img", "h1", "iframe", "object", "base", "form"))
        self.events |= {name for name, _ in attrs if name.startswith("on")}
        self.addresses |= {value or "" for name, value in attrs if name in ("href", "src")}


def assert_html_is_inert(text: str) -> None:
    """The page's own heading and script at most; no links but to places in itself."""
    page = Tags(text)
    assert sorted(page.acting) in ([], ["h1"], ["h1", "script"])
    assert page.events == set()
    assert all(address.startswith("#") for address in page.addresses)


def assert_cells_are_no_formulas(text: str, delimiter: str) -> None:
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        for cell in row:
            starts = cell[:1] in ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
            assert not starts or re.fullmatch(r"[-+]?[0-9.]+", cell), cell


def assert_markdown_is_text(text: str) -> None:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    kinds = {child.type for token in tokens for child in (token, *(token.children or ()))}
    assert not kinds & {"link_open", "image", "html_inline", "html_block", "code_inline", "s_open"}
    assert not kinds & {"heading_open", "em_open", "fence", "hr"} or "# head" not in text


@pytest.mark.parametrize("format", TEXT_FORMATS)
@pytest.mark.parametrize("where", PLACES)
def test_text_from_a_file_is_inert(run: Run, tmp_path: Path, where: str, format: str) -> None:
    ran = run(*PLACES[where](tmp_path), "-f", format, "--explain")
    assert ran.status in (0, 1), ran.err
    assert harmful(ran.err, "\n") == set()
    assert harmful(ran.out, "\n\t" if format in ("tsv", "html") else "\n\r") == set()
    if format in ("html", "unsafehtml"):
        assert_html_is_inert(ran.out)
    elif format in ("csv", "tsv"):
        assert_cells_are_no_formulas(ran.out, "\t" if format == "tsv" else ",")
    elif format in ("markdown", "github", "pipe"):
        assert_markdown_is_text(ran.out)
    elif format == "json":
        json.loads(ran.out)
    elif format.startswith("latex"):
        assert "\\input" not in ran.out


@pytest.mark.parametrize("where", PLACES)
def test_colour_is_all_that_reaches_a_terminal(run: Run, tmp_path: Path, where: str) -> None:
    ran = run(*PLACES[where](tmp_path), "-f", "table", "--color", "always", "--explain")
    assert harmful(re.sub(r"\x1b\[[0-9;]*m", "", ran.out + ran.err), "\n") == set()
    assert "\x1b]8" not in ran.out


@pytest.mark.parametrize("where", PLACES)
def test_a_workbook_holds_no_formula_and_no_link_of_the_files(
    run: Run, tmp_path: Path, where: str
) -> None:
    path = tmp_path / "answer.xlsx"
    ran = run(*PLACES[where](tmp_path), "-o", str(path), "-q")
    assert ran.status in (0, 1), ran.err
    with zipfile.ZipFile(path) as book:
        assert not [name for name in book.namelist() if "external" in name.casefold()]
        for name in book.namelist():
            text = book.read(name).decode("utf-8", "replace")
            assert "<hyperlink" not in text
            for formula in re.findall(r"<f[ >].*?</f>", text):
                assert not EVIL.search(formula)
                assert "1+1" not in formula


@pytest.mark.parametrize("payload", PAYLOADS)
def test_errors_spell_out_what_they_quote(run: Run, tmp_path: Path, payload: str) -> None:
    head = ["부서", payload, "지출액"]
    path = written(tmp_path / "a.csv", [head, ["가과", "x", "50"], ["나과", "x", "60"]])
    for words in (["summary", path], ["summary", path, "--map", f"budget=no {payload}"]):
        ran = run(*words)
        assert (ran.status, ran.out) == (2, "")
        assert harmful(ran.err, "\n") == set()


@pytest.mark.parametrize("where", ["divisions", "titles", "file_names"])
def test_the_page_of_a_report_is_inert_too(run: Run, tmp_path: Path, where: str) -> None:
    path = tmp_path / "page.html"
    source = PLACES[where](tmp_path)[-1]
    assert run("report", source, "-o", str(path), "-q").status == 0
    assert_html_is_inert(path.read_text(encoding="utf-8"))
