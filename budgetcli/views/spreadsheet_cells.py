"""Values as a spreadsheet holds them: numbers, dates, text that stays text; looks and widths.

A spreadsheet holds binary doubles. An amount of more than 15 significant
digits would be changed by that, so it is written as text and a note says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from budgetcli.fields import Kind
from budgetcli.report import Column, Report, Value
from budgetcli.views.cells import (
    RIGHT,
    Row,
    money_places,
    plain,
    pretty,
    total_row,
    width,
    worded,
)
from budgetcli.views.numbers import NOT_AVAILABLE, Numbers

DIGITS = 15
# of a column, in digits' widths
WIDEST = 45
_NARROWEST, _MARGIN = 8, 2
_LINE_HEIGHT = 17  # points
_A4 = 9


def write_value(
    sheet: Worksheet,
    place: tuple[int, int],
    column: Column,
    row: Row,
    numbers: Numbers,
    style: Format,
    formula: str | None = None,
) -> None:
    """One cell of a report: its formula with the value saved, a number, a date, or text."""
    value = row.get(column.key)
    number = number_of(numbers, column, value)
    if number is None and not isinstance(value, date):
        text = worded(value, column) or plain(numbers, column, row)
        if formula:
            sheet.write_formula(*place, formula, style, text or NOT_AVAILABLE)
        else:
            write_text(sheet, *place, text, style)
    elif formula:
        sheet.write_formula(*place, formula, style, number)
    elif isinstance(value, date):
        sheet.write_datetime(*place, value, style)
    else:
        sheet.write_number(*place, number, style)


def write_text(
    sheet: Worksheet, line: int, index: int, text: str, style: Format | None = None
) -> None:
    """Text that nothing runs, or an empty cell."""
    if text:
        sheet.write_string(line, index, text, style)
    else:
        sheet.write_blank(line, index, None, style)


def number_of(numbers: Numbers, column: Column, value: Value) -> float | None:
    """The cell as a double that shows the same digits again; None where it is or must be text."""
    if isinstance(value, int | Fraction) and column.kind in (Kind.RATE, Kind.POINTS):
        return float(value)
    if isinstance(value, int) and column.kind in (Kind.MONEY, Kind.COUNT):
        exact = numbers.exact(value) if column.kind is Kind.MONEY else Decimal(value)
        return float(exact) if _fits(value) else None
    return None


def has_long_amounts(report: Report, column: Column) -> bool:
    """Whether an amount of the column has more digits than a double keeps."""
    if column.kind not in (Kind.MONEY, Kind.COUNT):
        return False
    values = (row.get(column.key) for row in [*report.rows, report.total or {}])
    return any(
        value is not None and not (isinstance(value, int) and _fits(value)) for value in values
    )


def look(report: Report, numbers: Numbers, column: Column) -> dict[str, object]:
    """How a column's cells are formatted."""
    rates = _pattern("0", numbers.decimals)
    patterns = {
        Kind.MONEY: _pattern("#,##0", money_places(report, numbers, column)),
        Kind.COUNT: "#,##0",
        Kind.RATE: rates,
        Kind.POINTS: f"+{rates};-{rates};{rates}",
        Kind.DATE: "yyyy-mm-dd",
    }
    wrapped = column.kind in (Kind.NAME, Kind.TEXT)
    return {
        "num_format": patterns.get(column.kind, "General"),
        "valign": "vcenter",
        "text_wrap": wrapped,
        **side(column),
    }


def side(column: Column) -> dict[str, object]:
    """Where a column's cells stand, its head too."""
    return {"align": "right"} if column.kind in RIGHT else {"align": "left", "indent": 1}


def widest_texts(report: Report, numbers: Numbers, column: Column) -> list[str]:
    """Texts of a column, the widest among them: of numbers, only the smallest and the largest."""
    rows = [*report.rows, total_row(report) or {}]
    places = money_places(report, numbers, column)
    if column.kind in RIGHT:
        known = {
            value: row for row in rows if isinstance(value := row.get(column.key), int | Fraction)
        }
        rows = [known[end(known)] for end in (min, max) if known]
    return [column.head, *(pretty(numbers, places, column, row) for row in rows)]


def set_widths(sheet: Worksheet, columns: Iterable[Sequence[str]], widest: int = WIDEST) -> None:
    """Columns as wide as what stands in them, up to `widest`; longer text wraps."""
    for index, texts in enumerate(columns):
        needed = max(map(width, texts))
        sheet.set_column(index, index, min(max(needed + _MARGIN, _NARROWEST), widest))


def set_heights(
    sheet: Worksheet, first: int, lines: Iterable[Sequence[str]], widest: int = WIDEST
) -> None:
    """Lines from `first` as high as their longest text needs: LibreOffice leaves them low."""
    for at, line in enumerate(lines, first):
        needed = max(map(width, line), default=0)
        if needed + _MARGIN > widest:
            sheet.set_row(at, _LINE_HEIGHT * -(-needed // (widest - _MARGIN)))


def texts_of(report: Report) -> Iterator[list[str]]:
    """Of each row, what may be too long for its column."""
    keys = [column.key for column in report.columns if column.kind in (Kind.NAME, Kind.TEXT)]
    return ([str(row.get(key) or "") for key in keys] for row in report.rows)


def on_paper(sheet: Worksheet) -> None:
    """Lines with room for Hangul; A4, lying, as wide as the sheet."""
    sheet.set_default_row(_LINE_HEIGHT)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)  # inches
    sheet.fit_to_pages(1, 0)


def _fits(amount: int) -> bool:
    """Whether a double shows an amount's digits again, in whatever unit."""
    return len(str(abs(amount)).rstrip("0")) <= DIGITS


def _pattern(whole: str, places: int) -> str:
    return f"{whole}.{'0' * places}" if places else whole
