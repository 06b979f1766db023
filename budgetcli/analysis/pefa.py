"""`pefa`: can the original budget be believed? PI-1.1, PI-2.1, PI-2.2 and PI-2.3 of three years.

The intermediate table, the scores, and what was left out. What does not fit the method is
refused, or stands in the title. The arithmetic is `pefa_method`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from fractions import Fraction
from typing import NamedTuple

from budgetcli.analysis.aims import require
from budgetcli.analysis.context import context_of
from budgetcli.analysis.noticed import left_out
from budgetcli.analysis.order import sorted_rows
from budgetcli.analysis.pefa_method import (
    Composition,
    Head,
    aggregate_score,
    composition,
    composition_score,
    contingency_score,
    gathered,
    mean_of,
    outturn_rate,
)
from budgetcli.analysis.question import Question
from budgetcli.analysis.standing import default_grouping, groups_of
from budgetcli.analysis.years import Year, consecutive, sources, spoken, undated, years_of
from budgetcli.errors import UserError
from budgetcli.fields import FIELDS, Kind
from budgetcli.i18n import Sentence, say, say_count
from budgetcli.measures import half_up, rate
from budgetcli.model import BudgetTable, Finding, Row, Severity
from budgetcli.recognise.names import key
from budgetcli.report import Column, Quantity, Report, Value

SPAN = 3
ITEM = "item"
CONTINGENCY = ("*예비비*", "*contingen*")
INTEREST = (
    *("*이자상환*", "*차입금이자*", "*채이자*", "*채무이자*"),
    *("interest", "*debt interest*", "*interest on*debt*", "*interest payment*"),
)
_RANKS = {"adjusted": 3, "spent": 1, "deviation": 2, "result": 0, "score": 0, "where": 9}

Line = Mapping[str, Value]


class Method(NamedTuple):
    """What the user may say: shell patterns of names that are contingency, or debt interest."""

    indicative: bool = False
    contingency: tuple[str, ...] = CONTINGENCY
    interest: tuple[str, ...] = INTEREST


class _Indicator(NamedTuple):
    """One dimension: each year's result, its score, its rows; `why` where it has no score."""

    name: str
    title: Sentence
    results: tuple[Fraction | None, ...]
    score: str | None
    rows: tuple[Line, ...]
    why: Sentence | None = None
    mean: Fraction | None = None


