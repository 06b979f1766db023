"""What each row of a grid is: caption, header, data, repeated header, note or blank.

Told by what its cells look like, never by its number in the file.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from budgetcli.model import Absent
from budgetcli.patterns import lazy
from budgetcli.recognise.amounts import looks_like_amount, parse
from budgetcli.recognise.dates import find_date, parse_date
from budgetcli.recognise.grid import Grid
from budgetcli.recognise.headers import is_mark, is_year, means_something, read_path
from budgetcli.recognise.names import key
from budgetcli.recognise.own import own_unit
from budgetcli.recognise.totals import is_total_name
from budgetcli.recognise.units import find_unit, unit_named

_LOOK_AHEAD = 300
_HEADER_ROWS = 3
_LONGEST_NAME = 24
# a lone text with such a beginning or end heads or explains rows, it does not name one
_HEADING = lazy(r"^\s*(?:[\[<〈《【(□■○◎●◦∘❍◆◇▣▪▶∙·•‣-]|[ⅠⅡⅢⅣⅤⅥ]|[가-하]\.|\d+[.)])|[:：.]$")
_NOTE = lazy(
    r"^\s*(?:※|\*|주\s*[):]|주\d|자료|출처|비고\s*:|notes?\b|source\b|fuente\b|zdroj\b)", re.I
)
_UNIT_SAID = lazy(r"(?i)\W*(?:단\s?위|units?)\s?[:∶︰：]")
# rows that only say how much of the row above them is for something
_OF_WHICH = lazy(
    r"(?i)\W*(?:of which|thereof|de l[ao]s cuales|del cual|d[ao]s quais|z toho"
    r"|[이그]\s?중(?=[\s:,)]))"
)


class Bands(NamedTuple):
    """Row numbers of the grid by what they are; together they are all rows."""

    captions: tuple[int, ...]
    header: tuple[int, ...]
    data: tuple[int, ...]
    repeated: tuple[int, ...]
    notes: tuple[int, ...]
    blank: tuple[int, ...]


def find_bands(grid: Grid, *, has_header: bool = True) -> Bands:
    """The bands of a grid. Without a header every row that is not blank is data."""
    return bands_under(grid, _header(grid) if has_header else ())


def bands_under(grid: Grid, header: tuple[int, ...]) -> Bands:
    """The same where the header is known."""
    first = header[-1] + 1 if header else 0
    captions = tuple(row for row in range(header[0] if header else 0) if any(grid.rows[row]))
    sorted_rows = _sorted_rows(grid, header, first)
    above = (row for row in range(first) if row not in header)
    blank_above = [row for row in above if not any(grid.rows[row])]
    return Bands(
        captions,
        header,
        tuple(sorted_rows["data"]),
        tuple(sorted_rows["repeated"]),
        tuple(sorted_rows["notes"]),
        tuple(blank_above + sorted_rows["blank"]),
    )


def _sorted_rows(grid: Grid, header: tuple[int, ...], first: int) -> dict[str, list[int]]:
    """The rows under the header by kind; a name without amounts among data is data too.

    Not so one that a total repeats: General Fund above, Total General Fund below.
    """
    repeats = _Repeats(grid, header)
    found: dict[str, list[int]] = {"data": [], "repeated": [], "notes": [], "blank": []}
    names: list[int] = []
    for row in range(first, len(grid.rows)):
        kind = _kind(grid, row, repeats)
        (names if kind == "name" else found[kind]).append(row)
    data = {*found["data"]}
    firsts = (text for row in data if names for _, text in grid.own(row)[:1])
    totals = [text for text in firsts if is_total_name(text)]
    for row in reversed(names):
        ends_table = row == len(grid.rows) - 1 and row - 1 in data
        heads = any(key(grid.own(row)[0][1]) in key(text) for text in totals)
        if (row + 1 in data or ends_table) and not heads:
            data.add(row)
        else:
            found["notes"].append(row)
    found["data"] = [*data]
    return {kind: sorted(rows) for kind, rows in found.items()}


class _Repeats:
    """Tells rows that repeat a header row; a glance at one cell spares most rows the comparison."""

    def __init__(self, grid: Grid, header: Sequence[int]) -> None:
        self.grid = grid
        self.keys = {_row_key(grid, row) for row in header}
        self.glances = {
            (column, text[:1], key(text)) for row in header for column, text in grid.own(row)[-1:]
        }

    def __contains__(self, row: int) -> bool:
        cells = self.grid.rows[row]
        glanced = any(
            cells[column][:1] == start and key(cells[column]) == last
            for column, start, last in self.glances
        )
        return glanced and _row_key(self.grid, row) in self.keys


def _kind(grid: Grid, row: int, repeats: _Repeats) -> str:
    if row in repeats:
        return "repeated"
    if is_part_of_above(grid, row):
        return "notes"
    if not grid.covered and _is_plain_data(grid.rows[row]):
        return "data"
    cells = grid.own(row)
    if not cells:
        return "blank"
    if any(_has_amount(text) for _, text in cells[_names_first(grid, cells) :]):
        return "data"
    if _NOTE.match(cells[0][1]):
        return "notes"
    if len(cells) > 1:
        return "data"
    return "name" if _is_bare_name(grid, row, *cells[0]) else "notes"


def is_part_of_above(grid: Grid, row: int) -> bool:
    """Whether a row's name says that its amounts are in the row above already: of which, z toho."""
    return _OF_WHICH.match(grid.rows[row][0]) is not None


