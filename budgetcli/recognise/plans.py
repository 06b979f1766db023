"""Tables that hold a plan against an actual which are no money: quota and heads, goal and result.

Such a table is brought into the shape of a budget table, a row a division with both in columns:
pairs in one cell (`30/32`) are parted, a table whose fields run across is turned. What is then
read and measured is the others' business.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from budgetcli.model import Measure, RawTable, Unit
from budgetcli.patterns import lazy
from budgetcli.recognise.grid import make_grid
from budgetcli.recognise.names import clean, key

_PLANS = lazy(r"정원|목표|계획|target|plan|quota|goal|authori[sz]ed|establishment")
_ACTUALS = lazy(r"현원|실적|결성|달성|actual|result|achieved|filled|inpost")
_NEITHER = lazy(r"[률율]|대비|[%％]|rate|percent|ratio|비고|과부족|결원|variance|vacan")
_TOTALS = frozenset(("계", "합계", "총계", "total"))
_PAIR = lazy(r"(\d[\d,]*)\s*[/／]\s*(\d[\d,]*)")
_COUNTED = lazy(
    r"(?P<number>[\d,.]+)\s?(?P<unit>명|팀|개사|개소|개|건|곳|회|가구|people|persons|staff)"
)
_NUMBER = lazy(r"[△▲-]?\s?\d[\d,.]*")
_PEOPLE = {"정원": "명", "현원": "명"}
_GRADE, _PART = "직급", "항목"
_DASHES = frozenset("-–—－")


class Plan(NamedTuple):
    """A table in the shape of a budget table, which columns are which, what both are called."""

    raw: RawTable
    columns: Mapping[str, str]
    measure: Measure
    unit: Unit | None


class _Grid(NamedTuple):
    """The cells of a table, its header in one row; `lines` are the rows' places in the raw one."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]


def find_plan(raw: RawTable, plan: str | None = None, actual: str | None = None) -> Plan | None:
    """The plan-against-actual table in it, None where it holds none or more than one.

    `plan` and `actual` are words of the headers, or #N, where the user named them.
    """
    grid = _grid(raw)
    if grid is None:
        return None
    for look in (_pairs, _columns, _turned):
        if found := look(raw, grid, plan, actual):
            return found
    return None


def _grid(raw: RawTable) -> _Grid | None:
    """Header rows are those above the first with a number behind its name."""
    grid = make_grid(raw)
    first = next((n for n, row in enumerate(grid.rows) if _is_data(row[1:])), 0)
    if not first or grid.width < 2:
        return None
    heads = [
        " ".join(dict.fromkeys(filter(None, column)))
        for column in zip(*grid.rows[:first], strict=True)
    ]
    lines = [row + grid.top for row in range(first, len(grid.rows))]
    numbered = tuple(raw.place(line).row or 0 for line in lines)
    return _Grid(tuple(map(clean, heads)), grid.rows[first:], numbered)


