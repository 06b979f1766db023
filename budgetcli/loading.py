"""The front door: names the user typed to one budget table, for the commands and for Python.

Finds the sources, lets readers and recognition do their work, and keeps
apart what is of different dates and years.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from os import PathLike
from types import MappingProxyType
from typing import NamedTuple, TypeAlias, TypeVar

from budgetcli.errors import NoTableError, TableError, UserError
from budgetcli.i18n import Sentence, say
from budgetcli.model import BudgetTable, Document, Evidence, RawTable
from budgetcli.progress import Progress, silent
from budgetcli.readers import ReadOptions, Source, read, read_texts
from budgetcli.readers.find import find_sources
from budgetcli.readers.skipped import said_of
from budgetcli.recognise.choice import UndecidedError
from budgetcli.recognise.document import Description, choose, describe
from budgetcli.recognise.join import fitting, join, select
from budgetcli.recognise.sections import split_document
from budgetcli.recognise.synonyms import OwnWords
from budgetcli.recognise.table import Hints
from budgetcli.rollup.choice import MOST_HELD, rolls_up, size_of

__all__ = [
    "Description",
    "LoadOptions",
    "describe_all",
    "describe_tables",
    "load",
    "load_all",
    "load_report",
    "load_source",
]

_NAMED = 5
_YEAR = "fiscal_year"
Moment = tuple[int, date]
_Found = TypeVar("_Found")
# bytes with a name; a table that was never a file; a document that was read already
Origin: TypeAlias = "Source | RawTable | Document"
# a path, a folder, a pattern, - or nothing; what was found already
Name: TypeAlias = "str | PathLike[str] | Origin | None"


class LoadOptions(NamedTuple):
    """Everything the user may say about the sources; the defaults mean: find out.

    `table` is a table's number in the document or a part of its title;
    `columns` maps field keys to a header's text or #N; `where` pairs a
    column with shell patterns, one of which must fit. `by` is what the
    question will group by: only with `fiscal_year` in it are rows of several
    years kept together. `words` are the user's own for columns, and
    `usual_unit` holds where a table states none: both are settings. `progress`
    is told how far long work has come. `engine` says whether the sources are
    held in memory, or rolled up: auto, memory, duckdb or spark, on the machines
    `spark_master` names; with `rows` the question is about single rows, which
    are held as long as they fit. Of what `parts_of` may name, rows are kept
    apart by programme. With `only_last` the tables of other dates may lack their
    rows: they are named, and not shown. `unread` is told of each source that cannot be read, and
    the rest is read; without it the first such ends all.
    """

    table: str | None = None
    sheet: str | None = None
    columns: Mapping[str, str] = MappingProxyType({})
    has_header: bool = True
    unit: str | None = None
    as_of: date | None = None
    encoding: str | None = None
    where: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    by: tuple[str, ...] = ()
    words: OwnWords = ()
    usual_unit: str | None = None
    plan: str | None = None
    actual: str | None = None
    measures: bool = False
    progress: Progress = silent
    engine: str = "auto"
    spark_master: str = "local[*]"
    rows: bool = False
    parts_of: str | None = None
    unread: Callable[[UserError], None] | None = None
    only_last: bool = False

    @property
    def hints(self) -> Hints:
        """What recognition needs to know of them."""
        return Hints(
            self.columns,
            self.has_header,
            self.unit,
            self.as_of,
            _YEAR in self.by,
            self.words,
            self.usual_unit,
            self.plan,
            self.actual,
            self.measures,
        )

    @property
    def reading(self) -> ReadOptions:
        """What readers need to know of them."""
        return ReadOptions(self.encoding, self.sheet, self.progress)


class Loaded(NamedTuple):
    """What a report holds: its budget table, or why it has none, and every document's all."""

    table: BudgetTable | None
    documents: tuple[Document, ...] = ()
    problem: TableError | None = None


