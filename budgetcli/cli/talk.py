"""stderr: what was inferred, what went wrong. But for `progress`, nothing else writes there."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from contextlib import suppress
from itertools import islice

from budgetcli.config import Config
from budgetcli.i18n import say, say_count
from budgetcli.model import BudgetTable, Evidence, Severity
from budgetcli.report import Report
from budgetcli.views import Page
from budgetcli.views.safe import visible

_PROGRAM = "budgetcli"
_MOST = 20


def tell(text: object) -> None:
    """One remark."""
    write(f"{_PROGRAM}: {text}")


def write(text: str) -> None:
    """Lines as they are, but for what would move the cursor; no terminal's encoding stops them."""
    if sys.stderr is None:
        return
    safe = "\n".join(visible(line) for line in text.split("\n"))
    encoding = sys.stderr.encoding or "utf-8"
    with suppress(OSError):  # nobody listens: the answer and the exit status still count
        sys.stderr.write(safe.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def tell_inferences(table: BudgetTable, *, everything: bool) -> None:
    """What had to be inferred: all of it under --explain, else what could have been otherwise."""
    for said in _wanted(table.evidence, everything):
        tell(said.message)
    if everything:
        _explain_columns(table)
        _explain_rows(table)


def tell_unread(lines: Collection[str]) -> None:
    """What the answer lacks, every one: it is an error, and said with -q too."""
    tell(
        say_count(
            "{count} source could not be read, and is not in the answer:",
            "{count} sources could not be read, and are not in the answer:",
            len(lines),
        )
    )
    for line in lines:
        write(f"  {line}")


def tell_settings(config: Config) -> None:
    """Which settings hold that are no defaults, and who says them."""
    for file in config.files:
        tell(say("settings file: {file}", file=file))
    for name, value, where in config.lines:
        tell(say("setting {name} = {value}, from {where}", name=name, value=value, where=where))


def tell_findings(report: Report, page: Page) -> None:
    """Errors and warnings, for formats that have no room for them."""
    from budgetcli.views.cells import numbers_for
    from budgetcli.views.words import finding_line

    numbers = numbers_for(report, page)
    weighty = [found for found in report.findings if found.severity is not Severity.NOTE]
    for finding in weighty[:_MOST]:
        tell(finding_line(finding, numbers))
    if len(weighty) > _MOST:
        tell(say("and {count} more", count=len(weighty) - _MOST))


def tell_headline(report: Report, page: Page) -> None:
    """The answer in words, for formats that have no room for words."""
    from budgetcli.views.cells import numbers_for

    numbers = numbers_for(report, page)
    for sentence in report.headline:
        tell(numbers.sentence(sentence))


def _wanted(evidence: Iterable[Evidence], everything: bool) -> Iterable[Evidence]:
    return [said for said in evidence if everything or said.aloud]


def _explain_columns(table: BudgetTable) -> None:
    for column in table.columns:
        meaning = column.field or say("kept as text")
        tell(
            say(
                "column #{number} {header} = {meaning}",
                number=column.number,
                header=column.header or "-",
                meaning=meaning,
            )
        )


def _explain_rows(table: BudgetTable) -> None:
    from budgetcli.analysis.origin import counts_said, totals_said

    for said in islice(totals_said(table), _MOST):
        tell(said)
    tell(counts_said(table))
