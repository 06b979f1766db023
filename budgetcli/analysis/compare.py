"""`compare`: what changed between two tables, as a bridge that adds up, division by division.

For money it holds exactly, in every row and in the total, that
  unspent_new     = unspent_old     + budget_change   - newly_paid
  uncommitted_new = uncommitted_old + budget_change   - newly_committed
  unpaid_new      = unpaid_old      + newly_committed - newly_paid
where unspent = uncommitted + unpaid. Who appeared brings all of its money as
change, who went takes all of it away; their other side is unknown, not 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from budgetcli.analysis.neighbours import is_copy, lacking, renames
from budgetcli.analysis.order import sorted_rows
from budgetcli.analysis.question import Question
from budgetcli.analysis.ranks import ranked
from budgetcli.analysis.standing import (
    RATE_OF_BASIS,
    Standings,
    default_grouping,
    quantity,
    standings,
)
from budgetcli.errors import TableError
from budgetcli.fields import FIELDS, Kind
from budgetcli.i18n import Sentence, say
from budgetcli.measures import Status, balance, variance
from budgetcli.model import BudgetTable, Finding, MappedColumn, Severity
from budgetcli.recognise.names import key
from budgetcli.report import Column, Quantity, Report, Value

Line = Mapping[str, Value]
_Name = tuple[str, ...]

MONEY_CHANGES = {
    "budget": "budget_change",
    "committed": "newly_committed",
    "spent": "newly_paid",
    "unspent": "unspent_change",
    "uncommitted": "uncommitted_change",
    "unpaid": "unpaid_change",
}
RATE_CHANGES = {
    "execution_rate": "execution_rate_change",
    "commitment_rate": "commitment_rate_change",
}
# How early a narrow page takes each in; all the others come last.
_RANKS_SPENT = {
    "newly_paid": 0,
    "execution_rate_change": 0,
    "execution_rate_new": 1,
    "execution_rate_old": 2,
    "budget_change": 3,
    "unspent_new": 4,
    "unspent_change": 5,
    "rank_change": 6,
    "newly_committed": 7,
    "commitment_rate_change": 8,
    "where_old": 12,
    "where_new": 12,
}
_RANKS_COMMITTED = {
    **_RANKS_SPENT,
    "newly_committed": 0,
    "commitment_rate_change": 0,
    "commitment_rate_new": 1,
    "commitment_rate_old": 2,
    "uncommitted_new": 4,
    "newly_paid": 7,
    "execution_rate_change": 8,
    "execution_rate_new": 9,
    "execution_rate_old": 9,
}
_CARRIED = ("variance", "status", "where")
_NAMED = 6
_MONTHLY = re.compile(r"당월|금월|이번\s*달|월중|월간|this\s+month|\bmonthly\b|\bdel\s+mes\b", re.I)


class Presence(StrEnum):
    """Whether a division is in both tables: a stable word for programs, translated for people."""

    STAYED = "stayed"
    APPEARED = "appeared"
    WENT = "went"

    def __str__(self) -> str:
        return str(_PRESENCE_WORDS[self])


_PRESENCE_WORDS = {
    Presence.STAYED: say("stayed"),
    Presence.APPEARED: say("appeared"),
    Presence.WENT: say("went"),
}


def compare(old: BudgetTable, new: BudgetTable, question: Question = Question()) -> Report:
    """What changed from `old` to `new`: every division of either, and the total.

    Raises TableError where a column is missing or the two do not count the
    same way, UserError for a wrong question.
    """
    _refuse_unlike(old, new)
    asked = question._replace(by=_grouping(old, new, question))
    before, after = _sides(old, new, asked)
    rows = _rows(before, after, asked)
    doubts = [*_doubts(before, after, rows)]
    total = _moved(before.total, after.total, before.times, after.times)
    printed = before.total["source"] == after.total["source"] == "printed"
    return Report(
        name="compare",
        columns=_columns(before, after, asked, rows),
        rows=sorted_rows(rows, question),
        context=after.found.context._replace(
            source=_arrow(old.source, new.source),
            title=_titled(old, new),
            table=_arrow(str(old.place), str(new.place)),
            scale=after.scale,
            places=max(old.places, new.places),
        ),
        total={
            "division": after.total["division"],
            **total,
            "source": "printed" if printed else "computed",
        },
        findings=(*doubts, *_scaled_findings(before), *_scaled_findings(after)),
        headline=tuple(_headline(before, after, rows, total, question.basis, doubts)),
        extra={"old": _facts(before), "new": _facts(after), "renames": _renames(rows)},
    )


class _Side(NamedTuple):
    """One of the two: its table, where everybody stands in it, and how to bring it to `scale`."""

    table: BudgetTable
    found: Standings
    scale: int
    total: Line

    @property
    def times(self) -> int:
        return int(10 ** (self.scale - self.table.scale))


def _sides(old: BudgetTable, new: BudgetTable, question: Question) -> tuple[_Side, _Side]:
    """Both at the finer scale; their totals both as printed or both computed."""
    scale = max(old.scale, new.scale)
    found = [standings(table, question) for table in (old, new)]
    totals = [one.total for one in found]
    if totals[0]["source"] != totals[1]["source"]:
        totals = [standings(replace(table, totals=()), question).total for table in (old, new)]
    before, after = (
        _Side(table, one, scale, total)
        for table, one, total in zip((old, new), found, totals, strict=True)
    )
    return before, after


def _refuse_unlike(old: BudgetTable, new: BudgetTable) -> None:
    """Amounts that do not count the same thing are not subtracted. Raises TableError."""
    if (old.unit is None) is not (new.unit is None):
        silent = old if old.unit is None else new
        raise TableError(
            say("it does not say its unit, and the other table does"),
            where=str(silent.place),
            why=say("the difference of won and millions would be no amount of anything"),
            next=say("say what a printed 1 is in both: --unit 백만원"),
        )
    units = [table.unit for table in (old, new) if table.unit]
    currencies = {unit.currency for unit in units if unit.currency}
    if len(currencies) > 1:
        raise TableError(
            say("the two are in different currencies: {both}", both=", ".join(sorted(currencies))),
            where=str(new.place),
            next=say("compare two tables in one currency"),
        )
    for name in ("spent", "committed"):
        headers = [_header(table, name) for table in (old, new)]
        monthly = [bool(_MONTHLY.search(header or "")) for header in headers]
        if monthly[0] is not monthly[1] and None not in headers:
            raise TableError(
                say(
                    "one counts a month, the other all months so far: {headers}",
                    headers=_arrow(headers[0] or "", headers[1] or ""),
                ),
                where=str(new.place),
                next=say("name the cumulative column: --map {name}=COLUMN", name=name),
            )


def _header(table: BudgetTable, name: str) -> str | None:
    return next((column.header for column in table.columns if column.field == name), None)


def _grouping(old: BudgetTable, new: BudgetTable, question: Question) -> tuple[str, ...]:
    """What both are grouped by: as asked, else the finer of their own groupings both can have."""
    if question.by:
        return question.by
    own = [default_grouping(table) for table in (old, new)]
    labels = [{name for row in table.rows for name in row.labels} for table in (old, new)]
    for by in sorted(own, key=len, reverse=True):
        if labels[0] & labels[1] >= {*by}:
            return by
    raise TableError(
        say("the two have no names in common: {columns}", columns=_arrow(own[0][0], own[1][0])),
        where=str(new.place),
        next=say("say which column names the rows: --map division=COLUMN"),
    )


def _rows(before: _Side, after: _Side, question: Question) -> tuple[Line, ...]:
    """One row a division: those of NEW in its order, then those that went."""
    rates = RATE_OF_BASIS[question.basis]
    places = [ranked(side.found.rows, rates) for side in (before, after)]
    olds = [{**row, "rank": at} for row, at in zip(before.found.rows, places[0], strict=True)]
    news = [{**row, "rank": at} for row, at in zip(after.found.rows, places[1], strict=True)]
    return tuple(
        _row(one, other, before, after, question.by)
        for one, other in _pairs(olds, news, question.by)
    )


def _pairs(
    olds: Sequence[Line], news: Sequence[Line], by: Sequence[str]
) -> list[tuple[Line | None, Line | None]]:
    """Rows of one name: the same spelling first, else the same but for spaces and case."""
    left = {_spelled(row, by): row for row in olds}
    partner = {name: left.pop(name) for row in news if (name := _spelled(row, by)) in left}
    alone = [name for row in news if (name := _spelled(row, by)) not in partner]
    for folded, spelled in _once(alone).items():
        if other := _once(left).get(folded):
            partner[spelled] = left.pop(other)
    return [
        *((partner.get(_spelled(row, by)), row) for row in news),
        *((row, None) for row in left.values()),
    ]


def _spelled(row: Line, by: Sequence[str]) -> _Name:
    return tuple(str(row[name]) for name in by)


def _once(names: Iterable[_Name]) -> dict[_Name, _Name]:
    """Folded names that one spelling alone has, with that spelling."""
    found: dict[_Name, list[_Name]] = {}
    for name in names:
        found.setdefault(tuple(map(key, name)), []).append(name)
    return {folded: spelled[0] for folded, spelled in found.items() if len(spelled) == 1}


def _row(
    old: Line | None, new: Line | None, before: _Side, after: _Side, by: Sequence[str]
) -> Line:
    either: Line = new or old or {}
    presence = Presence.STAYED
    if old is None:
        presence = Presence.APPEARED
    elif new is None:
        presence = Presence.WENT
    return {
        "division": either["division"],
        **{name: either[name] for name in by},
        "presence": presence,
        **_moved(old, new, before.times, after.times),
    }


def _moved(old: Line | None, new: Line | None, times: int, new_times: int) -> dict[str, Value]:
    """Both sides and the change of every measure; a side that is not there is unknown."""
    found: dict[str, Value] = {}
    for name, change in MONEY_CHANGES.items():
        pair = _money(old, name, times), _money(new, name, new_times)
        found |= {f"{name}_old": pair[0], f"{name}_new": pair[1]}
        found[change] = _difference(old, new, pair)
    for name, change in RATE_CHANGES.items():
        rates = _rate(old, name), _rate(new, name)
        found |= {f"{name}_old": rates[0], f"{name}_new": rates[1]}
        found[change] = variance(rates[1], rates[0])
    for name in _CARRIED:
        found[f"{name}_old"] = old.get(name) if old else None
        found[f"{name}_new"] = new.get(name) if new else None
    places = _money(old, "rank", 1), _money(new, "rank", 1)
    found |= {"rank_old": places[0], "rank_new": places[1], "rank_change": balance(*places)}
    return found


def _difference(
    old: Line | None, new: Line | None, pair: tuple[int | None, int | None]
) -> int | None:
    """New minus old; of a division in one table alone, all that it brings or takes."""
    if old is None:
        return pair[1]
    return balance(0, pair[0]) if new is None else balance(pair[1], pair[0])


def _money(row: Line | None, name: str, times: int) -> int | None:
    value = row.get(name) if row else None
    return value * times if isinstance(value, int) else None


def _rate(row: Line | None, name: str) -> Fraction | None:
    value = row.get(name) if row else None
    return value if isinstance(value, Fraction) else None


def _doubts(before: _Side, after: _Side, rows: Sequence[Line]) -> Iterable[Finding]:
    """Why the changes may not be what they look like, the gravest first."""
    yield from _cut_short(before, after)
    yield from _doubtful_dates(before, after)
    if any(_MONTHLY.search(column.header) for column in _measured_columns(after.table)):
        text = say("its amounts are of a month alone: their difference is no payment")
        yield _warning("monthly_amounts", text, after)
    for pair in _renames(rows):
        text = say("it may be the new name of {old}; nothing is assumed", old=pair["old"])
        yield Finding("renamed_division", Severity.NOTE, text, after.table.place, pair["new"])


def _measured_columns(table: BudgetTable) -> Iterable[MappedColumn]:
    return (column for column in table.columns if column.field in ("spent", "committed"))


def _cut_short(before: _Side, after: _Side) -> Iterable[Finding]:
    """A snapshot that lacks rows its neighbour has."""
    if missing := lacking(before.table, after.table):
        text = say(
            "it lacks {rows} of the {of} rows of {other} and looks incomplete: "
            "a fall is not to be trusted",
            rows=missing.rows,
            of=missing.of,
            other=before.table.source,
        )
        yield _warning("incomplete_snapshot", text, after)
    elif missing := lacking(after.table, before.table):
        text = say(
            "it lacks {rows} of the {of} rows of {other} and looks incomplete: "
            "a rise is not to be trusted",
            rows=missing.rows,
            of=missing.of,
            other=after.table.source,
        )
        yield _warning("incomplete_snapshot", text, before)


def _doubtful_dates(before: _Side, after: _Side) -> Iterable[Finding]:
    days = before.table.as_of, after.table.as_of
    years = before.found.context.fiscal_year, after.found.context.fiscal_year
    if days[0] and days[0] == days[1]:
        yield _warning("same_date", say("both are as of {day}", day=days[0].isoformat()), after)
    elif is_copy(before.table, after.table):
        text = say("every amount is as in {other}: it may be a copy", other=before.table.source)
        yield _warning("stale_snapshot", text, after)
    if days[0] and days[1] and days[1] < days[0]:
        text = say(
            "it is older than what it is compared with: {new} is before {old}",
            new=days[1].isoformat(),
            old=days[0].isoformat(),
        )
        yield _warning("older_snapshot", text, after)
    if years[0] and years[1] and years[0] != years[1]:
        text = say(
            "fiscal years {old} and {new}: payments begin anew each year, "
            "so the difference is no payment",
            old=years[0],
            new=years[1],
        )
        yield _warning("different_years", text, after)


def _warning(code: str, text: Sentence, side: _Side) -> Finding:
    return Finding(code, Severity.WARNING, text, side.table.place)


def _renames(rows: Sequence[Line]) -> list[dict[str, str]]:
    """Who went and who appeared with a like name and like money."""
    pairs = renames(
        [(str(row["division"]), _money(row, "budget_old", 1)) for row in _who(rows, Presence.WENT)],
        [
            (str(row["division"]), _money(row, "budget_new", 1))
            for row in _who(rows, Presence.APPEARED)
        ],
    )
    return [{"old": old, "new": new} for old, new in pairs]


def _who(rows: Sequence[Line], presence: Presence) -> list[Line]:
    return [row for row in rows if row["presence"] is presence]


def _scaled_findings(side: _Side) -> tuple[Finding, ...]:
    """A table's findings with their amounts at the scale of the answer."""
    return tuple(
        replace(
            finding,
            printed=_at(finding.printed, side.times),
            computed=_at(finding.computed, side.times),
            scale=side.scale,
        )
        for finding in side.found.findings
    )


