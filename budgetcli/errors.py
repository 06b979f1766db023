"""What a user can do wrong, told as where, what, why and next; and the exit statuses.

Who prints it is not decided here: `cli` alone owns stderr and the exit.
"""

from __future__ import annotations

from enum import IntEnum

from budgetcli.i18n import Sentence, say


class Exit(IntEnum):
    """The promise made to scripts."""

    DONE = 0
    VERDICT = 1
    UNUSABLE = 2
    INTERRUPTED = 130


class UserError(Exception):
    """Wrong usage, or an input that cannot be read: exit 2, nothing on stdout."""

    def __init__(
        self,
        what: Sentence,
        *,
        where: str | None = None,
        seen: tuple[Sentence, ...] = (),
        why: Sentence | None = None,
        next: Sentence | None = None,
    ) -> None:
        super().__init__(what.text)
        self.what = what
        self.where = where
        self.seen = seen
        self.why = why
        self.next = next

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else str(self.what)
        below = list(self.seen)
        if self.why:
            below.append(say("Why it matters: {reason}", reason=self.why))
        if self.next:
            below.append(say("Next: {step}", step=self.next))
        return "\n".join([head, *(f"  {line}" for line in below)])


class SourceError(UserError):
    """The source is not there, or its bytes are not what they claim to be."""


class TableError(UserError):
    """The source was read, but no table, or no single reading of it, was found."""


class NoTableError(SourceError, TableError):
    """Nothing of the source reads as a table: its format is unknown, or none stands in it."""


class MissingExtraError(UserError):
    """An optional package is needed for this; the message names the extra that brings it."""

    def __init__(self, extra: str, purpose: Sentence, *, where: str | None = None) -> None:
        super().__init__(
            say("{purpose} needs an extra that is not installed", purpose=purpose),
            where=where,
            next=say("pip install 'budgetcli[{extra}]'", extra=extra),
        )
