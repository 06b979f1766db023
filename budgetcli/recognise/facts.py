"""What holds for the whole table and stands around it: as-of date, fiscal year, title."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple, TypeVar

from budgetcli.i18n import say, say_count
from budgetcli.model import Evidence, RawTable, Total
from budgetcli.patterns import lazy
from budgetcli.recognise.bands import Bands, is_part_of_above
from budgetcli.recognise.columns import ColumnMap
from budgetcli.recognise.dates import (
    find_as_of,
    find_date,
    find_date_in_name,
    find_year_in_name,
    fiscal_year_in,
    parse_date,
    parse_short_date,
    year_of,
)
from budgetcli.recognise.grid import Grid
from budgetcli.recognise.headers import read_cell, read_path
from budgetcli.recognise.names import clean, fold, key, last_key
from budgetcli.recognise.synonyms import PERIODS, REVENUE_TITLES, SPENDING_TITLES
from budgetcli.recognise.totals import is_total_name
from budgetcli.recognise.units import find_unit

_Fact = TypeVar("_Fact")
_TITLE_CELLS = 120
_SIDES = (REVENUE_TITLES, SPENDING_TITLES)
_SAYS_UNIT = lazy(
    r"(?:단\s?위|(?i:\bunits?))\s?[:∶︰]\s?(?!not stated|표기 없음)[^\s)\]〕】>][^)\]〕】>·]{0,30}"
)
_SHOWN = 4
_SAYS_AS_OF = lazy(r"기\s*준|현\s*재|(?i:\bas (?:of|at|on)\b|\bal \d|\bcorte\b|\bke dni\b)")


class Lines(NamedTuple):
    """The text around a table, nearest first: what heads it, and the notes that follow it."""

    heads: tuple[str, ...]
    notes: tuple[str, ...]


def caption_lines(raw: RawTable, grid: Grid, bands: Bands) -> Lines:
    """Its own caption rows, then the text before; its notes, then the text after."""
    own = [line for row in reversed(bands.captions) for line in _cells(grid, row)]
    notes = [_line(grid, row) for row in bands.notes]
    return Lines(_folded([*own, *reversed(raw.before)]), _folded([*notes, *raw.after]))


def find_title(lines: Lines) -> str | None:
    """The nearest heading that states neither unit nor date, if it is short enough for a title."""
    for line in lines.heads:
        states = find_unit(line) or find_date(line) or line.startswith("단위")
        if not states and len(line) <= _TITLE_CELLS:
            return clean(line)
    return None


def find_date_of_table(
    raw: RawTable, lines: Lines, told: date | None
) -> tuple[date | None, tuple[Evidence, ...]]:
    """The as-of date from the flag, else captions, siblings, file name; None where nobody says."""
    if told is not None:
        return told, (Evidence("as_of", say("date: {day}, as told", day=told.isoformat())),)
    if found := _stated_date(lines):
        return found[0], (_dated(found[0], found[1][:80]),)
    for name, value in raw.siblings.items():
        if means(name, "as_of") and (day := parse_date(value)):
            return day, (_dated(day, f"{name}: {value}"),)
    name = _name_of(raw)
    if day := find_date_in_name(name):
        return day, (_dated(day, name),)
    return None, (Evidence("as_of", say("the table does not say its date"), aloud=True),)


def _stated_date(lines: Lines) -> tuple[date, str] | None:
    """The nearest line that says "as of"; else the one date all headings agree on.

    A date in the notes that does not say so is that of the page, not of the figures.
    """
    for line in (*lines.heads, *lines.notes):
        if _SAYS_AS_OF.search(line) and (day := find_date(line)):
            return day, line
    return find_as_of(lines.heads)


def column_dates(grid: Grid, rows: Sequence[int], columns: ColumnMap) -> list[date | None]:
    """The date of each row from its date column; None where there is no column or no date."""
    column = columns.fields.get("as_of")
    header = columns.readings[column].header if column is not None else ""
    return _down(grid, rows, column, lambda text: parse_short_date(text, header))


def unread_dates(grid: Grid, rows: Sequence[int], columns: ColumnMap) -> tuple[Evidence, ...]:
    """That a date or year column holds several texts of which none can be read, if it does."""
    found = []
    for name, read in (("as_of", column_dates), ("fiscal_year", column_years)):
        column = columns.fields.get(name)
        if column is None or any(read(grid, rows, columns)):
            continue
        texts = sorted({text for row in rows if (text := grid.rows[row][column])})
        named = [text for text in texts if not is_total_name(text)]
        said = say(
            "{header} cannot be read ({texts}): rows of all of them are added together;"
            " keep one: --where {header}=...",
            header=columns.readings[column].header,
            texts=", ".join(named[:_SHOWN]),
        )
        found += [Evidence(name, said, aloud=True)] if len(named) > 1 else []
    return tuple(found)


def column_years(grid: Grid, rows: Sequence[int], columns: ColumnMap) -> list[int | None]:
    """The fiscal year of each row from its year column; None where there is none."""
    return _down(grid, rows, columns.fields.get("fiscal_year"), year_of)


def _down(
    grid: Grid, rows: Sequence[int], column: int | None, read: Callable[[str], _Fact | None]
) -> list[_Fact | None]:
    """Each row's fact; a blank cell repeats the one above, but not beside a total's name."""
    if column is None:
        return [None] * len(rows)
    read = cache(read)
    above: _Fact | None = None
    found: list[_Fact | None] = []
    for row in rows:
        text = grid.rows[row][column]
        if text:
            above = read(text)
        blank_total = not text and any(map(is_total_name, filter(None, grid.rows[row])))
        found.append(None if blank_total else above)
    return found


def added_periods(grid: Grid, rows: Sequence[int], columns: ColumnMap) -> tuple[Evidence, ...]:
    """That rows of several months or quarters stand in one table: their amounts are added."""
    found = []
    for column in period_columns(columns):
        periods = {grid.rows[row][column] for row in rows} - {""}
        said = say(
            "{count} different {header}: their rows are added; keep one: --where {header}=...",
            count=len(periods),
            header=columns.readings[column].header,
        )
        found += [Evidence("as_of", said, aloud=True)] if len(periods) > 1 else []
    return tuple(found)


def period_columns(columns: ColumnMap) -> list[int]:
    """The columns of months or quarters."""
    return [
        column
        for column, reading in enumerate(columns.readings)
        if reading.path and read_cell(reading.path[-1]).core in PERIODS
    ]


def parts_of_rows(grid: Grid, notes: Sequence[int]) -> tuple[Evidence, ...]:
    """That rows such as "of which: salaries" are not added: the row above counts them."""
    names = [grid.rows[row][0] for row in notes if is_part_of_above(grid, row)]
    if not names:
        return ()
    more = ", ..." if len(names) > _SHOWN else ""
    said = say_count(
        "{count} row is a part of the one above it and was not added: {names}",
        "{count} rows are parts of those above them and were not added: {names}",
        len(names),
        names=", ".join(names[:_SHOWN]) + more,
    )
    return (Evidence("totals", said, aloud=True),)


def both_sides(totals: Sequence[Total]) -> tuple[Evidence, ...]:
    """That totals of revenue and of spending stand in one table, whose rows are all added."""
    names = [key(next(reversed([*total.row.labels.values()]), "")) for total in totals]
    sides = [[any(word in name for word in words) for name in names] for words in _SIDES]
    if not all(map(any, sides)):
        return ()
    said = say(
        "rows of revenue and of spending stand in one table and are added together:"
        " put them into files of their own"
    )
    return (Evidence("totals", said, aloud=True),)


def unread_unit(raw: RawTable, lines: Lines) -> tuple[Evidence, ...]:
    """That a caption says unit, but names none that is known."""
    beside = [value for name, value in raw.siblings.items() if value and means(name, "unit")]
    lines_said = map(_SAYS_UNIT.search, (*lines.heads, *lines.notes))
    texts = [*(said[0] for said in lines_said if said), *beside]
    if not texts:
        return ()
    said = say("a unit that is not known: {text} (--unit says what a 1 is)", text=texts[0])
    return (Evidence("unit", said, aloud=True),)


def find_year_of_table(
    raw: RawTable, lines: Lines, as_of: date | None
) -> tuple[int | None, tuple[Evidence, ...]]:
    """The fiscal year beside the rows, else of the nearest heading that names one.

    Of a table without a date its file's name may tell.
    """
    beside = (year_of(value) for name, value in raw.siblings.items() if means(name, "fiscal_year"))
    stated = next(filter(None, (*beside, *map(fiscal_year_in, lines.heads))), None)
    if stated or as_of:
        return stated, ()
    name = _name_of(raw)
    year = find_year_in_name(name)
    said = say("fiscal year: {year}, from: {line}", year=year, line=name)
    return year, (Evidence("fiscal_year", said),) if year else ()


def _name_of(raw: RawTable) -> str:
    from pathlib import PurePath  # dear to import, and hardly ever needed

    return PurePath(raw.source).name


def _dated(day: date, line: str) -> Evidence:
    return Evidence("as_of", say("date: {day}, from: {line}", day=day.isoformat(), line=line))


def means(name: str, field: str) -> bool:
    """Whether a name beside the rows is a word for a field."""
    return any(found == field for found, _ in read_path((last_key(name),)).fields)


def _folded(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(fold(line) for line in lines if line.strip())


def _cells(grid: Grid, row: int) -> list[str]:
    """A caption row as one line, then cell by cell: a title at its left, a unit at its right."""
    cells = [text for _, text in grid.own(row)]
    return [_line(grid, row), *(cells if len(cells) > 1 else [])]


def _line(grid: Grid, row: int) -> str:
    return "  ".join(text for _, text in grid.own(row))