def _at(value: int | Fraction | None, times: int) -> int | Fraction | None:
    return value * times if isinstance(value, int) else value


def _columns(
    before: _Side, after: _Side, question: Question, rows: Sequence[Line]
) -> tuple[Column, ...]:
    names = [
        Column(name, FIELDS[name].kind if name in FIELDS else Kind.NAME) for name in question.by
    ]
    moved = any(row["presence"] is not Presence.STAYED for row in rows)
    ranks = _RANKS_COMMITTED if question.basis == "committed" else _RANKS_SPENT
    unknown = _not_in_both(before, after)
    keys = [name for name in rows[0] if name in FIELDS and name not in (*question.by, "division")]
    shown = [
        Column(name, FIELDS[name].kind, ranks.get(name, 10))
        for name in keys
        if name.removesuffix("_old").removesuffix("_new") not in unknown
    ]
    presence = Column("presence", Kind.TEXT, 1 if moved else 11)
    return (*names, presence, *(column for column in shown if column.key != "presence"))


def _not_in_both(before: _Side, after: _Side) -> set[str]:
    """The measures that one of the two has no columns for."""
    needs = {
        "committed": "committed newly_committed uncommitted uncommitted_change unpaid "
        "unpaid_change commitment_rate commitment_rate_change",
        "spent": "spent newly_paid unspent unspent_change unpaid unpaid_change "
        "execution_rate execution_rate_change",
    }
    tables = before.table, after.table
    found = {
        name
        for column, names in needs.items()
        if not all(table.has(column) for table in tables)
        for name in names.split()
    }
    targets = before.found.context.target, after.found.context.target
    return found if None not in targets else {*found, "variance"}


