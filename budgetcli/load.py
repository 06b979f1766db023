"""The front door: names the user typed to one budget table, for the commands and for Python.

Finds the sources, lets readers and recognition do their work, and chooses
among what they found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from budgetcli.errors import TableError, UserError
from budgetcli.i18n import Sentence, say
from budgetcli.model import BudgetTable, Evidence, RawTable
from budgetcli.readers import ReadOptions, Source, read
from budgetcli.readers.find import find_sources
from budgetcli.recognise.join import join, select
from budgetcli.recognise.names import key
from budgetcli.recognise.table import Hints, recognise

_WANTED = ("budget", "spent")


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """Everything the user may say about the sources; the defaults mean: find out.

    `table` is a table's number in the document or a part of its title;
    `columns` maps field keys to a header's text or #N; `where` pairs a
    column with shell patterns, one of which must fit.
    """

    table: str | None = None
    sheet: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    has_header: bool = True
    unit: str | None = None
    as_of: date | None = None
    encoding: str | None = None
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def hints(self) -> Hints:
        """What recognition needs to know of them."""
        return Hints(self.columns, self.has_header, self.unit, self.as_of)


def load(*names: str | Path, options: LoadOptions = LoadOptions()) -> BudgetTable:
    """The latest budget table of one or several sources; without a name, the built-in one.

    Several sources of one date are parts of one table; of several dates the
    last is taken, and that is said. Raises SourceError and TableError.
    """
    snapshots = load_all(*names, options=options)
    last = snapshots[-1]
    if len(snapshots) > 1:
        others = ", ".join(str(other.as_of or "?") for other in snapshots[:-1])
        said = say("several dates: {day} was taken, not {others}", day=last.as_of, others=others)
        last = replace(last, evidence=(*last.evidence, Evidence("as_of", said, aloud=True)))
    return last


def load_all(*names: str | Path, options: LoadOptions = LoadOptions()) -> list[BudgetTable]:
    """One budget table an as-of date, oldest first; what has no date comes first."""
    sources = [source for name in names or (None,) for source in find_sources(name)]
    by_date: dict[date | None, list[BudgetTable]] = {}
    for source in sources:
        for table in load_source(source, options):
            by_date.setdefault(table.as_of, []).append(table)
    days = sorted(by_date, key=lambda day: day or date.min)
    return [select(join(by_date[day]), options.where) for day in days]


def load_source(source: Source, options: LoadOptions) -> list[BudgetTable]:
    """The budget tables of one source, one a date and member. Raises SourceError, TableError."""
    raws = read(source, ReadOptions(encoding=options.encoding, sheet=options.sheet))
    members: dict[str, list[RawTable]] = {}
    for raw in raws:
        members.setdefault(raw.source, []).append(raw)
    if not members:
        raise TableError(
            say("no table was found in it"),
            where=source.name,
            next=say("name a file that holds a table"),
        )
    return [table for found in members.values() for table in _choose(found, options)]


def _choose(raws: Sequence[RawTable], options: LoadOptions) -> Sequence[BudgetTable]:
    """The budget table among a document's tables: the one asked for, or the only one there is."""
    wanted = [raw for raw in raws if _is_called(raw, options.table)]
    if len(wanted) == 1:
        return recognise(wanted[0], options.hints)
    where = raws[0].source
    if not wanted:
        raise _no_such_table(raws, options.table or "")
    found = [tables for raw in wanted if (tables := _budget_tables(raw, options.hints))]
    if len(found) == 1:
        chosen = found[0][0].place
        said = Evidence("table", say("table {place}, the only budget table", place=chosen))
        return [replace(table, evidence=(said, *table.evidence)) for table in found[0]]
    what = (
        say("none of its {count} tables has a budget and spending column", count=len(wanted))
        if not found
        else say("{count} of its tables are budget tables", count=len(found))
    )
    listed = tuple(_describe(raw) for raw in wanted[:12])
    raise TableError(what, where=where, seen=listed, next=say("name one: --table N"))


def _budget_tables(raw: RawTable, hints: Hints) -> tuple[BudgetTable, ...]:
    """Its budget tables; none where it is another kind of table."""
    try:
        tables = recognise(raw, hints)
    except UserError:
        return ()
    return tables if all(tables[0].has(name) for name in _WANTED) else ()


def _is_called(raw: RawTable, wanted: str | None) -> bool:
    if wanted is None:
        return True
    if wanted.isdigit():
        return raw.number == int(wanted)
    texts = (raw.sheet or "", *raw.before, *(cell for row in raw.rows[:3] for cell in row))
    return any(key(wanted) in key(text) for text in texts)


def _no_such_table(raws: Sequence[RawTable], wanted: str) -> TableError:
    return TableError(
        say("there is no table {wanted!r} among its {count}", wanted=wanted, count=len(raws)),
        where=raws[0].source,
        seen=tuple(_describe(raw) for raw in raws[:12]),
        next=say("name one by its number: --table N"),
    )


def _describe(raw: RawTable) -> Sentence:
    head = next((" | ".join(filter(None, row)) for row in raw.rows if any(row)), "")
    return say("table {number}: {head}", number=raw.number, head=head[:70])
