"""`budgetcli check`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.options import output_options, question_options, settings_options, source_options
from budgetcli.cli.said import SaidCommand, option
from budgetcli.errors import Exit
from budgetcli.i18n import say

if TYPE_CHECKING:
    from budgetcli.analysis.question import Question
    from budgetcli.cli.output import OutputOptions
    from budgetcli.loading import LoadOptions


@click.command(
    "check",
    cls=SaidCommand,
    said=COMMANDS["check"],
)
@source_options
@option(
    "--all",
    "everything",
    is_flag=True,
    said=say("Of a report's text, also the claims that are right and those that cannot be told."),
)
@partial(question_options, without=("target", "basis"))
@output_options
@settings_options
def command(
    names: tuple[str, ...],
    loading: LoadOptions,
    question: Question,
    output: OutputOptions,
    everything: bool,
    explain: bool,
) -> int:
    """Load, recompute, write; the verdict is always the exit status."""
    from budgetcli.analysis.audit import audit
    from budgetcli.analysis.check import check
    from budgetcli.cli.answer import give, load_whole, working
    from budgetcli.cli.output import chosen_format
    from budgetcli.views import said_once

    loaded = load_whole(names, loading._replace(rows=True), explain=explain)
    with working(say("being recomputed")):
        report = check(loaded.table, question, audit(*loaded, everything=everything))
    give(said_once(report, chosen_format(output)), names, output, in_words=True)
    return Exit.VERDICT if report.verdict else Exit.DONE
