"""Rows of an answer in the order and number a question asks for; unknown values come last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from budgetcli.analysis.question import Question
from budgetcli.errors import UserError
from budgetcli.i18n import say
from budgetcli.model import Severity
from budgetcli.report import Value


def sorted_rows(
    rows: Sequence[Mapping[str, Value]], question: Question
) -> tuple[Mapping[str, Value], ...]:
    """The rows in the order and number the question asks for. Raises UserError."""
    ordered = sorted_by(rows, question.sort) if question.sort else rows
    return tuple(ordered[: question.top])


def sorted_by(rows: Sequence[Mapping[str, Value]], sort: str) -> list[Mapping[str, Value]]:
    """Rows by one key, falling with a leading minus; unknown values last. Raises UserError."""
    key = sort.removeprefix("-")
    if rows and key not in rows[0]:
        raise UserError(
            say("{key!r} is no column of the answer", key=key),
            where="--sort",
            next=say("sort by one of: {names}", names=", ".join(rows[0])),
        )
    known = [row for row in rows if row[key] is not None]
    unknown = [row for row in rows if row[key] is None]
    known.sort(key=lambda row: _comparable(row[key]), reverse=sort.startswith("-"))
    return known + unknown


def _comparable(value: Value) -> Any:
    if isinstance(value, Severity):
        return list(Severity).index(value)  # the gravest first
    return getattr(value, "value", value)
