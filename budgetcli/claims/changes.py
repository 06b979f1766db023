"""Changes that a sentence prints with both ends: `902천명 → 969천명, +67천명`.

Of shares, points: `54.5% → 55.3%, +0.8%p`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from budgetcli.claims.claim import Claim, Verdict
from budgetcli.claims.figures import POINTS, SHARE, Figure, figures_in
from budgetcli.claims.statements import Statement
from budgetcli.i18n import say
from budgetcli.patterns import lazy

_ARROW = lazy(r"\s*(?:→|⇒|⇨|➔|->|=>)[^\d+△▲]{0,10}(?:[(’'‘]*\d\d[.)년]*\)?)?\s*$")
_FOLLOWS = lazy(r"\s*[,(]\s*(?:증감|증|감|차이)?\s*$")


def changes_in(statements: Sequence[Statement]) -> Iterator[Claim]:
    """Every change of a report, in reading order."""
    for statement in statements:
        figures = figures_in(statement.text)
        for old, new, change in zip(figures, figures[1:], figures[2:], strict=False):
            if _is_change(statement.text, old, new, change):
                yield _claim(statement, old, new, change)


def _is_change(text: str, old: Figure, new: Figure, change: Figure) -> bool:
    expected = POINTS if new.measure == SHARE else new.measure
    return (
        change.signed
        and old.measure == new.measure
        and change.measure == expected
        and _ARROW.search(text[old.end : new.start]) is not None
        and _FOLLOWS.fullmatch(text[new.end : change.start]) is not None
    )


def _claim(statement: Statement, old: Figure, new: Figure, change: Figure) -> Claim:
    computed = new.value - old.value
    missed = abs(change.value - computed)
    room = (old.grain + new.grain + change.grain) / 2
    if not missed:
        verdict, reason = Verdict.RIGHT, say("it is the difference of the two")
    elif old.vague or new.vague or change.vague:
        verdict, reason = Verdict.UNSURE, say("a figure is only given as about so much")
    elif missed < room and change.measure == POINTS:
        verdict, reason = Verdict.ROUNDED, say("it is the difference of the two within rounding")
    else:
        verdict, reason = Verdict.WRONG, say("it is not the difference of the two")
    return Claim(
        kind="difference",
        text=statement.text,
        place=statement.place,
        parts=(old.text, new.text),
        computed=computed,
        verdict=verdict,
        reason=reason,
        figure=change,
    )
