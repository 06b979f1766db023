"""Bytes to text in a fixed order: byte order mark, strict UTF-8, CP949, else by its letters.

No statistics: they fail on short Korean files, and a wrong guess is silent. Where letters do not
tell either, the user says.
"""

from __future__ import annotations

import codecs

from budgetcli.errors import SourceError
from budgetcli.i18n import say
from budgetcli.model import Evidence
from budgetcli.patterns import lazy

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNMARKED = ("utf-8", "cp949")
_BY_LETTERS = "cp125"
# what Portuguese and Czech letters come to in CP949: Dota碼o
_IN_WORDS = lazy(r"[A-Za-z][\u4e00-\u9fff\uf900-\ufaff]|[\u4e00-\u9fff\uf900-\ufaff][A-Za-z]")
_CONTROLS = lazy(r"[\x01-\x08\x0e-\x19\x1c-\x1f\x7f]")
# what DOS and old exports write behind the last line
_END = "\x1a"


def decode(data: bytes, name: str, encoding: str | None = None) -> tuple[str, Evidence]:
    """The text of `data` and how it was read. Raises SourceError where no encoding fits."""
    if encoding is not None:
        return _as_told(data, name, encoding)
    found = _encoding_of(data, is_whole=True)
    if found is None:
        raise undecodable(name, data)
    text = data.decode(found).removesuffix(_END)
    if found.startswith(_BY_LETTERS):
        return text, _told_by_letters(data, found)
    return text, Evidence("encoding", say("encoding: {name}", name=found.upper()))


def _told_by_letters(data: bytes, found: str) -> Evidence:
    from budgetcli.readers.western import shown_as

    words = shown_as(data, found)
    told = say("encoding: {name}, told by its letters: {words}", name=found, words=words)
    return Evidence("encoding", told, aloud=bool(words))


def undecodable(name: str, data: bytes = b"") -> SourceError:
    """No encoding is sure to be that of the whole text; what it would say in some is shown."""
    from budgetcli.readers.western import READINGS, shown_as

    first, second = READINGS
    readings = [(one, words) for one in READINGS if (words := shown_as(data, one))]
    return SourceError(
        say("the text is neither UTF-8 nor CP949, and its letters do not tell the encoding"),
        where=name,
        seen=tuple(say("in {encoding}: {words}", encoding=e, words=words) for e, words in readings),
        why=say("a wrong encoding turns names into other names without a word"),
        next=say("name it: --encoding {first} or --encoding {second}", first=first, second=second),
    )


def decode_head(head: bytes, encoding: str | None = None) -> str | None:
    """The text of a file's first bytes, its cut-off last character dropped; None for binary."""
    found = head_encoding(head, encoding)
    if found is None:
        return None
    text = codecs.getincrementaldecoder(found)().decode(head)
    return text if _is_readable(text) else None


def head_encoding(head: bytes, encoding: str | None = None) -> str | None:
    """The encoding told, else the first of those tried, that a file's first bytes are in."""
    if encoding:
        return encoding if _decoded(head, encoding, is_whole=False) is not None else None
    return _encoding_of(head, is_whole=False)


def _encoding_of(data: bytes, *, is_whole: bool) -> str | None:
    """The first encoding in the order that the bytes are in; the last character may be cut off."""
    candidates = _candidates(data)
    for candidate in candidates:
        text = _decoded(data, candidate, is_whole=is_whole)
        if text is not None:
            doubted = candidate == "cp949" and _IN_WORDS.search(text)
            return (doubted and _reading_of(data)) or candidate
    return _reading_of(data) if candidates is _UNMARKED else None


def _reading_of(data: bytes) -> str | None:
    from budgetcli.readers.western import reading_of

    return reading_of(data)


def _decoded(data: bytes, encoding: str, *, is_whole: bool) -> str | None:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(data, is_whole)
    except (UnicodeDecodeError, LookupError):
        return None


def looks_like_text(head: bytes) -> bool:
    """Whether bytes of an unknown encoding are text: no NUL, hardly a control character."""
    return _is_readable(head.decode("latin-1"))


def _is_readable(text: str) -> bool:
    controls = len(_CONTROLS.findall(text))
    return "\0" not in text and controls * 100 <= len(text)


def _candidates(data: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return (encoding,)
    sample = data[:1024]
    if sample.count(0) * 4 >= len(sample) > 0:
        # of ASCII characters, digits above all, the upper byte is zero
        upper_last = sample[1::2].count(0) > sample[::2].count(0)
        return ("utf-16-le",) if upper_last else ("utf-16-be",)
    return _UNMARKED


def _as_told(data: bytes, name: str, encoding: str) -> tuple[str, Evidence]:
    try:
        text = data.decode(encoding)
    except LookupError:
        raise unknown_encoding(name, encoding) from None
    except UnicodeDecodeError as problem:
        raise not_in(encoding, name, problem.start) from None
    said = Evidence("encoding", say("encoding: {name}, as told", name=encoding))
    return text.removeprefix("\ufeff").removesuffix(_END), said


def not_in(encoding: str, name: str, start: int) -> SourceError:
    """The bytes from `start` (from 0) are not in the encoding told."""
    return SourceError(
        say("byte {position} is not {name}", position=start + 1, name=encoding),
        where=name,
        next=say("leave --encoding out, or name another one"),
    )


def unknown_encoding(name: str, encoding: str) -> SourceError:
    """The encoding told is none."""
    return SourceError(
        say("there is no encoding called {name}", name=encoding),
        where=name,
        next=say("try utf-8, cp949, utf-16 or latin-1"),
    )
