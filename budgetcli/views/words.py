"""The sentences around a table, in any view: title, caption, headline, findings."""

from __future__ import annotations

from fractions import Fraction

from budgetcli.fields import FIELDS, Kind
from budgetcli.i18n import Sentence, say, say_count
from budgetcli.model import Finding, Severity, Unit
from budgetcli.report import Context, Report
from budgetcli.views.numbers import Numbers, unit_word
from budgetcli.views.safe import visible

FINDINGS_SHOWN = 3


def title(context: Context) -> list[str]:
    """What is being looked at: the table's title, its source, which table of it."""
    known = (context.title, context.source, context.table)
    return list(dict.fromkeys(visible(part) for part in known if part))


def caption(report: Report, unit: Unit | None, mark: str, hidden: int) -> list[str]:
    """What must be known to read the numbers; `mark` is the target's sign on the bars, if any."""
    context = report.context
    target = context.target and f"{mark} {context.target.describe()}".strip()
    said = (_unit(report, unit), _date(context), target, _basis(report), _total(report))
    return [visible(str(part)) for part in (*said, _hidden(hidden)) if part]


def headline(report: Report, numbers: Numbers) -> list[str]:
    """The answer in words; where a report has neither words nor rows, that."""
    said = report.headline or (() if report.rows else (say("no rows"),))
    return [visible(numbers.sentence(sentence)) for sentence in said]


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


def finding_said(finding: Finding, numbers: Numbers) -> str:
    """One finding without its place: whose, in which column, what, and both figures."""
    field = FIELDS.get(finding.column or "")
    subject = " ".join(filter(None, (finding.division, field.term if field else finding.column)))
    said = f"{subject}: {finding.message}" if subject else str(finding.message)
    return visible(" ".join(filter(None, (said, _figures(finding, numbers)))))


def finding_line(finding: Finding, numbers: Numbers) -> str:
    """One finding and where it stands."""
    return f"{finding_said(finding, numbers)} ({visible(str(finding.place))})"


def _figures(finding: Finding, numbers: Numbers) -> str:
    if finding.printed is None or finding.computed is None:
        return ""
    own = numbers._replace(scale=finding.scale)
    pair = [_figure(value, own) for value in (finding.printed, finding.computed)]
    said = say("printed {printed}, computed {computed}", printed=pair[0], computed=pair[1])
    return f"[{said}]"


def _figure(value: int | Fraction, numbers: Numbers) -> str:
    if isinstance(value, int):
        return numbers.pretty(value, numbers.places_for([value]))
    return f"{numbers.rate(value):f} %"


def unit_said(unit: Unit | None) -> Sentence:
    """What a printed 1 is, or that the table does not say."""
    return say("unit: {unit}", unit=unit_word(unit)) if unit else say("unit: not stated")


def _unit(report: Report, unit: Unit | None) -> Sentence | None:
    has_money = any(column.kind is Kind.MONEY for column in report.columns)
    return unit_said(unit) if has_money else None


def _date(context: Context) -> Sentence | None:
    if context.as_of is not None:
        return say("as of {date}", date=context.as_of.isoformat())
    if context.fiscal_year is not None:
        return say("fiscal year {year}", year=context.fiscal_year)
    return None


def _basis(report: Report) -> Sentence | None:
    """What the verdict rests on, where there is one."""
    context = report.context
    if not any(column.key == "status" for column in report.columns):
        return None
    if context.measure:
        return say("{actual} against {plan}", **context.measure._asdict())
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
