"""Keyword arguments: the words of the flags, typed, and what they come to."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from inspect import Parameter, Signature, signature
from os import PathLike
from typing import Any, TypeAlias, TypedDict, TypeVar, get_args

from budgetcli.analysis.question import Basis, Question
from budgetcli.asked import day, target
from budgetcli.errors import UserError
from budgetcli.i18n import say
from budgetcli.loading import LoadOptions
from budgetcli.targets import year_start

Number: TypeAlias = int | float | Decimal | str


class Reading(TypedDict, total=False):
    """What may be said of sources: what the flags of these names say."""

    table: int | str
    sheet: int | str
    map: Mapping[str, int | str]
    no_header: bool
    unit: int | str
    as_of: date | str
    encoding: str
    where: Mapping[str, str | Sequence[str]]
    keep_going: bool


class Grouping(Reading, total=False):
    """And how rows are grouped."""

    by: str | Sequence[str]


class Sorting(Grouping, total=False):
    """And how they are ordered and cut."""

    fiscal_year_start: str
    sort: str
    top: int


class Aiming(Sorting, total=False):
    """And what rates are held against: a number, `pace`, `goal`, a schedule or a file."""

    target: Number | PathLike[str]


class Asking(Aiming, total=False):
    """And which rate: `spent` or `committed`; or two other measures, a plan and an actual."""

    basis: str
    plan: int | str
    actual: int | str


F = TypeVar("F", bound=Callable[..., object])


def with_keywords(kind: type) -> Callable[[F], F]:
    """Shows the keywords of `kind`, one by one, wherever the function's signature is shown."""

    def described(function: F) -> F:
        own = [
            one
            for one in signature(function).parameters.values()
            if one.kind is not Parameter.VAR_KEYWORD
        ]
        said = [
            Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=hint.__forward_arg__)
            for name, hint in kind.__annotations__.items()
        ]
        function.__signature__ = Signature([*own, *said])  # type: ignore[attr-defined] # a function takes it, its type does not say so
        return function

    return described


def understood(function: str, kind: type, said: Mapping[str, Any]) -> tuple[LoadOptions, Question]:
    """Keyword arguments as the rooms below take them. Raises TypeError, UserError."""
    unknown = [name for name in said if name not in kind.__annotations__]
    if unknown:
        raise TypeError(f"{function}() got an unexpected keyword argument {unknown[0]!r}")
    given = {name: value for name, value in said.items() if value is not None}
    by = _words(given.get("by", ()))
    loading = LoadOptions(
        table=_text(given.get("table")),
        sheet=_text(given.get("sheet")),
        columns={field: _column(name) for field, name in given.get("map", {}).items()},
        has_header=not given.get("no_header", False),
        unit=_text(given.get("unit")),
        as_of=day_of(given.get("as_of"), "as_of"),
        encoding=given.get("encoding"),
        where={name: _words(patterns) for name, patterns in given.get("where", {}).items()},
        by=by,
        unread=_warn if given.get("keep_going") else None,
        plan=_column(given["plan"]) if "plan" in given else None,
        actual=_column(given["actual"]) if "actual" in given else None,
        measures="plan" in kind.__annotations__,
    )
    return loading, Question(
        by=by,
        basis=_basis(given.get("basis", "spent")),
        target=target(str(given["target"])) if "target" in given else None,
        fiscal_year_start=year_start(given.get("fiscal_year_start", "01-01")),
        sort=given.get("sort"),
        top=_top(given.get("top")),
    )


def _warn(problem: UserError) -> None:
    """A source that is not in the answer."""
    warnings.warn(f"{problem.where}: {problem.what}", stacklevel=2)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _words(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _column(name: int | str) -> str:
    """A header's text, or a column's number from 1."""
    return f"#{name}" if isinstance(name, int) else name


def day_of(value: date | str | None, where: str) -> date | None:
    """A date as it is; one written as YYYY-MM-DD read. Raises UserError."""
    return day(value, where) if isinstance(value, str) else value


def _basis(value: str) -> Basis:
    bases: tuple[Basis, ...] = get_args(Basis)
    for basis in bases:
        if value == basis:
            return basis
    raise UserError(
        say("{value!r} is no basis", value=value),
        where="basis",
        next=say("choose one of: {names}", names=" ".join(bases)),
    )


def _top(value: int | None) -> int | None:
    if value is not None and value < 1:
        raise UserError(
            say("{value!r} rows are none", value=value), where="top", next=say("ask for at least 1")
        )
    return value
