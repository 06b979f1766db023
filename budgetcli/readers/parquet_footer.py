"""What a Parquet file claims to hold, read from its footer before any library trusts it.

A walk over Thrift's compact protocol that keeps counts only. The library's
own accessors end the process on some damaged footers; this raises.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any, BinaryIO

MAX_FOOTER = 16 * 1024 * 1024
_MAX_DEPTH = 24
_TRAILER = 8
_ROWS, _GROUPS = 3, 4
_CHUNKS = 1
_CHUNK_FACTS = 3
_VALUES, _INFLATED = 5, 6


@dataclass(frozen=True, slots=True)
class Claim:
    """Rows, leaf columns, values (those inside lists too) and bytes when inflated."""

    rows: int
    columns: int
    values: int
    inflated: int


def claim(stream: BinaryIO) -> Claim:
    """The footer's claim. Raises ValueError where it is damaged or absurdly long."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _TRAILER))
    trailer = stream.read(_TRAILER)
    if len(trailer) < _TRAILER or not trailer.endswith(b"PAR1"):
        raise ValueError("no footer")
    (length,) = struct.unpack_from("<I", trailer)
    if length > min(MAX_FOOTER, size - _TRAILER):
        raise ValueError("the footer's length is wrong")
    stream.seek(size - _TRAILER - length)
    try:
        return _counted(_Thrift(stream.read(length)).structure(0))
    except (IndexError, KeyError, TypeError, AttributeError):
        raise ValueError("the footer is damaged") from None


def _counted(file: dict[int, Any]) -> Claim:
    groups = [group.get(_CHUNKS, []) for group in file.get(_GROUPS, [])]
    facts = [chunk.get(_CHUNK_FACTS, {}) for group in groups for chunk in group]
    return Claim(
        rows=_sum([file.get(_ROWS, 0)]),
        columns=max(map(len, groups), default=0),
        values=_sum([fact.get(_VALUES, 0) for fact in facts]),
        inflated=_sum([fact.get(_INFLATED, 0) for fact in facts]),
    )


def _sum(counts: list[int]) -> int:
    if any(count < 0 for count in counts):
        raise ValueError("the footer holds a negative count")
    return sum(counts)


class _Thrift:
    """A reader of the compact protocol: structures as dictionaries by field number."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._place = 0

    def structure(self, depth: int) -> dict[int, Any]:
        """The structure at this place. Raises IndexError where the bytes end."""
        if depth > _MAX_DEPTH:
            raise ValueError("the footer is nested too deep")
        fields: dict[int, Any] = {}
        number = 0
        while head := self._byte():
            number = number + (head >> 4) if head >> 4 else self._integer()
            fields[number] = self._value(head & 15, depth)
        return fields

    def _value(self, kind: int, depth: int) -> Any:
        if kind in (1, 2):
            return kind == 1
        if kind in (4, 5, 6):
            return self._integer()
        if kind == 12:
            return self.structure(depth + 1)
        if kind in (9, 10):
            return self._items(depth)
        if kind == 8:
            return self._skip(self._natural())
        return self._skip({3: 1, 7: 8}[kind])

    def _items(self, depth: int) -> list[Any]:
        head = self._byte()
        count = head >> 4 if head >> 4 < 15 else self._natural()
        if count > len(self._data) - self._place:
            raise ValueError("the footer is damaged")
        kind = head & 15
        if kind in (1, 2):
            self._skip(count)
            return []
        return [self._value(kind, depth + 1) for _ in range(count)]

    def _integer(self) -> int:
        coded = self._natural()
        return (coded >> 1) ^ -(coded & 1)

    def _natural(self) -> int:
        result = shift = 0
        while True:
            byte = self._byte()
            result |= (byte & 127) << shift
            if byte < 128:
                return result
            shift += 7
            if shift > 63:
                raise ValueError("the footer is damaged")

    def _byte(self) -> int:
        byte = self._data[self._place]
        self._place += 1
        return byte

    def _skip(self, count: int) -> None:
        self._place += count
