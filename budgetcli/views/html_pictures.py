"""The pictures of a page, by kind; a page without them says why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from markupsafe import Markup

from budgetcli.errors import UserError
from budgetcli.i18n import say
from budgetcli.report import Dossier, Report
from budgetcli.views import Page, picture

# in the order of the page; what each draws, `picture` knows
_MOST = 30
_KINDS = ("bars", "unspent", "trend", "forecast")


class Pictures(NamedTuple):
    """Each picture as an svg element, or what it could not be drawn for."""

    drawn: Mapping[str, Markup]
    lacks: tuple[UserError, ...] = ()

    @property
    def why(self) -> list[str]:
        """The same as a remark on the page, with the next step."""
        return [
            str(say("without pictures: {reason} ({step})", reason=problem.what, step=problem.next))
            for problem in self.lacks
        ]


def pictures_of(dossier: Dossier, page: Page) -> Pictures:
    """All there are answers for; the first that cannot be drawn ends it: so none would be."""
    answers = {kind: _answer(dossier, kind) for kind in _KINDS}
    try:
        # matplotlib writes attributes and escapes texts: no policy needs to trust the svg
        return Pictures(
            {
                kind: Markup(picture.svg(answer, page, kind, _MOST))
                for kind, answer in answers.items()
                if answer and answer.rows
            }
        )
    except UserError as problem:
        return Pictures({}, (problem,))


def _answer(dossier: Dossier, kind: str) -> Report | None:
    """The answer behind a kind; where not all rows are drawn, those who are behind go first."""
    answer: Report | None = getattr(dossier, picture.KINDS[kind])
    if kind == "bars" and answer and dossier.lagging and len(answer.rows) > _MOST:
        behind = dossier.lagging.rows
        others = [row for row in answer.rows if row not in behind]
        return answer._replace(rows=(*behind, *others))
    return answer
