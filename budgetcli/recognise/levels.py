"""Which rows are totals, what they cover, and whether they agree: checked, never added."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from budgetcli.i18n import Sentence, say, say_count
from budgetcli.measures import agrees
from budgetcli.model import Evidence, Finding, Row, Severity, Total
from budgetcli.recognise.codes import code_totals
from budgetcli.recognise.implied import implied_totals
from budgetcli.recognise.sums import Layout, adds_up, agreeing_run, lay_out, likeliest_run
from budgetcli.recognise.totals import Sign, signs_of

_NAMED = 6


class Levels(NamedTuple):
    """The leaves in order, the totals with the leaves (indexes) each covers, what was noticed."""

    leaves: tuple[Row, ...]
    totals: tuple[Total, ...]
    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...] = ()


def find_levels(
    rows: Sequence[Row],
    names: Sequence[tuple[str, ...]],
    quantum: Mapping[str, int],
    scale: int,
) -> Levels:
    """Leaves and totals of data rows. `names[i]` are the label cells of row i, outermost first.

    A row is a total when a label says so, when a name is missing and it
    equals the sum of leaves beside it, when its code begins theirs, or when
    the figures leave no doubt. A labelled total that does not add up stays a
    total, with a finding.
    """
    layout = lay_out(rows, _signs(rows, names), quantum)
    if not layout.leaves and not (layout := _of_totals(layout)).leaves:
        return _without_leaves(rows, layout.signs)
    if (proven := _without_unproven(layout)) != [*layout.signs]:
        layout = lay_out(rows, proven, quantum)
    layout, covered = _with_unannounced(_without_misnamed(layout), names)
    totals: list[Total] = []
    findings: list[Finding] = []
    for index in layout.signed:
        covers = covered.get(index) or _covers(layout, index)
        totals.append(Total(rows[index], covers, _reason(layout.signs[index])))
        findings += _disagreements(layout, index, covers, scale)
    leaves = tuple(rows[index] for index in layout.leaves)
    findings += [_nameless(row) for row in leaves if not row.labels]
    told = (*_told(layout, covered), *_same_money(totals, len(leaves)))
    return Levels(leaves, tuple(totals), tuple(findings), told)


def _of_totals(layout: Layout) -> Layout:
    """Of rows that are all called totals, those that one is the sum of are what it covers."""
    grand = [index for index, sign in enumerate(layout.signs) if sign is Sign.GRAND]
    for kept in (grand, *([index] for index in reversed(layout.signed))):
        parted = _as_leaves(layout, {*layout.signed} - {*kept})
        if parted.leaves and _is_explained(parted):
            return parted
    return layout


def _without_leaves(rows: Sequence[Row], signs: Sequence[Sign | None]) -> Levels:
    """The total alone, as `lagging` writes it where nobody lags; of several such rows all count."""
    if len(rows) == 1 and signs[0] in (Sign.WORD, Sign.GRAND):
        return Levels((), (Total(rows[0], (), _reason(signs[0])),), ())
    return Levels(tuple(rows), (), tuple(_nameless(row) for row in rows if not row.labels))


def _signs(rows: Sequence[Row], names: Sequence[tuple[str, ...]]) -> list[Sign | None]:
    """A row without its innermost name may be a total, like one without any."""
    inner = _innermost(rows)
    return [
        sign or (Sign.NAMELESS if inner and inner not in row.labels else None)
        for row, sign in zip(rows, signs_of(names), strict=True)
    ]


def _innermost(rows: Sequence[Row]) -> str | None:
    """The last label field of a table of several."""
    fullest = max((row.labels for row in rows), key=len, default={})
    return [*fullest][-1] if len(fullest) > 1 else None


def _without_unproven(layout: Layout) -> list[Sign | None]:
    """Nameless rows stay totals only where they equal the leaves of a run beside them."""
    return [
        None if sign is Sign.NAMELESS and agreeing_run(layout, index, sign) is None else sign
        for index, sign in enumerate(layout.signs)
    ]


def _without_misnamed(layout: Layout) -> Layout:
    """Total Quality Office sums nothing, and the total of everything counts it: it is a leaf."""
    misnamed = {
        index
        for index in layout.signed
        if layout.signs[index] is Sign.WORD and agreeing_run(layout, index, Sign.WORD) is None
    }
    if not misnamed or _is_explained(layout):
        return layout
    tries = (misnamed, *(misnamed - {one} for one in sorted(misnamed)[-_NAMED:]))
    counted = (_as_leaves(layout, leaves) for leaves in tries)
    return next((new for new in counted if _is_explained(new)), layout)


def _as_leaves(layout: Layout, leaves: Collection[int]) -> Layout:
    signs = [None if index in leaves else sign for index, sign in enumerate(layout.signs)]
    return lay_out(layout.rows, signs, layout.quantum)


def _with_unannounced(
    layout: Layout, names: Sequence[tuple[str, ...]]
) -> tuple[Layout, dict[int, tuple[int, ...]]]:
    """Totals that only their code or their figures show, with the leaves each covers.

    A row in which others were added up is none.
    """
    if any(row.merged > 1 for row in layout.rows):
        return layout, {}
    signs = list(layout.signs)
    sign = Sign.CODE
    found = code_totals(layout.rows, names, layout.leaves, layout.quantum)
    if not found and not _is_explained(layout):
        sign = Sign.SUM
        disputed = any(other in (Sign.WORD, Sign.GRAND) for other in signs)
        found = implied_totals(layout.rows, layout.leaves, layout.quantum)
        if disputed:
            found = _asked_for(layout, found)
    if not found:
        return layout, {}
    for index in found:
        signs[index] = sign
    new = lay_out(layout.rows, signs, layout.quantum)
    numbers = {index: number for number, index in enumerate(new.leaves)}
    return new, {index: tuple(numbers[n] for n in parts) for index, parts in found.items()}


def _asked_for(layout: Layout, sure: dict[int, tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    """Groups that few figures prove, and groups of one, if a labelled total comes out with them."""
    found = sure or implied_totals(layout.rows, layout.leaves, layout.quantum, needed=True)
    tries = (found, found | _only_children(layout, found))
    return next((groups for groups in tries if _explains(layout, groups)), sure)


def _explains(layout: Layout, groups: Mapping[int, tuple[int, ...]]) -> bool:
    signs = [Sign.SUM if n in groups else sign for n, sign in enumerate(layout.signs)]
    return _is_explained(lay_out(layout.rows, signs, layout.quantum))


def _only_children(
    layout: Layout, found: Mapping[int, tuple[int, ...]]
) -> dict[int, tuple[int, ...]]:
    """Rows above one of equal amounts, as 일반회계 stands over its one part, 일반회계."""
    covered = {part for parts in found.values() for part in parts}
    left = [index for index in layout.leaves if index not in found and index not in covered]
    children: dict[int, tuple[int, ...]] = {}
    for one, other in reversed([*pairwise(left)]):
        if other == one + 1 and _are_equal(layout.rows[one], layout.rows[other], layout.quantum):
            children[one] = children.get(other, (other,))
    return children


def _are_equal(one: Row, other: Row, fields: Iterable[str]) -> bool:
    amounts = [one.amount(name) for name in fields]
    return any(amounts) and amounts == [other.amount(name) for name in fields]


def _is_explained(layout: Layout) -> bool:
    """Whether a labelled total already equals the sum of all leaves: nothing is counted twice."""
    return any(
        layout.signs[index] in (Sign.WORD, Sign.GRAND) and adds_up(layout, index, layout.everything)
        for index in layout.signed
    )


def _covers(layout: Layout, index: int) -> tuple[int, ...]:
    """The leaves a total covers: a run that adds up, else the likeliest by place."""
    sign = layout.signs[index] or Sign.WORD
    return tuple(range(*(agreeing_run(layout, index, sign) or likeliest_run(layout, index, sign))))


def _reason(sign: Sign | None) -> Sentence:
    if sign is Sign.NAMELESS:
        return say("a name is missing, and it equals the sum of the rows beside it")
    if sign is Sign.CODE:
        return say("its code begins the codes of the rows it sums")
    if sign is Sign.SUM:
        return say("it equals the sum of the rows beside it in every amount column")
    return say("its name says so")


def _told(layout: Layout, covered: Mapping[int, tuple[int, ...]]) -> tuple[Evidence, ...]:
    """Rows taken for totals though no word says so are named: added, they would count twice."""
    if not covered:
        return ()
    listed = ", ".join(_name(layout.rows[index]) or "?" for index in [*covered][:_NAMED])
    more = ", ..." if len(covered) > _NAMED else ""
    said = say_count(
        "{count} row equals the sum of others and was taken for a total: {names}",
        "{count} rows equal the sum of others and were taken for totals: {names}",
        len(covered),
        names=listed + more,
    )
    return (Evidence("totals", said, aloud=True),)


def _same_money(totals: Sequence[Total], leaves: int) -> tuple[Evidence, ...]:
    """Equal totals over different rows: one sum parted by function and again by item, say."""
    parted: dict[tuple[int, ...], set[tuple[int, ...]]] = {}
    for total in totals:
        amounts = tuple(total.row.amount(name) or 0 for name in total.row.amounts)
        if any(amounts) and len(total.covers) < leaves:
            parted.setdefault(amounts, set()).add(total.covers)
    ways = max(map(len, parted.values()), default=0)
    if ways < 2:
        return ()
    said = say("{ways} totals are equal: the rows may show the same money {ways} times", ways=ways)
    return (Evidence("totals", said, aloud=True),)


def _disagreements(layout: Layout, index: int, covers: Sequence[int], scale: int) -> list[Finding]:
    """A note where rounding explains it, else an error (a warning over unknown parts)."""
    row = layout.rows[index]
    leaves = [layout.rows[layout.leaves[leaf]] for leaf in covers]
    parts = sum(leaf.merged for leaf in leaves)
    findings = []
    for name, grain in layout.quantum.items():
        printed = row.amount(name)
        computed = sum(leaf.amount(name) or 0 for leaf in leaves)
        if printed is None or printed == computed:
            continue
        rounding = agrees(printed, computed, parts, grain)
        gaps = sum(leaf.merged for leaf in leaves if leaf.amount(name) is None)
        findings.append(
            Finding(
                code="rounding" if rounding else "total_mismatch",
                severity=_severity(rounding, gaps),
                message=_message(rounding, parts, gaps),
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
