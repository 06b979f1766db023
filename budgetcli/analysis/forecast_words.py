"""A forecast in words: the range of what will be left, what it is made of, who is at risk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from budgetcli.analysis.order import sorted_by
from budgetcli.analysis.panel import Line
from budgetcli.analysis.standing import quantity
from budgetcli.i18n import Sentence, say

_NAMED = 3


def headline(rows: Sequence[Line], total: Line, end: date) -> Iterable[Sentence]:
    """The range first; then its split, the scenarios, and the largest risks."""
    yield say(
        "unspent on {day}: between {least} and {most}, of {budget}",
        day=end.isoformat(),
        least=quantity(total, "unspent_least"),
        most=quantity(total, "unspent_most"),
        budget=quantity(total, "budget"),
    )
    if total["carry_over_most"] is not None:
        yield say(
            "of {most} at most {carried} can be carried over, being committed and unpaid; "
            "at least {lapse} lapses",
            most=quantity(total, "unspent_most"),
            carried=quantity(total, "carry_over_most"),
            lapse=quantity(total, "lapse_least"),
        )
    yield from _scenarios(total)
    for row in sorted_by([row for row in rows if row["unspent_most"]], "-unspent_most")[:_NAMED]:
        yield say(
            "at risk: {name}, {least} to {most}",
            name=row["division"],
            least=quantity(row, "unspent_least"),
            most=quantity(row, "unspent_most"),
        )


def _scenarios(total: Line) -> Iterable[Sentence]:
    """What each scenario would spend."""
    for name, text in (
        ("committed_only", say("committed only (what is bound gets paid, nothing new): {amount}")),
        ("run_rate", say("run rate (as on average since the year began): {amount}")),
        (
            "recent_pace",
            say("recent pace (as the middle division lately, in proportion): {amount}"),
        ),
        ("profile", say("past years (as they went on from this day): {amount}")),
    ):
        if total[name] is not None:
            yield text._replace(values={"amount": quantity(total, name)})
