"""The same figure in two documents: what one label says in each, where that differs.

A label is what stands before a colon, under the title it stands below. What is there twice in
one document is left out: it would not be clear which is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from budgetcli.claims.figures import Figure, figures_in
from budgetcli.claims.statements import Statement, title_of
from budgetcli.model import Place
from budgetcli.patterns import lazy
from budgetcli.recognise.names import clean, key

_LABELLED = lazy(r"(?P<label>[^:：]{2,24}?)\s?[:：]\s")
_DATED = lazy(r"[’'‘]?(?:20)?(\d\d)\s?\.\s?(\d{1,2})\s?\.\s?(\d{1,2})\s?\.?\s?(?:기준|현재)")


class Said(NamedTuple):
    """A figure with its label and title, and where it stands."""

    title: str
    label: str
    figure: Figure
    place: Place


class Differing(NamedTuple):
    """What two documents say under one label; `same_date`: both print that they are of one day."""

    old: Said
    new: Said
    same_date: bool


def differing(old: Sequence[Statement], new: Sequence[Statement]) -> Iterator[Differing]:
    """Every figure of the same label and measure whose value is not the same, in NEW's order."""
    before, dates = _by_label(old), _dates(old) & _dates(new)
    for name, said in _by_label(new).items():
        known = before.get(name)
        if known and _differs(known.figure, said.figure):
            yield Differing(known, said, bool(dates))


def _differs(one: Figure, other: Figure) -> bool:
    return one.measure == other.measure and one.value != other.value


def _by_label(statements: Sequence[Statement]) -> dict[tuple[str, str], Said]:
    found: dict[tuple[str, str], Said] = {}
    again = set()
    for said in _labelled(statements):
        name = key(said.title), key(said.label)
        if name in found:
            again.add(name)
        found[name] = said
    return {name: said for name, said in found.items() if name not in again}


def _labelled(statements: Sequence[Statement]) -> Iterator[Said]:
    title = ""
    for statement in statements:
        title = clean(title_of(statement) or title)
        found = _LABELLED.match(statement.text)
        figures = figures_in(statement.text[found.end() :]) if found else []
        if found and figures and not figures[0].loose:
            yield Said(title, clean(found["label"]), figures[0], statement.place)


def _dates(statements: Sequence[Statement]) -> set[tuple[int, ...]]:
    return {
        tuple(map(int, found.groups()))
        for statement in statements
        for found in _DATED.finditer(statement.text)
    }