def _is_plain_data(cells: Sequence[str]) -> bool:
    """A name at the left edge and an amount behind it, as in most rows: told without a list."""
    return bool(cells[0]) and any(_has_amount(text) for text in reversed(cells[1:]) if text)


def _is_bare_name(grid: Grid, row: int, column: int, text: str) -> bool:
    """A short text alone in a cell of its own: a division of which nothing is reported."""
    merged = column + 1 < grid.width and (row, column + 1) in grid.covered
    return not merged and not is_note(text)


def _names_first(grid: Grid, cells: list[tuple[int, str]]) -> bool:
    """Whether the first cell stands in the first column of several: then it is a name."""
    return grid.width > 1 and len(cells) > 1 and cells[0][0] == 0


def _header(grid: Grid) -> tuple[int, ...]:
    """The row that knows most words of the field, and its neighbours of the same kind."""
    limit = min(len(grid.rows), _LOOK_AHEAD)
    worded = [row for row in range(limit) if is_header_like(grid, row)]
    known = {row: words for row in worded if (words := _known_words(grid, row))}
    if not known:
        return _unknown_header(grid, limit)
    strongest = max(known.values())
    best = _past_titles(grid, known, min(2, strongest))
    last = _grow_down(grid, best)
    return tuple(range(max(_grow_up(grid, best), last - _HEADER_ROWS), last + 1))


def _past_titles(grid: Grid, known: Mapping[int, int], enough: int) -> int:
    """The first row that knows enough words; of such rows with no amounts between, the last fuller.

    A title with commas, split into cells, knows words too.
    """
    best = next(row for row in known if known[row] >= enough)
    for row in known:
        between = range(best + 1, row)
        if any(not is_header_like(grid, other) for other in between if any(grid.rows[other])):
            break
        if row > best and between and known[row] > known[best]:
            best = row
    return best


def _unknown_header(grid: Grid, limit: int) -> tuple[int, ...]:
    """In a language nobody taught us: the last row of texts before the first row of amounts."""
    for row in range(limit):
        if any(_has_amount(text) for _, text in grid.own(row)):
            above = _filled_above(grid, row)
            if above is not None and len(grid.own(above)) > 1 and is_header_like(grid, above):
                return tuple(range(_grow_up(grid, above), above + 1))
            return ()
    return ()


def _filled_above(grid: Grid, row: int) -> int | None:
    return next((above for above in range(row - 1, -1, -1) if any(grid.rows[above])), None)


def _grow_up(grid: Grid, row: int) -> int:
    first = row
    while first > 0 and row - first < _HEADER_ROWS - 1 and _belongs_above(grid, first - 1):
        first -= 1
    return first


