"""Lines that end in the same number of amounts: whether they are a table, and the table.

Which lines they are is told by `ending_run`, what stands above them by `ending_head`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from budgetcli.i18n import say
from budgetcli.model import Evidence, Span
from budgetcli.readers.lines import Found, Word, is_bullet, words_of
from budgetcli.readers.text.ending_head import Head, head_of, label_counts
from budgetcli.readers.text.ending_names import join_names
from budgetcli.readers.text.ending_run import Run, grown, name_of
from budgetcli.readers.text.header import MOST_COLUMNS
from budgetcli.readers.text.word_lines import PRINTED, SENTENCE, Text, has_digit, is_years

_SAID = 5


def ending(text: Text, at: int) -> tuple[Found | None, int]:
    """The table that starts with the row at this line, and the line to go on from."""
    if text.ends[at] < 1:
        return None, at + 1
    run = grown(text, at)
    return _table(text, run), run.rows[-1] + 1


def _table(text: Text, run: Run) -> Found | None:
    if run.count > MOST_COLUMNS:
        return None
    if is_years(text.lines[run.rows[0]]) and len(run.rows) > 1:
        run.rows = run.rows[1:]
    words = {at: words_of(text.lines[at]) for at in run.rows}
    head = head_of(text, run, words)
    if not _is_enough(text, run, head, words):
        return None
    return _built(text, run, head, words)


def _is_enough(text: Text, run: Run, head: Head | None, words: dict[int, list[Word]]) -> bool:
    """Few rows are believed only under a header; a single column only if it looks printed."""
    values = [word.text for at in run.rows for word in words[at][-run.count :]]
    if run.count == 1:
        marked = sum(1 for value in values if PRINTED.search(value))
        near = run.rows[-1] - run.rows[0] <= 3 * len(run.rows)
        return head is not None and len(run.rows) > 2 and 2 * marked >= len(values) and near
    if head:
        return len(run.rows) > 1 or run.count > 2
    numbers = sum(map(has_digit, values))
    sentences = sum(1 for at in run.rows if SENTENCE.search(text.lines[at]))
    bullets = sum(1 for at in run.rows if is_bullet(text.lines[at]))
    enough = len(run.rows) > (2 if run.count > 2 else 3)
    return enough and 2 * numbers > len(values) and not sentences and 2 * bullets < len(run.rows)


def _built(text: Text, run: Run, head: Head | None, words: dict[int, list[Word]]) -> Found:
    labels = head.labels if head else min(1, max(label_counts(run, words)))
    columns = labels + run.count
    cells = {at: _cells(text.lines[at], words[at], run.count, labels) for at in run.rows}
    evidence = [
        Evidence("table", say("columns told by the {n} amounts a line ends in", n=run.count))
    ]
    join_names(text, run, cells, evidence)
    for at in (*run.names, *run.odd):
        cells[at] = (text.lines[at].strip(), *[""] * (columns - 1))
    evidence += _about(run, head, columns)
    return _framed(run, head, cells, tuple(evidence))


def _framed(
    run: Run, head: Head | None, cells: dict[int, tuple[str, ...]], evidence: tuple[Evidence, ...]
) -> Found:
    """Header, rows and repeated headers in the order of the file."""
    rows = dict(cells)
    spans: list[Span] = []
    tops = [head.lines] if head else []
    if head:
        depth = len(head.lines)
        tops += [tuple(run.headers[at : at + depth]) for at in range(0, len(run.headers), depth)]
    for lines in tops:
        rows.update(zip(lines, head.header.rows if head else (), strict=False))
    order = sorted(rows)
    for lines in tops:
        offset = order.index(lines[0])
        spans += [
            Span(s.row + offset, s.column, s.rows, s.columns)
            for s in (head.header.spans if head else ())
        ]
    numbers = tuple(at + 1 for at in order)
    return Found(
        order[0], order[-1], tuple(rows[at] for at in order), numbers, tuple(spans), evidence
    )


def _cells(line: str, words: Sequence[Word], count: int, labels: int) -> tuple[str, ...]:
    name, values = name_of(words, count), [word.text for word in words[len(words) - count :]]
    if not labels:
        return tuple(values)
    if not name:
        return (*[""] * labels, *values)
    first = [word.text for word in name[: labels - 1]]
    rest = name[labels - 1 :]
    return (*first, line[rest[0].start : rest[-1].end], *values)


def _about(run: Run, head: Head | None, columns: int) -> Iterator[Evidence]:
    """What was inferred, and what was kept as it stands."""
    if head is None:
        said = say(
            "line {line}: the words above do not part into {n} column names",
            line=run.rows[0] + 1,
            n=columns,
        )
        yield Evidence("table", said, aloud=True)
    elif len(head.lines) > 1:
        said = say(
            "the header's {n} rows are fitted together so that the columns add up",
            n=len(head.lines),
        )
        yield Evidence("table", said, aloud=head.header.is_unsure)
    for at in run.names[:_SAID]:
        yield Evidence("table", say("line {line}: no amounts, kept as a row", line=at + 1))
    for at in run.odd[:_SAID]:
        said = say("line {line}: not {n} amounts, kept whole", line=at + 1, n=run.count)
        yield Evidence("table", said, aloud=True)
