"""One name's programmes kept apart, all others added up: what `show` needs of a ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from budgetcli.recognise.names import clean, key
from budgetcli.rollup.groups import NAMED, Group
from budgetcli.rollup.planning import Planned

Only = Mapping[str, frozenset[str]]


def called(groups: Sequence[Group], planned: Planned, word: str) -> Only:
    """The keys, by the ledger's columns, of groups whose names a user's word may mean."""
    sought = key(clean(word))
    fitting = [group for group in groups if sought in key(" · ".join(map(clean, group.raw)))]
    if not fitting:
        return {}
    columns = zip(
        planned.plan.keys, zip(*(group.raw for group in fitting), strict=True), strict=True
    )
    return {name: frozenset(texts) for name, texts in columns}


def put_in(
    parts: Sequence[Group], groups: Sequence[Group], only: Only, before: Planned, after: Planned
) -> list[Group]:
    """The groups, those that `only` names replaced by their parts, all with the finer keys."""
    others = [group for group in groups if not _is_of(group, only, before)]
    return [*(_with_keys(group, after) for group in others), *parts]


def _is_of(group: Group, only: Only, planned: Planned) -> bool:
    return all(text in only[name] for name, text in zip(planned.plan.keys, group.raw, strict=True))


def _with_keys(group: Group, planned: Planned) -> Group:
    """A name that was added up stands there all the same: there were some."""
    texts = {**group.names, **group.keys}
    names = {n: text for n, text in group.names.items() if n not in planned.keys}
    keys = {n: texts.get(n, NAMED) for n in planned.keys}
    return Group(keys, names, group.amounts, group.sums, group.count)
