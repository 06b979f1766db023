"""What a user says in words, as what the program works with: of flags and of keyword arguments.

Every refusal names where it was said. What belongs together travels in objects of the rooms that
use it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from budgetcli.errors import UserError
from budgetcli.i18n import say

if TYPE_CHECKING:
    from budgetcli.model import Unit
    from budgetcli.recognise.synonyms import OwnWords
    from budgetcli.targets import TargetSource


def day(text: str, where: str) -> date:
    """A date written as YYYY-MM-DD. Raises UserError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(
            say("{value!r} is no date", value=text),
            where=where,
            next=say("write it as YYYY-MM-DD, for example 2024-07-31"),
        ) from None


def unit(text: str, where: str) -> Unit:
    """A unit's name or factor. Raises UserError."""
    from budgetcli.recognise.units import unit_given

    found = unit_given(text)
    if found is None:
        raise UserError(
            say("{unit!r} is no unit", unit=text),
            where=where,
            next=say("write 원, 천원, 백만원, 억원, thousand, million or a factor such as 1000"),
        )
    return found


def target_file(text: str) -> str | None:
    """The file of targets that is meant, where it is none of the words for a target."""
    from pathlib import Path

    from budgetcli.targets import is_named

    return None if is_named(text) or not Path(text).is_file() else text


def target(text: str, words: OwnWords = ()) -> str | TargetSource:
    """A word that stands for itself as it is; a file of targets read. Raises UserError.

    `words` are the user's own for the file's columns.
    """
    if target_file(text) is None:
        return text
    from budgetcli.target_files import read_targets

    return read_targets(text, words)


def line(
    below: str | None, target: str | TargetSource | None, where: str
) -> str | TargetSource | None:
    """The target a question is asked with, which `below` says in another word. Raises UserError."""
    from budgetcli.targets import percentage

    if below is None:
        return target
    if target is not None:
        raise UserError(
            say("--below and --target both say what is behind"),
            where="lagging",
            why=say("two lines at once would leave open which of them was missed"),
            next=say("leave one of them out"),
        )
    if percentage(below) is None:
        raise UserError(
            say("{value!r} is not a percentage", value=below),
            where=where,
            next=say("write a number, for example --below 60"),
        )
    return below
