"""Groups as budget tables, through the small reader's own steps.

Each group becomes a row of a grid under the head's columns, and from there on all is
`recognise`'s: dates, units, names, totals; what no engine took for plain is read by its grammar.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from budgetcli.fields import LABELS, RATES
from budgetcli.i18n import say, say_count
from budgetcli.model import Absent, BudgetTable, Evidence, Finding, Row, Severity
from budgetcli.recognise.amounts import Amount, DecimalMark, decimal_mark
from budgetcli.recognise.bands import Bands, is_note
from budgetcli.recognise.grid import Grid
from budgetcli.recognise.names import key
from budgetcli.recognise.scales import find_units
from budgetcli.recognise.table import Hints, Parts, tables_of
from budgetcli.recognise.totals import is_total_name
from budgetcli.recognise.values import Cell, Values, read_money, values_of
from budgetcli.rollup.groups import NAMED, Group
from budgetcli.rollup.planning import NotALedgerError, Planned

_EXAMPLES = 20

Lines = Sequence[Sequence[int]]
Placed = tuple[Group, Sequence[int]]


class Rolled:
    """A ledger's groups, in the source's order as far as their first lines are known."""

    def __init__(self, planned: Planned, groups: Sequence[Group], lines: Lines) -> None:
        self.planned = planned
        placed = zip(groups, lines, strict=True)
        pairs = [pair for pair in placed if not _is_no_data(planned, pair[0])]
        pairs = _in_order(planned, pairs)
        self.groups = [group for group, _ in pairs]
        self.lines = [found for _, found in pairs]
        self.read = sum(group.count for group in groups)
        self._refused: list[int] = []

    def tables(self, hints: Hints, *, only_last: bool) -> list[BudgetTable]:
        """The budget tables, one an as-of date and fiscal year; all but the last may have no rows.

        Raises TableError; NotALedgerError where rows must be seen in their order.
        """
        _refuse_other_marks(self.planned, self.groups)
        parts = self._parts(hints)
        _refuse_repeated_names(self.planned, self.groups, parts)
        found = tables_of(parts, hints, self._values, only_last=only_last)
        passed_over = len(found) - len(self._refused)
        read = zip(found[passed_over:], self._refused, strict=True)
        return [*found[:passed_over], *(self._finished(table, refused) for table, refused in read)]

    def _parts(self, hints: Hints) -> Parts:
        head = self.planned.parts
        rows = tuple(_cells(self.planned, group) for group in self.groups)
        fields = {name: n for name, n in head.columns.fields.items() if name not in RATES}
        firsts = tuple(lines[0] if lines else None for lines in self.lines)
        parts = head._replace(
            raw=head.raw._replace(rows=rows, lines=firsts, spans=()),
            grid=Grid(rows, 0, head.grid.left, frozenset()),
            bands=Bands((), (), tuple(range(len(rows))), (), (), ()),
            columns=head.columns._replace(fields=fields),
            merged=tuple(group.count for group in self.groups),
        )
        if "unit" not in fields:
            return parts
        raw, grid, bands, columns, lines = parts[:5]
        told = hints.unit, hints.usual_unit
        return parts._replace(units=find_units(raw, grid, bands, columns, lines, *told))

    def _values(self, parts: Parts, rows: Sequence[int]) -> Values:
        """A sum stands in the grid as it is; a cell that was not plain, once for all its rows."""
        cells: dict[str, list[Cell]] = {}
        for name, n in self.planned.money.items():
            read = read_money(parts.grid, rows, n, self.planned.marks[name], name, parts.units)
            cells[name] = [
                _times(cell, self.groups[row].count) if n in self.groups[row].amounts else cell
                for row, cell in zip(rows, read, strict=True)
            ]
        whole = dict.fromkeys(cells)
        found = values_of(parts.raw, parts.grid, rows, parts.columns, parts.units, cells, whole)
        self._refused.append(sum(self.groups[rows[place]].count for place in found.refused))
        return found._replace(
            findings=tuple(self._unreadable(parts, rows, cells)),
            evidence=(*self.planned.evidence, *found.evidence),
        )

    def _unreadable(
        self, parts: Parts, rows: Sequence[int], cells: dict[str, list[Cell]]
    ) -> Iterable[Finding]:
        """Every refused cell: the first by their places, the others counted by text."""
        left = _EXAMPLES
        for name, column in cells.items():
            n = self.planned.money[name]
            refused = [row for row, cell in zip(rows, column, strict=True) if _is_refused(cell)]
            placed = sorted((line, row) for row in refused for line in self.lines[row])[:left]
            left -= len(placed)
            for line, row in placed:
                text = self.groups[row].amounts[n][:60]
                place = parts.raw.place()._replace(row=line)
                said = say("{text!r} is no amount", text=text)
                yield Finding("unreadable_amount", Severity.WARNING, said, place, column=name)
            yield from self._others(parts, name, refused, [row for _, row in placed])

    def _others(
        self, parts: Parts, name: str, refused: Sequence[int], placed: Sequence[int]
    ) -> Iterable[Finding]:
        counts: dict[str, int] = {}
        for row in refused:
            text = self.groups[row].amounts[self.planned.money[name]][:60]
            rest = self.groups[row].count - placed.count(row)
            counts[text] = counts.get(text, 0) + rest
        for text, count in list(counts.items())[:_EXAMPLES]:
            if count:
                said = say_count(
                    "{text!r} is no amount: in {count} row further down",
                    "{text!r} is no amount: in {count} rows further down",
                    count,
                    text=text,
                )
                yield Finding(
                    "unreadable_amount", Severity.WARNING, said, parts.raw.place(), column=name
                )

    def _finished(self, table: BudgetTable, refused: int) -> BudgetTable:
        """Without the stand-ins for names, and with every row of the source counted."""
        fields = self.planned.parts.columns.fields
        kept = {name for name in LABELS if fields.get(name) in self.planned.keys}
        rows = tuple(_without_stand_ins(row, kept) for row in table.rows)
        used, totals = _merged(rows), _merged(total.row for total in table.totals)
        bands = self.planned.parts.bands
        headers = len(bands.header)
        read = self.read + headers + len(bands.captions)
        said = say_count(
            "{count} row was rolled up into {groups}; totals were told by their names",
            "{count} rows were rolled up into {groups}; totals were told by their names",
            used,
            groups=len(rows),
        )
        return table._replace(
            rows=rows,
            counts=table.counts._replace(
                read=read,
                used=used,
                totals=totals,
                refused=refused,
                headers=headers,
                others=read - used - totals - refused - headers,
            ),
            findings=tuple(_without_sums(table)),
            evidence=(*table.evidence, Evidence("rollup", said)),
        )


def _is_no_data(planned: Planned, group: Group) -> bool:
    """Blank lines, headers that repeat, notes: rows in which no amount could stand."""
    if group.sums:
        return False
    header = {n: planned.parts.columns.readings[n].path for n in planned.money.values()}
    if all(path and key(group.amounts[n]) == key(path[-1]) for n, path in header.items()):
        return True
    if any(group.amounts.values()):
        return False
    filled = [text for text in group.keys.values() if text]
    return group.is_blank or (len(filled) == 1 and is_note(filled[0]))


def _in_order(planned: Planned, pairs: Sequence[Placed]) -> list[Placed]:
    """The source's order as far as its beginning tells: of rows, of names, else names by spelling.

    A date that begins further down has its names in the order of the dates before.
    """
    fields = planned.parts.columns.fields
    facts = {fields.get(name) for name in ("as_of", "fiscal_year")}
    names = [tuple(t for n, t in group.keys.items() if n not in facts) for group, _ in pairs]
    firsts: dict[tuple[str, ...], int] = {}
    for name, (_, lines) in zip(names, pairs, strict=True):
        if lines:
            firsts[name] = min(firsts.get(name, lines[0]), lines[0])
    last = max(firsts.values(), default=0) + 1

    def place(n: int) -> tuple[int, int, tuple[str, ...]]:
        lines = pairs[n][1]
        return lines[0] if lines else last, firsts.get(names[n], last), names[n]

    return [pairs[n] for n in sorted(range(len(pairs)), key=place)]


def _cells(planned: Planned, group: Group) -> tuple[str, ...]:
    """A group as a row of the grid."""
    naming = dict.fromkeys((*planned.labels, *planned.others), NAMED)
    texts = {**naming, **group.keys, **group.names, **group.amounts, **group.sums}
    return tuple(texts.get(n, "") for n in range(planned.parts.grid.width))


def _times(cell: Cell, count: int) -> Cell:
    return cell._replace(digits=cell.digits * count) if isinstance(cell, Amount) else cell


def _is_refused(cell: Cell) -> bool:
    return cell is Absent.UNREADABLE


def _refuse_other_marks(planned: Planned, groups: Sequence[Group]) -> None:
    """What the head leaves open the rest may decide: then no sum made with another mark stands.

    Of a head that proves a point, cells with a comma are refused one by one.
    """
    grid, rows = planned.parts.grid, planned.parts.bands.data
    for name, n in planned.money.items():
        known = _proofs(grid.rows[row][n] for row in rows)
        further = _proofs(group.amounts[n] for group in groups if n in group.amounts)
        is_sure = planned.marks[name] is DecimalMark.POINT and DecimalMark.POINT in known
        if further - known and not is_sure:
            header = planned.parts.columns.readings[n].header
            raise NotALedgerError(
                say("its first rows do not tell the decimal mark of {header}", header=header)
            )


def _proofs(texts: Iterable[str]) -> set[DecimalMark]:
    """The decimal marks that single cells prove."""
    return {mark for text in set(texts) if (mark := decimal_mark([text]))}


def _refuse_repeated_names(planned: Planned, groups: Sequence[Group], parts: Parts) -> None:
    """A blank name or date may stand for the one above, which no engine sees."""
    fields = parts.columns.fields
    labels = sorted(fields[name] for name in LABELS if name in fields)
    facts = [fields[name] for name in ("as_of", "fiscal_year") if name in fields]
    stated = {n for n in facts if any(group.keys[n] for group in groups)}
    for group, cells in zip(groups, parts.grid.rows, strict=True):
        naming = {*labels, *planned.labels, *planned.others}
        if group.sums and not any(is_total_name(cells[n]) for n in naming):
            names = [cells[n] for n in labels]
            inner = max((place for place, text in enumerate(names) if text), default=0)
            if not all(names[:inner]) or not all(cells[n] for n in stated):
                raise NotALedgerError(say("a name or date is left blank where it repeats"))


def _without_stand_ins(row: Row, kept: set[str]) -> Row:
    cells = tuple("" if cell == NAMED else cell for cell in row.cells)
    labels = {name: text for name, text in row.labels.items() if name in kept and text != NAMED}
    return row._replace(labels=labels, cells=cells)


def _without_sums(table: BudgetTable) -> Iterable[Finding]:
    """Totals of several rows were added up before they could be held against their parts."""
    added = {total.row.place for total in table.totals if total.row.merged > 1}
    for finding in table.findings:
        if finding.place not in added or finding.code not in ("total_mismatch", "rounding"):
            yield finding


def _merged(rows: Iterable[Row]) -> int:
    return sum(row.merged for row in rows)
