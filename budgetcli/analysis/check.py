"""`check` (검산): do totals, rates and balances follow from the figures printed beside them?

What can be recomputed is `check_figures`' business; how, that of `check_totals`, `check_rates` and
`check_identities`; what is odd about single rows, `check_rows`'.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from budgetcli.analysis.audit import Audit, facts_of, findings_of, recomputed, said_of
from budgetcli.analysis.check_figures import figures_of
from budgetcli.analysis.check_formulas import Checked
from budgetcli.analysis.check_identities import check_identities
from budgetcli.analysis.check_rates import check_rates
from budgetcli.analysis.check_rows import check_rows
from budgetcli.analysis.check_totals import check_totals, is_of_totals
from budgetcli.analysis.context import context_of
from budgetcli.analysis.noticed import noticed
from budgetcli.analysis.order import sorted_rows
from budgetcli.analysis.passages import passages_of
from budgetcli.analysis.question import Question
from budgetcli.fields import FIELDS
from budgetcli.i18n import Sentence, say, say_count
from budgetcli.model import BudgetTable, Finding, Severity
from budgetcli.report import FINDING_COLUMNS, Column, Context, Report, Value, finding_row


class _Part(NamedTuple):
    """What was found in one part of a source: in its budget table, or in the rest of a report."""

    findings: tuple[Finding, ...]
    counts: Mapping[str, int]
    headline: tuple[Sentence, ...]
    extra: Mapping[str, object]


def check(
    table: BudgetTable | None, question: Question = Question(), audit: Audit | None = None
) -> Report:
    """Everything that does not add up, the gravest first; the verdict is whether one is an error.

    Of a report without a budget table only the audit is answered. The
    findings are there twice: as findings, and as rows for what lists
    rows. Raises TableError where `question.by` names no column.
    """
    in_text = bool(audit and audit.claims)
    parts = [
        *([_of_table(table, question, apart=in_text)] if table else ()),
        *([_of_text(audit)] if audit else ()),
    ]
    found = sorted(
        (finding for part in parts for finding in part.findings),
        key=lambda finding: list(Severity).index(finding.severity),
    )
    by_row = {id(row): (row, finding) for finding in found for row in [finding_row(finding)]}
    rows = sorted_rows([row for row, _ in by_row.values()], question)
    return Report(
        name="check",
        columns=tuple(Column(key, FIELDS[key].kind) for key in FINDING_COLUMNS),
        rows=rows,
        context=_context(table, question, audit),
        findings=tuple(by_row[id(row)][1] for row in rows),
        headline=tuple(sentence for part in reversed(parts) for sentence in part.headline),
        extra={
            "checked": {name: count for part in parts for name, count in part.counts.items()},
            **{key: value for part in parts for key, value in part.extra.items()},
        },
        verdict=any(finding.severity is Severity.ERROR for finding in found),
        decimals=_rate_places(rows),
        passages=passages_of(audit.documents, audit.claims) if audit else (),
    )


def _context(table: BudgetTable | None, question: Question, audit: Audit | None) -> Context:
    """That of the table; a report whose text was recomputed is more than its table."""
    if table is None:
        return Context(audit.source if audit else "")
    context = context_of(table, question)
    if not (audit and audit.claims):
        return context
    names = (document.source.replace("\\", "/") for document in audit.documents)
    title = ", ".join(name.rpartition("/")[2] for name in names)
    return context._replace(title=title, source=audit.source, table=None)


def _of_table(table: BudgetTable, question: Question, *, apart: bool) -> _Part:
    figures = figures_of(table, question.by)
    rates, identities = check_rates(figures), check_identities(table, figures)
    totals = check_totals(table, figures)
    found = (
        *totals.findings,
        *rates.findings,
        *identities.findings,
        *check_rows(table, figures),
        *_noticed(table, question),
    )
    kinds = {"totals": totals, "rates": rates, "identities": identities}
    counts = {name: kind.figures for name, kind in kinds.items()}
    formulas = [entry.facts() for kind in (rates, identities) for entry in kind.followed]
    first, *others = _headline(counts, found, (rates, identities))
    named = say("{table}: {said}", table=table.title or table.place, said=first)
    headline = (named if apart else first, *others)
    return _Part(found, counts, headline, {"formulas": formulas})


def _of_text(audit: Audit) -> _Part:
    return _Part(
        tuple(findings_of(audit)),
        {"claims": recomputed(audit)},
        (said_of(audit),),
        {"claims": facts_of(audit)},
    )


def _noticed(table: BudgetTable, question: Question) -> Iterator[Finding]:
    """What else was noticed while reading; an amount is missing only where it has a column."""
    for finding in noticed(table, (), question.basis):
        missing = finding.code == "missing_amount" and not table.has(finding.column or "")
        if not missing and not is_of_totals(finding):
            yield finding


def _headline(
    counts: Mapping[str, int], found: Sequence[Finding], kinds: Sequence[Checked]
) -> Iterator[Sentence]:
    """What was recomputed and how much of it is wrong, by which formulas, and what that proves."""
    done = ", ".join(map(str, _recomputed(counts)))
    errors = sum(finding.severity is Severity.ERROR for finding in found)
    if not done:
        yield say("there is no total, rate or balance to recompute")
    elif not errors:
        yield say("{figures} recomputed: nothing wrong", figures=done)
    else:
        yield say_count(
            "{figures} recomputed: {count} error",
            "{figures} recomputed: {count} errors",
            errors,
            figures=done,
        )
    for kind in kinds:
        yield from (entry.describe() for entry in kind.followed)
    yield say("a table that adds up can still be wrong")


def _recomputed(counts: Mapping[str, int]) -> list[Sentence]:
    said = {
        "rates": say_count("{count} rate", "{count} rates", counts["rates"]),
        "totals": say_count("{count} total", "{count} totals", counts["totals"]),
        "identities": say_count("{count} balance", "{count} balances", counts["identities"]),
    }
    return [sentence for name, sentence in said.items() if counts[name]]


def _rate_places(rows: Sequence[Mapping[str, Value]]) -> int:
    """The decimals that show every printed rate that was found wrong as it stands there."""
    printed = (value for row in rows if isinstance(value := row["printed_rate"], Fraction))
    return max(map(_places, printed), default=0)


def _places(value: Fraction) -> int:
    """The decimals of an exact decimal fraction, ten at most: what --decimals allows."""
    return next((places for places in range(10) if not 10**places % value.denominator), 10)
