"""A workbook for people: real numbers, rates that recompute, and text that stays text.

A spreadsheet holds binary doubles. An amount of more than 15 significant
digits would be changed by that, so it is written as text and a note says so.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from budgetcli.errors import UserError
from budgetcli.fields import FIELDS, Kind
from budgetcli.i18n import say
from budgetcli.model import Finding
from budgetcli.report import Column, Report, Value
from budgetcli.views import Page
from budgetcli.views.cells import (
    RIGHT,
    Row,
    about,
    money_places,
    numbers_for,
    one_line,
    plain,
    pretty,
    title,
    total_row,
    unit_shown,
    word,
    worded,
)
from budgetcli.views.numbers import NOT_AVAILABLE, Numbers
from budgetcli.views.spreadsheet_formulas import below_target, derived, summed
from budgetcli.views.words import headline

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_DIGITS = 15
_MOST_ROWS = 1_048_000  # of the sheet's 1,048,576 lines; the head and the total need some
_NARROWEST, _WIDEST = 8, 45
# Without a fixed date a workbook would differ each time it is made.
_CREATED = date(2000, 1, 1)

_HEADER = {"bold": True, "bottom": 2, "text_wrap": True, "valign": "bottom", "bg_color": "#EDEDED"}
_TOTAL = {"bold": True, "top": 1}
_BEHIND = {"bold": True, "font_color": "#A4161A"}
_BAR = {
    "type": "data_bar",
    "bar_solid": True,
    "bar_color": "#9DC3E6",
    "min_type": "num",
    "min_value": 0,
    "max_type": "num",
    "max_value": 100,
}


def draw(report: Report, page: Page) -> bytes:
    """A workbook of three sheets: the table, the findings, the source.

    Raises UserError where a sheet has not lines enough for the rows.
    """
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
    memory = BytesIO()
    book = Workbook(memory, _OPTIONS)
    created = report.context.as_of or _CREATED
    book.set_properties({"created": datetime(created.year, created.month, created.day)})
    _write_table(book, report, page)
    _write_findings(book, report, page)
    _write_source(book, report, page)
    book.close()
    return memory.getvalue()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The sheet of the table while it is written.

    `places` has the columns a formula may point at, because no amount of
    theirs had to become text; `styles` and `totals` one format a column.
    """

    sheet: Worksheet
    report: Report
    numbers: Numbers
    places: Mapping[str, int]
    styles: Sequence[Format]
    totals: Sequence[Format]

    def write_row(self, line: int, row: Row) -> None:
        """One row of the report."""
        for index, column in enumerate(self.report.columns):
            formula = derived(column.key, row, line, self.places)
            self._write_cell(line, index, row, formula, self.styles[index])

    def write_total(self, line: int, row: Row) -> None:
        """The total, right under the rows."""
        first = line - len(self.report.rows)
        for index, column in enumerate(self.report.columns):
            formula = derived(column.key, row, line, self.places)
            formula = formula or summed(column, self.report, first, self.places)
            self._write_cell(line, index, row, formula, self.totals[index])

    def _write_cell(
        self, line: int, index: int, row: Row, formula: str | None, style: Format
    ) -> None:
        column = self.report.columns[index]
        value = row.get(column.key)
        number = _number(self.numbers, column, value)
        if formula:
            saved = NOT_AVAILABLE if number is None else number
            self.sheet.write_formula(line, index, formula, style, saved)
        elif number is not None:
            self.sheet.write_number(line, index, number, style)
        elif isinstance(value, date):
            self.sheet.write_datetime(line, index, value, style)
        else:
            text = worded(value) or plain(self.numbers, column, row)
            _write_text(self.sheet, line, index, text, style)


def _write_table(book: Workbook, report: Report, page: Page) -> None:
    sheet = book.add_worksheet(str(say("Table")))
    table = _sheet(book, sheet, report, page)
    first = _write_head(book, table, page) + 1
    for line, row in enumerate(report.rows, first):
        table.write_row(line, row)
    last = first + len(report.rows) - 1
    total = total_row(report)
    if total is not None:
        table.write_total(last + 1, total)
    if report.rows:
        _mark(book, table, first, last)
    _lay_out(sheet, first, [_widest(table, column) for column in report.columns])


def _sheet(book: Workbook, sheet: Worksheet, report: Report, page: Page) -> _Sheet:
    numbers, columns = numbers_for(report, page), report.columns
    looks = [_look(report, numbers, column) for column in columns]
    return _Sheet(
        sheet,
        report,
        numbers,
        {
            column.key: index
            for index, column in enumerate(columns)
            if not _has_long_amounts(report, column)
        },
        [book.add_format(look) for look in looks],
        [book.add_format({**look, **_TOTAL}) for look in looks],
    )


def _write_head(book: Workbook, table: _Sheet, page: Page) -> int:
    """Title, unit and date, the answer in words, a blank line, the header: its line number."""
    report = table.report
    lines = [title(report), f"({' · '.join(about(report, page))})"]
    lines += headline(report, numbers_for(report, page))
    if len(table.places) < len(report.columns):
        lines.append(str(say("Amounts of more than {count} digits are text here.", count=_DIGITS)))
    bold = book.add_format({"bold": True, "font_size": 14})
    for line, text in enumerate(lines):
        table.sheet.write_string(line, 0, text, None if line else bold)
    header = len(lines) + 1
    for index, column in enumerate(report.columns):
        style = book.add_format({**_HEADER, "align": _side(column)})
        table.sheet.write_string(header, index, one_line(column.head), style)
    return header


