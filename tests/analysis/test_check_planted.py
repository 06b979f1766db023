"""Errors planted in real files of every family, one cell at a time: found, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from budgetcli.analysis.check import check
from budgetcli.model import RawTable, Severity
from budgetcli.readers import ReadOptions, read
from budgetcli.readers.find import find_sources
from budgetcli.recognise.sections import split_document
from budgetcli.recognise.table import Hints, recognise

Find = Callable[[str], Path]

SEOUL = "seoul_economic_office_2024/documents/{}"
MUJU = "muju_early_execution/muju_exec_official.json"
PROGRAMME = "ministry_program_pdfs/국토교통부_행복주택출자.pdf"
RATE = ("commitment_rate", "execution_rate")


def raw_table(path: Path, number: int) -> RawTable:
    (source,) = find_sources(str(path))
    raws = split_document([*read(source, ReadOptions())])
    return next(raw for raw in raws if raw.number == number)


def planted(raw: RawTable, line: int, old: str, new: str) -> RawTable:
    """The table with what reads `old` in a line (counted as the file does) changed."""
    lines = raw.lines or tuple(range(1, len(raw.rows) + 1))
    at = lines.index(line)
    assert old in raw.rows[at]
    changed = tuple(new if cell == old else cell for cell in raw.rows[at])
    return raw._replace(rows=(*raw.rows[:at], changed, *raw.rows[at + 1 :]))


def errors(raw: RawTable, columns: dict[str, str]) -> list[tuple[int | None, str | None]]:
    """Line and column of every error."""
    found = check(recognise(raw, Hints(columns=columns))[-1]).findings
    wrong = (finding for finding in found if finding.severity is Severity.ERROR)
    return sorted((finding.place.row, finding.column) for finding in wrong)


HWPX, XLSX, PDF = (
    SEOUL.format(name) for name in ("budget.hwpx", "budget.xlsx", "budget_nolines.pdf")
)
BASE = {"eligible": "target"}
# file, table, what its columns are, line, cell, what it is changed to, line and column of errors
PLANTED = [
    (HWPX, 1, {}, 4, "129,652", "729,652", [(3, "budget"), (4, RATE[0]), (4, RATE[1])]),
    (HWPX, 1, {}, 3, "463,697", "463,797", [(3, "spent")]),
    (XLSX, 1, {}, 12, "15105", "15605", [(6, "spent"), (12, "execution_rate")]),
    (PDF, 1, {}, 9, "30.7", "36.7", [(9, "execution_rate")]),
    # whole won leave a rate no more room than half of its last digit
    (MUJU, 1, BASE, 1, "109.2", "109.3", [(1, "execution_rate")]),
    # the file's total stands beside its rows and is checked as well
    (MUJU, 2, BASE, 2, "1119867000", "1121867000", [(2, "execution_rate"), (29, "spent")]),
    # two parts and their total leave a unit and a half
    (PROGRAMME, 7, {}, 9, "684,607", "684,609", [(9, "original")]),
]


@pytest.mark.parametrize(("name", "number", "columns", "line", "old", "new", "expected"), PLANTED)
def test_an_error_planted_in_a_real_file_is_found_and_nothing_else(
    real_file: Find,
    name: str,
    number: int,
    columns: dict[str, str],
    line: int,
    old: str,
    new: str,
    expected: list[tuple[int, str]],
) -> None:
    raw = raw_table(real_file(name), number)
    assert errors(raw, columns) == []
    assert errors(planted(raw, line, old, new), columns) == expected
