"""Answers about what is no money, in its own words: quota and heads for budget and spending."""

from __future__ import annotations

from budgetcli.i18n import say
from budgetcli.model import Finding, Measure
from budgetcli.report import Report

_LEFT_OUT = frozenset(("committed", "uncommitted", "unpaid", "commitment_rate", "original"))


def in_words_of(measure: Measure | None, report: Report) -> Report:
    """The answer with columns and findings called what the table calls them; money is as it is."""
    if measure is None:
        return report
    columns = [column for column in report.columns if column.key not in _LEFT_OUT]
    return report._replace(
        columns=tuple(column._replace(measure=measure) for column in columns),
        findings=tuple(_said(finding, measure) for finding in report.findings),
        extra={**report.extra, "measure": measure._asdict()},
    )


def _said(finding: Finding, measure: Measure) -> Finding:
    if finding.code not in ("overspent", "spent_without_budget"):
        return finding
    said = say("{actual} exceeds {plan}", actual=measure.actual, plan=measure.plan)
    return finding._replace(message=said, column=None)
