"""Printed totals against their parts: how many there are to recompute, and which are wrong.

Recognition has compared those of the amounts it counts with; here those of other balances are
added, and its verdicts carried over to what is exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from budgetcli.analysis.check_figures import Figures, is_exact
from budgetcli.analysis.check_formulas import Checked
from budgetcli.i18n import say
from budgetcli.model import BudgetTable, Finding, Severity

_CODES = ("total_mismatch", "rounding")


def check_totals(table: BudgetTable, figures: Figures) -> Checked:
    """Every amount of a total row of which a part is known, compared with the sum of its parts."""
    pairs = [*_pairs(table, figures)]
    added = [
        _finding(figures, name, line, parts)
        for name, line, parts in pairs
        if name not in table.quantum
    ]
    findings = (*_recognised(table), *filter(None, added))
    return Checked(len(pairs), (), tuple(findings))


def _pairs(table: BudgetTable, figures: Figures) -> Iterator[tuple[str, int, Sequence[int]]]:
    """The column, the line (index) and the leaves (indexes) of every total there is."""
    for place, total in enumerate(table.totals, figures.leaves):
        for name in figures.rooms:
            parts = [figures.lines[leaf].amount(name) for leaf in total.covers]
            if figures.lines[place].amount(name) is not None and any(p is not None for p in parts):
                yield name, place, total.covers


def _finding(figures: Figures, name: str, line: int, leaves: Sequence[int]) -> Finding | None:
    """A column that recognition does not sum: a note within rounding, else an error."""
    total = figures.lines[line]
    parts = [figures.lines[leaf].amount(name) for leaf in leaves]
    printed, computed = total.amount(name) or 0, sum(filter(None, parts))
    if printed == computed:
        return None
    fits = abs(printed - computed) <= (len(parts) + 1) * figures.rooms[name]
    message = (
        say("the printed total and its {parts} parts differ by rounding alone", parts=len(parts))
        if fits
        else say("the printed total differs from the sum of its {parts} parts", parts=len(parts))
    )
    return Finding(
        code="rounding" if fits else "total_mismatch",
        severity=_severity(fits, None in parts),
        message=message,
        place=total.row.place,
        division=total.name,
        column=name,
        printed=printed,
        computed=computed,
        scale=figures.scale,
    )


def _severity(fits: bool, gaps: bool) -> Severity:
    if fits:
        return Severity.NOTE
    return Severity.WARNING if gaps else Severity.ERROR


def _recognised(table: BudgetTable) -> Iterator[Finding]:
    """What recognition found of the totals that still speak of these rows, at the table's scale."""
    places = {total.row.place for total in table.totals}
    for finding in table.findings:
        if finding.code in _CODES and finding.place in places:
            yield _without_room(table, _scaled(finding, table.scale))


def is_of_totals(finding: Finding) -> bool:
    """Whether a table's own finding is about a total."""
    return finding.code in _CODES


def _scaled(finding: Finding, scale: int) -> Finding:
    """Parts of a table may have had a coarser scale than the whole; such findings have figures."""
    times = 10 ** (scale - finding.scale)
    printed, computed = (times * (figure or 0) for figure in (finding.printed, finding.computed))
    return finding._replace(printed=printed, computed=computed, scale=scale)


def _without_room(table: BudgetTable, finding: Finding) -> Finding:
    """Whole won leave nothing to round: a total that differs by one is wrong."""
    grain = Fraction(table.quantum.get(finding.column or "", 0))
    if finding.code != "rounding" or not is_exact(table, grain):
        return finding
    message = say("the printed total differs from the sum of its parts, and won are not rounded")
    return finding._replace(code="total_mismatch", severity=Severity.ERROR, message=message)