def _mark(book: Workbook, table: _Sheet, first: int, last: int) -> None:
    """Bars in the column of the rate that is judged; red where it is below its target."""
    judged = table.places.get(table.report.context.judged)
    if judged is None:
        return
    table.sheet.conditional_format(first, judged, last, judged, _BAR)
    # One line more than the rows: the total, or nothing.
    condition = below_target(table.report, first, table.places)
    if condition:
        rule = {"type": "formula", "criteria": condition, "format": book.add_format(_BEHIND)}
        table.sheet.conditional_format(first, judged, last + 1, judged, rule)


def _widest(table: _Sheet, column: Column) -> list[str]:
    """Texts of a column, the widest among them: of numbers, only the smallest and the largest."""
    rows = [*table.report.rows, total_row(table.report) or {}]
    places = money_places(table.report, table.numbers, column)
    if column.kind in RIGHT:
        numbers = {
            value: row for row in rows if isinstance(value := row.get(column.key), int | Fraction)
        }
        rows = [numbers[end(numbers)] for end in (min, max) if numbers]
    return [column.head, *(pretty(table.numbers, places, column, row) for row in rows)]


def _lay_out(sheet: Worksheet, first: int, columns: Iterable[Sequence[str]]) -> None:
    sheet.freeze_panes(first, 1)
    sheet.repeat_rows(first - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    _set_widths(sheet, columns)


def _write_findings(book: Workbook, report: Report, page: Page) -> None:
    sheet = book.add_worksheet(str(say("Findings")))
    heads = [
        str(say("severity")),
        str(say("code")),
        FIELDS["division"].term,
        str(say("column")),
        str(say("printed")),
        str(say("computed")),
        str(say("difference")),
        FIELDS["where"].term,
        str(say("message")),
    ]
    lines = [_finding(finding, report, page) for finding in report.findings]
    _write_lines(book, sheet, [heads, *lines])


def _finding(finding: Finding, report: Report, page: Page) -> list[str]:
    numbers = Numbers(finding.scale, unit_shown(report, page), 0, page.decimals)
    field = FIELDS.get(finding.column or "")

    def number(value: int | Fraction | None) -> str:
        if value is None:
            return ""
        exact = numbers.rate(value) if isinstance(value, Fraction) else numbers.exact(value)
        return f"{exact:f}"

    return [
        word(finding.severity),
        finding.code,
        one_line(finding.division or ""),
        field.term if field else one_line(finding.column or ""),
        number(finding.printed),
        number(finding.computed),
        number(finding.difference),
        one_line(str(finding.place)),
        one_line(str(finding.message)),
    ]


def _write_source(book: Workbook, report: Report, page: Page) -> None:
    sheet = book.add_worksheet(str(say("Source")))
    context = report.context
    lines = [
        [str(say("source")), one_line(context.source)],
        [str(say("title")), one_line(context.title or "")],
        [str(say("table")), one_line(context.table or "")],
        [str(say("rows used")), str(context.rows_used)],
        *([str(say("how to read it")), line] for line in about(report, page)),
    ]
    _write_lines(book, sheet, lines)


def _write_lines(book: Workbook, sheet: Worksheet, lines: Sequence[Sequence[str]]) -> None:
    """Text as it is; the first line and nothing else is bold."""
    bold = book.add_format({"bold": True})
    for line, cells in enumerate(lines):
        for index, text in enumerate(cells):
            _write_text(sheet, line, index, text, None if line else bold)
    _set_widths(sheet, zip(*lines, strict=True))


def _write_text(
    sheet: Worksheet, line: int, index: int, text: str, style: Format | None = None
) -> None:
    if text:
        sheet.write_string(line, index, text, style)
    else:
        sheet.write_blank(line, index, None, style)


def _number(numbers: Numbers, column: Column, value: Value) -> float | None:
    """The cell as a double that shows the same digits again; None where it is or must be text."""
    if isinstance(value, int | Fraction) and column.kind in (Kind.RATE, Kind.POINTS):
        return float(value)
    if isinstance(value, int) and column.kind in (Kind.MONEY, Kind.COUNT):
        exact = numbers.exact(value) if column.kind is Kind.MONEY else Decimal(value)
        return float(exact) if _fits(value) else None
    return None


def _fits(amount: int) -> bool:
    """Whether a double shows an amount's digits again, in whatever unit."""
    return len(str(abs(amount)).rstrip("0")) <= _DIGITS


def _has_long_amounts(report: Report, column: Column) -> bool:
    if column.kind not in (Kind.MONEY, Kind.COUNT):
        return False
    values = (row.get(column.key) for row in [*report.rows, report.total or {}])
    return any(
        value is not None and not (isinstance(value, int) and _fits(value)) for value in values
    )


def _look(report: Report, numbers: Numbers, column: Column) -> dict[str, object]:
    rates = _pattern("0", numbers.decimals)
    patterns = {
        Kind.MONEY: _pattern("#,##0", money_places(report, numbers, column)),
        Kind.COUNT: "#,##0",
        Kind.RATE: rates,
        Kind.POINTS: f"+{rates};-{rates};{rates}",
        Kind.DATE: "yyyy-mm-dd",
    }
    return {"num_format": patterns.get(column.kind, "General"), "align": _side(column)}


def _pattern(whole: str, places: int) -> str:
    return f"{whole}.{'0' * places}" if places else whole


def _side(column: Column) -> str:
    return "right" if column.kind in RIGHT else "left"


def _set_widths(sheet: Worksheet, columns: Iterable[Sequence[str]]) -> None:
    for index, texts in enumerate(columns):
        widest = max(map(_width, texts))
        sheet.set_column(index, index, min(max(widest + 2, _NARROWEST), _WIDEST))


def _width(text: str) -> int:
    """In digits' widths; a Hangul syllable is two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
