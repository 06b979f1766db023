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


def test_the_page_is_the_golden_file(summary: Summary) -> None:
    assert draw(summary(), Page()).encode() == (GOLDEN / "summary.html").read_bytes()


def test_the_policy_lets_in_the_pages_own_style_and_nothing_else(summary: Summary) -> None:
    page = draw(summary(), Page())
    style = re.findall("<style>(.*?)</style>", page, re.DOTALL)[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policies = [tag["content"] for name, tag in Tags(page).found if "http-equiv" in tag]
    assert policies == [
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    ]


def test_the_page_runs_and_loads_nothing(summary: Summary) -> None:
    for name, attributes in Tags(draw(summary(), Page())).found:
        assert name not in {"script", "img", "link", "iframe", "a", "form", "object"}
        assert not {"src", "href", "style"} & attributes.keys()
        assert not any(key.startswith("on") for key in attributes)


@pytest.mark.usefixtures("korean")
def test_the_page_says_its_language(summary: Summary) -> None:
    assert '<html lang="ko">' in draw(summary(), Page())


def test_heads_name_columns_and_first_cells_name_rows(summary: Summary) -> None:
    scopes = [tag.get("scope") for name, tag in Tags(draw(summary(), Page())).found if name == "th"]
    assert scopes == ["col"] * 12 + ["row"] * 11


def test_the_total_is_the_foot_and_is_left_out_where_there_is_none(summary: Summary) -> None:
    assert '<tfoot>\n<tr><th scope="row"><bdi>계</bdi>' in draw(summary(), Page())
    assert "<tfoot>" not in draw(summary(total=None), Page())


def test_rows_carry_their_verdict(summary: Summary) -> None:
    assert '<tr class="lagging"><th scope="row"><bdi>창조산업과' in draw(summary(), Page())


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
