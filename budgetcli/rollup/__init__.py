"""A ledger too large to hold, rolled up by an engine into the tables the small reader would make.

What is asked of the tables is `analysis`' business.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from budgetcli.errors import SourceError
from budgetcli.i18n import say
from budgetcli.model import BudgetTable
from budgetcli.readers import ReadOptions, Source
from budgetcli.readers.delimited import records_of
from budgetcli.rollup.duckdb_engine import DuckDB, NotPlainTextError
from budgetcli.rollup.expression import rolled_up
from budgetcli.rollup.groups import groups_of
from budgetcli.rollup.ledger import Ledger, delimited_ledger, unpacked
from budgetcli.rollup.places import lines_of
from budgetcli.rollup.planning import NotALedgerError, Wanted, planned
from budgetcli.rollup.spool import Spool
from budgetcli.rollup.tables import Rolled

__all__ = ["NotALedgerError", "Wanted", "roll_up"]

_LOOKED_THROUGH = 4 * 1024 * 1024


def roll_up(
    name: str, sources: Sequence[Source], options: ReadOptions, wanted: Wanted
) -> list[BudgetTable]:
    """The budget tables of a ledger in one or several files, one an as-of date and fiscal year.

    Raises SourceError, TableError; NotALedgerError where its rows must be seen one by one.
    """
    with Spool() as spool:
        engine = DuckDB(spool.path)
        try:
            return _rolled(engine, delimited_ledger(name, sources, options, spool), wanted)
        finally:
            engine.close()


def _rolled(engine: DuckDB, ledger: Ledger, wanted: Wanted) -> list[BudgetTable]:
    plan = planned(ledger, wanted)
    first = plan.parts.bands.data[0] + plan.parts.grid.top
    ledger = ledger._replace(skip=first)
    frame = rolled_up(engine.frame(ledger, plan.plan.money), plan.plan)
    groups = groups_of(engine.rows(frame, ledger), plan)
    lines = lines_of(_records(ledger), plan.parts.grid.left, groups)
    return Rolled(plan, groups, lines).tables(wanted.hints)


def _records(ledger: Ledger) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The first records of the first file, with their lines."""
    with unpacked(Source(ledger.name, ledger.files[0])) as stream:
        head = stream.read(_LOOKED_THROUGH)
    text = head.decode("utf-8", "ignore")
    whole = text if len(head) < _LOOKED_THROUGH else text[: text.rfind("\n") + 1]
    yield from list(records_of(io.StringIO(whole, newline=""), ledger.delimiter, ledger.name))[ledger.skip :]
