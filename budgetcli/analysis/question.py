"""What a user may vary about a question: grouping, basis, target, order. Travels as one object."""

from typing import Literal, NamedTuple

from budgetcli.targets import TargetSource

Basis = Literal["spent", "committed"]
JANUARY_FIRST = (1, 1)


class Question(NamedTuple):
    """How a question is asked; the defaults are the plain question.

    `target` None means the table's own goal, else the pace where the date is known; a
    `TargetSource` is a file of targets, read already. `sort` is a key of
    the rows, with a leading minus for falling order; None keeps the source's
    order. `top` cuts the rows, never the total.
    """

    by: tuple[str, ...] = ()
    basis: Basis = "spent"
    target: str | TargetSource | None = None
    fiscal_year_start: tuple[int, int] = JANUARY_FIRST
    sort: str | None = None
    top: int | None = None
