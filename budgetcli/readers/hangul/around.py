"""The lines of text around a table of a Hangul document: its title, unit and notes."""

from __future__ import annotations

from budgetcli.readers.hangul.flow import Cell, Item, Table, lines_of

LINES_BEFORE = 8
LINES_AFTER = 4
_LOOKED_AT = 64  # items of a flow searched for those lines, however many of them are blank
_LEVELS = 4  # tables around a table searched for its title


def before(table: Table) -> list[str]:
    """The nearest lines above a table, of the cell it stands in and of what stands around that."""
    lines: list[str] = []
    for _ in range(_LEVELS):
        flow = table.flow
        above = flow.items[max(0, table.index - _LOOKED_AT) : table.index]
        for item in reversed(above):
            words = words_of(item)
            if words is None:
                return lines[-LINES_BEFORE:]
            lines[:0] = words
        if not isinstance(flow, Cell) or len(lines) >= LINES_BEFORE:
            break
        table = flow.owner
        lines[:0] = _cells_before(table, flow)
    return lines[-LINES_BEFORE:]


def after(table: Table) -> list[str]:
    """The nearest lines below a table, up to the next one."""
    lines: list[str] = []
    for item in table.flow.items[table.index + 1 : table.index + 1 + _LOOKED_AT]:
        if isinstance(item, Table) or len(lines) >= LINES_AFTER:
            break
        lines += lines_of("".join(item))
    return lines[:LINES_AFTER]


def words_of(item: Item) -> list[str] | None:
    """An item as lines: a paragraph, or a table that only frames a title; None for any other."""
    if not isinstance(item, Table):
        return lines_of("".join(item))
    filled = [cell for cell in item.cells[:_LOOKED_AT] if cell.text]
    rows = len({cell.line for cell in filled})
    frames = rows <= 1 or rows == len(filled)  # one row of text, or one column
    if not frames or len(item.cells) > _LOOKED_AT:
        return None
    return [line for cell in filled for line in lines_of(cell.text)]


def _cells_before(table: Table, cell: Cell) -> list[str]:
    """What the outer table's cells say before the one an inner table stands in."""
    position = next((i for i, other in enumerate(table.cells[:_LOOKED_AT]) if other is cell), 0)
    return [line for other in table.cells[:position] for line in lines_of(other.text)]
