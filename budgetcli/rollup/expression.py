"""The roll-up, written once in Narwhals: exact sums of plain amounts, by group, on any engine.

An engine only takes what is plain beyond doubt. Every other cell comes back as the text it is,
once for all rows of a group that hold it, and is read by `recognise`, as the small reader's are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import Any, NamedTuple

import narwhals as nw

from budgetcli.recognise.amounts import DecimalMark

# what a row holds that is not plain stands in its group's shape: a mark, then the cell's text
MARK, PARTED = "=", "\x1f"
KEY, SHAPE, COUNT, SUM, PLACES = "key{}", "shape", "count", "sum{}", "places{}"
FILLED = "filled{}"

DIGITS = 18  # what any engine casts from text, and adds up, without slowing down
FLOAT_DIGITS = 15  # what a double holds of any decimal number
_MINUS = "[-△▲]"
# 회계, 통계, 종합 say no total: most names that end so are told by the syllable before. The
# same two syllables in letters of their own: as some systems write names
_TOTAL_END = (
    "(?i)(?:(?:^|[^가-힣]|[소합총누중])계|(?:^|[^가-힣])합|\u1100\u1168|\u1112\u1161\u11b8"
    "|totals?|sum|suma|totales|general|geral|celkem|sou[cčČ]et)"
    r"(?:\s*[(\[][^()\[\]]*[)\]]|[)\]])?\s*$"
)
_TOTAL_START = r"(?i)^(?:total|subtotal|celkem|suma|[(\[〔]|\s*$)"
# names that start with a syllable or, as codes, with a digit do not start like that
_FIRST_SYLLABLE = "가"
_FIRST_DIGIT, _BEHIND_DIGITS = "0", ":"


class Held(Enum):
    """How a source holds a column's amounts."""

    TEXT = "text"
    EXACT = "exact"
    FLOAT = "float"


class Money(NamedTuple):
    """A column of amounts: its decimal mark, and the decimals its plain amounts may have.

    Where it is held as text, the engine's own try to cast it stands in the column `tried`.
    """

    column: str
    held: Held = Held.TEXT
    places: int = 0
    mark: DecimalMark = DecimalMark.POINT

    @property
    def tried(self) -> str:
        """The column of the engine's casts: null where it could not, and not to be trusted."""
        return f"{self.column} tried"


class Plan(NamedTuple):
    """Columns to group by, columns whose words may say total, of unnamed rows others', amounts."""

    keys: tuple[str, ...]
    labels: tuple[str, ...]
    others: tuple[str, ...]
    money: tuple[Money, ...]

    @property
    def is_plain(self) -> bool:
        """Whether no cell but a blank one can be in doubt."""
        is_exact = all(money.held is Held.EXACT for money in self.money)
        return is_exact and bool(self.money) and not self.labels and not self.others


# how the rows of a ledger become those of its groups
Roll = Callable[[nw.LazyFrame[Any], Plan], nw.LazyFrame[Any]]


def added_up(frame: nw.LazyFrame[Any], plan: Plan) -> nw.LazyFrame[Any]:
    """Of a plain plan, a row for each key: the keys, the number of rows, sums, filled cells.

    Nothing but the columns is looked at, so an engine does it as fast as it can.
    """
    sums = {SUM.format(n): nw.col(money.column).sum() for n, money in enumerate(plan.money)}
    filled = {FILLED.format(n): nw.col(one.column).count() for n, one in enumerate(plan.money)}
    # a column that is a key and an amount would stand there twice
    keys = {KEY.format(n): nw.col(name) for n, name in enumerate(plan.keys)}
    return frame.with_columns(**keys).group_by(*keys).agg(nw.len().alias(COUNT), **sums, **filled)


