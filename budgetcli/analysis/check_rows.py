"""What is odd about rows though they add up: overruns, goals beyond their base, doubles."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

from budgetcli.analysis.check_figures import Figures, Line
from budgetcli.analysis.noticed import overruns
from budgetcli.i18n import Sentence, say
from budgetcli.model import BudgetTable, Finding, Place, Severity
from budgetcli.recognise.amounts import looks_like_amount

_OPEN = "spent_over_committed"


def check_rows(table: BudgetTable, figures: Figures) -> Iterator[Finding]:
    """Warnings about single leaves, then about leaves that look like one another."""
    leaves = figures.lines[: figures.leaves]
    paid_beyond = _paid_beyond_commitments(leaves)
    yield from paid_beyond
    for line in leaves:
        for finding in _overruns(table, line):
            if finding.code != _OPEN or not paid_beyond:
                yield finding
        yield from _goal_beyond_base(line)
    same = _Doubles({}, say("the same names and amounts stand in {place} already"))
    again = _Doubles({}, say("the same name stands in {place} already, with other amounts"))
    one_each = _is_one_row_each(table)
    for line in leaves:
        double = same.find(line, _everything(table, line)) if any(_known(line)) else []
        yield from double or (again.find(line, _names(line)) if one_each else [])


def _overruns(table: BudgetTable, line: Line) -> list[Finding]:
    if not table.has("budget"):
        return []
    names = ("budget", "committed", "spent")
    return overruns({"division": line.name, **{n: line.amount(n) for n in names}}, line.row.place)


def _paid_beyond_commitments(leaves: Sequence[Line]) -> list[Finding]:
    """One note where that is the rule: there, commitments are what is still to be paid."""
    pairs = [(line, line.amount("spent"), line.amount("committed")) for line in leaves]
    known = [(line, spent, bound) for line, spent, bound in pairs if None not in (spent, bound)]
    beyond = [line for line, spent, bound in known if (spent or 0) > (bound or 0)]
    if len(beyond) < 3 or 2 * len(beyond) <= len(known):
        return []
    message = say(
        "{count} of {all} rows paid more than they committed: "
        "commitments seem to be what is still open here",
        count=len(beyond),
        all=len(known),
    )
    return [Finding(_OPEN, Severity.NOTE, message, beyond[0].row.place, column="committed")]


def _goal_beyond_base(line: Line) -> list[Finding]:
    goal, base = line.amount("goal"), line.amount("eligible")
    if goal is None or base is None or goal <= base:
        return []
    message = say("the goal is larger than the base it is a part of")
    place = line.row.place
    return [Finding("goal_over_eligible", Severity.WARNING, message, place, line.name, "goal")]


class _Doubles(NamedTuple):
    """Rows seen so far by what makes two of them the same, and what to say of the second."""

    seen: dict[Hashable, Place]
    said: Sentence

    def find(self, line: Line, key: Hashable) -> list[Finding]:
        """A warning where such a row was seen before."""
        place = line.row.place
        first = self.seen.setdefault(key, place)
        if first is place:
            return []
        message = self.said._replace(values={"place": first})
        return [Finding("duplicate_row", Severity.WARNING, message, place, line.name)]


def _everything(table: BudgetTable, line: Line) -> Hashable:
    """Names, amounts, and words in columns that mean nothing here; numbers there may just count."""
    words = tuple(
        cell
        for column, cell in zip(table.columns, line.row.cells, strict=False)
        if column.field is None and not looks_like_amount(cell)
    )
    return _names(line), tuple(line.row.amounts.values()), words


def _names(line: Line) -> Hashable:
    return tuple(line.row.labels.items())


def _known(line: Line) -> list[int]:
    return [amount for amount in line.row.amounts.values() if isinstance(amount, int)]


def _is_one_row_each(table: BudgetTable) -> bool:
    """Whether names tell rows apart: in a ledger, one division has many."""
    named = [tuple(row.labels.items()) for row in table.rows if row.labels]
    return 2 * (len(named) - len(set(named))) <= len(named)
