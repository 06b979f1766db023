"""The page: complete in itself, escaped, accessible."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from budgetcli.report import Report
from budgetcli.views import Page
from budgetcli.views.html import draw

Summary = Callable[..., Report]

GOLDEN = Path(__file__).parent / "golden"


class Tags(HTMLParser):
    """Every tag with its attributes, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.found.append((tag, dict(attrs)))


def said(page: str) -> str:
    """The page without its style, its script and their digests, which have files of their own."""
    return re.sub(
        r"(?s)(?<=<style>).*?(?=</style>)|(?<=<script>).*?(?=</script>)|sha256-[A-Za-z0-9+/=]*",
        "",
        page,
    )


def test_the_page_is_the_golden_file(summary: Summary) -> None:
    assert said(draw(summary(), Page())).encode() == (GOLDEN / "summary.html").read_bytes()


def test_the_policy_lets_in_the_pages_own_style_and_script_and_nothing_else(
    summary: Summary,
) -> None:
    page = draw(summary(), Page())
    style, script = (
        b64encode(sha256(text.encode()).digest()).decode()
        for tag in ("style", "script")
        for text in re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
    )
    policies = [tag["content"] for name, tag in Tags(page).found if "http-equiv" in tag]
    assert policies == [
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    ]


def test_the_page_loads_nothing_and_leads_nowhere(summary: Summary) -> None:
    for name, attributes in Tags(draw(summary(), Page())).found:
        assert name not in {"img", "link", "iframe", "form", "object"}
        assert not {"src", "style"} & attributes.keys()
        assert attributes.get("href", "#main") == "#main"
        assert not any(key.startswith("on") for key in attributes)


@pytest.mark.usefixtures("korean")
def test_the_page_says_its_language(summary: Summary) -> None:
    assert '<html lang="ko">' in draw(summary(), Page())


def test_heads_name_columns_and_first_cells_name_rows(summary: Summary) -> None:
    scopes = [tag.get("scope") for name, tag in Tags(draw(summary(), Page())).found if name == "th"]
    assert scopes == ["col"] * 12 + ["row"] * 11


def test_the_total_is_the_foot_and_is_left_out_where_there_is_none(summary: Summary) -> None:
    foot = draw(summary(), Page()).partition("<tfoot")[2]
    assert foot.partition("</th>")[0].endswith("<bdi>계</bdi>")
    assert "<tfoot" not in draw(summary(total=None), Page())


def test_rows_carry_their_verdict(summary: Summary) -> None:
    rows = draw(summary(), Page()).split("<tr ")
    assert [row.partition("<bdi>")[2][:5] for row in rows if 'class="lagging"' in row] == [
        "창조산업과"
    ]


def test_cells_carry_their_place_by_exact_value_and_unknown_ones_none(summary: Summary) -> None:
    report = summary(("가", 300, 1, 1), ("나", None, 1, 1), ("다", 20, 1, 1), total=None)
    cells = re.findall(r'data-label="Budget"([^>]*)>', draw(report, Page()))
    assert cells == [' data-place="1"', "", ' data-place="0"']


def test_a_bar_is_cut_at_100_and_says_that_there_is_more(summary: Summary) -> None:
    page = draw(summary(("가", 100, 100, 150), total=None), Page())
    assert '<rect class="reached" width="100.000"' in page
    assert 'class="beyond"' in page
    assert 'class="beyond"' not in draw(summary(("가", 100, 100, 100), total=None), Page())


def test_a_rate_over_nothing_has_no_bar(summary: Summary) -> None:
    assert "<svg" not in draw(summary(("가", 0, 0, 0), total=None), Page())


@pytest.mark.parametrize(("budget", "orientation"), [(10, "portrait"), (10**30, "landscape")])
def test_a_wide_table_lies_on_the_paper(summary: Summary, budget: int, orientation: str) -> None:
    keys = ("division", "budget", "committed", "spent", "unspent", "execution_rate", "shortfall")
    report = summary(("가", budget, 1, 1), total=None, keys=keys)
    assert f"@page {{ size: A4 {orientation}" in draw(report, Page())


def test_headline_findings_and_source_are_on_the_page(summary: Summary) -> None:
    page = draw(summary(), Page())
    assert "ten divisions, one behind" in page
    assert "the total is one below its parts" in page
    assert "Source: budget_2024.csv" in page


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", '"><img src=x onerror=y>', "</style>"]
)
def test_markup_in_a_name_is_text(summary: Summary, name: str) -> None:
    plain = [tag for tag, _ in Tags(draw(summary(("가", 1, 1, 1)), Page())).found]
    named = [tag for tag, _ in Tags(draw(summary((name, 1, 1, 1)), Page())).found]
    assert named == plain


def test_texts_are_placed_with_row_9_before_row_10(summary: Summary) -> None:
    report = summary(("10과", 1, 1, 1), ("9과", 1, 1, 1), total=None, keys=("division",))
    assert re.findall(r'"name" data-place="(\d)"', draw(report, Page())) == ["1", "0"]
