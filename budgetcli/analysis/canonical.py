"""`convert`: the table itself, cleaned: names, exact amounts and printed rates, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from budgetcli.analysis.context import context_of
from budgetcli.analysis.question import Question
from budgetcli.analysis.standing import groups_of, name_columns, sums_of
from budgetcli.errors import TableError
from budgetcli.fields import AMOUNTS, FIELDS, LABELS, RATES
from budgetcli.i18n import say
from budgetcli.model import BudgetTable, Row
from budgetcli.report import Column, Report, Value


def converted(table: BudgetTable, *, provenance: bool = False, by: Sequence[str] = ()) -> Report:
    """`canonical` of the rows, else the sums of groups by names.

    Raises TableError for rows that an engine added up and nobody wanted
    grouped, for they would be lost; UserError for a measure in `by`.
    """
    if by:
        return _grouped(table, by, provenance=provenance)
    if any(row.merged > 1 for row in table.rows):
        raise TableError(
            say("it is too large to be converted row by row"),
            where=table.source,
            why=say("an engine gives groups, and not the rows that were added up in them"),
            next=say("hold them all: --engine memory; or take groups: --by FIELD"),
        )
    return canonical(table, provenance=provenance)


def canonical(table: BudgetTable, *, provenance: bool = False) -> Report:
    """Every leaf with its names, amounts and printed rates; the printed total where one covers all.

    With `provenance`, each row says where it stands.
    """
    keys = [*_labels(table), *_held(table, AMOUNTS), *_held(table, RATES)]
    if provenance:
        keys.append("where")
    total = next((t.row for t in table.totals if len(t.covers) == len(table.rows)), None)
    return Report(
        name="convert",
        columns=tuple(Column(key, FIELDS[key].kind) for key in keys),
        rows=values_of(table.rows, keys),
        context=context_of(table, Question()),
        total=None if total is None else {**_values(total, keys), "source": "printed"},
        findings=table.findings,
        decimals=_rate_places(table),
    )


def values_of(rows: Iterable[Row], keys: Sequence[str]) -> tuple[Mapping[str, Value], ...]:
    """Rows as a report holds them."""
    return tuple(_values(row, keys) for row in rows)


def _grouped(table: BudgetTable, by: Sequence[str], *, provenance: bool) -> Report:
    keys = [*_held(table, AMOUNTS), *(["where"] if provenance else [])]
    rows = [
        {
            **dict(zip(by, group.names, strict=True)),
            **sums_of(group.rows, table),
            "where": group.where,
        }
        for group in groups_of(table, by)
    ]
    return Report(
        name="convert",
        columns=(*name_columns(by), *(Column(key, FIELDS[key].kind) for key in keys)),
        rows=tuple({key: row[key] for key in (*by, *keys)} for row in rows),
        context=context_of(table, Question()),
        findings=table.findings,
    )


def _rate_places(table: BudgetTable) -> int:
    """The most decimals a printed rate of the table has, so that none is lost."""
    printed = (rate.places for row in table.rows for rate in row.printed.values())
    return max(printed, default=1)


def _labels(table: BudgetTable) -> list[str]:
    rows = (*table.rows, *(total.row for total in table.totals))
    return [name for name in LABELS if any(name in row.labels for row in rows)]


def _held(table: BudgetTable, names: tuple[str, ...]) -> list[str]:
    return [name for name in names if table.has(name)]


def _values(row: Row, keys: Sequence[str]) -> Mapping[str, Value]:
    rates = {name: printed.value for name, printed in row.printed.items()}
    known: dict[str, Value] = {**row.labels, **rates}
    if "where" in keys:
        known["where"] = str(row.place)
    return {key: known[key] if key in known else row.amount(key) for key in keys}
