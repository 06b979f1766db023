"""The commands as functions: the same names, the same words for flags, the same answers.

A source is a path, a folder, a pattern, `-`, bytes or a binary stream, a data
frame, or a table that `load` gave; nothing is the built-in table. Everything
is computed by the rooms the command line asks, and nothing is printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, Unpack

from budgetcli.api.answers import Report, Table
from budgetcli.api.keywords import (
    Aiming,
    Asking,
    Grouping,
    Number,
    Reading,
    Sorting,
    day_of,
    understood,
    with_keywords,
)
from budgetcli.api.sources import File, From, every, named, one, whole
from budgetcli.asked import line
from budgetcli.errors import MissingExtraError, SourceError, TableError, UserError
from budgetcli.i18n import use_language
from budgetcli.loading import describe_tables, name_of, sources_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "MissingExtraError",
    "Report",
    "SourceError",
    "Table",
    "TableError",
    "UserError",
    "check",
    "compare",
    "convert",
    "forecast",
    "from_frame",
    "lagging",
    "load",
    "load_all",
    "pefa",
    "programmes",
    "show",
    "summary",
    "tables",
    "trend",
    "use_language",
]


@with_keywords(Reading)
def load(*sources: From, **said: Unpack[Reading]) -> Table:
    """The budget table of the sources; of several dates the latest. Raises UserError."""
    loading, _ = understood("load", Reading, said)
    return Table(*one(sources, loading))


@with_keywords(Reading)
def load_all(*sources: From, **said: Unpack[Reading]) -> list[Table]:
    """One table a date and fiscal year, oldest first. Raises UserError."""
    loading, _ = understood("load_all", Reading, said)
    return [Table(*table) for table in every(sources, loading)]


@with_keywords(Reading)
def from_frame(frame: pd.DataFrame, **said: Unpack[Reading]) -> Table:
    """The budget table of a data frame of one's own.

    Amounts are int, Int64, Decimal or text; NaN and NA are unknown, never 0.
    Raises TableError for a float that is not exactly the amount it shows.
    """
    return load(frame, **said)


@with_keywords(Asking)
def summary(*sources: From, **said: Unpack[Asking]) -> Report:
    """Where every division stands. Raises UserError."""
    from budgetcli.analysis.summary import summary as ask

    loading, question = understood("summary", Asking, said)
    return Report(*ask(one(sources, loading), question))


@with_keywords(Asking)
def lagging(
    *sources: From, below: Number | None = None, chronic: bool = False, **said: Unpack[Asking]
) -> Report:
    """Who is strictly below the line, the worst first; `verdict` is whether anybody is.

    `chronic`: who is always late, over several years' tables. Raises UserError.
    """
    from budgetcli.analysis.chronic import chronic as ask_years
    from budgetcli.analysis.lagging import lagging as ask

    loading, question = understood("lagging", Asking, said)
    drawn = line(None if below is None else str(below), question.target, "below")
    question = question._replace(target=drawn)
    if chronic:
        return Report(*ask_years(every(sources, loading), question))
    return Report(*ask(one(sources, loading), question))


@with_keywords(Asking)
def show(division: str, *sources: From, **said: Unpack[Asking]) -> Report:
    """Everything about one division; a part of its name will do. Raises UserError."""
    from budgetcli.analysis.show import show as ask

    loading, question = understood("show", Asking, said)
    return Report(*ask(one(sources, loading), division, question))


@with_keywords(Asking)
def compare(
    old: From,
    new: From | None = None,
    *,
    from_: date | str | None = None,
    to: date | str | None = None,
    **said: Unpack[Asking],
) -> Report:
    """What changed between two tables, or between two dates of one source. Raises UserError."""
    from budgetcli.analysis.compare import compare as ask
    from budgetcli.analysis.compare_dates import two_of

    loading, question = understood("compare", Asking, said)
    days = day_of(from_, "from_"), day_of(to, "to")
    if new is None:
        found = every([old], loading)
        return Report(*ask(*two_of(found, days, found[-1].source), question))
    before, after = (
        one([source], loading._replace(as_of=at or loading.as_of))
        for source, at in zip((old, new), days, strict=True)
    )
    return Report(*ask(before, after, question))


@with_keywords(Asking)
def trend(*sources: From, wide: bool = False, long: bool = False, **said: Unpack[Asking]) -> Report:
    """How rates moved from date to date. Raises UserError."""
    from budgetcli.analysis.trend import trend as ask

    loading, question = understood("trend", Asking, said)
    form: Literal["overview", "wide", "long"] = "long" if long else "wide" if wide else "overview"
    return Report(*ask(every(sources, loading), question, form))


@with_keywords(Aiming)
def forecast(
    *sources: From,
    history: From | list[From] | None = None,
    backtest: bool = False,
    **said: Unpack[Aiming],
) -> Report:
    """The year's end by scenarios; `backtest`: how near they would have been. Raises UserError."""
    loading, question = understood("forecast", Aiming, said)
    given = history if isinstance(history, list) else [] if history is None else [history]
    past = every(given, loading._replace(as_of=None)) if given else []
    found = every(sources, loading)
    if backtest:
        from budgetcli.analysis.backtest import backtest as test

        return Report(*test(found, question, past))
    from budgetcli.analysis.forecast import forecast as ask

    return Report(*ask(found, question, past))


