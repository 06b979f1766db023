"""Markup into tags and texts, and a page's bytes into text: what HTML and Excel's XML share.

A tokenizer of our own, because the standard library's goes quadratic on
markup that is never closed. This one passes over the text once, whatever it
holds. What a tag means is the readers' business.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from budgetcli.errors import TOO_LARGE, SourceError
from budgetcli.i18n import say
from budgetcli.model import Evidence
from budgetcli.readers.encoding import decode
from budgetcli.readers.source import HEAD_BYTES, Source

MAX_BYTES = 64 * 1024 * 1024
MAX_TAGS = 4_000_000
MAX_TEXT = 1_000_000
_OPENING = re.compile(
    r"<(?:(?P<other>!--|[!?]|/(?![a-zA-Z]))|(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*))"
)
_COMMENT_END = re.compile(r"--!?>")
_QUOTED_OR_END = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')|>""")
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
_ENDLESS_REFERENCE = re.compile(r"&#[xX]?[0-9a-fA-F]{9,};?")
_WHITE = re.compile(r"[ \t\r\n\f]+")
_BREAK = re.compile(r" *\n[ \n]*")
_CHARSET = re.compile(
    rb"""(?i)<meta\b[^>]{0,300}?\bcharset\s*=\s*["']?\s*([\w:.-]{1,40})"""
    rb"""|<\?xml\b[^>]{0,100}?\bencoding\s*=\s*["']([\w:.-]{1,40})"""
)
_SUPERSETS = {
    "ascii": "cp1252",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "shift_jis": "cp932",
}
_ALIASES = {"x-windows-949": "cp949", "windows-949": "cp949", "windows-31j": "cp932"}
_TEXT_CODEC = re.compile(
    r"utf-8|cp\d+|iso8859-\d+|koi8-[rtu]|mac-\w+|euc_\w+|gbk|gb18030|big5\w*|johab|tis-620"
)


class Tag(NamedTuple):
    """A tag with its name in lower case and its attributes as they are written."""

    name: str
    attributes: str = ""
    closing: bool = False

    @property
    def empty(self) -> bool:
        """Whether it closes itself (<row/>)."""
        return self.attributes.endswith("/")


class Cut:
    """The text ended inside a tag or a comment: what comes after it is lost."""


def tokens(text: str) -> Iterator[Tag | str | Cut]:
    """Tags and the text between them, entities resolved; comments and scripts left out."""
    position = 0
    while (opening := _OPENING.search(text, position)) is not None:
        if opening.start() > position:
            yield from _texts(text, position, opening.start())
        end = _end_of(text, opening)
        if end < 0:
            yield Cut()
            return
        position = end
        if opening["name"] is None:
            continue
        tag = Tag(
            opening["name"].lower(), text[opening.end() : end - 1], closing=bool(opening["end"])
        )
        yield tag
        if tag.name in _RAW and not tag.closing:
            position = _end_of_raw(text, position, tag.name)
            if tag.name == "title":
                yield from _texts(text, end, position)
    yield from _texts(text, position, len(text))


def _texts(text: str, start: int, end: int) -> Iterator[str]:
    """The text between two tags, entities resolved, in pieces where it is very long."""
    for piece in range(start, end, MAX_TEXT):
        yield resolved(text[piece : min(piece + MAX_TEXT, end)])


def _end_of(text: str, opening: re.Match[str]) -> int:
    """Where the tag, comment or declaration ends; -1 where it does not."""
    if opening["other"] == "!--":
        closing = _COMMENT_END.search(text, opening.end() - 2)
        return closing.end() if closing else -1
    end = text.find(">", opening.end()) + 1
    if not end or opening["other"] or not _has_quotes(text, opening.end(), end):
        return end or -1
    for match in _QUOTED_OR_END.finditer(text, opening.end()):
        if match[0] == ">":
            return match.end()
    return -1


def _has_quotes(text: str, start: int, end: int) -> bool:
    return text.find('"', start, end) >= 0 or text.find("'", start, end) >= 0


def _end_of_raw(text: str, position: int, name: str) -> int:
    closing = re.compile(rf"(?i)</{name}(?=[\s/>])").search(text, position)
    return closing.start() if closing else len(text)


def resolved(text: str) -> str:
    """The text with its character references resolved, absurdly long numbers as U+FFFD."""
    if "&" not in text:
        return text
    return unescape(_ENDLESS_REFERENCE.sub("\ufffd", text))


def flat(text: str) -> str:
    """White space as a page shows it: any run of it is one space."""
    return _WHITE.sub(" ", text)


def tidy(parts: list[str]) -> str:
    """A cell's parts as one text: no blank lines, no white space at its ends."""
    text = re.sub("  +", " ", "".join(parts))
    return _BREAK.sub("\n", text).replace("\u00a0", " ").strip()


def bounded(source: Source) -> bytes:
    """All bytes of the source. Raises SourceError where a page that large is no page."""
    with source.open() as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES or data.count(b"<") > MAX_TAGS:
        raise SourceError(
            say(
                "a page of more than {size} MiB or {tags} tags is not read",
                size=MAX_BYTES // 2**20,
                tags=MAX_TAGS,
            ),
            where=source.name,
            why=TOO_LARGE,
            next=say("save it as CSV or Parquet and try again"),
        )
    return data


def page_text(data: bytes, name: str, encoding: str | None) -> tuple[str, Evidence]:
    """A page's text: as told, by its byte order mark, as it declares, else as any text.

    A page that declares another encoding but is UTF-8 beyond doubt (it has
    such characters, all of them whole) was converted without a word: that is
    said aloud. Raises SourceError where no encoding fits.
    """
    declared = _declared(data)
    if encoding is not None or declared is None or _is_marked(data):
        return decode(data, name, encoding)
    if declared == "utf-8" or (not data.isascii() and _is(data, "utf-8")):
        return _contradicting(data, name, declared)
    if not _is(data, declared):
        return _contradicting(data, name, declared)
    return data.decode(declared), Evidence(
        "encoding", say("encoding: {name}, as the page declares", name=declared.upper())
    )


def _contradicting(data: bytes, name: str, declared: str) -> tuple[str, Evidence]:
    text, evidence = decode(data, name)
    if evidence.message.values.get("name", "").lower() == declared:
        return text, evidence
    said = say("the page declares {declared}, but is not", declared=declared.upper())
    return text, Evidence("encoding", say("{one}; {two}", one=evidence.message, two=said), True)


def _is_marked(data: bytes) -> bool:
    return data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def _is(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _declared(data: bytes) -> str | None:
    """The codec a page's head declares, widened as browsers do; None for none that is known."""
    found = _CHARSET.search(data[:HEAD_BYTES])
    return known_encoding((found[1] or found[2]).decode("ascii", "replace")) if found else None


def known_encoding(label: str) -> str | None:
    """The codec of a declared character set, widened as browsers do; None where it has none."""
    try:
        name = codecs.lookup(_ALIASES.get(label.lower(), label)).name
    except (LookupError, ValueError):
        return None
    name = _SUPERSETS.get(name, name)
    return name if _TEXT_CODEC.fullmatch(name) else None
