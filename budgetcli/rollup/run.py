"""One roll-up from files to tables: their heads, the plan, the engine, the groups.

What each of them is, its own file says.
"""

from __future__ import annotations

import io
from collections.abc import Hashable, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from budgetcli.errors import SourceError
from budgetcli.i18n import say
from budgetcli.model import BudgetTable
from budgetcli.readers import ReadOptions, Source
from budgetcli.readers.delimited import records_of
from budgetcli.rollup.address import (
    address_of,
    copied_from_sqlite,
    is_in_bucket,
    is_on_cluster,
    is_on_server,
)
from budgetcli.rollup.duckdb_engine import DuckDB, NotPlainTextError
from budgetcli.rollup.expression import FLOAT_DIGITS, Plan, added_up, as_rolled_up, rolled_up
from budgetcli.rollup.groups import Group, groups_of
from budgetcli.rollup.ledger import (
    FIRST,
    Form,
    Ledger,
    delimited_ledger,
    form_of,
    in_copy,
    json_ledger,
    lacks,
    partitions_of,
    unpacked,
)
from budgetcli.rollup.parts import called, put_in
from budgetcli.rollup.places import lines_of
from budgetcli.rollup.planning import NotALedgerError, Planned, Wanted, finer, planned
from budgetcli.rollup.spool import Spool
from budgetcli.rollup.tables import Rolled

__all__ = ["NotALedgerError", "Wanted", "roll_up"]

_LOOKED_THROUGH = 1024 * 1024


class _File(NamedTuple):
    """One file's ledger, and what its head says of it."""

    ledger: Ledger
    plan: Planned

    @property
    def headers(self) -> tuple[str, ...]:
        """Its columns as a person would point at them."""
        return tuple(reading.header for reading in self.plan.parts.columns.readings)


def roll_up(
    sources: Sequence[Source], options: ReadOptions, wanted: Wanted, spark_master: str | None = None
) -> list[BudgetTable]:
    """The budget tables of a ledger's files, one an as-of date and fiscal year.

    Where only the last is wanted, those of other dates may come without rows.

    Files without a column of dates are tables of their own, which their
    names or captions may date. With `spark_master` Spark is the engine, there;
    else DuckDB. Raises SourceError, TableError, UserError;
    NotALedgerError where its rows must be seen one by one.
    """
    engines = [*_by_engine(sources)]
    with Spool() as spool:
        return [
            table
            for together in engines
            for table in _added_up(together, options, _if_one(engines, wanted), spool, spark_master)
        ]


def _if_one(several: Sequence[object], wanted: Wanted) -> Wanted:
    """Which date is the last of several ledgers, none of them can tell by itself."""
    return wanted._replace(only_last=wanted.only_last and len(several) == 1)


def _by_engine(sources: Sequence[Source]) -> Iterator[list[Source]]:
    """What one engine can open: a server's table by itself, all else together."""
    yield from ([source] for source in sources if is_on_server(source))
    if here := [source for source in sources if not is_on_server(source)]:
        yield here


def _added_up(
    sources: Sequence[Source],
    options: ReadOptions,
    wanted: Wanted,
    spool: Spool,
    spark_master: str | None,
) -> list[BudgetTable]:
    with closing(_engine(spool, sources, spark_master)) as engine:
        ledgers = [*_ledgers(engine, sources, options, wanted, spool)]
        return [
            table
            for same in ledgers
            for table in _rolled(engine, same, _if_one(ledgers, wanted), spool)
        ]


def _engine(spool: Spool, sources: Sequence[Source], spark_master: str | None) -> DuckDB:
    if spark_master is not None:
        from budgetcli.rollup.spark_engine import Spark

        return Spark(spool.path, spark_master)
    if is_on_server(sources[0]):
        from budgetcli.rollup.postgres_engine import Postgres

        return Postgres(spool.path, sources[0])
    return DuckDB(spool.path)


def _ledgers(
    engine: DuckDB, sources: Sequence[Source], options: ReadOptions, wanted: Wanted, spool: Spool
) -> Iterator[list[_File]]:
    """Files together that one query can read, unless only their names tell them apart."""
    forms: dict[Form | None, list[Source]] = {}
    for source in sources:
        ready = _copied(source, spool)
        forms.setdefault(form_of(ready), []).append(ready)
    for form, same in forms.items():
        if form is Form.DELIMITED:
            files = [_file(delimited_ledger(source, options, spool), wanted) for source in same]
            yield from _alike(files)
        elif form is None:
            raise SourceError(
                say("it is no ledger: it holds more than rows"),
                where=same[0].name,
                next=say("leave --engine out, or save it as CSV or Parquet"),
            )
        else:
            groups = [[source] for source in same] if form is Form.TABLE else [same]
            for group in groups:
                lines = form is Form.JSON_LINES
                ledger = json_ledger(group) if lines else engine.described(group)
                yield from _dated(_file(ledger, wanted), wanted)


