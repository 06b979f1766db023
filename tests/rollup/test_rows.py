"""A ledger converted as its rows go by is the table the small reader writes, byte for byte."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetcli.analysis.canonical import canonical
from budgetcli.cli.output import OutputOptions
from budgetcli.cli.rows import RowsOutput
from budgetcli.errors import TableError, UserError
from budgetcli.loading import LoadOptions, load, sources_of
from budgetcli.rollup import blocks
from budgetcli.views import Page, find_format
from tests.rollup.test_one_answer import (
    PLAN,
    Line,
    amounts,
    lines,
    names_no_unit,
    written,
)


def held(path: Path, format: str, **options: object) -> bytes:
    """What is written of the rows held in memory."""
    table = load(path, options=LoadOptions(engine="memory", **options))  # type: ignore[arg-type] # any option
    report = canonical(table, provenance=True)
    drawn = find_format(format).draw(report, Page(decimals=max(1, report.decimals)))
    return drawn if isinstance(drawn, bytes) else drawn.encode()


def streamed(path: Path, format: str, **options: object) -> bytes:
    """What is written of the rows that go by."""
    out = path.with_suffix(".out")
    output = OutputOptions(format, str(out))
    loading = LoadOptions(engine="duckdb", **options)  # type: ignore[arg-type] # any option
    RowsOutput(sources_of([path]), loading, output, provenance=True).write(())
    return out.read_bytes()


REFUSALS = ("decimal mark", "left blank", "nothing but a name", "shares", "only the rows beside")


def agree_or_refuse(path: Path, format: str) -> None:
    try:
        expected = held(path, format)
    except UserError:
        return
    try:
        found = streamed(path, format)
    except TableError as problem:
        assert any(word in str(problem) for word in REFUSALS), str(problem)  # noqa: PT017 - one of two right answers
        return
    assert found == expected


HEAD = [Line("예산과", "기금", "7,100,003", "3000017"), Line("국제과", "기금", "9400011", "123457")]


@PLAN
@given(rows=st.lists(lines.filter(names_no_unit), min_size=1, max_size=30), few=st.integers(3, 9))
def test_rows_that_go_by_are_written_as_rows_that_are_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: list[Line], few: int
) -> None:
    monkeypatch.setattr(blocks, "RECORDS", few)
    path = tmp_path / "ledger.csv"
    path.write_text(written([*HEAD, *rows]), encoding="utf-8")
    agree_or_refuse(path, "csv")
    agree_or_refuse(path, "jsonl")
