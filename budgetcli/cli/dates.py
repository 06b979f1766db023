"""What commands about several dates do around their question: load them all, choose a ramp."""

from __future__ import annotations

import sys

import click

from budgetcli import config
from budgetcli.analysis.spark import BLOCKS, TYPED
from budgetcli.cli.options import Settings
from budgetcli.cli.output import OutputOptions
from budgetcli.cli.talk import tell, tell_inferences
from budgetcli.i18n import say
from budgetcli.load import LoadOptions, load_all
from budgetcli.model import BudgetTable
from budgetcli.readers.find import BUILT_IN


def load_tables(
    names: tuple[str, ...], loading: LoadOptions, *, explain: bool
) -> list[BudgetTable]:
    """The budget tables of all dates of the sources, oldest first; what is inferred is told once.

    Without a source, of BUDGETCLI_SOURCE, else the built-in one.
    """
    settings = click.get_current_context().ensure_object(Settings)
    default = config.default_source()
    sources = names or ((default,) if default else ())
    tables = load_all(*sources, options=loading)
    if not settings.quiet:
        if not sources:
            tell(say("no source named: the built-in table {name} is shown", name=BUILT_IN))
        tell_inferences(tables[-1], everything=explain)
    return tables


def ramp_for(output: OutputOptions) -> str:
    """Blocks for a sparkline where the output's encoding has them, else what a typewriter has."""
    on_terminal = output.path is None and sys.stdout.isatty()
    encoding = (sys.stdout.encoding or "utf-8") if on_terminal else output.encoding
    try:
        BLOCKS.encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return TYPED
    return BLOCKS
