"""A table at several dates as one panel: division by date, snapshots not to trust flagged.

Any field of it is a pandas frame of exact values. What is asked of a panel is `trend`'s and
`forecast`'s; no other command loads pandas for its question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

import pandas as pd

from budgetcli.analysis.compare_doubts import refuse_unlike
from budgetcli.analysis.neighbours import Leaves, is_copy, lacking
from budgetcli.analysis.question import Question
from budgetcli.analysis.standing import Standings, default_grouping, standings
from budgetcli.errors import TableError
from budgetcli.fields import FIELDS
from budgetcli.i18n import say
from budgetcli.model import BudgetTable, Finding, Row, Severity
from budgetcli.recognise.names import key
from budgetcli.report import Value

Line = Mapping[str, Value]
WHOLE = ""

# Less than four fifths of its neighbours' money is more than an amendment takes away.
_FIFTHS_KEPT = 4


class Snapshot(NamedTuple):
    """One date: its table, where everybody stood, and why it is not to be trusted, if it is not.

    `rows` are the standings by folded name; `label` tells it from the others.
    """

    table: BudgetTable
    found: Standings
    rows: Mapping[str, Line]
    label: str
    flag: Finding | None = None

    @property
    def day(self) -> date | None:
        """Its as-of date."""
        return self.table.as_of

    @property
    def year(self) -> int | None:
        """Its fiscal year."""
        return self.found.context.fiscal_year


class Panel(NamedTuple):
    """The snapshots, oldest first, all grouped the same way, amounts all at one scale.

    `without` says which tables had no rate at all to give.
    """

    by: tuple[str, ...]
    snapshots: tuple[Snapshot, ...]
    without: tuple[Finding, ...] = ()

    @property
    def usable(self) -> list[Snapshot]:
        """Those that nothing speaks against; there is always one."""
        return [snapshot for snapshot in self.snapshots if snapshot.flag is None]

    @property
    def last(self) -> Snapshot:
        """The latest that can be used."""
        return self.usable[-1]

    @property
    def current(self) -> list[Snapshot]:
        """The usable ones with a date in the last one's fiscal year: each begins anew."""
        return [one for one in self.usable if one.day and one.year == self.last.year]

    @property
    def rows(self) -> dict[str, Line]:
        """Everybody's latest standing by folded name: the last snapshot's, then who was before."""
        rows: dict[str, Line] = {}
        for snapshot in reversed(self.usable):
            rows = {**rows, **snapshot.rows, **rows}
        return rows

    def over(self, field: str) -> pd.DataFrame:
        """A field's exact values: a row a folded name, a column a snapshot, NaN where unknown."""
        columns = {one.label: _known(one.rows, field) for one in self.snapshots}
        return pd.DataFrame(columns, index=list(self.rows))

    def whole(self, field: str) -> pd.DataFrame:
        """The same of the totals, in one row called WHOLE."""
        columns = {one.label: _known({WHOLE: one.found.total}, field) for one in self.snapshots}
        return pd.DataFrame(columns, index=[WHOLE])

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The snapshots' flags, who has none, then what the latest one's table says of itself."""
        flags = (snapshot.flag for snapshot in self.snapshots if snapshot.flag)
        return (*flags, *self.without, *self.last.found.findings)


def panel(tables: Sequence[BudgetTable], question: Question = Question()) -> Panel:
    """The panel of tables of several dates, oldest first.

    Raises TableError where a column is missing, where they have no names in
    common, or where they do not count the same thing.
    """
    measured = [table for table in tables if _has_rate(table, question)] or tables
    for table in measured[1:]:
        refuse_unlike(measured[0], table)
    scaled = _at_one_scale(measured)
    asked = question._replace(by=question.by or _common_grouping(scaled))
    found = [standings(table, asked) for table in scaled]
    years = [one.context.fiscal_year for one in found]
    return Panel(
        asked.by,
        tuple(
            Snapshot(table, one, _by_name(one), label, flag)
            for table, one, label, flag in zip(
                scaled, found, _labels(scaled, years), _flags(scaled, years), strict=True
            )
        ),
        tuple(
            _without(table, question)
            for table in tables
            if measured is not tables and not _has_rate(table, question)
        ),
    )


def _has_rate(table: BudgetTable, question: Question) -> bool:
    return table.has(question.basis) and (table.has("budget") or table.has("eligible"))


def _without(table: BudgetTable, question: Question) -> Finding:
    missing = question.basis if not table.has(question.basis) else "budget"
    text = say(
        "{when} has no column for {field} and is left out",
        when=table.as_of or table.fiscal_year or table.source,
        field=FIELDS[missing].term,
    )
    return Finding("missing_column", Severity.NOTE, text, table.place, column=missing)


def _at_one_scale(tables: Sequence[BudgetTable]) -> list[BudgetTable]:
    scale = max(table.scale for table in tables)
    return [_scaled(table, 10 ** (scale - table.scale), scale) for table in tables]


def _scaled(table: BudgetTable, times: int, scale: int) -> BudgetTable:
    if times == 1:
        return table

    def row(one: Row) -> Row:
        amounts = {
            name: amount * times if isinstance(amount, int) else amount
            for name, amount in one.amounts.items()
        }
        return one._replace(amounts=amounts)

    return table._replace(
        scale=scale,
        rows=tuple(map(row, table.rows)),
        totals=tuple(total._replace(row=row(total.row)) for total in table.totals),
        quantum={name: grain * times for name, grain in table.quantum.items()},
    )


def _common_grouping(tables: Sequence[BudgetTable]) -> tuple[str, ...]:
    """The finest of the tables' own groupings that all of them can have."""
    labels = [{name for row in table.rows for name in row.labels} for table in tables]
    groupings = sorted({default_grouping(table) for table in tables}, key=len, reverse=True)
    for by in groupings:
        if all(names >= {*by} for names in labels) or len(groupings) == 1:
            return by
    raise TableError(
        say("the tables have no names in common"),
        where=str(tables[-1].place),
        why=say("a trend needs the same division on two dates at least"),
        next=say("say which column names the rows: --map division=COLUMN"),
    )


