"""What an engine hands back: groups of rows alike, their exact sums, the cells left to be read."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from budgetcli.recognise.amounts import DecimalMark
from budgetcli.recognise.totals import is_total_name
from budgetcli.rollup.expression import marks_in
from budgetcli.rollup.planning import Planned

MOST_LINES = 20
# stands for names that were added up: there were some, and none of them says total
NAMED = "…"


class Group:
    """Rows of the ledger that agree in their keys and in every cell that was not plain.

    All by column of the grid: `keys` and `names` the texts of names, of the latter only what may
    say total or is blank; `amounts` the texts of cells that were not plain; `sums` those of the
    plain ones' exact sums. `count` is how many rows there are, `raw` are the keys as the engine
    knows them.
    """

    def __init__(
        self,
        keys: Mapping[int, str],
        names: Mapping[int, str],
        amounts: Mapping[int, str],
        sums: Mapping[int, str],
        count: int,
        raw: tuple[str, ...] = (),
    ) -> None:
        self.raw = raw
        self.keys = keys
        self.names = names
        self.amounts = amounts
        self.sums = sums
        self.count = count

    @cached_property
    def texts(self) -> Mapping[int, str]:
        """The cells that tell its rows from others with the same keys."""
        return {**self.names, **self.amounts}

    def is_unnamed(self, labels: Sequence[int]) -> bool:
        """Whether it has neither a key nor, in these columns, a name."""
        return not any(self.keys.values()) and not any(self.names.get(n, NAMED) for n in labels)

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in any of its cells that count."""
        return not self.sums and not any((*self.keys.values(), *self.texts.values()))


def groups_of(rows: Sequence[tuple[Any, ...]], planned: Planned) -> list[Group]:
    """The rows of `expression.rolled_up` by what they mean."""
    return _alike(_group(row, planned) for row in rows)


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
        keys,
    )


def _written(value: Any, held: int, places: int, mark: DecimalMark) -> str:
    """An exact sum, held with so many decimals, with as many as its cells print."""
    digits = int(f"{value:.{held}f}".replace(".", "")) if held else int(value)
    return _spelled(digits // 10 ** (held - places), places, mark.value)


def _spelled(digits: int, places: int, mark: str) -> str:
    sign, text = "-" if digits < 0 else "", str(abs(digits)).rjust(places + 1, "0")
    return f"{sign}{text[:-places]}{mark}{text[-places:]}" if places else sign + text


def _alike(groups: Iterable[Group]) -> list[Group]:
    """Groups as one where only names tell them apart that say no total."""
    found: dict[Hashable, list[Group]] = {}
    for group in groups:
        known = _telling(group) if group.names else group
        parts = (known.keys, known.names, known.amounts)
        found.setdefault(tuple([tuple(part.items()) for part in parts]), []).append(known)
    return [_joined(same) for same in found.values()]


def _telling(group: Group) -> Group:
    """Without the names that say no total."""
    said = {n: text for n, text in group.names.items() if not text or is_total_name(text)}
    return Group(group.keys, said, group.amounts, group.sums, group.count, group.raw)


def _joined(same: Sequence[Group]) -> Group:
    first = same[0]
    if len(same) == 1:
        return first
    sums = {n: _added([group.sums[n] for group in same]) for n in first.sums}
    count = sum(group.count for group in same)
    return Group(first.keys, first.names, first.amounts, sums, count, first.raw)


def _added(texts: Sequence[str]) -> str:
    """The sum of amounts as `_written` writes them, with the most decimals any of them has."""
    mark = next((sign for text in texts for sign in ".," if sign in text), "")
    parts = [text.partition(mark)[::2] if mark else (text, "") for text in texts]
    places = max(len(part) for _, part in parts)
    digits = sum(int(whole + part.ljust(places, "0")) for whole, part in parts)
    return _spelled(digits, places, mark)
