"""What every command does around its question: load, tell what was inferred, emit the answer."""

from __future__ import annotations

import click

from budgetcli import config
from budgetcli.cli.options import Settings
from budgetcli.cli.output import OutputOptions, chosen_format, emit, emit_whole
from budgetcli.cli.talk import tell, tell_findings, tell_headline, tell_inferences
from budgetcli.i18n import say
from budgetcli.loading import LoadOptions, latest, load, load_all
from budgetcli.model import BudgetTable
from budgetcli.readers.find import BUILT_IN
from budgetcli.report import Dossier, Report
from budgetcli.views import Page


def load_table(names: tuple[str, ...], loading: LoadOptions, *, explain: bool) -> BudgetTable:
    """The latest budget table of the sources, else of BUDGETCLI_SOURCE, else the built-in one."""
    table = load(*_sources(names), options=loading)
    _tell(names, table, explain)
    return table


def load_tables(
    names: tuple[str, ...], loading: LoadOptions, *, explain: bool
) -> list[BudgetTable]:
    """Those of all dates, oldest first; what was inferred is told of the last."""
    tables = load_all(*_sources(names), options=loading)
    _tell(names, tables[-1], explain)
    return tables


def load_dates(
    names: tuple[str, ...], loading: LoadOptions, *, explain: bool
) -> tuple[list[BudgetTable], BudgetTable]:
    """Those of all dates, and which of them `load_table` gives; of that one inferences are told."""
    tables = load_all(*_sources(names), options=loading)
    table = latest(tables, loading)
    _tell(names, table, explain)
    return tables, table


def give(
    report: Report, names: tuple[str, ...], output: OutputOptions, *, in_words: bool = False
) -> None:
    """Write the answer; what it has no room for goes to stderr.

    `in_words`: the headline is a part of the answer, and not a word on it.
    """
    settings = click.get_current_context().ensure_object(Settings)
    output = output._replace(decimals=max(output.decimals, report.decimals))
    emit(report, output, settings.color, _inputs(names, settings))
    if settings.quiet:
        return
    format, page = chosen_format(output), Page(output.decimals, output.show_unit)
    if not format.findings:
        tell_findings(report, page)
    if in_words and not format.headline:
        tell_headline(report, page)


def hand_over(dossier: Dossier, names: tuple[str, ...], output: OutputOptions) -> None:
    """Write all answers as one document; what it lacks, and how to get it, goes to stderr."""
    settings = click.get_current_context().ensure_object(Settings)
    lacks = emit_whole(dossier, output, _inputs(names, settings))
    for said in () if settings.quiet else lacks:
        tell(said)


def _inputs(names: tuple[str, ...], settings: Settings) -> tuple[str | None, ...]:
    """What was read, and so is never written to; None is the built-in table."""
    return (*(_sources(names) or (None,)), *settings.inputs)


def _sources(names: tuple[str, ...]) -> tuple[str, ...]:
    default = config.default_source()
    return names or ((default,) if default else ())


def _tell(names: tuple[str, ...], table: BudgetTable, explain: bool) -> None:
    if click.get_current_context().ensure_object(Settings).quiet:
        return
    if not _sources(names):
        tell(say("no source named: the built-in table {name} is shown", name=BUILT_IN))
    tell_inferences(table, everything=explain)
