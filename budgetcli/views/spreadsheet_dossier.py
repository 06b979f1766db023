"""A dossier as one workbook: a sheet an answer, the checks, and where all of it comes from."""

from __future__ import annotations

from io import BytesIO

from budgetcli.i18n import say
from budgetcli.report import Dossier
from budgetcli.views import Drawn, Page
from budgetcli.views.cells import page_for
from budgetcli.views.spreadsheet import refuse_long, workbook
from budgetcli.views.spreadsheet_chart import write_chart
from budgetcli.views.spreadsheet_lists import write_findings, write_source
from budgetcli.views.spreadsheet_table import write_table


def draw(dossier: Dossier, page: Page) -> Drawn:
    """The table with its chart, the dates, the year's end, the findings, the source.

    Raises UserError where a sheet has not lines enough for the rows.
    """
    refuse_long(dossier.summary)
    memory = BytesIO()
    with workbook(memory, dossier.summary.context) as book:
        first = write_table(book, str(say("Table")), dossier.summary, page)
        write_chart(book, first)
        for name, answer in ((say("Trend"), dossier.trend), (say("Year-end"), dossier.forecast)):
            if answer:
                write_table(book, str(name), answer, page, first)
        write_findings(book, dossier.check, page_for(dossier.check, page))
        write_source(book, dossier.summary, page, dossier.origin)
    return Drawn(memory.getvalue())
