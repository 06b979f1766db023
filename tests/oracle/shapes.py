"""Tables of every shape of FIELD.md, drawn by hypothesis: what they say, before it is printed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from hypothesis import strategies as st

TOTAL_BY = ("nothing", "label", "subtotals", "code", "empty name", "figures")
# where only the figures tell a total from a division, they must tell it beyond doubt
PROVED = ("code", "empty name", "figures")
UNITS = ("원", "천원", "백만원", "억원")
Amount = int | str
AMOUNTS = ("예산현액", "원인행위액", "지출액")


class Table(NamedTuple):
    """Cells as they are written, and what parts them."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: tuple[str, ...] = ()
    mark: str = ","

    @property
    def text(self) -> str:
        """The table as delimited text."""
        written = io.StringIO()
        lines = csv.writer(written, delimiter=self.mark, lineterminator="\n")
        lines.writerows([[line] for line in self.caption])
        lines.writerows([self.header, *self.rows])
        return written.getvalue()


class Row(NamedTuple):
    """A row before it is printed; amounts count the last printed place."""

    code: str
    office: str
    name: str
    amounts: tuple[Amount, ...]


divisions = st.text("가나다라마바사아자차", min_size=2, max_size=6).map(lambda name: f"{name}과")
days = st.dates(date(1990, 1, 1), date(2089, 12, 31))
# long figures: a run that happens to add up would be a total to anybody
long_amounts = st.integers(10**6, 10**11)
odd_amounts: st.SearchStrategy[Amount] = st.one_of(
    long_amounts, st.integers(-(10**9), 10**9), st.sampled_from([0, "", "-", "–"])
)


@st.composite
def tables(draw: st.DrawFn, shape: str) -> Table:
    """A table whose totals are known by `shape`, one of TOTAL_BY."""
    places = draw(st.integers(0, 2))
    comma = draw(st.booleans()) and places > 0 and shape != "figures"
    spell = _speller(draw, places, "," if comma else ".")
    heads = (*AMOUNTS, "목표액") if draw(st.booleans()) and shape != "figures" else AMOUNTS
    rows = _with_totals(draw, shape, draw(_groups(shape, len(heads))))
    header: tuple[str, ...] = ("부서", *heads)
    cells = [(row.name, *map(spell, row.amounts)) for row in rows]
    if shape == "code":
        header = ("코드", *header)
        cells = [(row.code, *cell) for row, cell in zip(rows, cells, strict=True)]
    if shape == "empty name":
        header = ("실국", *header)
        cells = [(row.office, *cell) for row, cell in zip(rows, cells, strict=True)]
    extra, caption = _unit_and_date(draw)
    header, cells = (*header, *extra), [(*cell, *extra.values()) for cell in cells]
    return Table(header, tuple(cells), caption, ";" if comma else draw(st.sampled_from(",\t|")))


@st.composite
def _groups(draw: st.DrawFn, shape: str, width: int) -> list[list[Row]]:
    """Divisions by office; where figures decide, all of them are long."""
    names = draw(st.lists(divisions, min_size=4, max_size=12, unique=True))
    at = draw(st.integers(2, len(names) - 2))
    amounts = draw(_of_figures(len(names), width) if shape in PROVED else _odd(len(names), width))
    rows = [
        Row(f"{1 + (n >= at)}{n:02}", "하늘국" if n < at else "바다국", name, own)
        for n, (name, own) in enumerate(zip(names, amounts, strict=True))
    ]
    return [rows[:at], rows[at:]]


@st.composite
def _odd(draw: st.DrawFn, rows: int, width: int) -> list[tuple[Amount, ...]]:
    """Every division has a budget; the rest may be anything."""
    rest = st.lists(odd_amounts, min_size=width - 1, max_size=width - 1)
    return [(draw(long_amounts), *draw(rest)) for _ in range(rows)]


@st.composite
def _of_figures(draw: st.DrawFn, rows: int, width: int) -> list[tuple[Amount, ...]]:
    """No amount twice, so that no column is a multiple of another, which would prove nothing."""
    count = rows * width
    amounts = draw(st.lists(long_amounts, min_size=count, max_size=count, unique=True))
    return [tuple(amounts[n : n + width]) for n in range(0, count, width)]


def _with_totals(draw: st.DrawFn, shape: str, groups: list[list[Row]]) -> list[Row]:
    """Each group's sum above or below it, and the sum of everything, as the shape has them."""
    leaves = [row for group in groups for row in group]
    above = draw(st.booleans()) or shape == "code"
    if shape == "nothing":
        return leaves
    grand = _sum(leaves, "", "합계", "")
    if shape == "label":
        grand = _mistaken(draw, grand, len(leaves))
        return [grand, *leaves] if above else [*leaves, grand]
    rows = []
    for number, group in enumerate(groups, 1):
        office = group[0].office
        name = {"subtotals": "소계", "empty name": ""}.get(shape, office)
        head = _sum(group, str(number), name, office)
        rows += [head, *group] if above else [*group, head]
    if shape == "subtotals":
        return [grand, *rows] if above else [*rows, grand]
    return rows


def _sum(rows: list[Row], code: str, name: str, office: str) -> Row:
    columns = zip(*(row.amounts for row in rows), strict=True)
    sums = (sum(n for n in column if isinstance(n, int)) for column in columns)
    return Row(code, office, name, tuple(sums))


def _mistaken(draw: st.DrawFn, total: Row, parts: int) -> Row:
    """A printed total may be off by rounding, or wrong, or blank."""
    off = draw(st.sampled_from([0, 0, parts // 2, -(parts // 2), 10**7]))
    first, *rest = total.amounts
    spent = draw(st.sampled_from([rest[-1], ""]))
    assert isinstance(first, int)
    return total._replace(amounts=(first + off, *rest[:-1], spent))


def _unit_and_date(draw: st.DrawFn) -> tuple[dict[str, str], tuple[str, ...]]:
    """Each in a column, in a line above the table, or nowhere."""
    unit, day = draw(st.sampled_from(UNITS)), draw(days)
    columns: dict[str, str] = {}
    caption = ["2024년 예산 집행 현황"] if draw(st.booleans()) else []
    for head, value, line in (
        ("단위", unit, f"(단위 : {unit})"),
        ("기준일", day.isoformat(), f"기준일 : {day}"),
    ):
        where = draw(st.sampled_from(["column", "caption", "nowhere"]))
        if where == "column":
            columns[head] = value
        elif where == "caption":
            caption.append(line)
    return columns, tuple(caption)


def _speller(draw: st.DrawFn, places: int, point: str) -> Callable[[Amount], str]:
    """How this table prints its amounts: grouped or not, and its minus sign."""
    group = draw(st.sampled_from(["", ","]))
    if point == ",":
        group = draw(st.sampled_from(["", "."]))
    minus = draw(st.sampled_from(["-{}", "△{}", "△ {}", "▲{}", "({})", "−{}", "{}-"]))
    room = draw(st.sampled_from(["{}", " {} "]))
    return lambda amount: room.format(
        amount if isinstance(amount, str) else _spelled(amount, places, group, point, minus)
    )


def _spelled(amount: int, places: int, group: str, point: str, minus: str) -> str:
    whole, part = divmod(abs(amount), 10**places)
    digits = f"{whole:,}".replace(",", group)
    if places:
        digits += f"{point}{part:0{places}}"
    return minus.format(digits) if amount < 0 else digits
