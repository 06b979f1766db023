"""The neutral result every question answers with and every view draws: exact values, no format.

Nothing here rounds, translates or lays out.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from budgetcli.fields import FIELDS, Field, Kind
from budgetcli.i18n import Sentence
from budgetcli.measures import Status
from budgetcli.model import Finding, Measure, Severity, Unit
from budgetcli.targets import Target


class Term(str):
    """A field's key as a value: what it is called, a view says in the language in use."""

    __slots__ = ()


Value = int | Fraction | str | date | Status | Severity | None


class Quantity(NamedTuple):
    """An exact value inside a sentence; a view writes it with the page's unit and decimals."""

    value: int | Fraction | None
    kind: Kind


class Column(NamedTuple):
    """One column of an answer: a field, or a grouping column of the user's own under its own name.

    `rank` says how early a narrow view takes it in (0: always); `measure` is what a table holds
    that is no money, and gives its columns their names.
    """

    key: str
    kind: Kind
    rank: int = 0
    measure: Measure | None = None

    @property
    def field(self) -> Field | None:
        """The term behind it, where it is one."""
        return FIELDS.get(self.key)

    @property
    def own_name(self) -> str | None:
        """What the table calls it, where that is no money."""
        if self.measure is None:
            return None
        plan, actual = self.measure
        names = {"budget": plan, "spent": actual, "unspent": f"{plan}−{actual}"}
        return {**names, "execution_rate": f"{actual}/{plan}"}.get(self.key)

    @property
    def head(self) -> str:
        """Its shortest clear name in the language in use."""
        if self.own_name:
            return self.own_name
        return self.field.short if self.field else self.key


class Context(NamedTuple):
    """What holds for the whole answer.

    Money is an integer count of 10**-scale currency units; `unit` is the
    table's own, `places` the decimals its amounts are printed with.
    """

    source: str
    scale: int = 0
    unit: Unit | None = None
    places: int = 0
    as_of: date | None = None
    fiscal_year: int | None = None
    basis: str = "spent"
    target: Target | None = None
    title: str | None = None
    table: str | None = None
    rows_used: int = 0
    measure: Measure | None = None

    @property
    def judged(self) -> str:
        """The key of the rate that is held against the target."""
        if self.basis == "committed":
            return "commitment_rate"
        narrow = self.target is not None and self.target.base == "eligible"
        return "eligible_rate" if narrow else "execution_rate"


class Mark(NamedTuple):
    """A figure in a text, from `start` to `end`: what became of it, and that in words."""

    start: int
    end: int
    verdict: str
    said: Sentence


class Passage(NamedTuple):
    """One line of a document's text, where it stands, and the figures in it that were looked at."""

    text: str
    where: str
    marks: tuple[Mark, ...] = ()


class Report(NamedTuple):
    """One answer: columns, rows in order, the total, findings, and what to say above it.

    A row maps every key a program may ask for to its exact value; `columns`
    are those worth showing. `total` has the same keys, and `source` says
    whether it is `printed` or `computed`. `headline` is the answer in words,
    the most important first. `verdict` is true where the answer is the bad
    news a script may ask for with an exit status. `passages` are the text that
    was looked at, for a view with room for it. `decimals` are the fewest
    its rates may be drawn with.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Value], ...]
    context: Context
    total: Mapping[str, Value] | None = None
    findings: tuple[Finding, ...] = ()
    headline: tuple[Sentence, ...] = ()
    extra: Mapping[str, object] = MappingProxyType({})
    verdict: bool = False
    decimals: int = 0
    passages: tuple[Passage, ...] = ()


FINDING_COLUMNS = (
    "severity",
    "code",
    "division",
    "column",
    "printed",
    "computed",
    "difference",
    "printed_rate",
    "computed_rate",
    "rate_difference",
    "where",
    "message",
)


def finding_row(finding: Finding) -> Mapping[str, Value]:
    """A finding as a row of FINDING_COLUMNS: money and rates apart; its words as they read now."""
    figures = (finding.printed, finding.computed, finding.difference)
    is_rate = isinstance(finding.printed, Fraction)
    return {
        "severity": finding.severity,
        "code": finding.code,
        "division": finding.division,
        "column": Term(finding.column) if finding.column in FIELDS else finding.column,
        **dict(zip(FINDING_COLUMNS[4:7], (None,) * 3 if is_rate else figures, strict=True)),
        **dict(zip(FINDING_COLUMNS[7:10], figures if is_rate else (None,) * 3, strict=True)),
        "where": str(finding.place),
        "message": str(finding.message),
    }


class Dossier(NamedTuple):
    """Several answers about one table, to be handed on as one document.

    `origin` tells how each number was made, in words above it what was
    inferred. An answer that could not be given is None, and `missing` has
    its name and why; without a second date `trend` is None and nothing is missing.
    """

    summary: Report
    check: Report
    origin: Report
    lagging: Report | None = None
    forecast: Report | None = None
    trend: Report | None = None
    missing: tuple[tuple[str, Sentence], ...] = ()
