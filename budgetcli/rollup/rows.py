"""A ledger's rows block by block, each block as the small reader's budget tables of it.

Columns, units and decimal marks are those of the first block. Where a later one contradicts them,
or a row means something only beside its neighbours, all is refused: no row is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from budgetcli.fields import LABELS
from budgetcli.i18n import say
from budgetcli.model import BudgetTable, Row, Total
from budgetcli.readers import ReadOptions, Source
from budgetcli.recognise import facts
from budgetcli.recognise.amounts import DecimalMark, decimal_mark
from budgetcli.recognise.bands import Bands, bands_under, is_note, is_part_of_above
from budgetcli.recognise.dates import parse_short_date, year_of
from budgetcli.recognise.grid import Grid
from budgetcli.recognise.labels import row_names
from budgetcli.recognise.levels import Levels
from budgetcli.recognise.table import Hints, Parts, tables_of, understand
from budgetcli.recognise.totals import Sign, signs_of
from budgetcli.recognise.values import Values, decimal_marks, money_fields, read_marked
from budgetcli.recognise.ways import Ways
from budgetcli.rollup.blocks import Block, blocks_of
from budgetcli.rollup.planning import NotALedgerError

_FACTS = ("as_of", "fiscal_year")
_BY_NAME = say("its name says so")


class Part(NamedTuple):
    """A block's rows of one date and fiscal year, and the lines of its totals that state none."""

    table: BudgetTable
    undated: frozenset[int | None] = frozenset()


class FileRows:
    """The rows of one file. Raises as `blocks_of` does, TableError, and NotALedgerError."""

    def __init__(self, source: Source, options: ReadOptions, hints: Hints) -> None:
        raw, self._blocks = blocks_of(source, options)
        several = understand(raw, hints)
        if len(several) > 1:
            raise NotALedgerError(say("its years stand side by side as columns"))
        head = several[0]
        self.head = head
        self.fields = head.columns.fields
        self.money = money_fields(head.columns)
        if not self.money:
            raise NotALedgerError(say("none of its columns holds amounts"))
        # only all dates of a column tell whether the one that was asked for is there
        self._hints = hints._replace(as_of=None) if "as_of" in self.fields else hints
        rows = head.bands.data
        self.marks, self._said = decimal_marks(raw, head.grid, rows, head.columns)
        values = read_marked(raw, head.grid, rows, head.columns, head.units, self.marks)
        self._shares = {name: votes > 0 for name, votes in values.votes.items()}
        self._sure = {name for name in self.marks if self._proves_point(name)}
        self._same: dict[int, bool] = {}
        self._units = {head.grid.rows[row][n] for n in self._columns("unit") for row in rows} - {""}
        self.read = self.headers = self.undated = self.done = 0
        self.periods: dict[int, set[str]] = {n: set() for n in facts.period_columns(head.columns)}

    def header(self, name: str) -> str:
        """What stands over a field's column."""
        return self.head.columns.readings[self.fields[name]].header

    def parts(self) -> Iterator[Part]:
        """Its tables in the order of their rows: of each block one a date and fiscal year."""
        first = self._rows_above()
        for block in self._blocks:
            self.done = block.done
            parts = self._parts(block, first)
            first = 0
            if parts.bands.data:
                yield from self._tables(parts)

    def _rows_above(self) -> int:
        """The records down to the header's last."""
        header = self.head.bands.header
        return self.head.grid.top + (header[-1] + 1 if header else 0)

    def _columns(self, *names: str) -> list[int]:
        return [self.fields[name] for name in names if name in self.fields]

    def _parts(self, block: Block, first: int) -> Parts:
        """A block understood as the head is, its rows below those of the header."""
        head, left = self.head, self.head.grid.left
        right = left + head.grid.width
        above = tuple(head.grid.rows[row] for row in head.bands.header)
        rows = [(*map(str.strip, cells),) for cells in block.records[first:]]
        if any(any(row[:left]) or any(row[right:]) for row in rows):
            raise NotALedgerError(say("cells stand outside of the columns of its first rows"))
        padding = ("",) * head.grid.width
        rows = [(*row[left:right], *padding[max(0, len(row) - left) :]) for row in rows]
        grid = Grid((*above, *rows), 0, left, frozenset(), head.grid.words)
        lines = (*[None] * len(above), *block.lines[first:])
        bands = bands_under(grid, tuple(range(len(above))))
        self.read += len(rows)
        self.headers += len(bands.repeated)
        _refuse_lone(grid, bands, self.money_columns)
        raw = head.raw._replace(rows=grid.rows, lines=lines, spans=())
        return head._replace(raw=raw, grid=grid, bands=bands._replace(header=()))

    @property
    def money_columns(self) -> list[int]:
        """The columns of amounts."""
        return self._columns(*self.money)

    def _tables(self, parts: Parts) -> Iterator[Part]:
        self._note_periods(parts)
        self._refuse_other_units(parts)
        undated = self._undated(parts)
        for table in tables_of(parts, self._hints, self._values, _by_name):
            self._refuse_blanks(table.rows)
            own = (total.row.place.row for total in table.totals)
            yield Part(table, undated.intersection(own))

    def _values(self, parts: Parts, rows: Sequence[int]) -> Values:
        self._refuse_other_marks(parts.grid, rows)
        found = read_marked(
            parts.raw, parts.grid, rows, parts.columns, parts.units, self.marks, self._shares
        )
        for name, votes in found.votes.items():
            if votes and (votes > 0) != self._shares[name]:
                raise NotALedgerError(
                    say("{header} holds shares and rates in per cent", header=self.header(name))
                )
        return found._replace(evidence=(*self._said, *found.evidence))

    def _proves_point(self, name: str) -> bool:
        grid, column = self.head.grid, self.fields[name]
        texts = (grid.rows[row][column] for row in self.head.bands.data)
        return DecimalMark.POINT in _proofs(texts)

    def _refuse_other_marks(self, grid: Grid, rows: Sequence[int]) -> None:
        """What the first block leaves open a later one may decide: then no amount above it stands.

        Of a head that proves a point, cells with a comma are refused one by one.
        """
        for name, mark in self.marks.items():
            column = self.fields[name]
            if name not in self._sure and _proofs(grid.rows[row][column] for row in rows) - {mark}:
                raise NotALedgerError(
                    say(
                        "its first rows do not tell the decimal mark of {header}",
                        header=self.header(name),
                    )
                )

    def _refuse_blanks(self, rows: Sequence[Row]) -> None:
        """A blank name or date may stand for the one above, or make a total of its row."""
        for column in self._columns(*LABELS, *_FACTS):
            filled = [bool(row.cells[column]) for row in rows]
            if filled and not all(filled) and any(filled):
                raise _left_blank()
            if filled and self._same.setdefault(column, filled[0]) is not filled[0]:
                raise _left_blank()

    def _undated(self, parts: Parts) -> frozenset[int | None]:
        """The lines of totals without a date or year. Any other row's must be read.

        A row whose date cannot be read belongs to the only date there is, or else to none.
        """
        found = set()
        grid = parts.grid
        for name in (name for name in _FACTS if name in self.fields):
            header, column = self.header(name), self.fields[name]
            known = _Readable(name, header)
            rows = [row for row in parts.bands.data if not known[grid.rows[row][column]]]
            signs = signs_of(row_names(grid, rows, parts.columns))
            for row, sign in zip(rows, signs, strict=True):
                if sign:
                    found.add(parts.raw.lines[row])
                elif grid.rows[row][column]:
                    raise NotALedgerError(
                        say("{header} cannot be read in some rows", header=header)
                    )
        self.undated += len(found)
        return frozenset(found)

    def _note_periods(self, parts: Parts) -> None:
        for column, texts in self.periods.items():
            texts |= {parts.grid.rows[row][column] for row in parts.bands.data} - {""}

    def _refuse_other_units(self, parts: Parts) -> None:
        for column in self._columns("unit"):
            texts = {parts.grid.rows[row][column] for row in parts.bands.data} - {""}
            if len(texts | self._units) > 1:
                raise NotALedgerError(say("its rows are in several units"))


