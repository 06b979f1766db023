"""What every command does around its question: load, tell what was inferred, emit the answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from budgetcli.cli.output import OutputOptions, chosen_format, emit, emit_whole
from budgetcli.cli.progress import shown
from budgetcli.cli.session import Settings, settings_of
from budgetcli.cli.talk import tell, tell_findings, tell_headline, tell_inferences
from budgetcli.errors import UserError
from budgetcli.i18n import Sentence, say
from budgetcli.loading import Loaded, LoadOptions, latest, load, load_all, load_report
from budgetcli.model import BudgetTable, Evidence
from budgetcli.readers.find import BUILT_IN
from budgetcli.report import Dossier, Report
from budgetcli.views import Page

if TYPE_CHECKING:
    from budgetcli.config_file import Setting


def load_table(names: tuple[str, ...], loading: LoadOptions, *, explain: bool) -> BudgetTable:
    """The latest budget table of the sources, else of the default source, else the built-in one."""
    table = read_table(names, loading)
    tell_loading(names, table, explain=explain)
    return table


def read_table(names: tuple[str, ...], loading: LoadOptions) -> BudgetTable:
    """The same without a word, for an answer that may be silence."""
    with reading(names, loading) as (found, options):
        return load(*found, options=options)


def load_whole(names: tuple[str, ...], loading: LoadOptions, *, explain: bool) -> Loaded:
    """A report whole, its budget table and its text; that it has no table is told."""
    with reading(names, loading) as (found, options):
        loaded = load_report(*found, options=options)
    if loaded.table:
        tell_loading(names, loaded.table, explain=explain)
    elif loaded.problem and not _settings().quiet:
        tell(say("only the report's claims are checked: {reason}", reason=loaded.problem.what))
    return loaded


def load_tables(
    names: tuple[str, ...], loading: LoadOptions, *, explain: bool
) -> list[BudgetTable]:
    """Those of all dates, oldest first; what was inferred is told of the last."""
    with reading(names, loading) as (found, options):
        tables = load_all(*found, options=options)
    tell_loading(names, tables[-1], explain=explain)
    return tables


def load_dates(
    names: tuple[str, ...], loading: LoadOptions, *, explain: bool
) -> tuple[list[BudgetTable], BudgetTable]:
    """Those of all dates, and which of them `load_table` gives; of that one inferences are told."""
    with reading(names, loading) as (found, options):
        tables = load_all(*found, options=options)
    table = latest(tables, loading)
    tell_loading(names, table, explain=explain)
    return tables, table


def load_past(history: tuple[str, ...], loading: LoadOptions) -> list[BudgetTable]:
    """Past years' tables, each with a date of its own; none where none were named."""
    if not history:
        return []
    with reading(history, loading._replace(as_of=None)) as (found, options):
        return load_all(*found, options=options)


def give(
    report: Report, names: tuple[str, ...], output: OutputOptions, *, in_words: bool = False
) -> None:
    """Write the answer; what it has no room for goes to stderr.

    `in_words`: the headline is a part of the answer, and not a word on it.
    """
    settings = _settings()
    output = output._replace(decimals=max(output.decimals, report.decimals))
    with inputs_of(names) as read:
        emit(report, output, settings.color, read)
    tell_beside(report, output, in_words=in_words)


def tell_beside(report: Report, output: OutputOptions, *, in_words: bool = False) -> None:
    """On stderr what the format of an answer has no room for."""
    if _settings().quiet:
        return
    format, page = chosen_format(output), Page(output.decimals, output.show_unit)
    if not format.findings:
        tell_findings(report, page)
    if in_words and not format.headline:
        tell_headline(report, page)


def hand_over(dossier: Dossier, names: tuple[str, ...], output: OutputOptions) -> None:
    """Write all answers as one document; what it lacks, and how to get it, goes to stderr."""
    with inputs_of(names) as read, working(say("writing the report")):
        lacks = emit_whole(dossier, output, read)
    for said in () if _settings().quiet else lacks:
        tell(said)


@contextmanager
def inputs_of(names: tuple[str, ...]) -> Iterator[tuple[str | None, ...]]:
    """What was read, and so is never written to; None is the built-in table."""
    with sources(names) as read:
        yield (*(read or (None,)), *_settings().inputs)


def tell_evidence(evidence: list[Evidence], *, everything: bool) -> None:
    """What had to be inferred before there was a table, unless nothing is to be told."""
    if not _settings().quiet:
        for said in evidence:
            if everything or said.aloud:
                tell(said.message)


@contextmanager
def reading(
    names: tuple[str, ...], loading: LoadOptions
) -> Iterator[tuple[tuple[str, ...], LoadOptions]]:
    """What to read and how, with a bar on the terminal while it takes long."""
    with sources(names) as found, shown(quiet=_settings().quiet) as progress:
        yield found, loading._replace(progress=progress)


@contextmanager
def working(what: Sentence) -> Iterator[None]:
    """A bar while something that is not reading takes long."""
    with shown(quiet=_settings().quiet) as progress:
        progress(what, 0, None)
        yield


@contextmanager
def sources(names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The names typed, else the default source; what is wrong with that is told of its setting."""
    usual = None if names else _usual_source()
    try:
        yield (usual.path,) if usual else names
    except UserError as problem:
        if usual:
            problem.seen += (say("this source is a setting: {place}", place=usual.place),)
        raise


def _settings() -> Settings:
    return settings_of(click.get_current_context())


def _usual_source() -> Setting | None:
    return _settings().config.plain.get("source")


def tell_loading(names: tuple[str, ...], table: BudgetTable, *, explain: bool) -> None:
    """Which source was taken where none was named, and what was inferred."""
    if _settings().quiet:
        return
    if not names:
        tell(_shown_instead(_usual_source()))
    tell_inferences(table, everything=explain)


def _shown_instead(usual: Setting | None) -> Sentence:
    if usual is None:
        return say("no source named: the built-in table {name} is shown", name=BUILT_IN)
    name = usual.shown if "://" in usual.value else usual.path
    return say("no source named: {name} is shown, from {where}", name=name, where=usual.where)
