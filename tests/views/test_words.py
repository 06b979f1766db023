"""Sentences around a table: figures of findings in the page's unit, at the finding's own scale."""

from __future__ import annotations

from collections.abc import Callable

from budgetcli.i18n import say
from budgetcli.model import Finding, Place, Severity, Unit
from budgetcli.report import Report
from budgetcli.views import Page
from budgetcli.views.cells import numbers_for
from budgetcli.views.words import finding_line

Summary = Callable[..., Report]


def test_a_finding_of_a_coarser_part_is_written_at_its_own_scale(summary: Summary) -> None:
    report = summary(unit=Unit("원", 1, "KRW"), scale=2)
    finding = Finding(
        "total_mismatch", Severity.ERROR, say("odd"), Place("a.csv", 2), "계", "spent", 500, 400
    )
    line = finding_line(finding, numbers_for(report, Page()))
    assert line == "계 expenditure: odd [printed 500, computed 400] (a.csv:2)"
