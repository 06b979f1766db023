"""Which column holds which field: header paths, the user's map, arithmetic; else stop and ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from budgetcli.errors import TableError
from budgetcli.fields import AMOUNTS, DERIVED, FIELDS, LABELS, RATES
from budgetcli.i18n import Sentence, say
from budgetcli.model import Evidence
from budgetcli.recognise import proof
from budgetcli.recognise.bands import Bands
from budgetcli.recognise.grid import Grid
from budgetcli.recognise.headers import Reading, marks_of, read_path
from budgetcli.recognise.names import key
from budgetcli.recognise.paths import columns_called, columns_listed, header_paths

__all__ = ["ColumnMap", "UndecidedError", "columns_called", "columns_listed", "map_columns"]

# words like 예산 that mean the current budget only where no surer word stands in the table
_LOOSE_BUDGET_TIER = 2
_FACTS = ("as_of", "fiscal_year", "unit")
_LOOSE_NAME_TIER = 3
_RATE_ENDS = {
    "execution_rate": ("spent", "budget"),
    "commitment_rate": ("committed", "budget"),
    "attainment_rate": ("spent", "goal"),
}
_CORE = ("original", "budget", "committed", "spent")
MAPPABLE = (*LABELS, *AMOUNTS, *RATES, *_FACTS)


class UndecidedError(TableError):
    """Only the user can say which of the table's columns is which; `field` is the one in doubt."""

    field: str = ""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Each column's reading, and which column (from 0) each field took."""

    readings: tuple[Reading, ...]
    fields: Mapping[str, int]
    evidence: tuple[Evidence, ...] = ()


@dataclass(slots=True)
class _Choice:
    grid: Grid
    rows: Sequence[int]
    readings: tuple[Reading, ...]
    where: str
    taken: dict[str, int] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)

    def say(self, message: Sentence, *, aloud: bool = False) -> None:
        self.evidence.append(Evidence("mapping", message, aloud=aloud))

    def header(self, column: int) -> str:
        return self.readings[column].header


def read_columns(grid: Grid, bands: Bands) -> tuple[Reading, ...]:
    """What each column's header path may mean."""
    return tuple(read_path(path) for path in header_paths(grid, bands.header))


def years_in(readings: Sequence[Reading]) -> list[int]:
    """The years over which a table's main amounts are spread as columns; none where it is one."""
    years = {
        reading.year
        for reading in readings
        if reading.year and any(name in _CORE for name, _ in reading.fields)
    }
    return sorted(years) if len(years) > 1 else []


def of_year(readings: Sequence[Reading], year: int) -> tuple[Reading, ...]:
    """The same columns, those of other years meaning nothing."""
    return tuple(
        reading if reading.year in (None, year) else replace(reading, fields=())
        for reading in readings
    )


def map_columns(
    grid: Grid,
    bands: Bands,
    readings: tuple[Reading, ...],
    told: Mapping[str, str],
    where: str,
    year: int | None = None,
) -> ColumnMap:
    """The columns' fields. `told` maps field keys to a header's text or #N (from 1).

    Of a table with years as columns, `year` is the one whose columns count.
    Raises TableError where two columns could hold one field and nothing
    decides, or where `told` names what is not there.
    """
    choice = _Choice(grid, bands.data, readings, where)
    for name, column in told.items():
        found = _find_column(choice, _known_field(name), column)
        if year is None or readings[found].year in (None, year):
            choice.taken[name] = found
    for name in (*AMOUNTS, *RATES, *_FACTS, *DERIVED):
        if name not in choice.taken:
            _choose_amount(choice, name)
    for name in LABELS:
        if name not in choice.taken:
            _choose_label(choice, name)
    _first_text_as_division(choice)
    return ColumnMap(readings, choice.taken, tuple(choice.evidence))


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
    if len(found) > 1:
        # of several years' columns of one name, the one of the year being read
        found = [column for column in found if choice.readings[column].fields] or found
    if len(found) == 1:
        return found[0]
    what = (
        say("no column is called {name!r}", name=wanted)
        if not found
        else say("{count} columns are called {name!r}", count=len(found), name=wanted)
    )
    listed = columns_listed(choice.readings, choice.grid.left)
    raise UndecidedError(
        what,
        where=choice.where,
        seen=(say("columns: {columns}", columns=listed),),
        next=say("name it by its number: --map {field}=#N", field=name),
    )


