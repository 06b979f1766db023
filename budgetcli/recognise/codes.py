"""Totals by code: 10 is the sum of 1010 and 1020 where the amounts say so too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from budgetcli.measures import agrees
from budgetcli.model import Row
from budgetcli.patterns import lazy

_CODE = lazy(r"(?=.*\d)[0-9A-Za-z]+(?:[.\-][0-9A-Za-z]+)*")
_SEPARATOR = lazy(r"[.\-]")
_Path = tuple[str, ...]


def code_totals(
    rows: Sequence[Row],
    names: Sequence[Sequence[str]],
    free: Sequence[int],
    quantum: Mapping[str, int],
) -> dict[int, tuple[int, ...]]:
    """Rows (of those in `free`) whose code begins other rows' codes, with the rows they cover.

    None unless most of such rows equal the sum of the rows they cover, and
    one of them has several.
    """
    for column in range(max((len(names[index]) for index in free), default=0)):
        covers = _covers(dict(zip(free, [names[index][column] for index in free], strict=True)))
        right = [index for index in covers if _adds_up(rows, index, covers[index], quantum)]
        if 2 * len(right) > len(covers) and any(len(covers[index]) > 1 for index in right):
            return covers
    return {}


def _covers(codes: Mapping[int, str]) -> dict[int, tuple[int, ...]]:
    """Each inner code's row with the rows of the leaf codes under it; none where codes repeat."""
    texts = codes.values()
    if len(set(map(len, texts))) == 1:
        return {}  # a code that begins another is shorter
    if len(set(texts)) < len(codes) or not all(map(_CODE.fullmatch, texts)):
        return {}
    parted = any(map(_SEPARATOR.search, texts))
    paths = {_path(code, parted=parted): index for index, code in codes.items()}
    parents = {path: parent for path in paths if (parent := _parent(path, paths))}
    inner = set(parents.values())
    found: dict[int, list[int]] = {paths[path]: [] for path in inner}
    for path, index in paths.items():
        above = parents.get(path) if path not in inner else None
        while above:
            found[paths[above]].append(index)
            above = parents.get(above)
    return {index: tuple(covered) for index, covered in sorted(found.items())}


def _path(code: str, *, parted: bool) -> _Path:
    """1.2.3 by its parts, as 01 beside 01.1; 101001 by its characters."""
    return tuple(_SEPARATOR.split(code) if parted else code)


def _parent(path: _Path, paths: Mapping[_Path, int]) -> _Path | None:
    return next((path[:n] for n in range(len(path) - 1, 0, -1) if path[:n] in paths), None)


def _adds_up(
    rows: Sequence[Row], index: int, covered: Sequence[int], quantum: Mapping[str, int]
) -> bool:
    printed = {name: rows[index].amount(name) or 0 for name in quantum}
    sums = {name: sum(rows[part].amount(name) or 0 for part in covered) for name in quantum}
    return any(printed.values()) and all(
        agrees(printed[name], sums[name], len(covered), quantum[name]) for name in quantum
    )
