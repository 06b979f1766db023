"""Which of a document's tables is the budget table, and what each of them is."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from budgetcli.errors import TableError
from budgetcli.i18n import Sentence, say
from budgetcli.model import BudgetTable, Evidence, MappedColumn, Measure, Place, RawTable, Unit
from budgetcli.recognise.bands import find_bands
from budgetcli.recognise.columns import UndecidedError
from budgetcli.recognise.facts import caption_lines, find_title
from budgetcli.recognise.grid import make_grid
from budgetcli.recognise.headers import read_cell
from budgetcli.recognise.names import fold, key
from budgetcli.recognise.synonyms import REVENUE_COLUMNS, REVENUE_TITLES, SPENDING_TITLES
from budgetcli.recognise.table import Hints, recognise
from budgetcli.recognise.turned import turn

if TYPE_CHECKING:
    from budgetcli.recognise.plans import Plan

_WANTED = ("budget", "spent")
_LISTED = 12
_HEAD_CELLS = 70


class Description(NamedTuple):
    """One table of a document: where it stands, how large it is, what it is read as.

    `columns` are empty and `problem` says why where it could not be read as
    a table of amounts; `is_budget` says that budget and spending are known;
    `evidence` is what was inferred on the way, `table` the last of its dates as it was read.
    """

    number: int
    title: str | None
    place: Place
    rows: int
    width: int
    unit: Unit | None = None
    as_of: date | None = None
    fiscal_year: int | None = None
    columns: tuple[MappedColumn, ...] = ()
    is_budget: bool = False
    problem: Sentence | None = None
    evidence: tuple[Evidence, ...] = ()
    measure: Measure | None = None
    table: BudgetTable | None = None


class _Read(NamedTuple):
    """A raw table with its budget tables, or with what kept it from being read."""

    raw: RawTable
    tables: tuple[BudgetTable, ...] = ()
    problem: TableError | None = None

    @property
    def is_budget(self) -> bool:
        """Whether one of its tables has both columns that every question needs."""
        return self.measure is None and any(map(_is_complete, self.tables))

    @property
    def measure(self) -> Measure | None:
        """What it holds against each other where that is no money."""
        return self.tables[-1].measure if self.tables else None


def _is_complete(table: BudgetTable) -> bool:
    return all(table.has(name) for name in _WANTED)


def choose(raws: Sequence[RawTable], wanted: str | None, hints: Hints) -> tuple[BudgetTable, ...]:
    """The budget tables of a document's one table: that asked for, or the only one there is.

    `wanted` is a table's number or words of its title. Raises TableError
    where there is none, or where several could be meant.
    """
    called = [raw for raw in raws if _is_called(raw, wanted)]
    if not called:
        raise _no_such_table(raws, wanted or "")
    if len(called) == 1:
        return _read(called[0], hints)
    reads = [_try(raw, hints) for raw in called]
    found = [read for read in reads if read.is_budget]
    found = [read for read in found if not _is_revenue(read)] or found
    found = found or [read for read in reads if read.measure]
    if len(found) == 1:
        return _with_reason(found[0].tables)
    undecided = [read.problem for read in reads if isinstance(read.problem, UndecidedError)]
    if not found and undecided:
        raise min(undecided, key=lambda problem: problem.field not in _WANTED)
    raise _none_or_several(reads, found)


def describe(raws: Sequence[RawTable], hints: Hints) -> list[Description]:
    """What each table of a document is, in its order."""
    wide = hints._replace(measures=True)
    return [_description(_try(raw, wide), hints) for raw in raws]


def _try(raw: RawTable, hints: Hints) -> _Read:
    try:
        return _Read(raw, _read(raw, hints))
    except TableError as problem:
        return _Read(raw, problem=problem)


def _read(raw: RawTable, hints: Hints) -> tuple[BudgetTable, ...]:
    """The budget tables of a raw table, else what it holds of a plan and an actual.

    Raises TableError.
    """
    if hints.plan or hints.actual:
        if found := _plan_in(raw, hints):
            return _of_plan(found, hints)
        raise _no_such_measures(raw, hints)
    try:
        tables = recognise(raw, hints)
    except TableError:
        if others := _otherwise(raw, hints):
            return others
        raise
    others = () if any(map(_is_complete, tables)) else _otherwise(raw, hints)
    return others or tables


def _otherwise(raw: RawTable, hints: Hints) -> tuple[BudgetTable, ...]:
    """What a table that is no budget table as it stands is turned, else as a plan; () for none."""
    if tables := _turned(raw, hints):
        return tables
    found = _plan(raw, hints)
    return _of_plan(found, hints) if found else ()


def _turned(raw: RawTable, hints: Hints) -> tuple[BudgetTable, ...]:
    """The budget tables of a table whose fields run down; none where turning makes none."""
    other = turn(raw, hints.words)
    if other is None:
        return ()
    try:
        tables = recognise(other, hints)
    except TableError:
        return ()
    return tables if any(map(_is_complete, tables)) else ()


def _plan(raw: RawTable, hints: Hints) -> "Plan | None":
    """What a table holds that is no budget, where that is wanted and the user maps no columns."""
    return _plan_in(raw, hints) if hints.measures and not hints.columns else None


def _plan_in(raw: RawTable, hints: Hints) -> "Plan | None":
    from budgetcli.recognise.plans import find_plan  # a budget table asks for none

    return find_plan(raw, hints.plan, hints.actual)


def _of_plan(plan: "Plan", hints: Hints) -> tuple[BudgetTable, ...]:
    """Read as a budget table is, each with its own names and unit."""
    tables = recognise(plan.raw, hints._replace(columns={**plan.columns, **hints.columns}))
    return tuple(
        table._replace(
            measure=plan.measure,
            unit=plan.unit or table.unit,
            evidence=tuple(said for said in table.evidence if said.step != "as_of"),
        )
        for table in tables
    )


def _no_such_measures(raw: RawTable, hints: Hints) -> TableError:
    return TableError(
        say(
            "it has no {plan} beside {actual}",
            plan=hints.plan or say("plan"),
            actual=hints.actual or say("actual"),
        ),
        where=str(raw.place()),
        seen=(_listed(raw),),
        why=say("a rate needs both: what was meant to be and what is"),
        next=say("name both as the header does, or by number: --plan COLUMN --actual COLUMN"),
    )


def _description(read: _Read, hints: Hints) -> Description:
    raw = read.raw
    grid = make_grid(raw, hints.words)
    title = find_title(caption_lines(raw, grid, find_bands(grid))) or raw.sheet
    bare = Description(raw.number, title, raw.place(), len(grid.rows), grid.width)
    if read.problem:
        problem = say("{columns}: {problem}", columns=_head(raw), problem=read.problem.what)
        return bare._replace(problem=problem, evidence=raw.evidence)
    last = read.tables[-1]
    return bare._replace(
        unit=last.unit,
        as_of=last.as_of,
        fiscal_year=last.fiscal_year,
        columns=last.columns,
        is_budget=read.is_budget and not _is_revenue(read),
        problem=_problem(read),
        measure=last.measure,
        evidence=last.evidence,
        table=last,
    )


def _problem(read: _Read) -> Sentence | None:
    if _is_revenue(read):
        return say("it is a table of revenue")
    if read.is_budget or read.measure:
        return None
    return say(
        "{columns}: no budget beside spending, no goal beside a result", columns=_head(read.raw)
    )


def _is_revenue(read: _Read) -> bool:
    """Whether its columns or its title speak of what comes in, and not of what is spent."""
    last = read.tables[-1]
    cores = {read_cell(word).core for c in last.columns for word in c.header.split(" › ")}
    title = key(last.title or "")
    named = any(word in title for word in REVENUE_TITLES)
    spending = any(word in title for word in SPENDING_TITLES)
    return (named and not spending) or (bool(cores & REVENUE_COLUMNS) and not read.is_budget)


def _with_reason(tables: Sequence[BudgetTable]) -> tuple[BudgetTable, ...]:
    said = Evidence("table", say("table {place}, the only budget table", place=tables[0].place))
    return tuple(table._replace(evidence=(said, *table.evidence)) for table in tables)


def _none_or_several(reads: Sequence[_Read], found: Sequence[_Read]) -> TableError:
    where = reads[0].raw.source
    if found:
        return TableError(
            say("{count} of its tables are budget tables", count=len(found)),
            where=where,
            seen=tuple(map(_described, found[:_LISTED])),
            why=say("adding them up could count money twice, taking the first could miss it"),
            next=say("name one: {flags}", flags=_flags([read.raw for read in found])),
        )
    return TableError(
        say("none of its {count} tables has a budget and spending column", count=len(reads)),
        where=where,
        seen=tuple(map(_described_as_far, reads[:_LISTED])),
        why=say("a rate needs both: what was given and what was spent"),
        next=_what_lacks(reads),
    )


def _described_as_far(read: _Read) -> Sentence:
    """A table by its head, and what of it was understood."""
    columns = read.tables[-1].columns if read.tables else ()
    known = [f"{column.field}={fold(column.header)}" for column in columns if column.field]
    if not known:
        return _listed(read.raw)
    return say(
        "table {number}: {title} ({columns})",
        number=read.raw.number,
        title=_head(read.raw),
        columns=", ".join(known),
    )


def _what_lacks(reads: Sequence[_Read]) -> Sentence:
    """What to type for the first table of which something is known: only what it lacks.

    Beside a goal, the base that it is a goal for stands in for the budget.
    """
    known = next((read for read in reads if read.tables and _knows_some(read)), None)
    if known is None:
        return say("name one and its columns: --table N --map budget=COLUMN --map spent=COLUMN")
    last, number = known.tables[-1], known.raw.number
    lacks = [name for name in _WANTED if not last.has(name)]
    flags = f"--table {number} " + " ".join(f"--map {name}=COLUMN" for name in lacks)
    if "budget" not in lacks or not last.has("goal"):
        return say("name one and what it lacks: {flags}", flags=flags)
    return say(
        "name one and what it lacks: {flags}; or, where the goal is for a part of the budget"
        " (대상액): {narrow}",
        flags=flags,
        narrow=flags.replace("budget", "eligible"),
    )


def _knows_some(read: _Read) -> bool:
    return any(read.tables[-1].has(name) for name in (*_WANTED, "goal", "committed"))


def _flags(raws: Sequence[RawTable]) -> str:
    """What to type for each of some tables: --table 7, --table 14."""
    more = ", ..." if len(raws) > _LISTED else ""
    return ", ".join(f"--table {raw.number}" for raw in raws[:_LISTED]) + more


def _described(read: _Read) -> Sentence:
    """A budget table by its title, else its head, and by what it is read from."""
    last = [table for table in read.tables if _is_complete(table)][-1]
    columns = [f"{c.field}={fold(c.header)}" for c in last.columns if c.field in _WANTED]
    title = _head(read.raw) if last.title in (None, read.raw.sheet) else str(last.title)
    return say(
        "table {number}: {title} ({columns})",
        number=read.raw.number,
        title=title[:_HEAD_CELLS],
        columns=", ".join(columns),
    )


def _is_called(raw: RawTable, wanted: str | None) -> bool:
    if wanted is None:
        return True
    if wanted.isdecimal():
        return raw.number == int(wanted)
    texts = (raw.sheet or "", *raw.before, *(cell for row in raw.rows[:3] for cell in row))
    return any(key(wanted) in key(text) for text in texts)


def _no_such_table(raws: Sequence[RawTable], wanted: str) -> TableError:
    return TableError(
        say("there is no table {wanted!r} among its {count}", wanted=wanted, count=len(raws)),
        where=raws[0].source,
        seen=tuple(_listed(raw) for raw in raws[:_LISTED]),
        next=say("name one by its number: --table N"),
    )


def _listed(raw: RawTable) -> Sentence:
    return say("table {number}: {head}", number=raw.number, head=_head(raw))


def _head(raw: RawTable) -> str:
    """The first row with text, after its sheet's name."""
    head = next((" | ".join(filter(None, map(fold, row))) for row in raw.rows if any(row)), "")
    return (f"{raw.sheet} › {head}" if raw.sheet else head)[:_HEAD_CELLS]
