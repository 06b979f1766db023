"""Amounts that follow from columns whose meaning nobody knows: what they hold is proof enough.

A balance may take such columns off or add them; a budget may be the original one and they.
"""

from __future__ import annotations

from budgetcli.analysis.check_balances import Judge
from budgetcli.analysis.check_figures import Figures, with_spare_amounts
from budgetcli.analysis.check_formulas import LEAD, Balance, proves, score, step_through
from budgetcli.model import BudgetTable

_ORIGINAL = Balance("original")
# of a composition nobody declared one line in ten may be wrong, else it is none
_TENTH = 10


def extended(table: BudgetTable, judge: Judge, balance: Balance) -> tuple[Judge, Balance]:
    """The balance with further columns of the table taken off or added, where that is proven.

    Tried only where lines disagree. Each column must explain lines the ones
    before do not, and all of them two lines of three.
    """
    agreeing, known = score(judge.verdicts(balance))
    if known - agreeing < LEAD:
        return judge, balance
    wider, spare = with_spare_amounts(table, judge.figures)
    judge = judge._replace(figures=wider)
    longer = _longest(judge, balance, spare)
    is_proven = proves(*score(judge.verdicts(longer)), agreeing)
    return judge, longer if is_proven else balance


def composed_budget(table: BudgetTable, figures: Figures) -> tuple[Judge, Balance] | None:
    """The original budget and what was added to it or taken off, where the figures prove it."""
    if not {"budget", "original"} <= figures.rooms.keys():
        return None
    judge, balance = extended(table, Judge(figures, "budget"), _ORIGINAL)
    agreeing, known = score(judge.verdicts(balance))
    if balance == _ORIGINAL or _TENTH * (known - agreeing) > max(_TENTH, known):
        return None
    return judge, balance


def _longest(judge: Judge, balance: Balance, spare: tuple[str, ...]) -> Balance:
    """The balance with every column, the best first, that explains some lines more."""
    step = step_through(len(judge.figures.lines))
    reached = score(judge.verdicts(balance, step))[0]
    while left := [key for key in spare if key not in balance.terms]:
        longer = [made for key in left for made in (balance.minus(key), balance.plus(key))]
        scores = {made: score(judge.verdicts(made, step))[0] for made in longer}
        best = max(longer, key=scores.__getitem__)
        if scores[best] < reached + LEAD:
            break
        balance, reached = best, scores[best]
    return balance
