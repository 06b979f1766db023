"""The pictures of a page, by kind; a page without them says why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from markupsafe import Markup

from budgetcli.errors import UserError
from budgetcli.i18n import Sentence, say
from budgetcli.report import Dossier, Report
from budgetcli.views import Page, picture

# in the order of the page; what each draws, `picture` knows
_MOST = 30
_KINDS = ("bars", "unspent", "trend", "forecast")


class Pictures(NamedTuple):
    """Each picture as an svg element; why others could not be drawn and what to do about it."""

    drawn: Mapping[str, Markup]
    lacks: tuple[Sentence, ...] = ()


def pictures_of(dossier: Dossier, page: Page) -> Pictures:
    """All there are answers for, and each reason that one is missing, once."""
    drawn: dict[str, Markup] = {}
    lacks: dict[str, Sentence] = {}
    for kind in _KINDS:
        answer = _answer(dossier, kind)
        if not answer or not answer.rows:
            continue
        try:
            # matplotlib writes attributes and escapes texts: no policy needs to trust the svg
            drawn[kind] = Markup(picture.svg(answer, page, kind, _MOST))
        except UserError as problem:
            why = say("without pictures: {reason} ({step})", reason=problem.what, step=problem.next)
            lacks[str(why)] = why
    return Pictures(drawn, tuple(lacks.values()))


def _answer(dossier: Dossier, kind: str) -> Report | None:
    """The answer behind a kind; where not all rows are drawn, those who are behind go first."""
    answer: Report | None = getattr(dossier, picture.KINDS[kind])
    if kind == "bars" and answer and dossier.lagging and len(answer.rows) > _MOST:
        behind = {row["where"] for row in dossier.lagging.rows}
        others = (row for row in answer.rows if row["where"] not in behind)
        return answer._replace(rows=(*dossier.lagging.rows, *others))
    return answer
