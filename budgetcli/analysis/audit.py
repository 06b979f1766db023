"""`check` on a report: the claims of its text and tables, beside what its budget table says.

Which figures claim what is `claims`' business; what a finding weighs is decided here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from budgetcli.claims.claim import Claim, Verdict
from budgetcli.claims.figures import SHARE
from budgetcli.i18n import Sentence, say, say_count
from budgetcli.model import Finding, Severity

_CODES = {
    Verdict.WRONG: ("claim_mismatch", Severity.ERROR),
    Verdict.ROUNDED: ("claim_rounding", Severity.NOTE),
    Verdict.RIGHT: ("claim_right", Severity.NOTE),
    Verdict.UNSURE: ("claim_unsure", Severity.NOTE),
}
_TOLD = (Verdict.WRONG, Verdict.ROUNDED)


def claims_told(claims: Sequence[Claim], *, everything: bool) -> list[Claim]:
    """The claims worth telling: those that are off; all of them where everything is asked for."""
    return [claim for claim in claims if everything or claim.verdict in _TOLD]


def findings_of(claims: Sequence[Claim]) -> list[Finding]:
    """One finding a claim; shares have their figures apart, the others in the words."""
    return [_finding(claim) for claim in claims]


def counts_of(claims: Sequence[Claim]) -> dict[str, int]:
    """How many claims came out which way."""
    return {
        verdict.value: sum(claim.verdict is verdict for claim in claims) for verdict in Verdict
    }


def facts_of(claims: Sequence[Claim]) -> list[Mapping[str, object]]:
    """The claims for programs: every text as printed, the figures in their measure."""
    return [
        {
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
        for claim in claims
    ]


def said_of(claims: Sequence[Claim]) -> Sentence:
    """The headline: how many claims were recomputed, and how many of them are wrong."""
    counts = counts_of(claims)
    sure = len(claims) - counts[Verdict.UNSURE.value]
    wrong = counts[Verdict.WRONG.value]
    return say_count(
        "{count} claim of the report recomputed: {wrong} wrong, {rounded} right within rounding",
        "{count} claims of the report recomputed: {wrong} wrong, {rounded} right within rounding",
        sure,
        wrong=wrong,
        rounded=counts[Verdict.ROUNDED.value],
    )


def _finding(claim: Claim) -> Finding:
    code, severity = _CODES[claim.verdict]
    is_share = claim.figure.measure == SHARE
    return Finding(
        code,
        severity,
        _message(claim),
        claim.place,
        printed=Fraction(claim.figure.value) if is_share else None,
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
