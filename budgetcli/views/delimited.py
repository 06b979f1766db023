"""CSV and TSV: exact amounts in the table's own unit, safe in a spreadsheet, readable by us again.

Lines end with a bare newline: in a pipe, cut, awk and sort would take a
carriage return for a part of the last cell, and spreadsheets read both.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import TextIO

from budgetcli.fields import Kind
from budgetcli.patterns import lazy
from budgetcli.report import Column, Report, Value
from budgetcli.views import Page
from budgetcli.views.cells import Row, numbers_for, one_line, plain, term, total_row, unit_shown
from budgetcli.views.numbers import unit_named

# What a name may begin with for a spreadsheet to run it; a cell's text has no tabs or line breaks.
_FORMULA = lazy(r"\s*[=+\-@＝＋－＠]")


def draw_csv(report: Report, page: Page) -> str:
    """Comma separated: header, rows, total; then unit and date in columns of their own."""
    return _drawn(report, page, CsvRows)


def draw_tsv(report: Report, page: Page) -> str:
    """The same table, tab separated."""
    return _drawn(report, page, TsvRows)


def as_text_cell(text: str) -> str:
    """`text` so that no spreadsheet runs it: an apostrophe goes before what looks like a formula.

    Reading a name takes the apostrophe away again (`recognise.names.clean`).
    """
    if text[:1].isalnum() and text.isprintable():
        return text
    return f"'{text}" if _FORMULA.match(text) else text


class CsvRows:
    """Rows of a report that come some at a time; `told` is all they take from the report."""

    delimiter = ","

    def __init__(self, report: Report, page: Page, out: TextIO) -> None:
        self._columns = report.columns
        self._numbers = numbers_for(report, page)
        self._added = _added(report, page)
        self._writer = csv.writer(out, delimiter=self.delimiter, lineterminator="\n")
        self.told = (self._columns, self._numbers._replace(scale=0, places=0), self._added)
        self._writer.writerow([*map(_header, report.columns), *map(term, self._added)])

    def write(self, rows: Sequence[Row]) -> bool:
        """The next rows."""
        columns = [self._texts(column, rows) for column in self._columns]
        added = [[text] * len(rows) for text in self._added.values()]
        self._writer.writerows(zip(*columns, *added, strict=True))
        return True

    def finish(self, report: Report) -> None:
        """The total."""
        total = total_row(report)
        self.write(() if total is None else (total,))

    def close(self) -> None:
        """Nothing is left to be written."""

    def _texts(self, column: Column, rows: Sequence[Row]) -> list[str]:
        """The cells of a column, each text made once; a cell without a value asks its row."""
        values = [row.get(column.key) for row in rows]
        known: dict[Value, str] = {}
        if column.kind is Kind.MONEY and not self._numbers.shift:
            known = {value: str(value) for value in values if isinstance(value, int)}
        texts = []
        for value, row in zip(values, rows, strict=True):
            text = known.get(value)
            if text is None:
                text = self._cell(column, row)
                if value is not None:
                    known[value] = text
            texts.append(text)
        return texts

    def _cell(self, column: Column, row: Row) -> str:
        text = plain(self._numbers, column, row)
        return as_text_cell(text) if isinstance(row.get(column.key), str) else text


class TsvRows(CsvRows):
    """The same, tab separated."""

    delimiter = "\t"


def _drawn(report: Report, page: Page, kind: type[CsvRows]) -> str:
    text = io.StringIO(newline="")
    rows = kind(report, page, text)
    rows.write(report.rows)
    rows.finish(report)
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
