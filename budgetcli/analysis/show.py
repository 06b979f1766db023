"""`show`: everything about one division: measures, ranks, what is left, and its programmes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from budgetcli.analysis.measured import in_words_of
from budgetcli.analysis.order import sorted_rows
from budgetcli.analysis.question import Question
from budgetcli.analysis.ranks import ranked
from budgetcli.analysis.severity import graded
from budgetcli.analysis.signs import sign, size
from budgetcli.analysis.standing import (
    Standings,
    default_grouping,
    measured,
    quantity,
    standings,
)
from budgetcli.errors import UserError
from budgetcli.fields import AMOUNTS, FIELDS, Kind
from budgetcli.i18n import Sentence, say, say_count
from budgetcli.measures import rate
from budgetcli.model import BudgetTable, Finding, Measure
from budgetcli.recognise.names import clean, key
from budgetcli.report import Column, Quantity, Report, Value
from budgetcli.targets import Target

Line = Mapping[str, Value]

JOINT = " · "
RANKED = ("execution_rate", "eligible_rate", "commitment_rate", "shortfall", "unspent")
_NAMED = 12

# From the outside in; what is shown below a division is the first of _BELOW that lies deeper.
_DEPTH = ("government", "office", "division", "policy_programme", "unit_programme", "programme")
_BELOW = ("division", "programme", "unit_programme", "policy_programme", "item")


def show(table: BudgetTable, division: str, question: Question = Question()) -> Report:
    """One division's row with its ranks, then its programmes, the largest unspent first.

    The total is the whole table's. Raises TableError where a column is
    missing, UserError where no division, or more than one, fits the name.
    """
    whole = standings(table, question)
    by = question.by or default_grouping(table)
    rows = _with_ranks(whole.rows, question)
    own = rows[_find(rows, division, str(table.place))]
    below = _below(table, by)
    parts = _Parts((), ())
    if below:
        parts = _parts(table, question._replace(by=by), own, below, whole.context.target)
    name = str(own["division"])
    extra = {below: ""} if below and below not in own else {}
    answer = Report(
        name="show",
        columns=_columns(whole, below),
        rows=({**own, **extra}, *sorted_rows(parts.rows, _ordered(question))),
        context=whole.context,
        total=whole.total,
        findings=(*_findings_about(name, whole), *parts.findings),
        headline=tuple(_headline(own, whole, parts.rows, question)),
        extra={"shown": name, "below": below, "ranked": _how_many(rows)},
    )
    return in_words_of(table.measure, answer)


class _Parts(NamedTuple):
    """The rows below a division, and what was noticed about them."""

    rows: tuple[Line, ...]
    findings: tuple[Finding, ...]


def _find(rows: Sequence[Line], wanted: str, where: str) -> int:
    """The row a user's word names. Raises UserError where none does, or several do."""
    names = [str(row["division"]) for row in rows]
    fitting = _fitting(names, clean(wanted))
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise UserError(
            say("{count} names fit {wanted!r}", count=len(fitting), wanted=wanted),
            where=where,
            seen=_listed([names[index] for index in fitting]),
            why=say("figures of another division must not stand in for it"),
            next=say("write one of them in full"),
        )
    raise UserError(
        say("nothing is called {wanted!r}", wanted=wanted),
        where=where,
        seen=_listed(_close(names, wanted)),
        why=say("figures of another division must not stand in for it"),
        next=say("see all names: ask for the summary of the same source"),
    )


def _fitting(names: Sequence[str], wanted: str) -> list[int]:
    """Those that are it; else by spelling without spaces and case; else that have it in them."""
    sought = key(wanted)
    for fits in (
        lambda name: name == wanted,
        lambda name: key(name) == sought,
        lambda name: key(name.rpartition(JOINT)[2]) == sought,
        lambda name: sought in key(name),
    ):
        found = [index for index, name in enumerate(names) if fits(name)]
        if found:
            return found
    return []


def _close(names: Sequence[str], wanted: str) -> list[str]:
    from difflib import get_close_matches

    spelled = {key(name): name for name in names}
    return [spelled[near] for near in get_close_matches(key(wanted), spelled, n=5, cutoff=0.5)]


