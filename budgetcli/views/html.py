"""One answer as one page of HTML that needs nothing else.

A whole dossier is `html_dossier`'s, tables are `html_table`'s, safety and
paper `html_document`'s, and all markup is in the templates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from budgetcli.i18n import say
from budgetcli.model import Finding
from budgetcli.report import Passage, Report
from budgetcli.views import Page
from budgetcli.views.cells import about, numbers_for, one_line, title, word
from budgetcli.views.html_document import document, paper_for
from budgetcli.views.html_table import SIGNS, table_of
from budgetcli.views.numbers import Numbers
from budgetcli.views.words import finding_said, headline


def draw(report: Report, page: Page) -> str:
    """The whole page: headline, table with caption and total, findings, source."""
    numbers, table = numbers_for(report, page), table_of(report, page)
    values = {
        **head(report, page),
        "title": title(report),
        "headline": headline(report, numbers),
        "table": table,
        "findings": findings(report.findings, numbers),
        "passages": [*map(_passage, report.passages)],
    }
    return document("answer.html", paper_for(table.weight), values)


def _passage(passage: Passage) -> dict[str, Any]:
    """A line's place and its pieces: plain text, and figures with what was recomputed."""
    return {"where": one_line(passage.where), "pieces": [*_pieces(passage)]}


def _pieces(passage: Passage) -> Iterator[dict[str, str]]:
    end = 0
    for mark in passage.marks:
        yield {"text": one_line(passage.text[end : mark.start]), "kind": "", "said": ""}
        figure, said = passage.text[mark.start : mark.end], one_line(str(mark.said))
        yield {"text": one_line(figure), "kind": mark.verdict, "said": said}
        end = mark.end
    yield {"text": one_line(passage.text[end:]), "kind": "", "said": ""}


def head(report: Report, page: Page) -> dict[str, Any]:
    """What stands above any page: what must be known to read it, and its source."""
    return {
        "about": about(report, page),
        "source": str(say("Source: {source}", source=one_line(report.context.source))),
    }


def findings(found: Iterable[Finding], numbers: Numbers) -> list[dict[str, str]]:
    """Each finding with its sign, weight, words and place."""
    return [_finding(finding, numbers) for finding in found]


def _finding(finding: Finding, numbers: Numbers) -> dict[str, str]:
    return {
        "severity": word(finding.severity),
        "kind": finding.severity.value,
        "sign": SIGNS[finding.severity],
        "where": one_line(str(finding.place)),
        "message": finding_said(finding, numbers),
    }
