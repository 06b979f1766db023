"""`budgetcli trend`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.options import output_options, question_options, settings_options, source_options
from budgetcli.cli.said import SaidCommand, option
from budgetcli.i18n import say

if TYPE_CHECKING:
    from budgetcli.analysis.question import Question
    from budgetcli.analysis.trend import Form
    from budgetcli.cli.output import OutputOptions
    from budgetcli.loading import LoadOptions


@click.command(
    "trend",
    cls=SaidCommand,
    said=COMMANDS["trend"],
)
@source_options
@option("--wide", "form", flag_value="wide", said=say("With a column a date."))
@option("--long", "form", flag_value="long", said=say("One row a division and date."))
@question_options
@output_options
@settings_options
def command(
    names: tuple[str, ...],
    loading: LoadOptions,
    question: Question,
    output: OutputOptions,
    form: Form | None,
    explain: bool,
) -> None:
    """Load every date, ask, write."""
    from budgetcli.analysis.trend import trend
    from budgetcli.cli.answer import give, load_tables

    tables = load_tables(names, loading, explain=explain)
    give(trend(tables, question, form or "overview", _ramp_for(output)), names, output)


def _ramp_for(output: OutputOptions) -> str:
    """Blocks for a sparkline where the output's encoding has them, else what a typewriter has."""
    from budgetcli.analysis.spark import BLOCKS, TYPED
    from budgetcli.cli.output import encoding_of

    try:
        BLOCKS.encode(encoding_of(output))
    except UnicodeEncodeError:
        return TYPED
    return BLOCKS
