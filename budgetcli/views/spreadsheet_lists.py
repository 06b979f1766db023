"""The sheets beside the tables: what was found, and where all of it comes from."""

from __future__ import annotations

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from budgetcli.fields import FIELDS
from budgetcli.i18n import say
from budgetcli.report import FINDING_COLUMNS, Column, Report, finding_row
from budgetcli.views import Page
from budgetcli.views.cells import about, numbers_for, one_line
from budgetcli.views.spreadsheet_cells import (
    look,
    on_paper,
    set_heights,
    set_widths,
    side,
    texts_of,
    widest_texts,
    write_text,
    write_value,
)
from budgetcli.views.spreadsheet_table import HEADER
from budgetcli.views.words import headline

_WIDE = 90  # of a column of sentences


def write_findings(book: Workbook, report: Report, page: Page) -> None:
    """One line a finding, with the figures as numbers."""
    sheet = book.add_worksheet(str(say("Findings")))
    listed = report._replace(
        columns=tuple(Column(key, FIELDS[key].kind) for key in FINDING_COLUMNS),
        rows=tuple(map(finding_row, report.findings)),
        total=None,
    )
    last = _write_list(book, sheet, 0, listed, page) - 1
    on_paper(sheet)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(FINDING_COLUMNS) - 1)
    numbers = numbers_for(listed, page)
    set_widths(sheet, [widest_texts(listed, numbers, column) for column in listed.columns])
    set_heights(sheet, 1, texts_of(listed))


def write_source(book: Workbook, report: Report, page: Page, origin: Report | None = None) -> None:
    """The source, how to read the table, and with `origin` how each number was made."""
    sheet = book.add_worksheet(str(say("Source")))
    on_paper(sheet)
    lines = _facts(report, page)
    bold = book.add_format({"bold": True, "valign": "vcenter", "indent": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "vcenter", "indent": 1})
    for line, (name, fact) in enumerate(lines):
        write_text(sheet, line, 0, name, bold)
        write_text(sheet, line, 1, fact, wrapped)
    made = list(texts_of(origin)) if origin else []
    set_widths(sheet, zip(*lines, *made, strict=True), _WIDE)
    set_heights(sheet, 0, lines, _WIDE)
    if origin:
        after = _write_list(book, sheet, len(lines) + 1, origin, page)
        set_heights(sheet, len(lines) + 2, made, _WIDE)
        write_text(sheet, after + 1, 0, str(say("What was read, and what was inferred")), bold)
        for line, sentence in enumerate(headline(origin, numbers_for(origin, page)), after + 2):
            write_text(sheet, line, 0, sentence, book.add_format({"indent": 1}))


def _facts(report: Report, page: Page) -> list[tuple[str, str]]:
    context = report.context
    facts = [
        (say("source"), one_line(context.source)),
        (say("title"), one_line(context.title or "")),
        (say("table"), one_line(context.table or "")),
        (say("rows used"), str(context.rows_used)),
        *((say("how to read it"), line) for line in about(report, page)),
    ]
    return [(str(name), fact) for name, fact in facts if fact]


def _write_list(book: Workbook, sheet: Worksheet, line: int, report: Report, page: Page) -> int:
    """A header at `line` and the rows under it; the line after them."""
    numbers = numbers_for(report, page)
    styles = [book.add_format(look(report, numbers, column)) for column in report.columns]
    for index, column in enumerate(report.columns):
        style = book.add_format({**HEADER, **side(column)})
        sheet.write_string(line, index, column.head, style)
    for at, row in enumerate(report.rows, line + 1):
        for index, column in enumerate(report.columns):
            write_value(sheet, (at, index), column, row, numbers, styles[index])
    return line + 1 + len(report.rows)
