"""A part of a page for notebooks: headline, table, caption and findings, every name escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from budgetcli.i18n import say
from budgetcli.report import Report
from budgetcli.views import Page
from budgetcli.views.cells import about, numbers_for, title
from budgetcli.views.text import draw_style
from budgetcli.views.words import finding_line, headline

# A notebook keeps what it shows: whoever wants every row has the frame.
_MOST = 100


def draw(report: Report, page: Page) -> str:
    """No style and no script of its own: the notebook's apply."""
    numbers, more = numbers_for(report, page), len(report.rows) - _MOST
    shown = report._replace(rows=report.rows[:_MOST])
    return "\n".join(
        [
            f"<p><b>{escape(title(report))}</b></p>",
            *_paragraphs(headline(report, numbers)),
            draw_style(shown, page, "html") if report.rows else "",
            *_paragraphs([str(say("and {count} more", count=more))] if more > 0 else []),
            *_paragraphs([" · ".join(about(report, page))]),
            *_paragraphs([finding_line(found, numbers) for found in report.findings[:_MOST]]),
        ]
    )


def _paragraphs(texts: Iterable[str]) -> list[str]:
    return [f"<p>{escape(text)}</p>" for text in texts if text]
