"""A raw table as figures, with the names of its rows and columns. What they claim is for others."""

from __future__ import annotations

from typing import NamedTuple

from budgetcli.claims.figures import Figure, figures_in
from budgetcli.model import RawTable
from budgetcli.patterns import lazy
from budgetcli.recognise.names import clean

_TOTALS = frozenset(("계", "합계", "총계", "소계", "총합계", "누계", "total"))
# what is no sum of its parts: rates, means, prices of one
_RATES = lazy(r"[률율당]$|(?:성|구성|대|점유|배)비$|평균|단가|비중|지수|점수|만족도|순위|인당|%")
_MOST_HEADS = 3
_NAMED = lazy(r"[^\W\d_]{3}")
_BRACKETED = lazy(r"\(\s?[$€£₩]?\d[\d,.]*\s?\)")


class Cells(NamedTuple):
    """A table as figures: `figures[row][column]` holds those of a cell, empty for none.

    `names` are those of the rows, `heads` what stands above each column.
    """

    raw: RawTable
    names: tuple[str, ...]
    heads: tuple[str, ...]
    figures: tuple[tuple[tuple[Figure, ...], ...], ...]

    def text(self, row: int) -> str:
        """The row as printed."""
        return " ".join(cell for cell in self.raw.rows[row] if cell)


def cells_of(raw: RawTable) -> Cells:
    """The figures of every cell."""
    width = max((len(row) for row in raw.rows), default=0)
    rows = [(*row, *("",) * (width - len(row))) for row in raw.rows]
    figures = tuple(tuple(map(_figures, row)) for row in rows)
    first = next((number for number, row in enumerate(figures) if any(row[1:])), 0)
    heads = rows[: min(max(first, 1), _MOST_HEADS)]
    return Cells(
        raw,
        tuple(clean(row[0]) if row else "" for row in rows),
        tuple(clean(" ".join(filter(None, column))) for column in zip(*heads, strict=True)),
        figures,
    )


def _figures(cell: str) -> tuple[Figure, ...]:
    """In brackets alone it may be less than nothing, as in accounts, or be set aside."""
    found = figures_in(cell)
    if len(found) == 1 and _BRACKETED.fullmatch(cell.strip()):
        return (found[0]._replace(value=-found[0].value, vague=True),)
    return found


def is_total(name: str) -> bool:
    """Whether a row or column is called a total."""
    return name.replace(" ", "").lower() in _TOTALS


def is_rate(name: str) -> bool:
    """Whether what is called so is no sum of its parts: a rate, a mean, a price of one."""
    return _RATES.search(name) is not None


def data_rows(cells: Cells) -> list[int]:
    """The rows with figures behind their name; RELEASED /2 is a header with a footnote's mark."""
    return [
        number
        for number, row in enumerate(cells.figures)
        if any(
            found and not _NAMED.match(text)
            for found, text in zip(row[1:], cells.raw.rows[number][1:], strict=False)
        )
    ]
