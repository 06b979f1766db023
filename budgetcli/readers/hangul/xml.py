"""XML of a Hangul document pushed through a parser, in bounded steps and without a tree."""

from __future__ import annotations

from xml.etree.ElementTree import ParseError, XMLParser

from budgetcli.errors import TOO_LARGE, SourceError
from budgetcli.i18n import say

MAX_UNBROKEN = 1 << 20
CHUNK = 1 << 20


class BrokenXMLError(Exception):
    """A part that is no XML; whoever opened the package knows what that means."""


def parse(data: bytes, target: object, name: str) -> None:
    """Push XML through a parser's `target`.

    Raises BrokenXMLError, or SourceError for a tag or a text without end.
    """
    parser = XMLParser(target=target)
    unbroken = 0
    try:
        for start in range(0, len(data), CHUNK):
            chunk = data[start : start + CHUNK]
            unbroken = 0 if b"<" in chunk else unbroken + len(chunk)
            if unbroken > MAX_UNBROKEN:
                raise too_large(name)
            parser.feed(chunk)
        parser.close()
    except (ParseError, ValueError, LookupError) as problem:
        raise BrokenXMLError(str(problem)) from problem


def too_large(name: str) -> SourceError:
    """The error for a document beyond every limit of good faith."""
    return SourceError(
        say("the document is too large to be read safely"),
        where=name,
        why=TOO_LARGE,
        next=say("save the pages that matter as a document of their own"),
    )
