"""What a table's own rates show of its budget where no word, or none that fits them, names it.

FIELD's rule stands: nothing stands in for a missing budget. A column over which every printed rate
is the expenditure is no stand-in. All else about columns is `choice`'s and `columns`' decision.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from budgetcli.fields import FIELDS
from budgetcli.i18n import say
from budgetcli.recognise import proof, synonyms
from budgetcli.recognise.choice import Choice, own_rates
from budgetcli.recognise.headers import is_rate, read_cell
from budgetcli.recognise.names import key
from budgetcli.recognise.plans import says_plan

_FEWEST_ROWS = 2


def settle_budget(choice: Choice, told: Collection[str]) -> None:
    """Give the budget the one column that the table's rates are made of, and say so.

    A budget that a sure word names, or that the rates agree with, stays what it is.
    """
    spent = choice.taken.get("spent")
    if spent is None or "budget" in told or _is_settled(choice, spent):
        return
    found = {
        column: rate
        for column in _amounts_left(choice)
        for rate in own_rates(choice)
        if _follows(choice, rate, spent, column)
    }
    if len(found) == 1:
        ((column, rate),) = found.items()
        _take(choice, column, rate)


def _is_settled(choice: Choice, spent: int) -> bool:
    column = choice.taken.get("budget")
    if column is None:
        return False
    tiers = [tier for name, tier in choice.readings[column].fields if name == "budget"]
    agrees = any(_follows(choice, rate, spent, column) for rate in own_rates(choice))
    return agrees or min(tiers, default=0) <= 0


def _amounts_left(choice: Choice) -> Iterable[int]:
    """The columns that may be a budget: original ones, and those whose header says nothing."""
    for column, reading in enumerate(choice.readings):
        names = {name for name, _ in reading.fields}
        of_year = choice.year is None or reading.year in (None, choice.year)
        free = column not in choice.taken.values() or choice.taken.get("original") == column
        if of_year and free and names <= {"original"} and not _is_another(choice, column):
            yield column


def _is_another(choice: Choice, column: int) -> bool:
    """Whether its header says that a column is a rate, a goal or of the other side."""
    reading = choice.readings[column]
    cores = {read_cell(text, choice.grid.words).core for text in reading.path}
    revenue = synonyms.REVENUE_WORDS | synonyms.REVENUE_COLUMNS
    return (
        is_rate(reading, choice.grid.words)
        or says_plan(key(reading.header))
        or not cores.isdisjoint(revenue)
    )


def _follows(choice: Choice, rate: int, spent: int, whole: int) -> bool:
    rows = proof.rows_with_amounts(choice.grid, choice.rows, (rate, spent, whole))
    several = len(rows) >= _FEWEST_ROWS
    return several and proof.rate_follows(choice.grid, rows, rate, (spent,), whole)


def _take(choice: Choice, column: int, rate: int) -> None:
    if choice.taken.get("original") == column:
        del choice.taken["original"]
    choice.taken["budget"] = column
    choice.taken["execution_rate"] = rate
    choice.say(
        say(
            "{header} was taken for {field}: the printed rates are expenditure over it",
            header=choice.header(column),
            field=FIELDS["budget"].term,
        ),
        aloud=True,
    )
