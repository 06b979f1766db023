"""What a Hangul document is made of while it is walked: flows of paragraphs, tables, cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Union

Item = Union[list[str], "Table"]


class Rest(list[str]):
    """What a paragraph says after a table standing in it: no line of its own while empty."""


@dataclass(slots=True, eq=False)
class Flow:
    """Paragraphs one under the other, and the tables among them; `found` enters those tables."""

    found: list[Table]
    items: list[Item]


@dataclass(slots=True, eq=False)
class Cell(Flow):
    """A cell as written; `place` is None where the file gives no usable address."""

    owner: Table
    line: int
    header: bool
    place: tuple[int, int] | None = None
    rows: int = 1
    columns: int = 1
    text: str = ""


@dataclass(slots=True, eq=False)
class Table:
    """A table as written: the flow it stands in, its cells, the number of its row elements."""

    flow: Flow
    index: int
    height: int = 0
    cells: list[Cell] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)


def text_of(flow: Flow) -> str:
    """The paragraphs of a flow, one a line, without blank ones at its ends and without tables."""
    if len(flow.items) == 2 and flow.items[1].__class__ is list:  # nearly every cell
        return "".join(flow.items[1]).strip("\n")
    lines = [
        "".join(item)
        for item in flow.items
        if not isinstance(item, Table) and (item or not isinstance(item, Rest))
    ]
    return "\n".join(lines).strip("\n")


def lines_of(text: str) -> list[str]:
    """The lines that say something, trimmed."""
    return [line for line in map(str.strip, text.splitlines()) if line]
