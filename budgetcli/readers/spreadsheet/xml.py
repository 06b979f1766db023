"""XML of a workbook's parts: small ones as elements, large ones as events, never with entities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol
from xml.etree import ElementTree
from xml.parsers import expat


class Events(Protocol):
    """Who listens to a part that is parsed; names come with their prefixes."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def words(self, text: str) -> None:
        """Text between tags, perhaps a part of it."""


def elements(data: bytes) -> Iterator[ElementTree.Element]:
    """The elements of a small part. ValueError where it declares a document type."""
    if b"<!DOCTYPE" in data:
        raise ValueError("it declares a document type")
    return ElementTree.fromstring(data).iter()


def parse(data: bytes, events: Events) -> None:
    """A large part, told to `events`. ValueError where it declares entities."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = events.start
    parser.EndElementHandler = events.end
    parser.CharacterDataHandler = events.words
    parser.EntityDeclHandler = _no_entities
    parser.buffer_text = True
    parser.Parse(data, True)


@lru_cache
def local(tag: str) -> str:
    """A tag or attribute without its namespace or prefix."""
    return re.split("[}:]", tag)[-1]


def _no_entities(*_: object) -> None:
    raise ValueError("it declares entities")
