"""A chart of the judged rates that follows the table: its own lines are formulas into it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.utility import quote_sheetname
from xlsxwriter.worksheet import Worksheet

from budgetcli.fields import FIELDS, Kind
from budgetcli.i18n import say
from budgetcli.measures import Status
from budgetcli.views.cells import Row, one_line, word
from budgetcli.views.spreadsheet_cells import on_paper
from budgetcli.views.spreadsheet_table import HEADER, TableSheet

# as many bars as a page holds, and of a name as much as an axis has room for
_MOST, _LONGEST = 30, 24
_JOINT = " · "
_COLORS = {"target": "#D9DDE3", "reached": "#1F5FA8", "behind": "#D9701E"}
_WIDTH, _LINE, _AROUND = 860, 26, 150  # pixels
_BESIDE = (1, 5)
_GRID = {"color": "#D9D9D9", "width": 0.5}


class _Bar(NamedTuple):
    """One row of the table by its line there, with what its cells hold now."""

    line: int
    name: str
    rate: float
    target: float | None

    @property
    def is_behind(self) -> bool:
        """Whether it gets the other colour."""
        return self.target is not None and round(self.rate, 9) < round(self.target, 9)


def write_chart(book: Workbook, table: TableSheet) -> None:
    """A sheet with the furthest behind first; none where nothing is judged or has a rate."""
    bars = _bars(table)
    if not bars or table.report.context.judged not in table.layout.places:
        return
    name = str(say("Chart"))
    sheet = book.add_worksheet(name)
    _write_lines(book, sheet, table, bars)
    sheet.insert_chart(*_BESIDE, _chart(book, name, table, len(bars)))
    on_paper(sheet)


def _bars(table: TableSheet) -> list[_Bar]:
    judged = table.report.context.judged
    found = [
        _Bar(line, _name(table, row), float(rate), None if aim is None else float(aim))
        for line, row in enumerate(table.report.rows, table.first)
        if "status" in row and isinstance(rate := row.get(judged), int | Fraction)
        for aim in [_number(row.get("target_rate"))]
    ]
    found.sort(key=lambda bar: bar.rate - (bar.target or 0))
    return found[:_MOST]


def _number(value: object) -> Fraction | None:
    return Fraction(value) if isinstance(value, int | Fraction) else None


def _names(table: TableSheet) -> list[int]:
    columns = table.report.columns
    return [index for index, column in enumerate(columns) if column.kind is Kind.NAME]


def _name(table: TableSheet, row: Row) -> str:
    """The saved result of `_name_formula`."""
    whole = _JOINT.join(
        one_line(str(row.get(table.report.columns[index].key) or "")) for index in _names(table)
    )
    return whole if len(whole) <= _LONGEST else f"{whole[:_LONGEST]}…"


def _write_lines(book: Workbook, sheet: Worksheet, table: TableSheet, bars: Sequence[_Bar]) -> None:
    """What the chart draws: two columns of rates, so that who is behind has another colour."""
    heads = [
        FIELDS["division"].term,
        word(Status.LAGGING),
        FIELDS[table.report.context.judged].term,
        FIELDS["target_rate"].term,
    ]
    for index, head in enumerate(heads):
        style = book.add_format({**HEADER, "align": "right" if index else "left"})
        sheet.write_string(0, index, head, style)
    style = book.add_format({"num_format": "0.0;-0.0;;"})
    for line, bar in enumerate(bars, 1):
        _write_line(sheet, line, table, bar, style)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 3, 12)


def _write_line(sheet: Worksheet, line: int, table: TableSheet, bar: _Bar, style: Any) -> None:
    at = quote_sheetname(table.sheet.get_name())
    rate = f"{at}!{table.layout.cell(table.report.context.judged, bar.line)}"
    goal = table.layout.cell("target_rate", bar.line)
    sheet.write_formula(line, 0, _name_formula(table, at, bar.line), None, bar.name)
    if goal is None:
        sheet.write_formula(line, 2, f"={rate}", style, bar.rate)
        return
    below = f"ROUND({rate},9)<ROUND({at}!{goal},9)"
    behind, reached = (bar.rate, 0.0) if bar.is_behind else (0.0, bar.rate)
    sheet.write_formula(line, 1, f"=IF({below},{rate},0)", style, behind)
    sheet.write_formula(line, 2, f"=IF({below},0,{rate})", style, reached)
    sheet.write_formula(line, 3, f"={at}!{goal}", style, bar.target)


def _name_formula(table: TableSheet, at: str, line: int) -> str:
    cells = [f"{at}!{table.layout.cell(table.report.columns[i].key, line)}" for i in _names(table)]
    whole = f'&"{_JOINT}"&'.join(cells)
    return f'=IF(LEN({whole})>{_LONGEST},LEFT({whole},{_LONGEST})&"…",{whole}&"")'


def _chart(book: Workbook, sheet: str, table: TableSheet, count: int) -> Any:
    """Bars from the top down; the target is the pale bar behind, seen where it is not reached."""
    chart = book.add_chart({"type": "bar"})
    judged = table.report.context.judged
    series = [(2, FIELDS[judged].term, "reached")]
    if table.layout.cell("target_rate", table.first) is not None:
        aim, behind = FIELDS["target_rate"].term, word(Status.LAGGING)
        series = [(3, aim, "target"), (1, behind, "behind"), *series]
    for column, name, color in series:
        chart.add_series(_series(sheet, count, column, name, color))
    chart.set_title({"name": _title(table, count), "name_font": {"size": 13}, "overlay": False})
    # XlsxWriter turns the axes of lying bars: y has the names
    chart.set_y_axis({"reverse": True, "crossing": "max", "major_gridlines": {"visible": False}})
    chart.set_x_axis({"num_format": "0", "major_gridlines": {"visible": True, "line": _GRID}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": _WIDTH, "height": _AROUND + _LINE * count})
    return chart


def _series(sheet: str, count: int, column: int, name: str, color: str) -> dict[str, object]:
    shown = {"value": True, "num_format": "0.0;-0.0;;", "position": "outside_end"}
    return {
        "name": name,
        "categories": [sheet, 1, 0, count, 0],
        "values": [sheet, 1, column, count, column],
        "fill": {"color": _COLORS[color]},
        "overlap": 100,
        "gap": 40,
        **({} if color == "target" else {"data_labels": shown}),
    }


def _title(table: TableSheet, count: int) -> str:
    context, every = table.report.context, len(table.report.rows)
    rate = f"{FIELDS[context.judged].term} (%)"
    against = f": {context.target.describe()}" if context.target else ""
    shown = say(" ({count} of {all}, the furthest behind)", count=count, all=every)
    return f"{rate}{against}{shown if count < every else ''}"
