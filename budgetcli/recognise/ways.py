"""One sum parted in several ways under each other, by function and again by item: counted once.

Told by totals of equal amounts whose names say by what they are parted. Which rows of one way are
totals is `levels`' business.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from budgetcli.i18n import say
from budgetcli.model import Evidence, Finding, Row, Total
from budgetcli.patterns import lazy
from budgetcli.recognise.levels import Levels, find_levels
from budgetcli.recognise.totals import signs_of

_PARTED = lazy(r"(?i)별(?![가-힣])|\b(?:by|por|podle|classifica|clasifica)")
_NAMED = 6


class Ways(NamedTuple):
    """The levels of the first way, and how many rows show the same money in another."""

    levels: Levels
    again: int = 0


def find_ways(
    rows: Sequence[Row],
    names: Sequence[tuple[str, ...]],
    quantum: Mapping[str, int],
    scale: int,
) -> Ways:
    """Leaves and totals of data rows, those of the first way alone where there are several.

    The totals of the other ways are totals of the same leaves; what does not add up within
    them is a finding all the same.
    """
    parts = _parts(rows, names)
    first, *others = [
        find_levels([rows[n] for n in part], [names[n] for n in part], quantum, scale)
        for part in parts or [range(len(rows))]
    ]
    if not others:
        return Ways(first)
    heads = [_head(levels) for levels in others]
    everything = tuple(range(len(first.leaves)))
    same = [head._replace(covers=everything) for head in heads]
    again = sum(map(len, parts[1:])) - len(same)
    levels = Levels(
        first.leaves,
        (*first.totals, *same),
        (*first.findings, *(f for one in others for f in one.findings if not _is_of_depth(f))),
        (*first.evidence, _told([_head(first), *heads], again)),
    )
    return Ways(levels, again)


def _parts(rows: Sequence[Row], names: Sequence[tuple[str, ...]]) -> list[range]:
    """The rows of each way, headed or closed by its total; none where there is one way."""
    if any(row.merged > 1 for row in rows):
        return []  # an engine's groups stand in no order
    signs = signs_of(names)
    heads = [n for n, cells in enumerate(names) if signs[n] and _says_by_what(cells)]
    if len(heads) < 2 or not _are_equal([rows[n] for n in heads]):
        return []
    if heads[0] == 0:
        return [range(*edge) for edge in zip(heads, (*heads[1:], len(rows)), strict=True)]
    if heads[-1] == len(rows) - 1:
        starts = (0, *(n + 1 for n in heads[:-1]))
        return [range(start, n + 1) for start, n in zip(starts, heads, strict=True)]
    return []


def _says_by_what(cells: Sequence[str]) -> bool:
    return any(_PARTED.search(cell) for cell in cells)


def _are_equal(rows: Sequence[Row]) -> bool:
    """Whether all have the same amounts, as far as they are known, and not only zeros."""
    known = [{n: a for n in row.amounts if (a := row.amount(n)) is not None} for row in rows]
    common = set.intersection(*map(set, known))
    first = known[0]
    alike = all(one[name] == first[name] for one in known for name in common)
    return alike and any(first[name] for name in common)


def _is_of_depth(finding: Finding) -> bool:
    """Whether rows come to a multiple of their total: shown by function and, below, by item."""
    printed, computed = finding.printed, finding.computed
    if not (isinstance(printed, int) and isinstance(computed, int) and printed):
        return False
    return computed % printed == 0 and computed // printed > 1


def _head(levels: Levels) -> Total:
    """The total that names a way."""
    return next(total for total in levels.totals if _says_by_what([*total.row.labels.values()]))


def _told(heads: Sequence[Total], again: int) -> Evidence:
    named = [next(reversed([*head.row.labels.values()])) for head in heads]
    said = say(
        "the same money is parted in {count} ways ({names}): the rows of the first were taken,"
        " {again} of the others were not added",
        count=len(heads),
        names=", ".join(named[:_NAMED]),
        again=again,
    )
    return Evidence("totals", said, aloud=True)
