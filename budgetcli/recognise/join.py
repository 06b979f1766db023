"""Budget tables made of budget tables: parts of one date joined, rows selected. Exact as before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase

from budgetcli.errors import TableError
from budgetcli.i18n import say
from budgetcli.model import BudgetTable, Counts, Evidence, MappedColumn, Row, Total
from budgetcli.recognise.columns import columns_called, columns_listed
from budgetcli.recognise.headers import read_path
from budgetcli.recognise.names import clean, fold, key


def join(tables: Sequence[BudgetTable]) -> BudgetTable:
    """One table of the rows of all, at the finest of their scales; a single one as it is.

    Totals go on covering the leaves of their own part.
    """
    if len(tables) == 1:
        return tables[0]
    scale = max(table.scale for table in tables)
    scaled = [at_scale(table, scale) for table in tables]
    totals: list[Total] = []
    offset = 0
    for table in scaled:
        totals += [
            total._replace(covers=tuple(leaf + offset for leaf in total.covers))
            for total in table.totals
        ]
        offset += len(table.rows)
    units = {table.unit for table in tables}
    years = {table.fiscal_year for table in tables if table.fiscal_year}
    return scaled[0]._replace(
        rows=tuple(row for table in scaled for row in table.rows),
        columns=max((table.columns for table in scaled), key=_mapped_count),
        fiscal_year=years.pop() if len(years) == 1 else None,
        totals=tuple(totals),
        source=", ".join(dict.fromkeys(table.source for table in tables)),
        unit=scaled[0].unit if len(units) == 1 else None,
        quantum=_finest(scaled),
        places=max(table.places for table in tables),
        counts=_added([table.counts for table in tables]),
        findings=tuple(finding for table in scaled for finding in table.findings),
        evidence=_distinct(said for table in tables for said in table.evidence),
    )


def fitting(table: BudgetTable, where: Mapping[str, Sequence[str]]) -> BudgetTable | None:
    """`select`, or None where no row fits. Raises TableError where there is no such column.

    `fiscal_year` and `as_of` also choose among whole tables that state theirs.
    """
    facts = {"fiscal_year": table.fiscal_year, "as_of": table.as_of}
    own = {name for name in where if facts.get(name) and not table.has(name)}
    if not all(_fits(str(facts[name]), where[name]) for name in own):
        return None
    rest = {name: patterns for name, patterns in where.items() if name not in own}
    columns = {name: column_index(table, name) for name in rest}
    if rest and not _rows_that_fit(table, columns, rest):
        return None
    return select(table, rest)


def _rows_that_fit(
    table: BudgetTable, columns: Mapping[str, int | None], where: Mapping[str, Sequence[str]]
) -> tuple[Row, ...]:
    return tuple(
        row
        for row in table.rows
        if all(_fits(cell_of(row, columns[name], name), where[name]) for name in where)
    )


def select(table: BudgetTable, where: Mapping[str, Sequence[str]]) -> BudgetTable:
    """The rows whose cells fit a pattern of every column named. Raises TableError for no column.

    Printed totals speak of all rows, so they are left out.
    """
    if not where:
        return table
    columns = {name: column_index(table, name) for name in where}
    rows = _rows_that_fit(table, columns, where)
    if not rows:
        raise TableError(
            say("no row fits {conditions}", conditions=_conditions(where)),
            where=str(table.place),
            why=say("an answer about nothing looks like an answer"),
            next=say("patterns are shell patterns: --where '부서=*과'"),
        )
    kept = sum(row.merged for row in rows)
    left_out = sum(row.merged for row in table.rows) - kept
    said = say("{kept} rows selected, {left_out} left out", kept=kept, left_out=left_out)
    return table._replace(
        rows=rows,
        totals=(),
        counts=table.counts._replace(
            used=kept,
            totals=0,
            others=table.counts.others + left_out + table.counts.totals,
        ),
        evidence=(*table.evidence, Evidence("where", said)),
    )


def column_index(table: BudgetTable, name: str) -> int | None:
    """The column (from 0) a user's word names: a field key, a header, #N. None for a bare label.

    Raises TableError where there is none, or several.
    """
    for index, column in enumerate(table.columns):
        if column.field == name:
            return index
    if any(name in row.labels for row in table.rows):
        return None
    readings = [read_path((column.header,)) for column in table.columns]
    left = table.columns[0].number - 1 if table.columns else 0
    found = columns_called(readings, name, left)
    if len(found) == 1:
        return found[0]
    raise TableError(
        say("no column is called {name!r}", name=name)
        if not found
        else say("{count} columns are called {name!r}", count=len(found), name=name),
        where=str(table.place),
        seen=(say("columns: {columns}", columns=columns_listed(readings, left)),),
        next=say("name it by its number: #N"),
    )


def cell_of(row: Row, index: int | None, name: str) -> str:
    """The cleaned text of a row in a column; of a label field, its filled-in name."""
    if name in row.labels:
        return row.labels[name]
    return clean(row.cells[index]) if index is not None and index < len(row.cells) else ""


def _fits(cell: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(key(cell), key(fold(pattern))) for pattern in patterns)


def _conditions(where: Mapping[str, Sequence[str]]) -> str:
    return ", ".join(f"{name}={pattern}" for name in where for pattern in where[name])


def at_scale(table: BudgetTable, scale: int) -> BudgetTable:
    """The same table, its amounts counted at a scale that is no coarser."""
    times = 10 ** (scale - table.scale)
    if times == 1:
        return table
    return table._replace(
        scale=scale,
        rows=tuple(_times(row, times) for row in table.rows),
        totals=tuple(total._replace(row=_times(total.row, times)) for total in table.totals),
        quantum={name: grain * times for name, grain in table.quantum.items()},
    )


def _times(row: Row, times: int) -> Row:
    amounts = {
        name: amount * times if isinstance(amount, int) else amount
        for name, amount in row.amounts.items()
    }
    return row._replace(amounts=amounts)


def _finest(tables: Sequence[BudgetTable]) -> dict[str, int]:
    names = dict.fromkeys(name for table in tables for name in table.quantum)
    return {
        name: min(table.quantum[name] for table in tables if name in table.quantum)
        for name in names
    }


def _distinct(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple({(said.step, repr(said.message)): said for said in evidence}.values())


def _mapped_count(columns: Sequence[MappedColumn]) -> int:
    return sum(column.field is not None for column in columns)


def _added(counts: Sequence[Counts]) -> Counts:
    return Counts(*(sum(parts) for parts in zip(*counts, strict=True)))
