"""The run of lines that end in as many amounts: grown downward until another table begins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from budgetcli.readers.lines import Word, is_bullet, words_of
from budgetcli.readers.text.header import fit
from budgetcli.readers.text.word_lines import BLANK, TAKEN, Text, is_header_like

_MOST_BLANKS = 4
_MOST_PENDING = 4
_PLAIN = re.compile(r"\d{1,4}")


@dataclass
class Run:
    """Lines that end in `count` amounts, in order; other lines between them by their kind."""

    count: int
    rows: list[int] = field(default_factory=list)
    names: list[int] = field(default_factory=list)
    odd: list[int] = field(default_factory=list)
    headers: list[int] = field(default_factory=list)


def grown(text: Text, first: int) -> Run:
    """The longest run of rows that begins with this line."""
    run = Run(_usual_count(text, first), [first])
    above = {_folded(text.lines[at]) for at in lines_above(text, first)}
    pending: list[int] = []
    blanks = 0
    for at in range(first + 1, len(text.lines)):
        end = text.ends[at]
        if end == TAKEN or blanks > _MOST_BLANKS or len(pending) > _MOST_PENDING:
            break
        blanks = blanks + 1 if end == BLANK else 0
        if _is_row(text, at, run.count):
            if not _admit(text, run, pending, above):
                break
            run.rows.append(at)
            pending = []
        elif end >= 0:
            if not (end or text.is_name(at)):
                break
            pending.append(at)
    return run


def _usual_count(text: Text, first: int) -> int:
    """The commonest number of amounts among the first rows, if the first row has as many."""
    seen = Counter(end for end in text.ends[first : first + 12] if end > 0)
    usual, times = seen.most_common(1)[0]
    return usual if times > 1 and usual < text.ends[first] else text.ends[first]


def _is_row(text: Text, at: int, count: int) -> bool:
    """As many amounts as the others; more only where the name ends in a plain number."""
    end = text.ends[at]
    if end <= count:
        return end == count and (count > 1 or not is_bullet(text.lines[at]))
    extra = words_of(text.lines[at])[-end:-count]
    is_named = len(words_of(text.lines[at])) > end
    return is_named and all(_PLAIN.fullmatch(word.text) for word in extra)


def _admit(text: Text, run: Run, pending: Sequence[int], above: set[str]) -> bool:
    """Take the lines between two rows into the table; false where they start another one."""
    if not pending:
        return True
    if all(_folded(text.lines[at]) in above for at in pending):
        run.headers += pending
        return True
    if any(_folded(text.lines[at]) in above for at in pending):
        return False
    names = [at for at in pending if not text.ends[at]]
    if run.count > 1 and _starts_other(text, names, run.count):
        return False
    run.names += names
    run.odd += [at for at in pending if text.ends[at]]
    return run.count > 1 or not pending


def _starts_other(text: Text, names: Sequence[int], count: int) -> bool:
    heads = [text.lines[at] for at in names[-2:]]
    shapes = ["t", *["n"] * count]
    return any(fit(heads[-depth:], shapes) is not None for depth in range(1, len(heads) + 1))


def lines_above(text: Text, first: int) -> list[int]:
    """The lines just above a row that could be its header, the nearest first."""
    found: list[int] = []
    blanks = 0
    at = first - 1
    while at >= 0 and len(found) < 3:
        line = text.lines[at]
        if text.ends[at] == BLANK:
            blanks += 1
            if blanks > 2:
                break
        elif text.ends[at] < 0 or not is_header_like(line, text.ends[at]):
            break
        else:
            found.append(at)
        at -= 1
    return found


def _folded(line: str) -> str:
    return "".join(line.split())


def name_of(words: Sequence[Word], count: int) -> list[Word]:
    """The words before a row's amounts."""
    return list(words[: len(words) - count])
