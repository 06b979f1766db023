"""What to group a ledger by and which of its columns to add up, told from its head."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from budgetcli.errors import TableError
from budgetcli.fields import AMOUNTS, LABELS
from budgetcli.i18n import Sentence, say
from budgetcli.model import BudgetTable, Evidence
from budgetcli.recognise.amounts import Amount, DecimalMark, parse
from budgetcli.recognise.facts import period_columns
from budgetcli.recognise.join import column_index
from budgetcli.recognise.labels import name_columns
from budgetcli.recognise.table import Hints, Parts, recognise, understand
from budgetcli.recognise.values import decimal_marks, money_fields
from budgetcli.rollup.expression import Held, Money, Plan
from budgetcli.rollup.ledger import Ledger

# names from the outside in, and which of those below a name is shown first
_DEPTH = ("government", "office", "division", "policy_programme", "unit_programme", "programme")
_BELOW = ("division", "programme", "unit_programme", "policy_programme", "item")
_FACTS = ("as_of", "fiscal_year", "unit")
# more decimals than this are no engine's business: such cells come back as text
_MOST_PLACES = 6


class NotALedgerError(Exception):
    """What a row means depends on the rows beside it, so it cannot be rolled up: says how."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason.text)
        self.reason = reason


class Wanted(NamedTuple):
    """What is asked of a roll-up: names to group by (none: the usual), columns to select by.

    What `parts_of` may name is parted by what lies below it. With `only_last` only
    the last date's rows are wanted.
    """

    hints: Hints = Hints()
    by: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    parts_of: str | None = None
    only_last: bool = False


class Planned(NamedTuple):
    """A plan, and where its columns stand in the head's grid (from 0).

    `marks` are the decimal marks of the amounts, in the order of `plan.money`.
    """

    plan: Plan
    parts: Parts
    keys: tuple[int, ...]
    labels: tuple[int, ...]
    others: tuple[int, ...]
    money: Mapping[str, int]
    marks: Mapping[str, DecimalMark]
    evidence: tuple[Evidence, ...]


def planned(ledger: Ledger, wanted: Wanted) -> Planned:
    """The plan for a ledger.

    Raises TableError for no table or no such column, NotALedgerError for one of years as columns
    or without amounts.
    """
    several = understand(ledger.raw, wanted.hints)
    if len(several) > 1:
        raise NotALedgerError(say("its years stand side by side as columns"))
    parts = several[0]
    fields = parts.columns.fields
    money = {name: fields[name] for name in money_fields(parts.columns)}
    if not money:
        raise NotALedgerError(say("none of its columns holds amounts"))
    keys = tuple(dict.fromkeys(_keys(parts, wanted)))
    naming = [n for n in name_columns(parts.grid, parts.columns) if n not in keys]
    labelled = {fields[name] for name in LABELS if name in fields}
    labels = tuple(n for n in naming if n in labelled)
    others = tuple(n for n in naming if n not in labelled)
    rows = parts.bands.data
    marks, evidence = decimal_marks(parts.raw, parts.grid, rows, parts.columns)

    def named(columns: Iterable[int]) -> tuple[str, ...]:
        return tuple(ledger.columns[n + parts.grid.left] for n in columns)

    amounts = [
        ledger.held.get(column) or _as_text(column, parts, n, marks[name])
        for (name, n), column in zip(money.items(), named(money.values()), strict=True)
    ]
    plan = Plan(named(keys), named(labels), named(others), tuple(amounts))
    return Planned(plan, parts, keys, labels, others, money, marks, tuple(evidence))


def finer(before: Planned, ledger: Ledger, wanted: Wanted) -> Planned | None:
    """The plan that also keeps apart what lies below; None where nothing does."""
    fields = before.parts.columns.fields
    by = wanted.by or tuple(_usual(fields))
    depth = max((_DEPTH.index(name) for name in by if name in _DEPTH), default=-1)
    deeper = (*_DEPTH[depth + 1 :], "item")
    below = [name for name in _BELOW if name in deeper and name in fields and name not in by]
    return planned(ledger, wanted._replace(by=(*by, below[0]))) if below else None


def _as_text(column: str, parts: Parts, n: int, mark: DecimalMark) -> Money:
    """Amounts held as text, with the decimals its head prints."""
    cells = (parse(parts.grid.rows[row][n], mark) for row in parts.bands.data)
    places = max((cell.places for cell in cells if isinstance(cell, Amount)), default=0)
    return Money(column, Held.TEXT, min(places, _MOST_PLACES), mark)


def _keys(parts: Parts, wanted: Wanted) -> Iterable[int]:
    """The columns rows must agree in: names, facts, months, what is selected by."""
    fields = parts.columns.fields
    asked = dict.fromkeys((*(wanted.by or _usual(fields)), *wanted.where))
    known = [name for name in asked if name in LABELS and name in fields]
    others = [name for name in asked if name not in known]
    # which column a word means, a table of the head tells: dear, and seldom asked
    head = recognise(parts.raw, wanted.hints._replace(as_of=None))[-1] if others else None
    found = [_column(head, name) for name in others] if head else []
    return sorted(
        {
            *(n for n in found if n is not None),
            *(fields[name] for name in (*known, *_FACTS) if name in fields),
            *period_columns(parts.columns),
        }
    )


def _usual(fields: Mapping[str, int]) -> Sequence[str]:
    """Division, and the government where there is a column of them; else what there is."""
    if "division" in fields:
        return [name for name in ("government", "division") if name in fields]
    return [name for name in LABELS if name in fields][:1]


def _column(head: BudgetTable, name: str) -> int | None:
    """The grid's column a user's word names; None for what no column holds. Raises TableError."""
    if name in AMOUNTS:
        raise TableError(
            say("{name!r} is a measure: nothing is grouped by it", name=name),
            where="--by",
            next=say("group by names, for example {names}", names=", ".join(LABELS[:3])),
        )
    if name in _FACTS and not head.has(name):
        return None
    return column_index(head, name)
