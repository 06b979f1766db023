"""A ledger's rows, too many to hold: they go by in their order, and what holds for all is told.

Which rows are asked for, of several dates and of all the user's conditions, is `loading`'s to say.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from budgetcli.errors import TableError
from budgetcli.i18n import say
from budgetcli.loading import (
    LoadOptions,
    Origin,
    latest,
    moment_of,
    names_of,
    no_such_day,
    snapshots,
)
from budgetcli.model import BudgetTable, Evidence, Row
from budgetcli.readers import Source
from budgetcli.recognise.join import at_scale, fitting
from budgetcli.rollup.gathered import Gathered, Stated, stated_by
from budgetcli.rollup.ledger import lacks
from budgetcli.rollup.planning import NotALedgerError
from budgetcli.rollup.rows import FileRows


class Whole(NamedTuple):
    """The table that is asked for, and which dates and years of the files are its rows.

    The table has a row or two that stand for all, as `Gathered` tells.
    """

    table: BudgetTable
    stated: frozenset[Stated]


class Stream:
    """Rows that go by as often as they are asked for."""

    def __init__(self, sources: Sequence[Origin], options: LoadOptions) -> None:
        self._sources = [source for source in sources if isinstance(source, Source)]
        self._options = options
        self._gathered: list[Gathered] = []
        self._is_over = False

    def tables(self) -> Iterator[BudgetTable]:
        """All rows in their order, some thousands in a table. Raises SourceError, TableError."""
        self._gathered, self._is_over = [], False
        try:
            yield from self._tables()
        except NotALedgerError as problem:
            raise self._refused(problem) from None
        self._is_over = True

    def whole(self) -> Whole:
        """What holds for all rows, once they are over; before, for those that have gone by.

        Raises TableError where none of all is asked for.
        """
        try:
            tables = self._of_day()
        except NotALedgerError as problem:
            raise self._refused(problem) from None
        where = self._options.where if self._is_over else {}
        options = self._options._replace(where=where)
        taken = latest(snapshots([table for _, table in tables], options), options)
        moment = moment_of(taken)
        return Whole(
            taken, frozenset(stated for stated, table in tables if moment_of(table) == moment)
        )

    def rows(self, table: BudgetTable, whole: Whole) -> Sequence[Row] | None:
        """The rows of a table that are asked for; None where they are finer than was foreseen."""
        if stated_by(table) not in whole.stated:
            return ()
        if table.scale > whole.table.scale:
            return None
        selected = fitting(table, self._options.where)
        return at_scale(selected, whole.table.scale).rows if selected else ()

    def _tables(self) -> Iterator[BudgetTable]:
        sizes = [os.path.getsize(source.path or os.devnull) for source in self._sources]  # noqa: PTH202 - as in `choice`
        first: FileRows | None = None
        for number, source in enumerate(self._sources):
            file = self._opened(source)
            first = first or file
            _refuse_missing(first, file)
            gathered = Gathered(file, self._options.where)
            self._gathered.append(gathered)
            for part in file.parts():
                gathered.add(part)
                said = say("{name}: being converted", name=source.name)
                self._options.progress(said, sum(sizes[:number]) + file.done, sum(sizes))
                yield part.table

    def _opened(self, source: Source) -> FileRows:
        """Of several files each states its own date, and --as-of chooses among these."""
        hints = self._options.hints
        if len(self._sources) > 1:
            hints = hints._replace(as_of=None)
        return FileRows(source, self._options.reading, hints)

    def _of_day(self) -> list[tuple[Stated, BudgetTable]]:
        """The tables with what they state, of the day that was asked for."""
        found = [
            (stated_by(table), table)
            for gathered in self._gathered
            for table in (gathered.tables() if self._is_over else gathered.so_far())
        ]
        wanted = self._options.as_of
        if wanted is None:
            return found
        stated = {table.as_of for _, table in found if table.as_of}
        if wanted in stated and len(stated) > 1:
            return [(own, table) for own, table in found if table.as_of == wanted]
        if (
            wanted not in stated
            and self._is_over
            and stated
            and len(self._sources) + len(stated) > 2
        ):
            raise no_such_day(self._sources, wanted, stated)
        return [(own, _as_told(table, wanted)) for own, table in found]

    def _refused(self, problem: NotALedgerError) -> TableError:
        return TableError(
            say("it cannot be converted row by row: {reason}", reason=problem.reason),
            where=names_of(self._sources),
            why=say("a row whose meaning its neighbours tell would be written wrongly"),
            next=say("hold them all: --engine memory; or take groups: --by FIELD"),
        )


def _refuse_missing(first: FileRows, other: FileRows) -> None:
    missing = [first.header(name) for name in first.fields if name not in other.fields]
    if missing:
        raise lacks(other.head.raw.source, missing, first.head.raw.source)


def _as_told(table: BudgetTable, day: date) -> BudgetTable:
    """The table as of a day that the user says."""
    said = Evidence("as_of", say("date: {day}, as told", day=day.isoformat()))
    others = (entry for entry in table.evidence if entry.step != "as_of")
    return table._replace(as_of=day, evidence=(*others, said))