def _candidates(choice: _Choice, name: str) -> list[tuple[int, int]]:
    """Free columns that may hold a field, as (tier, column), the surest first."""
    return sorted(
        (tier, column)
        for column, reading in enumerate(choice.readings)
        for field_, tier in reading.fields
        if field_ == name
        and column not in choice.taken.values()
        and _may_hold(choice, name, column)
    )


def _may_hold(choice: _Choice, name: str, column: int) -> bool:
    return name not in RATES or proof.holds_rates(choice.grid, choice.rows, column)


def _surest(choice: _Choice, name: str) -> list[tuple[int, int]]:
    found = _candidates(choice, name)
    return [entry for entry in found if entry[0] == found[0][0]]


def _choose_amount(choice: _Choice, name: str) -> None:
    found = _surest(choice, name)
    if name == "original" and "budget" not in choice.taken:
        found = _leave_for_budget(choice, found)
    if len(found) > 1:
        columns = [column for _, column in found]
        decided = _by_marks(choice, name, columns)
        decided = _by_arithmetic(choice, name, columns) if decided is None else decided
        if decided is None and name in RATES:
            _leave_rates(choice, name, columns)
            return
        if decided is None:
            raise _undecided(choice, name, columns)
        found = [(found[0][0], decided)]
    if found:
        _take_amount(choice, name, *found[0])


def _by_marks(choice: _Choice, name: str, columns: list[int]) -> int | None:
    """The rate column marked (C/B) where the amounts it is made of are marked (C) and (B)."""
    ends = [choice.taken.get(field_) for field_ in _RATE_ENDS.get(name, ())]
    marks = [set(marks_of(choice.readings[end])) for end in ends if end is not None]
    if len(marks) != 2:
        return None
    wanted = {f"{part}/{whole}" for part in marks[0] for whole in marks[1]}
    fitting = [column for column in columns if wanted & set(marks_of(choice.readings[column]))]
    return fitting[0] if len(fitting) == 1 else None


def _leave_rates(choice: _Choice, name: str, columns: list[int]) -> None:
    """Printed rates are only checked against: where several could be meant, none is."""
    headers = ", ".join(choice.header(column) for column in columns)
    term = FIELDS[name].term
    choice.say(
        say(
            "several columns could be {field}, none was taken: {columns}",
            field=term,
            columns=headers,
        ),
        aloud=True,
    )


def _take_amount(choice: _Choice, name: str, tier: int, column: int) -> None:
    passed = [choice.header(other) for lower, other in _candidates(choice, name) if lower > tier]
    choice.taken[name] = column
    header = choice.header(column)
    if name == "spent" and passed:
        others = ", ".join(passed)
        choice.say(
            say("{header} was taken for expenditure, not {others}", header=header, others=others),
            aloud=True,
        )
    if name == "budget" and tier == _LOOSE_BUDGET_TIER:
        choice.say(
            say("{header} was taken for the current budget (예산현액)", header=header), aloud=True
        )


