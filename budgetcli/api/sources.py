"""What may be asked about: names, bytes, streams, data frames, tables that are loaded already."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias, TypeGuard

from budgetcli.errors import SourceError, UserError
from budgetcli.i18n import say
from budgetcli.loading import Loaded, LoadOptions, latest, load_all, load_report, snapshots
from budgetcli.model import BudgetTable, RawTable
from budgetcli.readers import Source

if TYPE_CHECKING:
    import pandas as pd

File: TypeAlias = "str | PathLike[str] | bytes | BinaryIO | pd.DataFrame"
From: TypeAlias = "File | BudgetTable"


def one(sources: Sequence[From], loading: LoadOptions) -> BudgetTable:
    """As it is where it is one table that was loaded already."""
    return latest(every(sources, loading, only_last=True), loading)


def whole(sources: Sequence[From], loading: LoadOptions) -> Loaded:
    """With the text of documents; tables and frames have none."""
    if any(isinstance(source, BudgetTable) or _is_frame(source) for source in sources):
        return Loaded(one(sources, loading))
    return load_report(*map(named, sources), options=loading)


def every(
    sources: Sequence[From], loading: LoadOptions, *, only_last: bool = False
) -> list[BudgetTable]:
    """The tables of all dates, oldest first; only rows that were asked for.

    With `only_last` those before the last may have no rows.
    """
    loaded = [source for source in sources if isinstance(source, BudgetTable)]
    others = [source for source in sources if not isinstance(source, BudgetTable)]
    if loaded and loading._replace(where={}, by=(), measures=False) != LoadOptions():
        raise UserError(
            say("the table is loaded already: how to read it comes too late"),
            where=loaded[0].source,
            next=say("say it when loading, or give the source itself"),
        )
    if others or not loaded:
        options = loading._replace(only_last=only_last and not loaded)
        loaded += _exact(others, load_all(*map(named, others), options=options))
    return snapshots(loaded, loading)


def _exact(sources: Sequence[From], found: list[BudgetTable]) -> list[BudgetTable]:
    """The tables read; a frame's floats must have been what they show. Raises TableError."""
    frames = [source for source in sources if _is_frame(source)]
    if frames:
        from budgetcli.frames import refuse_inexact

        for frame in frames:
            for table in found:
                refuse_inexact(frame, table)
    return found


def named(source: object) -> str | PathLike[str] | Source | RawTable:
    """What the front door knows how to read. Raises TypeError for what is no source."""
    if _is_frame(source):
        from budgetcli.frames import raw_table

        return raw_table(source, "frame")
    if isinstance(source, bytes):
        return Source("bytes", data=source)
    if isinstance(source, str | PathLike):
        return source
    if not hasattr(source, "read"):
        raise TypeError(f"a source is a path, bytes, a stream, a frame or a table, not {source!r}")
    return _streamed(source)


def _streamed(stream: Any) -> Source:
    name, data = str(getattr(stream, "name", "stream")), stream.read()
    if isinstance(data, str):
        raise SourceError(
            say("it gives text, not bytes"),
            where=name,
            next=say('open it in binary: open(path, "rb")'),
        )
    return Source(name, data=data)


def _is_frame(source: object) -> TypeGuard[pd.DataFrame]:
    """Whoever has a frame has imported pandas."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(source, pandas.DataFrame)
