"""Which shapes of parsed JSON are tables: a pure walk, meaning left out.

A list of objects is a table of records, whatever key it stands under; what
stands beside it and around it are its siblings, the nearest winning. Also
tables: lists of lists, an object of alike objects, an object of equally long
lists. Numbers are text already. Nesting is bounded by the caller.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from budgetcli.errors import TOO_LARGE, SourceError
from budgetcli.i18n import Sentence, say
from budgetcli.readers.json_values import (
    MAX_SIBLINGS,
    Record,
    Value,
    alike_in,
    are_alike,
    as_cell,
    clean,
    flat,
    holds_rows,
    is_flat_list,
    is_single,
    scalars_of,
)

MAX_DEPTH = 50
MAX_CELLS = 5_000_000
MAX_COLUMNS = 16_384
MAX_PARTS = 20
_TITLES = re.compile(
    r"(?i)title|label|caption|name|subject|period|unit|제목|표제|명칭|이름|기간|단위|título|titulo"
)
_TOTALS = re.compile(r"(?i)(?:grand[ _]?)?totals?|total[ _]general|합계|총계|소계|계|celkem")
_HEADERS = ("columns", "header", "headers", "fields")
_NAMES = ("name", "fieldName", "id", "label", "title")
_DEEPEST_HEADER = 2
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Found:
    """A table in JSON: rows with the header first, each row's number, and what was around it."""

    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    path: str
    title: tuple[str, ...]
    siblings: Mapping[str, str]
    shape: Sentence


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a value: the file's name, the keys down to it, titles and siblings."""

    source: str
    path: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    siblings: Mapping[str, str] | None = None

    def into(self, key: str) -> _Around:
        return _Around(self.source, (*self.path, key), self.title, self.siblings)

    def beside(self, record: Record) -> _Around:
        """Inside `record`: its single values are siblings, those that name things are a title."""
        own = scalars_of(record)
        if not own:
            return self
        named = (own[key] for key in record if key in own and _TITLES.fullmatch(key))
        title = " ".join(text for text in named if text)
        around = {**(self.siblings or {}), **own}
        return _Around(
            self.source,
            self.path,
            (*self.title, title) if title else self.title,
            dict(list(around.items())[-MAX_SIBLINGS:]),
        )

    def found(
        self, rows: Sequence[tuple[str, ...]], lines: Sequence[int], shape: Sentence
    ) -> Found:
        return Found(
            tuple(rows), tuple(lines), " › ".join(self.path), self.title, self.siblings or {}, shape
        )


def tables_of(value: Value, source: str) -> Iterator[Found]:
    """The tables of one JSON value, in reading order. Raises SourceError where one is too large."""
    yield from _walk(value, _Around(source))


def tables_of_stream(values: list[Value], lines: list[int], source: str) -> Iterator[Found]:
    """The tables of many values one after the other (JSON Lines), `lines` where each begins."""
    around = _Around(source)
    if values and all(isinstance(value, list) for value in values):
        yield from _lists(values, lines, around)
    elif any(isinstance(value, dict) for value in values):
        yield from _records(values, lines, around)


def _walk(value: Value, around: _Around) -> Iterator[Found]:
    if isinstance(value, list):
        yield from _walk_list(value, around)
    elif isinstance(value, dict):
        yield from _walk_object(value, around)


def _walk_list(values: list[Value], around: _Around) -> Iterator[Found]:
    numbers = range(1, len(values) + 1)
    if (envelope := _envelope(values)) is not None:
        yield from _walk_object(envelope, around)
    elif any(isinstance(value, dict) for value in values):
        yield from _records(values, numbers, around)
    elif _is_matrix(values):
        yield from _lists(values, numbers, around)
    else:
        for value in values:
            yield from _walk(value, around)


def _walk_object(record: Record, around: _Around) -> Iterator[Found]:
    record = _with_total(record)
    singles = {key: value for key, value in record.items() if is_single(value)}
    if len(singles) == len(record):
        return
    for shape in (_equal_lists, _numbered_columns, _grouped_objects, _alike_objects):
        found = shape(record, around.beside(singles))
        if found is not None:
            yield found
            return
    inside = around.beside(record)
    header = _header_beside(record)
    for key, value in record.items():
        if header and isinstance(value, list) and _fits(value, header):
            shape_said = say("each list of a list is a row, its columns are named beside it")
            yield inside.into(clean(key)).found(
                [header, *_rows(value)], range(len(value) + 1), shape_said
            )
        else:
            yield from _walk(value, inside.into(clean(key)))


