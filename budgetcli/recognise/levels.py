"""Which rows are totals, what they cover, and whether they agree: checked, never added."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate

from budgetcli.i18n import Sentence, say
from budgetcli.measures import agrees
from budgetcli.model import Finding, Row, Severity, Total
from budgetcli.recognise.names import clean, key
from budgetcli.recognise.synonyms import GRAND_TOTAL_WORDS, TOTAL_WORDS

_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_TOTAL_ENDING = re.compile(r"(?:\s계|소\s?계|합\s?계|총\s?계|\btotals?|\bsubtotal)$", re.IGNORECASE)
_TOTAL_START = re.compile(r"^(?:total|subtotal|celkem|suma)\s", re.IGNORECASE)
_MOST_BOUNDARIES = 400


class Sign(Enum):
    """What makes a row look like a total."""

    GRAND = "grand"
    WORD = "word"
    NAMELESS = "nameless"


@dataclass(frozen=True, slots=True)
class Levels:
    """The leaves in order, the totals with the leaves (indexes) each covers, and what disagreed."""

    leaves: tuple[Row, ...]
    totals: tuple[Total, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Layout:
    """Rows with their signs; `leaves_before[i]` counts the leaves above row i."""

    rows: Sequence[Row]
    signs: tuple[Sign | None, ...]
    quantum: Mapping[str, int]
    leaves: tuple[Row, ...]
    leaves_before: tuple[int, ...]
    sums: Mapping[str, tuple[int, ...]]
    unknown: Mapping[str, tuple[int, ...]]


def find_levels(
    rows: Sequence[Row],
    names: Sequence[tuple[str, ...]],
    quantum: Mapping[str, int],
    scale: int,
) -> Levels:
    """Leaves and totals of data rows. `names[i]` are the label cells of row i, outermost first.

    A row is a total when a label says so, or when it has no name at all and
    equals the sum of leaves beside it. A labelled total that does not add up
    stays a total, with a finding.
    """
    layout = _layout(rows, tuple(_sign(cells) for cells in names), quantum)
    if not layout.leaves:
        return Levels(tuple(rows), (), ())
    layout = _layout(rows, _without_unproven(layout), quantum)
    totals: list[Total] = []
    findings: list[Finding] = []
    for index, sign in enumerate(layout.signs):
        if sign is not None:
            start, stop = _run(layout, index, sign)
            totals.append(Total(rows[index], tuple(range(start, stop)), _reason(sign)))
            findings += _disagreements(layout, index, start, stop, scale)
    findings += [_nameless(row) for row in layout.leaves if not row.labels]
    return Levels(layout.leaves, tuple(totals), tuple(findings))


def is_total_name(text: str) -> bool:
    """Whether a name says total: 계, 소 계, 총계(A+B), 일반회계 소계, Total general."""
    bare = clean(_BRACKETS.sub("", text))
    return (
        key(bare) in TOTAL_WORDS
        or bool(_TOTAL_ENDING.search(bare))
        or bool(_TOTAL_START.match(bare))
    )


def _sign(cells: tuple[str, ...]) -> Sign | None:
    filled = [cell for cell in cells if cell]
    if not filled:
        return Sign.NAMELESS
    if not any(map(is_total_name, filled)):
        return None
    grand = any(key(_BRACKETS.sub("", cell)) in GRAND_TOTAL_WORDS for cell in filled)
    return Sign.GRAND if grand else Sign.WORD


def _layout(
    rows: Sequence[Row], signs: tuple[Sign | None, ...], quantum: Mapping[str, int]
) -> _Layout:
    leaves = tuple(row for row, sign in zip(rows, signs, strict=True) if sign is None)
    counts = accumulate((int(sign is None) for sign in signs), initial=0)
    return _Layout(
        rows,
        signs,
        quantum,
        leaves,
        tuple(counts)[:-1],
        {name: _running([row.amount(name) or 0 for row in leaves]) for name in quantum},
        {name: _running([int(row.amount(name) is None) for row in leaves]) for name in quantum},
    )


def _running(amounts: list[int]) -> tuple[int, ...]:
    return tuple(accumulate(amounts, initial=0))


def _without_unproven(layout: _Layout) -> tuple[Sign | None, ...]:
    """Nameless rows stay totals only where they equal the leaves of a run beside them."""
    return tuple(
        None if sign is Sign.NAMELESS and _agreeing_run(layout, index, sign) is None else sign
        for index, sign in enumerate(layout.signs)
    )


def _run(layout: _Layout, index: int, sign: Sign) -> tuple[int, int]:
    """The leaves a total covers: a run that adds up, else the likeliest by place."""
    return _agreeing_run(layout, index, sign) or _likeliest_run(layout, index, sign)


def _agreeing_run(layout: _Layout, index: int, sign: Sign) -> tuple[int, int] | None:
    runs = _runs(layout, index)
    if sign is Sign.GRAND:
        runs.reverse()
    return next((run for run in runs if _adds_up(layout, index, *run)), None)


def _likeliest_run(layout: _Layout, index: int, sign: Sign) -> tuple[int, int]:
    everything = (0, len(layout.leaves))
    signed = [row for row, other in enumerate(layout.signs) if other is not None]
    at_an_end = index in (0, len(layout.rows) - 1)
    if sign is Sign.GRAND or at_an_end or len(signed) == 1:
        return everything
    runs = [run for run in _runs(layout, index) if run != everything]
    leading = layout.signs[0] is not None
    here = layout.leaves_before[index]
    facing = [run for run in runs if (run[0] == here) == leading]
    return (facing or runs or [everything])[0]


def _runs(layout: _Layout, index: int) -> list[tuple[int, int]]:
    """Runs of leaves that end or start at a total's place, at another total or at an end.

    Shortest first; one without leaves is none.
    """
    here = layout.leaves_before[index]
    edges = {0, len(layout.leaves)}
    near = [row for row, sign in enumerate(layout.signs) if sign is not None]
    if len(near) > _MOST_BOUNDARIES:
        near = sorted(near, key=lambda row: abs(row - index))[:_MOST_BOUNDARIES]
    edges.update(layout.leaves_before[row] for row in near)
    runs = [(min(here, edge), max(here, edge)) for edge in edges if edge != here]
    runs.append((0, len(layout.leaves)))
    return sorted(set(runs), key=lambda run: (run[1] - run[0], run))


def _adds_up(layout: _Layout, index: int, start: int, stop: int) -> bool:
    """Agreement within rounding in every amount column, of at least one amount that is not zero."""
    row = layout.rows[index]
    compared = 0
    for name, grain in layout.quantum.items():
        printed = row.amount(name)
        if printed is None:
            continue
        computed = layout.sums[name][stop] - layout.sums[name][start]
        if not agrees(printed, computed, stop - start, grain):
            return False
        compared += bool(printed)
    return compared > 0


def _reason(sign: Sign) -> Sentence:
    if sign is Sign.NAMELESS:
        return say("it has no name and equals the sum of the rows beside it")
    return say("its name says so")


def _disagreements(layout: _Layout, index: int, start: int, stop: int, scale: int) -> list[Finding]:
    """A note where rounding explains it, else an error (a warning over unknown parts)."""
    row = layout.rows[index]
    findings = []
    for name, grain in layout.quantum.items():
        printed = row.amount(name)
        computed = layout.sums[name][stop] - layout.sums[name][start]
        if printed is None or printed == computed:
            continue
        rounding = agrees(printed, computed, stop - start, grain)
        gaps = layout.unknown[name][stop] - layout.unknown[name][start]
        findings.append(
            Finding(
                code="rounding" if rounding else "total_mismatch",
                severity=_severity(rounding, gaps),
                message=_message(rounding, stop - start, gaps),
                place=row.place,
                division=_name(row),
                column=name,
                printed=printed,
                computed=computed,
                scale=scale,
            )
        )
    return findings


def _severity(rounding: bool, gaps: int) -> Severity:
    if rounding:
        return Severity.NOTE
    return Severity.WARNING if gaps else Severity.ERROR


def _message(rounding: bool, parts: int, gaps: int) -> Sentence:
    if rounding:
        return say("the printed total and its {parts} parts differ by rounding alone", parts=parts)
    if gaps:
        return say(
            "the printed total differs from its {parts} parts, {gaps} of which are unknown",
            parts=parts,
            gaps=gaps,
        )
    return say("the printed total differs from the sum of its {parts} parts", parts=parts)


def _nameless(row: Row) -> Finding:
    return Finding(
        "unnamed_row",
        Severity.WARNING,
        say("a row with amounts has no name, and is no total of its neighbours"),
        row.place,
    )


def _name(row: Row) -> str | None:
    return next(reversed([*row.labels.values()]), None)
