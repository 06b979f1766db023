"""A clean table of more rows than memory should hold: written as they go by, or not at all."""

from __future__ import annotations

import io
import signal
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import chain
from types import FrameType
from typing import IO, Any, BinaryIO

from budgetcli.analysis.canonical import canonical, values_of
from budgetcli.cli.output import OutputOptions, chosen_format, page_for, to_be_whole, unencoded
from budgetcli.errors import SourceError
from budgetcli.i18n import say
from budgetcli.loading import LoadOptions, Origin
from budgetcli.model import BudgetTable
from budgetcli.report import Report
from budgetcli.streaming import Stream, Whole
from budgetcli.views import RowWriter

_SIGNALLED = 128  # with the signal's number, what a shell says of a program that was ended


class RowsOutput:
    """Where the rows of a ledger go, and how they look. Raises UserError where that is held."""

    def __init__(
        self,
        sources: Sequence[Origin],
        options: LoadOptions,
        output: OutputOptions,
        *,
        provenance: bool,
    ) -> None:
        self._stream = Stream(sources, options)
        self._output = output
        self._provenance = provenance
        self._format = chosen_format(output)
        self._make = self._format.for_rows()

    def write(self, inputs: Iterable[str | None]) -> BudgetTable:
        """Write all rows; gives what holds for them.

        What stands before the rows is foreseen from the first of them; where the last tell
        otherwise, all is written again. Raises UserError.
        """
        with _ended_in_order(), to_be_whole(self._output, inputs) as out:
            whole = self._tried(out, None) or self._tried(out, self._stream.whole())
            if whole is None:
                raise _changed(self._stream.whole().table.source)
        return whole

    def report(self, table: BudgetTable) -> Report:
        """What is written of a table."""
        return canonical(table, provenance=self._provenance)

    def _tried(self, out: BinaryIO, foreseen: Whole | None) -> BudgetTable | None:
        """What holds for all rows, which then are written; None where it was not foreseen."""
        out.seek(0)
        out.truncate()
        if self._format.binary:
            return self._written(out, foreseen)
        text = io.TextIOWrapper(out, self._output.encoding, newline="")
        try:
            return self._written(text, foreseen)
        except UnicodeEncodeError as problem:
            raise unencoded(problem, self._output.encoding) from None
        finally:
            text.detach()

    def _written(self, target: IO[Any], foreseen: Whole | None) -> BudgetTable | None:
        tables = self._stream.tables()
        first = next(tables)
        foreseen = foreseen or self._stream.whole()
        report = self.report(foreseen.table)
        with closing(self._writer(report, target)) as writer:
            keys = [column.key for column in report.columns]
            is_right = True
            for table in chain((first,), tables):
                rows = self._stream.rows(table, foreseen)
                if is_right and rows != ():
                    is_right = rows is not None and writer.write(values_of(rows, keys))
            whole = self._stream.whole()
            last = self.report(whole.table)
            if not is_right or whole.stated != foreseen.stated or self._told(last) != writer.told:
                return None
            writer.finish(last)
        return whole.table

    def _writer(self, report: Report, target: IO[Any]) -> RowWriter:
        output = self._output
        output = output._replace(decimals=max(output.decimals, report.decimals))
        return self._make(report, page_for(self._format, output, "never"), target)

    def _told(self, report: Report) -> object:
        return self._writer(report, io.BytesIO() if self._format.binary else io.StringIO()).told


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """A program that is told to end takes away what it has not finished."""

    def end(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(_SIGNALLED + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _changed(name: str) -> SourceError:
    return SourceError(
        say("it was written to while it was read"),
        where=name,
        why=say("rows of an old and of a new state would stand in one table"),
        next=say("wait until it is whole, and try again"),
    )
