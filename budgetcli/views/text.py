"""Markdown and every tabulate format: text for people, in which names mark up nothing."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from tabulate import tabulate

from budgetcli.report import Report
from budgetcli.views import Page
from budgetcli.views.cells import RIGHT, about, one_line, pretty_grid, title

# These two differ from their twins in nothing but that they let markup through.
_TWINS = {"unsafehtml": "html", "latex_raw": "latex"}

_WIKIS = ("mediawiki", "moinmoin", "youtrack", "jira", "textile", "asciidoc")

# Renderers make links of bare addresses; the colon or dot that gives one away is marked too.
_ADDRESS = r":(?=//)|(?i:(?<=\bwww))\."
_MARKDOWN_MARKS = re.compile(rf"[\\`*_\[\]!|~$@]|{_ADDRESS}")
_RST_MARKS = re.compile(rf"[\\`*_|]|^[-+#=.:~^\"']|{_ADDRESS}")
_WIKI_MARKS = re.compile(rf"[|\[\]{{}}<>&*_'\"~^=!#@`+\\]|{_ADDRESS}")

_LATEX_ROW_ARGUMENT = re.compile(r"(?m)^(\s*)(?=[\[*])")


def draw_markdown(report: Report, page: Page) -> str:
    """A line with title, unit, date and target, then a table in GitHub's Markdown."""
    facts = " · ".join(about(report, page))
    caption = f"**{_markdown(title(report))}**" + (f" ({_markdown(facts)})" if facts else "")
    return f"{caption}\n\n{draw_style(report, page, 'pipe')}"


def draw_style(report: Report, page: Page, style: str) -> str:
    """The table alone in one of tabulate's formats, numbers exactly as this page has them."""
    style = _TWINS.get(style, style)
    escape = _ESCAPES.get(style, str)
    numeric = [column.kind in RIGHT for column in report.columns]

    def escaped(row: list[str]) -> list[str]:
        cells = zip(row, numeric, strict=True)
        return [cell if is_number else escape(cell) for cell, is_number in cells]

    drawn = tabulate(
        [escaped(row) for row in pretty_grid(report, page).all],
        headers=[escape(one_line(column.head)) for column in report.columns],
        tablefmt=style,
        colalign=["right" if is_number else "left" for is_number in numeric],
        disable_numparse=True,
        preserve_whitespace=True,
    )
    return f"{_latex_rows(drawn) if style.startswith('latex') else drawn}\n"


def _markdown(text: str) -> str:
    """Markup becomes the characters it is written with."""
    return _MARKDOWN_MARKS.sub(r"\\\g<0>", html.escape(text, quote=False))


def _rst(text: str) -> str:
    """A backslash makes any character mean itself; list and rule marks matter at the front only."""
    return _RST_MARKS.sub(r"\\\g<0>", text)


def _wiki(text: str) -> str:
    """Character references, which wikis show and do not take for their own marks."""
    return _WIKI_MARKS.sub(lambda mark: f"&#{ord(mark[0])};", text)


def _org(text: str) -> str:
    """Org has a word for the bar that would end the cell."""
    return text.replace("|", "\\vert{}")


def _latex_rows(text: str) -> str:
    """LaTeX takes a bracket or star after a row's end for an argument of that end."""
    return _LATEX_ROW_ARGUMENT.sub(r"\1{}", text)


_ESCAPES: dict[str, Callable[[str], str]] = {
    "pipe": _markdown,
    "github": _markdown,
    "rst": _rst,
    "orgtbl": _org,
    **dict.fromkeys(_WIKIS, _wiki),
}
