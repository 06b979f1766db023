"""Where every division and the total stand: leaves grouped, exact sums, every measure.

The shared ground of summary and lagging; what to show of it is theirs. A rate is held against
its target on the target's own denominator: the budget, or the eligible base (대상액).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from budgetcli.analysis.aims import (
    RATE_OF_BASIS,
    bases_of,
    common_aim,
    judged_rate,
    target_of,
    unlisted,
)
from budgetcli.analysis.context import context_of
from budgetcli.analysis.noticed import counted_twice, noticed
from budgetcli.analysis.question import Question
from budgetcli.analysis.severity import KEY, by_severity
from budgetcli.errors import UserError, listed
from budgetcli.fields import AMOUNTS, FIELDS, LABELS, Kind
from budgetcli.i18n import say, say_count
from budgetcli.measures import Status, balance, rate, shortfall, status, variance
from budgetcli.model import BudgetTable, Finding, Row, Severity, Total
from budgetcli.recognise.join import cell_of, column_index
from budgetcli.report import Column, Context, Quantity, Value
from budgetcli.targets import GOAL, Base, Target

# what is set against spending alone: a sum that lacks a spending row's share would flatter
_SET_AGAINST_SPENT = ("eligible", "goal")
_MEASURES = (Kind.MONEY, Kind.RATE, Kind.POINTS, Kind.COUNT, Kind.STATUS)
_NOT_JUDGED = {"variance": None, "shortfall": None}
_JOINT = " · "
__all__ = [
    "RATE_OF_BASIS",
    "Standings",
    "default_grouping",
    "groups_of",
    "measured",
    "name_columns",
    "quantity",
    "standings",
    "sums_of",
]


class Standings(NamedTuple):
    """Every group's measures in the source's order, the total's, and what was noticed.

    `judged` is the rate held against the target, `base` the amount it is a share of.
    """

    rows: tuple[Mapping[str, Value], ...]
    total: Mapping[str, Value]
    columns: tuple[Column, ...]
    context: Context
    findings: tuple[Finding, ...]
    judged: str = "execution_rate"
    base: Base = "budget"

    def lagging(self) -> list[Mapping[str, Value]]:
        """The rows strictly below their target, in the source's order."""
        return [row for row in self.rows if _is_negative(row["variance"])]


class Group(NamedTuple):
    """Leaves that share their names."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        """The names as one."""
        return _JOINT.join(filter(None, self.names))

    @property
    def where(self) -> str:
        """The first leaf's place, and how many others there are."""
        first, count = str(self.rows[0].place), sum(row.merged for row in self.rows)
        return first if count == 1 else f"{first} (+{count - 1})"


def standings(table: BudgetTable, question: Question) -> Standings:
    """The measures of every group. Raises TableError where a needed column is missing."""
    bases = bases_of(table, question)
    by = question.by or default_grouping(table)
    groups = groups_of(table, by)
    target = target_of(table, question, bases, _wholes(groups, bases[0]))
    base = target.base if target else bases[0]
    rows = tuple(_standing(group, by, question, target, table) for group in groups)
    total = _total(table, question, target, rows)
    gaps = _gaps(rows, (base, question.basis)) if total["source"] == "computed" else []
    return Standings(
        rows,
        {**total, **_NOT_JUDGED, "status": _without_verdict(total)} if gaps else total,
        _columns(table, question, target, base),
        context_of(table, question, target),
        (
            *_noticed(table, rows, question),
            *_partial(table, gaps),
            *unlisted(rows, target, table),
        ),
        judged_rate(question, base),
        base,
    )


def default_grouping(table: BudgetTable) -> tuple[str, ...]:
    """Division, after the government where a table holds several; else what there is."""
    present = [name for name in LABELS if any(name in row.labels for row in table.rows)]
    if "division" in present:
        several = len({row.labels.get("government") for row in table.rows}) > 1
        return ("government", "division") if several else ("division",)
    return tuple(present[:1]) or ("division",)


def _wholes(groups: Iterable[Group], base: Base) -> dict[str, int | None]:
    return {group.name: _sum(group.rows, base) for group in groups}


