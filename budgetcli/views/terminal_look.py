"""How things look on a terminal: signs, strokes and colours, once in Unicode and once in ASCII.

What is drawn with them is decided in `terminal`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rich.box import Box

from budgetcli.measures import Status
from budgetcli.model import Severity
from budgetcli.views.terminal_cells import steady

# The eight lines are rich's: top, head, head rule, row, row rule, total rule, total, bottom.
# A head with a rule below, a total with a rule above, and no upright strokes between numbers.
_RULES = "    \n    \n ── \n    \n    \n ── \n    \n    \n"


@dataclass(frozen=True, slots=True)
class Look:
    """The characters of one kind of terminal; every sign is one cell wide but `ok`."""

    signs: Mapping[Status, str]
    severities: Mapping[Severity, str]
    alert: str
    fills: str
    empty: str
    mark: str
    over: str
    ellipsis: str
    between: str
    box: Box
    ascii: bool = False

    def own(self, text: str) -> str:
        """Our own words (not a file's names) in characters this terminal has."""
        return text.translate(_TYPED) if self.ascii else text

    def steady(self, line: str) -> str:
        """The line so that right-to-left script in it leaves its neighbours where they are."""
        return line if self.ascii else steady(line)


# Signs typed the way a typewriter would.
_TYPED = str.maketrans(
    {
        "±": "+/-",
        "−": "-",
        "–": "-",
        "—": "-",
        "×": "x",
        "÷": "/",
        "…": "...",
        "·": "-",
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "→": "->",
        "≥": ">=",
        "≤": "<=",
    }
)

UNICODE = Look(
    signs={
        Status.ON_TRACK: "✓",
        Status.LAGGING: "▼",
        Status.OVERSPENT: "!",
        Status.UNKNOWN: "?",
    },
    severities={Severity.ERROR: "✗", Severity.WARNING: "!", Severity.NOTE: "·"},
    alert="▼",
    fills="▏▎▍▌▋▊▉█",
    empty="░",
    mark="│",
    over="▶",
    ellipsis="…",
    between=" · ",
    box=Box(_RULES),
)

ASCII = Look(
    signs={
        Status.ON_TRACK: "ok",
        Status.LAGGING: "<",
        Status.OVERSPENT: "!",
        Status.UNKNOWN: "?",
    },
    severities={Severity.ERROR: "x", Severity.WARNING: "!", Severity.NOTE: "-"},
    alert="!!",
    fills="#",
    empty=".",
    mark="|",
    over=">",
    ellipsis="..",
    between="; ",
    box=Box(_RULES.replace("─", "-"), ascii=True),
    ascii=True,
)

STATUS_STYLES: Mapping[Status, str] = {
    Status.ON_TRACK: "green",
    Status.LAGGING: "bold red",
    Status.OVERSPENT: "bold magenta",
    Status.UNKNOWN: "yellow",
}

SEVERITY_STYLES: Mapping[Severity, str] = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "yellow",
    Severity.NOTE: "dim",
}
