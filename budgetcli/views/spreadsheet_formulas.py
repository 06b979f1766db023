"""Which cells of a sheet follow from others, and by what formula; writing them is not done here.

A formula is used for a cell only where it gives exactly the cell's value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from budgetcli import measures
from budgetcli.fields import Kind
from budgetcli.measures import Status, agrees, balance, rate, variance
from budgetcli.report import Column, Context, Report, Value
from budgetcli.views.cells import Row, missing, word
from budgetcli.views.numbers import NOT_AVAILABLE, Numbers
from budgetcli.views.spreadsheet_cells import DIGITS

_SCENARIOS = ("committed_only", "run_rate", "recent_pace", "profile")
# Nine places, so that the last bits of doubles decide nothing.
_BELOW = "ROUND({0},9)<ROUND({1},9)"
# Multiplied before divided: 100*57/100 is 57 in doubles, 57/100*100 is a little less.
_RATE = f'=IFERROR(100*{{0}}/{{1}},"{NOT_AVAILABLE}")'
_POINTS = f'=IFERROR({{0}}-{{1}},"{NOT_AVAILABLE}")'


class Formula(NamedTuple):
    """How a column follows from others: for the sheet, and exactly, to see that it does."""

    text: str
    operands: tuple[str, ...]
    exact: Callable[..., Any]


class Layout(NamedTuple):
    """Where what stands on a sheet: columns by key, and the one cell of a common target.

    `places` has the columns a formula may point at, because no amount of
    theirs had to become text.
    """

    formulas: Mapping[str, Formula]
    places: Mapping[str, int]
    numbers: Numbers
    target: str | None = None
    target_rate: Fraction | None = None

    def cell(self, key: str, line: int, *, column_fixed: bool = False) -> str | None:
        """Where a value stands in a line; the target's own cell where it has no column."""
        if key in self.places:
            return str(xl_rowcol_to_cell(line, self.places[key], col_abs=column_fixed))
        return self.target if key == "target_rate" else None


def formulas_for(context: Context, numbers: Numbers) -> dict[str, Formula]:
    """The formulas of FIELD.md, of this answer's denominators, in the unit of the sheet."""
    base = context.target.base if context.target else "budget"
    judged, aim = context.judged, "target_rate"
    return {
        "commitment_rate": Formula(_RATE, ("committed", "budget"), rate),
        "execution_rate": Formula(_RATE, ("spent", "budget"), rate),
        "eligible_rate": Formula(_RATE, ("spent", "eligible"), rate),
        "attainment_rate": Formula(_RATE, ("spent", "goal"), rate),
        "variance": Formula(_POINTS, (judged, aim), variance),
        "unspent": Formula("={0}-{1}", ("budget", "spent"), balance),
        "uncommitted": Formula("={0}-{1}", ("budget", "committed"), balance),
        "unpaid": Formula("={0}-{1}", ("committed", "spent"), balance),
        "shortfall": _shortfall(numbers)._replace(operands=(base, context.basis, aim)),
        "status": Formula(_status(), ("budget", "spent", judged, aim), measures.status),
        **_year_end(),
    }


def derived(layout: Layout, key: str, row: Row, line: int) -> str | None:
    """The formula of a cell whose operands stand in its line and give exactly its value.

    A table that defines a rate in its own way keeps plain numbers.
    """
    if key == "target_rate" and layout.target and row.get(key) == layout.target_rate:
        return f"={layout.target}"
    formula = layout.formulas.get(key)
    if formula is None or key not in layout.places:
        return None
    cells = [layout.cell(operand, line) for operand in formula.operands]
    value = row.get(key)
    told = value is not None or missing(key, row) == NOT_AVAILABLE
    if None in cells or not told or formula.exact(*map(row.get, formula.operands)) != value:
        return None
    return formula.text.format(*cells, guard=_guard(row.get(formula.operands[0])))


def scenarios_of(layout: Layout, key: str, row: Row, line: int) -> str | None:
    """What scenarios leave at least or at most: the budget less the greatest or smallest end."""
    if key not in ("unspent_least", "unspent_most") or key not in layout.places:
        return None
    ends = [name for name in _SCENARIOS if row.get(name) is not None]
    cells = [layout.cell(name, line) for name in ("budget", *ends)]
    budget, known = row.get("budget"), [end for name in ends if isinstance(end := row[name], int)]
    if None in cells or not known or not isinstance(budget, int):
        return None
    function, end = ("MAX", max(known)) if key == "unspent_least" else ("MIN", min(known))
    if budget - end != row.get(key):
        return None
    return f"={cells[0]}-{function}({','.join(str(cell) for cell in cells[1:])})"


