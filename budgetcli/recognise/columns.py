"""Which column holds which field: the user's map, header paths, what `choice` decides."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from budgetcli.errors import TableError
from budgetcli.fields import AMOUNTS, DERIVED, FIELDS, LABELS, RATES
from budgetcli.i18n import say
from budgetcli.model import Evidence
from budgetcli.recognise import proof
from budgetcli.recognise.bands import Bands
from budgetcli.recognise.choice import Choice, UndecidedError, choose_amount, surest, undecided
from budgetcli.recognise.encumbrances import settle_encumbrances
from budgetcli.recognise.grid import Grid
from budgetcli.recognise.headers import Reading, read_path
from budgetcli.recognise.names import key
from budgetcli.recognise.paths import columns_called, columns_listed, header_paths
from budgetcli.recognise.witness import settle_budget

__all__ = ["ColumnMap", "UndecidedError", "columns_called", "columns_listed", "map_columns"]

_LOOSE_NAME_TIER = 3
_CORE = ("original", "budget", "committed", "spent")
_FACTS = ("as_of", "fiscal_year", "unit")
_INNER = ("programme", "item")  # what a column of names within another's is called
MAPPABLE = (*LABELS, *AMOUNTS, *RATES, *_FACTS)


class ColumnMap(NamedTuple):
    """Each column's reading, and which column (from 0) each field took.

    `adds_encumbrances`: commitments are spending and encumbrances together.
    """

    readings: tuple[Reading, ...]
    fields: Mapping[str, int]
    evidence: tuple[Evidence, ...] = ()
    adds_encumbrances: bool = False


def read_columns(grid: Grid, bands: Bands) -> tuple[Reading, ...]:
    """What each column's header path may mean."""
    return tuple(
        read_path(path, grid.words, percent=proof.is_percent(grid, bands.data, column))
        for column, path in enumerate(header_paths(grid, bands.header))
    )


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
        reading if reading.year in (None, year) else reading._replace(fields=())
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
    choice = Choice(grid, bands.data, readings, where, year)
    for name, column in told.items():
        found = _find_column(choice, _known_field(name), column)
        if year is None or readings[found].year in (None, year):
            choice.taken[name] = found
    for name in (*AMOUNTS, *RATES, *_FACTS, *DERIVED):
        if name not in choice.taken:
            choose_amount(choice, name)
    settle_budget(choice, told)
    adds = settle_encumbrances(choice, told)
    for name in LABELS:
        if name not in choice.taken:
            _choose_label(choice, name)
    _first_text_as_division(choice)
    _inner_names(choice)
    return ColumnMap(readings, choice.taken, tuple(choice.evidence), adds)


def _known_field(name: str) -> str:
    if name in MAPPABLE:
        return name
    raise TableError(
        say("{name!r} is no field", name=name),
        where="--map",
        next=say("use one of: {names}", names=", ".join(MAPPABLE)),
    )


def _find_column(choice: Choice, name: str, wanted: str) -> int:
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


def _choose_label(choice: Choice, name: str) -> None:
    found = [column for _, column in surest(choice, name)]
    if len(found) > 1:
        worded = [c for c in found if proof.holds_words(choice.grid, choice.rows, c)]
        found = worded or found
    headers = {key(choice.header(column)): choice.header(column) for column in found}
    if len(headers) == 1:
        # one header over several columns names the group first and its parts last
        choice.taken[name] = found[-1]
    elif headers and name == "division" and _tier(choice, name) < _LOOSE_NAME_TIER:
        raise undecided(choice, name, found)
    elif headers:
        _take_finest(choice, name, found)
    if name in choice.taken:
        _take_names_of_codes(choice, name)


def _take_names_of_codes(choice: Choice, name: str) -> None:
    """Kapitola | Název: words right behind a column of codes, one for each, name what it codes."""
    codes, rows = choice.taken[name], [choice.grid.rows[row] for row in choice.rows]
    words = codes + 1
    if words >= choice.grid.width or words in choice.taken.values():
        return
    worded = [proof.holds_words(choice.grid, choice.rows, column) for column in (codes, words)]
    pairs = {(row[codes], row[words]) for row in rows if row[codes] and row[words]}
    several = {len({pair[end] for pair in pairs}) for end in (0, 1)} == {len(pairs)}
    if worded == [False, True] and several and len(pairs) > 1:
        choice.taken[name] = words


def _tier(choice: Choice, name: str) -> int:
    return surest(choice, name)[0][0]


def _take_finest(choice: Choice, name: str, columns: list[int]) -> None:
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


def _inner_names(choice: Choice) -> None:
    """A column of words that names the rows in which the only label column is blank; that is said.

    Programme | Component: the first cell heads the rows below it, the second names them.
    """
    labels = [choice.taken[name] for name in LABELS if name in choice.taken]
    money = [choice.taken[name] for name in AMOUNTS if name in choice.taken]
    name = next((name for name in _INNER if name not in choice.taken), None)
    if len(labels) != 1 or not money or name is None or labels[0] in _facts_taken(choice):
        return
    for column in range(labels[0] + 1, min(money)):
        if column not in choice.taken.values() and _steps_in(choice, labels[0], column):
            choice.taken[name] = column
            choice.say(
                say(
                    "{inner} names the rows in which {outer} is blank",
                    inner=choice.header(column) or f"#{column + 1 + choice.grid.left}",
                    outer=choice.header(labels[0]),
                ),
                aloud=True,
            )
            return


def _facts_taken(choice: Choice) -> list[int]:
    return [choice.taken[name] for name in _FACTS if name in choice.taken]


def _steps_in(choice: Choice, outer: int, inner: int) -> bool:
    """Whether one column holds words just where the other is blank, and both have their turn."""
    rows = [choice.grid.rows[row] for row in choice.rows]
    turns = [(bool(row[outer]), bool(row[inner])) for row in rows]
    alone = (True, False) in turns and (False, True) in turns
    return alone and proof.holds_words(choice.grid, choice.rows, inner)


def _first_text_as_division(choice: Choice) -> None:
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
    elif codes := [column for column in free if column < min(choice.taken.values(), default=0)]:
        choice.taken["division"] = codes[0]
        header = choice.header(codes[0]) or f"#{codes[0] + 1 + grid.left}"
        choice.say(say("{header} names the divisions: no column holds words", header=header))