def _copied(source: Source, spool: Spool) -> Source:
    """A table of SQLite as a file; any other source as it is. Raises SourceError."""
    if form_of(source) is not Form.TABLE or address_of(source).kind != "sqlite":
        return source
    return copied_from_sqlite(address_of(source), source, spool.new_file(source.name))


def _file(ledger: Ledger, wanted: Wanted) -> _File:
    plan = planned(ledger, wanted)
    above = plan.parts.bands.data[0] + plan.parts.grid.top
    return _File(ledger._replace(skip=above), plan)


def _dated(file: _File, wanted: Wanted) -> list[list[_File]]:
    """A ledger of named columns as one, or by file where no column dates its rows."""
    count = len(file.ledger.files)
    if count == 1 or "as_of" in file.plan.parts.columns.fields:
        return [[file]]
    return [[_file(file.ledger.of_file(number), wanted)] for number in range(count)]


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
        raise lacks(other.ledger.name, missing, first.ledger.name)


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
    groups = _groups(engine, ledger, plan)
    if wanted.parts_of is not None:
        groups, plan = _parted(engine, ledger, groups, plan, wanted)
    if ledger.form is Form.JSON_LINES:
        _refuse_inexact(ledger, groups)
    lines = lines_of(_records(engine, files), plan.parts.grid.left, groups)
    return Rolled(plan, groups, lines).tables(wanted.hints, only_last=wanted.only_last)


def _groups(engine: DuckDB, ledger: Ledger, plan: Planned) -> list[Group]:
    """The groups; the names that only tell what rows without any other are, where there are such.

    To read columns for rows that few ledgers have would cost more than to look twice.
    """
    if plan.money and (plan.keys or plan.labels):
        bare = plan._replace(plan=plan.plan._replace(others=()), others=())
        groups = groups_of(_rows(engine, ledger, bare.plan), bare)
        if not any(group.is_unnamed(plan.labels) for group in groups):
            return groups
    return groups_of(_rows(engine, ledger, plan.plan), plan)


def _rows(engine: DuckDB, ledger: Ledger, plan: Plan) -> list[tuple[Any, ...]]:
    """The rows of the roll-up: the fast one's, where it can be and no cell is blank."""
    if plan.is_plain:
        found = as_rolled_up(engine.groups(ledger, plan, added_up), plan)
        if found is not None:
            return found
    return engine.groups(ledger, plan, rolled_up)


def _parted(
    engine: DuckDB, ledger: Ledger, groups: list[Group], plan: Planned, wanted: Wanted
) -> tuple[list[Group], Planned]:
    """The groups of what is asked for by programme, in a second look at their rows alone."""
    only, after = called(groups, plan, wanted.parts_of or ""), finer(plan, ledger, wanted)
    if not only or after is None:
        return groups, plan
    parts = groups_of(engine.groups(ledger, after.plan, partial(rolled_up, only=only)), after)
    return put_in(parts, groups, only, plan, after), after


def _refuse_inexact(ledger: Ledger, groups: Iterable[Group]) -> None:
    """A fraction of more digits than a double holds has been rounded by the engine already."""
    texts = (text for group in groups for text in group.amounts.values())
    for text in texts:
        fraction = "." in text or "e" in text
        if fraction and sum(map(str.isdecimal, text)) > FLOAT_DIGITS:
            raise SourceError(
                say("{text} has more digits than JSON's numbers keep", text=text[:60]),
                where=ledger.name,
                next=say("write the amounts as texts, or save it as CSV or Parquet"),
            )


def _joined(ledgers: Sequence[Ledger]) -> Ledger:
    """Files alike as one ledger, under the first one's name."""
    return ledgers[0]._replace(files=tuple(file for ledger in ledgers for file in ledger.files))


def _records(engine: DuckDB, files: Sequence[_File]) -> Iterable[tuple[int, Sequence[str]]]:
    """The first records, with their lines; of several files none, for a line is one file's."""
    ledger = files[0].ledger
    if len(files) > 1 or _is_several(ledger):
        return ()
    if ledger.form is Form.DELIMITED:
        return _lines(ledger)
    return enumerate(ledger.first or engine.records(ledger, FIRST), 1)


def _is_several(ledger: Ledger) -> bool:
    """Whether it is of several files, or an address may stand for several."""
    source = Source(ledger.name, ledger.files[0])
    is_pattern = is_in_bucket(source) and any(mark in ledger.name for mark in "*?[")
    return len(ledger.files) > 1 or is_pattern or is_on_cluster(source)


def _lines(ledger: Ledger) -> Iterator[tuple[int, tuple[str, ...]]]:
    with unpacked(Source(ledger.name, ledger.files[0])) as stream:
        head = stream.read(_LOOKED_THROUGH)
    text = head.decode("utf-8-sig", "ignore")
    whole = text if len(head) < _LOOKED_THROUGH else text[: text.rfind("\n") + 1]
    lines = io.StringIO(whole, newline="")
    records = records_of(lines, ledger.delimiter, ledger.name, is_whole=False)
    folders = tuple(partitions_of(ledger.name).values())
    for line, cells in islice(records, ledger.skip, None):
        yield line, (*cells, *folders)
