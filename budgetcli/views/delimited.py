"""CSV and TSV: exact amounts in the table's own unit, safe in a spreadsheet, readable by us again.

Lines end with a bare newline: in a pipe, cut, awk and sort would take a
carriage return for a part of the last cell, and spreadsheets read both.
"""

from __future__ import annotations

import csv
import io

from budgetcli.patterns import lazy
from budgetcli.report import Column, Report
from budgetcli.views import Page
from budgetcli.views.cells import Row, numbers_for, one_line, plain, term, total_row, unit_shown
from budgetcli.views.numbers import unit_named

# What a name may begin with for a spreadsheet to run it; a cell's text has no tabs or line breaks.
_FORMULA = lazy(r"\s*[=+\-@＝＋－＠]")


def draw_csv(report: Report, page: Page) -> str:
    """Comma separated: header, rows, total; then unit and date in columns of their own."""
    return _drawn(report, page, ",")


def draw_tsv(report: Report, page: Page) -> str:
    """The same table, tab separated."""
    return _drawn(report, page, "\t")


def as_text_cell(text: str) -> str:
    """`text` so that no spreadsheet runs it: an apostrophe goes before what looks like a formula.

    Reading a name takes the apostrophe away again (`recognise.names.clean`).
    """
    if text[:1].isalnum() and text.isprintable():
        return text
    return f"'{text}" if _FORMULA.match(text) else text


def _drawn(report: Report, page: Page, delimiter: str) -> str:
    numbers = numbers_for(report, page)
    added = _added(report, page)

    def cell(column: Column, row: Row) -> str:
        text = plain(numbers, column, row)
        return as_text_cell(text) if isinstance(row.get(column.key), str) else text

    def line(row: Row) -> list[str]:
        return [*(cell(column, row) for column in report.columns), *added.values()]

    total = total_row(report)
    rows = report.rows if total is None else (*report.rows, total)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow([*map(_header, report.columns), *map(term, added)])
    writer.writerows(map(line, rows))
    return text.getvalue()


def _added(report: Report, page: Page) -> dict[str, str]:
    """The columns after the report's own, which say in every line what its amounts mean."""
    unit, as_of = unit_shown(report, page), report.context.as_of
    facts = {
        "unit": as_text_cell(one_line(unit_named(unit))) if unit else "",
        "as_of": as_of.isoformat() if as_of else "",
    }
    own = {column.key for column in report.columns}
    return {key: fact for key, fact in facts.items() if key not in own}


def _header(column: Column) -> str:
    if column.field and not column.own_name:
        return term(column.key)
    return as_text_cell(one_line(column.own_name or column.key))
