"""Excel 5 to 2003 workbooks, read in a process of their own.

The library breaks down on damaged ones, and tells so on standard error by
itself, or never ends. What it reads and how is `spreadsheet`'s business.
"""

from __future__ import annotations

from collections.abc import Callable

from budgetcli.i18n import say
from budgetcli.model import RawTable
from budgetcli.readers import spreadsheet
from budgetcli.readers.apart import Limits, read_apart
from budgetcli.readers.source import ReadOptions, Source

# Five million cells, the most a sheet may span, fill about half of this.
_LIMITS = Limits(step=60.0, memory=2 << 30)


def read(source: Source, options: ReadOptions) -> list[RawTable]:
    """Every table of every sheet, or of the one asked for. Raises what `spreadsheet.read` does."""
    advice = say("open it in a spreadsheet program and save it as XLSX")
    return read_apart(__name__, source, options, next=advice, limits=_LIMITS)


def read_here(
    source: Source, options: ReadOptions, step_done: Callable[[], None]
) -> list[RawTable]:
    """What `read` gives and raises, without limits on time and memory, in a single step."""
    step_done()
    return spreadsheet.read(source, options)
