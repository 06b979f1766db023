"""What a picture says in words: its finding as a title, its source and what else must be known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import count
from typing import NamedTuple

from budgetcli.errors import UserError
from budgetcli.fields import FIELDS
from budgetcli.i18n import Sentence, say, say_count
from budgetcli.measures import Status, half_up
from budgetcli.report import Quantity, Report, Value
from budgetcli.views import Page
from budgetcli.views.cells import about, numbers_for, worded
from budgetcli.views.numbers import NOT_AVAILABLE, Numbers
from budgetcli.views.picture.ink import among_others, name, shortened
from budgetcli.views.picture.look import LABEL, LIMIT, MOST, SMALL
from budgetcli.views.picture.scale import Exact, Scale, cut
from budgetcli.views.words import headline

Row = Mapping[str, Value]
# points a name may take of a title, a table's title of a line, and sources of the notes
_IN_TITLE, _IN_LINE, _IN_NOTES = 260, 300, 1400


class Shown(NamedTuple):
    """The rows that are drawn, or named, and how many there are in all."""

    rows: Sequence[Row]
    all: int


def shown(rows: Sequence[Row], most: int | None, usual: int = MOST) -> Shown:
    """The first rows, as many as were asked for, or are usual. Raises UserError."""
    if min(most or 0, len(rows)) > LIMIT:
        raise UserError(
            say("a picture holds at most {most} rows", most=LIMIT),
            where="--top",
            why=say("more could not be told apart, and could use up this machine's memory"),
            next=say("ask for fewer, or write a table: budgetcli summary -o FILE.xlsx"),
        )
    return Shown(rows[: most or usual], len(rows))


def named(row: Row, room: float = _IN_TITLE) -> str:
    """A row's name beside other words, shortened where it is very long."""
    return among_others(shortened(label(row), room, LABEL))


def standing(report: Report, page: Page) -> str:
    """The finding of rates held against a target: who is furthest behind, or that nobody is."""
    return numbers_for(report, page).sentence(_standing(report))


def _standing(report: Report) -> Sentence:
    judged = [row for row in report.rows if row["variance"] is not None]
    behind = [row for row in judged if is_behind(row)]
    over = [row for row in report.rows if row["status"] is Status.OVERSPENT]
    if behind:
        return _furthest(behind, report.context.judged)
    if over:
        return _overspent(over)
    if judged:
        return say("Nobody is behind the target")
    return report.headline[0]


def _furthest(behind: Sequence[Row], judged: str) -> Sentence:
    worst = min(behind, key=_variance)
    values = {
        "name": named(worst),
        "rate": quantity(worst, judged),
        "points": quantity(worst, "variance"),
    }
    if len(behind) == 1:
        return say("{name} {rate} %, {points} points behind", **values)
    return say_count(
        "{name} {rate} %, {points} points behind; so is {count} other",
        "{name} {rate} %, {points} points behind; so are {count} others",
        len(behind) - 1,
        **values,
    )


def furthest(report: Report) -> Row | None:
    """The row furthest behind its target; None where none is behind."""
    return min(filter(is_behind, report.rows), key=_variance, default=None)


def _variance(row: Row) -> Exact:
    return exact(row["variance"]) or 0


def _overspent(over: Sequence[Row]) -> Sentence:
    first = max(over, key=lambda row: exact(row["execution_rate"]) or 0)
    return say(
        "{name} spent {spent} of {budget}: more than its budget",
        name=named(first),
        spent=quantity(first, "spent"),
        budget=quantity(first, "budget"),
    )


def label(row: Row) -> str:
    """A row's name beside what is drawn of it."""
    return name(worded(row["division"]) or str(row["division"]))


def is_behind(row: Row) -> bool:
    """Whether it is strictly below its target."""
    variance = exact(row["variance"])
    return variance is not None and variance < 0


def subtitle(report: Report, page: Page, finding: str) -> str:
    """What the table is of, and the first sentence of the answer if the finding is another."""
    title = shortened(name(report.context.title or ""), _IN_LINE, LABEL)
    said = headline(report, numbers_for(report, page))[0]
    return " · ".join(filter(None, (title, name(said) if said != finding else "")))


def told(report: Report, numbers: Numbers) -> tuple[str, str]:
    """The answer's own two first sentences, as title and subtitle."""
    first, second, *_ = (*headline(report, numbers), "", "")
    return name(first), name(second)


def notes(report: Report, page: Page, *told: Sentence | None) -> tuple[str, ...]:
    """How to read the picture, as told; then where it comes from."""
    source = shortened(name(report.context.source), _IN_NOTES, SMALL)
    return (
        *(name(str(said)) for said in told if said),
        " · ".join([*about(report, page), str(say("Source: {source}", source=source))]),
    )


def left_out(rows: Shown) -> Sentence | None:
    """How many rows are not in the picture, and how they come in."""
    count = rows.all - len(rows.rows)
    if not count:
        return None
    return say_count(
        "{count} more of {all} is not drawn",
        "{count} more of {all} are not drawn",
        count,
        all=rows.all,
    )


def quantity(row: Row, key: str) -> Quantity:
    """One exact number of a row, to stand in a sentence."""
    return Quantity(exact(row.get(key)), FIELDS[key].kind)


def exact(value: Value) -> int | Fraction | None:
    """A number as it is; None for what is not known."""
    return value if isinstance(value, int | Fraction) else None


def rated(numbers: Numbers, row: Row, key: str) -> str:
    """30.7 %, or n/a."""
    value = exact(row.get(key))
    return NOT_AVAILABLE if value is None else f"{numbers.rate(Fraction(value)):f} %"


def pointed(numbers: Numbers, row: Row, key: str) -> str:
    """+9.5 or -27.5; nothing where there is no target."""
    value = exact(row.get(key))
    return "" if value is None else numbers.points(Fraction(value))


def amounts(numbers: Numbers, values: Sequence[Value]) -> list[str]:
    """Money in the unit shown, all with the same decimals; n/a for what is not known."""
    known = [exact(value) for value in values]
    places = numbers.places_for(value for value in known if isinstance(value, int))
    return [
        numbers.pretty(value, places) if isinstance(value, int) else NOT_AVAILABLE
        for value in known
    ]


def tick_labels(numbers: Numbers, scale: Scale) -> list[str]:
    """The round amounts of a scale of money, in the unit shown."""
    exactly = [tick / 10**numbers.shift for tick in scale.ticks]
    places = next(n for n in count() if all((tick * 10**n).denominator == 1 for tick in exactly))
    return [f"{half_up(tick, places):,f}" for tick in exactly]


def lies_beyond(rate: Exact | None) -> bool:
    """Whether a rate is drawn at the edge and not where it is."""
    return rate is not None and rate != cut(rate)


def beyond(rates: Sequence[Exact | None]) -> Sentence | None:
    """That a rate lies beyond the picture's edge, where one does."""
    if not any(map(lies_beyond, rates)):
        return None
    return say("a point at the edge with an arrow lies beyond it: its figure is exact")


def unnamed(rows: Shown) -> Sentence | None:
    """How many are drawn without their names."""
    count = rows.all - len(rows.rows)
    if not count:
        return None
    return say_count(
        "{count} more of {all} is drawn without its name",
        "{count} more of {all} are drawn without their names",
        count,
        all=rows.all,
    )


def unrated(count: int) -> Sentence | None:
    """How many have no rate, and so no place in the picture."""
    if not count:
        return None
    return say_count("n/a: {count} has no rate", "n/a: {count} have no rate", count)
