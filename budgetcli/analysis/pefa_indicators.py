"""PEFA's four indicators of three years' tables: each year's result, its lines, its score.

Which rows are contingency or interest, and how amounts are taken from tables. The arithmetic
is `pefa_method`'s; what fits the method, and the page, are `pefa`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from fractions import Fraction
from typing import NamedTuple

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
from budgetcli.analysis.standing import default_grouping, groups_of
from budgetcli.analysis.years import Year, spoken
from budgetcli.i18n import Sentence, say
from budgetcli.measures import half_up
from budgetcli.model import Absent, BudgetTable, Row
from budgetcli.recognise.names import key
from budgetcli.report import Value

ITEM = "item"
CONTINGENCY = ("*예비비*", "*contingen*")
INTEREST = (
    *("*이자상환*", "*차입금이자*", "*채이자*", "*채무이자*"),
    *("interest", "*debt interest*", "*interest on*debt*", "*interest payment*"),
)

Line = Mapping[str, Value]


class Method(NamedTuple):
    """What the user may say: shell patterns of names that are contingency, or debt interest."""

    indicative: bool = False
    contingency: tuple[str, ...] = CONTINGENCY
    interest: tuple[str, ...] = INTEREST


class Indicator(NamedTuple):
    """One dimension: each year's result, its score, its rows; `why` where it has no score."""

    name: str
    title: Sentence
    results: tuple[Fraction | None, ...]
    score: str | None
    rows: tuple[Line, ...]
    why: Sentence | None = None
    mean: Fraction | None = None


class Reader(NamedTuple):
    """How amounts are taken from the tables: which budget, which heads, in which common grain."""

    base: str
    by: tuple[str, ...]
    scale: int
    method: Method

    def heads(self, table: BudgetTable, by: Sequence[str], leave_out: Sequence[str]) -> list[Head]:
        """The sums by name, without the rows that one of the patterns fits."""
        found = []
        for group in groups_of(table, by):
            rows = [row for row in group.rows if self.knows(row) and not _fit(row, leave_out)]
            if rows:
                found.append(Head(group.name, *self.sums(table, rows)))
        return found

    def knows(self, row: Row) -> bool:
        """Whether both of a row's amounts are known."""
        return None not in (_counted(row, self.base), _counted(row, "spent"))

    def sums(self, table: BudgetTable, rows: Iterable[Row]) -> tuple[int, int]:
        """Σ budget and Σ outturn of the rows that have both; that others have not is a finding."""
        times, known = 10 ** (self.scale - table.scale), [row for row in rows if self.knows(row)]
        budget, outturn = (
            times * sum(_counted(row, name) or 0 for row in known) for name in (self.base, "spent")
        )
        return budget, outturn


def _counted(row: Row, name: str) -> int | None:
    """An amount; a dash is nothing, a blank is not known."""
    return 0 if row.amounts.get(name) is Absent.DASH else row.amount(name)


def heads_of(table: BudgetTable) -> tuple[str, ...]:
    """Who spends, or for what; line items are economic types, not heads."""
    by = default_grouping(table)
    return () if by == (ITEM,) else by


def aggregate(years: Sequence[Year], reader: Reader) -> Indicator:
    """PI-1.1: everything spent over everything first approved."""
    heads = [Head("", *reader.sums(year.table, year.table.rows)) for year in years]
    results = tuple(outturn_rate([head]) for head in heads)
    score = aggregate_score(results)
    rows = [
        _row("PI-1.1", year, reader, head._replace(name=_total()), result=result, score=score)
        for year, head, result in zip(years, heads, results, strict=True)
    ]
    title, why = say("aggregate outturn"), _why(years, results)
    return Indicator("PI-1.1", title, results, score, tuple(rows), why)


def by_head(years: Sequence[Year], reader: Reader) -> Indicator:
    """PI-2.1: without contingency and debt interest."""
    title = say("composition by head")
    if not reader.by:
        return _unscored("PI-2.1", title, say("the tables name no heads"))
    leave_out = (*reader.method.contingency, *reader.method.interest)
    return _composed("PI-2.1", title, years, reader, reader.by, leave_out)


