"""The sheet of one table: title and words, the target in one cell, formulas, bars and colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from budgetcli.fields import FIELDS, Kind
from budgetcli.i18n import say
from budgetcli.report import Report
from budgetcli.views import Page
from budgetcli.views.cells import (
    Row,
    about,
    numbers_for,
    one_line,
    title,
    total_row,
)
from budgetcli.views.numbers import Numbers
from budgetcli.views.spreadsheet_cells import (
    DIGITS,
    has_long_amounts,
    look,
    on_paper,
    set_heights,
    set_widths,
    side,
    texts_of,
    widest_texts,
    write_value,
)
from budgetcli.views.spreadsheet_formulas import (
    Layout,
    above_budget,
    below_target,
    derived,
    formulas_for,
    scenarios_of,
    summed,
)
from budgetcli.views.words import headline

HEADER = {"bold": True, "bottom": 2, "text_wrap": True, "valign": "bottom", "bg_color": "#EDEDED"}
_TOTAL = {"bold": True, "top": 1}
_TITLE = {"bold": True, "font_size": 14}
_INPUT = {"bg_color": "#FFF4CC", "border": 1, "align": "right"}
# under the title and what it holds for
_TARGET_LINE = 2
_BEHIND = {"bold": True, "font_color": "#A4390A"}
_OVER = {"bold": True, "font_color": "#6F2B8C"}
_BAR = {
    "type": "data_bar",
    "bar_solid": True,
    "bar_color": "#9DC3E6",
    "min_type": "num",
    "min_value": 0,
    "max_type": "num",
    "max_value": 100,
}


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A table's sheet while it is written, and where its parts stand.

    `first` is the line of the first row; `styles` and `totals` are one format a column.
    """

    sheet: Worksheet
    report: Report
    numbers: Numbers
    layout: Layout
    first: int
    styles: Sequence[Format]
    totals: Sequence[Format]

    @property
    def last(self) -> int:
        """The line of the last row."""
        return self.first + len(self.report.rows) - 1

    def write_row(self, line: int, row: Row) -> None:
        """One row of the report."""
        for index, column in enumerate(self.report.columns):
            self._write(line, index, row, self._derived(column.key, row, line), self.styles)

    def write_total(self, row: Row) -> None:
        """The total, right under the rows."""
        line = self.last + 1
        for index, column in enumerate(self.report.columns):
            formula = self._derived(column.key, row, line)
            formula = formula or summed(column, self.report, self.first, self.layout)
            self._write(line, index, row, formula, self.totals)

    def _derived(self, key: str, row: Row, line: int) -> str | None:
        return derived(self.layout, key, row, line) or scenarios_of(self.layout, key, row, line)

    def _write(
        self, line: int, index: int, row: Row, formula: str | None, styles: Sequence[Format]
    ) -> None:
        column = self.report.columns[index]
        write_value(self.sheet, (line, index), column, row, self.numbers, styles[index], formula)


def write_table(
    book: Workbook, name: str, report: Report, page: Page, first: TableSheet | None = None
) -> TableSheet:
    """A sheet called `name` that holds the report's table; its target is `first`'s.

    The amounts of a later sheet are its own: it says so.
    """
    sheet = book.add_worksheet(name)
    table = _begun(book, sheet, report, page, first)
    for line, row in enumerate(report.rows, table.first):
        table.write_row(line, row)
    total = total_row(report)
    if total is not None:
        table.write_total(total)
    if report.rows:
        _mark(book, table)
    _lay_out(table)
    return table


def _begun(
    book: Workbook, sheet: Worksheet, report: Report, page: Page, before: TableSheet | None
) -> TableSheet:
    """The head of the sheet: title, words, the target's cell, a blank line, the header."""
    numbers = numbers_for(report, page)
    places = {
        column.key: index
        for index, column in enumerate(report.columns)
        if not has_long_amounts(report, column)
    }
    lines = _lines(report, page, all_numbers=len(places) == len(report.columns))
    if before:
        lines.append(str(say("as read: what is edited on the first sheet changes no amount here")))
    target = _write_target(book, sheet, report, numbers, before)
    if target:
        lines.insert(_TARGET_LINE, f"{FIELDS['target_rate'].term} (%)")
    for line, text in enumerate(lines):
        sheet.write_string(line, 0, text, None if line else book.add_format(_TITLE))
    header = len(lines) + 1
    for index, column in enumerate(report.columns):
        style = book.add_format({**HEADER, **side(column)})
        sheet.write_string(header, index, one_line(column.head), style)
    looks = [look(report, numbers, column) for column in report.columns]
    return TableSheet(
        sheet,
        report,
        numbers,
        Layout(formulas_for(report.context, numbers), places, numbers, target, _aim(report)),
        header + 1,
        [book.add_format(one) for one in looks],
        [book.add_format({**one, **_TOTAL}) for one in looks],
    )


def _lines(report: Report, page: Page, *, all_numbers: bool) -> list[str]:
    lines = [title(report), f"({' · '.join(about(report, page))})"]
    lines += headline(report, numbers_for(report, page))
    if not all_numbers:
        lines.append(str(say("Amounts of more than {count} digits are text here.", count=DIGITS)))
    return lines


def _aim(report: Report) -> Fraction | None:
    """The target's rate, where one holds for all."""
    target = report.context.target
    return target.rate if target else None


def _write_target(
    book: Workbook,
    sheet: Worksheet,
    report: Report,
    numbers: Numbers,
    before: TableSheet | None,
) -> str | None:
    """The one cell that rules and formulas refer to: to be edited, and everything follows."""
    aim = _aim(report)
    if aim is None or not any("target_rate" in row for row in report.rows):
        return None
    decimals = f"0.{'0' * numbers.decimals}" if numbers.decimals else "0"
    style = book.add_format({**_INPUT, "num_format": decimals})
    if before and before.layout.target and before.layout.target_rate == aim:
        there = f"{quote_sheetname(before.sheet.get_name())}!{before.layout.target}"
        sheet.write_formula(_TARGET_LINE, 1, f"={there}", style, float(aim))
    else:
        sheet.write_number(_TARGET_LINE, 1, float(aim), style)
    return str(xl_rowcol_to_cell(_TARGET_LINE, 1, row_abs=True, col_abs=True))


def _mark(book: Workbook, table: TableSheet) -> None:
    """Bars in the column of the judged rate; colours where a row is behind or overspent."""
    judged = table.layout.places.get(table.report.context.judged)
    if judged is None:
        return
    table.sheet.conditional_format(table.first, judged, table.last, judged, _BAR)
    rules = (
        (above_budget(table.first, table.layout), _OVER),
        (below_target(table.report, table.first, table.layout), _BEHIND),
    )
    for condition, style in rules:
        if condition:
            rule = {"type": "formula", "criteria": condition, "format": book.add_format(style)}
            _colour(table, rule)


def _colour(table: TableSheet, rule: dict[str, object]) -> None:
    """Names, the judged rate, its distance and the verdict: no other number is good or bad."""
    loud = (table.report.context.judged, "variance", "status")
    for index, column in enumerate(table.report.columns):
        if column.kind is Kind.NAME or column.key in loud:
            # One line more than the rows: the total, or nothing.
            table.sheet.conditional_format(table.first, index, table.last + 1, index, rule)


def _lay_out(table: TableSheet) -> None:
    table.sheet.freeze_panes(table.first, 1)
    table.sheet.repeat_rows(table.first - 1)
    on_paper(table.sheet)
    report, numbers = table.report, table.numbers
    set_widths(table.sheet, [widest_texts(report, numbers, column) for column in report.columns])
    set_heights(table.sheet, table.first, texts_of(report))
