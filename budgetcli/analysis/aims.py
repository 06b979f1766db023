"""What a table's rates are held against: the denominators it has, the target it is measured by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from budgetcli.analysis.context import context_of
from budgetcli.analysis.question import Question
from budgetcli.errors import TableError, listed
from budgetcli.fields import FIELDS
from budgetcli.i18n import Sentence, say
from budgetcli.model import BudgetTable, Finding, Severity
from budgetcli.recognise.names import key
from budgetcli.report import Value
from budgetcli.targets import GOAL, Asked, Base, Target, make_target

RATE_OF_BASIS = {"spent": "execution_rate", "committed": "commitment_rate"}
_NAMED = 12


def bases_of(table: BudgetTable, question: Question) -> tuple[Base, ...]:
    """The denominators there are for the basis, the usual one first. Raises TableError."""
    # commitments are never counted against 대상액
    narrow = question.basis == "spent" and table.has("eligible")
    require(table, *(() if narrow else ("budget",)), question.basis)
    found: list[Base] = ["budget"] if table.has("budget") else []
    return (*found, "eligible") if narrow else tuple(found)


def judged_rate(question: Question, base: Base) -> str:
    """The key of the rate that is held against the target."""
    return "eligible_rate" if base == "eligible" else RATE_OF_BASIS[question.basis]


def require(table: BudgetTable, *names: str) -> None:
    """Every named field has a column. Raises TableError that lists the columns there are."""
    for name in names:
        if not table.has(name):
            there = listed([f"#{column.number} {column.header}" for column in table.columns])
            raise TableError(
                say(
                    "no column for {korean} ({english}) was found",
                    korean=FIELDS[name].korean,
                    english=FIELDS[name].english,
                ),
                where=str(table.place),
                seen=(say("columns: {columns}", columns=there),),
                why=say("no other column may stand in for it: the rates would be wrong"),
                next=_next_for(table, name),
            )


def _next_for(table: BudgetTable, name: str) -> Sentence:
    """The flag that names the column; beside a goal, that of the base which is its denominator."""
    if name == "budget" and table.has(GOAL):
        return say(
            "say which one it is: --map budget=COLUMN, or what the goal is for (대상액):"
            " --map eligible=COLUMN"
        )
    return say("say which one it is: --map {name}=COLUMN", name=name)


def target_of(
    table: BudgetTable,
    question: Question,
    bases: Sequence[Base],
    wholes: Mapping[str, int | None],
) -> Target | None:
    """What was asked for; else the table's own goal; else the pace where the date is known.

    `wholes` are the divisions' amounts of the usual denominator. Raises UserError, TableError.
    """
    asked = question.target
    if asked is None and table.has(GOAL) and question.basis == "spent":
        asked = GOAL
    # no year's pace says how many people a quota should have by then
    if asked is None and (table.as_of is None or table.measure):
        return None
    if asked == GOAL:
        require(table, GOAL)
    if asked is None or isinstance(asked, str):
        return make_target(asked or "pace", table.as_of, question.fiscal_year_start, bases)
    year = context_of(table, question).fiscal_year
    factor = table.unit.factor if table.unit else None
    return asked.on(Asked(table.as_of, year, table.scale, factor, bases[0], wholes))


def common_aim(rows: Sequence[Mapping[str, Value]], target: Target) -> Fraction | None:
    """What the whole reaches if every division just meets its own; None where one has none."""
    wholes = [(row[target.base], row["target_rate"]) for row in rows if row[target.base]]
    known = [(w, aim) for w, aim in wholes if isinstance(w, int) and isinstance(aim, Fraction)]
    whole = sum(amount for amount, _ in known)
    if len(known) < len(wholes) or not whole:
        return None
    return sum((amount * aim for amount, aim in known), Fraction(0)) / whole


def unlisted(
    rows: Iterable[Mapping[str, Value]], target: Target | None, table: BudgetTable
) -> Iterable[Finding]:
    """Who has no target where others have, and whom the targets name that is not in the table."""
    if target is None or not target.names:
        return
    without = [str(row["division"]) for row in rows if row["target_rate"] is None]
    if without:
        message = say("no target is known for {names}", names=listed(without, _NAMED))
        yield Finding("no_target", Severity.WARNING, message, table.place)
    present = {key(str(row["division"])) for row in rows}
    strangers = [name for name in target.names if key(name) not in present]
    if strangers:
        message = say("targets for {names}: not in the table", names=listed(strangers, _NAMED))
        yield Finding("unused_target", Severity.WARNING, message, table.place)
