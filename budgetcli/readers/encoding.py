"""Bytes to text in a fixed order: byte order mark, strict UTF-8, CP949, else the user says.

No statistics: they fail on short Korean files, and a wrong guess is silent.
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
_CONTROLS = lazy(r"[\x01-\x08\x0e-\x19\x1c-\x1f\x7f]")
# what DOS and old exports write behind the last line
_END = "\x1a"


def decode(data: bytes, name: str, encoding: str | None = None) -> tuple[str, Evidence]:
    """The text of `data` and how it was read. Raises SourceError where no encoding fits."""
    if encoding is not None:
        return _as_told(data, name, encoding)
    for candidate in _candidates(data):
        try:
            text = data.decode(candidate)
        except UnicodeDecodeError:
            continue
        said = Evidence("encoding", say("encoding: {name}", name=candidate.upper()))
        return text.removesuffix(_END), said
    raise undecodable(name)


def undecodable(name: str) -> SourceError:
    """No encoding that was tried fits the whole text."""
    return SourceError(
        say("the text is in none of the encodings tried (UTF-8, CP949)"),
        where=name,
        why=say("a wrong encoding turns names into other names without a word"),
        next=say("name it, for example --encoding latin-1"),
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
    for candidate in (encoding,) if encoding else _candidates(head):
        try:
            codecs.getincrementaldecoder(candidate)().decode(head)
        except (UnicodeDecodeError, LookupError):
            continue
        return candidate
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
        raise SourceError(
            say("byte {position} is not {name}", position=problem.start + 1, name=encoding),
            where=name,
            next=say("leave --encoding out, or name another one"),
        ) from None
    said = Evidence("encoding", say("encoding: {name}, as told", name=encoding))
    return text.removeprefix("\ufeff").removesuffix(_END), said


def unknown_encoding(name: str, encoding: str) -> SourceError:
    """The encoding told is none."""
    return SourceError(
        say("there is no encoding called {name}", name=encoding),
        where=name,
        next=say("try utf-8, cp949, utf-16 or latin-1"),
    )
