"""`budgetcli check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.options import output_options, question_options, settings_options, source_options
from budgetcli.cli.said import SaidCommand
from budgetcli.errors import Exit

if TYPE_CHECKING:
    from budgetcli.analysis.question import Question
    from budgetcli.cli.output import OutputOptions
    from budgetcli.load import LoadOptions
    from budgetcli.report import Report

# formats that draw findings as such: they need no rows of them
_DRAW_FINDINGS = ("table", "json")
# formats that show the headline
_SAY_HEADLINE = ("table", "html", "xlsx")


@click.command(
    "check",
    cls=SaidCommand,
    said=COMMANDS["check"],
)
@source_options
@question_options
@output_options
@settings_options
def command(
    names: tuple[str, ...],
    loading: LoadOptions,
    question: Question,
    output: OutputOptions,
    explain: bool,
) -> int:
    """Load, recompute, write; the verdict is always the exit status."""
    from budgetcli.analysis.check import check, rate_places
    from budgetcli.cli.answer import load_table

    table = load_table(names, loading, explain=explain)
    report = check(table, question)
    _give(report, names, output._replace(decimals=max(output.decimals, rate_places(report))))
    return Exit.VERDICT if report.verdict else Exit.DONE


def _give(report: Report, names: tuple[str, ...], output: OutputOptions) -> None:
    """Findings as findings or as rows, whichever the format has; the answer in words is told."""
    from budgetcli.cli.answer import give
    from budgetcli.cli.options import Settings
    from budgetcli.cli.output import chosen_format
    from budgetcli.cli.talk import tell

    name = chosen_format(output).name
    draws = name in _DRAW_FINDINGS
    give(report._replace(rows=()) if draws else report._replace(findings=()), names, output)
    settings = click.get_current_context().ensure_object(Settings)
    if name not in _SAY_HEADLINE and not settings.quiet:
        for sentence in report.headline:
            tell(sentence)
