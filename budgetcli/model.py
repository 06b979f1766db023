"""The exact values everything else speaks in: raw tables, budget tables and where they came from.

Money is an integer count of 10**-scale currency units; no float is ever
stored. Files, formats, measures and the terminal are none of this room's
business.
"""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from budgetcli.i18n import Sentence


class Place(NamedTuple):
    """Where something stands: the source as the user named it, then sheet, page, table, row."""

    source: str
    row: int | None = None
    sheet: str | None = None
    page: int | None = None
    table: int | None = None

    def __str__(self) -> str:
        parts = [self.source]
        if self.sheet is not None:
            parts.append(self.sheet)
        if self.page is not None:
            parts.append(f"p{self.page}")
        if self.table is not None:
            parts.append(f"t{self.table}")
        if self.row is not None:
            parts.append(str(self.row))
        return ":".join(parts)


class Line(NamedTuple):
    """One line of a document's text, and where it stands."""

    text: str
    place: Place


class Span(NamedTuple):
    """A merged cell: its anchor (row and column from 0) and how many rows and columns it covers."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


# the step of an evidence that semicolons part the cells: in such files a comma parts decimals
SEMICOLONS = "semicolons"


class Evidence(NamedTuple):
    """One thing that was inferred, and from what: printed by `--explain`.

    `step` is a stable English word (encoding, table, mapping, unit, ...);
    `aloud` says it on stderr even without `--explain`, because another
    reading was possible.
    """

    step: str
    message: Sentence
    aloud: bool = False


class RawTable(NamedTuple):
    """Cells as text, as a file holds them, before anybody asks what they mean.

    `rows` may be ragged. A merged cell's text stands at its anchor only; the
    cells it covers are empty and `spans` tells them apart from blanks.
    `lines` gives each row's number as the file's own reader would count it
    (from 1; empty: 1, 2, 3, ...; None: not known). `before` and `after` are the lines of text
    around the table, in reading order. `siblings` are named scalars found
    beside the rows (JSON: date, place).
    """

    rows: tuple[tuple[str, ...], ...]
    source: str
    number: int = 1
    sheet: str | None = None
    page: int | None = None
    lines: tuple[int | None, ...] = ()
    spans: tuple[Span, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    siblings: Mapping[str, str] = MappingProxyType({})
    evidence: tuple[Evidence, ...] = ()
    alone: bool = True

    def place(self, row: int | None = None) -> Place:
        """The place of row `row` (from 0), or of the whole table."""
        line = None
        if row is not None:
            line = self.lines[row] if self.lines else row + 1
        table = None if self.alone else self.number
        return Place(self.source, line, self.sheet, self.page, table)


class Document(NamedTuple):
    """A document with running text, read once: its lines and its raw tables, in reading order."""

    source: str
    lines: tuple[Line, ...]
    tables: tuple[RawTable, ...]


class Absent(Enum):
    """Why a cell has no amount. Zero is none of these: it is an amount."""

    BLANK = "blank"
    DASH = "dash"
    UNREADABLE = "unreadable"


class Unit(NamedTuple):
    """What one printed 1 is worth, in currency units: 백만원 is 1,000,000 won.

    `factor` is a power of ten, so that every amount has an exact decimal in every unit.
    """

    name: str
    factor: int
    currency: str | None = None


class Measure(NamedTuple):
    """What a table holds against each other where it is no money: quota and heads, as printed.

    The plan stands where a budget would, the actual where spending would.
    """

    plan: str
    actual: str


class Printed(NamedTuple):
    """A rate as printed: exact per cent, decimal places shown, and the cell's own text."""

    value: Fraction
    places: int
    text: str


class Severity(Enum):
    """How much a finding weighs; only ERROR makes `check` exit 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Finding(NamedTuple):
    """Something that a careful reader would want to know, with its place.

    `printed`, `computed` and `difference` are money as integers at the
    table's scale where `is_rate` is false, else per cent as fractions.
    `scale` is that scale.
    """

    code: str
    severity: Severity
    message: Sentence
    place: Place
    division: str | None = None
    column: str | None = None
    printed: int | Fraction | None = None
    computed: int | Fraction | None = None
    scale: int = 0

    @property
    def difference(self) -> int | Fraction | None:
        """Printed minus computed, where both are known."""
        if self.printed is None or self.computed is None:
            return None
        return self.printed - self.computed


class Row(NamedTuple):
    """One data row: its names, exact amounts, printed rates, every cell's text, and its place.

    `labels` holds label fields (division, programme, ...) that are not empty.
    A field whose column is missing is not a key of `amounts`; a cell without
    an amount is an `Absent`. `cells` are the texts in column order. `merged`
    rows of the source are added up in it, `place` being the first one's.
    """

    labels: Mapping[str, str]
    amounts: Mapping[str, int | Absent]
    printed: Mapping[str, Printed]
    cells: tuple[str, ...]
    place: Place
    merged: int = 1

    def amount(self, key: str) -> int | None:
        """The exact amount of a field, or None where it is unknown for whatever reason."""
        value = self.amounts.get(key)
        return value if isinstance(value, int) else None


class Total(NamedTuple):
    """A row that sums others: the row as printed, the leaves it covers (indexes), and why."""

    row: Row
    covers: tuple[int, ...]
    reason: Sentence


class MappedColumn(NamedTuple):
    """One column of the grid: its number (from 1), header and field (None: text)."""

    number: int
    header: str
    field: str | None
    unit: Unit | None = None


class Counts(NamedTuple):
    """What became of the rows of the grid; `read` is the sum of the others."""

    read: int
    used: int
    totals: int
    refused: int
    headers: int
    others: int


class BudgetTable(NamedTuple):
    """Leaves and totals of one division table, exact, with everything said about it.

    Amounts are integers in 10**-scale currency units. `quantum[field]` is
    the worth of one unit in the last place that column prints, at the same
    scale: the grain of rounding.
    """

    rows: tuple[Row, ...]
    totals: tuple[Total, ...]
    columns: tuple[MappedColumn, ...]
    source: str
    place: Place
    unit: Unit | None = None
    scale: int = 0
    places: int = 0
    quantum: Mapping[str, int] = MappingProxyType({})
    as_of: date | None = None
    fiscal_year: int | None = None
    title: str | None = None
    counts: Counts = Counts(0, 0, 0, 0, 0, 0)
    findings: tuple[Finding, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    measure: Measure | None = None

    def has(self, key: str) -> bool:
        """Whether the table has a column for this field, or its amounts by computation."""
        return any(column.field == key for column in self.columns) or key in self.quantum