def load(*names: Name, options: LoadOptions = LoadOptions()) -> BudgetTable:
    """The latest budget table of one or several sources; without a name, the built-in one.

    Several sources of one date are parts of one table; of several dates or
    fiscal years the last is taken, and that is said; one that lacks the
    budget or the spending gives way to one that has both. Raises SourceError
    and TableError.
    """
    return latest(load_all(*names, options=options._replace(only_last=True)), options)


def latest(snapshots: Sequence[BudgetTable], options: LoadOptions) -> BudgetTable:
    """The last of several snapshots that has both budget and spending, the others named."""
    if _YEAR in options.by:
        return join([table for table in snapshots if table.as_of == snapshots[-1].as_of])
    complete = [table for table in snapshots if table.has("budget") and table.has("spent")]
    taken = (complete or snapshots)[-1]
    others = [table for table in snapshots if table is not taken]
    if not others:
        return taken
    return taken._replace(evidence=(*taken.evidence, _passed_over(taken, others)))


def load_all(*names: Name, options: LoadOptions = LoadOptions()) -> list[BudgetTable]:
    """One budget table an as-of date and fiscal year, oldest first; what has no date comes first.

    Raises SourceError and TableError.
    """
    return snapshots(_tables(sources_of(names), options), options)


def snapshots(tables: Sequence[BudgetTable], options: LoadOptions) -> list[BudgetTable]:
    """Tables of one date and year joined, only their rows that were asked for, oldest first."""
    by_moment: dict[Moment, list[BudgetTable]] = {}
    for table in tables:
        by_moment.setdefault(moment_of(table), []).append(table)
    joined = [join(by_moment[moment]) for moment in sorted(by_moment)]
    kept = [rest for table in joined if (rest := fitting(table, options.where))]
    # where nothing fits, the last table says so
    return kept or [select(joined[-1], options.where)]


def sources_of(names: Sequence[Name]) -> list[Origin]:
    """What the names stand for; without a name, the built-in table. Raises SourceError."""
    found: list[Origin] = []
    for name in names or (None,):
        found += [name] if isinstance(name, Source | RawTable | Document) else find_sources(name)
    return found


def _tables(sources: Sequence[Origin], options: LoadOptions) -> list[BudgetTable]:
    """The tables of all sources. Among several, --as-of chooses by the dates they state."""
    named = [source for source in sources if isinstance(source, Source)]
    if _is_whole(sources, options) and rolls_up(named, options.engine, rows=options.rows):
        tables = _rolled_up(named, options)
        return [_not_by_row(table) for table in tables] if options.rows else tables
    if options.as_of is None or len(sources) < 2:
        return _all(sources, options)
    own = _tables(sources, options._replace(as_of=None))
    stated = {table.as_of for table in own if table.as_of}
    if stated <= {options.as_of}:
        return _all(sources, options)
    if options.as_of in stated:
        return [table for table in own if table.as_of == options.as_of]
    raise no_such_day(sources, options.as_of, stated)


def no_such_day(sources: Sequence[Origin], wanted: date, stated: Collection[date]) -> TableError:
    """None of the sources holds rows of the day that was asked for."""
    return TableError(
        say("it holds no rows of {day}", day=wanted),
        where=names_of(sources),
        seen=(say("dates: {days}", days=", ".join(map(str, sorted(stated)[-12:]))),),
        why=say("rows of another day would answer another question"),
        next=say("take one of these for --as-of"),
    )


def streams(sources: Sequence[Origin], options: LoadOptions) -> bool:
    """Whether single rows of a ledger are asked for that are too many to be held.

    Raises SourceError.
    """
    files = [source for source in sources if isinstance(source, Source)]
    if not _is_whole(sources, options) or options.engine == "spark":
        return False
    if not rolls_up(files, options.engine, rows=True):
        return False
    from budgetcli.rollup.ledger import is_read_here

    return all(map(is_read_here, files))


