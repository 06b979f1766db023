"""How is each number of a summary made, from which column, and what had to be inferred?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from budgetcli.fields import FIELDS
from budgetcli.i18n import Sentence, say
from budgetcli.model import BudgetTable
from budgetcli.report import Column, Report, Term

_COLUMNS = ("column", "formula")
# FIELD.md's formulas: the part over the whole, the whole less the part
_RATIOS = {
    "commitment_rate": ("committed", "budget"),
    "execution_rate": ("spent", "budget"),
    "eligible_rate": ("spent", "eligible"),
    "attainment_rate": ("spent", "goal"),
}
_BALANCES = {
    "unspent": ("budget", "spent"),
    "uncommitted": ("budget", "committed"),
    "unpaid": ("committed", "spent"),
}


class _Made(NamedTuple):
    """A summary and the table it was made from."""

    summary: Report
    table: BudgetTable

    @property
    def judged(self) -> str:
        """The term of the rate that is held against the target."""
        return FIELDS[self.summary.context.judged].term

    @property
    def whole(self) -> str:
        """The key of what the judged rate is a share of."""
        target = self.summary.context.target
        return target.base if target else "budget"


def origin(summary: Report, table: BudgetTable) -> Report:
    """One row a column of the summary, with its formula; above them, how the table was read.

    `summary` is the answer about `table`.
    """
    made = _Made(summary, table)
    keys = [column.key for column in summary.columns]
    told = ((key, _formula(made, key)) for key in keys)
    return Report(
        name="origin",
        columns=tuple(Column(key, FIELDS[key].kind) for key in _COLUMNS),
        rows=tuple(
            {"column": Term(key) if key in FIELDS else key, "formula": str(said)}
            for key, said in told
            if said
        ),
        context=summary.context,
        headline=(
            *(one.message for one in table.evidence),
            *totals_said(table),
            counts_said(table),
        ),
    )


def totals_said(table: BudgetTable) -> Iterator[Sentence]:
    """Each row that was taken for a total, and why."""
    for total in table.totals:
        yield say(
            "{place}: {name} is a total of {count} rows: {reason}",
            place=total.row.place,
            name=" ".join(total.row.labels.values()) or "-",
            count=len(total.covers),
            reason=total.reason,
        )


def counts_said(table: BudgetTable) -> Sentence:
    """What became of the rows read."""
    counts = table.counts
    return say(
        "rows read {read} = used {used} + totals {totals} + refused {refused} + "
        "headers {headers} + captions, notes, blanks and other dates {others}",
        read=counts.read,
        used=counts.used,
        totals=counts.totals,
        refused=counts.refused,
        headers=counts.headers,
        others=counts.others,
    )


def _formula(made: _Made, key: str) -> Sentence | str | None:
    """How one column's numbers are made: computed before printed, as the summary has it."""
    if key in _RATIOS:
        part, whole = _terms(_RATIOS[key])
        return f"{part} ÷ {whole} × 100"
    if key in _BALANCES:
        whole, part = _terms(_BALANCES[key])
        return f"{whole} − {part}"
    return _against_target(made).get(key) or _printed(made.table, key)


def _against_target(made: _Made) -> Mapping[str, Sentence | str]:
    """What follows from the target, which has its own words."""
    target = made.summary.context.target
    aim, basis = FIELDS["target_rate"].term, FIELDS[made.summary.context.basis].term
    said: dict[str, Sentence | str] = {
        "variance": f"{made.judged} − {aim}",
        "shortfall": say(
            "{whole} × {target} ÷ 100 − {part}, rounded up; 0 where the target is reached",
            whole=FIELDS[made.whole].term,
            target=aim,
            part=basis,
        ),
        "status": say(
            "overspent above the budget, else lagging where {rate} is strictly below {target}; "
            "exact values are compared, not rounded ones",
            rate=made.judged,
            target=aim,
        ),
        "where": say("file:sheet:page (p):table (t):row"),
    }
    return {**said, "target_rate": target.describe()} if target else said


def _printed(table: BudgetTable, key: str) -> Sentence | None:
    """The column of the source it stands in; rows that share a name are added."""
    found = [column for column in table.columns if key in (column.field, column.header)]
    if not found:
        return None
    names = ", ".join(f"#{column.number} {column.header}".strip() for column in found)
    return say("column {names} of the source", names=names)


def _terms(keys: tuple[str, str]) -> tuple[str, str]:
    return FIELDS[keys[0]].term, FIELDS[keys[1]].term
