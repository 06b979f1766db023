"""Which column holds which field: header paths, the user's map, arithmetic; else stop and ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from budgetcli.errors import TableError
from budgetcli.fields import AMOUNTS, DERIVED, FIELDS, LABELS, RATES
from budgetcli.i18n import Sentence, say
from budgetcli.model import Evidence
from budgetcli.recognise.amounts import Amount, looks_like_amount, parse
from budgetcli.recognise.bands import Bands
from budgetcli.recognise.grid import Grid
from budgetcli.recognise.headers import Reading, read_cell, read_path
from budgetcli.recognise.names import key

# words like 예산 that mean the current budget only where no surer word stands in the table
_LOOSE_BUDGET_TIER = 2
_FACTS = ("as_of", "fiscal_year", "unit")
MAPPABLE = (*LABELS, *AMOUNTS, *RATES, *_FACTS)
_SAMPLE = 400


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Each column's reading, and which column (from 0) each field took."""

    readings: tuple[Reading, ...]
    fields: Mapping[str, int]
    evidence: tuple[Evidence, ...] = ()


@dataclass(slots=True)
class _Choice:
    grid: Grid
    bands: Bands
    readings: tuple[Reading, ...]
    where: str
    taken: dict[str, int] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)


def map_columns(grid: Grid, bands: Bands, told: Mapping[str, str], where: str) -> ColumnMap:
    """The columns' fields. `told` maps field keys to a header's text or #N (from 1).

    Raises TableError where two columns could hold one field and nothing
    decides, or where `told` names what is not there.
    """
    readings = tuple(read_path(path) for path in header_paths(grid, bands.header))
    choice = _Choice(grid, bands, readings, where)
    for name, column in told.items():
        choice.taken[_known_field(name)] = _find_column(choice, name, column)
    for name in (*AMOUNTS, *RATES, *_FACTS, *DERIVED):
        _choose_amount(choice, name)
    for name in LABELS:
        _choose_label(choice, name)
    _first_text_as_division(choice)
    return ColumnMap(readings, choice.taken, tuple(choice.evidence))


def header_paths(grid: Grid, header: Sequence[int]) -> list[tuple[str, ...]]:
    """One path of header texts a column, outermost first, repetitions folded.

    Where a file keeps no spans, a blank in an upper row belongs to the group
    on its left if a lower row speaks in that column.
    """
    rows = [list(grid.rows[row]) for row in header]
    for upper, row in enumerate(rows[:-1]):
        for column in range(1, grid.width):
            speaks_below = any(lower[column] for lower in rows[upper + 1 :])
            left_is_group = any(lower[column - 1] for lower in rows[upper + 1 :])
            if not row[column] and speaks_below and left_is_group:
                row[column] = row[column - 1]
    return [_fold_path([row[column] for row in rows]) for column in range(grid.width)]


def columns_listed(readings: Sequence[Reading], left: int = 0) -> str:
    """The columns there are, for a message: #1 구분, #2 예산현액."""
    return ", ".join(
        f"#{number} {reading.header}".rstrip() for number, reading in enumerate(readings, left + 1)
    )


def _fold_path(texts: list[str]) -> tuple[str, ...]:
    path: list[str] = []
    for text in texts:
        if text and (not path or key(path[-1]) != key(text)):
            path.append(text)
    return tuple(path)


def _known_field(name: str) -> str:
    if name in MAPPABLE:
        return name
    raise TableError(
        say("{name!r} is no field", name=name),
        where="--map",
        next=say("use one of: {names}", names=", ".join(MAPPABLE)),
    )


def _find_column(choice: _Choice, name: str, wanted: str) -> int:
    found = columns_called(choice.readings, wanted, choice.grid.left)
    if len(found) == 1:
        return found[0]
    what = (
        say("no column is called {name!r}", name=wanted)
        if not found
        else say("{count} columns are called {name!r}", count=len(found), name=wanted)
    )
    raise TableError(
        what,
        where=choice.where,
        seen=(_columns_sentence(choice),),
        next=say("name it by its number: --map {field}=#N", field=name),
    )


def columns_called(readings: Sequence[Reading], wanted: str, left: int = 0) -> list[int]:
    """The columns (from 0) a user's word points at: #N, a whole header path, or one cell of it."""
    if wanted.startswith("#") and wanted[1:].isdigit():
        number = int(wanted[1:]) - 1 - left
        return [number] if 0 <= number < len(readings) else []
    target = key(wanted)
    for spelling in (_whole, _last, _last_core):
        found = [
            n for n, reading in enumerate(readings) if reading.path and spelling(reading) == target
        ]
        if found:
            return found
    return []


def _whole(reading: Reading) -> str:
    return key(reading.header.replace("›", ""))


def _last(reading: Reading) -> str:
    return key(reading.path[-1])


def _last_core(reading: Reading) -> str:
    return read_cell(reading.path[-1]).core


def _candidates(choice: _Choice, name: str) -> list[tuple[int, int]]:
    """Free columns that may hold a field, as (tier, column), the surest tier only."""
    found = [
        (tier, column)
        for column, reading in enumerate(choice.readings)
        for field_, tier in reading.fields
        if field_ == name and column not in choice.taken.values()
    ]
    surest = min(found, default=(0, 0))[0]
    return [entry for entry in found if entry[0] == surest]


