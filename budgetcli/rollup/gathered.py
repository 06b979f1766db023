"""What holds for all of a ledger, gathered while its rows go by: tables of hardly a row.

`join` adds up what tables of the same rows say, so that nothing is said otherwise than by them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import gcd

from budgetcli.i18n import say, say_count
from budgetcli.model import BudgetTable, Counts, Evidence, Finding, Printed, Row, Severity
from budgetcli.recognise import facts
from budgetcli.recognise.codes import code_totals
from budgetcli.recognise.grid import Grid
from budgetcli.recognise.implied import implied_totals
from budgetcli.recognise.join import fitting, join
from budgetcli.recognise.labels import name_columns
from budgetcli.rollup.outline import Outline
from budgetcli.rollup.planning import NotALedgerError
from budgetcli.rollup.rows import FileRows, Part

_EXAMPLES = 20
_NEAR = 1024  # rows of the block above among which the parts of a sum are looked for
_NOTHING = Counts(0, 0, 0, 0, 0, 0)
Where = Mapping[str, tuple[str, ...]]
Stated = tuple[int | None, date | None]


def stated_by(table: BudgetTable) -> Stated:
    """The fiscal year and date a table states."""
    return table.fiscal_year, table.as_of


class Gathered:
    """What the parts of one file say: of each date and fiscal year a table.

    Its rows stand for all others: one for those that fit the user's conditions, one for those
    that do not, `merged` telling how many. Their amounts are what divides all of a column's.
    """

    def __init__(self, file: FileRows, where: Where) -> None:
        self._file = file
        self._where = where
        self._moments: dict[Stated, _Moment] = {}
        self._last: _Moment | None = None

    def add(self, part: Part) -> None:
        """Take note of a part. Raises TableError for a condition on a column that is not there."""
        moment = stated_by(part.table)
        if part.table.rows or moment in self._moments or self._last is None:
            self._last = self._moments.setdefault(moment, _Moment(self._file, part.table))
        # totals alone that state no date are of the rows above them
        self._last.add(part, self._where)

    def so_far(self) -> list[BudgetTable]:
        """A table a date and year, without totals and findings, while there is more to come."""
        return [moment.bare for moment in self._moments.values()]

    def tables(self) -> list[BudgetTable]:
        """A table a date and year. Raises NotALedgerError where totals cannot be told."""
        is_alone = len(self._moments) == 1
        return [moment.table(is_alone=is_alone) for moment in self._moments.values()]


class _Moment:
    """The rows of one file, date and year; `bare` is their table but for what its end tells."""

    def __init__(self, file: FileRows, table: BudgetTable) -> None:
        head = file.head
        self._file = file
        self._naming = name_columns(head.grid, head.columns)
        self._outline = Outline(file.money, self._naming)
        self._undated: frozenset[int | None] = frozenset()
        self._findings = _Findings()
        self._evidence: dict[tuple[str, str], Evidence] = {}
        self._fits: list[bool] = []
        self._above: Sequence[Row] = ()
        self._sum: str | None = None
        self.bare = _bare(table)._replace(rows=(), counts=_NOTHING)

    def add(self, part: Part, where: Where) -> None:
        """Take note of a part."""
        table = part.table
        self._undated |= part.undated
        self._outline.add(table.rows, [total.row for total in table.totals], table.scale)
        self._findings.add(table.findings)
        if table.rows:
            self._look_for_sums(table)
        for said in table.evidence if table.rows else ():
            self._evidence.setdefault((said.step, said.message.text), said)
        kinds = _by_fit(table.rows, _fits(table, where))
        few = _bare(table)._replace(rows=tuple(map(_standing_for, kinds.values())))
        joined = join([self.bare, few])
        kinds = _by_fit(joined.rows, [*self._fits, *kinds])
        self._fits = [*kinds]
        self.bare = joined._replace(rows=tuple(map(_standing_for, kinds.values())))

    def table(self, *, is_alone: bool) -> BudgetTable:
        """Their table; where there are others, totals without a date are of none."""
        bare, file = self.bare, self._file
        levels = self._outline.told(bare.quantum, frozenset() if is_alone else self._undated).levels
        all_of_them, leaves = tuple(range(len(bare.rows))), len(levels.leaves)
        if self._sum and not any(len(total.covers) == leaves for total in levels.totals):
            raise _is_sum(self._sum)
        totals = [
            total._replace(covers=all_of_them if len(total.covers) == leaves else ())
            for total in levels.totals
        ]
        self._tell(*levels.evidence, *facts.both_sides(totals), *_periods(file))
        if not is_alone and file.undated:
            self._tell(_left_out(file.undated))
        said = say_count(
            "{count} row was written as it was read; totals were told by their names",
            "{count} rows were written as they were read; totals were told by their names",
            bare.counts.used,
        )
        return bare._replace(
            totals=tuple(totals),
            counts=_counted(file, bare.counts, len(totals)),
            findings=(*self._findings.told(file), *levels.findings),
            evidence=(*self._evidence.values(), Evidence("rollup", said, aloud=True)),
        )

    def _look_for_sums(self, table: BudgetTable) -> None:
        """A row that equals the sum of others beside it is a total, though no word says so.

        Not where all rows add up to a total that is named: then none of them counts twice.
        """
        rows = [*self._above, *table.rows]
        among = self.bare.counts.used + len(table.rows)
        names = [[row.cells[n] for n in self._naming] for row in rows]
        if found := code_totals(rows, names, range(len(rows)), table.quantum):
            raise _is_sum(_name(rows[min(found)]))
        if found := implied_totals(rows, range(len(rows)), table.quantum, among=among):
            self._sum = self._sum or _name(rows[min(found)])
        self._above = table.rows[-_NEAR:]

    def _tell(self, *evidence: Evidence) -> None:
        """What is said of all rows stands for what was said of some."""
        for said in evidence:
            self._evidence[said.step, said.message.text] = said


class _Findings:
    """Cells that are no amounts: the first with their places, the others counted."""

    def __init__(self) -> None:
        self._first: list[Finding] = []
        self._texts: dict[tuple[str | None, str], int] = {}
        self._rest: dict[str | None, int] = {}

    def add(self, findings: Sequence[Finding]) -> None:
        """Take note of those of a block."""
        room = _EXAMPLES - len(self._first)
        self._first += findings[:room]
        for finding in findings[room:]:
            key = finding.column, str(finding.message.values["text"])
            if key in self._texts or len(self._texts) < _EXAMPLES:
                self._texts[key] = self._texts.get(key, 0) + 1
            else:
                self._rest[finding.column] = self._rest.get(finding.column, 0) + 1

    def told(self, file: FileRows) -> Iterator[Finding]:
        """All of them, column by column."""
        place = file.head.raw.place()
        for name in file.money:
            yield from (finding for finding in self._first if finding.column == name)
            for (column, text), count in self._texts.items():
                if column == name:
                    said = say_count(
                        "{text!r} is no amount: in {count} row further down",
                        "{text!r} is no amount: in {count} rows further down",
                        count,
                        text=text,
                    )
                    yield Finding("unreadable_amount", Severity.WARNING, said, place, column=name)
            if count := self._rest.get(name, 0):
                said = say_count(
                    "{count} more cell further down is no amount",
                    "{count} more cells further down are no amounts",
                    count,
                )
                yield Finding("unreadable_amount", Severity.WARNING, said, place, column=name)


def _is_sum(name: str) -> NotALedgerError:
    return NotALedgerError(say("{name} equals the sum of the rows beside it", name=name))


def _name(row: Row) -> str:
    return next(reversed([*row.labels.values()]), "?")


def _bare(table: BudgetTable) -> BudgetTable:
    return table._replace(totals=(), findings=(), evidence=())


def _fits(table: BudgetTable, where: Where) -> list[bool]:
    """Which rows fit the user's conditions."""
    if not where:
        return [True] * len(table.rows)
    selected = fitting(table, where)
    lines = {row.place.row for row in selected.rows} if selected else set()
    return [row.place.row in lines for row in table.rows]