def _leave_for_budget(choice: _Choice, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """예산액 is the original budget only beside a column that is surely the current one."""
    surer = [tier for tier, _ in _candidates(choice, "budget")]
    if surer and surer[0] < _LOOSE_BUDGET_TIER:
        return found
    return [(tier, column) for tier, column in found if tier == 0]


def _by_arithmetic(choice: _Choice, name: str, columns: list[int]) -> int | None:
    """The one candidate under which the printed rates are one amount over the other, if any."""
    if name in RATES:
        return _rate_that_follows(choice, name, columns)
    rates = _surest(choice, "execution_rate")
    other = {"spent": "budget", "budget": "spent"}.get(name)
    if len(rates) != 1 or other is None:
        return None
    taken = choice.taken.get(other)
    others = [taken] if taken is not None else [column for _, column in _surest(choice, other)]
    if len(others) != 1:
        return None
    ends = [(column, others[0]) if name == "spent" else (others[0], column) for column in columns]
    fitting = [
        column
        for column, (part, whole) in zip(columns, ends, strict=True)
        if proof.rate_follows(choice.grid, choice.rows, rates[0][1], part, whole)
    ]
    if len(fitting) != 1:
        return None
    header, term = choice.header(fitting[0]), FIELDS[name].term
    choice.say(
        say("{header} is {field}: the printed rates follow from it", header=header, field=term)
    )
    return fitting[0]


def _rate_that_follows(choice: _Choice, name: str, columns: list[int]) -> int | None:
    """The one rate column that prints its own amounts' quotient, if there is one."""
    ends = [choice.taken.get(field_) for field_ in _RATE_ENDS.get(name, ())]
    known = [end for end in ends if end is not None]
    if len(known) != 2:
        return None
    follows = [c for c in columns if proof.rate_follows(choice.grid, choice.rows, c, *known)]
    return follows[0] if len(follows) == 1 else None


def _choose_label(choice: _Choice, name: str) -> None:
    found = [column for _, column in _surest(choice, name)]
    if len(found) > 1:
        worded = [c for c in found if proof.holds_words(choice.grid, choice.rows, c)]
        found = worded or found
    headers = {key(choice.header(column)): choice.header(column) for column in found}
    if len(headers) == 1:
        # one header over several columns names the group first and its parts last
        choice.taken[name] = found[-1]
    elif headers and name == "division" and _tier(choice, name) < _LOOSE_NAME_TIER:
        raise _undecided(choice, name, found)
    elif headers:
        _take_finest(choice, name, found)


def _tier(choice: _Choice, name: str) -> int:
    return _surest(choice, name)[0][0]


def _take_finest(choice: _Choice, name: str, columns: list[int]) -> None:
    """Of several columns of names the one that tells most rows apart; the others stay text."""
    rows = choice.grid.rows
    taken = max(columns, key=lambda column: len({rows[row][column] for row in choice.rows}))
    choice.taken[name] = taken
    choice.say(
        say(
            "{header} was taken for {field}, not {others}",
            header=choice.header(taken),
            field=FIELDS[name].term,
            others=", ".join(choice.header(column) for column in columns if column != taken),
        )
    )


def _first_text_as_division(choice: _Choice) -> None:
    """Where no header names who spends, the leftmost free column of words does; that is said."""
    if any(name in choice.taken for name in LABELS):
        return
    grid, rows = choice.grid, choice.rows
    free = [
        column
        for column in range(grid.width)
        if column not in choice.taken.values() and not proof.is_blank(grid, rows, column)
    ]
    worded = [column for column in free if proof.holds_words(grid, rows, column)]
    if worded:
        choice.taken["division"] = worded[0]
        number = worded[0] + 1 + grid.left
        choice.say(
            say("column #{number} names the divisions: it is the first of words", number=number)
        )
    elif "fiscal_year" in choice.taken:
        choice.taken["division"] = choice.taken["fiscal_year"]


def _undecided(choice: _Choice, name: str, columns: list[int]) -> UndecidedError:
    headers = [choice.header(column) for column in columns]
    numbers = [f"#{column + 1 + choice.grid.left}" for column in columns]
    distinct = len(set(map(key, headers))) == len(headers)
    flags = [f"--map {name}={word}" for word in (headers if distinct else numbers)]
    quoted = [f"'{flag}'" if " " in flag.partition("=")[2] else flag for flag in flags]
    listed = ", ".join(f"{n} {header}" for n, header in zip(numbers, headers, strict=True))
    problem = UndecidedError(
        say(
            "{count} columns could be {field} ({name}): {columns}",
            count=len(columns),
            field=FIELDS[name].term,
            name=name,
            columns=listed,
        ),
        where=choice.where,
        why=say("another column would give other figures"),
        next=say("say which: {flags}", flags=", ".join(quoted)),
    )
    problem.field = name
    return problem
