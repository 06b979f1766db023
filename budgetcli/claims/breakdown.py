"""Parts of one whole with their shares in one sentence: `1,870건(84.2%), 352건(15.8%) 등 2,222건`.

Shares that make 100 vouch for each other, and for the whole. A single share is `shares`' business.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from budgetcli.claims.claim import (
    Claim,
    Judgement,
    Verdict,
    claimed,
    followed,
    is_misprint,
    misprints,
    one_digit_apart,
    rounds_to,
    written_as,
)
from budgetcli.claims.figures import SHARE, Figure
from budgetcli.claims.statements import Statement
from budgetcli.i18n import say
from budgetcli.patterns import lazy

# the share in brackets right behind what is counted, a noun or two between them
IN_BRACKETS = lazy(
    r"[가-힣A-Za-z·\s]{0,12}\(\s?(?P<label>[가-힣\s]{0,12}?)(?P<share>\d[\d.]*\s?[%％])\s?\)"
)
_ALL = 100
_TOTAL = lazy(r"[^\d]{0,12}(?:등|총|모두|합계|계)\s?$")


class _Part(NamedTuple):
    """A figure with the share in brackets behind it."""

    figure: Figure
    share: Figure


def breakdowns_in(statement: Statement, figures: Sequence[Figure]) -> Iterator[Claim]:
    """The claims of parts whose shares make 100; nothing where they do not."""
    parts = [*_parts(statement.text, figures)]
    measures = {part.figure.measure for part in parts}
    if len(parts) < 2 or len(measures) > 1:
        return
    added = sum((part.figure.value for part in parts), Fraction(0))
    totals = _totals(statement.text, figures, parts)
    bases = dict.fromkeys((added, *(total.value for total in totals)))
    base = max(bases, key=lambda one: _fitting(parts, one))
    fine = all(part.share.grain < 1 for part in parts)
    vouched = _make_all(parts) or added in [total.value for total in totals] or fine
    if not vouched or _fitting(parts, base) < max(1, len(parts) - 1):
        return
    for part in parts:
        yield _share(statement, part, base)
    behind = [total for total in totals if total.start > parts[-1].share.start]
    if base == added:
        yield from (_total(statement, total, parts, added) for total in behind)


def _parts(text: str, figures: Sequence[Figure]) -> Iterator[_Part]:
    for figure in figures:
        found = IN_BRACKETS.match(text, figure.end)
        share = next((one for one in figures if found and one.start == found.start("share")), None)
        if share and figure.measure != SHARE == share.measure and not figure.loose:
            yield _Part(figure, share)


def _totals(text: str, figures: Sequence[Figure], parts: Sequence[_Part]) -> list[Figure]:
    """What may be the total of them: in front of them all, or called so behind them."""
    first, last = parts[0].figure, parts[-1].share
    same = [one for one in figures if one.measure == first.measure and not one.loose]
    before = [one for one in same if one.end <= first.start]
    return before + [
        one
        for one in same
        if one.start > last.end and _TOTAL.fullmatch(text[last.end + 1 : one.start])
    ]


def _make_all(parts: Sequence[_Part]) -> bool:
    added = sum((part.share.value for part in parts), Fraction(0))
    room = sum((part.share.grain for part in parts), Fraction(0)) / 2
    return abs(added - _ALL) <= room


def _fitting(parts: Sequence[_Part], base: Fraction) -> int:
    return sum(rounds_to(part.figure.value / base * _ALL, part.share) for part in parts if base)


def _share(statement: Statement, part: _Part, base: Fraction) -> Claim:
    exact = part.figure.value / base * _ALL
    whole = written_as(base, part.figure)
    judged = followed(exact, part.share, whole) or _off(part, base, whole)
    texts = (part.figure.text, whole.text)
    return claimed("share", statement, texts, part.share, exact, judged)


def _off(part: _Part, base: Fraction, whole: Figure) -> Judgement:
    """Wrong where one other digit, in the share or in the part, makes it right."""
    exact = part.figure.value / base * _ALL
    nearly = any(rounds_to(one / base * _ALL, part.share) for one in misprints(part.figure))
    if is_misprint(exact, part.share) or nearly:
        return Verdict.WRONG, say("it does not follow from {base}", base=whole.text)
    return Verdict.UNSURE, say("it may be a share of something else")


def _total(statement: Statement, total: Figure, parts: Sequence[_Part], added: Fraction) -> Claim:
    missed = total.value - added
    if not missed:
        judged: Judgement = Verdict.RIGHT, say("the parts add up to it")
    elif one_digit_apart((total,), missed):
        judged = Verdict.WRONG, say("the parts do not add up to it")
    else:
        judged = Verdict.UNSURE, say("the figures may not be its parts")
    return claimed("sum", statement, [part.figure.text for part in parts], total, added, judged)
