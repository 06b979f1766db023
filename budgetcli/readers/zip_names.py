"""What a zip archive says of its members, looked at before it is trusted: how many, and names.

Inflates nothing.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from budgetcli.i18n import say

if TYPE_CHECKING:
    import zipfile

MAX_DIRECTORY = 8 * 1024 * 1024
_MEMBER = b"PK\x03\x04"
_MEMBER_BYTES = 30
_SIZE_BEHIND = 0x8
_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"
_TAIL = 70_000
_IN_64 = 0xFFFFFFFF
_UTF_8 = 0x800


def directory_bytes(stream: BinaryIO) -> int:
    """The size the directory claims; every entry costs memory before any is looked at.

    EOFError where there is no directory.
    """
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _TAIL))
    tail = stream.read()
    stream.seek(0)
    end = tail.rfind(_END)
    if end < 0 or len(tail) < end + 16:
        raise EOFError(say("it ends too early"))
    (claimed,) = struct.unpack_from("<I", tail, end + 12)
    end_64 = tail.rfind(_END_64, 0, end)
    if end_64 >= 0 and len(tail) >= end_64 + 48:
        (claimed_64,) = struct.unpack_from("<Q", tail, end_64 + 40)
        return int(max(claimed_64, claimed % _IN_64))
    return int(claimed)


def check_directory(stream: BinaryIO) -> None:
    """That there is a directory (else EOFError), and no more of it than bears reading."""
    if directory_bytes(stream) > MAX_DIRECTORY:
        raise ValueError(say("the archive's directory is too large"))


def names_at_start(head: bytes) -> Iterator[str]:
    """Names as the members' own headers tell them, for an archive whose directory is lost."""
    at = 0
    while head.startswith(_MEMBER, at) and len(head) >= at + _MEMBER_BYTES:
        flags, packed, length, extra = struct.unpack_from("<6xH10xI4xHH", head, at)
        start = at + _MEMBER_BYTES + length
        yield head[at + _MEMBER_BYTES : start].decode("utf-8", "replace")
        at = head.find(_MEMBER, start) if flags & _SIZE_BEHIND else start + extra + packed


def member_name(info: zipfile.ZipInfo) -> str:
    """A member's name; one not marked as UTF-8 may still be, or be CP949, as on Korean Windows."""
    if info.flag_bits & _UTF_8 or info.filename.isascii():
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "cp949"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
