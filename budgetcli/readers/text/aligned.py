"""Tables whose columns stand under each other: by strokes under the header, or by runs of blanks.

Places are counted in terminal cells or in characters, whichever keeps the columns apart.
A cell that is blank stays blank, because its place says which column it is in.
"""

from __future__ import annotations

from collections.abc import Sequence

from budgetcli.readers.lines import Found
from budgetcli.readers.text.spaced import spaced
from budgetcli.readers.text.stroked import stroked


def aligned_tables(lines: Sequence[str], taken: bytearray) -> list[Found]:
    """Every aligned table among the lines not `taken`, which is brought up to date."""
    found: list[Found] = []
    for look in (stroked, spaced):
        at = 0
        while at < len(lines):
            table, at = look(lines, taken, at)
            if table:
                found.append(table)
                taken[table.first : table.last + 1] = b"\1" * (table.last - table.first + 1)
    return found
