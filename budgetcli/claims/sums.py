"""Sums that a sentence prints with their parts: in brackets behind the total, or in lines below it.

`16,222백만원(인프라 10,064, 패션위크 5,458, 글로벌 패션브랜드 육성 700)`
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from budgetcli.claims.claim import Claim, Verdict, is_sum_cut_off, one_digit_apart, rounding_room
from budgetcli.claims.figures import BARE, POINTS, SHARE, TIMES, Figure, figures_in
from budgetcli.claims.items import Item, Items, list_in, unbracketed
from budgetcli.claims.statements import Statement
from budgetcli.i18n import Sentence, say
from budgetcli.patterns import lazy

_GROUP = lazy(r"\((?P<inner>[^()]*(?:\([^()]*\)[^()]*)*)\)")
_IN_ALL = lazy(
    r"(?<![가-힣])(?P<adding>(?:추가|더|합)[가-힣\s]{0,8}\s|[→⇒➔=]\s?)?(?:총|모두|합계|도합|계)\s?(?=\d)"
)
# what leaves nothing out
_HALVES = lazy(r"상반기[^.]*하반기|전반기[^.]*후반기")
_YEARS = lazy(r"(?<!\d)(\d)\s?(?:개년|년간)")
_YEAR = lazy(r"[’'‘]\d\d|(?:19|20)\d\d|[전작금올]년|지난해")
_SAID_ALL = lazy(r"(?<![가-힣])(?:총|모두|합계|도합|누적|누계)\s?$")
_LINK = lazy(r"[^\d,.]{0,32}")
_NEAR = Fraction(1, 5)
_RATES = (SHARE, POINTS, TIMES)
_TEN = 10


def sums_in(statements: Sequence[Statement]) -> Iterator[Claim]:
    """Every sum of a report, in reading order."""
    children: dict[int, list[int]] = {}
    for number, statement in enumerate(statements):
        if statement.parent is not None and statement.mark != "※":
            children.setdefault(statement.parent, []).append(number)
    for number, statement in enumerate(statements):
        yield from _in_brackets(statement)
        yield from _behind_colon(statement)
        yield from _in_all(statement)
        below = [statements[child] for child in children.get(number, ())]
        yield from _in_lines(statement, below)
        if follower := _follower(statements, number):
            yield from _beside(statement, follower)


def _in_brackets(statement: Statement) -> Iterator[Claim]:
    figures = figures_in(statement.text)
    for group in _GROUP.finditer(statement.text):
        listed = list_in(group["inner"])
        if listed is None or len(listed.items) < 2:
            continue
        before = [figure for figure in figures if figure.end <= group.start()]
        for total in _totals(statement.text, before, group.start(), listed):
            firm = _is_firm(listed, statement.text[: total.start])
            yield from _claim(statement, total, listed, firm=firm)


def _behind_colon(statement: Statement) -> Iterator[Claim]:
    """`신성장산업(88개) : 바이오 30, 인공지능 15, 로봇 10`"""
    head, colon, rest = statement.text.partition(" : ")
    listed = list_in(_body(rest)) if colon else None
    totals = _counted(head)
    if listed and len(totals) == 1 and len(listed.items) >= 2 and listed.clean:
        yield from _claim(statement, totals[0], listed, firm=_is_firm(listed))


def _in_all(statement: Statement) -> Iterator[Claim]:
    """`상반기 35억원 출자, 하반기 65억원 추가 출자하여 총 100억원`: wrong only where added."""
    found = _IN_ALL.search(statement.text)
    if not found:
        return
    figures = _counted(_body(statement.text))
    total = next((figure for figure in figures if figure.start >= found.start()), None)
    parts = [figure for figure in figures if total and figure.end <= found.start()]
    listed = Items(tuple(Item("", (part,)) for part in parts), False, False)
    if total and len(parts) >= 2 and {part.measure for part in parts} == {total.measure}:
        firm = found["adding"] is not None or _is_all(statement.text, parts, found)
        yield from _claim(statement, total, listed, firm=firm)


def _is_all(text: str, parts: Sequence[Figure], found: re.Match[str]) -> bool:
    """Whether nothing is left out: both halves, as many years as are said, `A동, B동 합계`."""
    years = _YEARS.search(text[: parts[0].start])
    added = found[0].strip() in ("합계", "도합") and not text[: found.start()].endswith("등 ")
    return added or bool(_HALVES.search(text)) or bool(years and int(years[1]) == len(parts))


def _follower(statements: Sequence[Statement], number: int) -> Statement | None:
    """The next statement of the same level."""
    here = statements[number]
    for statement in statements[number + 1 :]:
        if statement.parent == here.parent and statement.mark == here.mark:
            return statement
        if statement.mark != "※":
            return None
    return None


def _beside(statement: Statement, follower: Statement) -> Iterator[Claim]:
    """`26개 운용사 1조 482억원` and then `24개 펀드(9,607억원) 완료, 2개 펀드(875억원) 예정`.

    Two lines side by side are parts and whole only where one measure adds up; then all must.
    """
    listed = list_in(_body(follower.text))
    if listed is None or len(listed.items) < 2:
        return
    totals = _counted(_body(statement.text))
    claims = list(_of_totals(statement, totals, listed, follower))
    if len(claims) > 1 and any(claim.verdict is Verdict.RIGHT for claim in claims):
        yield from claims


def _counted(text: str) -> list[Figure]:
    """The figures of a text that may be sums: no rates, no bare numbers."""
    return [one for one in figures_in(unbracketed(text)) if one.measure not in (*_RATES, BARE)]


def _totals(text: str, before: Sequence[Figure], start: int, listed: Items) -> Iterator[Figure]:
    """The figures in front of a bracket that it may part: the nearest of each measure."""
    measures = {figure.measure for item in listed.items for figure in item.figures}
    for measure in measures - {BARE}:
        same = [figure for figure in before if figure.measure == measure]
        yield from same[-1:]
    if measures == {BARE} and before:
        last = before[-1]
        if _LINK.fullmatch(text[last.end : start]) and last.measure not in _RATES:
            yield last


def _is_firm(listed: Items, before: str = "") -> bool:
    """Whether nothing but names and figures stands there.

    Years may be other years' figures, but not behind what is said to be the total.
    """
    named = all(item.label for item in listed.items)
    years = all(_YEAR.match(item.label) for item in listed.items)
    return (
        listed.clean and not listed.open and named and (not years or bool(_SAID_ALL.search(before)))
    )


def _in_lines(statement: Statement, below: Sequence[Statement]) -> Iterator[Claim]:
    """Parts in the line below that is one list, or in the lines below that are an item each."""
    totals = _counted(_body(statement.text))
    if not totals or not below:
        return
    lists = [(child, listed) for child in below if (listed := list_in(_body(child.text)))]
    for child, listed in lists:
        if len(listed.items) >= 2 and listed.clean:
            yield from _of_totals(statement, totals, listed, child)
    alone = [listed for _, listed in lists if len(listed.items) == 1 and _has_label(listed)]
    if len(alone) == len(below) >= 2:
        items = tuple(item for listed in alone for item in listed.items)
        yield from _of_totals(statement, totals, Items(items, False, False), below[0])


def _body(text: str) -> str:
    return text.partition("※")[0]


def _has_label(listed: Items) -> bool:
    return bool(listed.items[0].label)


def _of_totals(
    statement: Statement, totals: Sequence[Figure], listed: Items, child: Statement
) -> Iterator[Claim]:
    """The claims of one list on the totals above it; a total that is met vouches for the others."""
    pairs = [(total, parts) for total in totals if (parts := _parts(total, listed.items))]
    met = {total.measure for total, parts in pairs if total.value == _sum(parts)}
    for total, parts in pairs:
        rivals = [other for other in totals if other.measure == total.measure]
        named = _is_named(statement.text, total, child.text)
        if named or len(rivals) == 1 or total.value == _sum(parts):
            sure = named or len(listed.items) > 2 or _is_misprint(total, parts)
            firm = (_is_firm(listed) and sure) or bool(met)
            yield from _claim(statement, total, listed, firm=firm, child=child)


def _is_misprint(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether one digit is all that keeps figures of four digits and more from adding up."""
    figures = (total, *parts)
    finest = min((one.grain for one in figures), default=Fraction(1))
    steps = [int(one.value / finest) for one in figures]
    while steps and not any(step % _TEN for step in steps):
        steps = [step // _TEN for step in steps]
    precise = steps[0] >= _TEN**3
    return precise and one_digit_apart(figures, total.value - _sum(parts))


def _is_named(text: str, total: Figure, below: str) -> bool:
    """Whether the line below starts with what the total counts: `88개 참여기관`."""
    name, colon, _ = below.partition(":")
    return bool(colon) and text[total.end :].lstrip().startswith(name.strip())


def _parts(total: Figure, items: Sequence[Item]) -> list[Figure] | None:
    """One part an item, at the total's scale where it is bare; None where an item has none."""
    found = [item.of(total.measure) for item in items]
    if len(found) < 2 or any(part is None for part in found):
        return None
    return [_scaled(part, total) for part in found if part is not None]


def _scaled(part: Figure, total: Figure) -> Figure:
    if part.measure != BARE or part.scale != 1:
        return part
    return part._replace(
        value=part.value * total.scale, grain=part.grain * total.scale, scale=total.scale
    )


def _sum(parts: Sequence[Figure]) -> Fraction:
    return sum((part.value for part in parts), Fraction(0))


def _claim(
    statement: Statement,
    total: Figure,
    listed: Items,
    *,
    firm: bool,
    child: Statement | None = None,
) -> Iterator[Claim]:
    parts = _parts(total, listed.items)
    if parts is None:
        return
    verdict, reason = _verdict(total, parts, listed, firm)
    text = statement.text if child is None else f"{statement.text} / {child.text}"
    yield Claim(
        kind="sum",
        text=text,
        place=statement.place,
        parts=tuple(
            f"{item.label} {part.text}".strip()
            for item, part in zip(listed.items, parts, strict=True)
        ),
        computed=_sum(parts),
        verdict=verdict,
        reason=reason,
        figure=total,
    )


def _overlap(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether the first parts make the total, or the last: 300명(남 140, 여 160, 장애인 12)."""
    values = [part.value for part in parts]
    return any(
        total.value in (sum(values[:cut]), sum(values[-cut:])) for cut in range(2, len(values))
    )


def _verdict(
    total: Figure, parts: Sequence[Figure], listed: Items, firm: bool
) -> tuple[Verdict, Sentence]:
    difference = total.value - _sum(parts)
    if not difference:
        return Verdict.RIGHT, say("the parts add up to it")
    if total.loose or any(part.loose for part in parts):
        return Verdict.UNSURE, say("a figure is only given as about so much")
    if listed.open:
        return Verdict.UNSURE, say("the parts are said not to be all of them")
    if abs(difference) <= rounding_room(total, parts):
        return Verdict.ROUNDED, say("the parts add up to it within rounding")
    if is_sum_cut_off(total, parts):
        return Verdict.ROUNDED, say("the parts add up to it, cut off and not rounded")
    if _overlap(total, parts):
        return Verdict.UNSURE, say("some of the parts are all of it")
    near = abs(difference) <= _NEAR * abs(total.value) or one_digit_apart(
        (total, *parts), difference
    )
    if firm and near:
        return Verdict.WRONG, say("the parts do not add up to it")
    return Verdict.UNSURE, say("the figures may not be its parts")
