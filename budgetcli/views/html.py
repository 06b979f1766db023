"""One page of HTML that needs nothing else: no script, no address, every name escaped."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from budgetcli.i18n import language, say
from budgetcli.measures import Status
from budgetcli.model import Finding
from budgetcli.report import Report, Value
from budgetcli.views import Page
from budgetcli.views.cells import (
    RIGHT,
    about,
    numbers_for,
    one_line,
    pretty_grid,
    title,
    word,
)
from budgetcli.views.numbers import Numbers
from budgetcli.views.words import finding_said, headline

_POLICY = "default-src 'none'; style-src '{style}'; base-uri 'none'; form-action 'none'"
_NUMBER = Markup(' class="number"')
_TEMPLATES = Environment(
    loader=PackageLoader("budgetcli.views"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def draw(report: Report, page: Page) -> str:
    """The whole page: headline, table with caption and total, findings, source."""
    style = _TEMPLATES.get_template("table.css").render()
    numbers = numbers_for(report, page)
    values = {
        "language": language(),
        "policy": _POLICY.format(style=_digest(style)),
        "style": Markup(style),  # ours, so not escaped
        "title": title(report),
        "about": about(report, page),
        "headline": headline(report, numbers),
        "heads": [one_line(column.head) for column in report.columns],
        "sides": [_NUMBER if column.kind in RIGHT else "" for column in report.columns],
        "grid": pretty_grid(report, page),
        "verdicts": [_verdict(row.get("status")) for row in report.rows],
        "findings_head": str(say("Findings")),
        "findings": [_finding(finding, numbers) for finding in report.findings],
        "source": str(say("Source: {source}", source=one_line(report.context.source))),
    }
    return _TEMPLATES.get_template("table.html").render(values) + "\n"


def _digest(style: str) -> str:
    """What the policy lets in: this very text and no other style."""
    return f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}"


def _verdict(status: Value) -> str:
    return status.value if isinstance(status, Status) else ""


def _finding(finding: Finding, numbers: Numbers) -> dict[str, str]:
    return {
        "severity": word(finding.severity),
        "kind": finding.severity.value,
        "where": one_line(str(finding.place)),
        "message": finding_said(finding, numbers),
    }
