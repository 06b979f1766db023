"""Figures that a report prints twice: a programme's budget, what a table and a sentence both name.

Only what has the same name in both places is compared, and only a slip of one digit is called
wrong: two dates, or two versions of a budget, may have two figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from budgetcli.claims.cells import Cells, data_rows, is_rate, is_total
from budgetcli.claims.claim import (
    Claim,
    Judgement,
    Verdict,
    claimed,
    is_cut_off,
    is_one_digit_off,
    rounds_to,
)
from budgetcli.claims.figures import BARE, WON, Figure, figures_in
from budgetcli.claims.items import list_in
from budgetcli.claims.programmes import budget_of, programmes_in
from budgetcli.claims.statements import Statement
from budgetcli.i18n import say
from budgetcli.model import Place
from budgetcli.patterns import lazy
from budgetcli.recognise.names import key

# what a bare amount of a table may be printed in
_SCALES = (1, 10**3, 10**6, 10**8)
_LABEL = lazy(r"(?P<label>[가-힣A-Za-z·]{2,16})\s?:?\s?$")
_PRECISE = 1_000


class _Entry(NamedTuple):
    """A figure that a table, or a list, gives under a name."""

    name: str
    figure: Figure
    place: Place


def repeats_in(statements: Sequence[Statement], tables: Sequence[Cells]) -> Iterator[Claim]:
    """Every figure of a text that stands elsewhere under the same name."""
    rows = [entry for cells in tables for entry in _of_rows(cells)]
    totals = [entry for cells in tables for entry in _totals(cells)]
    yield from _budgets(statements, [*rows, *_items(statements)])
    yield from _labelled(statements, totals)


def _budgets(statements: Sequence[Statement], entries: Sequence[_Entry]) -> Iterator[Claim]:
    """The budget of each programme against what is printed under its name."""
    places = {one.place: number for number, one in enumerate(statements)}
    for programme in programmes_in(statements):
        start = places[programme.place]
        stated = next((one for one in statements[start:] if budget_of(one)), None)
        figure = budget_of(stated) if stated else None
        if stated and figure and figure.value == programme.budget:
            same = [entry for entry in entries if entry.name == key(programme.name)]
            yield from _compared(stated, figure, same)


def _items(statements: Sequence[Statement]) -> Iterator[_Entry]:
    """`서울패션위크 5,400백만원` in a list, where each name has one figure."""
    for statement in statements:
        listed = list_in(statement.text)
        for item in listed.items if listed and len(listed.items) > 1 else ():
            if len(item.figures) == 1 and item.figures[0].measure == WON:
                yield _Entry(key(item.label), item.figures[0], statement.place)


def _of_rows(cells: Cells) -> Iterator[_Entry]:
    """Every amount of every row that is no total, under the row's name."""
    for row in data_rows(cells):
        if not is_total(cells.names[row]):
            for column, found in enumerate(cells.figures[row]):
                if column and len(found) == 1 and not is_rate(cells.heads[column]):
                    yield _Entry(key(cells.names[row]), found[0], cells.raw.place(row))


def _labelled(statements: Sequence[Statement], totals: Sequence[_Entry]) -> Iterator[Claim]:
    """A figure behind a name that a row or a column of one table has: against its total."""
    for statement in statements:
        for figure in figures_in(statement.text):
            found = _LABEL.search(statement.text[: figure.start])
            name = key(found["label"]) if found else ""
            same = [entry for entry in totals if name and entry.name == name]
            if len(same) == 1 and not figure.loose:
                yield from _compared(statement, figure, same)


def _totals(cells: Cells) -> Iterator[_Entry]:
    """The totals of a table under the names of what they are totals of."""
    rows = data_rows(cells)
    columns = [column for column, head in enumerate(cells.heads) if column and is_total(head)]
    for column in columns[:1]:
        for row in rows:
            if len(cells.figures[row][column]) == 1 and not is_total(cells.names[row]):
                figure = cells.figures[row][column][0]
                yield _Entry(key(cells.names[row]), figure, cells.raw.place(row))
    for row in [row for row in rows if is_total(cells.names[row])][:1]:
        for column, head in enumerate(cells.heads):
            if column and len(cells.figures[row][column]) == 1 and not is_total(head):
                yield _Entry(key(head), cells.figures[row][column][0], cells.raw.place(row))


def _compared(statement: Statement, figure: Figure, entries: Sequence[_Entry]) -> Iterator[Claim]:
    """The one that agrees best; nothing where none is near: it is of something else then."""
    judged = [(entry, said) for entry in entries if (said := _judged(figure, entry))]
    if judged:
        order = (Verdict.RIGHT, Verdict.ROUNDED, Verdict.WRONG)
        entry, said = min(judged, key=lambda found: order.index(found[1][0]))
        other = _scaled(figure, entry.figure)
        yield claimed("repeat", statement, (entry.figure.text,), figure, other, said)


def _judged(figure: Figure, entry: _Entry) -> Judgement | None:
    other, measure = _scaled(figure, entry.figure), entry.figure.measure
    if measure not in (BARE, figure.measure):
        return None
    if other == figure.value:
        return Verdict.RIGHT, say("{place} says the same", place=entry.place)
    if figure.scale > 1 and (rounds_to(other, figure) or is_cut_off(other, figure)):
        return Verdict.ROUNDED, say("{place} says the same within rounding", place=entry.place)
    steps = [int(value / figure.grain) for value in (figure.value, other)]
    if min(steps) >= _PRECISE and is_one_digit_off(*steps):
        said = say("{place} says {other}", place=entry.place, other=entry.figure.text)
        return Verdict.WRONG, said
    return None


def _scaled(figure: Figure, other: Figure) -> Fraction:
    """What the other is worth; of a bare amount, in the scale that brings it nearest."""
    if other.measure != BARE or other.scale != 1 or figure.measure != WON:
        return other.value
    return min((other.value * scale for scale in _SCALES), key=lambda one: abs(one - figure.value))
