"""Looks into a workbook before the library does: is it bounded, is it whole, what would be lost.

calamine lays a sheet out as one dense rectangle, so two cells far apart make
it ask for terabytes and abort the process; it also returns errors (#DIV/0!)
and formulas without a saved result as blanks, and knows merged cells of xlsx
and xls only. Each format's own file refuses the first and finds the others;
this one knows which format it is. Values are `spreadsheet`'s business.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from budgetcli.errors import PARTIAL, SourceError
from budgetcli.i18n import say
from budgetcli.readers.sniff import OLE_MAGIC, Head
from budgetcli.readers.source import Source
from budgetcli.readers.spreadsheet.facts import SheetFacts
from budgetcli.readers.spreadsheet.ods import ods_sheets
from budgetcli.readers.spreadsheet.package import opened
from budgetcli.readers.spreadsheet.workbook import workbook_sheets
from budgetcli.readers.spreadsheet.xls_records import XLS_STARTS, xls_sheets


@dataclass(frozen=True)
class Checked:
    """A workbook that may be handed to the library, and its sheets' facts in order."""

    stream: BytesIO
    sheets: list[SheetFacts]


def look(source: Source) -> Checked:
    """Check a whole workbook. Raises SourceError for what must not be read."""
    data = source.everything()
    try:
        if data.startswith(OLE_MAGIC):
            return Checked(BytesIO(data), xls_sheets(data, source.name))
        return _package(data, source.name)
    except SourceError:
        raise
    except Exception as problem:  # whatever a broken file breaks in here, it is the file's fault
        raise damaged(source, problem) from problem


def damaged(source: Source, problem: BaseException) -> SourceError:
    """The file is no whole spreadsheet."""
    form = _format(source)
    what = say(
        "the spreadsheet ({format}) is damaged or incomplete ({problem})",
        format=form,
        problem=problem,
    )
    unknown = say("the Office file is damaged or incomplete ({problem})", problem=problem)
    return SourceError(
        what if form else unknown,
        where=source.name,
        why=PARTIAL,
        next=say("open it in a spreadsheet program, save it again, or ask for a new copy"),
    )


def _format(source: Source) -> str | None:
    """What a damaged spreadsheet calls itself, as far as it can be told."""
    if source.head.startswith(OLE_MAGIC):
        return "XLS" if any(start in source.everything() for start in XLS_STARTS) else None
    names = Head(source).names
    if "xl/workbook.bin" in names:
        return "XLSB"
    return "ODS" if "content.xml" in names else "XLSX"


def _package(data: bytes, name: str) -> Checked:
    with opened(data, name) as package:
        if package.is_ods:
            return Checked(BytesIO(data), ods_sheets(package, name))
        sheets = workbook_sheets(package, name)
        return Checked(package.for_the_library() or BytesIO(data), sheets)
