"""Execution by division against the target, commitments behind spending."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    furthest,
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
    rows, numbers, total = shown(report.rows, most), numbers_for(report, page), total_row(report)
    drawn = [*rows.rows, *([total] if total else [])]
    keys = _drawn_rates(report, drawn)
    finding = standing(report, page)
    words = Words(
        finding,
        subtitle(report, page, finding),
        (*_keys(keys), *_target_key(drawn)),
        notes(report, page, left_out(rows), _broken(_rates(drawn, *keys))),
    )
    strong = [total, furthest(report)]
    lines = [_line(row, report, numbers, any(row is one for one in strong)) for row in drawn]
    heads = (FIELDS[report.context.judged].short, _aimed(report, FIELDS["variance"].short), "")
    made = ruled(words, heads, lines, of_rates(_rates(drawn, *keys, "target_rate")))
    grid(made.sheet, [f"{tick} %" for tick in made.sheet.plot.scale.ticks])
    for number, row in enumerate(drawn):
        _draw_row(made, number, row, keys)
    _name_target(made, drawn, numbers)
    made.zero()
    if total:
        made.part(len(drawn) - 1)
    return made.sheet


def _drawn_rates(report: Report, drawn: Sequence[Row]) -> tuple[str, ...]:
    """From the back to the front: those that any row has, else the one that is judged.

    Commitments are never a share of the eligible base.
    """
    if report.context.judged == "eligible_rate":
        return ("eligible_rate",)
    both = ("commitment_rate", "execution_rate")
    known = tuple(key for key in both if any(row.get(key) is not None for row in drawn))
    return known or (report.context.judged,)


def _keys(keys: Sequence[str]) -> tuple[Key, ...]:
    words = [FIELDS[key].term for key in reversed(keys)]
    return tuple(Key(color, text) for color, text in zip((BLUE, PALE_BLUE), words, strict=False))


def _target_key(drawn: Sequence[Row]) -> Iterator[Key]:
    """Where all are held against one rate, its line is named in the plot."""
    if len(_aims(drawn)) > 1:
        yield Key(INK, FIELDS["target_rate"].term)


def _aims(drawn: Sequence[Row]) -> set[Exact]:
    return {aim for aim in _rates(drawn, "target_rate") if aim is not None}


def _rates(drawn: Sequence[Row], *keys: str) -> list[Exact | None]:
    return [exact(row.get(key)) for row in drawn for key in keys]


def _aimed(report: Report, text: str) -> str:
    """What there is to say where there is a target."""
    return text if report.context.target else ""


def _broken(rates: Sequence[Exact | None]) -> Sentence | None:
    if not any(map(lies_beyond, rates)):
        return None
    return say("a bar with a gap in it goes on beyond the picture: its figure is exact")


def _line(row: Row, report: Report, numbers: Numbers, is_strong: bool) -> Line:
    figures = (
        rated(numbers, row, report.context.judged),
        pointed(numbers, row, "variance"),
        _told_status(row, report),
    )
    return Line(label(row), figures, is_strong)


def _told_status(row: Row, report: Report) -> str:
    """What is out of the ordinary; without a target nobody is judged."""
    status = row["status"]
    if not isinstance(status, Status) or status is Status.ON_TRACK:
        return ""
    return word(status) if status is Status.OVERSPENT else _aimed(report, word(status))


def _draw_row(made: Rows, number: int, row: Row, keys: Sequence[str]) -> None:
    """Commitments pale and wide, spending strong and narrow before them, then the target."""
    colors = (PALE_ORANGE, ORANGE) if is_behind(row) else (PALE_BLUE, BLUE)
    shares = (0.7, 0.4) if len(keys) > 1 else (0.55,)
    for key, color, share in zip(keys, colors[-len(keys) :], shares, strict=True):
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
    aims = _aims(drawn)
    if len(aims) != 1:
        return
    aim = aims.pop()
    if lies_beyond(aim):
        return
    said = say("target {rate} %", rate=f"{numbers.rate(Fraction(aim)):f}")
    made.sheet.write((made.sheet.x(aim), made.sheet.top - 5), str(said), SMALL, align="center")
