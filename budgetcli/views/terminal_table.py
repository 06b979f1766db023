"""The table itself, laid out and coloured: names, numbers, bars, signs, the total set apart.

What a value reads as is `terminal_sheet`'s, which columns fit `terminal_columns`'.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from rich.console import JustifyMethod
from rich.table import Table
from rich.text import Text

from budgetcli.fields import Kind
from budgetcli.measures import Status
from budgetcli.report import Report
from budgetcli.views import Page
from budgetcli.views.cells import RIGHT, Row
from budgetcli.views.terminal_bars import bar
from budgetcli.views.terminal_cells import shortened
from budgetcli.views.terminal_columns import GAP, Layout, choose
from budgetcli.views.terminal_look import STATUS_STYLES, Look
from budgetcli.views.terminal_sheet import FLEXIBLE, Strip, rows_of, strips

CELL_LINES = 3

_TROUBLES = (Status.LAGGING, Status.OVERSPENT)


@dataclass(frozen=True, slots=True)
class Grid:
    """A report's table made to fit: its strips, and which of them are shown how wide."""

    report: Report
    look: Look
    rows: list[Row]
    strips: list[Strip]
    layout: Layout

    @property
    def hidden(self) -> int:
        """How many columns the page is too narrow for."""
        return len(self.strips) - len(self.layout.widths)

    def table(self) -> Table:
        """The table for rich to print; every line of it is `layout.total` cells wide."""
        table = Table(
            box=self.look.box,
            show_edge=False,
            pad_edge=False,
            padding=(0, GAP - 1, 0, 0),
            show_footer=len(self.rows) > len(self.report.rows),
            border_style="dim",
            footer_style="bold",
        )
        drawn = [list(self._cells(row)) for row in range(len(self.rows))]
        count = len(self.report.rows)
        for index, (head, width, justify) in enumerate(self._heads()):
            total = drawn[-1][index] if len(drawn) > count else ""
            table.add_column(head, total, width=width, justify=justify)
        for cells in drawn[:count]:
            table.add_row(*cells)
        return table

    def _heads(self) -> Iterator[tuple[Text, int, JustifyMethod]]:
        for index, width in self.layout.widths.items():
            strip = self.strips[index]
            lines = shortened(strip.head, width - strip.margin, CELL_LINES, self.look.ellipsis)
            head = Text(_indented(lines, strip.margin, first=True))
            yield head, width, "right" if strip.column.kind in RIGHT else "left"
            if self._barred(strip):
                yield Text(f"0{100:>{self.layout.bar - 1}}", "dim"), self.layout.bar, "left"

    def _cells(self, row: int) -> Iterator[Text]:
        for index, width in self.layout.widths.items():
            strip = self.strips[index]
            yield self._cell(strip, row, width)
            if self._barred(strip):
                yield self._bar(self.rows[row])

    def _cell(self, strip: Strip, row: int, width: int) -> Text:
        text, style = strip.cells[row], self._style(strip, self.rows[row])
        if strip.column.kind not in FLEXIBLE:
            return Text(text, style)
        lines = shortened(text, width - strip.margin, CELL_LINES, self.look.ellipsis)
        shown = _indented([self.look.steady(line) for line in lines], strip.margin)
        return Text().append_text(self._before(row, strip.margin)).append(shown, style)

    def _before(self, row: int, margin: int) -> Text:
        """The margin of a row: its rank in an alert, else the sign of its trouble."""
        if not margin:
            return Text("")
        if _is_ranked(self.report) and row < len(self.report.rows):
            return Text(f"{row + 1:>{margin - 1}} ", "dim")
        status = self.rows[row].get("status")
        return Text(f"{_sign(status, self.look):>{margin - 1}} ", _status_style(status))

    def _style(self, strip: Strip, row: Row) -> str:
        """Names, rates and distances of rows in trouble stand out; what is unknown steps back."""
        key, kind, status = strip.column.key, strip.column.kind, row.get("status")
        if row.get(key) is None:
            return "dim"
        loud = kind in (Kind.NAME, Kind.POINTS) or key == self.report.context.judged
        return _status_style(status) if kind is Kind.STATUS or (loud and _troubled(status)) else ""

    def _barred(self, strip: Strip) -> bool:
        return strip.need.barred and self.layout.bar > 0

    def _bar(self, row: Row) -> Text:
        """The bar in the colour of the row's status; nothing where the rate is unknown."""
        reached, target = row.get(self.report.context.judged), row.get("target_rate")
        if not isinstance(reached, int | Fraction):
            return Text("")
        goal = Fraction(target) if isinstance(target, int | Fraction) else None
        style = _status_style(row.get("status")).removeprefix("bold ") or "cyan"
        drawn = Text(bar(Fraction(reached), goal, self.layout.bar, self.look), style)
        drawn.highlight_words([self.look.empty], "dim")
        drawn.highlight_words([self.look.mark, self.look.over], "bold default")
        return drawn


def grid(report: Report, page: Page, look: Look, width: int) -> Grid:
    """The report's table with the columns that fit `width` cells."""
    rows = rows_of(report)
    made = strips(report, page, look, width, _margin(report, rows, look))
    return Grid(report, look, rows, made, choose([strip.need for strip in made], width))


def _is_ranked(report: Report) -> bool:
    """Whether the rows are those to worry about, worst first."""
    return report.name == "lagging"


def _margin(report: Report, rows: list[Row], look: Look) -> int:
    if _is_ranked(report):
        return len(str(len(report.rows))) + 1
    return 2 if any(_sign(row.get("status"), look) for row in rows) else 0


def _sign(status: object, look: Look) -> str:
    """What stands before the name of a row that is not simply on track."""
    named = isinstance(status, Status) and status is not Status.ON_TRACK
    return look.signs[status] if isinstance(status, Status) and named else ""


def _troubled(status: object) -> bool:
    return status in _TROUBLES


def _status_style(status: object) -> str:
    return STATUS_STYLES[status] if isinstance(status, Status) else ""


def _indented(lines: list[str], margin: int, *, first: bool = False) -> str:
    return " " * (margin if first else 0) + f"\n{' ' * margin}".join(lines)
