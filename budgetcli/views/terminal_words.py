"""The sentences around a table on the terminal: title, caption, findings."""

from __future__ import annotations

from budgetcli.fields import FIELDS, Kind
from budgetcli.i18n import Sentence, language, say, say_count
from budgetcli.model import Finding, Severity, Unit
from budgetcli.report import Context, Report
from budgetcli.views.safe import visible

FINDINGS_SHOWN = 3

# English for the units of Korean tables; the factor is exact, so the word is.
_POWERS = {
    1: "",
    10**3: "thousand",
    10**4: "ten thousand",
    10**6: "million",
    10**8: "hundred million",
    10**9: "billion",
    10**12: "trillion",
}


def title(context: Context) -> list[str]:
    """What is being looked at: the table's title, its source, which table of it."""
    known = (context.title, context.source, context.table)
    return list(dict.fromkeys(visible(part) for part in known if part))


def caption(report: Report, unit: Unit | None, mark: str, hidden: int) -> list[str]:
    """What must be known to read the numbers; `mark` is the target's sign on the bars, if any."""
    context = report.context
    target = context.target and f"{mark} {context.target.describe()}".strip()
    said = (_unit(report, unit), _date(context), target, _basis(context), _total(report))
    return [visible(str(part)) for part in (*said, _hidden(hidden)) if part]


def headline(report: Report) -> list[str]:
    """The answer in words; where a report has neither words nor rows, that."""
    said = report.headline or (() if report.rows else (say("no rows"),))
    return [visible(str(sentence)) for sentence in said]


def findings(report: Report) -> tuple[tuple[Finding, ...], str]:
    """The findings worth their lines here, the gravest first, and what to say of the others.

    `check` is asked for findings: it shows them all.
    """
    gravest = sorted(report.findings, key=lambda finding: list(Severity).index(finding.severity))
    shown = len(gravest) if report.name == "check" else FINDINGS_SHOWN
    more = len(gravest) - shown
    if more <= 0:
        return tuple(gravest), ""
    return tuple(gravest[:shown]), str(say("and {count} more: budgetcli check", count=more))


def finding_line(finding: Finding) -> str:
    """One finding with its place."""
    return visible(f"{finding.message} ({finding.place})")


def unit_word(unit: Unit) -> str:
    """The unit as the table calls it; in English, a Korean unit by its power and currency."""
    power = _POWERS.get(unit.factor)
    if language() == "ko" or unit.name.isascii() or power is None:
        return unit.name
    return f"{power} {unit.currency or ''}".strip() or unit.name


def _unit(report: Report, unit: Unit | None) -> Sentence | None:
    if not any(column.kind is Kind.MONEY for column in report.columns):
        return None
    return say("unit: {unit}", unit=unit_word(unit)) if unit else say("unit: not stated")


def _date(context: Context) -> Sentence | None:
    if context.as_of is not None:
        return say("as of {date}", date=context.as_of.isoformat())
    if context.fiscal_year is not None:
        return say("fiscal year {year}", year=context.fiscal_year)
    return None


def _basis(context: Context) -> Sentence:
    field = FIELDS.get(context.basis)
    return say("basis: {basis}", basis=field.term if field else context.basis)


def _total(report: Report) -> Sentence | None:
    source = report.total.get("source") if report.total and report.rows else None
    if source is None:
        return None
    return say("total as printed") if source == "printed" else say("total computed")


def _hidden(count: int) -> Sentence | None:
    if not count:
        return None
    return say_count(
        "{count} more column with a wider terminal or --format csv",
        "{count} more columns with a wider terminal or --format csv",
        count,
    )