def _listed(names: Sequence[str]) -> tuple[Sentence, ...]:
    if not names:
        return ()
    more = ", ..." if len(names) > _NAMED else ""
    return (say("names like it: {names}", names=", ".join(names[:_NAMED]) + more),)


def _below(table: BudgetTable, by: Sequence[str]) -> str | None:
    """The label field whose rows lie below these groups; None where the source has none."""
    depth = max((_DEPTH.index(name) for name in by if name in _DEPTH), default=-1)
    deeper = (*_DEPTH[depth + 1 :], "item")
    return next(
        (
            name
            for name in _BELOW
            if name in deeper and name not in by and any(name in row.labels for row in table.rows)
        ),
        None,
    )


def _parts(
    table: BudgetTable, question: Question, own: Line, below: str, target: Target | None
) -> _Parts:
    """The division's rows by programme, held against the division's own target."""
    name = str(own["division"])
    finer = standings(table, question._replace(by=(*question.by, below)))
    found = [(row, part) for row in finer.rows if (part := _part(row, own, question.by, below))]
    names = {row["division"] for row, _ in found}
    noticed = tuple(finding for finding in finer.findings if finding.division in names)
    rows = [
        {
            **row,
            **measured(name, _amounts(row), question, target),
            **{label: own[label] for label in question.by},
            below: part,
        }
        for row, part in found
    ]
    return _Parts(tuple(_with_ranks(rows, question)), noticed)


def _part(row: Line, own: Line, by: Sequence[str], below: str) -> str:
    """The name of a row below the division; none where it is another's, or has none."""
    name = str(own["division"])
    if below == "division":  # a group's own name stands under this key: it begins with the outer's
        is_own = all(row[label] == own[label] for label in by)
        return str(row[below]).removeprefix(name).removeprefix(JOINT) if is_own else ""
    part = str(row[below])
    return part if row["division"] == JOINT.join(filter(None, (name, part))) else ""


def _amounts(row: Line) -> dict[str, int | None]:
    return {
        name: value if isinstance(value := row[name], int) else None
        for name in AMOUNTS
        if name in row and name != "unspent"
    }


def _with_ranks(rows: Sequence[Line], question: Question) -> list[Line]:
    """The rows with their places among each other, the largest first; no shortfall, no place."""
    counted = [{**row, "shortfall": row["shortfall"] or None} for row in rows]
    names = [name for name in RANKED if name in (rows[0] if rows else ())]
    places = {f"rank_{name}": ranked(counted, name) for name in names}
    return [
        {**row, **{name: ranks[index] for name, ranks in places.items()}}
        for index, row in enumerate(graded(rows, question))
    ]


def _how_many(rows: Sequence[Line]) -> dict[str, int]:
    """Among how many each rank is one."""
    ranks = [name for name in rows[0] if name.startswith("rank_")]
    return {rank: sum(row[rank] is not None for row in rows) for rank in ranks}


def _ordered(question: Question) -> Question:
    return question if question.sort else question._replace(sort="-unspent")


def _columns(whole: Standings, below: str | None) -> tuple[Column, ...]:
    shown = {column.key for column in whole.columns}
    parts = [Column(below, FIELDS[below].kind)] if below else []
    ranks = [Column(f"rank_{name}", Kind.COUNT, 10) for name in RANKED if name in shown]
    names = [column for column in whole.columns if column.kind is Kind.NAME]
    rest = [column for column in whole.columns if column.kind is not Kind.NAME]
    return (*names, *parts, *rest, *ranks)


def _findings_about(name: str, whole: Standings) -> tuple[Finding, ...]:
    """What concerns this division or the table, not another division."""
    others = {row["division"] for row in whole.rows} - {name}
    return tuple(finding for finding in whole.findings if finding.division not in others)