def as_rolled_up(rows: Sequence[tuple[Any, ...]], plan: Plan) -> list[tuple[Any, ...]] | None:
    """The rows of `added_up` as `rolled_up` gives them; None where a cell is blank or a NaN."""
    width, filled = len(plan.keys), len(plan.keys) + 1 + len(plan.money)
    if not all_numbers(rows) or any(min(row[filled:]) < row[width] for row in rows):
        return None
    places = [money.places for money in plan.money if money.places]
    keys = [["" if key is None else key for key in row[:width]] for row in rows]
    pairs = zip(keys, rows, strict=True)
    return [(*texts, "", *row[width:filled], *places) for texts, row in pairs]


def all_numbers(rows: Iterable[tuple[Any, ...]]) -> bool:
    """Whether no sum met a NaN or an infinity."""
    sums = (value for row in rows for value in row if isinstance(value, Decimal))
    return all(value.is_finite() for value in sums)


def rolled_up(
    frame: nw.LazyFrame[Any], plan: Plan, only: Mapping[str, Collection[str]] = MappingProxyType({})
) -> nw.LazyFrame[Any]:
    """A row for each group of rows with the same keys and shape.

    Columns: the keys, the shape (empty: every cell is plain; else a mark a column of `labels`,
    `others` and `money`, see `marks_in`), the number of rows, the exact sum of each money column,
    and the most decimals its plain cells print where it may have some. Only of
    rows that hold one of these texts in each column `only` names.
    """
    if only:
        held = (_text(name).is_in(sorted(texts)) for name, texts in only.items())
        frame = frame.filter(nw.all_horizontal(*held, ignore_nulls=False))
    keys = {KEY.format(n): _text(name) for n, name in enumerate(plan.keys)}
    amounts = {f"amount{n}": _amount(money) for n, money in enumerate(plan.money)}
    texts = {f"label{n}": _text(name) for n, name in enumerate(plan.labels)}
    texts |= {f"other{n}": nw.col(name) for n, name in enumerate(plan.others)}
    texts |= {f"cell{n}": nw.col(money.column) for n, money in enumerate(plan.money)}
    read = frame.select(**keys, **amounts, **texts)
    doubts = _doubts(plan)
    doubted = read.with_columns(**{f"{name} doubted": doubt for name, doubt in doubts.items()})
    parts = {f"part{n}": _places(n, money) for n, money in enumerate(plan.money) if money.places}
    shaped = doubted.select(*keys, *amounts, **{SHAPE: _shape([*doubts], plan)}, **parts)
    sums = {SUM.format(n): nw.col(name).sum() for n, name in enumerate(amounts)}
    places = {PLACES.format(name.removeprefix("part")): nw.col(name).max() for name in parts}
    return shaped.group_by(*keys, SHAPE).agg(nw.len().alias(COUNT), **sums, **places)


def marks_in(shape: str, count: int) -> list[str | None]:
    """The cells' texts a shape tells of, None for a plain one."""
    marks = shape.split(PARTED) if shape else [""] * count
    return [mark.removeprefix(MARK) if mark else None for mark in marks]


def _text(column: str) -> nw.Expr:
    return nw.col(column).fill_null("")


def _cell(money: Money, column: str) -> nw.Expr:
    """A column's cells as text; of a float, the fewest digits that tell it from others."""
    if money.held is Held.EXACT:
        return nw.lit("")  # no cell but a blank one is not plain
    text = _text(column)
    return text.str.replace_all(r"\.0+$", "") if money.held is Held.FLOAT else text


def _amount(money: Money) -> nw.Expr:
    """A plain amount; null for any other cell.

    What is cast and written out again the same was nothing but that number.
    """
    if money.held is Held.EXACT:
        return nw.col(money.column)
    if money.held is Held.FLOAT:
        return _dressed(money)
    tried = nw.col(money.tried)
    is_plain = tried.cast(nw.String) == nw.col(money.column)
    return nw.when(is_plain).then(tried).otherwise(_dressed(money))