def _is_whole(sources: Sequence[Origin], options: LoadOptions) -> bool:
    """Whether files are read, and not a table of them or what was read before."""
    is_all = options.table is None and options.sheet is None
    return is_all and all(isinstance(source, Source) for source in sources)


def _not_by_row(table: BudgetTable) -> BudgetTable:
    """That rows were asked for, and groups of them are what is looked at, is told."""
    if all(row.merged == 1 for row in table.rows):
        return table
    said = say("its rows were added up and not looked at one by one (--engine memory does)")
    return table._replace(evidence=(*table.evidence, Evidence("rollup", said, aloud=True)))


def _rolled_up(sources: Sequence[Source], options: LoadOptions) -> list[BudgetTable]:
    """The tables of a ledger; held in memory where its rows must be seen in their order."""
    from budgetcli.rollup.run import NotALedgerError, Wanted, roll_up

    # which date is the last that has rows to choose, these tell
    only_last = options.only_last and not options.where
    wanted = Wanted(options.hints, options.by, tuple(options.where), options.parts_of, only_last)
    try:
        master = options.spark_master if options.engine == "spark" else None
        return roll_up(sources, options.reading, wanted, master)
    except NotALedgerError as problem:
        if options.engine == "auto" and size_of(sources) <= MOST_HELD:
            return _tables(sources, options._replace(engine="memory"))
        raise TableError(
            say("it cannot be rolled up: {reason}", reason=problem.reason),
            where=names_of(sources),
            why=say("an engine adds rows up in no order, and would count such rows wrongly"),
            next=say("hold it in memory: --engine memory"),
        ) from None


def _all(sources: Sequence[Origin], options: LoadOptions) -> list[BudgetTable]:
    tables, skipped = _each(sources, options, lambda source: load_source(source, options))
    return [table._replace(evidence=(*table.evidence, *skipped)) for table in tables]


def _each(
    sources: Sequence[Origin],
    options: LoadOptions,
    work: Callable[[Origin], list[_Found]],
) -> tuple[list[_Found], list[Evidence]]:
    """What each source gives in turn, and what is to be said of those that were skipped.

    Skipped is what nobody named, a folder's or a pattern's file, and in which
    nothing reads as a table. Of several, how many are done is told.
    """
    found: list[_Found] = []
    skipped: dict[Source, NoTableError] = {}
    unread: list[UserError] = []
    for done, source in enumerate(sources):
        total = len(sources) if len(sources) > 1 else None
        options.progress(say("{name}: being read", name=name_of(source)), done, total)
        try:
            found += work(source)
        except NoTableError as problem:
            if not isinstance(source, Source) or source.found_in is None:
                raise
            skipped[source] = problem
        except UserError as problem:
            if options.unread is None:
                raise
            options.unread(problem)
            unread.append(problem)
    if unread and not found:
        raise unread[0]
    return found, said_of(skipped, sources)


def load_source(source: Origin, options: LoadOptions) -> list[BudgetTable]:
    """The budget tables of one source, one a date, year and member.

    Raises SourceError and TableError.
    """
    members = _members(source, options)
    options.progress(say("{name}: being recognised", name=name_of(source)), 0, None)
    return [table for found in members for table in choose(found, options.table, options.hints)]


def load_report(*names: Name, options: LoadOptions = LoadOptions()) -> Loaded:
    """The budget table of the sources and, of formats with running text, all they hold.

    Where documents have no budget table, and none was asked for, that is no
    error: the table is then that of what lies beside them. Raises SourceError
    and TableError.
    """
    found = [part for source in sources_of(names) for part in _parts_of(source, options)]
    documents = tuple(source for source in found if isinstance(source, Document))
    try:
        return Loaded(load(*found, options=options), documents)
    except TableError as problem:
        if options.table or options.columns or options.where or not documents:
            raise
        rest = [source for source in found if _may_hold_budget(source, options)]
        if not rest:
            return Loaded(None, documents, problem)
        if len(rest) == len(found):
            raise
        return Loaded(load(*rest, options=options), documents)