def _choose_amount(choice: _Choice, name: str) -> None:
    if name in choice.taken:
        return
    found = _candidates(choice, name)
    if name == "original" and "budget" not in choice.taken:
        found = _leave_for_budget(choice, found)
    if len(found) > 1:
        decided = _by_arithmetic(choice, name, [column for _, column in found])
        if decided is None:
            raise _ambiguous(choice, name, [column for _, column in found])
        found = [(found[0][0], decided)]
    if found:
        tier, column = found[0]
        choice.taken[name] = column
        if name == "budget" and tier == _LOOSE_BUDGET_TIER:
            header = choice.readings[column].header
            choice.evidence.append(
                Evidence(
                    "mapping",
                    say("{header} was taken for the current budget (예산현액)", header=header),
                    aloud=True,
                )
            )


def _leave_for_budget(choice: _Choice, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """예산액 is the original budget only beside a column that is surely the current one."""
    surer = [tier for tier, _ in _candidates(choice, "budget")]
    if surer and surer[0] < _LOOSE_BUDGET_TIER:
        return found
    return [(tier, column) for tier, column in found if tier == 0]


def _by_arithmetic(choice: _Choice, name: str, columns: list[int]) -> int | None:
    """The one candidate under which the printed rates are one amount over the other, if any."""
    rate = _candidates(choice, "execution_rate")
    other = {"spent": "budget", "budget": "spent"}.get(name)
    others = _candidates(choice, other) if other else []
    if other in choice.taken:
        others = [(0, choice.taken[other])]
    if len(rate) != 1 or len(others) != 1 or other is None:
        return None
    fitting = [
        column
        for column in columns
        if _rate_fits(
            choice,
            rate[0][1],
            column if name == "spent" else others[0][1],
            others[0][1] if name == "spent" else column,
        )
    ]
    if len(fitting) != 1:
        return None
    choice.evidence.append(
        Evidence(
            "mapping",
            say(
                "{header} is {field}: the printed rates follow from it",
                header=choice.readings[fitting[0]].header,
                field=FIELDS[name].term,
            ),
        )
    )
    return fitting[0]


def _rate_fits(choice: _Choice, rate: int, part: int, whole: int) -> bool:
    tried = fitted = 0
    for row in choice.bands.data[:_SAMPLE]:
        cells = choice.grid.rows[row]
        printed, above, below = (parse(cells[column]) for column in (rate, part, whole))
        if not (isinstance(printed, Amount) and isinstance(above, Amount)):
            continue
        if not isinstance(below, Amount) or not below.digits:
            continue
        tried += 1
        exact = 100 * above.value / below.value
        room = Fraction(1, 2 * 10**printed.places)
        fitted += (
            abs(printed.value - exact) <= room or abs(100 * printed.value - exact) <= 100 * room
        )
    return tried > 0 and fitted * 10 >= tried * 9


def _choose_label(choice: _Choice, name: str) -> None:
    if name in choice.taken:
        return
    found = [column for _, column in _candidates(choice, name)]
    if len(found) > 1:
        found = _worded(choice, found) or found
    headers = {key(choice.readings[column].header) for column in found}
    if len(headers) > 1:
        raise _ambiguous(choice, name, found)
    if found:
        choice.taken[name] = found[-1]


def _worded(choice: _Choice, columns: list[int]) -> list[int]:
    """Those whose cells are words: of a code and a name, the name."""
    return [column for column in columns if not _mostly_amounts(choice, column)]


def _mostly_amounts(choice: _Choice, column: int) -> bool:
    cells = [choice.grid.rows[row][column] for row in choice.bands.data[:_SAMPLE]]
    filled = [cell for cell in cells if cell]
    return 2 * sum(map(looks_like_amount, filled)) > len(filled)


def _first_text_as_division(choice: _Choice) -> None:
    """Where no header names who spends, the leftmost free column of words does; that is said."""
    if any(name in choice.taken for name in LABELS):
        return
    for column in range(choice.grid.width):
        if column in choice.taken.values() or _is_blank(choice, column):
            continue
        if not _mostly_amounts(choice, column):
            choice.taken["division"] = column
            choice.evidence.append(
                Evidence(
                    "mapping",
                    say(
                        "column #{number} names the divisions: it is the first of words",
                        number=column + 1 + choice.grid.left,
                    ),
                )
            )
            return


def _is_blank(choice: _Choice, column: int) -> bool:
    return not any(choice.grid.rows[row][column] for row in choice.bands.data[:_SAMPLE])


def _ambiguous(choice: _Choice, name: str, columns: list[int]) -> TableError:
    headers = [choice.readings[column].header for column in columns]
    distinct = len(set(map(key, headers))) == len(headers)
    left = choice.grid.left
    flags = [
        f"--map {name}={header if distinct else f'#{column + 1 + left}'}"
        for column, header in zip(columns, headers, strict=True)
    ]
    quoted = [f"'{flag}'" if " " in flag.partition("=")[2] else flag for flag in flags]
    return TableError(
        say(
            "{count} columns could be {field} ({name}): {columns}",
            count=len(columns),
            field=FIELDS[name].term,
            name=name,
            columns=", ".join(
                f"#{column + 1 + left} {header}"
                for column, header in zip(columns, headers, strict=True)
            ),
        ),
        where=choice.where,
        why=say("another column would give other figures"),
        next=say("say which: {flags}", flags=", ".join(quoted)),
    )


def _columns_sentence(choice: _Choice) -> Sentence:
    return say("columns: {columns}", columns=columns_listed(choice.readings, choice.grid.left))
