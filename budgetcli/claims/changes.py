"""Changes that a sentence prints with both ends: `902천명 → 969천명, +67천명`.

Of shares, points: `54.5% → 55.3%, +0.8%p`; as a rate: `9,623건 → 8,420건, 12.5% 감소`; against the
year before: `120억불, 전년(96억불) 대비 1.25배`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from budgetcli.claims.claim import (
    Claim,
    Judgement,
    Verdict,
    claimed,
    is_cut_off,
    is_misprint,
    is_near,
    is_rounded,
    may_round_to,
    misprints,
    rounds_to,
)
from budgetcli.claims.figures import POINTS, SHARE, TIMES, Figure, figures_in
from budgetcli.claims.statements import Statement
from budgetcli.i18n import say
from budgetcli.patterns import lazy

_ARROW = lazy(r"\s*(?:→|⇒|⇨|➔|->|=>)[^\d+△▲]{0,10}(?:[(’'‘]*\d\d[.)년]*\)?)?\s*$")
_FROM = lazy(r"(?i:\bfrom)\s$")
_TO = lazy(r"\s?에서\s(?:[’'‘]?\d{2,4}년\s)?[^\d]{0,10}|\s(?i:to)\s")
_INTO = lazy(r"(?:으로|로)\s[^\d.]{0,12}$")
_SAID_UP = lazy(r"(?i:\b(?:increase|rise|growth) of|\bup(?: by)?)\s$")
_SAID_DOWN = lazy(r"(?i:\b(?:decrease|reduction|fall|drop) of|\bdown(?: by)?)\s$")
_ASIDE = lazy(r"(?i:,? (?:an?|or|up|down)\b[^\d.]{0,24})$")
_FOLLOWS = lazy(r"\s*[,(]\s*(?:증감|증|감|차이)?\s*$")
_BEHIND = lazy(r"\s*[,(]?\s*(?:약\s*)?$")
_UP = lazy(r"\s*(?:증가|증액|증|늘|상승|향상|확대|성장|↑)")
_DOWN = lazy(r"\s*(?:감소|감액|감축|감(?!축)|줄|하락|축소|절감|↓)")
_OPENS = lazy(r"[가-힣\s]{1,8}\(\s*(?:[(’'‘]*\d\d[.)년]*\)?\s*)?$")
_THAN_BEFORE = lazy(r"(?:전년|작년|지난해|전년도)[^\d]{0,6}$")
_THAN = lazy(r"\)?\s*(?:대비|보다|,)\s*$")
_PER_CENT = (SHARE, POINTS)
_HUNDRED = 100


def changes_in(statements: Sequence[Statement]) -> Iterator[Claim]:
    """Every change of a report, in reading order."""
    for statement in statements:
        figures = figures_in(statement.text)
        for one, two, three in zip(figures, figures[1:], figures[2:], strict=False):
            yield from _of_three(statement, one, two, three)
        for number, (old, change) in enumerate(pairwise(figures)):
            new = _last_of(old.measure, figures[:number])
            if new and _is_than_before(statement.text, old, change):
                yield _rate(statement, (old, new), change, firm=False)


def _of_three(statement: Statement, one: Figure, two: Figure, three: Figure) -> Iterator[Claim]:
    text = statement.text
    if _leads_to(text, one, two) or _goes_to(text, one, two):
        if _is_difference(text, two, three):
            yield _difference(statement, (one, two), three)
        elif _is_rate(text, two, three) and _is_behind(text[two.end : three.start]):
            yield _rate(statement, (one, two), three)
    opened = _OPENS.fullmatch(text[one.end : two.start])
    if opened and _leads_to(text, two, three) and _is_rate(text, three, one):
        yield _rate(statement, (two, three), one)


def _leads_to(text: str, old: Figure, new: Figure) -> bool:
    between = text[old.end : new.start]
    return old.measure == new.measure and _ARROW.search(between) is not None


def _goes_to(text: str, old: Figure, new: Figure) -> bool:
    """`312명에서 287명으로`, `from £18.5m to £14.8m`."""
    between = text[old.end : new.start]
    said = "에서" in between or _FROM.search(text[: old.start]) is not None
    return old.measure == new.measure and said and _TO.fullmatch(between) is not None


def _is_behind(between: str) -> bool:
    """Whether a rate stands right behind the new figure: `(6.0%`, `로 6.0%`, `, an increase of`."""
    return any(form.fullmatch(between) for form in (_BEHIND, _INTO, _ASIDE))


def _is_difference(text: str, new: Figure, change: Figure) -> bool:
    """Signed, or said to be more or less: `(25명 감소)`."""
    expected = POINTS if new.measure == SHARE else new.measure
    said = change.signed or _turn(text, change) != 0
    behind = _FOLLOWS.fullmatch(text[new.end : change.start])
    return said and change.measure == expected and behind is not None


def _is_rate(text: str, new: Figure, change: Figure) -> bool:
    """Times, or per cent more or less; of shares that would not be said to be no points."""
    turned = change.measure == SHARE and (change.signed or _turn(text, change) != 0)
    return new.measure != SHARE and (turned or change.measure == TIMES)


def _turn(text: str, change: Figure) -> int:
    """1 where the text says more behind a figure (in English before it), -1 for less, else 0."""
    before, behind = text[: change.start], text[change.end :]
    if _DOWN.match(behind) or _SAID_DOWN.search(before):
        return -1
    return 1 if _UP.match(behind) or _SAID_UP.search(before) else 0


def _last_of(measure: str, figures: Sequence[Figure]) -> Figure | None:
    return next((one for one in reversed(figures) if one.measure == measure), None)


def _is_than_before(text: str, old: Figure, change: Figure) -> bool:
    """`전년(96억불) 대비 1.25배`"""
    return (
        _is_rate(text, old, change)
        and _THAN_BEFORE.search(text[: old.start]) is not None
        and _THAN.fullmatch(text[old.end : change.start]) is not None
    )


def _difference(statement: Statement, ends: tuple[Figure, Figure], change: Figure) -> Claim:
    old, new = ends
    computed = new.value - old.value
    printed = change.value if change.signed else change.value * _turn(statement.text, change)
    missed = abs(printed - computed)
    rounded = (one for one in (old, new, change) if is_rounded(one) or one.measure in _PER_CENT)
    room = sum((one.grain for one in rounded), Fraction(0)) / 2
    if not missed:
        verdict, reason = Verdict.RIGHT, say("it is the difference of the two")
    elif old.vague or new.vague or change.vague:
        verdict, reason = Verdict.UNSURE, say("a figure is only given as about so much")
    elif missed < room:
        verdict, reason = Verdict.ROUNDED, say("it is the difference of the two within rounding")
    else:
        verdict, reason = Verdict.WRONG, say("it is not the difference of the two")
    parts = (old.text, new.text)
    return claimed("difference", statement, parts, change, computed, (verdict, reason))


def _rate(
    statement: Statement, ends: tuple[Figure, Figure], change: Figure, *, firm: bool = True
) -> Claim:
    old, new = ends
    formula = _times if change.measure == TIMES else _growth
    turn = _turn(statement.text, change) if change.measure == SHARE and not change.signed else 1
    computed = formula(new.value, old.value) * turn if old.value else None
    verdict = _rate_verdict(ends, change, computed, firm)
    return claimed("growth", statement, (old.text, new.text), change, computed, verdict)


def _rate_verdict(
    ends: tuple[Figure, Figure], change: Figure, computed: Fraction | None, firm: bool
) -> Judgement:
    old, new = ends
    formula = _times if change.measure == TIMES else _growth
    same_side = computed is not None and computed * change.value >= 0
    if computed is not None and same_side and rounds_to(computed, change):
        return Verdict.RIGHT, say("it is the growth from one to the other")
    if computed is None or old.vague or new.vague or change.vague:
        return Verdict.UNSURE, say("a figure is only given as about so much")
    if is_cut_off(computed, change):
        said = say("it is the growth from one to the other, cut off and not rounded")
        return Verdict.ROUNDED, said
    if may_round_to(formula, new, old, change):
        return Verdict.ROUNDED, say("it is the growth from one to the other within rounding")
    if firm or is_near(computed, change) or is_misprint(computed, change) or _is_end(ends, change):
        return Verdict.WRONG, say("it is not the growth from one to the other")
    return Verdict.UNSURE, say("it may be the growth of something else")


def _is_end(ends: tuple[Figure, Figure], change: Figure) -> bool:
    """Whether one other digit in one of the ends gives a rate that is printed with decimals."""
    formula = _times if change.measure == TIMES else _growth
    old, new = ends
    others = [formula(new.value, one) for one in misprints(old) if one]
    others += [formula(one, old.value) for one in misprints(new)]
    return change.grain < 1 and any(rounds_to(one, change) for one in others if one >= 0)


def _times(new: Fraction, old: Fraction) -> Fraction:
    return new / old


def _growth(new: Fraction, old: Fraction) -> Fraction:
    return (new - old) / old * _HUNDRED
