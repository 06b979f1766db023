"""What a zip archive's directory says, looked at before it is trusted: its size, and names.

Inflates nothing.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    import zipfile

MAX_DIRECTORY = 8 * 1024 * 1024
_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"
_TAIL = 70_000
_IN_64 = 0xFFFFFFFF
_UTF_8 = 0x800


def directory_bytes(stream: BinaryIO) -> int:
    """The size the directory claims; every entry costs memory before any is looked at.

    0 where there is no directory: opening it will say so.
    """
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _TAIL))
    tail = stream.read()
    stream.seek(0)
    end = tail.rfind(_END)
    if end < 0 or len(tail) < end + 16:
        return 0
    (claimed,) = struct.unpack_from("<I", tail, end + 12)
    end_64 = tail.rfind(_END_64, 0, end)
    if end_64 >= 0 and len(tail) >= end_64 + 48:
        (claimed_64,) = struct.unpack_from("<Q", tail, end_64 + 40)
        return int(max(claimed_64, claimed % _IN_64))
    return int(claimed)


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
