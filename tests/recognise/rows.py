"""Rows as a test of totals writes them: a name (or code) and its amounts, one line a row."""

from __future__ import annotations

from budgetcli.model import Absent, Place, Row

FIELDS = ("budget", "spent")
LABELS = ("group", "division", "programme")
QUANTUM = dict.fromkeys(FIELDS, 1)


def rows_of(text: str) -> list[Row]:
    """Lines of `name amount amount`; `실국/과/팀` are labels, a dash is no amount."""
    return [_row(number, line.split()) for number, line in enumerate(text.strip().splitlines())]


def _row(number: int, cells: list[str]) -> Row:
    labels = {name: text for name, text in zip(LABELS, cells[0].split("/"), strict=False) if text}
    amounts = {
        name: Absent.DASH if cell == "-" else int(cell)
        for name, cell in zip(FIELDS, cells[1:], strict=True)
    }
    return Row(labels, amounts, {}, tuple(cells), Place("report.csv", number))