class _Reader(NamedTuple):
    """How amounts are taken from the tables: which budget, which heads, in which common grain."""

    base: str
    by: tuple[str, ...]
    scale: int
    method: Method

    def heads(self, table: BudgetTable, by: Sequence[str], leave_out: Sequence[str]) -> list[Head]:
        """The sums by name, without the rows that one of the patterns fits."""
        found = []
        for group in groups_of(table, by):
            rows = [row for row in group.rows if not _fit(row, leave_out)]
            if rows:
                found.append(Head(group.name, *self.sums(table, rows)))
        return found

    def sums(self, table: BudgetTable, rows: Iterable[Row]) -> tuple[int, int]:
        """Σ budget and Σ outturn; what is unknown is left out, and that is a finding."""
        times, listed = 10 ** (self.scale - table.scale), [*rows]
        budget, outturn = (
            times * sum(row.amount(name) or 0 for row in listed) for name in (self.base, "spent")
        )
        return budget, outturn


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
    by = question.by or _heads_of(years[-1].table)
    reader = _Reader(base, by, max(year.table.scale for year in years), method)
    found = [_aggregate(years, reader), _by_head(years, reader), _by_type(years, reader)]
    found.append(_contingency(years, reader))
    rows = [row for indicator in found for row in indicator.rows]
    context = context_of(years[-1].table, question)
    return Report(
        name="pefa",
        columns=_columns(base),
        rows=sorted_rows(rows, question),
        context=context._replace(
            source=sources(years), scale=reader.scale, title=_title(misfits), table=None
        ),
        findings=(*_unknown(years, base), *undated(years)),
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


def _heads_of(table: BudgetTable) -> tuple[str, ...]:
    """Who spends, or for what; line items are economic types, not heads."""
    by = default_grouping(table)
    return () if by == (ITEM,) else by


def _aggregate(years: Sequence[Year], reader: _Reader) -> _Indicator:
    """PI-1.1: everything spent over everything first approved."""
    heads = [Head("", *reader.sums(year.table, year.table.rows)) for year in years]
    results = tuple(outturn_rate([head]) for head in heads)
    score = aggregate_score(results)
    rows = [
        _row("PI-1.1", year, reader, head._replace(name=_total()), result=result, score=score)
        for year, head, result in zip(years, heads, results, strict=True)
    ]
    return _Indicator("PI-1.1", say("aggregate outturn"), results, score, tuple(rows))


def _by_head(years: Sequence[Year], reader: _Reader) -> _Indicator:
    """PI-2.1: without contingency and debt interest."""
    title = say("composition by head")
    if not reader.by:
        return _unscored("PI-2.1", title, say("the tables name no heads"))
    leave_out = (*reader.method.contingency, *reader.method.interest)
    return _composed("PI-2.1", title, years, reader, reader.by, leave_out)


def _by_type(years: Sequence[Year], reader: _Reader) -> _Indicator:
    """PI-2.2: interest included."""
    title = say("composition by economic type")
    if not all(any(ITEM in row.labels for row in year.table.rows) for year in years):
        return _unscored("PI-2.2", title, say("the tables have no line items (통계목)"))
    return _composed("PI-2.2", title, years, reader, (ITEM,), reader.method.contingency)


def _composed(
    name: str,
    title: Sentence,
    years: Sequence[Year],
    reader: _Reader,
    by: Sequence[str],
    leave_out: Sequence[str],
) -> _Indicator:
    others = str(say("all other heads"))
    found = [
        composition(gathered(reader.heads(year.table, by, leave_out), others)) for year in years
    ]
    results = tuple(year.variance for year in found)
    score = composition_score(results)
    rows = [
        row
        for year, composed in zip(years, found, strict=True)
        for row in _year_rows(name, year, reader, composed, score)
    ]
    return _Indicator(name, title, results, score, tuple(rows))


def _year_rows(
    name: str, year: Year, reader: _Reader, composed: Composition, score: str | None
) -> Iterator[Line]:
    """Each head's line, then the year's."""
    for line in composed.lines:
        share = 100 * abs(line.deviation) / line.adjusted if line.adjusted else None
        yield _row(name, year, reader, line.head, line.adjusted, line.deviation, share, "")
    budget, outturn = (
        sum(getattr(line.head, field) for line in composed.lines) for field in ("budget", "outturn")
    )
    adjusted = sum((line.adjusted for line in composed.lines), Fraction(0))
    deviated = sum((abs(line.deviation) for line in composed.lines), Fraction(0))
    total = Head(_total(), budget, outturn)
    yield _row(name, year, reader, total, adjusted, deviated, composed.variance, score)


def _contingency(years: Sequence[Year], reader: _Reader) -> _Indicator:
    """PI-2.3: what was spent from contingency itself, over the whole original budget."""
    title = say("spent from contingency")
    patterns = reader.method.contingency
    if not any(_fit(row, patterns) for year in years for row in year.table.rows):
        why = say("no head is called so (--contingency PATTERN); where there is none, it is an A")
        return _unscored("PI-2.3", title, why)
    spent = [_charged(year, reader) for year in years]
    results = tuple(rate(head.outturn, head.budget) for head in spent)
    mean = mean_of(results)
    score = contingency_score(mean)
    rows = [
        _row("PI-2.3", year, reader, head, result=result, score=score)
        for year, head, result in zip(years, spent, results, strict=True)
    ]
    return _Indicator("PI-2.3", title, results, score, tuple(rows), mean=mean)


def _charged(year: Year, reader: _Reader) -> Head:
    """Contingency's outturn beside the budget of everything."""
    rows = [row for row in year.table.rows if _fit(row, reader.method.contingency)]
    budget, _ = reader.sums(year.table, year.table.rows)
    _, outturn = reader.sums(year.table, rows)
    return Head(str(say("contingency charged")), budget, outturn)


def _unscored(name: str, title: Sentence, why: Sentence) -> _Indicator:
    return _Indicator(name, title, (), None, (), why)


def _fit(row: Row, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(key(name), key(p)) for name in row.labels.values() for p in patterns)


def _total() -> str:
    return str(say("total"))


def _row(
    indicator: str,
    year: Year,
    reader: _Reader,
    head: Head,
    adjusted: Fraction | None = None,
    deviation: Fraction | None = None,
    result: Fraction | None = None,
    score: str | None = None,
) -> Line:
    """One line; adjusted budgets and deviations to the smallest unit, for the eye alone."""
    return {
        "indicator": indicator,
        "fiscal_year": year.year,
        "division": head.name,
        reader.base: head.budget,
        "adjusted": _rounded(adjusted),
        "spent": head.outturn,
        "deviation": _rounded(deviation),
        "result": result,
        "score": score,
        "where": str(year.table.place),
    }


def _rounded(value: Fraction | None) -> int | None:
    return None if value is None else int(half_up(value, 0))


def _columns(base: str) -> tuple[Column, ...]:
    first = [
        Column("indicator", Kind.TEXT),
        Column("fiscal_year", Kind.TEXT),
        Column("division", Kind.NAME),
        Column(base, Kind.MONEY, 1),
    ]
    return (*first, *(Column(name, FIELDS[name].kind, rank) for name, rank in _RANKS.items()))


def _headline(
    found: Iterable[_Indicator], years: Sequence[Year], reader: _Reader, every: Sequence[Year]
) -> Iterator[Sentence]:
    """Each indicator's score and yearly results, then what was left out."""
    for indicator in found:
        yield _said(indicator)
    for label, patterns in (
        (say("contingency, left out of composition"), reader.method.contingency),
        (say("debt interest, left out of PI-2.1"), reader.method.interest),
    ):
        yield say("{what}: {names}", what=label, names=_names(years, patterns) or say("none found"))
    if len(every) > len(years):
        yield say("the last three years of {years}", years=_listed(every))


def _said(indicator: _Indicator) -> Sentence:
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


def _names(years: Sequence[Year], patterns: Sequence[str]) -> str:
    """The names the patterns fit, each once."""
    found = (
        name
        for year in years
        for row in year.table.rows
        for name in row.labels.values()
        if any(fnmatchcase(key(name), key(pattern)) for pattern in patterns)
    )
    return ", ".join(dict.fromkeys(found))


def _unknown(years: Sequence[Year], base: str) -> Iterator[Finding]:
    """Rows without an amount are in no sum: a score over them is not to be trusted."""
    for year in years:
        yield from left_out(year.table, (base, "spent"), Severity.WARNING)


def _extra(
    found: Iterable[_Indicator],
    years: Sequence[Year],
    reader: _Reader,
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
            "contingency": _names(years, reader.method.contingency),
            "interest": _names(years, reader.method.interest),
        },
    }
