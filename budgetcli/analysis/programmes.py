"""`programmes`: every programme a report tells of, as a table for a spreadsheet.

What a programme is, `claims` knows; here they become rows, with how much of each division's
budget they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from budgetcli.claims.programmes import Programme, divisions_of, programmes_in
from budgetcli.claims.statements import statements_of
from budgetcli.errors import NoTableError, UserError
from budgetcli.fields import FIELDS, Kind
from budgetcli.i18n import Sentence, say, say_count
from budgetcli.model import BudgetTable, Document, Unit
from budgetcli.report import Column, Context, Quantity, Report, Value

_RANKS = {
    "programme": 0,
    "chapter": 3,
    "division": 1,
    "budget": 0,
    "breakdown": 1,
    "targets": 2,
    "results": 2,
    "where": 4,
}
_GROUP_RANKS = {"programmes": 0, "budgets": 1, "budget": 0}
GROUPINGS = ("chapter", "division")
_WON = Unit("원", 1, "KRW")
_MILLIONS = Unit("백만원", 10**6, "KRW")


def programmes(
    documents: Sequence[Document], table: BudgetTable | None = None, by: Sequence[str] = ()
) -> Report:
    """One row a programme, in reading order: what the report prints of it, and nothing else.

    `by` (chapter, division) makes that one row a group: how many programmes,
    of how many a budget is told, and what those budgets come to. Raises
    UserError for any other grouping.

    `coverage` says how much of a division's budget in the report's own table
    its programmes come to. Raises NoTableError where no programme is told of.
    """
    _refuse_other_groupings(by)
    found = [one for document in documents for one in _of(document, table)]
    source = ", ".join(document.source for document in documents) or (table.source if table else "")
    if not found:
        raise NoTableError(
            say("no programme is told of in it"),
            where=source,
            why=say("a programme is a heading with an outline of its own (사업개요) under it"),
            next=say("see what its tables hold: budgetcli tables FILE"),
        )
    coverage = [*_coverage(found, table)]
    rows = [_row(one) for one in found]
    ranks = dict.fromkeys(by, 0) | _GROUP_RANKS if by else _RANKS
    return Report(
        name="programmes",
        columns=tuple(Column(key, FIELDS[key].kind, rank) for key, rank in ranks.items()),
        rows=tuple(_grouped(rows, by) if by else rows),
        context=Context(source, unit=_unit(found)),
        headline=(_counted(found), *(one.describe() for one in coverage)),
        extra={"coverage": [one._asdict() for one in coverage]},
    )


def coverage_of(documents: Sequence[Document], table: BudgetTable | None) -> list[Coverage]:
    """How much of each division's budget the programmes come to that the reports tell of."""
    return [*_coverage([one for document in documents for one in _of(document, table)], table)]


def _of(document: Document, table: BudgetTable | None) -> list[Programme]:
    statements = statements_of(document.lines)
    return divisions_of(programmes_in(statements), statements, [*_budgets(table)])


def _budgets(table: BudgetTable | None) -> dict[str, int]:
    """What each division of the table has, in won; of other currencies nothing is compared."""
    if table is None or table.unit is None or table.unit.currency not in (None, "KRW"):
        return {}
    amounts = {row.labels.get("division", ""): row.amount("budget") for row in table.rows}
    return {
        division: amount // 10**table.scale
        for division, amount in amounts.items()
        if division and amount is not None
    }


def _unit(found: Sequence[Programme]) -> Unit:
    whole = all(one.budget is None or one.budget % _MILLIONS.factor == 0 for one in found)
    return _MILLIONS if whole else _WON


def _row(one: Programme) -> Mapping[str, Value]:
    return {
        "programme": one.name,
        "chapter": one.chapter or None,
        "division": one.division or None,
        "budget": one.budget,
        "breakdown": "; ".join(one.breakdown) or None,
        "targets": " / ".join(one.targets) or None,
        "results": " / ".join(one.results) or None,
        "where": str(one.place),
    }


def _refuse_other_groupings(by: Sequence[str]) -> None:
    if others := [name for name in by if name not in GROUPINGS]:
        raise UserError(
            say("programmes are not added up by {name!r}", name=others[0]),
            where="--by",
            why=say("a report tells of a programme's chapter and division, and of no other names"),
            next=say("take one of {names}", names=", ".join(GROUPINGS)),
        )


def _grouped(rows: Sequence[Mapping[str, Value]], by: Sequence[str]) -> list[dict[str, Value]]:
    """In the order of each group's first programme; what is under no such name comes together."""
    groups: dict[tuple[Value, ...], list[int | None]] = {}
    for row in rows:
        budget = row["budget"]
        known = budget if isinstance(budget, int) else None
        groups.setdefault(tuple(row[key] for key in by), []).append(known)
    return [
        {**dict(zip(by, names, strict=True)), **_sums(budgets)} for names, budgets in groups.items()
    ]


def _sums(budgets: Sequence[int | None]) -> dict[str, Value]:
    """A group in which no budget is told has none, and not zero."""
    known = [budget for budget in budgets if budget is not None]
    return {
        "programmes": len(budgets),
        "budgets": len(known),
        "budget": sum(known) if known else None,
    }


def _counted(found: Sequence[Programme]) -> Sentence:
    budgets = [one.budget for one in found if one.budget is not None]
    return say_count(
        "{count} programme, {known} with a budget: {total} in all",
        "{count} programmes, {known} with a budget: {total} in all",
        len(found),
        known=len(budgets),
        total=Quantity(sum(budgets), Kind.MONEY),
    )


class Coverage(NamedTuple):
    """How much of a division's budget its programmes are, in won."""

    division: str
    budget: int
    told: int
    programmes: tuple[str, ...]

    def describe(self) -> Sentence:
        """A division's own money is not all in programmes that a report tells of: no error."""
        share = Fraction(self.told, self.budget) * 100 if self.budget else None
        return say(
            "{division}: {told} of {budget} ({share} %) is in programmes told of",
            division=self.division,
            told=Quantity(self.told, Kind.MONEY),
            budget=Quantity(self.budget, Kind.MONEY),
            share=Quantity(share, Kind.RATE),
        )


def _coverage(found: Sequence[Programme], table: BudgetTable | None) -> Iterator[Coverage]:
    for division, budget in _budgets(table).items():
        told = {one.name: one.budget for one in found if one.division == division and one.budget}
        if told:
            yield Coverage(division, budget, sum(told.values()), tuple(told))
