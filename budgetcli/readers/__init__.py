"""Bytes to raw tables: the front door of all readers. Meaning is `recognise`'s business."""

from __future__ import annotations

from importlib import import_module

from budgetcli.errors import NoTableError, SourceError
from budgetcli.i18n import say
from budgetcli.model import Document, RawTable
from budgetcli.readers.registry import FAMILIES, Family
from budgetcli.readers.sniff import Head
from budgetcli.readers.source import ReadOptions, Source

__all__ = ["ReadOptions", "Source", "family_of", "read", "read_document", "read_texts"]


def family_of(source: Source, encoding: str | None = None) -> Family:
    """The family of formats a source belongs to, by its content. Raises NoTableError for none."""
    if not source.head:
        raise NoTableError(
            say("the file is empty"),
            where=source.name,
            why=say("without a table there are no figures to analyse"),
            next=say("name a file that holds a table"),
        )
    head = Head(source, encoding)
    for family in FAMILIES:
        if family.claims(head):
            return family
    raise NoTableError(
        say("this is no format that can be read (it starts with {start})", start=source.head[:8]),
        where=source.name,
        next=say("save it as CSV, XLSX, HWPX, PDF or JSON and try again"),
    )


def read(source: Source, options: ReadOptions = ReadOptions()) -> list[RawTable]:
    """Every raw table of one source, in reading order.

    Raises SourceError, also where a sheet is asked for and the format has none.
    """
    module = import_module(family_of(source, options.encoding).module)
    tables: list[RawTable] = module.read(source, options)
    if options.sheet is not None and tables and all(table.sheet is None for table in tables):
        raise SourceError(
            say("this format has no sheets, so there is no sheet {sheet}", sheet=options.sheet),
            where=source.name,
            why=say("what is read would not be what was asked for"),
            next=say("leave --sheet out; --table says which table of a document"),
        )
    return tables


def read_document(source: Source, options: ReadOptions = ReadOptions()) -> Document:
    """A document's lines outside of tables, and its tables; without running text, those alone.

    Raises SourceError.
    """
    family = family_of(source, options.encoding)
    if not family.has_text:
        return Document(source.name, (), tuple(read(source, options)))
    document: Document = import_module(family.module).read_document(source, options)
    return document


def read_texts(source: Source, options: ReadOptions = ReadOptions()) -> list[Document | RawTable]:
    """The documents with running text in a source, with the tables of what lies beside them.

    Nothing where there is no such document. Raises SourceError.
    """
    family = family_of(source, options.encoding)
    if family.has_text:
        return [read_document(source, options)]
    if family.name != "archive":
        return []
    archive = import_module(family.module)
    parts: list[Document | RawTable] = []
    if archive.holds_text(source):
        parts = archive.read_parts(source, options)
    return parts
