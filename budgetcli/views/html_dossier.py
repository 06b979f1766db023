"""A dossier as one page to hand on: headline figures, alerts, tables, checks, where it all is from.

It selects and words what the answers hold; it computes no figure and writes no markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from budgetcli.fields import FIELDS, Kind
from budgetcli.i18n import Sentence, say
from budgetcli.measures import Status
from budgetcli.report import Context, Dossier, Quantity, Report
from budgetcli.views import Drawn, Page
from budgetcli.views.cells import (
    Row,
    numbers_for,
    one_line,
    page_for,
    unit_shown,
    word,
    worded,
)
from budgetcli.views.html import findings, head
from budgetcli.views.html_document import document, paper_for
from budgetcli.views.html_pictures import pictures_of
from budgetcli.views.html_table import SIGNS, Table, select, table_of, verdict
from budgetcli.views.numbers import Numbers, unit_word
from budgetcli.views.words import headline, unit_said

# how many alerts or findings a page shows before the others are folded away
_SHOWN = 12
# the rank up to which columns stand in the first table; the others stand with the places
_FRONT = 5
_FRONT_OF_ROWS = 3
_TOLD = {"budget": "eligible", "spent": "committed", "unspent": "unpaid"}


class Tile(NamedTuple):
    """One headline figure: its name, value and unit, and what to hold it against."""

    term: str
    value: str
    unit: str = ""
    note: str = ""
    verdict: str = ""


def draw(dossier: Dossier, page: Page) -> Drawn:
    """The whole page, from the headline figures to where each number stands."""
    tables, pictures = _tables(dossier, page), pictures_of(dossier, page)
    values = {
        **head(dossier.summary, page),
        **tables,
        **_glance(dossier, page),
        **_folded(dossier, page),
        **_told(dossier, page),
        "pictures": pictures.drawn,
        "no_pictures": pictures.lacks,
    }
    weight = max(table.weight for table in tables.values() if table)
    return Drawn(document("dossier.html", paper_for(weight), values), pictures.lacks)


def _tables(dossier: Dossier, page: Page) -> dict[str, Table | None]:
    """The tables of the page, those whose answer was not given left out."""
    report = dossier.summary
    front = [column.key for column in report.columns if column.rank <= _FRONT]
    return {
        "table": table_of(select(report, front), page),
        "rest": table_of(_rest(report, front), page),
        "trend": dossier.trend and table_of(_front(dossier.trend), page),
        "forecast": dossier.forecast and table_of(_front(dossier.forecast), page),
    }


def _glance(dossier: Dossier, page: Page) -> dict[str, object]:
    """What a reader in a hurry reads."""
    report = dossier.summary
    numbers = numbers_for(report, page)
    return {
        "title": _title(report.context),
        "headline": headline(report, numbers),
        "tiles": list(_tiles(dossier, numbers)),
    }


def _folded(dossier: Dossier, page: Page) -> dict[str, object]:
    """The two lists that may be long, and what to say of what is folded away."""
    check, alerts = dossier.check, list(_alerts(dossier, numbers_for(dossier.summary, page)))
    return {
        "shown": _SHOWN,
        "alerts": alerts,
        "marked": _more(say("{count} more, marked in the table below"), alerts),
        "checked": findings(check.findings, numbers_for(check, page_for(check, page))),
        "more": _more(say("{count} more"), check.findings),
    }


def _told(dossier: Dossier, page: Page) -> dict[str, object]:
    """The sentences above each answer, and how the numbers were made."""
    origin = dossier.origin
    return {
        "said": _said(dossier, page),
        "unit": str(unit_said(unit_shown(dossier.summary, page))),
        "formulas": [(_term(row), row["formula"]) for row in origin.rows],
        "inferred": headline(origin, numbers_for(origin, page)),
    }


def _title(context: Context) -> str:
    return one_line(context.title or str(say("Budget execution")))


def _more(said: Sentence, items: Sequence[object]) -> str:
    """How many are folded away."""
    return str(said._replace(values={"count": len(items) - _SHOWN}))


def _rest(report: Report, front: list[str]) -> Report:
    """The columns that the first table has no room for, after the names again."""
    names = [column.key for column in report.columns if column.kind is Kind.NAME]
    others = [column.key for column in report.columns if column.key not in front]
    return select(report, [*names, *others])


def _front(report: Report) -> Report:
    """Without what the first table, or a sentence, says already."""
    return select(
        report, [column.key for column in report.columns if column.rank <= _FRONT_OF_ROWS]
    )


def _said(dossier: Dossier, page: Page) -> dict[str, list[str]]:
    """The sentences above each answer, or why there is none."""
    given = {
        "lagging": dossier.lagging and _without_rows(dossier.lagging),
        "trend": dossier.trend,
        "forecast": dossier.forecast,
        "check": dossier.check,
    }
    said = {
        name: headline(report, numbers_for(report, page)) if report else []
        for name, report in given.items()
    }
    missing = {name: [str(say("not given: {reason}", reason=why))] for name, why in dossier.missing}
    return {**said, **missing}


def _without_rows(lagging: Report) -> Report:
    """How many are behind, without the sentence for each of them: the alerts say that."""
    said = lagging.headline
    return lagging._replace(headline=(said[0], *said[1 + len(lagging.rows) :]))


def _tiles(dossier: Dossier, numbers: Numbers) -> Iterator[Tile]:
    """The total's figures, then how many are behind."""
    report = dossier.summary
    total = report.total or {}
    for key, beside in _TOLD.items():
        yield from _money(numbers, total, key, beside)
    yield _rate(report, numbers, total)
    if dossier.lagging:
        yield _behind(dossier.lagging, report)


