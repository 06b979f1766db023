"""Which cells of a sheet follow from others, and by what formula; writing them is not done here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from budgetcli.fields import Kind
from budgetcli.measures import balance, rate, variance
from budgetcli.report import Column, Report
from budgetcli.views.cells import Row, missing
from budgetcli.views.numbers import NOT_AVAILABLE


@dataclass(frozen=True, slots=True)
class Formula:
    """How a column follows from two others: for the sheet, and exactly, to see that it does."""

    text: str
    operands: tuple[str, str]
    exact: Callable[[Any, Any], int | Fraction | None]


# Multiplied before divided: 100*57/100 is 57 in doubles, 57/100*100 is a little less.
_RATE = f'=IFERROR(100*{{0}}/{{1}},"{NOT_AVAILABLE}")'
_POINTS = f'=IFERROR({{0}}-{{1}},"{NOT_AVAILABLE}")'
_FORMULAS = {
    "commitment_rate": Formula(_RATE, ("committed", "budget"), rate),
    "execution_rate": Formula(_RATE, ("spent", "budget"), rate),
    "variance": Formula(_POINTS, ("execution_rate", "target_rate"), variance),
    "unspent": Formula("={0}-{1}", ("budget", "spent"), balance),
    "uncommitted": Formula("={0}-{1}", ("budget", "committed"), balance),
    "unpaid": Formula("={0}-{1}", ("committed", "spent"), balance),
}


def derived(key: str, row: Row, line: int, places: Mapping[str, int]) -> str | None:
    """The formula of a cell whose operands stand in its line and give exactly its value.

    `places` has the columns whose amounts are all numbers on this sheet, by
    key. A table that defines a rate in its own way keeps plain numbers.
    """
    formula = _FORMULAS.get(key)
    if formula is None or not places.keys() >= {key, *formula.operands}:
        return None
    value = row.get(key)
    told = value is not None or missing(key, row) == NOT_AVAILABLE
    if not told or formula.exact(*map(row.get, formula.operands)) != value:
        return None
    cells = (xl_rowcol_to_cell(line, places[operand]) for operand in formula.operands)
    return formula.text.format(*cells)


def summed(column: Column, report: Report, first: int, places: Mapping[str, int]) -> str | None:
    """The sum of the rows from line `first`, where the report's total is exactly that."""
    if column.kind is not Kind.MONEY or column.key not in places or not report.rows:
        return None
    amounts = [row.get(column.key) for row in report.rows]
    known = [amount for amount in amounts if isinstance(amount, int)]
    total = report.total and report.total.get(column.key)
    if len(known) < len(amounts) or sum(known) != total:
        return None
    index = places[column.key]
    return f"=SUM({xl_range(first, index, first + len(amounts) - 1, index)})"


def below_target(report: Report, line: int, places: Mapping[str, int]) -> str | None:
    """The condition, written for `line`, under which the judged rate misses its target."""
    judged, target = report.context.judged, report.context.target
    if judged not in places:
        return None
    if "target_rate" in places:
        goal = xl_rowcol_to_cell(line, places["target_rate"], col_abs=True)
    elif target is not None and target.rate is not None:
        goal = f"{float(target.rate):.15g}"
    else:
        return None
    cell = xl_rowcol_to_cell(line, places[judged], col_abs=True)
    # Nine places, so that the last bits of doubles decide nothing.
    return f"=AND(ISNUMBER({cell}),ISNUMBER({goal}),ROUND({cell},9)<ROUND({goal},9))"
