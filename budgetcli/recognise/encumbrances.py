"""Encumbrances: all that was committed, or only what is still to be paid? The amounts decide.

US reports mostly print what is still open; commitments are then that and the spending together.
Which column holds them is `columns`' decision.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from budgetcli.fields import RATES
from budgetcli.i18n import say
from budgetcli.model import Absent, BudgetTable, Row
from budgetcli.recognise import proof
from budgetcli.recognise.choice import Choice, flag_for
from budgetcli.recognise.headers import is_rate

_OPEN_TIER = 0  # of words such as "open encumbrances"
_PARTS = ("spent", "encumbered")
_BALANCES = ("uncommitted", "unspent")


def settle_encumbrances(choice: Choice, told: Collection[str]) -> bool:
    """Whether a table's commitments are its spending and its encumbrances together.

    Where the encumbrances are all commitments, their column is given to that
    field; where nothing tells, that is said, and there are no commitments.
    """
    held = [name for name in ("committed", "encumbered") if name in choice.taken]
    if len(held) != 1 or "committed" in told:
        return False
    (name,) = held
    column = choice.taken[name]
    if _are_open(choice, name, told):
        choice.taken["encumbered"] = choice.taken.pop(name)
        return "spent" in choice.taken
    if name == "encumbered" and _counts(choice, (column,)):
        choice.taken["committed"] = choice.taken.pop(name)
    elif name == "encumbered":
        _say_undecided(choice, column)
    return False


def _are_open(choice: Choice, name: str, told: Collection[str]) -> bool:
    """By the user's word, the header's, or by a column that counts them beside the spending."""
    column = choice.taken[name]
    if "encumbered" in told or ("encumbered", _OPEN_TIER) in choice.readings[column].fields:
        return True
    spent = choice.taken.get("spent")
    return spent is not None and _counts(choice, (spent, column))


def _counts(choice: Choice, parts: tuple[int, ...]) -> bool:
    """Whether a balance or a rate of the table counts these amounts against the budget.

    Only rows with spending and encumbrances tell: elsewhere one is like both.
    """
    whole = choice.taken.get("budget", choice.taken.get("original"))
    spent = choice.taken.get("spent")
    if whole is None or spent is None:
        return False
    rows = proof.rows_with_amounts(choice.grid, choice.rows, (spent, parts[-1]))
    for column in _balances_and_rates(choice):
        follows = (
            proof.rate_follows
            if is_rate(choice.readings[column], choice.grid.words)
            else proof.balance_follows
        )
        if follows(choice.grid, rows, column, parts, whole):
            _say_counted(choice, column, parts)
            return True
    return False


def _balances_and_rates(choice: Choice) -> Iterable[int]:
    """The columns that may count other columns: whatever their header, no amount of their own."""
    own = {column for name, column in choice.taken.items() if name not in (*_BALANCES, *RATES)}
    return (column for column in range(choice.grid.width) if column not in own)


def _say_counted(choice: Choice, column: int, parts: tuple[int, ...]) -> None:
    names = " + ".join(map(choice.header, parts))
    choice.say(
        say(
            "commitments are {parts}: {header} counts them",
            parts=names,
            header=choice.header(column),
        )
    )


def _say_undecided(choice: Choice, column: int) -> None:
    header = choice.header(column)
    choice.say(
        say(
            "{header}: all commitments, or only those still to be paid? Nothing in the table tells,"
            " so there is no commitment rate (all: {all}; still to be paid: {open})",
            header=header,
            all=flag_for("committed", header),
            open=flag_for("encumbered", header),
        ),
        aloud=True,
    )


def add_commitments(table: BudgetTable) -> BudgetTable:
    """The table with commitments in every row: its spending and its open encumbrances.

    Of two amounts the known one counts where the other is not known, as in a sum.
    """
    return table._replace(
        rows=tuple(map(_with_commitments, table.rows)),
        totals=tuple(total._replace(row=_with_commitments(total.row)) for total in table.totals),
        quantum={**table.quantum, "committed": max(map(table.quantum.__getitem__, _PARTS))},
    )


def _with_commitments(row: Row) -> Row:
    known = [amount for name in _PARTS if (amount := row.amount(name)) is not None]
    committed: int | Absent = sum(known) if known else row.amounts["spent"]
    return row._replace(amounts={**row.amounts, "committed": committed})