def _may_hold_budget(source: Origin, options: LoadOptions) -> bool:
    """Not so a document without a budget table: its text is checked, its tables are others."""
    if not isinstance(source, Document):
        return True
    try:
        return bool(load_source(source, options))
    except UndecidedError:
        raise  # the user decides, and nothing is left out in silence
    except TableError:
        return False


def _parts_of(source: Origin, options: LoadOptions) -> list[Origin]:
    """The documents in a source, each for itself; what has no running text stays as it is."""
    if not isinstance(source, Source):
        return [source]
    options.progress(say("{name}: being read", name=source.name), 0, None)
    try:
        parts = read_texts(source, options.reading)
    except NoTableError:  # of what is no format that can be read, loading tells
        return [source]
    return [_split(part, options) for part in parts] or [source]


def _split(part: Document | RawTable, options: LoadOptions) -> Document | RawTable:
    if isinstance(part, RawTable):
        return part
    return part._replace(tables=tuple(split_document(part.tables, options.words)))


def describe_tables(
    source: Origin, options: LoadOptions = LoadOptions()
) -> list[tuple[str, list[Description]]]:
    """What every table of a source is, by member of an archive (else one). Raises SourceError."""
    return [
        (found[0].source, describe(found, options.hints)) for found in _members(source, options)
    ]


def describe_all(
    sources: Sequence[Origin], options: LoadOptions = LoadOptions()
) -> tuple[list[Description], list[Evidence]]:
    """What every table of all sources is, and which files were skipped. Raises SourceError."""

    def described(source: Origin) -> list[Description]:
        return [one for _, tables in describe_tables(source, options) for one in tables]

    return _each(sources, options, described)


def names_of(sources: Sequence[Origin]) -> str:
    """The first ones' names."""
    return ", ".join(map(name_of, sources[:_NAMED]))


def name_of(source: Origin) -> str:
    """What the user knows it by."""
    return source.name if isinstance(source, Source) else source.source


def _members(source: Origin, options: LoadOptions) -> list[list[RawTable]]:
    """A source's raw tables, those of each member of an archive apart."""
    members: dict[str, list[RawTable]] = {}
    for raw in _raw_tables(source, options):
        members.setdefault(raw.source, []).append(raw)
    if not members:
        raise NoTableError(
            say("no table was found in it"),
            where=name_of(source),
            why=say("without a table there are no figures to analyse"),
            next=say("name a file that holds a table"),
        )
    return [split_document(found, options.words) for found in members.values()]


def _raw_tables(source: Origin, options: LoadOptions) -> Sequence[RawTable]:
    if isinstance(source, Source):
        return read(source, options.reading)
    return source.tables if isinstance(source, Document) else [source]


def moment_of(table: BudgetTable) -> Moment:
    """What tables must share to be parts of one: fiscal year (else the date's) and date."""
    year = table.fiscal_year or (table.as_of.year if table.as_of else 0)
    return year, table.as_of or date.min


def _passed_over(taken: BudgetTable, others: Sequence[BudgetTable]) -> Evidence:
    """Which date or year was taken, of which."""
    if any(other.as_of != taken.as_of for other in others):
        days = ", ".join(str(other.as_of or "?") for other in others)
        said = say("several dates: {day} was taken, not {others}", day=taken.as_of, others=days)
        return Evidence("as_of", said, aloud=True)
    return Evidence("fiscal_year", _years(taken, others), aloud=True)


def _years(taken: BudgetTable, others: Sequence[BudgetTable]) -> Sentence:
    return say(
        "several fiscal years: {year} was taken, not {others}"
        " (another: --where fiscal_year=YEAR; all: --by fiscal_year)",
        year=taken.fiscal_year or "?",
        others=", ".join(str(other.fiscal_year or "?") for other in others),
    )
