"""`tables`: which tables are in a document, and what each of them would be read as?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from budgetcli.analysis.standing import groups_of
from budgetcli.errors import TableError
from budgetcli.fields import FIELDS
from budgetcli.i18n import say, say_count
from budgetcli.recognise.document import Description
from budgetcli.report import Column, Context, Report, Value

_RANKS = {
    "number": 0,
    "title": 1,
    "is_budget": 0,
    "measure": 0,
    "rows": 2,
    "width": 2,
    "groups": 0,
    "unit": 3,
    "as_of": 3,
    "mapping": 1,
    "problem": 4,
    "where": 5,
}


def document(tables: Sequence[Description], source: str, by: Sequence[str] = ()) -> Report:
    """One row a table, in reading order; `mapping` names each field with its column.

    With `by`, `groups` is how many a table would have by it, None where it has no such names.
    In JSON, `columns` lists every column of every table with the field it holds.
    Raises UserError for a measure in `by`, TableError where no table has such names.
    """
    ranks = {key: rank for key, rank in _RANKS.items() if by or key != "groups"}
    budgets = [table.number for table in tables if table.is_budget]
    found = say_count("{count} table", "{count} tables", len(tables))
    which = (
        say("budget tables: {numbers}", numbers=", ".join(map(str, budgets)))
        if budgets
        else say("none of them has a budget and spending column; --map says which column is what")
    )
    others = [table.number for table in tables if table.measure]
    rows = [_row(table, by) for table in tables]
    if by and not any(row["groups"] for row in rows):
        raise _nothing_to_group(by, source)
    plans = say("a goal beside a result: {numbers}", numbers=", ".join(map(str, others)))
    return Report(
        name="tables",
        columns=tuple(Column(key, FIELDS[key].kind, rank) for key, rank in ranks.items()),
        rows=tuple({key: row[key] for key in ranks} for row in rows),
        context=Context(source),
        headline=(found, which, plans) if others else (found, which),
        extra={"columns": {str(table.number): _columns(table) for table in tables}},
    )


def _row(table: Description, by: Sequence[str]) -> Mapping[str, Value]:
    mapped = [column for column in table.columns if column.field]
    return {
        "number": table.number,
        "title": table.title,
        "is_budget": table.is_budget,
        "measure": f"{table.measure.actual}/{table.measure.plan}" if table.measure else None,
        "rows": table.rows,
        "width": table.width,
        "groups": _groups(table, by) or None,
        "unit": table.unit.name if table.unit else None,
        "as_of": table.as_of,
        "mapping": ", ".join(f"{one.field}=#{one.number} {one.header}".strip() for one in mapped),
        "problem": str(table.problem) if table.problem else None,
        "where": str(table.place),
    }


def _groups(table: Description, by: Sequence[str]) -> int:
    """Groups without any name are none."""
    if table.table is None:
        return 0
    try:
        return sum(any(group.names) for group in groups_of(table.table, by))
    except TableError:
        return 0  # it has no such column: another table of the document may


def _nothing_to_group(by: Sequence[str], source: str) -> TableError:
    return TableError(
        say("none of its tables has names of {by}", by=", ".join(by)),
        where=source,
        why=say("a column that is misspelled would look like one that is not there"),
        next=say("leave --by out to see the columns, then name one as its header does"),
    )


def _columns(table: Description) -> list[dict[str, object]]:
    return [column._asdict() | {"unit": _name(column.unit)} for column in table.columns]


def _name(unit: object) -> str | None:
    return getattr(unit, "name", None)
