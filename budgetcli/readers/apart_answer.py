"""What a child of `apart` says, as lines of JSON: a step done, a document, an error, a failure.

Plain data only, whoever wrote it: nothing that is read here can run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from budgetcli.errors import (
    MissingExtraError,
    NoTableError,
    SourceError,
    TableError,
    UserError,
)
from budgetcli.i18n import Sentence, say
from budgetcli.model import Document, Evidence, Line, Place, RawTable, Span

STEP_DONE = b"\n"
_ERRORS = {
    kind.__name__: kind
    for kind in (UserError, SourceError, TableError, NoTableError, MissingExtraError)
}
_LONGEST = 200


class FailedError(Exception):
    """No answer to the question, only why there is none."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason.text)
        self.reason = reason


# said by the child


def tables_said(tables: Sequence[RawTable], lines: Sequence[Line] = ()) -> bytes:
    """The line for what was read: tables, and the lines of a document whose text was asked for."""
    texts = [[line.text, line.place.row, line.place.page] for line in lines]
    return _line({"tables": [_plain(table) for table in tables], "lines": texts})


def error_said(error: UserError) -> bytes:
    """The line for what the user did wrong."""
    said = {"what": _told(error.what), "seen": [_told(seen) for seen in error.seen]}
    advice = {"why": _told(error.why), "next": _told(error.next)}
    return _line({"error": type(error).__name__, "where": error.where, **said, **advice})


def failure_said(problem: BaseException) -> bytes:
    """The line for a library's own error."""
    text = str(problem)[:_LONGEST]
    return _line({"failed": type(problem).__name__, "problem": text})


def _line(said: dict[str, Any]) -> bytes:
    text = json.dumps(said, ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass") + b"\n"


def _plain(table: RawTable) -> dict[str, Any]:
    """A table by its fields' names, the sentences in it told apart from texts."""
    evidence = [{**said._asdict(), "message": _told(said.message)} for said in table.evidence]
    return {
        **table._asdict(),
        "spans": [span._asdict() for span in table.spans],
        "siblings": dict(table.siblings),
        "evidence": evidence,
    }


def _told(sentence: Sentence) -> dict[str, Any]:
    values = {name: _told_value(value) for name, value in sentence.values.items()}
    return {**sentence._asdict(), "values": values}


def _told_value(value: object) -> object:
    """Texts and numbers as they are, a sentence in a sentence; of anything else, its text."""
    if isinstance(value, Sentence):
        return _told(value)
    return value if isinstance(value, str | int | float) else str(value)


# understood by the parent


def understood(line: bytes, name: str = "") -> Document:
    """What a line tells of source `name`. Raises the UserError it tells of, else FailedError."""
    try:
        said = json.loads(line.decode("utf-8", "surrogatepass"))
        answer = _meant(said, name)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as problem:
        raise FailedError(say("its answer makes no sense")) from problem
    if isinstance(answer, Exception):
        raise answer
    return answer


def _meant(said: dict[str, Any], name: str) -> Document | UserError | FailedError:
    if "tables" in said:
        lines = (Line(text, Place(name, row, page=page)) for text, row, page in said["lines"])
        return Document(name, tuple(lines), tuple(map(_table, said["tables"])))
    if "error" in said:
        return _error(said)
    if said["failed"] == MemoryError.__name__:
        return FailedError(say("reading it takes more memory than a document may"))
    return FailedError(say("{kind}: {problem}", kind=said["failed"], problem=said["problem"]))


def _error(said: dict[str, Any]) -> UserError:
    kind = _ERRORS[said["error"]]
    error = kind.__new__(kind)  # its own arguments are not known any more, only what came of them
    UserError.__init__(
        error,
        _sentence(said["what"]),
        where=said["where"],
        seen=tuple(map(_sentence, said["seen"])),
        why=_sentence(said["why"]),
        next=_sentence(said["next"]),
    )
    return error


def _sentence(told: Mapping[str, Any]) -> Sentence:
    values = {
        name: _sentence(value) if isinstance(value, dict) else value
        for name, value in told["values"].items()
    }
    return Sentence(told["text"], values, told["plural"], told["number"])


def _table(told: dict[str, Any]) -> RawTable:
    changed = {
        "rows": tuple(map(tuple, told["rows"])),
        "lines": tuple(told["lines"]),
        "spans": tuple(Span(**span) for span in told["spans"]),
        "before": tuple(told["before"]),
        "after": tuple(told["after"]),
        "evidence": tuple(
            Evidence(note["step"], _sentence(note["message"]), note["aloud"])
            for note in told["evidence"]
        ),
    }
    return RawTable(**{**told, **changed})