def by_type(years: Sequence[Year], reader: Reader) -> Indicator:
    """PI-2.2: interest included."""
    title = say("composition by economic type")
    if not all(any(ITEM in row.labels for row in year.table.rows) for year in years):
        return _unscored("PI-2.2", title, say("the tables have no line items (통계목)"))
    return _composed("PI-2.2", title, years, reader, (ITEM,), reader.method.contingency)


def _composed(
    name: str,
    title: Sentence,
    years: Sequence[Year],
    reader: Reader,
    by: Sequence[str],
    leave_out: Sequence[str],
) -> Indicator:
    others = str(say("all other heads"))
    heads = [reader.heads(year.table, by, leave_out) for year in years]
    if any(len(of_year) == 1 for of_year in heads):
        return _unscored(name, title, say("one head alone has no composition"))
    found = [composition(gathered(of_year, others)) for of_year in heads]
    results = tuple(year.variance for year in found)
    score = composition_score(results)
    rows = [
        row
        for year, composed in zip(years, found, strict=True)
        for row in _year_rows(name, year, reader, composed, score)
    ]
    return Indicator(name, title, results, score, tuple(rows), _why(years, results))


def _year_rows(
    name: str, year: Year, reader: Reader, composed: Composition, score: str | None
) -> Iterator[Line]:
    """Each head's line, then the year's."""
    for line in composed.lines:
        share = 100 * abs(line.deviation / line.adjusted) if line.adjusted else None
        yield _row(name, year, reader, line.head, line.adjusted, line.deviation, share, "")
    budget, outturn = (
        sum(getattr(line.head, field) for line in composed.lines) for field in ("budget", "outturn")
    )
    adjusted = sum((line.adjusted for line in composed.lines), Fraction(0))
    deviated = sum((abs(line.deviation) for line in composed.lines), Fraction(0))
    total = Head(_total(), budget, outturn)
    yield _row(name, year, reader, total, adjusted, deviated, composed.variance, score)


def contingency(years: Sequence[Year], reader: Reader) -> Indicator:
    """PI-2.3: what was spent from contingency itself, over the whole original budget."""
    title = say("spent from contingency")
    patterns = reader.method.contingency
    if not any(_fit(row, patterns) for year in years for row in year.table.rows):
        why = say("no head is called so (--contingency PATTERN); where there is none, it is an A")
        return _unscored("PI-2.3", title, why)
    spent = [_charged(year, reader) for year in years]
    results = tuple(outturn_rate([head]) for head in spent)
    mean = mean_of(results)
    score = contingency_score(mean)
    rows = [
        _row("PI-2.3", year, reader, head, result=result, score=score)
        for year, head, result in zip(years, spent, results, strict=True)
    ]
    return Indicator("PI-2.3", title, results, score, tuple(rows), _why(years, results), mean)


def _charged(year: Year, reader: Reader) -> Head:
    """Contingency's outturn beside the budget of everything."""
    rows = [row for row in year.table.rows if _fit(row, reader.method.contingency)]
    budget, _ = reader.sums(year.table, year.table.rows)
    _, outturn = reader.sums(year.table, rows)
    return Head(str(say("contingency charged")), budget, outturn)


def _why(years: Sequence[Year], results: Sequence[Fraction | None]) -> Sentence | None:
    """Why years without a result have none."""
    pairs = zip(years, results, strict=True)
    if not (without := [year.year for year, result in pairs if result is None]):
        return None
    return say("the budget or the outturn of {years} is not more than 0", years=spoken(without))


def _unscored(name: str, title: Sentence, why: Sentence) -> Indicator:
    return Indicator(name, title, (), None, (), why)


def _fit(row: Row, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(key(name), key(p)) for name in row.labels.values() for p in patterns)


def _total() -> str:
    return str(say("total"))


def _row(
    indicator: str,
    year: Year,
    reader: Reader,
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


def names_of(years: Sequence[Year], patterns: Sequence[str]) -> str:
    """The names the patterns fit, each once."""
    found = (
        name
        for year in years
        for row in year.table.rows
        for name in row.labels.values()
        if any(fnmatchcase(key(name), key(pattern)) for pattern in patterns)
    )
    return ", ".join(dict.fromkeys(found))
