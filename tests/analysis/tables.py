"""Budget tables for tests, from the text of a CSV, so that input and expectation fit one screen."""

from __future__ import annotations

from budgetcli.model import BudgetTable
from budgetcli.readers import ReadOptions, Source
from budgetcli.readers.delimited import read
from budgetcli.recognise.table import Hints, recognise


def tables(text: str, name: str = "table.csv", **hints: str) -> tuple[BudgetTable, ...]:
    """What is recognised in the text, one table a date; keywords map fields to columns."""
    unit = hints.pop("unit", None)
    raw = read(Source(name, data=text.encode()), ReadOptions())[0]
    return recognise(raw, Hints(columns=hints, unit=unit))


def table(text: str, name: str = "table.csv", **hints: str) -> BudgetTable:
    """The only table of the text."""
    (found,) = tables(text, name, **hints)
    return found
