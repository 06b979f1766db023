"""One field, several columns: surer words, marks, arithmetic, the plainer header; else ask."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from budgetcli.errors import TableError, listed
from budgetcli.fields import DERIVED, FIELDS, RATES
from budgetcli.i18n import Sentence, say
from budgetcli.model import Evidence
from budgetcli.patterns import lazy
from budgetcli.recognise import proof
from budgetcli.recognise.grid import Grid
from budgetcli.recognise.headers import PART_TIER, Reading, is_plain, is_rate, marks_of
from budgetcli.recognise.names import key
from budgetcli.recognise.synonyms import OWN_TIER
from budgetcli.recognise.totals import is_total_name

# words like 예산 that mean the current budget only where no surer word stands in the table
_LOOSE_BUDGET_TIER = 2
# what a shell would not take as it stands
_SHELL = lazy(r"[\s()\[\]{}<>|&;*?!$`'\"\\]")
_BALANCES = ("unspent", "carried_over", "lapsed")
_RATE_ENDS = {
    "execution_rate": ("spent", "budget"),
    "commitment_rate": ("committed", "budget"),
    "attainment_rate": ("spent", "goal"),
    "eligible_rate": ("spent", "eligible"),
}


class UndecidedError(TableError):
    """Only the user can say which of the table's columns is which; `field` is the one in doubt."""

    field: str = ""


class Choice:
    """The columns of one table being given to fields: what is taken so far, and why."""

    def __init__(
        self,
        grid: Grid,
        rows: Sequence[int],
        readings: tuple[Reading, ...],
        where: str,
        year: int | None = None,
    ) -> None:
        self.grid = grid
        self.rows = rows
        self.readings = readings
        self.where = where
        self.year = year
        self.taken: dict[str, int] = {}
        self.evidence: list[Evidence] = []

    def say(self, message: Sentence, *, aloud: bool = False) -> None:
        """Leave evidence of a decision."""
        self.evidence.append(Evidence("mapping", message, aloud=aloud))

    @cached_property
    def unnamed_rates(self) -> tuple[int, ...]:
        """The columns that only say they are a rate: looked for once, for they may be thousands."""
        return tuple(
            column
            for column, reading in enumerate(self.readings)
            if not reading.fields and is_rate(reading, self.grid.words)
        )

    def header(self, column: int) -> str:
        """A column's header as a person would point at it."""
        return self.readings[column].header


def _candidates(choice: Choice, name: str) -> list[tuple[int, int]]:
    """Free columns that may hold a field, as (tier, column), the surest first."""
    return sorted(
        (tier, column)
        for column, reading in enumerate(choice.readings)
        for field_, tier in reading.fields
        if field_ == name
        and column not in choice.taken.values()
        and _may_hold(choice, name, column)
    )


def _may_hold(choice: Choice, name: str, column: int) -> bool:
    return name not in RATES or proof.holds_rates(choice.grid, choice.rows, column)


def surest(choice: Choice, name: str) -> list[tuple[int, int]]:
    """The candidates of the surest tier there is, as (tier, column)."""
    found = _candidates(choice, name)
    return [entry for entry in found if entry[0] == found[0][0]]


def choose_amount(choice: Choice, name: str) -> None:
    """Give an amount, a rate or a fact its column. Raises UndecidedError where nothing decides."""
    found = surest(choice, name) or _unnamed_rates(choice, name)
    found = _of_numbers(choice, found)
    if name == "original" and "budget" not in choice.taken:
        found = _leave_for_budget(choice, found)
    if name == "spent" and (proved := _proved_spent(choice)):
        found = [proved]
    if len(found) > 1:
        columns = [column for _, column in found]
        steps = (_by_marks, _by_arithmetic, _by_change, _by_total, _by_plainness)
        results = (step(choice, name, columns) for step in steps)
        decided = next((column for column in results if column is not None), None)
        if decided is None and name in DERIVED:
            return
        if decided is None and (name in RATES or name in _BALANCES):
            _leave(choice, name, columns)
            return
        if decided is None:
            raise undecided(choice, name, columns)
        found = [(found[0][0], decided)]
    if found:
        _take_amount(choice, name, *found[0])


