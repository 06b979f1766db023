"""One sheet of an xlsb workbook, and the records its parts are made of."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from budgetcli.readers.spreadsheet.facts import Box, SheetFacts, check_size, error_text

_ROW, _CELLS = 0x0000, range(0x0002, 0x000C)
_ERRORS, _SHARED_TEXT = (0x0003, 0x000B), 0x0007
_MERGE, _BUNDLE = 0x00B0, 0x009C
_NONE = 0xFFFFFFFF


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The type and body of every record of a part. ValueError where one is cut off."""
    at, size = 0, len(data)
    while at < size:
        kind, at = _variable(data, at, 2)
        length, at = _variable(data, at, 4)
        if at + length > size:
            raise ValueError("a record is cut off")
        yield kind, data[at : at + length]
        at += length


def _variable(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of at most `most` groups of seven bits, and where it ends."""
    value = 0
    for place in range(most):
        byte = data[at + place]
        value |= (byte & 0x7F) << 7 * place
        if not byte & 0x80:
            return value, at + place + 1
    return value, at + most


def _number(body: bytes, at: int = 0) -> int:
    return int(struct.unpack_from("<I", body, at)[0])


def xlsb_sheet_ids(workbook: bytes) -> list[str]:
    """The relationship ids of the sheets, in the workbook's order."""
    ids = []
    for kind, body in records(workbook):
        if kind == _BUNDLE and (length := _number(body, 8)) != _NONE:
            ids.append(body[12 : 12 + 2 * length].decode("utf-16-le"))
    return ids


def xlsb_sheet(data: bytes, lengths: Sequence[int], name: str) -> SheetFacts:
    """One sheet's facts; `lengths` are the shared texts'. Raises SourceError where too large."""
    merges: list[tuple[int, int, int, int]] = []
    box, errors, row, size = Box(), {}, 0, 0
    for kind, body in records(data):
        if kind == _ROW:
            row = _number(body)
        elif kind in _CELLS:
            column = _number(body)
            box.add(row, column, row, column)
            if kind in _ERRORS:
                errors[row, column] = error_text(body[8])
            elif kind == _SHARED_TEXT:
                size += lengths[_number(body, 8)]
        elif kind == _MERGE:
            top, bottom, left, right = struct.unpack_from("<4I", body)
            merges.append((top, left, bottom, right))
    check_size(name, area=box.area, merges=len(merges), text=size)
    return SheetFacts(errors, merges=merges)
