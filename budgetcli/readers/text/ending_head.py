"""The header above lines that end in amounts: the lines that add up to their columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from budgetcli.readers.lines import Word
from budgetcli.readers.text.ending_run import Run, lines_above, name_of
from budgetcli.readers.text.header import Header, fit
from budgetcli.readers.text.word_lines import Text, has_digit


@dataclass(frozen=True, slots=True)
class Head:
    """A header that fits: its lines (from 0), and how many columns come before the amounts."""

    header: Header
    lines: tuple[int, ...]
    labels: int


def head_of(text: Text, run: Run, words: dict[int, list[Word]]) -> Head | None:
    """The nearest one, two or three lines above the rows that add up to their columns."""
    above = lines_above(text, run.rows[0])
    for labels in label_counts(run, words):
        shapes = ["t"] * labels + _shapes(run, words)
        for depth in range(1, len(above) + 1):
            lines = tuple(reversed(above[:depth]))
            header = fit([text.lines[at] for at in lines], shapes)
            if header and depth == 1 and len(above) > 1:
                return _taller(text, above, header, shapes, labels)
            if header:
                return Head(header, lines, labels)
    return None


def _taller(
    text: Text, above: Sequence[int], one: Header, shapes: Sequence[str], labels: int
) -> Head:
    """A full row may still have a row of groups above it, or be marks under the true header."""
    lines = (above[1], above[0])
    two = fit([text.lines[at] for at in lines], shapes)
    if two and (two.rows[1] == one.rows[0] or not two.spans):
        return Head(two, lines, labels)
    return Head(one, lines[1:], labels)


def label_counts(run: Run, words: dict[int, list[Word]]) -> list[int]:
    """How many columns may come before the amounts: one, or as many as every name has words."""
    names = [name_of(words[at], run.count) for at in run.rows]
    if not any(names):
        return [0]
    lengths = {len(name) for name in names}
    counts = [1]
    if len(lengths) == 1 and 1 < (length := lengths.pop()) <= 3:
        counts.append(length)
    elif all(len(name) > 1 and name[0].text.rstrip(".").isdigit() for name in names):
        counts.append(2)
    return counts


def _shapes(run: Run, words: dict[int, list[Word]]) -> list[str]:
    """What each column of amounts looks like on most rows: grouped, decimal, rate, pair, plain."""
    tails = [[_shape(word.text) for word in words[at][-run.count :]] for at in run.rows[:50]]
    columns = ([shape for shape in column if shape] for column in zip(*tails, strict=True))
    return [Counter(column).most_common(1)[0][0] if column else "" for column in columns]


def _shape(text: str) -> str:
    if "/" in text:
        return "pair"
    if text.rstrip(")").endswith(("%", "％")):
        return "rate"
    if re.search(r"[.,]\d{1,2}\b", text):
        return "decimal"
    return "whole" if has_digit(text) else ""
