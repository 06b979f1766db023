"""JSON for programs: exact numbers under keys that no language changes.

The standard encoder cannot write a Decimal as it is, so the few lines that
can are here.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TextIO

from budgetcli.fields import FIELDS, Kind
from budgetcli.measures import half_up
from budgetcli.model import Finding
from budgetcli.report import Report
from budgetcli.targets import Target
from budgetcli.views import Page
from budgetcli.views.cells import Row
from budgetcli.views.numbers import currency_amount

# What would move a cursor, turn the line's direction, hide, or break the encoder of the output.
_TROUBLE = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def draw(report: Report, page: Page) -> str:
    """One object: what holds for all, rows, total, findings, and what the question adds."""
    return _written(_document(report, page), "\n") + "\n"


def draw_lines(report: Report, page: Page) -> str:
    """One row a line, each with the date and the currency its amounts are counted in.

    There is no line for the total: whoever adds the lines up gets the sum
    and not its double. The total, and the findings, are in `json`.
    """
    text = io.StringIO(newline="")
    JsonRows(report, page, text).write(report.rows)
    return text.getvalue()


class JsonRows:
    """Lines of rows that come some at a time; `told` is all they take from the report."""

    def __init__(self, report: Report, page: Page, out: TextIO) -> None:
        self._values = _values(report, page)
        self._common = {"as_of": report.context.as_of, "currency": _currency(report)}
        self._out = out
        self.told = (report.columns, self._values, self._common)

    def write(self, rows: Iterable[Row]) -> bool:
        """The next rows."""
        trees = (self._values.tree({**row, **_lacking(row, self._common)}) for row in rows)
        self._out.writelines(f"{_written(row, None)}\n" for row in trees)
        return True

    def finish(self, report: Report) -> None:
        """There is no line for the total."""

    def close(self) -> None:
        """Nothing is left to be written."""


def as_python(report: Report, page: Page) -> dict[str, object]:
    """The same object as Python's own: rates float, whole money int, money with cents Decimal."""
    return {key: _own(value) for key, value in _document(report, page).items()}


def _own(value: object) -> object:
    if isinstance(value, dict):
        return {key: _own(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_own(inner) for inner in value]
    if isinstance(value, _Rate):
        return float(value)
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return value


class _Rate(Decimal):
    """Per cent or points, rounded already: no sum is made of it."""


@dataclass(frozen=True, slots=True)
class _Values:
    """Turns values into what JSON has; the key says what sort of number an integer is.

    Under a key that is neither a column nor a field an integer is a count
    and a fraction a rate; money there comes as a Decimal of currency units.
    """

    kinds: Mapping[str, Kind]
    scale: int
    decimals: int

    def tree(self, value: object, key: str = "") -> object:
        """`value` as strings, exact numbers, booleans, None, lists and dicts of these."""
        if isinstance(value, Mapping):
            return {str(name): self.tree(inner, str(name)) for name, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self.tree(inner, key) for inner in value]
        if value is None or isinstance(value, bool | str | Decimal):
            return value
        if isinstance(value, int | Fraction):
            return self._number(value, self.kinds.get(key))
        return _text(value)

    def _number(self, value: int | Fraction, kind: Kind | None) -> Decimal | int:
        if isinstance(value, Fraction) or kind in (Kind.RATE, Kind.POINTS):
            return _Rate(half_up(Fraction(value), self.decimals))
        return currency_amount(value, self.scale) if kind is Kind.MONEY else value


def _text(value: object) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _values(report: Report, page: Page) -> _Values:
    fields = {key: field.kind for key, field in FIELDS.items()}
    columns = {column.key: column.kind for column in report.columns}
    return _Values({**fields, **columns}, report.context.scale, page.decimals)


def _document(report: Report, page: Page) -> dict[str, object]:
    values, context = _values(report, page), report.context
    source = {
        "name": context.source,
        "title": context.title,
        "table": context.table,
        "rows": context.rows_used,
    }
    return {
        "as_of": values.tree(context.as_of),
        "fiscal_year": context.fiscal_year,
        "currency": _currency(report),
        "unit": context.unit.name if context.unit else None,
        "basis": context.basis,
        "target": values.tree(_target(context.target), "target_rate"),
        "source": source,
        "rows": values.tree(report.rows),
        "total": values.tree(report.total),
        "findings": [_finding(finding, page) for finding in report.findings],
        **{key: values.tree(extra, key) for key, extra in report.extra.items()},
    }


def _currency(report: Report) -> str | None:
    return report.context.unit.currency if report.context.unit else None


def _target(target: Target | None) -> dict[str, object] | None:
    if target is None:
        return None
    rate = None if target.rate is None else Fraction(target.rate)
    return {"kind": target.kind, "rate": rate, **target.facts()}


def _finding(finding: Finding, page: Page) -> dict[str, object]:
    def number(value: int | Fraction | None) -> Decimal | None:
        if value is None:
            return None
        if isinstance(value, Fraction):
            return _Rate(half_up(value, page.decimals))
        return currency_amount(value, finding.scale)

    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "division": finding.division,
        "column": finding.column,
        "printed": number(finding.printed),
        "computed": number(finding.computed),
        "difference": number(finding.difference),
        "where": str(finding.place),
        "message": str(finding.message),
    }


def _lacking(row: Mapping[str, object], common: Mapping[str, object]) -> dict[str, object]:
    """What of `common` the row does not say itself."""
    return {key: value for key, value in common.items() if key not in row}


def _written(value: object, margin: str | None) -> str:
    """`value` as JSON; `margin` is the line break and indent of this level, None for one line."""
    inner = None if margin is None else margin + "  "
    if isinstance(value, dict):
        pairs = [f"{_string(key)}: {_written(part, inner)}" for key, part in value.items()]
        return _joined("{", pairs, "}", margin)
    if isinstance(value, list):
        return _joined("[", [_written(part, inner) for part in value], "]", margin)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return _string(value) if isinstance(value, str) else json.dumps(value)


def _joined(opening: str, parts: Sequence[str], closing: str, margin: str | None) -> str:
    if margin is None or not parts:
        return f"{opening}{', '.join(parts)}{closing}"
    inner = margin + "  "
    return f"{opening}{inner}{f',{inner}'.join(parts)}{margin}{closing}"


def _string(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return _TROUBLE.sub(lambda found: json.dumps(found[0])[1:-1], quoted)
