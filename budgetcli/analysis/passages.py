"""A report's text as it stands, with every figure marked that was recomputed.

How a mark looks is a view's business.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from budgetcli.claims.claim import Claim, Verdict
from budgetcli.i18n import Sentence, say
from budgetcli.model import Document, Line, RawTable
from budgetcli.report import Mark, Passage

# a sentence may go on over so many lines
_REACH = 4


def passages_of(documents: Sequence[Document], claims: Sequence[Claim]) -> tuple[Passage, ...]:
    """Every line of the documents and every row of their tables, in reading order."""
    lines = [line for document in documents for line in _lines(document)]
    marks: list[list[Mark]] = [[] for _ in lines]
    starts = {line.place: number for number, line in enumerate(lines)}
    for claim in sorted(claims, key=lambda claim: list(Verdict).index(claim.verdict)):
        first = starts.get(claim.place)
        if first is not None:
            reach = range(first, min(first + _REACH, len(lines)))
            number = next((n for n in reach if claim.figure.text in lines[n].text), first)
            marks[number] += _mark(claim, lines[number].text, marks[number])
    return tuple(
        Passage(line.text, str(line.place), tuple(sorted(own)))
        for line, own in zip(lines, marks, strict=True)
    )


def _lines(document: Document) -> list[Line]:
    """Tables stand where their rows are lines of the text, else after the text of their page."""
    rows = [row for table in document.tables for row in _rows(table)]
    taken = {(line.place.page, line.place.row) for line in document.lines}
    apart = any((row.place.page, row.place.row) in taken for row in rows)
    texts = [(line, 0) for line in document.lines]
    placed = [*texts, *((row, row.place.table or 1) for row in rows)]
    placed.sort(key=lambda one: (one[0].place.page or 0, one[1] * apart, one[0].place.row or 0))
    return [line for line, _ in placed]


def _rows(table: RawTable) -> Iterator[Line]:
    for number, cells in enumerate(table.rows):
        if text := "  ".join(filter(None, cells)):
            yield Line(text, table.place(number))


def _mark(claim: Claim, text: str, others: Sequence[Mark]) -> Iterator[Mark]:
    """Where the figure is printed in a line first, but for what is marked already."""
    printed = claim.figure.text
    start = text.find(printed)
    while start >= 0:
        end = start + len(printed)
        if not any(mark.start < end and start < mark.end for mark in others):
            yield Mark(start, end, claim.verdict.value, _said(claim))
            return
        start = text.find(printed, end)


def _said(claim: Claim) -> Sentence:
    if claim.computed_text is None:
        return claim.reason
    return say(
        "{computed} from {parts}: {reason}",
        computed=claim.computed_text,
        parts=", ".join(claim.parts),
        reason=claim.reason,
    )