def _headline(
    before: _Side,
    after: _Side,
    rows: Sequence[Line],
    total: Line,
    basis: str,
    doubts: Sequence[Finding],
) -> Iterable[Sentence]:
    """The change in words: what not to trust, the whole, the bridge, who moved, who came and went."""
    cut = [doubt for doubt in doubts if doubt.code == "incomplete_snapshot"]
    yield from (say("{where}: {what}", where=doubt.place, what=doubt.message) for doubt in cut)
    yield _whole(_arrow(_when(before.table), _when(after.table)), total, basis)
    yield from _bridge(total)
    if len(rows) > 1:
        yield from _furthest(rows, basis)
    yield from _movements(rows)


def _whole(period: str, total: Line, basis: str) -> Sentence:
    texts = {
        "spent": say("{period}: spent {sign}{amount} ({old} → {new} %)"),
        "committed": say("{period}: committed {sign}{amount} ({old} → {new} %)"),
    }
    amount, rate = MONEY_CHANGES[basis], RATE_OF_BASIS[basis]
    values = {
        "period": period,
        "sign": _sign(total[amount]),
        "amount": _size(total, amount),
        "old": quantity(total, f"{rate}_old"),
        "new": quantity(total, f"{rate}_new"),
    }
    return texts[basis]._replace(values=values)


