"""A report on a terminal: headline, table, caption, findings, each a block, printed by rich.

The table is `terminal_table`'s, the sentences are `words`'; stdout is the caller's.
"""

from __future__ import annotations

from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from budgetcli.report import Report
from budgetcli.views import Page
from budgetcli.views.cells import numbers_for, unit_shown
from budgetcli.views.terminal_cells import joined, shortened
from budgetcli.views.terminal_look import ASCII, SEVERITY_STYLES, UNICODE, Look
from budgetcli.views.terminal_table import Grid, grid
from budgetcli.views.words import caption, finding_line, findings, headline, title

UNLIMITED = 200
PROSE_LEAST = 20
PROSE_LINES = 12

Block = list[Text] | list[Table]


def draw(report: Report, page: Page) -> str:
    """The whole answer as text, with ANSI colours only where `page.color`.

    No line is wider than the page, unless the numbers a row cannot do
    without are: they are never cut.
    """
    look, width = UNICODE if page.unicode else ASCII, page.width or UNLIMITED
    made = grid(report, page, look, width)
    prose = max(PROSE_LEAST, width)
    blocks: list[Block] = [
        [*_title(report, look, prose), *_headline(report, page, look, prose)],
        [made.table()] if report.rows else [],
        _caption(made, page, prose),
        _findings(report, page, look, prose),
    ]
    return _printed([block for block in blocks if block], page, max(width, made.layout.total))


def _printed(blocks: list[Block], page: Page, width: int) -> str:
    """Blocks with a blank line between them; nothing is taken from the environment."""
    file = StringIO()
    console = Console(
        file=file,
        width=width,
        force_terminal=page.color,
        color_system="standard" if page.color else None,
        no_color=not page.color,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )
    for index, block in enumerate(blocks):
        if index:
            console.line()
        for part in block:
            console.print(part, no_wrap=True, overflow="ignore", crop=False)
    return file.getvalue()


def _title(report: Report, look: Look, width: int) -> list[Text]:
    lines = joined(title(report.context), look.own(" · "), width)
    return [Text(look.steady(line), "dim") for line in lines[:PROSE_LINES]]


def _headline(report: Report, page: Page, look: Look, width: int) -> list[Text]:
    """The answer in words, its first sentence loud, and red where it is the bad news."""
    alarm = report.verdict
    style, sign = ("bold red", look.alert) if alarm else ("bold", "")
    said = headline(report, numbers_for(report, page))
    first = [_prose(text, look, width, style, sign) for text in said[:1]]
    return [*first, *(_prose(text, look, width) for text in said[1:])]


def _caption(made: Grid, page: Page, width: int) -> list[Text]:
    report, look = made.report, made.look
    shown = bool(report.rows)
    mark = look.mark if shown and made.layout.bar else ""
    parts = caption(report, unit_shown(report, page), mark, made.hidden if shown else 0)
    lines = joined([look.own(part) for part in parts], look.between, width)
    return [Text(look.steady(line), "dim") for line in lines]


def _findings(report: Report, page: Page, look: Look, width: int) -> list[Text]:
    shown, others = findings(report)
    numbers = numbers_for(report, page)
    lines = [
        _prose(
            finding_line(finding, numbers),
            look,
            width,
            SEVERITY_STYLES[finding.severity],
            look.severities[finding.severity],
        )
        for finding in shown
    ]
    return [*lines, _prose(others, look, width, "dim", " ")] if others else lines


def _prose(text: str, look: Look, width: int, style: str = "", sign: str = "") -> Text:
    """A paragraph, wrapped, its sign standing out at the left."""
    before = f"{sign} " if sign else ""
    indent = cell_len(before)
    lines = shortened(look.own(text), width - indent, PROSE_LINES, look.ellipsis)
    return Text(before + f"\n{' ' * indent}".join(map(look.steady, lines)), style)