def _by_fit(rows: Sequence[Row], fits: Sequence[bool]) -> Mapping[bool, list[Row]]:
    kinds: dict[bool, list[Row]] = {}
    for row, fit in zip(rows, fits, strict=True):
        kinds.setdefault(fit, []).append(row)
    return kinds


def _standing_for(rows: Sequence[Row]) -> Row:
    """One row for several: what divides all amounts of a column, the rates of most decimals."""
    first = rows[0]
    amounts = {name: [row.amount(name) for row in rows] for name in first.amounts}
    rates: dict[str, Printed] = {}
    for row in rows:
        for name, printed in row.printed.items():
            if name not in rates or printed.places > rates[name].places:
                rates[name] = printed
    return first._replace(
        amounts={
            name: gcd(*known) if (known := [a for a in column if a is not None]) else own
            for (name, column), own in zip(amounts.items(), first.amounts.values(), strict=True)
        },
        printed=rates,
        merged=sum(row.merged for row in rows),
    )


def _periods(file: FileRows) -> tuple[Evidence, ...]:
    """What is to be said of the months and quarters of all its rows."""
    width = file.head.grid.width
    rows = [
        tuple(text if n == column else "" for n in range(width))
        for column, texts in file.periods.items()
        for text in texts
    ]
    grid = Grid(tuple(rows), 0, 0, frozenset())
    return facts.added_periods(grid, range(len(rows)), file.head.columns)


def _left_out(count: int) -> Evidence:
    said = say_count(
        "{count} row states no date or year and was left out",
        "{count} rows state no date or year and were left out",
        count,
    )
    return Evidence("as_of", said, aloud=True)


def _counted(file: FileRows, counts: Counts, totals: int) -> Counts:
    """The counts of one date of a file, whose other rows are of others."""
    bands = file.head.bands
    read = file.read + len(bands.header) + len(bands.captions)
    headers = file.headers + len(bands.header)
    used = counts.used + totals + counts.refused + headers
    return Counts(read, counts.used, totals, counts.refused, headers, read - used)
