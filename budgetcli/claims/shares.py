"""Shares and rates of attainment that a sentence prints with what they are shares of.

`878명 매칭(67.5%)` beside `목표 : 1,300명 매칭`; `162개사(입주율 80.5%)` under `입주계약 201개사`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from budgetcli.claims.claim import Claim, Verdict, rounds_to
from budgetcli.claims.figures import SHARE, Figure, figures_in
from budgetcli.claims.statements import Statement
from budgetcli.i18n import Sentence, say
from budgetcli.patterns import lazy

# the share in brackets right behind what is counted, a noun or two between them
_IN_BRACKETS = lazy(
    r"[가-힣A-Za-z·\s]{0,12}\(\s?(?P<label>[가-힣\s]{0,10}?)(?P<share>\d[\d.]*\s?[%％])\s?\)"
)
_AGAINST_GOAL = lazy(r"(?:목표|계획)\s?대비\s?(?P<share>\d[\d.]*\s?[%％])")
_GOAL = lazy(r"(?:목표|계획)[가-힣]{0,3}\s?:\s?")
_NEAR = 1
_ALL = 100


def shares_in(statements: Sequence[Statement]) -> Iterator[Claim]:
    """Every share of a report, in reading order."""
    for number, statement in enumerate(statements):
        figures = figures_in(statement.text)
        for part, share in _shared(statement.text, figures):
            yield _share(statements, number, part, share)
        for part, share in _against_goal(statement.text, figures):
            if goals := _goals(_section(statements, number), part):
                yield _judged(statement, "ratio", part, share, goals, firm=True)


def _shared(text: str, figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Figures with the share that stands in brackets behind them."""
    for part in figures:
        found = _IN_BRACKETS.match(text, part.end)
        share = _at(figures, found.start("share")) if found else None
        if share and share.measure == SHARE and part.measure != SHARE and share.value < _ALL:
            yield part, share


def _against_goal(text: str, figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    for found in _AGAINST_GOAL.finditer(text):
        share = _at(figures, found.start("share"))
        before = [one for one in figures if one.end <= found.start() and one.measure != SHARE]
        if share and before:
            yield before[-1], share


def _at(figures: Sequence[Figure], start: int) -> Figure | None:
    return next((figure for figure in figures if figure.start <= start < figure.end), None)


def _share(statements: Sequence[Statement], number: int, part: Figure, share: Figure) -> Claim:
    """A share against the goals that are named near it, else against the figures around it."""
    near = _near(statements, number)
    if goals := _goals(near, part):
        return _judged(statements[number], "ratio", part, share, goals, firm=True)
    bases = [
        figure
        for statement in near
        for figure in figures_in(statement.text)
        if figure.measure == part.measure and figure.value > part.value
    ]
    return _judged(statements[number], "share", part, share, bases, firm=len(bases) == 1)


def _near(statements: Sequence[Statement], number: int) -> list[Statement]:
    """The statement, those it hangs on and those that hang on it."""
    parents = []
    parent = statements[number].parent
    while parent is not None and statements[parent].mark not in ("□", "■"):
        parents.append(statements[parent])
        parent = statements[parent].parent
    below = [one for one in statements[number + 1 :][:6] if one.parent == number]
    return [statements[number], *below, *parents]


def _section(statements: Sequence[Statement], number: int) -> list[Statement]:
    """The statement and those above it, the nearest first, as far as a chapter may reach."""
    return [*statements[max(0, number - 40) : number + 2]][::-1]


def _goals(statements: Sequence[Statement], part: Figure) -> list[Figure]:
    """Figures of the same measure behind a word for goal, of the nearest statement that has one."""
    for statement in statements:
        found = _GOAL.search(statement.text)
        goals = [
            figure
            for figure in figures_in(statement.text)
            if found and figure.start >= found.end() and figure.measure == part.measure
        ]
        if goals:
            return goals
    return []


def _judged(
    statement: Statement,
    kind: str,
    part: Figure,
    share: Figure,
    bases: Sequence[Figure],
    *,
    firm: bool,
) -> Claim:
    base, computed, verdict, reason = _verdict(part, share, bases, firm)
    return Claim(
        kind=kind,
        text=statement.text,
        place=statement.place,
        parts=(part.text, base.text) if base else (part.text,),
        computed=computed,
        verdict=verdict,
        reason=reason,
        figure=share,
    )


def _verdict(
    part: Figure, share: Figure, bases: Sequence[Figure], firm: bool
) -> tuple[Figure | None, Fraction | None, Verdict, Sentence]:
    rates = [(base, part.value / base.value * _ALL) for base in bases if base.value]
    for base, rate in rates:
        if rounds_to(rate, share):
            return base, rate, Verdict.RIGHT, say("it follows from {base}", base=base.text)
    if not rates:
        return None, None, Verdict.UNSURE, say("what it is a share of is not said near it")
    base, rate = min(rates, key=lambda found: abs(found[1] - share.value))
    if part.vague or base.vague or share.vague:
        return base, rate, Verdict.UNSURE, say("a figure is only given as about so much")
    if firm:
        return base, rate, Verdict.WRONG, say("it does not follow from {base}", base=base.text)
    return base, rate, Verdict.UNSURE, say("it may be a share of something else")