def _bridge(total: Line) -> Iterable[Sentence]:
    if total["unspent_change"] is not None:
        yield say(
            "unspent: {old} {plus} {budget} of budget {minus} {paid} paid = {new}",
            old=quantity(total, "unspent_old"),
            plus=_sign(total["budget_change"]) or "+",
            budget=_size(total, "budget_change"),
            minus=_sign(_money(total, "newly_paid", -1)) or "−",
            paid=_size(total, "newly_paid"),
            new=quantity(total, "unspent_new"),
        )
    if total["unpaid_new"] is not None:
        yield say(
            "of it now: {uncommitted} uncommitted + {unpaid} committed and unpaid",
            uncommitted=quantity(total, "uncommitted_new"),
            unpaid=quantity(total, "unpaid_new"),
        )


def _furthest(rows: Sequence[Line], basis: str) -> Iterable[Sentence]:
    """Who moved most in points, and who in money."""
    rate, amount = RATE_OF_BASIS[basis], MONEY_CHANGES[basis]
    stayed = _who(rows, Presence.STAYED)
    if (row := _largest(stayed, RATE_CHANGES[rate])) is not None:
        yield say(
            "moved most: {name}, {sign}{points} points ({old} → {new} %)",
            name=row["division"],
            sign=_sign(row[RATE_CHANGES[rate]]),
            points=quantity(row, RATE_CHANGES[rate]),
            old=quantity(row, f"{rate}_old"),
            new=quantity(row, f"{rate}_new"),
        )
    if (row := _largest(stayed, amount)) is not None:
        yield say(
            "most money moved: {name}, {sign}{amount}",
            name=row["division"],
            sign=_sign(row[amount]),
            amount=_size(row, amount),
        )


