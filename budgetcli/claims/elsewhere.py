"""Lists whose total stands elsewhere in their section: 88개, 18개, 50개, 7개 under `163개 과제`.

What a section prints is not all of one kind: a total that is off is wrong only where it counts
what the list is said to be of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from budgetcli.claims.budgets import section_around
from budgetcli.claims.claim import Claim, Verdict, claimed, one_digit_apart
from budgetcli.claims.figures import BARE, POINTS, SHARE, TIMES, Figure, figures_in
from budgetcli.claims.items import list_in
from budgetcli.claims.statements import Statement
from budgetcli.i18n import say
from budgetcli.patterns import lazy

_NOUN = lazy(r"\s?(?P<noun>[가-힣]{2,8})")
_NOT_THIS = lazy(r"목표|계획|누적|누계|전년|작년|지난해|신청|접수|예정|이상")
_STAFF = lazy(r"(?:직\s?종|직\s?급|직\s?렬|직군|계급)별?\s?(?:인원|현황)?\s?[:：]")
_HEADS = lazy(r"(?:정\s?원|현\s?원|총\s?원)\s?[:：]?\s?$")
_FEWEST = 3
_NO_COUNTS = (BARE, SHARE, POINTS, TIMES)


def elsewhere_in(statements: Sequence[Statement]) -> Iterator[Claim]:
    """Every list of three parts and more that makes a figure of its section."""
    for number, statement in enumerate(statements):
        parts = _parts(statement.text)
        if parts and not _has_total(statements, number, parts[0].measure):
            yield from _met(statements, number, parts)


def _parts(text: str) -> list[Figure]:
    """The figures of a text that is one list, each with a name, of one measure."""
    listed = list_in(text)
    if not listed or not listed.clean or listed.open or len(listed.items) < _FEWEST:
        return []
    figures = [figure for item in listed.items for figure in item.figures]
    one_each = len(figures) == len(listed.items) and all(item.label for item in listed.items)
    exact = not any(figure.loose for figure in figures)
    same = {figure.measure for figure in figures}
    return figures if one_each and exact and len(same) == 1 and not same & {*_NO_COUNTS} else []


def _has_total(statements: Sequence[Statement], number: int, measure: str) -> bool:
    """Whether what it hangs on counts the same: that is `sums`' business."""
    parent = statements[number].parent
    above = figures_in(statements[parent].text) if parent is not None else ()
    return any(figure.measure == measure for figure in above)


def _met(statements: Sequence[Statement], number: int, parts: Sequence[Figure]) -> Iterator[Claim]:
    added = sum((part.value for part in parts), Fraction(0))
    totals = [
        (one, figure)
        for one in section_around(statements, number)
        for figure in figures_in(one.text)
        if figure.measure == parts[0].measure and not figure.loose
    ]
    texts = [part.text for part in parts]
    right = [(one, total) for one, total in totals if total.value == added]
    wrong = [
        (one, total)
        for one, total in totals
        if _is_of(statements[number].text, one.text, total)
        and one_digit_apart((total, *parts), total.value - added)
    ]
    for one, total in right[:1]:
        yield claimed(
            "sum", one, texts, total, added, (Verdict.RIGHT, say("the parts add up to it"))
        )
    staff = _STAFF.match(statements[number].text) is not None
    for one, total in wrong[:1] if not right and (staff or len(wrong) == 1) else ():
        judged = Verdict.WRONG, say("the parts do not add up to it")
        yield claimed("sum", one, texts, total, added, judged)


def _is_of(listed: str, text: str, total: Figure) -> bool:
    """Whether the total counts what the list is of.

    `163개 과제` and `선정 과제 수`; `정원 87명` and `직종 : 일반직 64명, 지도직 16명, 공무직 7명`.
    """
    if _STAFF.match(listed):
        return _HEADS.search(text[: total.start]) is not None
    noun = _NOUN.match(text, total.end)
    head = listed[: next((one.start for one in figures_in(listed)), 0)]
    return noun is not None and noun["noun"] in head and not _NOT_THIS.search(text)
