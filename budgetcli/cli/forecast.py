"""`budgetcli forecast`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.options import output_options, question_options, settings_options, source_options
from budgetcli.cli.said import SaidCommand, option
from budgetcli.cli.typed import suggested
from budgetcli.i18n import say

if TYPE_CHECKING:
    from budgetcli.analysis.question import Question
    from budgetcli.cli.output import OutputOptions
    from budgetcli.loading import LoadOptions


@click.command(
    "forecast",
    cls=SaidCommand,
    said=COMMANDS["forecast"],
)
@source_options
@option(
    "--history",
    metavar="SOURCE",
    multiple=True,
    shell_complete=suggested("files"),
    said=say("Past years' tables of several dates: how they went on from this day. Repeatable."),
)
@option(
    "--backtest",
    is_flag=True,
    said=say("Predict later dates of the source from earlier ones, and show each method's error."),
)
@partial(question_options, without=("basis",))
@output_options
@settings_options
def command(
    names: tuple[str, ...],
    loading: LoadOptions,
    question: Question,
    output: OutputOptions,
    history: tuple[str, ...],
    backtest: bool,
    explain: bool,
) -> None:
    """Load every date, ask, write."""
    from budgetcli.cli.answer import give, load_past, load_tables, working

    tables = load_tables(names, loading, explain=explain)
    past = load_past(history, loading)
    inputs = (*names, *history)
    if backtest:
        from budgetcli.analysis.backtest import backtest as tested

        with working(say("later dates are being predicted from earlier ones")):
            report = tested(tables, question, past)
        give(report, inputs, output)
    else:
        from budgetcli.analysis.forecast import forecast

        give(forecast(tables, question, past), inputs, output)
