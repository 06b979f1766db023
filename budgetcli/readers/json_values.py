"""What one value of parsed JSON is, and its text as a cell: which are single, rows, or alike.

What of them is a table is `json_shapes`' business. Numbers are text already.
"""

from __future__ import annotations

import json
import re
from typing import TypeAlias

Value: TypeAlias = "str | bool | list[Value] | dict[str, Value] | None"
Record: TypeAlias = "dict[str, Value]"

MAX_SIBLINGS = 500
_HALF_PAIR = re.compile("[\ud800-\udfff]")


def scalars_of(value: Value) -> dict[str, str]:
    """The first single values of an object, those of plain objects in it under dotted keys."""
    if not isinstance(value, dict):
        return {}
    found: dict[str, str] = {}
    for key, inner in value.items():
        if len(found) >= MAX_SIBLINGS:
            break
        if is_single(inner):
            found[clean(key)] = as_cell(inner)
        elif isinstance(inner, dict) and not holds_rows(inner) and not alike_in(inner):
            found |= {f"{clean(key)}.{name}": text for name, text in scalars_of(inner).items()}
    return found


def alike_in(record: Record) -> list[tuple[str, Record]]:
    """The objects under an object's keys where they are two or more and alike; else none."""
    objects = [(key, value) for key, value in record.items() if isinstance(value, dict)]
    return objects if len(objects) > 1 and are_alike([inner for _, inner in objects]) else []


def are_alike(records: list[Record]) -> bool:
    """Whether every object has at least half of the keys that any of them has."""
    every, common = set(records[0]), set(records[0])
    for record in records:
        every |= record.keys()
        common &= record.keys()
    return bool(common) and 2 * len(common) >= len(every)


def flat(record: Record, prefix: str = "") -> dict[str, str]:
    """The cells of a record: inner objects under dotted names, tables inside left out."""
    cells: dict[str, str] = {}
    for key, value in record.items():
        name = f"{prefix}{clean(key)}"
        if isinstance(value, dict) and value:
            cells |= flat(value, f"{name}.")
        elif not is_rows(value):
            cells[name] = as_cell(value)
    return cells


def holds_rows(record: Record) -> bool:
    """Whether rows of a table stand anywhere inside."""
    return any(
        is_rows(value) or (isinstance(value, dict) and holds_rows(value))
        for value in record.values()
    )


def is_rows(value: Value) -> bool:
    """A list that holds objects or lists."""
    return isinstance(value, list) and any(isinstance(inner, (dict, list)) for inner in value)


def is_single(value: Value) -> bool:
    """Neither an object nor a list."""
    return not isinstance(value, (dict, list))


def is_flat_list(value: Value) -> bool:
    """A list of single values alone."""
    return isinstance(value, list) and all(map(is_single, value))


def as_cell(value: Value) -> str:
    """A value as a cell: numbers as written, null as nothing, a list as its items' text."""
    if isinstance(value, str):
        return clean(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and is_flat_list(value):
        return ", ".join(map(as_cell, value))
    return clean(json.dumps(value, ensure_ascii=False))


def clean(text: str) -> str:
    """Half a surrogate pair is no character and could be written nowhere: U+FFFD instead."""
    return text if text.isascii() else _HALF_PAIR.sub("\ufffd", text)
