"""Counts that a sentence prints with what is counted: `4개소 운영(공덕, M+, 창동, 성수)`.

And what each of several gets: `5,400백만원(춘·추계 각 27억)`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from budgetcli.claims.claim import Claim, Verdict, claimed, one_digit_apart
from budgetcli.claims.figures import Figure, figures_in
from budgetcli.claims.statements import Statement
from budgetcli.i18n import say
from budgetcli.patterns import lazy

_COUNTED = (
    *("개", "개소", "개국", "개교", "개관", "개과", "개사", "곳"),
    *("팀", "과제", "과정", "종", "실", "브랜드"),
)
_LIST = lazy(r"[가-힣\s]{0,12}(?:\((?P<inside>[^()\d]{3,120})\)|\s:\s(?P<behind>[^()\d:]{3,120})$)")
_NOT_ALL = lazy(r"등(?=$|[\s,)])|외$|위주|중심|포함|이상|예정|…|\.\.")
_GOES_ON = lazy(r"\s?(?:및|[와과]\s|외|등|또는|,\s?[가-힣]+\s?\()")
_COMMA = lazy(r"\s*,\s*")
_ANY = lazy(r"\s*[,·ㆍ‧․/]\s*|\s및\s")
_EACH = lazy(r"(?P<names>[가-힣A-Za-z]+(?:[·ㆍ‧․,/]\s?[가-힣A-Za-z]+)+)\s?각\s?$")
_LONGEST_NAME = 16
_SURE = 4


def counts_in(statements: Sequence[Statement]) -> Iterator[Claim]:
    """Every count of a report with its list, in reading order."""
    for statement in statements:
        figures = figures_in(statement.text)
        for number, figure in enumerate(figures):
            yield from _listed(statement, figure)
            yield from _each(statement, figures[:number], figure)


def _listed(statement: Statement, count: Figure) -> Iterator[Claim]:
    """A list may join two names by a dot: the count may be of either way to part it."""
    found = _LIST.match(statement.text, count.end)
    text = (found["inside"] or found["behind"]).strip() if found else ""
    if count.measure not in _COUNTED or not text or _NOT_ALL.search(text):
        return
    if found and _GOES_ON.match(statement.text, found.end()):
        return
    coarse, fine = _COMMA.split(text), _ANY.split(text)
    names = next((one for one in (coarse, fine) if len(one) == count.value), fine)
    if len(coarse) < 2 <= len(fine):
        coarse = fine
    if len(coarse) < 2 or any(not 0 < len(name) <= _LONGEST_NAME for name in coarse):
        return
    off = {abs(len(one) - count.value) for one in (coarse, fine)}
    if len(names) == count.value:
        verdict, reason = Verdict.RIGHT, say("as many are listed")
    elif off == {1} and len(coarse) >= _SURE and not count.loose:
        verdict, reason = Verdict.WRONG, say("not as many are listed")
    else:
        verdict, reason = Verdict.UNSURE, say("the list may not be of these")
    yield claimed("count", statement, names, count, len(names) * count.grain, (verdict, reason))


def _each(statement: Statement, before: Sequence[Figure], each: Figure) -> Iterator[Claim]:
    found = _EACH.search(statement.text[: each.start])
    totals = [figure for figure in before if figure.measure == each.measure]
    if not found or not totals:
        return
    names = _ANY.split(found["names"])
    total, computed = totals[-1], each.value * len(names)
    if computed == total.value:
        verdict, reason = Verdict.RIGHT, say("the parts add up to it")
    elif one_digit_apart((total, each), total.value - computed):
        verdict, reason = Verdict.WRONG, say("the parts do not add up to it")
    else:
        verdict, reason = Verdict.UNSURE, say("the figures may not be its parts")
    parts = [f"{name} {each.text}" for name in names]
    yield claimed("sum", statement, parts, total, computed, (verdict, reason))