def _of_numbers(choice: Choice, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Appropriation | Budgeted | Actual: a column of names is no amount where another may be."""
    numbers = [
        entry for entry in found if not proof.holds_words(choice.grid, choice.rows, entry[1])
    ]
    return numbers or found


def _by_change(choice: Choice, name: str, columns: list[int]) -> int | None:
    """Asignado | Modificado | Vigente: the budget is the original one and the other together."""
    original = choice.taken.get("original")
    if name != "budget" or original is None or len(columns) != 2:
        return None
    fitting = [
        whole
        for whole, change in (columns, columns[::-1])
        if proof.balance_follows(choice.grid, choice.rows, original, (change,), whole)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _proved_spent(choice: Choice) -> tuple[int, int] | None:
    """Of paid and accrued amounts the one the table's own rate is made of, where only one fits.

    A word of the user's own is not put to the proof.
    """
    found = _candidates(choice, "spent")
    tiers = {tier for tier, _ in found}
    if len(tiers) < 2 or OWN_TIER in tiers:
        return None
    column = _by_arithmetic(choice, "spent", [column for _, column in found])
    return next((entry for entry in found if entry[1] == column), None)


def _unnamed_rates(choice: Choice, name: str) -> list[tuple[int, int]]:
    """A column that only says it is a rate, if marks or figures show of what: % (d/a)."""
    columns = [
        column
        for column in choice.unnamed_rates
        if column not in choice.taken.values()
        and choice.year in (None, choice.readings[column].year)
    ]
    results = (step(choice, name, columns) for step in (_by_marks, _rate_that_follows))
    return [(0, column) for column in results if column is not None][:1]


def _by_marks(choice: Choice, name: str, columns: list[int]) -> int | None:
    """The rate column marked (C/B) where the amounts it is made of are marked (C) and (B)."""
    ends = [choice.taken.get(field_) for field_ in _RATE_ENDS.get(name, ())]
    marks = [set(marks_of(choice.readings[end])) for end in ends if end is not None]
    if len(marks) != 2:
        return None
    wanted = {f"{part}/{whole}" for part in marks[0] for whole in marks[1]}
    fitting = [column for column in columns if wanted & set(marks_of(choice.readings[column]))]
    return fitting[0] if len(fitting) == 1 else None


def _by_total(choice: Choice, name: str, columns: list[int]) -> int | None:
    """계 › 예산현액 beside 국비 › 예산현액 and others, if it is their sum."""
    called = [column for column in columns if any(map(is_total_name, _outer(choice, column)))]
    parts = [column for column in columns if column not in called]
    if name in RATES or len(called) != 1 or len(parts) < 2:
        return None
    if not proof.balance_follows(choice.grid, choice.rows, parts[0], parts[1:], called[0]):
        return None
    header, others = choice.header(called[0]), ", ".join(map(choice.header, parts))
    choice.say(say("{header} is the sum of {others}", header=header, others=others))
    return called[0]


def _outer(choice: Choice, column: int) -> tuple[str, ...]:
    return choice.readings[column].path[:-1]


def _by_plainness(choice: Choice, name: str, columns: list[int]) -> int | None:
    """집행액 rather than 이월액 제외 › 집행액: the one column whose group adds no condition."""
    plain = [column for column in columns if is_plain(choice.readings[column], choice.grid.words)]
    if len(plain) != 1 or name in RATES:
        return None
    others = ", ".join(choice.header(column) for column in columns if column != plain[0])
    choice.say(
        say(
            "{header} was taken for {field}, not {others}",
            header=choice.header(plain[0]),
            field=FIELDS[name].term,
            others=others,
        ),
        aloud=True,
    )
    return plain[0]


def _leave(choice: Choice, name: str, columns: list[int]) -> None:
    """Printed rates and balances are only checked: where several could be meant, none is."""
    headers = ", ".join(choice.header(column) for column in columns)
    term = FIELDS[name].term
    choice.say(
        say(
            "several columns could be {field}, none was taken: {columns}",
            field=term,
            columns=headers,
        ),
        aloud=True,
    )


def _take_amount(choice: Choice, name: str, tier: int, column: int) -> None:
    passed = [
        choice.header(other)
        for lower, other in _candidates(choice, name)
        if lower not in (tier, PART_TIER)
    ]
    choice.taken[name] = column
    header = choice.header(column)
    if name == "spent" and passed:
        others = ", ".join(passed)
        choice.say(
            say("{header} was taken for expenditure, not {others}", header=header, others=others),
            aloud=True,
        )
    if name == "budget" and passed:
        term, others = FIELDS[name].term, ", ".join(passed)
        choice.say(
            say(
                "{header} was taken for {field}, not {others}",
                header=header,
                field=term,
                others=others,
            ),
            aloud=True,
        )
    if name == "budget" and _LOOSE_BUDGET_TIER <= tier < PART_TIER:
        choice.say(
            say("{header} was taken for the current budget (예산현액)", header=header), aloud=True
        )
    if tier == PART_TIER:
        choice.say(
            say(
                "{header} was taken for {field}, of which it is perhaps a part (another: {flag})",
                header=header,
                field=FIELDS[name].term,
                flag=flag_for(name, "..."),
            ),
            aloud=True,
        )


def _leave_for_budget(choice: Choice, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """예산액 is the original budget only beside a column that is surely the current one."""
    surer = [tier for tier, _ in _candidates(choice, "budget")]
    if surer and surer[0] < _LOOSE_BUDGET_TIER:
        return found
    return [(tier, column) for tier, column in found if tier == 0]


def _by_arithmetic(choice: Choice, name: str, columns: list[int]) -> int | None:
    """The one candidate under which the printed rates are one amount over the other, if any."""
    if name in RATES:
        return _rate_that_follows(choice, name, columns)
    if name == "unspent":
        return _balance_that_follows(choice, columns)
    rates = own_rates(choice)
    other = {"spent": "budget", "budget": "spent"}.get(name)
    if other is None:
        return None
    taken = choice.taken.get(other)
    others = [taken] if taken is not None else [column for _, column in surest(choice, other)]
    if len(others) != 1:
        return None
    ends = [(column, others[0]) if name == "spent" else (others[0], column) for column in columns]
    fitting = [
        column
        for column, (part, whole) in zip(columns, ends, strict=True)
        if any(proof.rate_follows(choice.grid, choice.rows, rate, (part,), whole) for rate in rates)
    ]
    if len(fitting) != 1:
        return None
    header, term = choice.header(fitting[0]), FIELDS[name].term
    choice.say(
        say("{header} is {field}: the printed rates follow from it", header=header, field=term)
    )
    return fitting[0]


def own_rates(choice: Choice) -> tuple[int, ...]:
    """The table's execution rate, else what only says that it is a rate; none of several."""
    if "execution_rate" in choice.taken:
        return (choice.taken["execution_rate"],)
    named = [column for _, column in surest(choice, "execution_rate")]
    return () if len(named) > 1 else tuple(named) or choice.unnamed_rates


def _balance_that_follows(choice: Choice, columns: list[int]) -> int | None:
    """Of several balances the one that is the budget less the spending, if there is one."""
    ends = [choice.taken.get(name) for name in ("budget", "spent")]
    known = [end for end in ends if end is not None]
    if len(known) != 2:
        return None
    whole, part = known
    follows = [
        c for c in columns if proof.balance_follows(choice.grid, choice.rows, c, (part,), whole)
    ]
    return follows[0] if len(follows) == 1 else None


def _rate_that_follows(choice: Choice, name: str, columns: list[int]) -> int | None:
    """The one rate column that prints its own amounts' quotient, if there is one."""
    ends = [choice.taken.get(field_) for field_ in _RATE_ENDS.get(name, ())]
    known = [end for end in ends if end is not None]
    if len(known) != 2:
        return None
    part, whole = known
    follows = [
        c for c in columns if proof.rate_follows(choice.grid, choice.rows, c, (part,), whole)
    ]
    return follows[0] if len(follows) == 1 else None


def undecided(choice: Choice, name: str, columns: list[int]) -> UndecidedError:
    """The refusal that names every candidate and the flags that decide."""
    headers = [choice.header(column) for column in columns]
    numbers = [f"#{column + 1 + choice.grid.left}" for column in columns]
    distinct = len(set(map(key, headers))) == len(headers)
    flags = [flag_for(name, word) for word in (headers if distinct else numbers)]
    there = [f"{n} {header}" for n, header in zip(numbers, headers, strict=True)]
    problem = UndecidedError(
        say(
            "{count} columns could be {field} ({name}): {columns}",
            count=len(columns),
            field=FIELDS[name].term,
            name=name,
            columns=listed(there),
        ),
        where=choice.where,
        why=say("another column would give other figures"),
        next=say("say which: {flags}", flags=listed(flags)),
    )
    problem.field = name
    return problem


def flag_for(name: str, column: str) -> str:
    """The flag that gives a column to a field, as a shell takes it."""
    told = f"{name}={column}"
    if not _SHELL.search(told):
        return f"--map {told}"
    return f'--map "{told}"' if "'" in told else f"--map '{told}'"