def _with_total(record: Record) -> Record:
    """{"rows": [{...}], "total": {...}} with the total, if it is like a row, as the last one.

    Without a name of its own it is called by its key.
    """
    totals = {
        key: value
        for key, value in record.items()
        if isinstance(value, dict) and _TOTALS.fullmatch(key) and not holds_rows(value)
    }
    for key, total in totals.items():
        alike = [name for name, value in record.items() if _is_like_first(total, value)]
        if len(totals) == len(alike) == 1 and isinstance(rows := record[alike[0]], list):
            named = total | {first: total.get(first) or key for first in [*_first(rows)][:1]}
            rest = {name: value for name, value in record.items() if name != key}
            return rest | {alike[0]: [*rows, named]}
    return record


def _first(values: list[Value]) -> Record:
    return values[0] if values and isinstance(values[0], dict) else {}


def _is_like_first(record: Record, value: Value) -> bool:
    """Whether a list's first object has keys, and at least half of them are this record's too."""
    first = _first(value) if isinstance(value, list) else {}
    return bool(first) and 2 * len(first.keys() & record.keys()) >= len(first)


def _envelope(values: list[Value]) -> Record | None:
    """[{"head": ...}, {"row": ...}]: one object, written as a list of its keys."""
    if len(values) > MAX_PARTS:
        return None
    merged: Record = {}
    for value in values:
        if not isinstance(value, dict) or len(value) != 1:
            return None
        merged |= value
    return merged if len(merged) == len(values) > 1 else None


def _records(values: Sequence[Value], numbers: Sequence[int], around: _Around) -> Iterator[Found]:
    """A list of objects: a row each, then the tables inside each, with it as their siblings."""
    header, *rows = _aligned(map(_cells, values), around)
    if header:
        yield around.found([header, *rows], (0, *numbers), say("each object of a list is a row"))
    for value in values:
        if isinstance(value, dict) and holds_rows(value):
            yield from _walk_object(value, around)


def _cells(value: Value) -> dict[str, str]:
    """The cells of a list's item by column; one that is no object stands in a nameless column."""
    if isinstance(value, dict):
        return flat(value)
    return {} if value is None else {"": as_cell(value)}


def _aligned(records: Iterable[dict[str, str]], around: _Around) -> list[tuple[str, ...]]:
    """A header of all keys in the order they came, and each record under it, "" for none."""
    header: dict[str, None] = {}
    rows: list[tuple[str, ...]] = []
    cells = 0
    for record in records:
        header.update(dict.fromkeys(record))
        rows.append(tuple([record.get(key, "") for key in header]))
        cells += len(header)
        _bound(cells, len(header), around)
    _bound(len(rows) * len(header), len(header), around)
    return [tuple(header), *((*row, *[""] * (len(header) - len(row))) for row in rows)]


def _bound(cells: int, columns: int, around: _Around) -> None:
    if columns > MAX_COLUMNS or cells > MAX_CELLS:
        raise SourceError(
            say(
                "a table of more than {cells} cells or {columns} columns is too large for JSON",
                cells=MAX_CELLS,
                columns=MAX_COLUMNS,
            ),
            where=around.source,
            why=TOO_LARGE,
            next=say("save it as CSV or Parquet and try again"),
        )


def _lists(values: Sequence[Value], numbers: Sequence[int], around: _Around) -> Iterator[Found]:
    rows = _rows(values)
    if any(rows):
        yield around.found(rows, numbers, say("each list of a list is a row"))


def _is_matrix(values: Sequence[Value]) -> bool:
    """Lists of single values only: anything deeper is looked into instead."""
    return bool(values) and all(
        isinstance(value, list) and all(map(is_single, value)) for value in values
    )


def _header_beside(record: Record, depth: int = 0) -> tuple[str, ...]:
    """The names in {"columns": [...], "data": [[...], ...]}; empty where there are none.

    A portal may write them as objects, and some levels down: meta, view, columns.
    """
    for key in _HEADERS:
        names = record.get(key)
        if isinstance(names, list) and (found := _column_names(names)):
            return found
    inner = (value for value in record.values() if isinstance(value, dict))
    found_below = (_header_beside(value, depth + 1) for value in inner if depth < _DEEPEST_HEADER)
    return next(filter(None, found_below), ())


def _column_names(names: list[Value]) -> tuple[str, ...]:
    if is_flat_list(names):
        return tuple(map(as_cell, names))
    objects = [name for name in names if isinstance(name, dict)]
    texts = [next((o[key] for key in _NAMES if key in o), None) for o in objects]
    if len(objects) < len(names) or not all(isinstance(text, str) and text for text in texts):
        return ()
    return tuple(map(as_cell, texts))