def summed(column: Column, report: Report, first: int, layout: Layout) -> str | None:
    """The sum of the rows from line `first`, where the total is that, or differs by rounding alone.

    The difference that the source prints stays in the formula as a constant.
    """
    if column.kind is not Kind.MONEY or column.key not in layout.places or not report.rows:
        return None
    total = report.total and report.total.get(column.key)
    known = [amount for row in report.rows if isinstance(amount := row.get(column.key), int)]
    if not isinstance(total, int) or not agrees(total, sum(known), len(known), _grain(report)):
        return None
    index = layout.places[column.key]
    cells = xl_range(first, index, first + len(report.rows) - 1, index)
    rest = total - sum(known)
    return f"=SUM({cells}){layout.numbers.exact(rest):+f}" if rest else f"=SUM({cells})"


def below_target(report: Report, line: int, layout: Layout) -> str | None:
    """The condition, written for `line`, under which the judged rate misses its target."""
    cell = layout.cell(report.context.judged, line, column_fixed=True)
    goal = layout.cell("target_rate", line, column_fixed=True)
    if cell is None or goal is None:
        return None
    return f"=AND(ISNUMBER({cell}),ISNUMBER({goal}),{_BELOW.format(cell, goal)})"


def above_budget(line: int, layout: Layout) -> str | None:
    """The condition, written for `line`, under which more was spent than there was."""
    spent, budget = (layout.cell(key, line, column_fixed=True) for key in ("spent", "budget"))
    if spent is None or budget is None:
        return None
    return f"=AND(ISNUMBER({spent}),ISNUMBER({budget}),{spent}>{budget})"


def _grain(report: Report) -> int:
    """What one unit in the last printed place is worth, in the report's counts."""
    context = report.context
    factor = context.unit.factor if context.unit else 1
    return max(int(factor * 10**context.scale // 10**context.places), 1)


def _shortfall(numbers: Numbers) -> Formula:
    """Rounded up to the smallest amount there is, once the last bits of doubles are gone.

    INT and not ROUNDUP, which LibreOffice applies to twelve digits alone.
    """
    grains = 10**numbers.shift
    times, over = (f"*{grains}", f"/{grains}") if grains > 1 else ("", "")
    needed = f"-INT(-ROUND({{0}}*{{2}}/100{times},{{guard}})){over}"

    def as_the_sheet(whole: int | None, part: int | None, aim: Fraction | None) -> int | None:
        if whole is None or part is None or aim is None:
            return None
        product = Decimal(float(numbers.exact(whole)) * float(aim) / 100 * grains)
        kept = product.quantize(Decimal(1).scaleb(-_guard(whole)), ROUND_HALF_UP)
        return max(0, int(kept.to_integral_value(ROUND_CEILING)) - part)

    return Formula(f'=IFERROR(MAX(0,{needed}-{{1}}),"")', (), as_the_sheet)


def _guard(whole: Value) -> int:
    """The places to which a share of this amount is known in doubles, three at most."""
    digits = len(str(whole if isinstance(whole, int) else 0))
    return max(0, min(3, DIGITS - digits))


def _status() -> str:
    """One verdict, as `measures.status` has it, in the words of the sheet."""
    below = f'IF({_BELOW.format("{2}", "{3}")},"{word(Status.LAGGING)}","{word(Status.ON_TRACK)}")'
    judged = f'IF(COUNT({{2}},{{3}})<2,"{word(Status.UNKNOWN)}",{below})'
    over = f'"{word(Status.OVERSPENT)}"'
    return f"=IF(AND(COUNT({{0}},{{1}})=2,{{1}}>{{0}}),{over},{judged})"


def _year_end() -> dict[str, Formula]:
    return {
        "committed_only": Formula("=MAX({0},{1})", ("committed", "spent"), _greater),
        "carry_over_most": Formula("=MAX(0,MIN({0},{1}))", ("unspent_most", "unpaid"), _carried),
        "lapse_least": Formula("=MAX(0,{0}-{1})", ("unspent_most", "carry_over_most"), _lapsed),
    }


def _greater(*amounts: int | None) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return max(known) if len(known) == len(amounts) else None


def _carried(left: int | None, unpaid: int | None) -> int | None:
    return None if left is None or unpaid is None else max(0, min(left, unpaid))


def _lapsed(left: int | None, carried: int | None) -> int | None:
    return None if left is None or carried is None else max(0, left - carried)
