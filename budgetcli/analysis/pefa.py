"""`pefa`: can the original budget be believed? PI-1.1, PI-2.1, PI-2.2 and PI-2.3 of three years.

The page: scores, the intermediate table, what was left out. What does not fit the method is
refused, or stands in the title. The indicators are `pefa_indicators`'.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from budgetcli.analysis.aims import require
from budgetcli.analysis.context import context_of
from budgetcli.analysis.noticed import left_out
from budgetcli.analysis.order import sorted_rows
from budgetcli.analysis.pefa_indicators import (
    Indicator,
    Method,
    Reader,
    aggregate,
    by_head,
    by_type,
    contingency,
    heads_of,
    names_of,
)
from budgetcli.analysis.question import Question
from budgetcli.analysis.years import Year, consecutive, sources, spoken, undated, unspent, years_of
from budgetcli.errors import UserError
from budgetcli.fields import FIELDS, Kind
from budgetcli.i18n import Sentence, say, say_count
from budgetcli.model import BudgetTable, Finding, Severity
from budgetcli.report import Column, Quantity, Report

SPAN = 3
_RANKS = {"adjusted": 3, "spent": 1, "deviation": 2, "result": 0, "score": 0, "where": 9}


def pefa(
    tables: Sequence[BudgetTable], question: Question = Question(), method: Method = Method()
) -> Report:
    """The indicators of the last three years. Raises UserError where the method does not fit.

    With `indicative` it is done all the same, and the title says why it is
    no PEFA score. Raises TableError where a column is missing.
    """
    every = years_of(tables, question)
    years = every[-SPAN:]
    base = _base(years)
    misfits = _misfits(years, base)
    if misfits and not method.indicative:
        raise _refused(misfits, years)
    by = question.by or heads_of(years[-1].table)
    reader = Reader(base, by, max(year.table.scale for year in years), method)
    found = [aggregate(years, reader), by_head(years, reader), by_type(years, reader)]
    found.append(contingency(years, reader))
    rows = [row for indicator in found for row in indicator.rows]
    context = context_of(years[-1].table, question)
    return Report(
        name="pefa",
        columns=_columns(base),
        rows=sorted_rows(rows, question),
        context=context._replace(
            source=sources(years), scale=reader.scale, title=_title(misfits), table=None
        ),
        findings=(*_unknown(years, base), *unspent(tables, every, question), *undated(years)),
        headline=tuple(_headline(found, years, reader, every)),
        extra=_extra(found, years, reader, misfits),
    )


def _base(years: Sequence[Year]) -> str:
    """The original budget, else the current one, which does not fit. Raises TableError."""
    for year in years:
        require(year.table, "spent")
    if all(year.table.has("original") for year in years):
        return "original"
    for year in years:
        if not year.table.has("budget"):
            require(year.table, "original")
    return "budget"


def _misfits(years: Sequence[Year], base: str) -> list[Sentence]:
    """What keeps these tables from being what the method asks for."""
    found = []
    if len(years) < SPAN:
        found.append(
            say_count(
                "{count} year, where three are needed",
                "{count} years, where three are needed",
                len(years),
            )
        )
    if not consecutive([year.year for year in years]):
        found.append(say("a year is missing between {years}", years=_listed(years)))
    if running := [year for year in years if not year.closed]:
        found.append(say("the year is not over: {days}", days=_days(running)))
    if base != "original":
        found.append(say("the current budget, where the original one is needed"))
    return found


def _days(years: Sequence[Year]) -> str:
    return ", ".join(str(year.table.as_of) for year in years)


def _listed(years: Sequence[Year]) -> str:
    return spoken([year.year for year in years])


def _refused(misfits: Sequence[Sentence], years: Sequence[Year]) -> UserError:
    return UserError(
        say("the method of PEFA does not fit these tables"),
        where=sources(years),
        seen=tuple(misfits),
        why=say("a score would say what was not measured"),
        next=say("name the year-end tables of three years, or ask for --indicative"),
    )


def _title(misfits: Sequence[Sentence]) -> str:
    title = say("PEFA PI-1 and PI-2")
    if misfits:
        reasons = "; ".join(map(str, misfits))
        title = say("PEFA PI-1 and PI-2, indicative only: {reasons}", reasons=reasons)
    return str(title)


def _columns(base: str) -> tuple[Column, ...]:
    first = [
        Column("indicator", Kind.TEXT),
        Column("fiscal_year", Kind.TEXT),
        Column("division", Kind.NAME),
        Column(base, Kind.MONEY, 1),
    ]
    return (*first, *(Column(name, FIELDS[name].kind, rank) for name, rank in _RANKS.items()))


def _headline(
    found: Iterable[Indicator], years: Sequence[Year], reader: Reader, every: Sequence[Year]
) -> Iterator[Sentence]:
    """Each indicator's score and yearly results, then what was left out."""
    for indicator in found:
        yield _said(indicator)
    for label, patterns in (
        (say("contingency, left out of composition"), reader.method.contingency),
        (say("debt interest, left out of PI-2.1"), reader.method.interest),
    ):
        yield say(
            "{what}: {names}", what=label, names=names_of(years, patterns) or say("none found")
        )
    if len(every) > len(years):
        yield say("the last three years of {years}", years=_listed(every))


def _said(indicator: Indicator) -> Sentence:
    told = {"indicator": indicator.name, "title": indicator.title}
    if indicator.why:
        return say("{indicator} {title}: not scored: {why}", **told, why=indicator.why)
    told["score"] = indicator.score or say("not scored")
    if indicator.mean is not None:
        mean = Quantity(indicator.mean, Kind.RATE)
        return say("{indicator} {title}: {score} (mean {mean} %)", **told, mean=mean)
    texts = (
        say("{indicator} {title}: {score} ({first} %)"),
        say("{indicator} {title}: {score} ({first} %, {second} %)"),
        say("{indicator} {title}: {score} ({first} %, {second} %, {third} %)"),
    )
    names = ("first", "second", "third")
    results = {
        name: Quantity(value, Kind.RATE)
        for name, value in zip(names, indicator.results, strict=False)
    }
    return texts[len(results) - 1]._replace(values={**told, **results})


def _unknown(years: Sequence[Year], base: str) -> Iterator[Finding]:
    """Rows without an amount are in no sum: a score over them is not to be trusted."""
    for year in years:
        yield from left_out(year.table, (base, "spent"), Severity.WARNING)


def _extra(
    found: Iterable[Indicator],
    years: Sequence[Year],
    reader: Reader,
    misfits: Sequence[Sentence],
) -> dict[str, object]:
    """The scores by themselves, for programs."""
    return {
        "indicators": [
            {
                "indicator": indicator.name,
                "score": indicator.score,
                "results": [*indicator.results],
                "mean": indicator.mean,
                "why": str(indicator.why) if indicator.why else None,
            }
            for indicator in found
        ],
        "years": [year.year for year in years],
        "indicative": [str(misfit) for misfit in misfits],
        "left_out": {
            "contingency": names_of(years, reader.method.contingency),
            "interest": names_of(years, reader.method.interest),
        },
    }
