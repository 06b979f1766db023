"""Execution by division against the target, commitments behind spending."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from budgetcli.fields import FIELDS
from budgetcli.i18n import Sentence, say
from budgetcli.measures import Status
from budgetcli.report import Report
from budgetcli.views import Page
from budgetcli.views.cells import numbers_for, total_row, word
from budgetcli.views.numbers import Numbers
from budgetcli.views.picture.look import BLUE, INK, ORANGE, PALE_BLUE, PALE_ORANGE, PAPER, SMALL
from budgetcli.views.picture.rows import Line, Rows, ruled
from budgetcli.views.picture.scale import Exact, cut, of_rates
from budgetcli.views.picture.sheet import Key, Sheet, Words, grid
from budgetcli.views.picture.words import (
    Row,
    exact,
    is_behind,
    label,
    left_out,
    lies_beyond,
    notes,
    pointed,
    rated,
    shown,
    standing,
    subtitle,
)


def draw(report: Report, page: Page, most: int | None) -> Sheet:
    """A bar for each of the first `most` rows and one for the total, in per cent."""
    rows, judged, total = shown(report, most), report.context.judged, total_row(report)
    drawn = [*rows.rows, *([total] if total else [])]
    words = Words(
        standing(report, page),
        subtitle(report, page),
        _keys(report),
        notes(report, page, left_out(rows), _broken(drawn, report)),
    )
    numbers = numbers_for(report, page)
    lines = [_line(row, judged, numbers, is_total=row is total) for row in drawn]
    heads = (FIELDS[judged].short, FIELDS["variance"].short, "")
    made = ruled(words, heads, lines, of_rates(_rates(drawn, *_drawn_rates(report), "target_rate")))
    grid(made.sheet, [f"{tick} %" for tick in made.sheet.plot.scale.ticks])
    for number, row in enumerate(drawn):
        _draw_row(made, number, row, report)
    _name_target(made, drawn, numbers)
    made.zero()
    if total:
        made.part(len(drawn) - 1)
    return made.sheet


def _drawn_rates(report: Report) -> tuple[str, ...]:
    """From the back to the front. Commitments are never a share of the eligible base."""
    if report.context.judged == "eligible_rate":
        return ("eligible_rate",)
    return ("commitment_rate", "execution_rate")


def _keys(report: Report) -> tuple[Key, ...]:
    words = [FIELDS[rate].term for rate in reversed(_drawn_rates(report))]
    return tuple(Key(color, text) for color, text in zip((BLUE, PALE_BLUE), words, strict=False))


def _rates(drawn: Sequence[Row], *keys: str) -> list[Exact | None]:
    return [exact(row.get(key)) for row in drawn for key in keys]


def _broken(drawn: Sequence[Row], report: Report) -> Sentence | None:
    if not any(map(lies_beyond, _rates(drawn, *_drawn_rates(report)))):
        return None
    return say("a bar with a gap in it goes on beyond the picture: its figure is exact")


def _line(row: Row, judged: str, numbers: Numbers, *, is_total: bool) -> Line:
    status = row["status"]
    told = word(status) if isinstance(status, Status) and status is not Status.ON_TRACK else ""
    figures = (rated(numbers, row, judged), pointed(numbers, row, "variance"), told)
    return Line(label(row), figures, is_total or is_behind(row))


def _draw_row(made: Rows, number: int, row: Row, report: Report) -> None:
    """Commitments pale and wide, spending strong and narrow before them, then the target."""
    colors = (PALE_ORANGE, ORANGE) if is_behind(row) else (PALE_BLUE, BLUE)
    keys = _drawn_rates(report)
    for key, color, share in zip(keys, colors[-len(keys) :], (0.7, 0.4)[-len(keys) :], strict=True):
        rate = exact(row.get(key))
        if rate is not None:
            _draw_bar(made, number, rate, color, share * made.height)
    aim = exact(row["target_rate"])
    if aim is not None and aim == cut(aim):
        x, y, half = made.sheet.x(aim), made.y(number), made.height / 2
        made.sheet.line([(x, y - half), (x, y + half)], INK, 1.2)


def _draw_bar(made: Rows, number: int, rate: Exact, color: str, height: float) -> None:
    sheet, y, end = made.sheet, made.y(number), cut(rate)
    sheet.bar((0, end), y, height, color)
    if end != rate:
        x = sheet.x(end) + (8 if end < 0 else -8)
        sheet.line([(x - 2, y + height), (x + 2, y - height)], PAPER, 3.0)


def _name_target(made: Rows, drawn: Sequence[Row], numbers: Numbers) -> None:
    """Where all are held against one rate, its line says so at its head."""
    aims = {exact(row["target_rate"]) for row in drawn}
    aim = aims.pop()
    if aims or aim is None or aim != cut(aim):
        return
    said = say("target {rate} %", rate=f"{numbers.rate(Fraction(aim)):f}")
    made.sheet.write((made.sheet.x(aim), made.sheet.top - 5), str(said), SMALL, align="center")