def _by_name(found: Standings) -> dict[str, Line]:
    """By folded name; two names that differ in spaces or case alone stay as they are."""
    names = [str(row["division"]) for row in found.rows]
    spellings = Counter(map(key, names))
    folded = [key(name) if spellings[key(name)] == 1 else name for name in names]
    return dict(zip(folded, found.rows, strict=True))


def _known(rows: Mapping[str, Line], field: str) -> pd.Series[Any]:
    """Objects from the start: where one is unknown, machine integers would become floats."""
    found = ((name, row.get(field)) for name, row in rows.items())
    known = {name: value for name, value in found if isinstance(value, int | Fraction)}
    return pd.Series(known, dtype=object)


def _labels(tables: Sequence[BudgetTable], years: Sequence[int | None]) -> list[str]:
    """The date, else the year; both where a date is there twice."""
    days = Counter(table.as_of for table in tables)
    labels = []
    for table, year in zip(tables, years, strict=True):
        day = table.as_of.isoformat() if table.as_of else ""
        told = not day or days[table.as_of] > 1
        labels.append(" ".join(filter(None, (day, str(year or "?") if told else ""))))
    return labels


def _flags(tables: Sequence[BudgetTable], years: Sequence[int | None]) -> list[Finding | None]:
    """Each snapshot held against the latest trusted one of its year, and those that follow."""
    flags: list[Finding | None] = []
    trusted: dict[int | None, Leaves] = {}
    for index, (table, year) in enumerate(zip(tables, years, strict=True)):
        later = [
            other
            for other, its in zip(tables[index + 1 :], years[index + 1 :], strict=True)
            if its == year
        ]
        leaves = Leaves(table)
        flag = _flag(leaves, trusted.get(year), later)
        flags.append(flag)
        if flag is None:
            trusted[year] = leaves
    return flags


def _flag(leaves: Leaves, before: Leaves | None, later: Sequence[BudgetTable]) -> Finding | None:
    """A copy of the one before; or short of it, and what is missing comes back, or may yet.

    What never comes back was taken away, and is no gap. The first of a year is
    held against the next.
    """
    if before is None:
        following = [Leaves(other) for other in later[:1]]
        return next((_incomplete(leaves, one) for one in following if _is_short(leaves, one)), None)
    if is_copy(before, leaves):
        return _stale(leaves.table, before.table)
    if not _is_short(leaves, before):
        return None
    back = not later or any(_is_short(leaves, Leaves(other)) for other in later)
    return _incomplete(leaves, before) if back else None


def _is_short(part: Leaves, whole: Leaves) -> bool:
    """Whether it clearly lacks rows, or money, that the other has."""
    return lacking(whole, part) is not None or 5 * part.budget < _FIFTHS_KEPT * whole.budget


def _incomplete(part: Leaves, whole: Leaves) -> Finding:
    table, other = part.table, whole.table
    text = say(
        "{day} has {rows} rows and {other} has {of}: it looks incomplete and is left out of slopes",
        day=table.as_of,
        rows=len(table.rows),
        other=other.as_of,
        of=len(other.rows),
    )
    return Finding(
        "incomplete_snapshot",
        Severity.WARNING,
        text,
        table.place,
        column="budget",
        printed=part.budget,
        computed=whole.budget,
        scale=table.scale,
    )


def _stale(table: BudgetTable, before: BudgetTable) -> Finding:
    text = say(
        "every amount of {day} is as on {before}: it looks like a copy and is left out of slopes",
        day=table.as_of,
        before=before.as_of,
    )
    return Finding("stale_snapshot", Severity.WARNING, text, table.place)