@with_keywords(Sorting)
def check(*sources: From, all: bool = False, **said: Unpack[Sorting]) -> Report:
    """What does not add up (검산); `verdict` is whether something is wrong. Raises UserError.

    Of a report the claims of its text too; `all`: with those that are right or cannot be told.
    """
    from budgetcli.analysis.audit import audit
    from budgetcli.analysis.check import check as ask

    loading, question = understood("check", Sorting, said)
    loaded = whole(sources, loading)
    return Report(*ask(loaded.table, question, audit(*loaded, everything=all)))


@with_keywords(Sorting)
def pefa(
    *sources: From,
    indicative: bool = False,
    contingency: Sequence[str] = (),
    interest: Sequence[str] = (),
    **said: Unpack[Sorting],
) -> Report:
    """PEFA PI-1.1, PI-2.1, PI-2.2 and PI-2.3 over three years' tables. Raises UserError."""
    from budgetcli.analysis.pefa import pefa as ask
    from budgetcli.analysis.pefa_indicators import CONTINGENCY, INTEREST, Method

    loading, question = understood("pefa", Sorting, said)
    method = Method(indicative, tuple(contingency) or CONTINGENCY, tuple(interest) or INTEREST)
    return Report(*ask(every(sources, loading), question, method))


@with_keywords(Grouping)
def programmes(*reports: File, **said: Unpack[Grouping]) -> Report:
    """Every programme that reports tell of, or what they come to `by` chapter or division.

    Raises UserError.
    """
    from budgetcli.analysis.programmes import programmes as ask

    loading, question = understood("programmes", Grouping, said)
    loaded = whole(reports, loading)
    return Report(*ask(loaded.documents, loaded.table, question.by))


@with_keywords(Grouping)
def tables(*files: File, **said: Unpack[Grouping]) -> Report:
    """Which tables are in the documents, what each would be read as, how many groups `by` gives.

    Raises UserError.
    """
    from budgetcli.analysis.document import document

    loading, question = understood("tables", Grouping, said)
    sources = sources_of([named(file) for file in files])
    found = [
        table
        for source in sources
        for _, described in describe_tables(source, loading)
        for table in described
    ]
    return Report(*document(found, ", ".join(map(name_of, sources)), question.by))


@with_keywords(Grouping)
def convert(*sources: From, provenance: bool = False, **said: Unpack[Grouping]) -> Report:
    """The clean table: names, exact amounts and printed rates, row by row, or added up `by`.

    Raises UserError.
    """
    from budgetcli.analysis.canonical import converted

    loading, question = understood("convert", Grouping, said)
    return Report(*converted(one(sources, loading), provenance=provenance, by=question.by))
