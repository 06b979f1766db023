"""The file behind `lagging --state`: who was behind when it was last said, by which question."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from budgetcli.cli.output import write_whole
from budgetcli.errors import UserError
from budgetcli.i18n import say

_FORMAT = "budgetcli lagging state 1"
_FLAG = "--state"


class State(NamedTuple):
    """`asked` is the question, `behind` everybody's status by name; `as_of` tells people when.

    `asked` holds what JSON can hold.
    """

    asked: Mapping[str, Any]
    behind: Mapping[str, str]
    as_of: str | None = None


def read_state(path: Path) -> State | None:
    """The state kept there; None where there is no file yet. Raises UserError."""
    _refuse_unwritable(path)
    try:
        kept = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise _unusable(path, problem.strerror or "") from None
    except (ValueError, RecursionError):  # no UTF-8, no JSON, or a tower of brackets
        kept = None
    if not _is_state(kept):
        raise UserError(
            say("it is no state of lagging, or a damaged one"),
            where=str(path),
            why=say("without it nobody knows what has been said already"),
            next=say("name another file after --state, or delete this one to start anew"),
        )
    return State(kept["asked"], kept["behind"], kept.get("as_of"))


def write_state(path: Path, state: State) -> None:
    """Keep it, whole or not at all. Raises UserError."""
    kept = json.dumps({"format": _FORMAT, **state._asdict()}, ensure_ascii=False, indent=2)
    try:
        write_whole(path, f"{kept}\n".encode("utf-8", "surrogateescape"))
    except UserError as problem:
        problem.next = say("name another file after {flag}", flag=_FLAG)
        raise


def _refuse_unwritable(path: Path) -> None:
    """Before anything is answered: news that cannot be kept would be repeated every morning."""
    if not os.access(path.absolute().parent, os.W_OK | os.X_OK):
        raise _unusable(path, say("its folder is not there, or you may not write into it"))


def _unusable(path: Path, problem: object) -> UserError:
    return UserError(
        say("no state can be kept there: {problem}", problem=problem),
        where=str(path),
        next=say("name another file after {flag}", flag=_FLAG),
    )


def _is_state(kept: object) -> bool:
    if not isinstance(kept, dict) or kept.get("format") != _FORMAT:
        return False
    behind, asked = kept.get("behind"), kept.get("asked")
    return (
        isinstance(asked, dict)
        and isinstance(behind, dict)
        and all(isinstance(status, str) for status in behind.values())
    )
