"""Products that a sentence prints with their factors: `3억원(1,500명 × 20만원)`, `20명×12개월=240`.

Factors may be what is no figure of its own: months, times, shares of the cost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import prod

from budgetcli.claims.claim import (
    Claim,
    Judgement,
    Verdict,
    claimed,
    is_cut_off,
    is_one_digit_off,
    is_rounded,
    one_digit_apart,
    rounds_to,
)
from budgetcli.claims.figures import BARE, DOLLARS, SHARE, WON, Figure, figures_in
from budgetcli.claims.statements import Statement
from budgetcli.i18n import say
from budgetcli.patterns import lazy

_TIMES = r"\s*(?:[×✕✖]|(?<=[\s\d가-힣])[xX*](?=\s?[\d@]))\s*"
_FACTOR = r"@?\d[\d,]*(?:\.\d+)?\s?[%가-힣$㎡]{0,6}(?:\s\d[\d,]*\s?[천만억]{1,2}원)?"
_CHAIN = lazy(rf"(?P<chain>{_FACTOR}(?:{_TIMES}{_FACTOR})+)(?P<rest>\s*[=＝]\s*(?P<total>\S.*))?")
_SPLIT = lazy(_TIMES)
_NUMBER = lazy(r"\d[\d,]*(?:\.\d+)?")
_LINK = lazy(r"\s?[(\[:]\s?")
_HUNDRED = 100
_MONEY = (WON, DOLLARS)


def products_in(statements: Sequence[Statement]) -> Iterator[Claim]:
    """Every product of a report, in reading order."""
    for statement in statements:
        for found in _CHAIN.finditer(statement.text):
            total = _total(statement.text, found)
            factors = _SPLIT.split(found["chain"])
            if total and _alone(statement.text, found):
                yield _product(statement, total, factors)


def _total(text: str, found: re.Match[str]) -> Figure | None:
    """The figure behind `=`, else the one that a bracket around the factors explains."""
    figures = figures_in(text)
    if found["rest"]:
        return next((one for one in figures if one.start == found.start("total")), None)
    before = [one for one in figures if one.end <= found.start()]
    linked = before and _LINK.fullmatch(text[before[-1].end : found.start()])
    return before[-1] if linked and before[-1].measure in _MONEY else None


def _alone(text: str, found: re.Match[str]) -> bool:
    """Whether no sum goes on behind the factors: `(3명 × 2회 + 1명)`."""
    around = text[: found.start()].rstrip()[-1:] + text[found.end("chain") :].lstrip()[:1]
    behind = text[found.end("chain") :].lstrip()[:1]
    return not set(around) & set("+×÷/-~") and (bool(found["rest"]) or behind in ("", ")", "]"))


def _product(statement: Statement, total: Figure, factors: Sequence[str]) -> Claim:
    values = [_value(factor) for factor in factors]
    computed = Fraction(prod(values))
    judged = _judged(total, values, computed)
    return claimed("product", statement, factors, total, computed, judged)


def _value(factor: str) -> Fraction:
    """What a factor counts; of what is no figure (12개월), the number that is there."""
    figures = figures_in(factor)
    if len(figures) == 1:
        share = figures[0].measure == SHARE
        return figures[0].value / _HUNDRED if share else figures[0].value
    return Fraction(_NUMBER.findall(factor)[0].replace(",", ""))


def _is_misprinted(total: Figure, values: list[Fraction]) -> bool:
    """Whether one other digit in one factor gives the total."""
    for place, value in enumerate(values):
        others = prod(values[:place] + values[place + 1 :])
        whole = value.denominator == 1 and bool(others) and total.value % others == 0
        if whole and is_one_digit_off(int(value), int(total.value / others)):
            return True
    return False


def _judged(total: Figure, values: list[Fraction], computed: Fraction) -> Judgement:
    if computed == total.value:
        return Verdict.RIGHT, say("it is the product of its factors")
    if total.loose:
        return Verdict.UNSURE, say("a figure is only given as about so much")
    if is_rounded(total) and (rounds_to(computed, total) or is_cut_off(computed, total)):
        return Verdict.ROUNDED, say("it is the product of its factors within rounding")
    apart = one_digit_apart((total,), total.value - computed)
    if total.measure != BARE and (apart or _is_misprinted(total, values)):
        return Verdict.WRONG, say("it is not the product of its factors")
    return Verdict.UNSURE, say("the factors may not be all there are")