def _money(numbers: Numbers, total: Row, key: str, beside: str) -> Iterator[Tile]:
    amount, other = total.get(key), total.get(beside)
    if not isinstance(amount, int):
        return
    value = numbers.pretty(amount, numbers.places_for([amount]))
    note = ""
    if isinstance(other, int):
        note = f"{FIELDS[beside].term} {numbers.pretty(other, numbers.places_for([other]))}"
    yield Tile(FIELDS[key].term, value, unit_word(numbers.unit) if numbers.unit else "", note)


def _rate(report: Report, numbers: Numbers, total: Row) -> Tile:
    reached, distance = total.get(report.context.judged), total.get("variance")
    note = ""
    if isinstance(distance, int | Fraction) and report.context.target:
        target = report.context.target.describe()
        points = numbers.points(Fraction(distance))
        note = str(say("{points} points against {target}", points=points, target=target))
    value = numbers.quantity(_quantity(total, report.context.judged))
    unit = "%" if reached is not None else ""
    return Tile(FIELDS[report.context.judged].term, value, unit, note, verdict(total))


def _behind(lagging: Report, summary: Report) -> Tile:
    count, every = len(lagging.rows), len(summary.rows)
    return Tile(
        str(say("behind the target")),
        f"{count:,}",
        str(say("of {count}", count=f"{every:,}")),
        verdict=Status.LAGGING.value if count else "",
    )


def _alerts(dossier: Dossier, numbers: Numbers) -> Iterator[dict[str, str]]:
    """Who is behind, the worst first, then who spent more than the budget."""
    judged = dossier.summary.context.judged
    for row in dossier.lagging.rows if dossier.lagging else ():
        yield _alert(
            row,
            Status.LAGGING,
            numbers,
            say(
                "{rate} %, {points} points below; {shortfall} still to go",
                rate=_quantity(row, judged),
                points=_quantity(row, "variance"),
                shortfall=_quantity(row, "shortfall"),
            ),
        )
    for row in dossier.summary.rows:
        if row.get("status") is Status.OVERSPENT:
            yield _alert(
                row,
                Status.OVERSPENT,
                numbers,
                say(
                    "{spent} spent of {budget}",
                    spent=_quantity(row, "spent"),
                    budget=_quantity(row, "budget"),
                ),
            )


def _alert(row: Row, status: Status, numbers: Numbers, gap: Sentence) -> dict[str, str]:
    return {
        "name": one_line(str(row["division"])),
        "verdict": status.value,
        "sign": SIGNS[status],
        "word": word(status),
        "gap": numbers.sentence(gap),
    }


def _quantity(row: Row, key: str) -> Quantity:
    value = row.get(key)
    return Quantity(value if isinstance(value, int | Fraction) else None, FIELDS[key].kind)


def _term(row: Row) -> str:
    return worded(row["column"]) or one_line(str(row["column"]))
