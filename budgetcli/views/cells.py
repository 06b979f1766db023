"""What one cell reads as, plain for programs or worded for people; layout belongs to each view."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from budgetcli.fields import FIELDS, Kind
from budgetcli.i18n import Sentence, language, say
from budgetcli.measures import Status
from budgetcli.model import Severity, Unit
from budgetcli.patterns import lazy
from budgetcli.report import Column, Report, Term, Value
from budgetcli.views import Page
from budgetcli.views.numbers import NOT_AVAILABLE, Numbers
from budgetcli.views.safe import visible
from budgetcli.views.words import caption

Row = Mapping[str, Value]

RIGHT = (Kind.MONEY, Kind.RATE, Kind.POINTS, Kind.COUNT)

_LINE_BREAKS = lazy(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+\s*")
_DENOMINATORS = {
    "commitment_rate": "budget",
    "execution_rate": "budget",
    "variance": "budget",
    "attainment_rate": "goal",
}
_WORDS: dict[Status | Severity, Sentence] = {
    Status.ON_TRACK: say("on track"),
    Status.LAGGING: say("lagging"),
    Status.OVERSPENT: say("overspent"),
    Status.UNKNOWN: say("unknown"),
    Severity.ERROR: say("error"),
    Severity.WARNING: say("warning"),
    Severity.NOTE: say("note"),
}


class Grid(NamedTuple):
    """A report as text: one list of cells a row, in the order of the report's columns."""

    rows: list[list[str]]
    total: list[str] | None

    @property
    def all(self) -> list[list[str]]:
        """The rows, then the total where there is one."""
        return self.rows if self.total is None else [*self.rows, self.total]


def unit_shown(report: Report, page: Page) -> Unit | None:
    """The unit amounts are written in: the page's, else the table's own, else whole currency."""
    return page.show_unit or report.context.unit


def numbers_for(report: Report, page: Page) -> Numbers:
    """How this report's numbers are written on this page."""
    places = 0 if page.show_unit else report.context.places
    return Numbers(report.context.scale, unit_shown(report, page), places, page.decimals)


def page_for(report: Report, page: Page) -> Page:
    """The page with the decimals that this report cannot do without."""
    return page._replace(decimals=max(page.decimals, report.decimals))


def one_line(text: str) -> str:
    """Text from a file as one line in which nothing is hidden and everything can be encoded."""
    return visible(text if text.isprintable() else _LINE_BREAKS.sub(" ", text))


def width(text: str) -> int:
    """In digits' widths, where no terminal counts cells; a Hangul syllable is two."""
    import unicodedata

    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def word(value: Status | Severity) -> str:
    """A verdict, or a finding's weight, in the language in use."""
    return str(_WORDS[value])


def worded(value: Value, column: Column | None = None) -> str | None:
    """A verdict, a weight, a field, yes or no as words; None for what is no word of ours."""
    if isinstance(value, Term):
        return FIELDS[value].term
    if isinstance(value, bool):
        return str(say("yes") if value else say("no"))
    if value is Status.OVERSPENT and column and column.measure:
        return str(say("over"))
    return word(value) if isinstance(value, Status | Severity) else None


def missing(key: str, row: Row) -> str:
    """`n/a` for a rate over nothing, an empty cell for what is unknown."""
    nothing = key in _DENOMINATORS and row.get(_DENOMINATORS[key]) == 0
    return NOT_AVAILABLE if nothing else ""


def total_row(report: Report) -> Row | None:
    """The total with its label in the first column of names; below no rows it would be one."""
    if report.total is None or not report.rows:
        return None
    names = (column.key for column in report.columns if column.kind is Kind.NAME)
    first = next(names, "division")
    return {**report.total, first: report.total.get(first) or report.total.get("division")}


def pretty_grid(report: Report, page: Page) -> Grid:
    """Every cell for people: amounts grouped, to one number of places a column, signed points."""
    numbers = numbers_for(report, page)
    places = {column.key: money_places(report, numbers, column) for column in report.columns}

    def drawn(row: Row) -> list[str]:
        return [pretty(numbers, places[column.key], column, row) for column in report.columns]

    total = total_row(report)
    return Grid([drawn(row) for row in report.rows], None if total is None else drawn(total))


def money_places(report: Report, numbers: Numbers, column: Column) -> int:
    """The decimals a column of money is shown with, the total's amount considered too."""
    if column.kind is not Kind.MONEY:
        return 0
    rows = [*report.rows, report.total or {}]
    values = (row.get(column.key) for row in rows)
    return numbers.places_for(value for value in values if isinstance(value, int))


def plain(numbers: Numbers, column: Column, row: Row) -> str:
    """One cell as plain text: `1234.5`, `67.7`, `on_track`, `2024-07-31`."""
    value = row.get(column.key)
    if value is None:
        return missing(column.key, row)
    if column.kind is Kind.MONEY and isinstance(value, int):
        return f"{numbers.exact(value):f}"
    if isinstance(value, Status | Severity) and language() == "en":
        return str(value.value)
    if isinstance(value, Term):
        return term(value)
    return worded(value, column) or _as_text(numbers, column, value)


def term(key: str) -> str:
    """A field's name: the key in English, because it is what `--map` and JSON call it."""
    return key if language() == "en" else FIELDS[key].term


def about(report: Report, page: Page) -> list[str]:
    """What must be known to read the table: unit, date, target, basis, whose total it is."""
    return caption(report, unit_shown(report, page), "", 0)


def title(report: Report) -> str:
    """The table's own title, else the name of its source."""
    return one_line(report.context.title or report.context.source)


def pretty(numbers: Numbers, places: int, column: Column, row: Row) -> str:
    """One cell for people, an amount of money with so many places."""
    value = row.get(column.key)
    if value is None:
        return missing(column.key, row)
    if column.kind is Kind.MONEY and isinstance(value, int):
        return numbers.pretty(value, places)
    if column.kind is Kind.POINTS and isinstance(value, int | Fraction):
        return numbers.points(Fraction(value))
    if column.kind is Kind.COUNT and isinstance(value, int):
        return f"{value:,}"
    return worded(value, column) or _as_text(numbers, column, value)


def _as_text(numbers: Numbers, column: Column, value: Value) -> str:
    if column.kind in (Kind.RATE, Kind.POINTS) and isinstance(value, int | Fraction):
        return f"{numbers.rate(Fraction(value)):f}"
    return value.isoformat() if isinstance(value, date) else one_line(str(value))
