"""Tables as a test writes them: one line a row, | between cells."""

from __future__ import annotations

from typing import Any

from budgetcli.model import BudgetTable, RawTable
from budgetcli.recognise.table import Hints, recognise


def raw(text: str, **facts: Any) -> RawTable:
    """A raw table called report.csv."""
    lines = text.strip("\n").splitlines()
    rows = tuple(tuple(cell.strip() for cell in line.split("|")) for line in lines)
    return RawTable(rows, facts.pop("source", "report.csv"), **facts)


def read(text: str, hints: Hints = Hints(), **facts: Any) -> BudgetTable:
    """The one budget table of a text."""
    (table,) = recognise(raw(text, **facts), hints)
    return table


def amounts(table: BudgetTable, *fields: str, label: str = "division") -> dict[str, list[Any]]:
    """Each row's amounts by its name; an absent one as its reason."""
    return {
        row.labels.get(label, ""): [
            value if isinstance(value, int) else value.value
            for value in (row.amounts[field] for field in fields)
        ]
        for row in table.rows
    }


def said(table: BudgetTable) -> list[str]:
    """What was inferred and must be said aloud."""
    return [str(entry.message) for entry in table.evidence if entry.aloud]
