"""`check` on a report: the claims of its text and tables, beside what its budget table says.

Which figures claim what is `claims`' business; what a finding weighs is decided here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from budgetcli.analysis.programmes import coverage_of
from budgetcli.claims.across import Differing, differing
from budgetcli.claims.claim import Claim, Verdict
from budgetcli.claims.figures import SHARE
from budgetcli.claims.find import claims_in
from budgetcli.claims.statements import statements_of
from budgetcli.errors import TableError
from budgetcli.fields import AMOUNTS
from budgetcli.i18n import Sentence, say, say_count
from budgetcli.model import BudgetTable, Document, Finding, Place, Severity

_CODES = {
    Verdict.WRONG: ("claim_mismatch", Severity.ERROR),
    Verdict.ROUNDED: ("claim_rounding", Severity.NOTE),
    Verdict.RIGHT: ("claim_right", Severity.NOTE),
    Verdict.UNSURE: ("claim_unsure", Severity.NOTE),
}


class Audit(NamedTuple):
    """The claims of the documents asked about; `everything`: also the right ones are findings."""

    source: str
    claims: tuple[Claim, ...]
    everything: bool = False
    documents: tuple[Document, ...] = ()
    differing: tuple[Differing, ...] = ()
    coverage: tuple[Finding, ...] = ()


def audit(
    table: BudgetTable | None,
    documents: Sequence[Document],
    problem: TableError | None = None,
    *,
    everything: bool = False,
) -> Audit | None:
    """The claims of a report; of what its budget table holds `check` has its own findings.

    None for what has no running text. `problem` is why there is no table; it
    is raised where there are no claims either.
    """
    held = _held(table) if table else frozenset()
    claims = [
        claim
        for document in documents
        for claim in claims_in(document.lines, document.tables, held)
    ]
    if problem and not claims:
        raise problem
    names = ", ".join(document.source for document in documents)
    statements = [statements_of(document.lines) for document in documents]
    changed = [one for old, new in pairwise(statements) for one in differing(old, new)]
    if not documents:
        return None
    covered = tuple(_covered(documents, table)) if table else ()
    return Audit(names, tuple(claims), everything, tuple(documents), tuple(changed), covered)


def _covered(documents: Sequence[Document], table: BudgetTable) -> Iterator[Finding]:
    """Divisions' budgets beside the programmes told of: these need not be all, so no error."""
    places = {row.labels.get("division"): row.place for row in table.rows}
    for one in coverage_of(documents, table):
        yield Finding(
            "coverage",
            Severity.NOTE,
            say_count(
                "{count} programme of it is told of: {names}",
                "{count} programmes of it are told of: {names}",
                len(one.programmes),
                names=", ".join(one.programmes),
            ),
            places[one.division],
            division=one.division,
            column="budget",
            printed=one.budget,
            computed=one.told,
        )


def _held(table: BudgetTable) -> frozenset[Place]:
    """The tables that `check` recomputes itself: those with a column it knows."""
    known = any(map(table.has, AMOUNTS))
    return frozenset(row.place._replace(row=None) for row in table.rows if known)


def findings_of(audit: Audit) -> list[Finding]:
    """One finding a claim that is off, or where everything is asked for a claim of any verdict.

    And one for every figure that two documents give differently, and for every division whose
    programmes are told of.
    """
    told = [
        claim
        for claim in audit.claims
        if audit.everything or claim.verdict in (Verdict.WRONG, Verdict.ROUNDED)
    ]
    return [*map(_finding, told), *map(_changed, audit.differing), *audit.coverage]


def _changed(one: Differing) -> Finding:
    """Two reports of one day should say the same; of two days they may not."""
    old, new = one.old, one.new
    said = say(
        "{label}: {new}, but {old} in {where}",
        label=" › ".join(filter(None, (new.title, new.label))),
        new=new.figure.text,
        old=old.figure.text,
        where=old.place,
    )
    severity = Severity.WARNING if one.same_date else Severity.NOTE
    return Finding("figure_differs", severity, said, new.place)


def recomputed(audit: Audit) -> int:
    """How many claims could be told right or wrong."""
    return sum(claim.verdict is not Verdict.UNSURE for claim in audit.claims)


def facts_of(audit: Audit) -> list[Mapping[str, object]]:
    """The claims for programs, every text as printed; what cannot be told only on request."""
    return [
        _facts(claim)
        for claim in audit.claims
        if audit.everything or claim.verdict is not Verdict.UNSURE
    ]


def _facts(claim: Claim) -> Mapping[str, object]:
    return {
        "kind": claim.kind,
        "verdict": claim.verdict.value,
        "printed": claim.figure.text,
        "computed": claim.computed_text,
        "measure": claim.figure.measure,
        "parts": list(claim.parts),
        "text": claim.text,
        "reason": str(claim.reason),
        "where": str(claim.place),
    }


def said_of(audit: Audit) -> Sentence:
    """The headline: how many claims were recomputed, and how many of them are wrong."""
    counts = Counter(claim.verdict for claim in audit.claims)
    return say_count(
        "{count} claim of the report recomputed: {wrong} wrong, {rounded} right within rounding",
        "{count} claims of the report recomputed: {wrong} wrong, {rounded} right within rounding",
        recomputed(audit),
        wrong=counts[Verdict.WRONG],
        rounded=counts[Verdict.ROUNDED],
    )


def _finding(claim: Claim) -> Finding:
    code, severity = _CODES[claim.verdict]
    is_share = claim.figure.measure == SHARE
    return Finding(
        code,
        severity,
        _message(claim),
        claim.place,
        printed=claim.figure.value if is_share else None,
        computed=claim.computed if is_share else None,
    )


def _message(claim: Claim) -> Sentence:
    """What is printed, what follows from what, and the sentence it stands in."""
    if claim.computed is None:
        return say(
            "{printed}: {reason}: “{text}”",
            printed=claim.figure.text,
            reason=claim.reason,
            text=claim.text,
        )
    return say(
        "{printed} is printed, {computed} follows from {parts}: {reason}: “{text}”",
        printed=claim.figure.text,
        computed=claim.computed_text,
        parts=", ".join(claim.parts),
        reason=claim.reason,
        text=claim.text,
    )
