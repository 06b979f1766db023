"""One roll-up from files to tables: their heads, the plan, the engine, the groups.

What each of them is, its own file says.
"""

from __future__ import annotations

import io
from collections.abc import Hashable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from budgetcli.errors import SourceError
from budgetcli.i18n import say
from budgetcli.model import BudgetTable
from budgetcli.readers import ReadOptions, Source
from budgetcli.readers.delimited import records_of
from budgetcli.rollup.duckdb_engine import DuckDB, NotPlainTextError
from budgetcli.rollup.groups import groups_of
from budgetcli.rollup.ledger import Ledger, delimited_ledger, in_copy, unpacked
from budgetcli.rollup.places import lines_of
from budgetcli.rollup.planning import NotALedgerError, Planned, Wanted, planned
from budgetcli.rollup.spool import Spool
from budgetcli.rollup.tables import Rolled

__all__ = ["NotALedgerError", "Wanted", "roll_up"]

_LOOKED_THROUGH = 4 * 1024 * 1024


class _File(NamedTuple):
    """One file's ledger, and what its head says of it."""

    ledger: Ledger
    plan: Planned

    @property
    def headers(self) -> tuple[str, ...]:
        """Its columns as a person would point at them."""
        return tuple(reading.header for reading in self.plan.parts.columns.readings)


def roll_up(sources: Sequence[Source], options: ReadOptions, wanted: Wanted) -> list[BudgetTable]:
    """The budget tables of a ledger's files, one an as-of date and fiscal year.

    Files without a column of dates are tables of their own, which their
    names or captions may date. Raises SourceError, TableError;
    NotALedgerError where its rows must be seen one by one.
    """
    with Spool() as spool:
        engine = DuckDB(spool.path)
        try:
            return [
                table
                for same in _alike([_file(source, options, wanted, spool) for source in sources])
                for table in _rolled(engine, same, wanted, spool)
            ]
        finally:
            engine.close()


def _file(source: Source, options: ReadOptions, wanted: Wanted, spool: Spool) -> _File:
    ledger = delimited_ledger(source, options, spool)
    plan = planned(ledger, wanted)
    above = plan.parts.bands.data[0] + plan.parts.grid.top
    return _File(ledger._replace(skip=above), plan)


def _alike(files: Sequence[_File]) -> list[list[_File]]:
    """Files with the same columns together, unless only their names tell them apart."""
    found: dict[Hashable, list[_File]] = {}
    for number, file in enumerate(files):
        _refuse_missing(files[0], file)
        has_dates = "as_of" in file.plan.parts.columns.fields
        key = (file.headers, file.ledger.delimiter, file.ledger.skip, file.plan.plan)
        found.setdefault((key, None if has_dates else number), []).append(file)
    return [*found.values()]


def _refuse_missing(first: _File, other: _File) -> None:
    """Files named together hold the same: one that lacks a column is an accident."""
    there = set(other.headers)
    fields = first.plan.parts.columns.fields.values()
    missing = [first.headers[n] for n in sorted(fields) if first.headers[n] not in there]
    if missing:
        raise SourceError(
            say(
                "it has no column {names}, which {other} has",
                names=", ".join(missing),
                other=first.ledger.name,
            ),
            where=other.ledger.name,
            why=say("its rows would be added up without what the others have"),
            next=say("leave the file out, or name it by itself"),
        )


def _rolled(
    engine: DuckDB, files: Sequence[_File], wanted: Wanted, spool: Spool
) -> list[BudgetTable]:
    try:
        return _tables(engine, files, wanted)
    except NotPlainTextError:
        copied = [file._replace(ledger=in_copy(file.ledger, spool)) for file in files]
        return _tables(engine, copied, wanted)


def _tables(engine: DuckDB, files: Sequence[_File], wanted: Wanted) -> list[BudgetTable]:
    ledger, plan = _joined([file.ledger for file in files]), files[0].plan
    groups = groups_of(engine.groups(ledger, plan.plan), plan)
    lines = lines_of(_records(files), plan.parts.grid.left, groups)
    return Rolled(plan, groups, lines).tables(wanted.hints)


def _joined(ledgers: Sequence[Ledger]) -> Ledger:
    """Files alike as one ledger, under the first one's name."""
    return ledgers[0]._replace(files=tuple(file for ledger in ledgers for file in ledger.files))


def _records(files: Sequence[_File]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The first records, with their lines; of several files none, for a line is one file's."""
    if len(files) > 1:
        return
    ledger = files[0].ledger
    with unpacked(Source(ledger.name, ledger.files[0])) as stream:
        head = stream.read(_LOOKED_THROUGH)
    text = head.decode("utf-8-sig", "ignore")
    whole = text if len(head) < _LOOKED_THROUGH else text[: text.rfind("\n") + 1]
    records = records_of(io.StringIO(whole, newline=""), ledger.delimiter, ledger.name)
    yield from islice(records, ledger.skip, None)
