"""Shares and rates of attainment that a sentence prints with what they are shares of.

`878명 매칭(67.5%)` beside `목표 : 1,300명 매칭`; `162개사(입주율 80.5%)` under `입주계약 201개사`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from budgetcli.claims.breakdown import IN_BRACKETS, breakdowns_in
from budgetcli.claims.claim import (
    Claim,
    Verdict,
    claimed,
    followed,
    is_misprint,
    is_near,
    may_round_to,
    misprints,
    rounds_to,
    written_as,
)
from budgetcli.claims.figures import SHARE, Figure, figures_in
from budgetcli.claims.statements import CIRCLED, Statement, title_of
from budgetcli.i18n import Sentence, say
from budgetcli.patterns import lazy

_AGAINST_GOAL = lazy(r"(?:목표|계획)\s?대비\s?(?P<share>\d[\d.]*\s?[%％])")
# part, base and share side by side: 625백만원 / 1,200백만원 (52.1%), 12 of 18 proposals (66.7%)
_OUT_OF = lazy(r"[가-힣\s]{0,8}/\s?(?:[가-힣]{1,6}\s?)?|\s(?i:of|out of)\s(?:the\s)?")
# 4,218명(현원 4,987명의 84.6%), 8,430명 중개(목표 8,000명 대비 105.4%)
_OPENED = lazy(r"[가-힣A-Za-z·\s]{0,12}\(\s?[가-힣\s]{0,10}")
_SHARE_OF = lazy(r"\s?(?:의|중|대비)\s?")
# £4.3m (2.0% of the net budget of £214.6m)
_OF_THE = lazy(r"\s(?i:of)\s(?:[A-Za-z]+\s){0,6}")
_GOAL = lazy(r"(?:목표|계획)[가-힣]{0,3}\s?:\s?")
_ATTAINED = lazy(r"달성|목표|계획|진도|이행")
_OF = lazy(r"[가-힣\s]{0,8}(?:중|가운데|대비)(?![가-힣])")
_OF_WHAT = lazy(r"([가-힣]{2,})(?:의|\s?중|\s?대비)(?![가-힣])")
_TURN = lazy(
    r"\s?(?:증|감|늘|줄|상승|하락|인상|인하|오[르른]|올[랐라]|내[리린]|높|낮|↑|↓|향상|개선|확대|축소|절감"
    r"|(?i:to |increase|decrease|more|less|higher|lower))"
)
_FALLS = lazy(r"감|줄|하락|인하|내[리린]|낮|↓|축소|절감|(?i:decrease|less|lower)")
_FALLEN = lazy(r"(?i:fell|fall|down|cut|decline)")
_THAN = lazy(
    r"(?:(?:전년|작년|지난해|전년도|전월|전분기|동기|당초|기존)[^\d]{0,8}대비|보다|비해|(?i:\bby))\s[가-힣]{0,4}\s?$"
)
_RATE_NAME = lazy(r"(?P<stem>[가-힣]{2,}?)\s?비?[율률]")
_BEFORE = 12
_ASIDES = lazy(r"\([^()]*\)")
_WHOLE = lazy(
    r"(?:목표|계획|예산|예산현액|정원|대상|접수|신청|전체|총|계|(?i:(?:[a-z]+\s)?"
    r"(?:budget|target|total|received|submitted|planned)))(?=$|[\s:,])"
)
_BESIDE = 10
_LONGEST_SECTION = 60
_ALL = 100


def shares_in(statements: Sequence[Statement]) -> Iterator[Claim]:
    """Every share of a report, in reading order."""
    for number, statement in enumerate(statements):
        figures = figures_in(statement.text)
        together = [*breakdowns_in(statement, figures)]
        together += _side_by_side(statement, figures)
        yield from together
        done = {claim.figure for claim in together}
        for shared in _shared(statement.text, figures):
            if shared.share not in done:
                yield _share(statements, number, shared)
        for part, share in _against_goal(statement.text, figures):
            if goals := _goals(_section(statements, number), part):
                alone = len({goal.value for goal in goals}) == 1
                yield _judged(statement, "ratio", _Shared(part, share, alone), goals)


def _side_by_side(statement: Statement, figures: Sequence[Figure]) -> Iterator[Claim]:
    """Shares whose part and base stand right there: `A / B (p%)`, `A(B의 p%)`, `A (p% of B)`."""
    text = statement.text
    for one, two, three in zip(figures, figures[1:], figures[2:], strict=False):
        first, second = text[one.end : two.start], text[two.end : three.start]
        found = IN_BRACKETS.match(text, two.end)
        bracketed = found is not None and found.start("share") == three.start
        opened = _OPENED.fullmatch(first) is not None
        said = opened and _SHARE_OF.fullmatch(second) and not _TURN.match(text, three.end)
        if said or (bracketed and _OUT_OF.fullmatch(first)):
            part, base, share = one, two, three
        elif opened and _OF_THE.fullmatch(second):
            part, base, share = one, three, two
        else:
            continue
        if part.measure == base.measure != SHARE == share.measure:
            shared = _Shared(part, share, firm=True)
            yield _judged(statement, "share", shared, [base])


class _Shared(NamedTuple):
    """A figure and its share; `firm`: what it is a share of is said, so it can be wrong."""

    part: Figure
    share: Figure
    firm: bool
    label: str = ""


def _shared(text: str, figures: Sequence[Figure]) -> Iterator[_Shared]:
    """Figures with the share in brackets behind them, firm where no other rate is named there."""
    for part in figures:
        found = IN_BRACKETS.match(text, part.end)
        share = _at(figures, found.start("share")) if found else None
        if found and share and share.measure == SHARE != part.measure and share.value < _ALL:
            label = found["label"].strip()
            yield _Shared(part, share, not label or bool(_ATTAINED.search(label)), label)


def _against_goal(text: str, figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    for found in _AGAINST_GOAL.finditer(text):
        share = _at(figures, found.start("share"))
        before = [one for one in figures if one.end <= found.start() and one.measure != SHARE]
        if share and before:
            yield before[-1], share


def _at(figures: Sequence[Figure], start: int) -> Figure | None:
    return next((figure for figure in figures if figure.start <= start < figure.end), None)


def _share(statements: Sequence[Statement], number: int, shared: _Shared) -> Claim:
    """A share against the goals that are named near it, else against the figures around it."""
    statement, near, part = statements[number], _near(statements, number), shared.part
    if goals := _goals(near, part):
        return _judged(statement, "ratio", shared, goals)
    bases = [
        (one, figure)
        for one in dict.fromkeys((*near, *_named(statements, number, shared.label)))
        for figure in figures_in(one.text)
        if figure.measure == part.measure and (one is not statement or figure.start != part.start)
    ]
    said = [base for one, base in bases if _is_said(statement, shared, one, base)]
    firm = shared._replace(firm=bool(said))
    larger = [base for _, base in bases if base.value > part.value]
    if _is_change(statement.text, shared):
        return _grown(statement, shared, said or larger)
    return _judged(statement, "share", firm, said or larger)


def _is_change(text: str, shared: _Shared) -> bool:
    """Whether the figure is what was added or taken away: `전년보다 128명(4.1%) 증가`."""
    before, behind = text[: shared.part.start], text[shared.share.end :].lstrip(") ")
    return bool(_TURN.match(behind) or _THAN.search(before))


def _grown(statement: Statement, shared: _Shared, bases: Sequence[Figure]) -> Claim:
    """A rate of growth is of what was there before: a base may be that, or what it became.

    It is never wrong: of two bases nobody knows which is meant.
    """
    part = shared.part
    text, share = statement.text, shared.share
    fell = _FALLEN.search(text[max(0, part.start - _BEFORE) : part.start])
    fallen = fell or _FALLS.match(text[share.end :].lstrip(") "))
    change = part.value if fallen else -part.value
    before = [written_as(base.value + change, base) for base in bases if base.value + change > 0]
    return _judged(statement, "growth", shared._replace(firm=False), [*bases, *before])


def _named(statements: Sequence[Statement], number: int, label: str) -> Iterator[Statement]:
    """Those beside it that speak of what the share says it is of: `정원 대비 99.6%`."""
    names = _OF_WHAT.findall(label)
    for one in statements[max(0, number - _BESIDE) : number]:
        if one.parent == statements[number].parent and any(name in one.text for name in names):
            yield one


def _is_said(statement: Statement, shared: _Shared, one: Statement, base: Figure) -> bool:
    """Whether a figure of a statement is said to be what the share is of.

    `512명 중 여성 389명`; `수급자 중 6,771가구` of `수급자 9,812가구`; `입주율` of `입주계약`.
    """
    between = statement.text[base.end : shared.part.start] if one is statement else ""
    if _OF.match(_ASIDES.sub("", between)):
        return True
    before = one.text[: base.start]
    names = _OF_WHAT.findall(statement.text[: shared.part.start] + shared.label)
    called = _RATE_NAME.fullmatch(shared.label)
    stem = called["stem"] if called else ""
    first = not any(other.measure == base.measure for other in figures_in(before))
    return (
        any(before.rstrip().endswith(name) for name in names)
        or (first and any(before.startswith(name) for name in names))
        or (bool(stem) and one is not statement and stem in before[-_BEFORE:])
        or (one is statement and _is_whole(statement.text, base, shared, stem))
    )


def _is_whole(text: str, base: Figure, shared: _Shared, stem: str) -> bool:
    """Whether the one other such figure in front is the whole, as the words beside it say.

    `목표 24.6km, 실적 23.1km (93.9%)`; `53,270건 접수, 41,018건 반환(반환율 77.0%)`.
    """
    part = shared.part
    same = [
        one for one in figures_in(text) if one.measure == part.measure and one.end <= part.start
    ]
    before, behind = text[: base.start], text[base.end : part.start]
    called = _WHOLE.search(before[-_BEFORE:]) or _WHOLE.match(behind.lstrip())
    done = bool(stem) and stem in text[part.end : shared.share.start].partition("(")[0]
    return same == [base] and (called is not None or done)


def _near(statements: Sequence[Statement], number: int) -> list[Statement]:
    """The statement, those it hangs on and those that hang on it."""
    parents = []
    parent = statements[number].parent
    while parent is not None and statements[parent].mark not in ("□", "■"):
        parents.append(statements[parent])
        parent = statements[parent].parent
    below = [one for one in statements[number + 1 :][:6] if one.parent == number]
    return [statements[number], *below, *parents]


def _section(statements: Sequence[Statement], number: int) -> Iterator[Statement]:
    """The next statement, and those above as far as the title, the nearest first."""
    yield from statements[number + 1 : number + 2]
    for one in reversed(statements[max(0, number - _LONGEST_SECTION) : number + 1]):
        yield one
        if title_of(one) and not (one.mark and one.mark[0] in CIRCLED):
            return


def _goals(statements: Iterable[Statement], part: Figure) -> list[Figure]:
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


def _judged(statement: Statement, kind: str, shared: _Shared, bases: Sequence[Figure]) -> Claim:
    base, computed, verdict, reason = _verdict(shared, bases)
    parts = [figure.text for figure in (shared.part, base) if figure]
    return claimed(kind, statement, parts, shared.share, computed, (verdict, reason))


def _verdict(
    shared: _Shared, bases: Sequence[Figure]
) -> tuple[Figure | None, Fraction | None, Verdict, Sentence]:
    part, share, firm, _ = shared
    rates = [(base, _percent(part.value, base.value)) for base in bases if base.value]
    for base, rate in rates:
        if rounds_to(rate, share):
            return base, rate, Verdict.RIGHT, say("it follows from {base}", base=base.text)
    if not rates:
        return None, None, Verdict.UNSURE, say("what it is a share of is not said near it")
    rates.sort(key=lambda found: abs(found[1] - share.value))
    meant = [found for found in rates if _is_meant(part, *found, share)]
    base, rate = (meant or rates)[0]
    if part.loose or base.loose or share.loose:
        return base, rate, Verdict.UNSURE, say("a figure is only given as about so much")
    if judged := followed(rate, share, base):
        return base, rate, *judged
    if may_round_to(_percent, part, base, share):
        return (
            base,
            rate,
            Verdict.ROUNDED,
            say("it follows from {base} within rounding", base=base.text),
        )
    alone = len(bases) == 1 and abs(rate - share.value) <= share.grain
    if alone or (firm and meant):
        return base, rate, Verdict.WRONG, say("it does not follow from {base}", base=base.text)
    return base, rate, Verdict.UNSURE, say("it may be a share of something else")


def _percent(part: Fraction, base: Fraction) -> Fraction:
    return part / base * _ALL


def _is_meant(part: Figure, base: Figure, rate: Fraction, share: Figure) -> bool:
    """Whether the share can hardly be of anything else: near it, or one digit away from it."""
    if is_near(rate, share) or is_misprint(rate, share):
        return True
    fine = share.grain < 1  # a share in whole per cent, some digit changed always gives
    return fine and (
        any(rounds_to(_percent(one, base.value), share) for one in misprints(part))
        or any(rounds_to(_percent(part.value, one), share) for one in misprints(base) if one)
    )
