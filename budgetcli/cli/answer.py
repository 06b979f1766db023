"""What every command does around its question: load, tell what was inferred, emit the answer."""

from __future__ import annotations

import click

from budgetcli import config
from budgetcli.cli.options import Settings
from budgetcli.cli.output import OutputOptions, chosen_format, emit
from budgetcli.cli.talk import tell, tell_findings, tell_inferences
from budgetcli.i18n import say
from budgetcli.load import LoadOptions, load
from budgetcli.model import BudgetTable
from budgetcli.readers.find import BUILT_IN
from budgetcli.report import Report
from budgetcli.views import Page

# formats that have room for findings; the others leave them to stderr
_TELLING = ("table", "json", "xlsx")


def load_table(names: tuple[str, ...], loading: LoadOptions, *, explain: bool) -> BudgetTable:
    """The budget table of the sources, else of BUDGETCLI_SOURCE, else the built-in one."""
    settings = click.get_current_context().ensure_object(Settings)
    default = config.default_source()
    sources = names or ((default,) if default else ())
    table = load(*sources, options=loading)
    if not settings.quiet:
        if not sources:
            tell(say("no source named: the built-in table {name} is shown", name=BUILT_IN))
        tell_inferences(table, everything=explain)
    return table


def give(report: Report, names: tuple[str, ...], output: OutputOptions) -> None:
    """Write the answer; what it has no room for goes to stderr."""
    settings = click.get_current_context().ensure_object(Settings)
    emit(report, output, settings.color, names)
    if not settings.quiet and chosen_format(output).name not in _TELLING:
        tell_findings(report, Page(output.decimals, output.show_unit))