def _grow_down(grid: Grid, row: int) -> int:
    last = row
    for below in range(row + 1, min(row + _HEADER_ROWS, len(grid.rows))):
        if _belongs_below(grid, below):
            last = below
        elif any(grid.rows[below]):
            break
    return last + 1 if last + 1 < len(grid.rows) and is_row_of_marks(grid, last + 1) else last


def is_row_of_marks(grid: Grid, row: int) -> bool:
    """A line such as (A) (B) (B/A), or 1 2 3 4=3/2, closes a header of however many rows."""
    texts = [text for _, text in grid.own(row)]
    if len(texts) < 2:
        return False
    numbers = [text.strip("()[] ").partition("=")[0].rstrip() for text in texts]
    counted = len(texts) > 2 and numbers == [str(number + 1) for number in range(len(texts))]
    return counted or all(map(is_mark, texts))


def _belongs_above(grid: Grid, row: int) -> bool:
    """A group head over the header: several texts, or one that is not at the left edge."""
    cells = grid.own(row)
    if not cells or not is_header_like(grid, row):
        return False
    texts = [text for _, text in cells]
    if len(cells) < _HEADER_ROWS and any(map(_is_caption, (*texts, " ".join(texts)))):
        return False
    if _states_facts(texts):
        return False
    return len(cells) > 1 or cells[0][0] > 0


def _states_facts(texts: Sequence[str]) -> bool:
    """기준일 | 2025-03-31 | 단위: 천원: a cell that is a unit, a date behind the word for it."""
    dated = any(parse_date(after) and _names_date(text) for text, after in pairwise(texts))
    return dated or any(_UNIT_SAID.match(text) for text in texts if not text.isalpha())


def _names_date(text: str) -> bool:
    return any(name == "as_of" for name, _ in read_path((text,)).fields)


def _belongs_below(grid: Grid, row: int) -> bool:
    """A second line of the header: no amounts; mostly words of the field, or an open left edge."""
    cells = grid.own(row)
    if not cells or not is_header_like(grid, row):
        return False
    left_is_open = cells[0][0] > 0
    return left_is_open or 3 * sum(_belongs_to_header(grid, text) for _, text in cells) > 2 * len(
        cells
    )


def _belongs_to_header(grid: Grid, text: str) -> bool:
    return means_something(text, grid.words) or is_mark(text) or unit_named(text) is not None


def has_amounts(grid: Grid, row: int) -> bool:
    """Whether an amount or a dash stands in it, beside its name."""
    cells = grid.own(row)
    return any(_has_amount(text) for _, text in cells[_names_first(grid, cells) :])


def is_note(text: str) -> bool:
    """Whether a text that stands alone in its row explains rows and does not name one."""
    return bool(_NOTE.match(text) or _HEADING.search(text)) or len(text) > _LONGEST_NAME


def is_header_like(grid: Grid, row: int) -> bool:
    """No amounts in it; years are words there when they stand in a row of words or of years."""
    cells = [text for _, text in grid.own(row)]
    return bool(cells) and not any(_has_amount(text) and not is_year(text) for text in cells)


def _known_words(grid: Grid, row: int) -> int:
    """How many words of the field a row knows; of one alone, a title may know it too."""
    texts = [text for _, text in grid.own(row)]
    if _states_facts(texts):
        return 0
    known = [text for text in texts if means_something(text, grid.words)]
    return len(known) if len(known) > 1 else sum(not _is_caption(text) for text in known)


def _is_caption(text: str) -> bool:
    if len(text) > 2 and "단위" in text and find_unit(text):
        return True
    return len(text) > 8 and (find_unit(text) is not None or find_date(text) is not None)


@lru_cache(maxsize=65536)
def _has_amount(text: str) -> bool:
    if text.isdecimal() or looks_like_amount(text) or parse(text) is Absent.DASH:
        return True
    return own_unit(text) is not None


def _row_key(grid: Grid, row: int) -> tuple[str, ...]:
    return tuple(key(text) for text in grid.rows[row])
