"""One balance held against every line: does the printed amount follow, and by how much not?

Which balance a column follows is found out elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from budgetcli.analysis.check_figures import Figures, Line
from budgetcli.analysis.check_formulas import Balance, term
from budgetcli.i18n import Sentence, say
from budgetcli.model import Absent, Finding, Severity


class Judge(NamedTuple):
    """A column of printed amounts, and the lines they stand in."""

    figures: Figures
    column: str

    def verdicts(self, balance: Balance, step: int = 1) -> list[bool | None]:
        """For every step-th line, whether its printed amount can be this one; None: unknown."""
        return [self._fits(balance, line) for line in self.figures.lines[::step]]

    def _fits(self, balance: Balance, line: Line) -> bool | None:
        printed, computed = line.amount(self.column), _computed(balance, line)
        if printed is None or computed is None:
            return None
        return abs(printed - computed) <= self._room(balance)

    def _room(self, balance: Balance) -> Fraction:
        """Half a unit for each amount and for the balance itself: (n + 1) / 2 of n amounts."""
        rooms = self.figures.rooms
        return rooms[self.column] + sum(rooms[term] for term in balance.terms)

    def differences(self, balance: Balance, gravity: Severity) -> Iterator[Finding]:
        """The lines whose printed and computed amounts are not the same; notes within rounding."""
        for line in self.figures.lines:
            printed, computed = line.amount(self.column), _computed(balance, line)
            if printed is None or computed is None or printed == computed:
                continue
            fits = abs(printed - computed) <= self._room(balance)
            yield Finding(
                code="rounding" if fits else "identity_mismatch",
                severity=Severity.NOTE if fits else gravity,
                message=_message(balance, fits),
                place=line.row.place,
                division=line.name,
                column=self.column,
                printed=printed,
                computed=computed,
                scale=self.figures.scale,
            )


def _computed(balance: Balance, line: Line) -> int | None:
    """The balance of one line; a dash adds and takes nothing, a blank is not known."""
    added = [_counted(line, name) for name in (balance.whole, *balance.more)]
    taken = [_counted(line, name) for name in balance.less]
    if None in added or None in taken:
        return None
    return sum(filter(None, added)) - sum(filter(None, taken))


def _counted(line: Line, name: str) -> int | None:
    return 0 if line.amounts.get(name) is Absent.DASH else line.amount(name)


def _message(balance: Balance, fits: bool) -> Sentence:
    if fits:
        return say(
            "the printed amount and {balance} differ by rounding alone", balance=in_words(balance)
        )
    return say("the printed amount is not {balance}", balance=in_words(balance))


def in_words(balance: Balance) -> str:
    """The formula in the words of the language in use."""
    return balance.written(term, " − ")