def _largest(rows: Sequence[Line], name: str) -> Line | None:
    """The row whose change is the largest, up or down; None where nothing moved."""
    moved = [row for row in rows if isinstance(row[name], int | Fraction) and row[name]]
    return max(moved, key=lambda row: _absolute(row[name]), default=None)


def _absolute(value: Value) -> Fraction:
    return abs(Fraction(value)) if isinstance(value, int | Fraction) else Fraction(0)


def _movements(rows: Sequence[Line]) -> Iterable[Sentence]:
    def change(row: Line) -> tuple[Value, Value]:
        return row["status_old"], row["status_new"]

    behind = [row for row in rows if change(row) == (Status.ON_TRACK, Status.LAGGING)]
    ahead = [row for row in rows if change(row) == (Status.LAGGING, Status.ON_TRACK)]
    for text, found in (
        (say("fell behind: {names}"), behind),
        (say("caught up: {names}"), ahead),
        (say("appeared: {names}"), _who(rows, Presence.APPEARED)),
        (say("went: {names}"), _who(rows, Presence.WENT)),
    ):
        if found:
            yield text._replace(values={"names": _listed(found)})
    for pair in _renames(rows):
        yield say("perhaps renamed: {names}", names=_arrow(pair["old"], pair["new"]))


def _listed(rows: Sequence[Line]) -> str:
    more = f", … ({len(rows)})" if len(rows) > _NAMED else ""
    return ", ".join(str(row["division"]) for row in rows[:_NAMED]) + more


def _sign(value: Value) -> str:
    if not isinstance(value, int | Fraction) or not value:
        return ""
    return "+" if value > 0 else "−"


def _size(row: Line, name: str) -> Quantity:
    """An amount without its sign, for a sentence that says it."""
    value = _money(row, name, 1)
    return Quantity(None if value is None else abs(value), FIELDS[name].kind)


def _when(table: BudgetTable) -> str:
    return table.as_of.isoformat() if table.as_of else table.source


def _arrow(old: str, new: str) -> str:
    return old if old == new else f"{old} → {new}"


def _titled(old: BudgetTable, new: BudgetTable) -> str:
    """The title with both dates, where they are known."""
    title = _arrow(old.title or "", new.title or "").strip("→ ")
    days = [table.as_of.isoformat() if table.as_of else "?" for table in (old, new)]
    return title if days == ["?", "?"] else f"{title} ({days[0]} → {days[1]})".strip()


def _facts(side: _Side) -> dict[str, object]:
    """What each of the two is, for programs."""
    context = side.found.context
    return {
        "name": context.source,
        "title": context.title,
        "table": context.table,
        "as_of": context.as_of,
        "fiscal_year": context.fiscal_year,
        "unit": context.unit.name if context.unit else None,
        "target_rate": context.target.rate if context.target else None,
        "rows": context.rows_used,
    }
