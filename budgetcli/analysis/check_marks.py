"""What headers say of one another by marks: 예산현액(A), 지출액(B), 집행률(B/A), 잔액(C=A-B)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from budgetcli.analysis.check_formulas import Balance, Ratio

_MARK = r"(?:[A-Za-z]|\d{1,2}|[㉠-㉻①-⑳ⓐ-ⓩⒶ-Ⓩ])"
_OWN = re.compile(rf"[(\[]\s*({_MARK})\s*(?:[)\]]|=)|([㉠-㉻①-⑳ⓐ-ⓩⒶ-Ⓩ])")
_RATIO = re.compile(
    rf"(?:^|[(\[=›]|\s)\s*({_MARK})\s*[/÷]\s*({_MARK})\s*(?:[×xX*]\s*100)?\s*(?:[)\]]|$)"
)
_SUM = re.compile(rf"(?:^|[(\[=›]|\s)\s*({_MARK}(?:\s*[-−–+]\s*{_MARK})+)\s*(?:[)\]]|$)")
_TERM = re.compile(rf"([-−–+]?)\s*({_MARK})")


class Declared(NamedTuple):
    """A formula a header declares, by columns (numbers from 0).

    `over` is set for a ratio, `less` and `more` for a balance.
    """

    first: int
    over: int | None = None
    less: tuple[int, ...] = ()
    more: tuple[int, ...] = ()

    def formula(self, keys: Sequence[str]) -> Ratio | Balance:
        """The same by the keys of the columns."""
        if self.over is not None:
            return Ratio(keys[self.first], keys[self.over])
        less, more = (tuple(keys[n] for n in part) for part in (self.less, self.more))
        return Balance(keys[self.first], less, more)

    @property
    def columns(self) -> set[int]:
        """Every column it speaks of."""
        return {self.first, *self.less, *self.more, *(() if self.over is None else (self.over,))}


def declared_formulas(headers: Sequence[str]) -> Mapping[int, Declared]:
    """The formula each column's header declares; none where a mark stands on two columns, or none.

    A column is never a part of its own formula: that would be no formula.
    """
    marked = _marked(headers)
    found = {}
    for place, header in enumerate(headers):
        declared = _ratio(header, marked) or _sum(header, marked)
        if declared and place not in declared.columns:
            found[place] = declared
    return found


def _marked(headers: Sequence[str]) -> dict[str, int]:
    """The column of each mark that stands on one column alone."""
    found: dict[str, list[int]] = {}
    for place, header in enumerate(headers):
        bare = _RATIO.sub(" ", header) if "=" not in header else header
        if matched := _OWN.search(bare):
            found.setdefault(matched[1] or matched[2], []).append(place)
    return {mark: places[0] for mark, places in found.items() if len(places) == 1}


def _ratio(header: str, marked: Mapping[str, int]) -> Declared | None:
    matched = _RATIO.search(header)
    if not matched or not {matched[1], matched[2]} <= marked.keys():
        return None
    return Declared(marked[matched[1]], over=marked[matched[2]])


def _sum(header: str, marked: Mapping[str, int]) -> Declared | None:
    matched = _SUM.search(header)
    terms = _TERM.findall(matched[1]) if matched else []
    if not terms or not {mark for _, mark in terms} <= marked.keys():
        return None
    (_, first), *rest = terms
    return Declared(
        marked[first],
        less=tuple(marked[mark] for sign, mark in rest if sign != "+"),
        more=tuple(marked[mark] for sign, mark in rest if sign == "+"),
    )
