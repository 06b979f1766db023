"""Printed balances against the amounts they follow from, with the room that rounding leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from budgetcli.analysis.check_figures import Figures, Line, with_spare_amounts
from budgetcli.analysis.check_formulas import (
    LEAD,
    Balance,
    Checked,
    Followed,
    choose,
    proves,
    score,
    term,
)
from budgetcli.i18n import Sentence, say
from budgetcli.model import Absent, BudgetTable, Finding, Severity

# so many wrong balances to one side are no accident, and so many notes a page of noise
_MANY = 10


class _Identity(NamedTuple):
    """A printed balance, the formulas it usually follows, and those a table may use instead."""

    column: str
    usual: tuple[Balance, ...]
    others: tuple[Balance, ...] = ()


_LAPSED = (
    Balance("budget", ("spent", "carried_over", "returned")),
    Balance("budget", ("spent", "carried_over")),
)
_IDENTITIES = (
    _Identity(
        "unspent",
        (Balance("budget", ("spent",)),),
        (
            *reversed(_LAPSED),
            Balance("budget", ("committed",)),
            Balance("budget", ("committed", "spent")),
            *(Balance(w, ("spent",)) for w in ("original", "appropriated", "eligible", "goal")),
        ),
    ),
    _Identity(
        "uncommitted",
        (Balance("budget", ("committed",)),),
        (
            Balance("budget", ("committed", "spent")),
            *(Balance(w, ("committed",)) for w in ("original", "appropriated", "eligible")),
        ),
    ),
    _Identity("unpaid", (Balance("committed", ("spent",)),)),
    _Identity("lapsed", _LAPSED, (Balance("budget", ("spent",)),)),
)


def check_identities(table: BudgetTable, figures: Figures) -> Checked:
    """Every printed balance that can be recomputed: an error beyond rounding, else a note."""
    followed: list[Followed] = []
    findings: list[Finding] = []
    for identity in _identities(figures):
        usual, others = _possible(figures, identity.usual), _possible(figures, identity.others)
        judge = _Judge(figures, identity.column)
        balance = choose(usual[:1], [*usual[1:], *others], judge.verdicts, len(figures.lines))
        if balance is None:
            continue
        judge, balance = _extended(table, judge, balance)
        known = [verdict for verdict in judge.verdicts(balance) if verdict is not None]
        followed.append(_followed(identity, balance, known))
        found = [*judge.differences(balance)]
        wrong = [finding for finding in found if finding.severity is Severity.ERROR]
        notes = [finding for finding in found if finding.severity is Severity.NOTE]
        findings += (*wrong, *_one_sided(wrong), *_folded(notes, balance))
    return Checked(sum(entry.lines for entry in followed), tuple(followed), tuple(findings))


def _identities(figures: Figures) -> list[_Identity]:
    """Those whose column the table has; what its header declares (A-B) goes first."""
    known = [identity for identity in _IDENTITIES if identity.column in figures.rooms]
    declared = dict(figures.balances)
    found = []
    for identity in known:
        own = declared.pop(identity.column, None)
        found.append(identity._replace(usual=(own, *identity.usual)) if own else identity)
    return [*found, *(_Identity(column, (own,)) for column, own in declared.items())]


def _possible(figures: Figures, balances: Sequence[Balance]) -> list[Balance]:
    return [balance for balance in balances if figures.rooms.keys() >= {*balance.terms}]


class _Judge(NamedTuple):
    figures: Figures
    column: str

    def verdicts(self, balance: Balance, step: int = 1) -> list[bool | None]:
        """For every step-th line, whether its printed balance can be this one; None: unknown."""
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

    def differences(self, balance: Balance) -> Iterator[Finding]:
        """The lines whose printed and computed balances are not the same."""
        for line in self.figures.lines:
            printed, computed = line.amount(self.column), _computed(balance, line)
            if printed is None or computed is None or printed == computed:
                continue
            fits = abs(printed - computed) <= self._room(balance)
            yield Finding(
                code="rounding" if fits else "identity_mismatch",
                severity=Severity.NOTE if fits else Severity.ERROR,
                message=_message(balance, fits),
                place=line.row.place,
                division=line.name,
                column=self.column,
                printed=printed,
                computed=computed,
                scale=self.figures.scale,
            )


def _extended(table: BudgetTable, judge: _Judge, balance: Balance) -> tuple[_Judge, Balance]:
    """The balance with further columns of the table taken off or added, where that is proven.

    Tried only where lines disagree; what a column is called matters nothing, what it holds does.
    """
    agreeing, known = score(judge.verdicts(balance))
    if known - agreeing < LEAD:
        return judge, balance
    figures, spare = with_spare_amounts(table, judge.figures)
    judge = judge._replace(figures=figures)
    while spare:
        longer = [made for key in spare for made in (balance.minus(key), balance.plus(key))]
        scores = {made: score(judge.verdicts(made)) for made in longer}
        best = max(longer, key=lambda made: scores[made][0])
        if not proves(*scores[best], agreeing):
            break
        balance, agreeing = best, scores[best][0]
        spare = tuple(key for key in spare if key not in balance.terms)
    return judge, balance


def _one_sided(wrong: Sequence[Finding]) -> list[Finding]:
    """Where every one of many wrong balances errs to one side, that it is so."""
    less = [finding for finding in wrong if (finding.difference or 0) < 0]
    if len(wrong) < _MANY or len(less) not in (0, len(wrong)):
        return []
    said = (
        say("all {count} are less than computed: what is taken off besides has no column here")
        if less
        else say("all {count} are more than computed: what is added besides has no column here")
    )
    message = said._replace(values={"count": len(wrong)})
    first = wrong[0]
    note = Finding("identity_one_sided", Severity.NOTE, message, first.place, column=first.column)
    return [note]


def _folded(notes: Sequence[Finding], balance: Balance) -> Sequence[Finding]:
    """Many notes on rounding alone are one, at the largest difference: float noise fills pages."""
    if len(notes) < _MANY:
        return notes
    largest = max(notes, key=lambda finding: abs(Fraction(finding.difference or 0)))
    message = say(
        "{count} printed balances and {balance} differ by rounding alone, most here",
        count=len(notes),
        balance=_in_words(balance),
    )
    return [largest._replace(message=message)]


def _computed(balance: Balance, line: Line) -> int | None:
    """The balance of one line; a dash adds and takes nothing, a blank is not known."""
    added = [_counted(line, name) for name in (balance.whole, *balance.more)]
    taken = [_counted(line, name) for name in balance.less]
    if None in added or None in taken:
        return None
    return sum(filter(None, added)) - sum(filter(None, taken))


def _counted(line: Line, name: str) -> int | None:
    return 0 if line.amounts.get(name) is Absent.DASH else line.amount(name)


def _followed(identity: _Identity, balance: Balance, known: Sequence[bool]) -> Followed:
    said = say("{column} = {balance}", column=term(identity.column), balance=_in_words(balance))
    keys = balance.written(str, " - ")
    usual = balance in identity.usual
    return Followed(identity.column, keys, said, sum(known), len(known), usual)


def _message(balance: Balance, fits: bool) -> Sentence:
    if fits:
        return say(
            "the printed balance and {balance} differ by rounding alone", balance=_in_words(balance)
        )
    return say("the printed balance is not {balance}", balance=_in_words(balance))


def _in_words(balance: Balance) -> str:
    return balance.written(term, " − ")
