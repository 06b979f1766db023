"""One answer as a workbook for people: the table, its chart, the findings, the source.

The table's sheet is `spreadsheet_table`'s, the others `spreadsheet_lists`'
and `spreadsheet_chart`'s; a whole dossier is `spreadsheet_dossier`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from io import BytesIO

from xlsxwriter import Workbook

from budgetcli.errors import UserError
from budgetcli.i18n import say
from budgetcli.report import Context, Report
from budgetcli.views import Page
from budgetcli.views.spreadsheet_chart import write_chart
from budgetcli.views.spreadsheet_lists import write_findings, write_source
from budgetcli.views.spreadsheet_table import write_table

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_MOST_ROWS = 1_048_000  # of the sheet's 1,048,576 lines; the head and the total need some
# Without a fixed date a workbook would differ each time it is made.
_CREATED = date(2000, 1, 1)


def draw(report: Report, page: Page) -> bytes:
    """A workbook of the table, a chart where there are rates to draw, the findings, the source.

    Raises UserError where a sheet has not lines enough for the rows.
    """
    refuse_long(report)
    memory = BytesIO()
    with workbook(memory, report.context) as book:
        write_chart(book, write_table(book, str(say("Table")), report, page))
        write_findings(book, report, page)
        write_source(book, report, page)
    return memory.getvalue()


def refuse_long(report: Report) -> None:
    """Raises UserError where a sheet has not lines enough."""
    if len(report.rows) > _MOST_ROWS:
        raise UserError(
            say(
                "a spreadsheet holds {most:,} rows, this has {rows:,}",
                most=_MOST_ROWS,
                rows=len(report.rows),
            ),
            where="--format xlsx",
            why=say("rows would be cut off, and the totals would not add up"),
            next=say("choose --format csv"),
        )


@contextmanager
def workbook(memory: BytesIO, context: Context) -> Iterator[Workbook]:
    """A workbook in which text stays text, dated by the table; whole when the block ends."""
    book = Workbook(memory, _OPTIONS)
    created = context.as_of or _CREATED
    book.set_properties({"created": datetime(created.year, created.month, created.day)})
    yield book
    book.close()
