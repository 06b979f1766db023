"""What a user can do wrong, told as where, what, why and next; and the exit statuses.

Who prints it is not decided here: `cli` alone owns stderr and the exit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum

from budgetcli.i18n import Sentence, say


class Exit(IntEnum):
    """The promise made to scripts."""

    DONE = 0
    VERDICT = 1
    UNUSABLE = 2
    INTERRUPTED = 130


# reasons that several places share
PARTIAL = say("figures from a part of a file would pass for figures of all of it")
TOO_LARGE = say("reading on could use up this machine's memory")


class UserError(Exception):
    """Wrong usage, or an input that cannot be read: exit 2, nothing on stdout.

    Says where, what, why it matters and what to do next; `why` may be left to the class.
    """

    reason = say("a question that is misunderstood gets a wrong answer")

    def __init__(
        self,
        what: Sentence,
        *,
        where: str,
        next: Sentence,
        seen: tuple[Sentence, ...] = (),
        why: Sentence | None = None,
    ) -> None:
        super().__init__(what.text)
        self.what = what
        self.where = where
        self.seen = seen
        self.why = why or self.reason
        self.next = next

    def at(self, where: str) -> UserError:
        """The same, told of another place: a setting instead of the flag it stands for."""
        self.where = where
        return self

    def __str__(self) -> str:
        below = (
            *self.seen,
            say("Why it matters: {reason}", reason=self.why),
            say("Next: {step}", step=self.next),
        )
        return "\n".join([f"{self.where}: {self.what}", *(f"  {line}" for line in below)])


class SourceError(UserError):
    """The source is not there, or its bytes are not what they claim to be."""

    reason = say("no figure can be taken from it, and none is made up")


class TableError(UserError):
    """The source was read, but no table, or no single reading of it, was found."""

    reason = say("an answer would rest on a guess")


class NoTableError(SourceError, TableError):
    """Nothing of the source reads as a table: its format is unknown, or none stands in it."""


class MissingExtraError(UserError):
    """An optional package is needed for this; the message names the extra that brings it."""

    reason = say("its libraries are large, so they are installed only where they are wanted")

    def __init__(self, extra: str, purpose: Sentence, *, where: str) -> None:
        super().__init__(
            say("{purpose} needs an extra that is not installed", purpose=purpose),
            where=where,
            next=say("pip install 'budgetcli[{extra}]'", extra=extra),
        )


def listed(words: Sequence[str], most: int = 20) -> str:
    """Words in a message: the first of many, and how many there are."""
    more = f", ... ({len(words):,})" if len(words) > most else ""
    return ", ".join(words[:most]) + more


def unknown(what: Sentence, word: str, known: Iterable[str], where: str) -> UserError:
    """The refusal of a word that is none of those known, with the one it is most like."""
    from difflib import get_close_matches

    names = {name.casefold(): name for name in known}
    close = get_close_matches(word.casefold().replace("-", "_"), names, 1)
    step = (
        say("did you mean {name}?", name=names[close[0]])
        if close
        else say("use one of: {names}", names=", ".join(names.values()))
    )
    return UserError(what, where=where, next=step)
