"""Where every division and the total stand: leaves grouped, exact sums, every measure.

The shared ground of summary and lagging; what to show of it is theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from budgetcli.analysis.context import context_of
from budgetcli.analysis.noticed import noticed
from budgetcli.analysis.question import Question
from budgetcli.errors import TableError
from budgetcli.fields import AMOUNTS, FIELDS, LABELS, Kind
from budgetcli.i18n import say
from budgetcli.measures import balance, rate, shortfall, status, variance
from budgetcli.model import BudgetTable, Finding, Row, Total
from budgetcli.recognise.join import cell_of, column_index
from budgetcli.report import Column, Context, Quantity, Value
from budgetcli.targets import Target, make_target

RATE_OF_BASIS = {"spent": "execution_rate", "committed": "commitment_rate"}
_JOINT = " · "


class Standings(NamedTuple):
    """Every group's measures in the source's order, the total's, and what was noticed."""

    rows: tuple[Mapping[str, Value], ...]
    total: Mapping[str, Value]
    columns: tuple[Column, ...]
    context: Context
    findings: tuple[Finding, ...]

    def lagging(self) -> list[Mapping[str, Value]]:
        """The rows strictly below their target, in the source's order."""
        return [row for row in self.rows if _is_negative(row["variance"])]


class _Group(NamedTuple):
    names: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        return _JOINT.join(filter(None, self.names))

    @property
    def where(self) -> str:
        first = str(self.rows[0].place)
        return first if len(self.rows) == 1 else f"{first} (+{len(self.rows) - 1})"


def standings(table: BudgetTable, question: Question) -> Standings:
    """The measures of every group. Raises TableError where a needed column is missing."""
    _require(table, "budget", question.basis)
    target = _target(table, question)
    by = question.by or default_grouping(table)
    groups = _groups(table, by)
    rows = tuple(_standing(group, by, question, target, table) for group in groups)
    total = _total(table, question, target)
    return Standings(
        rows,
        total,
        _columns(table, question, target),
        context_of(table, question, target),
        noticed(table, rows, question.basis),
    )


def default_grouping(table: BudgetTable) -> tuple[str, ...]:
    """Division, after the government where a table holds several; else what there is."""
    present = [name for name in LABELS if any(name in row.labels for row in table.rows)]
    if "division" in present:
        several = len({row.labels.get("government") for row in table.rows}) > 1
        return ("government", "division") if several else ("division",)
    return tuple(present[:1]) or ("division",)


def _require(table: BudgetTable, *names: str) -> None:
    for name in names:
        if not table.has(name):
            there = ", ".join(f"#{column.number} {column.header}" for column in table.columns)
            raise TableError(
                say(
                    "no column for {korean} ({english}) was found",
                    korean=FIELDS[name].korean,
                    english=FIELDS[name].english,
                ),
                where=str(table.place),
                seen=(say("columns: {columns}", columns=there),),
                why=say("no other column may stand in for it: the rates would be wrong"),
                next=say("say which one it is: --map {name}=COLUMN", name=name),
            )


def _target(table: BudgetTable, question: Question) -> Target | None:
    if question.target is None and table.as_of is None:
        return None
    return make_target(question.target or "pace", table.as_of, question.fiscal_year_start)


def _groups(table: BudgetTable, by: Sequence[str]) -> list[_Group]:
    names = [_namer(table, name) for name in by]
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in table.rows:
        found.setdefault(tuple(name(row) for name in names), []).append(row)
    return [_Group(key, tuple(rows)) for key, rows in found.items()]


def _namer(table: BudgetTable, name: str) -> Callable[[Row], str]:
    index = None if name in LABELS and not table.has(name) else column_index(table, name)
    return lambda row: cell_of(row, index, name)


def _standing(
    group: _Group,
    by: Sequence[str],
    question: Question,
    target: Target | None,
    table: BudgetTable,
) -> dict[str, Value]:
    amounts = {name: _sum(row.amount(name) for row in group.rows) for name in _measured(table)}
    names = dict(zip(by, group.names, strict=True))
    return {**names, **measured(group.name, amounts, question, target), "where": group.where}


