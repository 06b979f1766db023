"""`lagging --chronic`: who is always late, by the National Assembly Budget Office's rule.

Any one of three, each on the last year that is over: the mean of four years' execution rates
and the last one under 70; 70 or more of the current budget but under 70 of the original; a
final-recipient rate (실집행률) under 70. What cannot be judged is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, cast

from budgetcli.analysis.order import sorted_rows
from budgetcli.analysis.question import Question
from budgetcli.analysis.standing import (
    default_grouping,
    groups_of,
    name_columns,
    quantity,
    standings,
)
from budgetcli.analysis.years import Year, consecutive, sources, spoken, undated, unspent, years_of
from budgetcli.errors import UserError
from budgetcli.fields import FIELDS
from budgetcli.i18n import Sentence, say, say_count
from budgetcli.measures import rate
from budgetcli.model import BudgetTable, Finding, Severity
from budgetcli.recognise.names import key
from budgetcli.report import Column, Report, Value

LINE = 70
SPAN = 4
MEAN, ORIGINAL, FINAL = "four_year_mean", "original_budget", "final_recipient"
_SHOWN = {
    "rule": 0,
    "years": 1,
    "mean_rate": 1,
    "execution_rate": 0,
    "original_rate": 1,
    "final_rate": 2,
    "original": 4,
    "budget": 3,
    "spent": 3,
    "unspent": 5,
    "where": 9,
}

Line = Mapping[str, Value]


class Rules(str):
    """The rules somebody falls under: stable words for programs, translated for people."""

    __slots__ = ()

    @property
    def names(self) -> list[str]:
        """Each rule by its stable word."""
        return self.split(", ")

    def __str__(self) -> str:
        return ", ".join(str(_RULE_WORDS[name]) for name in self.names)


_RULE_WORDS = {
    MEAN: say("four-year mean"),
    ORIGINAL: say("original budget"),
    FINAL: say("final recipients"),
}


class _Case(NamedTuple):
    """One division: its last year's row, each year's exact rate, what the rules look at."""

    row: Line
    rates: Mapping[int, Fraction]
    original: Fraction | None
    final: Fraction | None

    def mean(self, span: Sequence[int]) -> Fraction | None:
        """The mean of the yearly rates; None where there are not four in a row."""
        if len(span) < SPAN or any(year not in self.rates for year in span):
            return None
        return sum((self.rates[year] for year in span), Fraction(0)) / SPAN


def chronic(tables: Sequence[BudgetTable], question: Question = Question()) -> Report:
    """The chronic laggards of the last closed year, worst mean first.

    Raises UserError where no year is over, a table does not say its year, or
    the question has a line of its own; TableError where a column is missing.
    """
    _refuse_another_line(question)
    found = years_of(tables, question)
    years = _closed(found)
    by = question.by or default_grouping(years[-1].table)
    asked = question._replace(by=by, target=str(LINE), basis="spent")
    last = standings(years[-1].table, asked)
    span = _span([year.year for year in years])
    cases = [*_cases(last.rows, years, asked)]
    rows = [row for case in cases if (row := _judged(case, span, years[-1].year))]
    rows.sort(key=_worst_first)
    return Report(
        name="lagging",
        columns=_columns(by, rows),
        rows=sorted_rows(rows, question),
        context=last.context._replace(source=sources(years), table=None),
        findings=(
            *_unjudged(cases, span, found),
            *_gone(cases, years, by),
            *last.findings,
            *unspent(tables, found, question),
            *undated(years),
        ),
        headline=tuple(_headline(rows, cases, span)),
        extra={
            "rule": {"line": LINE, "span": [*span], "years": [year.year for year in years]},
            "left_out": [year.year for year in found if not year.closed],
        },
        verdict=bool(rows),
    )


def _closed(found: Sequence[Year]) -> list[Year]:
    years = [year for year in found if year.closed]
    if not years:
        raise UserError(
            say("no year is over: the rule is about whole years"),
            where=str(found[-1].table.place),
            why=say("a year that still runs would make everybody look late"),
            next=say("name the tables of closed years, or say the date: --as-of YYYY-12-31"),
        )
    return years


def _refuse_another_line(question: Question) -> None:
    if question.target is not None or question.basis != "spent":
        raise UserError(
            say("--chronic has its own line, 70 % of what is spent"),
            where="lagging",
            why=say("two lines at once would leave open which of them was missed"),
            next=say("leave out --below, --target and --basis"),
        )


def _span(years: Sequence[int]) -> list[int]:
    """The last four years; fewer where there are fewer in a row."""
    span = [*years[-SPAN:]]
    while not consecutive(span):
        span.pop(0)
    return span


def _cases(rows: Sequence[Line], years: Sequence[Year], asked: Question) -> Iterator[_Case]:
    """Every division of the last year, with its rates in the years before."""
    rates = [(year.year, _rates(year.table, asked)) for year in years]
    finals = _finals(years[-1].table, asked.by)
    for row in rows:
        name = key(str(row["division"]))
        yield _Case(
            row,
            {year: of_year[name] for year, of_year in rates if name in of_year},
            rate(_amount(row, "spent"), _amount(row, "original")),
            finals.get(name),
        )


def _amount(row: Line, name: str) -> int | None:
    value = row[name]
    return value if isinstance(value, int) else None


def _rates(table: BudgetTable, asked: Question) -> dict[str, Fraction]:
    return {
        key(str(row["division"])): value
        for row in standings(table, asked).rows
        if isinstance(value := row["execution_rate"], Fraction)
    }


def _finals(table: BudgetTable, by: Sequence[str]) -> dict[str, Fraction]:
    """The printed final-recipient rates; several rows' rates are never averaged."""
    return {
        key(group.name): group.rows[0].printed["final_rate"].value
        for group in groups_of(table, by)
        if len(group.rows) == 1 and "final_rate" in group.rows[0].printed
    }


