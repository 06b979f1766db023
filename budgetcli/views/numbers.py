"""Exact values to the digits a reader sees: the one place where rounding and units are applied.

Views decide the layout; none of them formats a number by itself.
"""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import gcd
from typing import NamedTuple

from budgetcli.fields import Kind
from budgetcli.i18n import Sentence, language, say
from budgetcli.measures import decimal, half_up
from budgetcli.model import Unit
from budgetcli.report import Quantity

NOT_AVAILABLE = "n/a"

# English for the units of Korean tables; the factor is exact, so the word is.
_POWERS = {
    1: "",
    10**3: "thousand",
    10**4: "ten thousand",
    10**6: "million",
    10**8: "hundred million",
    10**9: "billion",
    10**12: "trillion",
}


class Numbers(NamedTuple):
    """How numbers are written in one output: the amounts' scale, the unit shown, the decimals.

    `scale`: amounts come as counts of 10**-scale currency units. `places`:
    decimals the source prints its amounts with in that unit. `decimals`:
    decimals of rates and of computed money on the page.
    """

    scale: int
    unit: Unit | None
    places: int
    decimals: int = 1

    @property
    def shift(self) -> int:
        """Decimal places between a count and the unit shown; units are powers of ten."""
        return self.scale + (len(str(self.unit.factor)) - 1 if self.unit else 0)

    def exact(self, amount: int) -> Decimal:
        """The amount in the unit shown, every digit of it, without trailing zeros."""
        shift = self.shift
        while shift and amount % 10 == 0:
            amount //= 10
            shift -= 1
        return decimal(amount, shift)

    def places_for(self, amounts: Iterable[int | None]) -> int:
        """The decimals a column of these amounts is shown with.

        As many as the source prints, more where computed amounts need them,
        never more than the page's decimals ask for.
        """
        # what divides them all needs as many decimals as the one that needs most
        common = gcd(*(amount for amount in amounts if amount is not None))
        return max(self.places, min(_places(self.exact(common)), self.decimals))

    def pretty(self, amount: int, places: int) -> str:
        """The amount for the eye: digits grouped, rounded half up to `places`."""
        return f"{half_up(Fraction(amount, 10**self.shift), places):,f}"

    def rate(self, value: Fraction) -> Decimal:
        """A rate in per cent, half up."""
        return half_up(value, self.decimals)

    def points(self, value: Fraction) -> str:
        """A difference in points, with its sign; what rounds to nothing has none."""
        rounded = self.rate(value)
        return f"+{rounded:f}" if rounded > 0 else f"{rounded:f}"

    def quantity(self, quantity: Quantity) -> str:
        """A value inside a sentence: money with its unit, points without a sign."""
        if quantity.value is None:
            return NOT_AVAILABLE
        if isinstance(quantity.value, int):
            shown = self.pretty(quantity.value, self.places_for([quantity.value]))
            return f"{shown} {unit_word(self.unit)}".rstrip() if self.unit else shown
        rounded = self.rate(quantity.value)
        return f"{abs(rounded) if quantity.kind is Kind.POINTS else rounded:f}"

    def sentence(self, sentence: Sentence) -> str:
        """A sentence with its quantities written out, in the language in use."""
        values = {
            name: self.quantity(value) if isinstance(value, Quantity) else value
            for name, value in sentence.values.items()
        }
        return str(sentence._replace(values=values))


def currency_amount(amount: int, scale: int) -> Decimal:
    """The amount in whole currency units, exact; integral amounts without a point."""
    if amount % 10**scale == 0:
        return decimal(amount // 10**scale, 0)
    return decimal(amount, scale)


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


# what Korean tables count, and what that is elsewhere
_COUNTED = {
    "명": say("people"),
    "인": say("people"),
    "개사": say("companies"),
    "팀": say("teams"),
    "개소": say("places"),
    "곳": say("places"),
    "개": say("items"),
    "건": say("cases"),
    "회": say("times"),
    "가구": say("households"),
}


def unit_word(unit: Unit) -> str:
    """The unit as the table calls it; in English, a Korean one by its power and currency."""
    if language() != "ko" and unit.name in _COUNTED:
        return str(_COUNTED[unit.name])
    power = _POWERS.get(unit.factor)
    if language() == "ko" or unit.name.isascii() or power is None:
        return unit_named(unit)
    return f"{power} {unit.currency or ''}".strip() or unit.name


def unit_named(unit: Unit) -> str:
    """The unit's own name, with its currency where a bare scale does not say it: thousand GBP."""
    is_korean = any("가" <= letter <= "힣" for letter in unit.name)  # 백만원 says won
    is_scale = unit.factor > 1 and unit.name.rstrip(".").isalpha() and not is_korean
    return f"{unit.name} {unit.currency}" if is_scale and unit.currency else unit.name
