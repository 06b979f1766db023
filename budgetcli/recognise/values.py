"""Cells to exact amounts and printed rates, column by column; what is none becomes a finding."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from budgetcli.fields import AMOUNTS, RATES
from budgetcli.i18n import say
from budgetcli.measures import rate
from budgetcli.model import SEMICOLONS, Absent, Evidence, Finding, Printed, RawTable, Severity, Unit
from budgetcli.patterns import lazy
from budgetcli.recognise.amounts import Amount, DecimalMark, decimal_mark, parse
from budgetcli.recognise.columns import ColumnMap
from budgetcli.recognise.grid import Grid
from budgetcli.recognise.names import key
from budgetcli.recognise.own import own_unit
from budgetcli.recognise.scales import Units

Cell = Amount | Absent
_SHORT = 40
_SAMPLE = 400
# decimals of a currency's smallest coin, and those beyond which none is ever counted
_MINOR, _FINEST = 2, 6
# an amount with another below or behind it in brackets, such as what was really paid out
_TWO_IN_ONE = lazy(r"(?P<first>[^\s\[(]*\d)\s*(?:\[[^\[\]]*\d\]|\([^()]*\d\))")
# a side of an account behind an amount; small letters might as well be crores
_CREDIT = lazy(r"(?P<number>[^A-Za-z]*\d[^A-Za-z]*?)\s*CR\.?")
_NOT_REPORTED = frozenset(
    map(
        key,
        ("N/R", "NR", "N/A", "NA", "N.A.", "n.d.", "s/d", "해당없음", "미정", "미제출", "..", "…"),
    )
)
_BASE = {
    "execution_rate": ("spent", "budget"),
    "commitment_rate": ("committed", "budget"),
    "attainment_rate": ("spent", "goal"),
    "eligible_rate": ("spent", "eligible"),
}


class Values(NamedTuple):
    """Every amount and rate of the data rows, by field, in row order.

    `amounts` are integers at `scale`; `quantum` is one unit of each column's
    last printed place at that scale; `places` the decimals to show in its own unit.
    `refused` are the rows in which nothing could be read. `votes` tell of each rate in how many
    more rows it is a share (0.307) than per cent.
    """

    amounts: Mapping[str, Sequence[int | Absent]]
    rates: Mapping[str, Sequence[Printed | None]]
    scale: int
    quantum: Mapping[str, int]
    places: int
    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]
    refused: frozenset[int] = frozenset()
    votes: Mapping[str, int] = MappingProxyType({})


def read_values(
    raw: RawTable,
    grid: Grid,
    rows: Sequence[int],
    columns: ColumnMap,
    units: Units,
) -> Values:
    """The values of the given grid rows."""
    marks, evidence = decimal_marks(raw, grid, rows, columns)
    found = read_marked(raw, grid, rows, columns, units, marks)
    return found._replace(evidence=(*evidence, *found.evidence))


def read_marked(
    raw: RawTable,
    grid: Grid,
    rows: Sequence[int],
    columns: ColumnMap,
    units: Units,
    marks: Mapping[str, DecimalMark],
    shares: Mapping[str, bool] = MappingProxyType({}),
) -> Values:
    """The same where the columns' decimal marks, and which rates are shares, are known."""
    money = money_fields(columns)
    ratios = [name for name in RATES if name in columns.fields]
    cells = {name: _parsed(grid, rows, columns.fields[name], marks[name]) for name in ratios}
    whole = {
        name: None if units.rows else _integers(grid, rows, columns.fields[name]) for name in money
    }
    for name, plain in whole.items():
        if plain is None:
            cells[name] = read_money(grid, rows, columns.fields[name], marks[name], name, units)
    found = values_of(raw, grid, rows, columns, units, cells, whole)
    votes = {name: _votes(name, cells[name], found.amounts) for name in ratios}
    rates = {
        name: _printed(
            grid, rows, columns.fields[name], cells[name], shares.get(name, votes[name] > 0)
        )
        for name in ratios
    }
    return found._replace(rates=rates, votes=votes)