class _Readable(dict[str, bool]):
    """Whether a text is a date, or a year: each is looked at once."""

    def __init__(self, name: str, header: str) -> None:
        super().__init__()
        self._name = name
        self._header = header

    def __missing__(self, text: str) -> bool:
        read = parse_short_date(text, self._header) if self._name == "as_of" else year_of(text)
        self[text] = read is not None
        return self[text]


def _by_name(
    rows: Sequence[Row], names: Sequence[tuple[str, ...]], _quantum: Mapping[str, int], _scale: int
) -> Ways:
    """Totals as their names tell, for their sums are not at hand."""
    signs = signs_of(names)
    if Sign.NAMELESS in signs:
        raise _left_blank()
    leaves = tuple(row for row, sign in zip(rows, signs, strict=True) if not sign)
    totals = (row for row, sign in zip(rows, signs, strict=True) if sign)
    return Ways(Levels(leaves, tuple(Total(row, (), _BY_NAME) for row in totals), ()))


def _left_blank() -> NotALedgerError:
    return NotALedgerError(say("a name or date is left blank in some of its rows"))


def _refuse_lone(grid: Grid, bands: Bands, money: Sequence[int]) -> None:
    """A name alone may head the rows below it; "of which" speaks of the row above."""
    rows = grid.rows
    empty = [row for row in bands.data if not any(rows[row][n] for n in money)]
    for row in (*empty, *bands.notes):
        if is_part_of_above(grid, row):
            raise NotALedgerError(say("some of its rows are parts of the rows above them"))
        filled = [text for text in rows[row] if text]
        if len(filled) == 1 and not is_note(filled[0]):
            raise NotALedgerError(
                say("a row of it holds nothing but a name: {name}", name=filled[0][:60])
            )


def _proofs(texts: Iterator[str]) -> set[DecimalMark]:
    """The decimal marks that single cells prove."""
    marked = {text for text in texts if "." in text or "," in text or not text.isascii()}
    return {mark for text in marked if (mark := decimal_mark([text]))}