def _headline(
    own: Line, whole: Standings, parts: Sequence[Line], question: Question
) -> Iterable[Sentence]:
    """The page in words: how much of how much, the target, the ranks, what is left, the parts."""
    reached, measure = whole.judged, whole.context.measure
    yield _measured(own, measure, reached) if measure else _reached(own, whole, question.basis)
    if whole.context.target and own["variance"] is not None:
        yield _distance(own, whole.context.target)
    if measure:
        return
    if own[f"rank_{reached}"] is not None:
        yield _places(own, whole.rows, reached)
    yield _left(own)
    yield from _shares(own, whole.total)
    if parts:
        yield _most_unspent(parts)


def _measured(own: Line, measure: Measure, reached: str) -> Sentence:
    return say(
        "{name}: {actual} {amount} of {plan} {whole}: {rate} %",
        **measure._asdict(),
        name=own["division"],
        amount=quantity(own, "spent"),
        whole=quantity(own, "budget"),
        rate=quantity(own, reached),
    )


def _reached(own: Line, whole: Standings, basis: str) -> Sentence:
    if own[whole.judged] is None:
        return say(
            "{name}: no rate ({base} {whole}, {part} {amount})",
            name=own["division"],
            base=FIELDS[whole.base].term,
            whole=quantity(own, whole.base),
            part=FIELDS[basis].term,
            amount=quantity(own, basis),
        )
    texts = {
        ("budget", "spent"): say("{name}: {rate} % of {budget} spent"),
        ("budget", "committed"): say("{name}: {rate} % of {budget} committed"),
        ("eligible", "spent"): say("{name}: {rate} % of the eligible base of {budget} spent"),
    }
    values = {
        "name": own["division"],
        "rate": quantity(own, whole.judged),
        "budget": quantity(own, whole.base),
    }
    return texts[whole.base, basis]._replace(values=values)


def _distance(own: Line, target: Target) -> Sentence:
    points = quantity(own, "variance")
    told = {"target": target.describe(), "points": points}
    if points.value is not None and points.value < 0:
        return say(
            "{points} points below {target}: {shortfall} still to go",
            **told,
            shortfall=quantity(own, "shortfall"),
        )
    return say("{points} points above {target}", **told)


def _places(own: Line, rows: Sequence[Line], reached: str) -> Sentence:
    told = {
        "place": own[f"rank_{reached}"],
        "count": sum(row[reached] is not None for row in rows),
    }
    if own["rank_unspent"] is None:
        return say("place {place} of {count} by rate", **told)
    told["unspent"] = own["rank_unspent"]
    if own["shortfall"]:
        return say(
            "place {place} of {count} by rate, {unspent} by money unspent, "
            "{shortfall} by money behind",
            **told,
            shortfall=own["rank_shortfall"],
        )
    return say("place {place} of {count} by rate, {unspent} by money unspent", **told)


def _left(own: Line) -> Sentence:
    if own["unpaid"] is None:
        return say("unspent: {unspent}", unspent=quantity(own, "unspent"))
    return say(
        "unspent: {unspent} = {uncommitted} uncommitted {plus} {unpaid} committed and unpaid",
        unspent=quantity(own, "unspent"),
        uncommitted=quantity(own, "uncommitted"),
        plus=sign(own["unpaid"]) or "+",
        unpaid=size(own, "unpaid"),
    )


def _shares(own: Line, total: Line) -> Iterable[Sentence]:
    """What the division is of the whole, where it is a part of it that can be told."""
    amounts = [line[name] for name in ("budget", "unspent") for line in (own, total)]
    known = [amount for amount in amounts if isinstance(amount, int)]
    if len(known) == len(amounts) and 0 < known[0] <= known[1] and 0 <= known[2] <= known[3]:
        yield say(
            "of the whole: {budget} % of the budget, {unspent} % of what is unspent",
            budget=Quantity(rate(known[0], known[1]), Kind.RATE),
            unspent=Quantity(rate(known[2], known[3]), Kind.RATE),
        )


def _most_unspent(parts: Sequence[Line]) -> Sentence:
    first = sorted_rows(parts, Question(sort="-unspent"))[0]
    below = [name for name in _BELOW if name in first][-1]
    return say_count(
        "{count} row below it: {name}, {unspent} unspent",
        "{count} rows below it; the most is unspent in {name}: {unspent}",
        len(parts),
        name=first[below],
        unspent=quantity(first, "unspent"),
    )