def values_of(
    raw: RawTable,
    grid: Grid,
    rows: Sequence[int],
    columns: ColumnMap,
    units: Units,
    cells: Mapping[str, Sequence[Cell]],
    whole: Mapping[str, Sequence[int] | None],
) -> Values:
    """All amounts at one scale, with what is to be said of them.

    A field's amounts are `whole` in its own unit; where that is None, its `cells`.
    """
    odd = [name for name in whole if whole[name] is None]
    scale = max((_needed_scale(cells[name], units.fields[name]) for name in odd), default=0)
    amounts: dict[str, Sequence[int | Absent]] = {}
    for name, plain in whole.items():
        worth = units.fields[name].factor * 10**scale
        amounts[name] = _at(cells[name], worth) if plain is None else [n * worth for n in plain]
    places = [_shown_places(cells.get(name, ()), units.fields[name]) for name in whole]
    coarse = {name: _coarse_places(cells.get(name, ()), rows, units) for name in whole}
    return Values(
        amounts,
        {},
        scale,
        {name: units.fields[name].factor * 10**scale // 10 ** coarse[name] for name in whole},
        max(places, default=0),
        tuple(_unreadable(raw, grid, rows, columns, cells, odd)),
        (*_two_in_one(grid, rows, columns, odd), *_credits(grid, rows, columns, cells, odd)),
        _refused(amounts, _not_reported(grid, rows, columns, cells, odd)),
    )


def money_fields(columns: ColumnMap) -> list[str]:
    """The amount fields that have a column."""
    return [name for name in AMOUNTS if name in columns.fields]


def decimal_marks(
    raw: RawTable, grid: Grid, rows: Sequence[int], columns: ColumnMap
) -> tuple[dict[str, DecimalMark], list[Evidence]]:
    """A column's own proof decides its decimal mark, else the other columns', else a point."""
    names = [*money_fields(columns), *(name for name in RATES if name in columns.fields)]
    proofs = {name: decimal_mark(_texts(grid, rows, columns.fields[name])) for name in names}
    known = {proof for proof in proofs.values() if proof}
    common = next(iter(known)) if len(known) == 1 else DecimalMark.POINT
    evidence: list[Evidence] = []
    if not known:
        common, evidence = _likely_mark(raw, grid, rows, columns, names)
    if DecimalMark.COMMA in proofs.values():
        evidence.append(Evidence("amounts", say("a comma parts units from decimals"), aloud=True))
    return {name: proof or common for name, proof in proofs.items()}, evidence


def _likely_mark(
    raw: RawTable, grid: Grid, rows: Sequence[int], columns: ColumnMap, names: Sequence[str]
) -> tuple[DecimalMark, list[Evidence]]:
    """Of a file whose every point stands before three digits; with semicolons it groups them.

    What 1.234 was read as is said, for it may be a thousand times more or less.
    """
    money = [columns.fields[name] for name in names if name in AMOUNTS]
    grouped = any(entry.step == SEMICOLONS for entry in raw.evidence)
    text = _open(".", grid, rows, money) or (_open(",", grid, rows, money) if grouped else None)
    if text is None:
        return DecimalMark.POINT, []
    if "." in text and not grouped:
        said = say(
            "{text} was read as a decimal number: the point could part thousands as well"
            " (then: --unit thousand)",
            text=text,
        )
        return DecimalMark.POINT, [Evidence("amounts", said, aloud=True)]
    whole = text.replace(".", "").replace(",", "")
    said = say(
        "{text} was read as {whole}: the mark could part decimals as well"
        " (then let one amount show it: {example})",
        text=text,
        whole=whole,
        example="1.5" if "." in text else "1,5",
    )
    return DecimalMark.COMMA if "." in text else DecimalMark.POINT, [
        Evidence("amounts", said, aloud=True)
    ]


def _open(sign: str, grid: Grid, rows: Sequence[int], columns: Sequence[int]) -> str | None:
    """The first amount with this sign that is one under either decimal mark."""
    for column in columns:
        texts = _texts(grid, rows, column)
        found = next((text for text in texts if sign in text and _is_open(text)), None)
        if found:
            return found
    return None


def _is_open(text: str) -> bool:
    return all(isinstance(parse(text, mark), Amount) for mark in DecimalMark)


def _texts(grid: Grid, rows: Sequence[int], column: int) -> list[str]:
    table = grid.rows
    return [table[row][column] for row in rows]


def _integers(grid: Grid, rows: Sequence[int], column: int) -> list[int] | None:
    """A column of nothing but plain digits, as most of large files are, read at one go."""
    texts = _texts(grid, rows, column)
    joined = "".join(texts)
    plain = joined.isascii() and joined.isdecimal() and all(texts) and not grid.covered
    return [*map(int, texts)] if plain and max(map(len, texts)) < _SHORT else None


def _parsed(grid: Grid, rows: Sequence[int], column: int, mark: DecimalMark) -> list[Cell]:
    """A cell that only repeats its merged neighbour holds no amount of its own."""
    covered, table = grid.covered, grid.rows
    return [
        Absent.BLANK if covered and (row, column) in covered else parse(table[row][column], mark)
        for row in rows
    ]


def read_money(
    grid: Grid, rows: Sequence[int], column: int, mark: DecimalMark, name: str, units: Units
) -> list[Cell]:
    """The amounts of a column in its unit; a cell or a row that names its own is converted."""
    unit = units.fields[name]
    by_row = units.rows if unit == units.table else {}
    cells = _parsed(grid, rows, column, mark)
    plain = any(isinstance(cell, Amount) for cell in cells)
    for place, (row, cell) in enumerate(zip(rows, cells, strict=True)):
        text = grid.rows[row][column]
        if cell is Absent.BLANK or (text.isdecimal() and not by_row):
            continue
        if cell is Absent.UNREADABLE and (two := _TWO_IN_ONE.fullmatch(text)):
            cells[place] = parse(two["first"], mark)
        elif plain and cell is Absent.UNREADABLE and (credit := _CREDIT.fullmatch(text)):
            cells[place] = _negative(parse(credit["number"], mark))
        elif own := own_unit(text):
            to = own[1] if units.told else unit
            cells[place] = _converted(parse(own[0], mark), own[1], to)
        elif isinstance(cell, Amount) and cell.percent:
            cells[place] = Absent.UNREADABLE
        elif row in by_row:
            cells[place] = _converted(cell, by_row[row], unit)
    return cells


def _converted(cell: Cell, own: Unit, unit: Unit) -> Cell:
    """An amount in one unit as one in another; both are powers of ten, so nothing is lost."""
    if isinstance(cell, Absent):
        return cell
    places = cell.places + len(str(unit.factor)) - len(str(own.factor))
    return Amount(cell.digits * 10 ** max(0, -places), max(0, places))


def _negative(cell: Cell) -> Cell:
    """Money that came back; what is negative already says two things at once."""
    if isinstance(cell, Amount) and cell.digits >= 0:
        return cell._replace(digits=-cell.digits)
    return Absent.UNREADABLE


def _needed_scale(cells: Sequence[Cell], unit: Unit) -> int:
    return max(0, _places(cells) - (len(str(unit.factor)) - 1))


def _places(cells: Sequence[Cell]) -> int:
    return max((cell.places for cell in cells if isinstance(cell, Amount)), default=0)


def _shown_places(cells: Sequence[Cell], unit: Unit) -> int:
    """The decimals a column is printed with; past a millionth of a currency unit they are noise."""
    places, shift = _places(cells), len(str(unit.factor)) - 1
    return _MINOR + shift if places > _FINEST + shift else places


def _coarse_places(cells: Sequence[Cell], rows: Sequence[int], units: Units) -> int:
    """The decimals of the rows in the table's own unit, which others were converted to."""
    if not units.rows:
        return _places(cells)
    own = [c for row, c in zip(rows, cells, strict=True) if units.rows.get(row) == units.table]
    return _places(own)


def _at(cells: Sequence[Cell], worth: int) -> list[int | Absent]:
    return [
        cell if isinstance(cell, Absent) else cell.digits * worth // 10**cell.places
        for cell in cells
    ]


def _refused(
    amounts: Mapping[str, Sequence[int | Absent]], silent: frozenset[int]
) -> frozenset[int]:
    """The rows none of whose amounts can be read, though something stands in their place.

    A division that reports nothing, and says so, is none.
    """
    unread = {
        place
        for column in amounts.values()
        if Absent.UNREADABLE in column
        for place, cell in enumerate(column)
        if cell is Absent.UNREADABLE
    }
    return frozenset(
        place
        for place in unread - silent
        if not any(isinstance(column[place], int) for column in amounts.values())
    )


def _printed(
    grid: Grid, rows: Sequence[int], column: int, cells: Sequence[Cell], is_share: bool
) -> list[Printed | None]:
    times = 100 if is_share else 1
    return [
        Printed(
            cell.value * (1 if cell.percent else times),
            max(0, cell.places - (2 if times == 100 and not cell.percent else 0)),
            grid.rows[row][column],
        )
        if isinstance(cell, Amount)
        else None
        for row, cell in zip(rows, cells, strict=True)
    ]


def _votes(name: str, cells: Sequence[Cell], amounts: Mapping[str, Sequence[int | Absent]]) -> int:
    """Whether a rate column prints 0.307 for 30.7 %: decided by the amounts it follows from."""
    part, whole = _BASE.get(name, ("", ""))
    if part not in amounts or whole not in amounts:
        return 0
    votes = 0
    for cell, above, below in zip(cells, amounts[part], amounts[whole], strict=True):
        if isinstance(cell, Amount) and isinstance(above, int) and isinstance(below, int):
            exact = rate(above, below)
            if exact and not cell.percent:
                votes += 1 if abs(100 * cell.value - exact) < abs(cell.value - exact) else -1
    return votes


def _two_in_one(
    grid: Grid, rows: Sequence[int], columns: ColumnMap, money: Sequence[str]
) -> list[Evidence]:
    """That the number before the brackets was taken is said, a column."""
    found = []
    for name in money:
        texts = (grid.rows[row][columns.fields[name]] for row in rows[:_SAMPLE])
        if any(_TWO_IN_ONE.fullmatch(text) for text in texts if text.endswith((")", "]"))):
            header = columns.readings[columns.fields[name]].header
            said = say(
                "{header}: of two numbers in a cell, that before the brackets", header=header
            )
            found.append(Evidence("amounts", said, aloud=True))
    return found


def _credits(
    grid: Grid,
    rows: Sequence[int],
    columns: ColumnMap,
    cells: Mapping[str, Sequence[Cell]],
    money: Sequence[str],
) -> list[Evidence]:
    """That an amount marked CR was taken for a credit is said, a column."""
    found = []
    for name in money:
        column = columns.fields[name]
        texts = (
            grid.rows[row][column]
            for row, cell in zip(rows, cells[name], strict=True)
            if isinstance(cell, Amount) and cell.digits < 0
        )
        if text := next(filter(_CREDIT.fullmatch, texts), None):
            header = columns.readings[column].header
            said = say("{header}: {text} is a credit, and so negative", header=header, text=text)
            found.append(Evidence("amounts", said, aloud=True))
    return found


def _not_reported(
    grid: Grid,
    rows: Sequence[int],
    columns: ColumnMap,
    cells: Mapping[str, Sequence[Cell]],
    money: Sequence[str],
) -> frozenset[int]:
    """The rows whose unreadable cells all say that there is nothing to read."""
    unreadable: dict[int, list[str]] = {}
    for name in money:
        for place, cell in enumerate(cells[name]):
            if cell is Absent.UNREADABLE:
                text = grid.rows[rows[place]][columns.fields[name]]
                unreadable.setdefault(place, []).append(key(text))
    return frozenset(
        place for place, texts in unreadable.items() if all(text in _NOT_REPORTED for text in texts)
    )


def _unreadable(
    raw: RawTable,
    grid: Grid,
    rows: Sequence[int],
    columns: ColumnMap,
    cells: Mapping[str, Sequence[Cell]],
    money: Sequence[str],
) -> list[Finding]:
    return [
        Finding(
            "unreadable_amount",
            Severity.WARNING,
            say("{text!r} is no amount", text=grid.rows[row][columns.fields[name]][:60]),
            raw.place(row + grid.top),
            column=name,
        )
        for name in money
        for row, cell in zip(rows, cells[name], strict=True)
        if cell is Absent.UNREADABLE
    ]
