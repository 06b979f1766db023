"""`budgetcli pefa`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.options import output_options, question_options, settings_options, source_options
from budgetcli.cli.said import SaidCommand, option
from budgetcli.i18n import say

if TYPE_CHECKING:
    from budgetcli.analysis.question import Question
    from budgetcli.cli.output import OutputOptions
    from budgetcli.loading import LoadOptions


@click.command(
    "pefa",
    cls=SaidCommand,
    said=COMMANDS["pefa"],
)
@source_options
@option(
    "--indicative",
    is_flag=True,
    said=say("Compute what does not fit the method all the same; the title says so."),
)
@option(
    "--contingency",
    metavar="PATTERN",
    multiple=True,
    said=say("Names of contingency (default: *예비비*, *contingen*). Repeatable."),
)
@option(
    "--interest",
    metavar="PATTERN",
    multiple=True,
    said=say(
        "Names of debt interest (default: *이자상환*, *차입금이자* and the like). Repeatable."
    ),
)
@partial(question_options, without=("target", "basis"))
@output_options
@settings_options
def command(
    names: tuple[str, ...],
    loading: LoadOptions,
    question: Question,
    output: OutputOptions,
    indicative: bool,
    contingency: tuple[str, ...],
    interest: tuple[str, ...],
    explain: bool,
) -> None:
    """Load every year, ask, write."""
    from budgetcli.analysis.pefa import pefa
    from budgetcli.analysis.pefa_indicators import CONTINGENCY, INTEREST, Method
    from budgetcli.cli.answer import give, load_tables

    method = Method(indicative, contingency or CONTINGENCY, interest or INTEREST)
    tables = load_tables(names, loading, explain=explain)
    give(pefa(tables, question, method), names, output, in_words=True)
