"""A file of targets: a rate or a goal for each division, and for each date where it has a column.

Any table a reader reads. How a rate is held against it is `targets`' business.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from budgetcli.errors import TableError, UserError, listed
from budgetcli.i18n import Sentence, say
from budgetcli.measures import rate
from budgetcli.model import BudgetTable, RawTable, Row
from budgetcli.readers import ReadOptions, read
from budgetcli.readers.find import find_sources
from budgetcli.recognise.names import key
from budgetcli.recognise.sections import split_document
from budgetcli.recognise.synonyms import OwnWords
from budgetcli.recognise.table import Hints, recognise
from budgetcli.targets import Asked, Base

_WHERE = "--target"
_JOINT = " · "
_NAMES = ("government", "office", "division")
_FIELDS = ("target_rate", "goal")
_LISTED = 12


class FileTarget(NamedTuple):
    """The rates of a file for one table: by the key of a division's name, exact, in per cent."""

    source: str
    field: str
    rates: Mapping[str, Fraction | None]
    names: tuple[str, ...]
    base: Base = "budget"
    kind: str = "file"
    rate: Fraction | None = None

    def rate_for(
        self,
        division: str,
        whole: int | None = None,  # noqa: ARG002 - a goal was divided by the division's own amount
        goal: int | None = None,  # noqa: ARG002 - given by the file
    ) -> Fraction | None:
        """The rate under the division's name; None where the file has none."""
        return self.rates.get(key(division))

    def facts(self) -> dict[str, object]:
        """The file, whether it gives rates or goals, and the denominator."""
        return {"file": self.source, "given": self.field, "denominator": self.base}

    def describe(self) -> Sentence:
        """targets of goals.csv (rates)."""
        texts = {
            "target_rate": say("targets of {file} (rates)"),
            "goal": say("targets of {file} (goal amounts)"),
        }
        told = texts[self.field]._replace(values={"file": Path(self.source).name})
        if self.base == "budget":
            return told
        return say("{target}, of the eligible base", target=told)


class TargetFile(NamedTuple):
    """The tables of targets of one file, one a date and fiscal year; all of rates or all of goals.

    Made by `read_targets`.
    """

    source: str
    field: str
    tables: tuple[BudgetTable, ...]

    def on(self, asked: Asked) -> FileTarget:
        """The targets for a table's date. Raises UserError where it has none for it, or several."""
        table = self._of_date(asked)
        if self.field == "goal":
            self._refuse_another_unit(table, asked)
        rows = _by_key(table)
        give = _rate_of if self.field == "target_rate" else _share_of
        wholes = {key(name): whole for name, whole in asked.wholes.items()}
        rates = {
            name: give(found, wholes.get(name), table.scale, asked.scale)
            for name, found in rows.items()
        }
        names = tuple(_name(found) for found in rows.values())
        return FileTarget(self.source, self.field, rates, names, asked.base)

    def _refuse_another_unit(self, table: BudgetTable, asked: Asked) -> None:
        """Where only one of the two says its unit, and that is no plain 1, nobody knows."""
        own = table.unit.factor if table.unit else None
        if (own is None) != (asked.factor is None) and (own or asked.factor) != 1:
            raise UserError(
                say("of its goals and the table only one says its unit"),
                where=f"{_WHERE} {self.source}",
                why=say("a goal in another unit would be another goal"),
                next=say("write the unit beside both, for example 단위: 백만원"),
            )

    def _of_date(self, asked: Asked) -> BudgetTable:
        """The table whose date and year columns, as far as it has them, say the date asked for."""
        fitting = [
            table
            for table in self.tables
            if (not table.has("as_of") or table.as_of == asked.as_of)
            and (not table.has("fiscal_year") or table.fiscal_year in (None, asked.fiscal_year))
        ]
        if len(fitting) == 1:
            return fitting[0]
        days = ", ".join(str(table.as_of or table.fiscal_year) for table in self.tables[:_LISTED])
        raise UserError(
            say(
                "it has {count} tables of targets for {day}",
                count=len(fitting),
                day=asked.as_of or asked.fiscal_year or "?",
            ),
            where=f"{_WHERE} {self.source}",
            seen=(say("dates: {days}", days=days),),
            why=say("a target of another date would be another target"),
            next=say("say the table's date: --as-of YYYY-MM-DD"),
        )


def read_targets(name: str, words: OwnWords = ()) -> TargetFile:
    """The targets of a file; `words` are the user's own for its columns.

    Raises UserError where it is none, SourceError, TableError.
    """
    hints = Hints(words=words)
    found = [table for raw in _raw_tables(name, words) for table in _tables(raw, hints)]
    fields = [field for field in _FIELDS if any(table.has(field) for table in found)]
    if not fields:
        raise TableError(
            say("it has no column of target rates (목표율) or goal amounts (목표액)"),
            where=f"{_WHERE} {name}",
            seen=tuple(_headers(table) for table in found[:_LISTED]),
            why=say("there is nothing to hold the divisions against"),
            next=say("name the column target_rate or goal"),
        )
    taken = tuple(table for table in found if table.has(fields[0]))
    if fields[0] == "target_rate":
        _refuse_shares(taken, name)
    return TargetFile(name, fields[0], taken)


def _refuse_shares(tables: Iterable[BudgetTable], name: str) -> None:
    """Rates none of which is beyond 1, without a sign, may be per cent or shares of 1."""
    printed = [row.printed["target_rate"] for table in tables for row in table.rows if row.printed]
    bare = all(rate.value <= 1 and "%" not in rate.text for rate in printed)
    if bare and any(rate.value for rate in printed):
        raise UserError(
            say("its rates are all at most 1: per cent, or shares of 1?"),
            where=f"{_WHERE} {name}",
            why=say("one reading is a hundred times the other"),
            next=say("write them with their sign: 60%"),
        )


def _raw_tables(name: str, words: OwnWords) -> list[RawTable]:
    raws = [raw for source in find_sources(name) for raw in read(source, ReadOptions())]
    return split_document(raws, words)


def _tables(raw: RawTable, hints: Hints) -> Iterable[BudgetTable]:
    """What a raw table is read as; one that is no table of amounts or rates has no targets."""
    try:
        return recognise(raw, hints)
    except TableError:
        return ()


def _headers(table: BudgetTable) -> Sentence:
    columns = listed([f"#{column.number} {column.header}" for column in table.columns])
    return say("columns: {columns}", columns=columns)


def _name(row: Row) -> str:
    """A division's name as a table of several governments says it."""
    return _JOINT.join(row.labels[label] for label in _NAMES if label in row.labels) or next(
        iter(row.labels.values()), ""
    )


def _by_key(table: BudgetTable) -> dict[str, Row]:
    """The rows by name, each name once. Raises UserError."""
    found: dict[str, Row] = {}
    for row in table.rows:
        if found.setdefault(key(_name(row)), row) is not row:
            raise UserError(
                say("it has two targets for {name}", name=_name(row)),
                where=f"{_WHERE} {row.place}",
                why=say("which of them was missed could not be told"),
                next=say("leave one line for each division and date"),
            )
    return found


def _rate_of(row: Row, whole: int | None, own: int, asked: int) -> Fraction | None:  # noqa: ARG001 - a rate is no amount
    """The rate as written; whose whole it is of plays no part."""
    printed = row.printed.get("target_rate")
    return printed.value if printed else None


def _share_of(row: Row, whole: int | None, own: int, asked: int) -> Fraction | None:
    """The goal in per cent of the division's whole, each counted at its own scale."""
    goal = row.amount("goal")
    if goal is None or whole is None:
        return None
    return rate(goal * 10**asked, whole * 10**own)