def _dressed(money: Money) -> nw.Expr:
    """An amount in groups of three, with a sign before or in parentheses, with blanks around."""
    text = _cell(money, money.column)
    point, comma = (".", ",") if money.mark is DecimalMark.POINT else (",", ".")
    digits = FLOAT_DIGITS if money.held is Held.FLOAT else DIGITS
    whole = digits - money.places
    part = rf"(?:[{point}][0-9]{{1,{money.places}}})?" if money.places else ""
    groups = rf"[1-9][0-9]{{0,2}}(?:[{comma}][0-9]{{3}}){{1,{(whole - 3) // 3}}}"
    number = rf"(?:{groups}|[0-9]{{1,{whole}}}){part}"
    bare = text.str.replace_all(comma, "", literal=True)
    if money.mark is DecimalMark.COMMA:
        bare = bare.str.replace_all(",", ".", literal=True)
    undressed = bare.str.replace_all("[^0-9.]", "")
    negative = nw.concat_str([nw.lit("-"), undressed])
    minus = nw.when(text.str.contains(rf"^ *(?:{_MINUS} ?{number}|\({number}\)) *$"))
    cast = nw.Decimal(DIGITS, money.places) if money.places else nw.Int64()
    return (
        nw.when(text.str.contains(rf"^{number}$"))
        .then(bare.cast(cast))
        .otherwise(
            minus.then(negative.cast(cast)).otherwise(
                nw.when(text.str.contains(rf"^ *{number} *$")).then(undressed.cast(cast))
            )
        )
    )


def _places(n: int, money: Money) -> nw.Expr:
    """The decimals a plain amount prints."""
    if money.held is Held.EXACT:
        return nw.lit(money.places)
    point = "." if money.mark is DecimalMark.POINT else ","
    part = _cell(money, f"cell{n}").str.replace_all(rf"^[^{point}]*[{point}]?", "")
    digits = part.str.replace_all("[^0-9]", "").str.len_chars()
    return nw.when(~nw.col(f"amount{n}").is_null()).then(digits)


def _doubts(plan: Plan) -> dict[str, nw.Expr]:
    """What is not plain, a column of texts: a label that may say total, or is blank; in rows
    without any name, all other names; a cell that gave no amount."""
    labels = [f"label{n}" for n in range(len(plan.labels))]
    named = [*labels, *(KEY.format(n) for n in range(len(plan.keys)))]
    unnamed = nw.all_horizontal(*(nw.col(name) == "" for name in named), ignore_nulls=False)
    return {
        **{name: _may_say_total(name) for name in labels},
        **{f"other{n}": unnamed for n in range(len(plan.others))},
        **{f"cell{n}": nw.col(f"amount{n}").is_null() for n in range(len(plan.money))},
    }


def _may_say_total(name: str) -> nw.Expr:
    text = nw.col(name)
    is_code = (text >= _FIRST_DIGIT) & (text < _BEHIND_DIGITS)
    may_start_so = (text < _FIRST_SYLLABLE) & ~is_code
    start = nw.when(may_start_so).then(text.str.contains(_TOTAL_START))
    return text.str.contains(_TOTAL_END) | start.otherwise(nw.lit(False))


def _shape(names: list[str], plan: Plan) -> nw.Expr:
    """Empty where everything is plain, as in most rows; else a mark a column."""
    doubted = nw.any_horizontal(*(nw.col(f"{name} doubted") for name in names), ignore_nulls=False)
    texts = {name: _text(name) for name in names}
    texts |= {f"cell{n}": _cell(money, f"cell{n}") for n, money in enumerate(plan.money)}
    marks = [
        nw.when(nw.col(f"{name} doubted"))
        .then(nw.concat_str([nw.lit(MARK), text]))
        .otherwise(nw.lit(""))
        for name, text in texts.items()
    ]
    told = nw.concat_str(marks, separator=PARTED)
    return nw.when(doubted).then(told).otherwise(nw.lit(""))
