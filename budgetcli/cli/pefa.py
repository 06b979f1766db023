"""`budgetcli pefa`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.options import (
    Settings,
    output_options,
    question_options,
    settings_options,
    source_options,
)
from budgetcli.cli.said import SaidCommand, option
from budgetcli.errors import UserError
from budgetcli.i18n import say

if TYPE_CHECKING:
    from budgetcli.analysis.question import Question
    from budgetcli.cli.output import OutputOptions
    from budgetcli.load import LoadOptions
    from budgetcli.report import Report

# formats that show the headline
_SAY_HEADLINE = ("table", "html", "xlsx")


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
@question_options
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
    from budgetcli.analysis.pefa import CONTINGENCY, INTEREST, Method, pefa
    from budgetcli.cli.dates import load_tables

    if question.target is not None or question.basis != "spent":
        raise UserError(
            say("PEFA holds what was spent against the original budget"),
            where="pefa",
            next=say("leave out --target and --basis"),
        )
    method = Method(indicative, contingency or CONTINGENCY, interest or INTEREST)
    tables = load_tables(names, loading, explain=explain)
    _give(pefa(tables, question, method), names, output)


def _give(report: Report, names: tuple[str, ...], output: OutputOptions) -> None:
    """Scores are told on stderr where the format has no room for words."""
    from budgetcli.cli.answer import give
    from budgetcli.cli.output import chosen_format
    from budgetcli.cli.talk import tell
    from budgetcli.views import Page
    from budgetcli.views.cells import numbers_for

    give(report, names, output)
    settings = click.get_current_context().ensure_object(Settings)
    if chosen_format(output).name not in _SAY_HEADLINE and not settings.quiet:
        numbers = numbers_for(report, Page(output.decimals, output.show_unit))
        for sentence in report.headline:
            tell(numbers.sentence(sentence))
