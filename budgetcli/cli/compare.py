"""`budgetcli compare`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import click

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.options import (
    dates_options,
    output_options,
    question_options,
    settings_options,
    source_options,
)
from budgetcli.cli.said import SaidCommand
from budgetcli.cli.session import settings_of
from budgetcli.errors import UserError
from budgetcli.i18n import say

if TYPE_CHECKING:
    from budgetcli.analysis.compare_dates import Moment, Moments
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
    moments: Moments,
    explain: bool,
) -> None:
    """Load both, ask, write."""
    from budgetcli.analysis.compare import compare
    from budgetcli.cli.answer import give

    old, new = two_tables(names, loading, moments, explain)
    give(compare(old, new, question), names, output)


def two_tables(
    names: Sequence[str], loading: LoadOptions, moments: Moments, explain: bool
) -> tuple[BudgetTable, BudgetTable]:
    """OLD and NEW, from two sources or from two dates of one. Raises UserError."""
    if len(names) == 1:
        return _of_one(names[0], loading, moments, explain)
    if len(names) == 2:
        return _of_two(names, loading, moments, explain)
    raise UserError(
        say("two tables are compared, not {count}", count=len(names)),
        where=click.get_current_context().info_name or "compare",
        why=say("which of them is the old one could not be told"),
        next=say("name two sources, OLD and NEW, or one that holds several dates"),
    )


def _of_two(
    names: Sequence[str], loading: LoadOptions, moments: Moments, explain: bool
) -> tuple[BudgetTable, BudgetTable]:
    """Each source's table; --from and --to are their --as-of, or choose their year."""
    from budgetcli.cli.answer import load_table

    old, new = (
        load_table((name,), _loaded_at(loading, moment), explain=explain)
        for name, moment in zip(names, moments, strict=True)
    )
    return old, new


def _loaded_at(loading: LoadOptions, moment: Moment | None) -> LoadOptions:
    if isinstance(moment, int):
        return loading._replace(where={**loading.where, "fiscal_year": (str(moment),)})
    return loading._replace(as_of=moment or loading.as_of)


def _of_one(
    name: str, loading: LoadOptions, moments: Moments, explain: bool
) -> tuple[BudgetTable, BudgetTable]:
    """The tables of two dates or years of one source; what was chosen among more is said."""
    from budgetcli.analysis.compare_dates import two_of
    from budgetcli.analysis.compare_rows import when
    from budgetcli.cli.answer import reading
    from budgetcli.cli.talk import tell, tell_inferences
    from budgetcli.loading import load_all

    with reading((name,), loading) as (names, options):
        found = load_all(*names, options=options)
    old, new = two_of(found, moments, name)
    if not settings_of(click.get_current_context()).quiet:
        if len(found) > 2 and None in moments:
            tell(
                say(
                    "it holds {count} dates: {old} is compared with {new}; --from and --to choose",
                    count=len(found),
                    old=when(old) or "?",
                    new=when(new) or "?",
                )
            )
        tell_inferences(old, everything=explain)
        tell_inferences(new, everything=explain)
    return old, new
