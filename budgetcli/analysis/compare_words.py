"""A comparison in words: what not to trust, the whole, the bridge, who moved, came and went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from budgetcli.analysis.compare_rows import (
    MONEY_CHANGES,
    RATE_CHANGES,
    Line,
    Presence,
    Side,
    arrow,
    judged_in,
    money,
    when,
    who,
)
from budgetcli.analysis.signs import sign, size
from budgetcli.analysis.standing import quantity
from budgetcli.i18n import Sentence, say
from budgetcli.measures import Status
from budgetcli.model import BudgetTable, Finding
from budgetcli.report import Value

_NAMED = 6


def headline(
    before: Side,
    after: Side,
    rows: Sequence[Line],
    total: Line,
    basis: str,
    doubts: Sequence[Finding],
) -> Iterable[Sentence]:
    """The change in words, what cannot be trusted of it first."""
    for doubt in doubts:
        if doubt.code == "incomplete_snapshot":
            yield doubt.message
    judged = judged_in(before, after, basis)
    yield _whole(_period(before.table, after.table), total, basis, judged)
    yield from _bridge(total)
    if len(rows) > 1:
        yield from _furthest(rows, judged, MONEY_CHANGES[basis])
    yield from _movements(rows)
    for doubt in doubts:
        if doubt.code == "renamed_division":
            names = arrow(str(doubt.message.values["old"]), str(doubt.division))
            yield say("perhaps renamed: {names}", names=names)


def _whole(period: str, total: Line, basis: str, judged: str) -> Sentence:
    texts = {
        "spent": say("{period}: spent {sign}{amount} ({old} → {new} %)"),
        "committed": say("{period}: committed {sign}{amount} ({old} → {new} %)"),
    }
    amount = MONEY_CHANGES[basis]
    values = {
        "period": period,
        "sign": sign(total[amount]),
        "amount": size(total, amount),
        "old": quantity(total, f"{judged}_old"),
        "new": quantity(total, f"{judged}_new"),
    }
    return texts[basis]._replace(values=values)


def _bridge(total: Line) -> Iterable[Sentence]:
    if total["unspent_change"] is not None:
        yield say(
            "unspent: {old} {plus} {budget} of budget {minus} {paid} paid = {new}",
            old=quantity(total, "unspent_old"),
            plus=sign(total["budget_change"]) or "+",
            budget=size(total, "budget_change"),
            minus=sign(money(total, "newly_paid", -1)) or "−",
            paid=size(total, "newly_paid"),
            new=quantity(total, "unspent_new"),
        )
    if total["unpaid_new"] is not None:
        yield say(
            "of it now: {uncommitted} uncommitted {plus} {unpaid} committed and unpaid",
            uncommitted=quantity(total, "uncommitted_new"),
            plus=sign(total["unpaid_new"]) or "+",
            unpaid=size(total, "unpaid_new"),
        )


def _furthest(rows: Sequence[Line], rate: str, amount: str) -> Iterable[Sentence]:
    """Who moved most in points, and who in money."""
    stayed = who(rows, Presence.STAYED)
    if (row := _largest(stayed, RATE_CHANGES[rate])) is not None:
        yield say(
            "moved most: {name}, {sign}{points} points ({old} → {new} %)",
            name=row["division"],
            sign=sign(row[RATE_CHANGES[rate]]),
            points=quantity(row, RATE_CHANGES[rate]),
            old=quantity(row, f"{rate}_old"),
            new=quantity(row, f"{rate}_new"),
        )
    if (row := _largest(stayed, amount)) is not None:
        yield say(
            "most money moved: {name}, {sign}{amount}",
            name=row["division"],
            sign=sign(row[amount]),
            amount=size(row, amount),
        )


def _largest(rows: Sequence[Line], name: str) -> Line | None:
    """The row whose change is the largest, up or down; None where nothing moved."""
    moved = [row for row in rows if isinstance(row[name], int | Fraction) and row[name]]
    return max(moved, key=lambda row: _absolute(row[name]), default=None)


def _absolute(value: Value) -> Fraction:
    return abs(Fraction(value)) if isinstance(value, int | Fraction) else Fraction(0)


def _movements(rows: Sequence[Line]) -> Iterable[Sentence]:
    def change(row: Line) -> tuple[Value, Value]:
        return row["status_old"], row["status_new"]

    behind = [row for row in rows if change(row) == (Status.ON_TRACK, Status.LAGGING)]
    ahead = [row for row in rows if change(row) == (Status.LAGGING, Status.ON_TRACK)]
    for text, found in (
        (say("fell behind: {names}"), behind),
        (say("caught up: {names}"), ahead),
        (say("appeared: {names}"), who(rows, Presence.APPEARED)),
        (say("went: {names}"), who(rows, Presence.WENT)),
    ):
        if found:
            yield text._replace(values={"names": _listed(found)})


def _listed(rows: Sequence[Line]) -> str:
    more = f", … ({len(rows)})" if len(rows) > _NAMED else ""
    return ", ".join(str(row["division"]) for row in rows[:_NAMED]) + more


def _period(old: BudgetTable, new: BudgetTable) -> str:
    return arrow(when(old) or old.source, when(new) or new.source)