def measured(
    name: str, amounts: Mapping[str, int | None], question: Question, target: Target | None
) -> dict[str, Value]:
    """Every measure of one row that DESIGN's contract names, from its exact amounts."""
    budget, committed, spent = (amounts.get(key) for key in ("budget", "committed", "spent"))
    rates = {"commitment_rate": rate(committed, budget), "execution_rate": rate(spent, budget)}
    reached = rates[RATE_OF_BASIS[question.basis]]
    aim = target.rate_for(name) if target else None
    return {
        "division": name,
        "original": None,
        **amounts,
        **rates,
        "unspent": balance(budget, spent),
        "uncommitted": balance(budget, committed),
        "unpaid": balance(committed, spent),
        "target_rate": aim,
        "variance": variance(reached, aim),
        "shortfall": shortfall(budget, amounts.get(question.basis), aim),
        "status": status(budget, spent, reached, aim),
    }


def _measured(table: BudgetTable) -> list[str]:
    """The amount fields carried along: all but the printed balance, which is computed."""
    present = [name for name in AMOUNTS if table.has(name) and name != "unspent"]
    return list(dict.fromkeys(["budget", "committed", "spent", *present]))


def _sum(amounts: Iterable[int | None]) -> int | None:
    """The sum of what is known; None where nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def _total(table: BudgetTable, question: Question, target: Target | None) -> dict[str, Value]:
    """The printed total where it covers everything and agrees, else the sum of the leaves."""
    sums = {name: _sum(row.amount(name) for row in table.rows) for name in _measured(table)}
    printed = next((total for total in table.totals if _covers_all(total, table)), None)
    name = str(say("total"))
    where = str(table.place)
    source = "computed"
    if printed and not _contradicted(printed, table):
        source = "printed"
        name = next(reversed([*printed.row.labels.values()]), name)
        where = str(printed.row.place)
        sums |= {key: amount for key in sums if (amount := printed.row.amount(key)) is not None}
    return {**measured(name, sums, question, target), "where": where, "source": source}


def _covers_all(total: Total, table: BudgetTable) -> bool:
    return len(total.covers) == len(table.rows)


def _contradicted(total: Total, table: BudgetTable) -> bool:
    return any(
        finding.code == "total_mismatch" and finding.place == total.row.place
        for finding in table.findings
    )


def _columns(table: BudgetTable, question: Question, target: Target | None) -> tuple[Column, ...]:
    names = question.by or default_grouping(table)
    by_commitment = question.basis == "committed"
    ranks = {
        "original": 9,
        "budget": 1,
        "committed": 2 if by_commitment else 5,
        "spent": 2,
        "commitment_rate": 0 if by_commitment else 6,
        "execution_rate": 0,
        "unspent": 3,
        "uncommitted": 9,
        "unpaid": 8,
        "target_rate": 9,
        "variance": 1,
        "shortfall": 4,
        "status": 0,
        "where": 10,
    }
    extra = [name for name in _measured(table) if name not in ranks]
    shown = [
        Column(key, FIELDS[key].kind, ranks.get(key, 7))
        for key in (*ranks, *extra)
        if _is_shown(key, table, target)
    ]
    grouping = [Column(name, FIELDS[name].kind if name in FIELDS else Kind.NAME) for name in names]
    return (*grouping, *shown)


def _is_shown(key: str, table: BudgetTable, target: Target | None) -> bool:
    if key in ("target_rate", "variance", "shortfall"):
        return target is not None
    needs = {
        "commitment_rate": ("committed",),
        "uncommitted": ("committed",),
        "unpaid": ("committed", "spent"),
        "execution_rate": ("spent",),
        "unspent": ("spent",),
        "status": (),
        "where": (),
    }
    return all(table.has(name) for name in needs.get(key, (key,)))


def quantity(row: Mapping[str, Value], key: str) -> Quantity:
    """One exact number of a row, to stand in a sentence."""
    value = row[key]
    number = value if isinstance(value, int | Fraction) else None
    return Quantity(number, FIELDS[key].kind)


def _is_negative(value: Value) -> bool:
    return isinstance(value, int | Fraction) and value < 0