def _fits(values: list[Value], header: tuple[str, ...]) -> bool:
    return _is_matrix(values) and {len(row) for row in _rows(values)} == {len(header)}


def _rows(values: Sequence[Value]) -> list[tuple[str, ...]]:
    return [tuple(map(as_cell, value)) for value in values if isinstance(value, list)]


def _equal_lists(record: Record, around: _Around) -> Found | None:
    """{"a": [...], "b": [...]}: each key is a column."""
    columns = {key: value for key, value in record.items() if isinstance(value, list) and value}
    if len(columns) < 2 or not all(map(is_flat_list, columns.values())):
        return None
    if any(isinstance(value, dict) for value in record.values()):
        return None
    if len({len(column) for column in columns.values()}) != 1:
        return None
    return _from_columns(list(columns.items()), around)


def _numbered_columns(record: Record, around: _Around) -> Found | None:
    """{"a": {"0": ..., "1": ...}, "b": {...}}: each key is a column, its rows are numbered."""
    objects = {key: value for key, value in record.items() if isinstance(value, dict)}
    if not objects or len(objects) < len(record):
        return None
    length = len(next(iter(objects.values())))
    numbers = [str(number) for number in range(length)]
    if not length or any(list(inner) != numbers for inner in objects.values()):
        return None
    if not all(is_single(value) for inner in objects.values() for value in inner.values()):
        return None
    return _from_columns([(key, list(inner.values())) for key, inner in objects.items()], around)


def _from_columns(columns: list[tuple[str, list[Value]]], around: _Around) -> Found:
    header = tuple(clean(key) for key, _ in columns)
    rows = list(zip(*(map(as_cell, column) for _, column in columns), strict=True))
    shape = say("each key of an object is a column")
    return around.found([header, *rows], range(len(rows) + 1), shape)


def _alike_objects(record: Record, around: _Around) -> Found | None:
    """{"A": {...}, "B": {...}}: the key is the first column, each object a row."""
    objects = alike_in(record)
    if not objects or any(isinstance(value, list) for value in record.values()):
        return None
    if any(holds_rows(inner) for _, inner in objects):
        return None
    rows = ({"": clean(key), **flat(inner)} for key, inner in objects)
    (_, *header), *body = _aligned(rows, around)
    named = _called([key for key, _ in objects], around.path[-1] if around.path else "key")
    shape = say("each object under a key is a row, the key is its first cell")
    return around.found([(named, *header), *body], range(len(body) + 1), shape)


def _called(keys: Iterable[str], otherwise: str) -> str:
    """What a column of keys is called: years are years."""
    return "year" if all(map(_YEAR.fullmatch, keys)) else otherwise


def _grouped_objects(record: Record, around: _Around) -> Found | None:
    """{"X": {"A": {...}, "B": {...}}, "Y": {"C": {...}}}: a row each, the two keys its first cells.

    Single values beside A and B under the names of their own are X's sums: a row without an
    inner key.
    """
    groups = {key: value for key, value in record.items() if isinstance(value, dict)}
    inner = [(group, key, value) for group in groups for key, value in _objects_in(groups[group])]
    leaves = [value for _, _, value in inner]
    if len(groups) < 2 or not leaves or {group for group, _, _ in inner} < groups.keys():
        return None
    if any(map(_holds_objects, leaves)) or not are_alike(leaves) or _are_columns(groups):
        return None
    known = {key for leaf in leaves for key in leaf}
    cells: list[dict[str, str]] = []
    for group, value in groups.items():
        sums = {key: as_cell(own) for key, own in value.items() if key in known and is_single(own)}
        cells += [{"": clean(group), " ": "", **sums}] if sums else []
        cells += [
            {"": clean(group), " ": clean(key), **flat(leaf)} for key, leaf in _objects_in(value)
        ]
    (_, _, *header), *body = _aligned(cells, around)
    names = (_called(groups, "group"), _called((key for _, key, _ in inner), "key"))
    shape = say("each object under two keys is a row, the keys are its first cells")
    return around.found([(*names, *header), *body], range(len(body) + 1), shape)


def _objects_in(record: Value) -> list[tuple[str, Record]]:
    items = record.items() if isinstance(record, dict) else ()
    return [(key, value) for key, value in items if isinstance(value, dict)]


def _holds_objects(record: Record) -> bool:
    return any(isinstance(value, (dict, list)) for value in record.values())


def _are_columns(groups: Mapping[str, Record]) -> bool:
    """Whether objects of objects are records with the same inner objects, and not years of rows."""
    same = len({tuple(key for key, _ in _objects_in(group)) for group in groups.values()}) == 1
    return same and not all(map(_YEAR.fullmatch, groups))