def groups_of(table: BudgetTable, by: Sequence[str]) -> list[Group]:
    """The leaves by the named fields or columns, in the source's order."""
    names = [_namer(table, name) for name in by]
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in table.rows:
        found.setdefault(tuple(name(row) for name in names), []).append(row)
    return [Group(key, tuple(rows)) for key, rows in found.items()]


def _namer(table: BudgetTable, name: str) -> Callable[[Row], str]:
    """What a row is called in a column. Raises UserError for a measure, TableError for none."""
    if name in FIELDS and FIELDS[name].kind in _MEASURES:
        raise UserError(
            say("{name!r} is a measure: nothing is grouped by it", name=name),
            where="--by",
            why=say("every amount would be a group of its own"),
            next=say("group by names, for example {names}", names=", ".join(LABELS[:3])),
        )
    index = None if name in LABELS and not table.has(name) else column_index(table, name)
    return lambda row: cell_of(row, index, name)


def _standing(
    group: Group,
    by: Sequence[str],
    question: Question,
    target: Target | None,
    table: BudgetTable,
) -> dict[str, Value]:
    amounts = sums_of(group.rows, table)
    names = dict(zip(by, group.names, strict=True))
    return {**names, **measured(group.name, amounts, question, target), "where": group.where}


def measured(
    name: str,
    amounts: Mapping[str, int | None],
    question: Question,
    target: Target | None,
    aim: Fraction | None = None,
) -> dict[str, Value]:
    """Every measure of one row that DESIGN's contract names, from its exact amounts.

    `aim` is its target rate where the target itself cannot know it.
    """
    budget, committed, spent = (amounts.get(key) for key in ("budget", "committed", "spent"))
    base: Base = target.base if target else "budget"
    rates = {
        "commitment_rate": rate(committed, budget),
        "execution_rate": rate(spent, budget),
        **_narrow_rates(amounts),
    }
    reached = rates.get(judged_rate(question, base))
    if target and aim is None:
        aim = target.rate_for(name, amounts.get(base), amounts.get(GOAL))
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
        "shortfall": shortfall(amounts.get(base), amounts.get(question.basis), aim),
        "status": status(budget, spent, reached, aim),
    }


def _narrow_rates(amounts: Mapping[str, int | None]) -> dict[str, Fraction | None]:
    """대상 대비 and 목표 대비, in tables that have a 대상액 or a 목표액."""
    keys = {"eligible": "eligible_rate", GOAL: "attainment_rate"}
    spent = amounts.get("spent")
    return {key: rate(spent, amounts[name]) for name, key in keys.items() if name in amounts}


def _measured(table: BudgetTable) -> list[str]:
    """The amount fields carried along: all but the printed balance, which is computed."""
    present = [name for name in AMOUNTS if table.has(name) and name != "unspent"]
    return list(dict.fromkeys(["budget", "committed", "spent", *present]))


def sums_of(rows: Sequence[Row], table: BudgetTable) -> dict[str, int | None]:
    """Each amount's sum over the rows; one set against spending only where no spender lacks it."""
    found = {name: _sum(rows, name) for name in _measured(table)}
    for name in _SET_AGAINST_SPENT:
        if name in found and any(row.amount("spent") and row.amount(name) is None for row in rows):
            found[name] = None
    return found


def _sum(rows: Iterable[Row], name: str) -> int | None:
    """The sum of what is known; None where nothing is."""
    known = [amount for row in rows if isinstance(amount := row.amounts.get(name), int)]
    return sum(known) if known else None


def _total(
    table: BudgetTable,
    question: Question,
    target: Target | None,
    rows: Sequence[Mapping[str, Value]],
) -> dict[str, Value]:
    """The printed total where it covers everything and agrees, else the sum of the leaves."""
    sums = sums_of(table.rows, table)
    printed = next((total.row for total in table.totals if _stands(total, table)), None)
    name, where, source = str(say("total")), str(table.place), "computed"
    if printed:
        name = next(reversed([*printed.labels.values()]), name)
        where, source = str(printed.place), "printed"
        sums |= {key: amount for key in sums if (amount := printed.amount(key)) is not None}
    aim = common_aim(rows, target) if target and target.names else None
    return {**measured(name, sums, question, target, aim), "where": where, "source": source}


