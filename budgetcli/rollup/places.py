"""Where groups begin: the lines of a ledger's first megabytes, matched with what was rolled up.

A group that does not begin there is told by the file alone: looking on would cost more than the
roll-up itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from budgetcli.rollup.groups import MOST_LINES, Group


def lines_of(
    records: Iterable[tuple[int, Sequence[str]]], left: int, groups: Sequence[Group]
) -> list[tuple[int, ...]]:
    """The first lines of each group's rows, as far as these records tell.

    `left` is the ledger's column that is the grid's first.
    """
    if not groups:
        return []
    keys = tuple(left + key for key in groups[0].keys)
    alike: dict[tuple[str, ...], list[int]] = {}
    for number, group in enumerate(groups):
        alike.setdefault(tuple(group.keys.values()), []).append(number)
    for numbers in alike.values():
        numbers.sort(key=lambda number: len(groups[number].texts), reverse=True)
    found: list[list[int]] = [[] for _ in groups]
    for line, record in records:
        own = tuple([record[key].strip() if key < len(record) else "" for key in keys])
        for number in alike.get(own, ()):
            if _fits(groups[number], record, left):
                if len(found[number]) < MOST_LINES:
                    found[number].append(line)
                break
    return [tuple(lines) for lines in found]


def _fits(group: Group, record: Sequence[str], left: int) -> bool:
    texts = group.texts
    return not texts or all(
        left + column < len(record) and record[left + column].strip() == text
        for column, text in texts.items()
    )
