"""How far long work has come, for whoever wants to know. No terminal is known here."""

from __future__ import annotations

from collections.abc import Callable

from budgetcli.i18n import Sentence

# what is being done; how many steps are done and of how many (None: no news of that)
Progress = Callable[[Sentence, int, int | None], None]


def silent(_what: Sentence, _done: int, _total: int | None) -> None:
    """Nobody wants to know."""