def _gaps(rows: Iterable[Mapping[str, Value]], ends: tuple[str, str]) -> list[Mapping[str, Value]]:
    """The rows that give a sum over all of them one end of a rate, and not the other."""
    return [row for row in rows if (row[ends[0]] is None) != (row[ends[1]] is None)]


def _without_verdict(total: Mapping[str, Value]) -> Value:
    over = total["status"] is Status.OVERSPENT
    return Status.OVERSPENT if over else Status.UNKNOWN


def _partial(table: BudgetTable, gaps: Sequence[Mapping[str, Value]]) -> list[Finding]:
    """That the total's rate is one of partly known rows, and so is held against nothing."""
    if not gaps:
        return []
    message = say_count(
        "{names} lacks its budget or its spending: the total's rate is incomplete and not judged",
        "{names} lack their budget or their spending:"
        " the total's rate is incomplete and not judged",
        len(gaps),
        names=listed([str(row["division"]) for row in gaps]),
    )
    return [Finding("incomplete_total", Severity.WARNING, message, table.place)]


def _stands(total: Total, table: BudgetTable) -> bool:
    """Whether it is the total of everything, has an amount, and is not contradicted."""
    covers_all = len(total.covers) == len(table.rows)
    is_filled = any(isinstance(amount, int) for amount in total.row.amounts.values())
    return covers_all and is_filled and not _contradicted(total, table)


def _contradicted(total: Total, table: BudgetTable) -> bool:
    return any(
        finding.code == "total_mismatch" and finding.place == total.row.place
        for finding in table.findings
    )


def _noticed(
    table: BudgetTable, rows: Iterable[Mapping[str, Value]], question: Question
) -> list[Finding]:
    """What was noticed; where there is no column of budgets, nobody lacks one."""
    found = (*noticed(table, rows, question.basis), *counted_twice(table))
    if table.has("budget"):
        return [*found]
    of_budget = {("missing_amount", "budget"), ("spent_without_budget", "spent")}
    return [finding for finding in found if (finding.code, finding.column) not in of_budget]


def _columns(
    table: BudgetTable, question: Question, target: Target | None, base: Base
) -> tuple[Column, ...]:
    names = question.by or default_grouping(table)
    ranks = {**_ranks(question, base)}
    extra = [name for name in _measured(table) if name not in ranks]
    shown = [
        Column(key, FIELDS[key].kind, ranks.get(key, 7))
        for key in (*ranks, *extra)
        if _is_shown(key, table, target)
    ]
    if by_severity(question):
        shown.insert(0, Column(KEY, Kind.COUNT, 1))
    return (*name_columns(names), *shown)


def name_columns(by: Iterable[str]) -> list[Column]:
    """The columns a table is grouped by: whatever they hold, here it is a name."""
    return [Column(name, Kind.NAME) for name in by]


def _ranks(question: Question, base: Base) -> dict[str, int]:
    """How early a narrow page takes each column in, in the order they stand."""
    by_commitment, narrow = question.basis == "committed", base == "eligible"
    return {
        "original": 9,
        "budget": 6 if narrow else 1,
        "eligible": 1 if narrow else 7,
        GOAL: 3 if narrow else 7,
        "committed": 2 if by_commitment else 5,
        "encumbered": 8,
        "spent": 2,
        "commitment_rate": 0 if by_commitment else 6,
        "execution_rate": 4 if narrow else 0,
        "eligible_rate": 0 if narrow else 4,
        "attainment_rate": 0 if narrow else 4,
        "unspent": 3,
        "uncommitted": 9,
        "unpaid": 8,
        "target_rate": 9,
        "variance": 1,
        "shortfall": 4,
        "status": 0,
        "where": 10,
    }


def _is_shown(key: str, table: BudgetTable, target: Target | None) -> bool:
    if key in ("target_rate", "variance", "shortfall"):
        return target is not None
    needs = {
        "commitment_rate": ("committed",),
        "uncommitted": ("committed",),
        "unpaid": ("committed", "spent"),
        "execution_rate": ("budget", "spent"),
        "eligible_rate": ("eligible", "spent"),
        "attainment_rate": (GOAL, "spent"),
        "unspent": ("budget", "spent"),
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
