"""A ledger's rows in outline: totals one by one, the leaves between them added up in runs.

Enough for `recognise` to tell what each total covers and whether it agrees; no leaf is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from budgetcli.i18n import say
from budgetcli.model import Absent, Row
from budgetcli.recognise.ways import Ways, find_ways
from budgetcli.rollup.planning import NotALedgerError

MOST_TOTALS = 10_000
# the outer name of a run of leaves that have several
_SEVERAL = "…"
# a total may cover the leaves down to where another outer name begins, or to the next such place
_TURNS = 2


class _Run:
    """Leaves beside each other, added up: those with the same amounts unknown as one row."""

    def __init__(self, row: Row, outer: str) -> None:
        self.row = row
        self.outer = outer
        self.sums: dict[tuple[str, ...], tuple[int, dict[str, int]]] = {}

    def add(self, rows: Sequence[Row], names: Sequence[str], times: int) -> None:
        """Count leaves in, their amounts so many times."""
        for unknown, alike in _by_unknown(rows, names).items():
            known = [name for name in names if name not in unknown]
            sums = {name: sum(row.amounts[name] for row in alike) for name in known}  # type: ignore[misc] # they are known
            self._count(unknown, len(alike), {name: sums[name] * times for name in known})

    def join(self, other: _Run) -> None:
        """Count the leaves of the next run in."""
        for unknown, (count, sums) in other.sums.items():
            self._count(unknown, count, sums)
        self.outer = self.outer if self.outer == other.outer else _SEVERAL

    def scale(self, times: int) -> None:
        """Count its amounts in finer units."""
        for unknown, (count, sums) in self.sums.items():
            self.sums[unknown] = count, {name: value * times for name, value in sums.items()}

    def rows(self) -> list[Row]:
        """It as rows."""
        first = next(iter(self.row.labels), None)
        labels = {**self.row.labels, first: self.outer} if first else self.row.labels
        return [
            self.row._replace(
                labels=labels,
                amounts={**sums, **dict.fromkeys(unknown, Absent.BLANK)},
                merged=count,
            )
            for unknown, (count, sums) in self.sums.items()
        ]

    def _count(self, unknown: tuple[str, ...], count: int, sums: Mapping[str, int]) -> None:
        own, before = self.sums.get(unknown, (0, {}))
        self.sums[unknown] = own + count, {n: before.get(n, 0) + sums[n] for n in sums}


class Outline:
    """Rows as they come. `names` are its fields of amounts, `naming` the columns of names."""

    def __init__(self, names: Sequence[str], naming: Sequence[int]) -> None:
        self._names = names
        self._naming = naming
        self._parts: list[Row | _Run] = []
        self._far: _Run | None = None
        self._near: _Run | None = None
        self._outer: str | None = None
        self._turns = 0
        self._scale = 0
        self._signed = 0

    def add(self, leaves: Sequence[Row], totals: Sequence[Row], scale: int) -> None:
        """The next rows, with amounts at some scale. Raises NotALedgerError for too many totals."""
        times = self._fitted(scale)
        start = 0
        for total in totals:
            end = start + _above(leaves[start:], total)
            self._add_leaves(leaves[start:end], times)
            self._add_total(total, times)
            start = end
        self._add_leaves(leaves[start:], times)

    def told(self, quantum: Mapping[str, int], without: frozenset[int | None]) -> Ways:
        """What its totals cover, those of some lines left out.

        Raises NotALedgerError where figures make a total of a leaf, or a leaf of a total.
        """
        parts = [*self._parts, *(run for run in (self._far, self._near) if run)]
        totals = [p for p in parts if isinstance(p, Row) and p.place.row not in without]
        rows = [
            row
            for part in parts
            for row in (part.rows() if isinstance(part, _Run) else [part] * (part in totals))
        ]
        names = [tuple(row.cells[n] for n in self._naming) for row in rows]
        grains = {name: quantum[name] for name in self._names}
        found = find_ways(rows, names, grains, self._scale)
        if len(found.levels.totals) != len(totals) or found.again:
            raise NotALedgerError(say("only the rows beside each other tell which are totals"))
        return found

    def _fitted(self, scale: int) -> int:
        """How many of its own units an amount's are; what is finer makes it finer."""
        if scale > self._scale:
            times = 10 ** (scale - self._scale)
            for run in (*self._parts, self._far, self._near):
                if isinstance(run, _Run):
                    run.scale(times)
            self._parts = [_times(p, times) if isinstance(p, Row) else p for p in self._parts]
            self._scale = scale
        return int(10 ** (self._scale - scale))

    def _add_total(self, row: Row, times: int) -> None:
        self._signed += 1
        if self._signed > MOST_TOTALS:
            raise NotALedgerError(say("more than {most} of its rows are totals", most=MOST_TOTALS))
        self._end_runs()
        self._parts.append(_times(row, times))
        self._turns = _TURNS

    def _end_runs(self) -> None:
        self._parts += [run for run in (self._far, self._near) if run]
        self._far = self._near = None

    def _add_leaves(self, rows: Sequence[Row], times: int) -> None:
        """Leaves without a total among them, in runs that end at the turns that matter."""
        if not rows:
            return
        outers = [_outer(row) for row in rows]
        before = [outers[0] if self._outer is None else self._outer, *outers[:-1]]
        turns = [n for n, outer in enumerate(outers) if outer != before[n]]
        edges = [0, *turns[: self._turns], *turns[self._turns :][-1:], len(rows)]
        for number, start in enumerate(edges[:-1]):
            if number:
                self._turn()
            self._extend(rows[start : edges[number + 1]], outers[start : edges[number + 1]], times)
        self._outer = outers[-1]

    def _extend(self, rows: Sequence[Row], outers: Sequence[str], times: int) -> None:
        """More leaves of the run that is open."""
        if not rows:
            return
        run = _Run(rows[0], outers[0] if len(set(outers)) == 1 else _SEVERAL)
        run.add(rows, self._names, times)
        if self._near:
            self._near.join(run)
        else:
            self._near = run

    def _turn(self) -> None:
        """Another outer name begins: the run that was open ends, or is no longer near."""
        if self._turns:
            self._turns -= 1
            self._end_runs()
        elif self._far and self._near:
            self._far.join(self._near)
            self._near = None
        else:
            self._far, self._near = self._near, None


def _by_unknown(rows: Sequence[Row], names: Sequence[str]) -> dict[tuple[str, ...], list[Row]]:
    """Rows by the amounts they lack."""
    if all({type(row.amounts[name]) for row in rows} == {int} for name in names):
        return {(): [*rows]}
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(n for n in names if row.amount(n) is None), []).append(row)
    return found


def _above(leaves: Sequence[Row], total: Row) -> int:
    """How many of the leaves stand above a total."""
    line = total.place.row or 0
    return next((n for n, row in enumerate(leaves) if (row.place.row or 0) > line), len(leaves))


def _outer(row: Row) -> str:
    """The outermost of several names; a single one heads no rows."""
    return next(iter(row.labels.values())) if len(row.labels) > 1 else ""


def _times(row: Row, times: int) -> Row:
    amounts = {n: a * times if isinstance(a, int) else a for n, a in row.amounts.items()}
    return row._replace(amounts=amounts)
