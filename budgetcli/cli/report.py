"""`budgetcli report`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.options import output_options, question_options, settings_options, source_options
from budgetcli.cli.said import SaidCommand
from budgetcli.errors import UserError
from budgetcli.i18n import say

if TYPE_CHECKING:
    from budgetcli.analysis.question import Question
    from budgetcli.cli.output import OutputOptions
    from budgetcli.loading import LoadOptions


@click.command(
    "report",
    cls=SaidCommand,
    said=COMMANDS["report"],
)
@source_options
@partial(question_options, without=("top",))
@partial(
    output_options,
    formats=say("html or xlsx (default: what the file's ending says)."),
    whole=True,
)
@settings_options
def command(
    names: tuple[str, ...],
    loading: LoadOptions,
    question: Question,
    output: OutputOptions,
    explain: bool,
) -> None:
    """Load every date, ask everything, write."""
    from budgetcli.analysis.dossier import dossier
    from budgetcli.cli.answer import hand_over, load_dates

    _refuse_early(output)
    tables, table = load_dates(names, loading, explain=explain)
    hand_over(dossier(tables, table, question), names, output)


def _refuse_early(output: OutputOptions) -> None:
    """A format without room for a document is said before anything is read. Raises UserError."""
    from budgetcli.cli.output import chosen_format

    if not (output.path or output.format):
        raise UserError(
            say("a report is a document of its own"),
            where="report",
            next=say("write it to a file: -o FILE.html or -o FILE.xlsx"),
        )
    chosen_format(output).for_whole()
