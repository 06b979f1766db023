"""What may stand after a flag: words that are known, and what the current source holds.

A source is looked into only if that is quick: a TAB is no time to read a large file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

import click
from click.shell_completion import CompletionItem

from budgetcli.config import Config
from budgetcli.fields import FIELDS, LABELS
from budgetcli.loading import LoadOptions, load
from budgetcli.model import BudgetTable, RawTable
from budgetcli.readers import family_of, read
from budgetcli.readers.find import STANDARD_INPUT, find_sources
from budgetcli.readers.source import Source
from budgetcli.recognise.bands import find_bands
from budgetcli.recognise.columns import MAPPABLE, read_columns
from budgetcli.recognise.grid import make_grid
from budgetcli.recognise.join import cell_of, column_index
from budgetcli.recognise.sections import split_document
from budgetcli.target_schedules import SCHEDULES
from budgetcli.targets import GOAL, PACE
from budgetcli.views import format_names

Items: TypeAlias = "list[CompletionItem[str]]"  # in text: no class to subscript in older clicks

_MOST_BYTES = 2 << 20
_MOST = 500
_NO_HELP: Mapping[str, str] = MappingProxyType({})
_UNITS = ("원", "천원", "백만원", "억원", "thousand", "million")
_ENCODINGS = ("utf-8", "utf-8-sig", "cp949", "utf-16", "latin-1")
_SLOW = ("budgetcli.readers.pdf", "budgetcli.readers.hangul.hwp")


def formats(_ctx: click.Context, incomplete: str) -> Items:
    """Every output format."""
    return _fitting(format_names(), incomplete)


def units(_ctx: click.Context, incomplete: str) -> Items:
    """The usual units."""
    return _fitting(_UNITS, incomplete)


def encodings(_ctx: click.Context, incomplete: str) -> Items:
    """The usual encodings."""
    return _fitting(_ENCODINGS, incomplete)


def targets(ctx: click.Context, incomplete: str) -> Items:
    """Words and schedules, the settings' named targets; else a file of targets."""
    named = _config(ctx).targets
    helps = {name: setting.value for name, setting in named.items()}
    found = _fitting((*named, PACE, GOAL, *SCHEDULES), incomplete, helps)
    return found or files(ctx, incomplete)


def files(_ctx: click.Context, incomplete: str) -> Items:
    """Whatever the shell finds."""
    return [CompletionItem(incomplete, type="file")]


def divisions(ctx: click.Context, incomplete: str) -> Items:
    """Who stands in the current source."""
    from budgetcli.analysis.standing import default_grouping, groups_of

    table = _table(ctx)
    return _fitting((group.name for group in groups_of(table, default_grouping(table))), incomplete)


def mapping(ctx: click.Context, incomplete: str) -> Items:
    """FIELD=, and behind it the source's headers."""
    field, mark, _ = incomplete.partition("=")
    if mark:
        return _fitting((f"{field}={header}" for header in _headers(ctx)), incomplete)
    terms = {f"{name}=": FIELDS[name].term for name in MAPPABLE}
    return _fitting(terms, incomplete, terms)


def grouping(ctx: click.Context, incomplete: str) -> Items:
    """Fields that name rows, and the source's headers."""
    return _fitting((*LABELS, *_headers(ctx)), incomplete)


def conditions(ctx: click.Context, incomplete: str) -> Items:
    """COLUMN=, and behind it what stands in the column."""
    column, mark, _ = incomplete.partition("=")
    if not mark:
        return _fitting((f"{header}=" for header in _headers(ctx)), incomplete)
    table = _table(ctx)
    index = column_index(table, column)
    return _fitting((f"{column}={cell_of(row, index, column)}" for row in table.rows), incomplete)


def tables(ctx: click.Context, incomplete: str) -> Items:
    """The numbers of the source's tables, with the words above them."""
    titles = {str(raw.number): " ".join((raw.sheet or "", *raw.before)) for raw in _raw_tables(ctx)}
    return _fitting(titles, incomplete, titles)


def sheets(ctx: click.Context, incomplete: str) -> Items:
    """The names of the source's sheets."""
    return _fitting((raw.sheet for raw in _raw_tables(ctx) if raw.sheet), incomplete)


def _fitting(words: Iterable[str], incomplete: str, helps: Mapping[str, str] = _NO_HELP) -> Items:
    """Words that go on as was begun, each once, whatever its case; none with controls."""
    begun = incomplete.casefold()
    fits = (word for word in words if word.casefold().startswith(begun) and word.isprintable())
    return [CompletionItem(word, help=helps.get(word)) for word in [*dict.fromkeys(fits)][:_MOST]]


def _config(ctx: click.Context) -> Config:
    config: Config = ctx.obj.config  # the program's own object, made before any command
    return config


def _table(ctx: click.Context) -> BudgetTable:
    return load(*_names(ctx), options=_loading(ctx))


def _headers(ctx: click.Context) -> Iterator[str]:
    """Every header of the source, read or not: what has no meaning yet is what --map is for."""
    words = _config(ctx).words
    for raw in _raw_tables(ctx):
        grid = make_grid(raw, words)
        yield from filter(None, (one.header for one in read_columns(grid, find_bands(grid))))


def _raw_tables(ctx: click.Context) -> list[RawTable]:
    reading = _loading(ctx).reading
    found = [source for name in _names(ctx) or (None,) for source in find_sources(name)]
    return split_document([raw for source in found for raw in read(source, reading)])


def _loading(ctx: click.Context) -> LoadOptions:
    """What the line says so far of how its source is read."""
    given = {
        name: ctx.params[name] for name in ("table", "sheet", "encoding") if ctx.params.get(name)
    }
    columns = ctx.params.get("columns") or {}
    return LoadOptions(columns=columns, words=_config(ctx).words, **given)


def _names(ctx: click.Context) -> tuple[str, ...]:
    """The line's sources, else the default one. Raises SlowError for what is not quick to read."""
    usual = _config(ctx).plain.get("source")
    names = _typed(ctx) or ((usual.path,) if usual else ())
    for name in names:
        waits = name == STANDARD_INPUT or "://" in name or Path(name).is_fifo()
        if waits or any(map(_is_slow, find_sources(name))):
            raise SlowError
    return names


def _typed(ctx: click.Context) -> tuple[str, ...]:
    """The line's sources; behind a flag that still lacks its value, click leaves them unsorted."""
    before = sum(isinstance(one, click.Argument) for one in ctx.command.params) - 1
    return tuple(ctx.params.get("names") or ctx.args[before:])


def _is_slow(source: Source) -> bool:
    """What is large, is no file, or is read by a process of its own."""
    path = Path(source.path or "")
    return (
        not path.is_file() or path.stat().st_size > _MOST_BYTES or family_of(source).module in _SLOW
    )


class SlowError(Exception):
    """The source is not for looking into at a TAB."""
