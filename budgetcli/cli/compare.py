"""`budgetcli compare`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.options import (
    Days,
    Settings,
    dates_options,
    output_options,
    question_options,
    settings_options,
    source_options,
)
from budgetcli.cli.said import SaidCommand
from budgetcli.errors import UserError
from budgetcli.i18n import say

if TYPE_CHECKING:
    from budgetcli.analysis.question import Question
    from budgetcli.cli.output import OutputOptions
    from budgetcli.loading import LoadOptions
    from budgetcli.model import BudgetTable


@click.command(
    "compare",
    cls=SaidCommand,
    said=COMMANDS["compare"],
)
@partial(source_options, metavar="OLD NEW")
@dates_options
@question_options
@output_options
@settings_options
def command(
    names: tuple[str, ...],
    loading: LoadOptions,
    question: Question,
    output: OutputOptions,
    days: Days,
    explain: bool,
) -> None:
    """Load both, ask, write."""
    from budgetcli.analysis.compare import compare
    from budgetcli.cli.answer import give

    old, new = two_tables(names, loading, days, explain)
    give(compare(old, new, question), names, output)


def two_tables(
    names: Sequence[str], loading: LoadOptions, days: Days, explain: bool
) -> tuple[BudgetTable, BudgetTable]:
    """OLD and NEW, from two sources or from two dates of one. Raises UserError."""
    if len(names) == 1:
        return _of_one(names[0], loading, days, explain)
    if len(names) == 2:
        return _of_two(names, loading, days, explain)
    raise UserError(
        say("two tables are compared, not {count}", count=len(names)),
        where="compare",
        why=say("which of them is the old one could not be told"),
        next=say("budgetcli compare OLD NEW, or one source that holds several dates"),
    )


def _of_two(
    names: Sequence[str], loading: LoadOptions, days: Days, explain: bool
) -> tuple[BudgetTable, BudgetTable]:
    """Each source's table; --from and --to are their --as-of."""
    from budgetcli.cli.answer import load_table

    old, new = (
        load_table((name,), loading._replace(as_of=day or loading.as_of), explain=explain)
        for name, day in zip(names, days, strict=True)
    )
    return old, new


def _of_one(
    name: str, loading: LoadOptions, days: Days, explain: bool
) -> tuple[BudgetTable, BudgetTable]:
    """The tables of two dates of one source; what was chosen among more is said."""
    from budgetcli.cli.talk import tell, tell_inferences
    from budgetcli.loading import load_all

    found = load_all(name, options=loading)
    if len(found) == 1:
        raise UserError(
            say("it holds one date, {day}: there is nothing to compare", day=found[0].as_of or "?"),
            where=name,
            why=say("a change needs a before and an after"),
            next=say("name the other table too: budgetcli compare OLD NEW"),
        )
    old, new = _at(found, days[0], 0, name), _at(found, days[1], -1, name)
    if not click.get_current_context().ensure_object(Settings).quiet:
        if len(found) > 2 and None in days:
            tell(
                say(
                    "it holds {count} dates: {old} is compared with {new}; --from and --to choose",
                    count=len(found),
                    old=old.as_of,
                    new=new.as_of,
                )
            )
        tell_inferences(old, everything=explain)
        tell_inferences(new, everything=explain)
    return old, new


def _at(found: Sequence[BudgetTable], day: date | None, default: int, name: str) -> BudgetTable:
    if day is None:
        return found[default]
    for table in found:
        if table.as_of == day:
            return table
    raise UserError(
        say("it holds no rows of {day}", day=day),
        where=name,
        seen=(say("dates: {days}", days=", ".join(str(table.as_of) for table in found[-12:])),),
        why=say("rows of another day would answer another question"),
        next=say("take two of these for --from and --to"),
    )
