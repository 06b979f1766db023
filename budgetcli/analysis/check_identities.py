"""Printed balances against the amounts they follow from, with the room that rounding leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from budgetcli.analysis.check_balances import Judge, in_words
from budgetcli.analysis.check_figures import Figures
from budgetcli.analysis.check_formulas import (
    MANY,
    Balance,
    Checked,
    Followed,
    choose,
    is_followed,
    score,
    term,
)
from budgetcli.analysis.check_spare import composed_budget, extended
from budgetcli.i18n import say
from budgetcli.model import BudgetTable, Finding, Severity


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
    for judge, balance, is_usual, gravity in _chosen(table, figures):
        agreeing, known = score(judge.verdicts(balance))
        if balance != figures.balances.get(judge.column) and not is_followed(agreeing, known):
            findings.append(_not_followed(judge, balance, agreeing, known))
            continue
        followed.append(_followed(judge.column, balance, agreeing, known, is_usual))
        found = [*judge.differences(balance, gravity)]
        wrong = [finding for finding in found if finding.severity is gravity]
        notes = [finding for finding in found if finding.severity is Severity.NOTE]
        findings += (*wrong, *_one_sided(wrong), *_folded(notes, balance))
    return Checked(sum(entry.lines for entry in followed), tuple(followed), tuple(findings))


class _Choice(NamedTuple):
    """A column, what it is held against, whether it usually is, how grave a difference is."""

    judge: Judge
    balance: Balance
    is_usual: bool
    gravity: Severity = Severity.ERROR


def _chosen(table: BudgetTable, figures: Figures) -> Iterator[_Choice]:
    """What each column is held against.

    A budget may hold more than a table shows (what was carried in), so that one that is not
    what the others are is a warning.
    """
    identities = _identities(figures)
    for identity in identities:
        usual, others = _possible(figures, identity.usual), _possible(figures, identity.others)
        judge = Judge(figures, identity.column)
        balance = choose(usual[:1], [*usual[1:], *others], judge.verdicts, len(figures.lines))
        if balance is not None:
            judge, balance = extended(table, judge, balance)
            yield _Choice(judge, balance, balance in identity.usual)
    is_declared = any(identity.column == "budget" for identity in identities)
    if not is_declared and (composed := composed_budget(table, figures)):
        yield _Choice(*composed, is_usual=True, gravity=Severity.WARNING)


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


def _not_followed(judge: Judge, balance: Balance, agreeing: int, known: int) -> Finding:
    """Most amounts are another balance than the one expected, and no columns show which."""
    message = say(
        "only {agreeing} of {lines} printed amounts are {balance}: "
        "they follow from something else, and were not recomputed",
        agreeing=agreeing,
        lines=known,
        balance=in_words(balance),
    )
    place = next(
        line.row.place for line in judge.figures.lines if line.amount(judge.column) is not None
    )
    return Finding("identity_unexplained", Severity.WARNING, message, place, column=judge.column)


def _one_sided(wrong: Sequence[Finding]) -> list[Finding]:
    """Where every one of many wrong balances errs to one side, that it is so."""
    less = [finding for finding in wrong if (finding.difference or 0) < 0]
    if len(wrong) < MANY or len(less) not in (0, len(wrong)):
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
    if len(notes) < MANY:
        return notes
    largest = max(notes, key=lambda finding: abs(Fraction(finding.difference or 0)))
    message = say(
        "{count} printed amounts and {balance} differ by rounding alone, most here",
        count=len(notes),
        balance=in_words(balance),
    )
    return [largest._replace(message=message)]


def _followed(column: str, balance: Balance, agreeing: int, known: int, is_usual: bool) -> Followed:
    said = say("{column} = {balance}", column=term(column), balance=in_words(balance))
    return Followed(column, balance.written(str, " - "), said, agreeing, known, is_usual)
