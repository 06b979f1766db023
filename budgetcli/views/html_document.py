"""A complete page from a template: its style and script inside it, let in by their digests alone.

What the page says is decided in `html`.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from budgetcli.i18n import language, say

_POLICY = (
    "default-src 'none'; style-src '{style}'; script-src '{script}'; "
    "img-src data:; base-uri 'none'; form-action 'none'"
)
_TEMPLATES = Environment(
    loader=PackageLoader("budgetcli.views"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

# What a line of A4 holds: digits at 8 points, upright and across.
_UPRIGHT, _ACROSS = 112, 168
_POINTS, _LEAST_POINTS = 8.0, 4.0


class Paper(NamedTuple):
    """How a page lies when it is printed, its room in mm, how large its tables' letters are."""

    orientation: str
    height: int
    points: str


def paper_for(weight: int) -> Paper:
    """Paper on which tables of this width in digits are not cut."""
    if weight <= _UPRIGHT:
        return Paper("portrait", 265, f"{_POINTS:g}")
    fitting = _POINTS * _ACROSS / max(weight, _ACROSS)
    return Paper("landscape", 178, f"{max(fitting, _LEAST_POINTS):.1f}")


def document(template: str, paper: Paper, values: Mapping[str, Any]) -> str:
    """The page, in the language in use; every value is escaped but those of type Markup."""
    style = _TEMPLATES.get_template("page.css").render(paper=paper)
    script = _TEMPLATES.get_template("page.js").render()
    own: dict[str, Any] = {
        "language": language(),
        "policy": _POLICY.format(style=_digest(style), script=_digest(script)),
        "style": Markup(style),  # ours, so not escaped
        "script": Markup(script),  # the same
        "words": words(),
    }
    return _TEMPLATES.get_template(template).render({**own, **values}) + "\n"


def words() -> dict[str, str]:
    """The pages' own headings and remarks, in the language in use."""
    said = {
        "skip": say("to the content"),
        "find": say("Find by name"),
        "shown": say("{shown} of {all} shown"),
        "sort": say("A click on a column's head sorts."),
        "bars": say("bars: 0 to 100 %; pale: committed; line: target"),
        "findings": say("Findings"),
        "passages": say("The report's text, with every figure that was recomputed"),
        "glance": say("At a glance"),
        "behind": say("Who is behind?"),
        "pictures": say("Pictures"),
        "standing": say("Where does every division stand?"),
        "figures": say("Budget, expenditure and rate"),
        "trend": say("How did it move?"),
        "forecast": say("Where does the year end?"),
        "rates": say("Rates over the dates"),
        "year_end": say("Money left at the year's end"),
        "check": say("Do the printed figures add up?"),
        "origin": say("How was each number made?"),
        "inferred": say("What was read, and what was inferred"),
        "others": say("Other figures and places"),
        "rest": say("All other figures, and where each row stands in the source"),
    }
    return {name: str(sentence) for name, sentence in said.items()}


def _digest(text: str) -> str:
    """What the policy lets in: this very text and no other."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
