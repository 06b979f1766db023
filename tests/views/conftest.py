"""The report that every view is tried on: Seoul's Economic Office on 31 July 2024."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from budgetcli.fields import FIELDS
from budgetcli.i18n import say, use_language
from budgetcli.measures import balance, rate, shortfall, status, variance
from budgetcli.model import Finding, Place, Severity, Unit
from budgetcli.report import Column, Context, Report, Value
from budgetcli.targets import Target, make_target

Line = tuple[str, int | None, int | None, int | None]

AS_OF = date(2024, 7, 31)
PACE = make_target("pace", AS_OF, (1, 1))
MILLION_WON = Unit("백만원", 10**6, "KRW")
TOTAL: Line = ("계", 685068, 496416, 463697)
LINES: tuple[Line, ...] = (
    ("경제정책과", 129652, 97154, 96247),
    ("일자리정책과", 253003, 174442, 171011),
    ("창업정책과", 67296, 60987, 56211),
    ("대학협력과", 35050, 21050, 20622),
    ("금융투자과", 27771, 17153, 16534),
    ("창조산업과", 49222, 27861, 15105),
    ("뷰티패션산업과", 42970, 36198, 29555),
    ("첨단산업과", 54414, 42247, 41677),
    ("산업입지과", 8913, 5947, 5580),
    ("서울시립과학관", 16778, 13378, 11155),
)
KEYS = [
    "division",
    "budget",
    "committed",
    "spent",
    "commitment_rate",
    "execution_rate",
    "unspent",
    "target_rate",
    "variance",
    "shortfall",
    "status",
    "where",
]

Summary = Callable[..., Report]


def _row(line: Line, number: int, target: Target) -> dict[str, Value]:
    name, budget, committed, spent = line
    reached, goal = rate(spent, budget), target.rate_for(name)
    return {
        "division": name,
        "original": None,
        "budget": budget,
        "committed": committed,
        "spent": spent,
        "commitment_rate": rate(committed, budget),
        "execution_rate": reached,
        "unspent": balance(budget, spent),
        "uncommitted": balance(budget, committed),
        "unpaid": balance(committed, spent),
        "target_rate": goal,
        "variance": variance(reached, goal),
        "shortfall": shortfall(budget, spent, goal),
        "status": status(budget, spent, reached, goal),
        "where": f"budget_2024.csv:{number}",
    }


def _summary(
    *lines: Line,
    total: Line | None = TOTAL,
    unit: Unit | None = MILLION_WON,
    scale: int = 0,
    target: Target = PACE,
    keys: tuple[str, ...] = tuple(KEYS),
) -> Report:
    """A summary of the lines given, in the unit's own amounts; without lines, the whole office."""
    factor = unit.factor if unit else 1

    def counted(line: Line) -> Line:
        amounts = (None if amount is None else amount * factor for amount in line[1:])
        budget, committed, spent = amounts
        return line[0], budget, committed, spent

    rows = tuple(_row(counted(line), at, target) for at, line in enumerate(lines or LINES, 3))
    finding = Finding(
        "rounding",
        Severity.NOTE,
        say("the total is one below its parts: within rounding"),
        Place("budget_2024.csv", 2),
        "계",
        "budget",
        685068 * factor,
        685069 * factor,
        scale,
    )
    return Report(
        "summary",
        tuple(Column(key, FIELDS[key].kind) for key in keys),
        rows,
        Context("budget_2024.csv", scale, unit, 0, AS_OF, 2024, target=target, title="예산"),
        {**_row(counted(total), 2, target), "source": "printed"} if total else None,
        (finding,),
        (say("ten divisions, one behind"),),
    )


@pytest.fixture
def summary() -> Summary:
    """Builds the report; lines, total, unit, scale, target and columns can be replaced."""
    return _summary


@pytest.fixture
def korean() -> None:
    """Everything in Korean, until the test ends."""
    use_language("ko")
