"""What an engine hands back: groups of rows alike, with exact sums and the cells left to be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from budgetcli.recognise.amounts import DecimalMark
from budgetcli.rollup.expression import marks_in
from budgetcli.rollup.planning import Planned


class Group:
    """Rows of the ledger that agree in their keys and in every cell that was not plain.

    All by column of the grid: `keys` and `names` the texts of names, of the latter only what may
    say total or is blank; `amounts` the texts of cells that were not plain; `sums` those of the
    plain ones' exact sums. `count` is how many rows there are.
    """

    def __init__(
        self,
        keys: Mapping[int, str],
        names: Mapping[int, str],
        amounts: Mapping[int, str],
        sums: Mapping[int, str],
        count: int,
    ) -> None:
        self.keys = keys
        self.names = names
        self.amounts = amounts
        self.sums = sums
        self.count = count

    @cached_property
    def texts(self) -> Mapping[int, str]:
        """The cells that tell its rows from others with the same keys."""
        return {**self.names, **self.amounts}

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in any of its cells that count."""
        return not self.sums and not any((*self.keys.values(), *self.texts.values()))


def groups_of(rows: Sequence[tuple[Any, ...]], planned: Planned) -> list[Group]:
    """The rows of `expression.rolled_up` by what they mean."""
    return [_group(row, planned) for row in rows]


def _group(row: tuple[Any, ...], planned: Planned) -> Group:
    plan, width = planned.plan, len(planned.plan.keys)
    keys, shape, count, rest = row[:width], row[width], row[width + 1], row[width + 2 :]
    sums, most = rest[: len(plan.money)], iter(rest[len(plan.money) :])
    naming = (*planned.labels, *planned.others)
    texts = marks_in(shape, len(naming) + len(plan.money))
    amounts: dict[int, str] = {}
    plain: dict[int, str] = {}
    for (name, n), money, value, text in zip(
        planned.money.items(), plan.money, sums, texts[len(naming) :], strict=True
    ):
        places = int(next(most) or 0) if money.places else 0
        if text is None:
            plain[n] = _written(value, money.places, places, planned.marks[name])
        else:
            amounts[n] = text.strip()
    return Group(
        {n: text.strip() for n, text in zip(planned.keys, keys, strict=True)},
        {n: text.strip() for n, text in zip(naming, texts, strict=False) if text is not None},
        amounts,
        plain,
        count,
    )


def _written(value: Any, held: int, places: int, mark: DecimalMark) -> str:
    """An exact sum, held with so many decimals, with as many as its cells print."""
    digits = int(f"{value:.{held}f}".replace(".", "")) if held else int(value)
    digits //= 10 ** (held - places)
    sign, text = "-" if digits < 0 else "", str(abs(digits)).rjust(places + 1, "0")
    return f"{sign}{text[:-places]}{mark.value}{text[-places:]}" if places else sign + text
