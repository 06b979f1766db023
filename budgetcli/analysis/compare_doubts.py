"""Why a difference of two tables may not be what it looks like: cut short, copied, renamed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from budgetcli.analysis.compare_rows import Line, Presence, Side, arrow, money, when, who
from budgetcli.analysis.neighbours import Leaves, is_copy, lacking, renames
from budgetcli.errors import TableError
from budgetcli.i18n import Sentence, say
from budgetcli.model import BudgetTable, Finding, MappedColumn, Severity

_MONTHLY = re.compile(r"당월|금월|이번\s*달|월중|월간|this\s+month|\bmonthly\b|\bdel\s+mes\b", re.I)


def refuse_unlike(old: BudgetTable, new: BudgetTable) -> None:
    """Amounts that do not count the same thing are not subtracted. Raises TableError."""
    if _says_unit(old) is not _says_unit(new):
        silent = new if _says_unit(old) else old
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
            why=say("a difference between two currencies is no amount of either"),
            next=say("compare two tables in one currency"),
        )
    for name in ("spent", "committed"):
        headers = [_header(table, name) for table in (old, new)]
        monthly = [bool(_MONTHLY.search(header or "")) for header in headers]
        if monthly[0] is not monthly[1] and None not in headers:
            raise TableError(
                say(
                    "one counts a month, the other all months so far: {headers}",
                    headers=arrow(headers[0] or "", headers[1] or ""),
                ),
                where=str(new.place),
                why=say("the difference would be neither a month's money nor a year's"),
                next=say("name the cumulative column: --map {name}=COLUMN", name=name),
            )


def _says_unit(table: BudgetTable) -> bool:
    units = (table.unit, *(column.unit for column in table.columns))
    return any(unit is not None and unit.name for unit in units)


def _header(table: BudgetTable, name: str) -> str | None:
    return next((column.header for column in table.columns if column.field == name), None)


def doubts(before: Side, after: Side, names: Sequence[tuple[str, str]]) -> Iterable[Finding]:
    """Why the changes may not be what they look like, the gravest first."""
    leaves = Leaves(before.table, before.times), Leaves(after.table, after.times)
    if not _other_years(before, after):
        yield from _cut_short(before, after, *leaves)
    yield from _doubtful_dates(before, after, *leaves)
    if any(_MONTHLY.search(column.header) for column in _measured_columns(after.table)):
        text = say("its amounts are of a month alone: their difference is no payment")
        yield _warning("monthly_amounts", text, after)
    for old, new in names:
        text = say("it may be the new name of {old}; nothing is assumed", old=old)
        yield Finding("renamed_division", Severity.NOTE, text, after.table.place, new)


def _measured_columns(table: BudgetTable) -> Iterable[MappedColumn]:
    return (column for column in table.columns if column.field in ("spent", "committed"))


def _cut_short(before: Side, after: Side, olds: Leaves, news: Leaves) -> Iterable[Finding]:
    """A snapshot that lacks rows its neighbour has."""
    old, new = _told_apart(before.table, after.table)
    if missing := lacking(olds, news):
        text = say(
            "{new} lacks {rows} of the {of} rows of {old} and looks incomplete: "
            "a fall is not to be trusted",
            **missing._asdict(),
            old=old,
            new=new,
        )
        yield _warning("incomplete_snapshot", text, after)
    elif missing := lacking(news, olds):
        text = say(
            "{old} lacks {rows} of the {of} rows of {new} and looks incomplete: "
            "a rise is not to be trusted",
            **missing._asdict(),
            old=old,
            new=new,
        )
        yield _warning("incomplete_snapshot", text, before)


def _told_apart(old: BudgetTable, new: BudgetTable) -> tuple[str, str]:
    """The two by name; two dates or years of one source by these."""
    if old.source != new.source:
        return old.source, new.source
    return when(old) or old.source, when(new) or new.source


def _other_years(before: Side, after: Side) -> tuple[int, int] | None:
    """The fiscal years, where they are two: another year has other rows, and lacks none."""
    years = before.found.context.fiscal_year, after.found.context.fiscal_year
    if years[0] is None or years[1] is None or years[0] == years[1]:
        return None
    return years[0], years[1]


def _doubtful_dates(before: Side, after: Side, olds: Leaves, news: Leaves) -> Iterable[Finding]:
    days = before.table.as_of, after.table.as_of
    if days[0] and days[0] == days[1]:
        yield _warning("same_date", say("both are as of {day}", day=days[0].isoformat()), after)
    elif before.table.place == after.table.place and when(before.table) == when(after.table):
        yield _warning("same_table", say("it is compared with itself"), after)
    elif is_copy(olds, news):
        old, new = _told_apart(before.table, after.table)
        text = say("every amount of {new} is as in {old}: it may be a copy", old=old, new=new)
        yield _warning("stale_snapshot", text, after)
    if days[0] and days[1] and days[1] < days[0]:
        text = say(
            "it is older than what it is compared with: {new} is before {old}",
            new=days[1].isoformat(),
            old=days[0].isoformat(),
        )
        yield _warning("older_snapshot", text, after)
    if years := _other_years(before, after):
        text = say(
            "fiscal years {old} and {new}: payments begin anew each year, "
            "so the difference is no payment",
            old=years[0],
            new=years[1],
        )
        yield _warning("different_years", text, after)


def _warning(code: str, text: Sentence, side: Side) -> Finding:
    return Finding(code, Severity.WARNING, text, side.table.place)


def renamed(rows: Sequence[Line]) -> list[tuple[str, str]]:
    """Who went and who appeared with a like name and like money."""
    return renames(
        [(str(row["division"]), money(row, "budget_old", 1)) for row in who(rows, Presence.WENT)],
        [
            (str(row["division"]), money(row, "budget_new", 1))
            for row in who(rows, Presence.APPEARED)
        ],
    )