def _judged(case: _Case, span: Sequence[int], last: int) -> Line | None:
    """The division's row with the rules it falls under; None where it falls under none."""
    reached, mean = case.rates.get(last), case.mean(span)
    years = {
        MEAN: spoken(span) if _under(mean) and _under(reached) else "",
        ORIGINAL: str(last)
        if reached is not None and not _under(reached) and _under(case.original)
        else "",
        FINAL: str(last) if _under(case.final) else "",
    }
    rules = [rule for rule, said in years.items() if said]
    if not rules:
        return None
    return {
        **case.row,
        "rule": Rules(", ".join(rules)),
        "years": ", ".join(dict.fromkeys(years[rule] for rule in rules)),
        "mean_rate": mean,
        "original_rate": case.original,
        "final_rate": case.final,
    }


def _under(reached: Fraction | None) -> bool:
    return reached is not None and reached < LINE


def _worst_first(row: Line) -> tuple[Fraction, ...]:
    rates = [row["mean_rate"], row["execution_rate"]]
    return tuple(
        Fraction(value) if isinstance(value, Fraction) else Fraction(10**6) for value in rates
    )


def _columns(by: Sequence[str], rows: Sequence[Line]) -> tuple[Column, ...]:
    """The names, the rule, and every rate and amount that somebody has."""
    shown = [name for name in _SHOWN if any(row[name] is not None for row in rows)]
    return (*name_columns(by), *(Column(name, FIELDS[name].kind, _SHOWN[name]) for name in shown))


def _headline(
    rows: Sequence[Line], cases: Sequence[_Case], span: Sequence[int]
) -> Iterator[Sentence]:
    """How many of how many, and each with its rule."""
    yield say_count(
        "{count} of {all} is a chronic laggard in {year} (line {line} %)",
        "{count} of {all} are chronic laggards in {year} (line {line} %)",
        len(rows),
        all=len(cases),
        year=span[-1],
        line=LINE,
    )
    for row in rows:
        yield from _reasons(row, span)


def _reasons(row: Line, span: Sequence[int]) -> Iterator[Sentence]:
    rules = cast(Rules, row["rule"]).names
    told = {"name": row["division"], "year": span[-1], "rate": quantity(row, "execution_rate")}
    if MEAN in rules:
        yield say(
            "{name}: mean {mean} % in {years}, {rate} % in {year}, of the current budget",
            mean=quantity(row, "mean_rate"),
            years=spoken(span),
            **told,
        )
    if ORIGINAL in rules:
        yield say(
            "{name}: {rate} % of the current budget, but {original} % of the original in {year}",
            original=quantity(row, "original_rate"),
            **told,
        )
    if FINAL in rules:
        yield say(
            "{name}: final recipients spent {final} % in {year}",
            final=quantity(row, "final_rate"),
            **told,
        )


def _unjudged(
    cases: Sequence[_Case], span: Sequence[int], found: Sequence[Year]
) -> Iterator[Finding]:
    """What of the rule could not be judged, and why."""
    for message in _gaps(cases, span, found):
        yield Finding("not_judged", Severity.WARNING, message, found[-1].table.place)
    if all(case.final is None for case in cases):
        message = say("no final-recipient rates are given")
        yield Finding("not_judged", Severity.NOTE, message, found[-1].table.place)


def _gone(cases: Sequence[_Case], years: Sequence[Year], by: Sequence[str]) -> Iterator[Finding]:
    """Who was there the year before and is not any more: perhaps under another name."""
    here = {key(str(case.row["division"])) for case in cases}
    before = [group.name for year in years[:-1][-1:] for group in groups_of(year.table, by)]
    if gone := [name for name in before if key(name) not in here]:
        message = say(
            "not in {year}, so not judged: {names}", year=years[-1].year, names=", ".join(gone)
        )
        yield Finding("not_judged", Severity.WARNING, message, years[-1].table.place)


def _gaps(cases: Sequence[_Case], span: Sequence[int], found: Sequence[Year]) -> Iterator[Sentence]:
    open_years = [year.year for year in found if not year.closed]
    if open_years:
        yield say("left out, for it is not over: {years}", years=spoken(open_years))
    if len(span) < SPAN:
        yield say_count(
            "the four-year mean cannot be judged: {count} year in a row ({years})",
            "the four-year mean cannot be judged: {count} years in a row ({years})",
            len(span),
            years=spoken(span),
        )
    elif new := [str(case.row["division"]) for case in cases if case.mean(span) is None]:
        yield say(
            "without the rates of {years}, so without a mean: {names}",
            years=spoken(span),
            names=", ".join(new),
        )
    if all(case.original is None for case in cases):
        yield say("the rule on the original budget cannot be judged: no such amounts")
