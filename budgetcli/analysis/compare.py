"""`compare`: what changed between two tables, division by division and in total.

How rows are paired and subtracted is `compare_rows`', what to doubt `compare_doubts`'.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from budgetcli.analysis.compare_doubts import doubts, refuse_unlike, renamed
from budgetcli.analysis.compare_rows import (
    Line,
    Presence,
    Side,
    arrow,
    judged_in,
    moved,
    rows_of,
    when,
)
from budgetcli.analysis.compare_words import headline
from budgetcli.analysis.order import sorted_rows
from budgetcli.analysis.question import Question
from budgetcli.analysis.standing import default_grouping, name_columns, standings
from budgetcli.errors import TableError
from budgetcli.fields import FIELDS, Kind
from budgetcli.i18n import say
from budgetcli.model import BudgetTable, Finding
from budgetcli.report import Column, Report

# How early a narrow page takes each in; all the others come last.
_RANKS_SPENT = {
    "newly_paid": 0,
    "execution_rate_change": 8,
    "execution_rate_new": 9,
    "execution_rate_old": 9,
    "budget_change": 3,
    "unspent_new": 4,
    "unspent_change": 5,
    "rank_change": 6,
    "newly_committed": 7,
    "commitment_rate_change": 8,
    "where_old": 12,
    "where_new": 12,
}
_RANKS_COMMITTED = {
    **_RANKS_SPENT,
    "newly_committed": 0,
    "uncommitted_new": 4,
    "newly_paid": 7,
}


def compare(old: BudgetTable, new: BudgetTable, question: Question = Question()) -> Report:
    """What changed from `old` to `new`: every division of either, and the total.

    Raises TableError where a column is missing or the two do not count the
    same way, UserError for a wrong question.
    """
    refuse_unlike(old, new)
    asked = question._replace(by=_grouping(old, new, question))
    before, after = _sides(old, new, asked)
    rows = rows_of(before, after, asked)
    names = renamed(rows)
    found = [*doubts(before, after, names)]
    total = moved(before.total, after.total, before, after)
    printed = before.total["source"] == after.total["source"] == "printed"
    return Report(
        name="compare",
        columns=_columns(before, after, asked, rows),
        rows=sorted_rows(rows, question),
        context=after.found.context._replace(
            source=arrow(old.source, new.source),
            title=_titled(old, new),
            table=arrow(str(old.place), str(new.place)),
            scale=after.scale,
            places=max(old.places, new.places),
        ),
        total={
            "division": after.total["division"],
            **total,
            "source": "printed" if printed else "computed",
        },
        findings=(*found, *_scaled_findings(before), *_scaled_findings(after)),
        headline=tuple(headline(before, after, rows, total, question.basis, found)),
        extra={
            "old": _facts(before),
            "new": _facts(after),
            "renames": [{"old": one, "new": other} for one, other in names],
        },
    )


def _sides(old: BudgetTable, new: BudgetTable, question: Question) -> tuple[Side, Side]:
    """Both at the finer scale; their totals both as printed or both computed."""
    scale = max(old.scale, new.scale)
    found = [standings(table, question) for table in (old, new)]
    totals = [one.total for one in found]
    if totals[0]["source"] != totals[1]["source"]:
        totals = [standings(table._replace(totals=()), question).total for table in (old, new)]
    before, after = (
        Side(table, one, scale, total)
        for table, one, total in zip((old, new), found, totals, strict=True)
    )
    return before, after


def _grouping(old: BudgetTable, new: BudgetTable, question: Question) -> tuple[str, ...]:
    """What both are grouped by: as asked, else the finer of their own groupings both can have."""
    if question.by:
        return question.by
    own = [default_grouping(table) for table in (old, new)]
    labels = [{name for row in table.rows for name in row.labels} for table in (old, new)]
    for by in sorted(own, key=len, reverse=True):
        if labels[0] & labels[1] >= {*by}:
            return by
    raise TableError(
        say("the two have no names in common: {columns}", columns=arrow(own[0][0], own[1][0])),
        where=str(new.place),
        why=say("everything would be shown as gone and as new, and no change would be seen"),
        next=say("say which column names the rows: --map division=COLUMN"),
    )


def _scaled_findings(side: Side) -> tuple[Finding, ...]:
    """A table's findings with their amounts at the scale of the answer."""
    return tuple(
        finding._replace(
            printed=_at(finding.printed, side.times),
            computed=_at(finding.computed, side.times),
            scale=side.scale,
        )
        for finding in side.found.findings
    )


def _at(value: int | Fraction | None, times: int) -> int | Fraction | None:
    return value * times if isinstance(value, int) else value


def _columns(
    before: Side, after: Side, question: Question, rows: Sequence[Line]
) -> tuple[Column, ...]:
    names = name_columns(question.by)
    moved = any(row["presence"] is not Presence.STAYED for row in rows)
    ranks = _RANKS_COMMITTED if question.basis == "committed" else _RANKS_SPENT
    judged = judged_in(before, after, question.basis)
    ranks = {**ranks, f"{judged}_change": 0, f"{judged}_new": 1, f"{judged}_old": 2}
    unknown = _not_in_both(before, after)
    keys = [name for name in rows[0] if name in FIELDS and name not in (*question.by, "division")]
    shown = [
        Column(name, FIELDS[name].kind, ranks.get(name, 10))
        for name in keys
        if name.removesuffix("_old").removesuffix("_new") not in unknown
    ]
    presence = Column("presence", Kind.TEXT, 1 if moved else 11)
    return (*names, presence, *(column for column in shown if column.key != "presence"))


def _not_in_both(before: Side, after: Side) -> set[str]:
    """The measures that one of the two has no columns for."""
    needs = {
        "committed": "committed newly_committed uncommitted uncommitted_change unpaid "
        "unpaid_change commitment_rate commitment_rate_change",
        "spent": "spent newly_paid unspent unspent_change unpaid unpaid_change "
        "execution_rate execution_rate_change",
    }
    tables = before.table, after.table
    found = {
        name
        for column, names in needs.items()
        if not all(table.has(column) for table in tables)
        for name in names.split()
    }
    targets = before.found.context.target, after.found.context.target
    return found if None not in targets else {*found, "variance"}


def _titled(old: BudgetTable, new: BudgetTable) -> str:
    """The title with both dates or years, where they are known."""
    title = arrow(old.title or "", new.title or "").strip("→ ")
    days = [when(table) or "?" for table in (old, new)]
    if days == ["?", "?"]:
        return title
    return f"{title} ({arrow(*days)})" if title else arrow(*days)


def _facts(side: Side) -> dict[str, object]:
    """What each of the two is, for programs."""
    context = side.found.context
    return {
        "name": context.source,
        "title": context.title,
        "table": context.table,
        "as_of": context.as_of,
        "fiscal_year": context.fiscal_year,
        "unit": context.unit.name if context.unit else None,
        "target_rate": context.target.rate if context.target else None,
        "rows": context.rows_used,
    }