def _is_data(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return any(map(_has_number, filled)) or (bool(filled) and _DASHES.issuperset(filled))


def _has_number(cell: str) -> bool:
    return bool(_PAIR.fullmatch(cell) or _NUMBER.fullmatch(cell) or _COUNTED.fullmatch(cell))


def says_plan(text: str) -> bool:
    """Whether a name's key has a word of what is planned: 목표액, target."""
    return bool(_PLANS.search(text))


def _is_plan(name: str) -> bool:
    text = key(name)
    return says_plan(text) and not (_ACTUALS.search(text) or _NEITHER.search(text))


def _is_actual(name: str) -> bool:
    text = key(name)
    return bool(_ACTUALS.search(text)) and not (_PLANS.search(text) or _NEITHER.search(text))


def _named(names: Sequence[str], fits: Callable[[str], bool], wanted: str | None) -> int | None:
    """The one name that is meant: the user's word or #N, else the only one that fits."""
    if wanted and wanted.startswith("#") and wanted[1:].isdecimal():
        number = int(wanted[1:]) - 1
        return number if 0 <= number < len(names) else None
    if wanted:
        exact = [n for n, name in enumerate(names) if key(name) == key(wanted)]
        found = exact or [n for n, name in enumerate(names) if key(wanted) in key(name)]
    else:
        found = [n for n, name in enumerate(names) if fits(name)]
    return found[0] if len(found) == 1 else None


def _both(names: Sequence[str], plan: str | None, actual: str | None) -> tuple[int, int] | None:
    one, other = _named(names, _is_plan, plan), _named(names, _is_actual, actual)
    return None if one is None or other is None or one == other else (one, other)


def _columns(raw: RawTable, grid: _Grid, plan: str | None, actual: str | None) -> Plan | None:
    """Both in columns of their own."""
    both = _both(grid.head, plan, actual)
    if both is None:
        return None
    rows = [(row[0], *(row[number] for number in both)) for row in grid.rows]
    head = (grid.head[0], *(grid.head[number] for number in both))
    return _made(raw, head, rows, grid.lines)


def _turned(raw: RawTable, grid: _Grid, plan: str | None, actual: str | None) -> Plan | None:
    """Both in rows, what they are of in columns."""
    both = _both([row[0] for row in grid.rows], plan, actual)
    if both is None:
        return None
    one, other = (grid.rows[number] for number in both)
    rows = list(zip(grid.head[1:], one[1:], other[1:], strict=True))
    lines = tuple(grid.lines[both[1]] for _ in rows)
    return _made(raw, (grid.head[0], clean(one[0]), clean(other[0])), rows, lines)


def _pairs(raw: RawTable, grid: _Grid, plan: str | None, actual: str | None) -> Plan | None:
    """Both in one cell, and what they are called in the lines around or in the header.

    Where a row is parted by a total column and others, those others are rows of their own.
    """
    cells = [cell for row in grid.rows for cell in row[1:] if cell and cell not in _DASHES]
    if not cells or 2 * sum(_PAIR.fullmatch(cell) is not None for cell in cells) < len(cells):
        return None
    names = (plan, actual) if plan and actual else _said((*raw.before, *grid.head))
    if names is None:
        return None
    parts = [n for n, head in enumerate(grid.head) if n and key(head) not in _TOTALS]
    rows, lines = [], []
    for line, row in zip(grid.lines, grid.rows, strict=True):
        for column in parts if key(row[0]) not in _TOTALS else ():
            if found := _PAIR.fullmatch(row[column]):
                rows.append((row[0], grid.head[column], found[1], found[2]))
                lines.append(line)
    head = (grid.head[0], _GRADE if names[0] in _PEOPLE else _PART, *names)
    return _made(raw, head, rows, tuple(lines))


def _said(texts: Sequence[str]) -> tuple[str, str] | None:
    """What the two sides are called, the plan first, in a text near the table."""
    for text in reversed(texts):
        joined = "".join(text.split())
        one, other = _PLANS.search(joined), _ACTUALS.search(joined)
        if one and other and one.start() < other.start():
            return one[0], other[0]
    return None


def _made(
    raw: RawTable,
    head: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    lines: tuple[int, ...],
) -> Plan | None:
    """The table, where at least one row has both numbers; counts lose the word behind them."""
    plain = [(*row[:-2], *map(_number, row[-2:])) for row in rows]
    if not any(all(map(_NUMBER.fullmatch, row[-2:])) for row in plain):
        return None
    units = {
        found["unit"] for row in rows for cell in row[-2:] if (found := _COUNTED.fullmatch(cell))
    }
    word = units.pop() if len(units) == 1 else _PEOPLE.get(key(head[-2]), "")
    made = RawTable(
        rows=(head, *plain),
        source=raw.source,
        number=raw.number,
        sheet=raw.sheet,
        page=raw.page,
        lines=(lines[0], *lines),
        before=raw.before,
        after=raw.after,
        siblings=raw.siblings,
        evidence=raw.evidence,
        alone=raw.alone,
    )
    width = len(head)
    columns = {"division": "#1", "budget": f"#{width - 1}", "spent": f"#{width}"}
    unit = Unit(word, 1) if word else None
    return Plan(made, columns, Measure(head[-2], head[-1]), unit)


def _number(cell: str) -> str:
    found = _COUNTED.fullmatch(cell)
    return found["number"] if found else cell
