"""대상 대비 and 목표 대비 in words: what was spent, of the eligible base and of the goal."""

from __future__ import annotations

from budgetcli.analysis.standing import Standings, quantity
from budgetcli.i18n import Sentence, say


def narrow_rates(found: Standings) -> tuple[Sentence, ...]:
    """Each rate by its name and denominator, in tables that have a 대상액 or a 목표액."""
    said = []
    if "eligible_rate" in found.total:
        said.append(
            say(
                "of the eligible base (expenditure ÷ eligible base): {rate} %",
                rate=quantity(found.total, "eligible_rate"),
            )
        )
    if "attainment_rate" in found.total:
        said.append(
            say(
                "of the goal (expenditure ÷ goal amount): {rate} %",
                rate=quantity(found.total, "attainment_rate"),
            )
        )
    return tuple(said)
