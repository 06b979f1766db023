"""What a careful reader notices beside the answer: overruns, gaps, payments that nothing bound."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

from budgetcli.fields import FIELDS
from budgetcli.i18n import Sentence, say, say_count
from budgetcli.model import BudgetTable, Finding, Place, Severity
from budgetcli.report import Value


def noticed(
    table: BudgetTable, rows: Iterable[Mapping[str, Value]], basis: str
) -> tuple[Finding, ...]:
    """The table's own findings, each group's, and how many rows the sums leave out."""
    return (
        *table.findings,
        *(finding for row in rows for finding in overruns(row, table.place)),
        *left_out(table, ("budget", basis)),
    )


def overruns(row: Mapping[str, Value], place: Place) -> list[Finding]:
    """What one row spends or commits beyond its budget, or pays beyond what it committed."""
    budget, committed, spent = (_amount(row, key) for key in ("budget", "committed", "spent"))
    found: list[tuple[str, str, Sentence]] = []
    if spent and not budget:
        found.append(("spent_without_budget", "spent", say("spent without a budget")))
    elif spent is not None and budget is not None and spent > budget > 0:
        found.append(("overspent", "spent", say("spent more than its budget")))
    if committed is not None and budget is not None and committed > budget >= 0:
        found.append(("overcommitted", "committed", say("committed more than its budget")))
    if spent is not None and committed is not None and spent > committed:
        found.append(("spent_over_committed", "spent", say("paid more than was committed")))
    return [
        Finding(code, Severity.WARNING, message, place, str(row["division"]), column)
        for code, column, message in found
    ]


def counted_twice(table: BudgetTable) -> list[Finding]:
    """Rows of the same names and amounts in two sources: most likely one table, given twice."""
    seen: dict[Hashable, Place] = {}
    again = []
    for row in table.rows:
        key = (tuple(row.labels.items()), tuple(row.amounts.items()))
        place = seen.setdefault(key, row.place)
        is_other = place.source != row.place.source or place == row.place
        if place is not row.place and is_other and any(map(row.amount, row.amounts)):
            again.append((place, row.place))
    if not again:
        return []
    message = say_count(
        "{count} row stands in {first} alike; sums count it twice",
        "{count} rows stand in {first} alike; sums count them twice",
        len(again),
        first=again[0][0],
    )
    return [Finding("duplicate_row", Severity.WARNING, message, again[0][1])]


def left_out(
    table: BudgetTable, names: Iterable[str], severity: Severity = Severity.NOTE
) -> list[Finding]:
    """A sum over unknown amounts is a sum of the known ones: said once a column."""
    found = []
    for name in names:
        unknown = [row for row in table.rows if row.amount(name) is None]
        if unknown:
            message = say_count(
                "{count} row has no {field}; sums leave it out",
                "{count} rows have no {field}; sums leave them out",
                sum(row.merged for row in unknown),
                field=FIELDS[name].term,
            )
            place = unknown[0].place
            found.append(Finding("missing_amount", severity, message, place, column=name))
    return found


def _amount(row: Mapping[str, Value], key: str) -> int | None:
    value = row.get(key)
    return value if isinstance(value, int) else None
