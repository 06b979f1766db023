"""The small reader and every engine give one answer on the same file, refused cells and all."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, reject, settings
from hypothesis import strategies as st

from budgetcli.analysis.question import Question
from budgetcli.analysis.standing import standings
from budgetcli.errors import TableError, UserError
from budgetcli.loading import LoadOptions, load_all
from budgetcli.model import BudgetTable
from budgetcli.report import Value
from budgetcli.rollup import ledger

NAMES = ("예산과", "창조산업과", " 예산과", "경 제 정 책 과", "통계과", "국제과")
FUNDS = ("일반회계", "특별회계(상수도)", "기금")

digits = st.integers(min_value=10**6, max_value=10**19).map(str)
grouped = st.integers(min_value=10**6, max_value=10**15).map("{:,}".format)
dressed = st.builds(
    str.format,
    st.sampled_from(
        ("△{}", "△ {}", "▲{}", "({})", "-{}", " {} ", "{}원", "₩{}", "+{}", "-({})", "{}-", "0{}")
    ),
    grouped | digits,
)
decimals = st.builds("{}.{}".format, digits, st.sampled_from(("5", "25", "000", "12345678")))
none_at_all = st.sampled_from(
    (
        "",
        "-",
        " -   ",
        "N/R",
        "abc",
        "1_000",
        "0x10",
        "1,23",
        "--5",
        "△△1",
        "12:30",
        "1e",
        "…",
        "  ",
    )
)
odd = st.sampled_from(
    ("9.2e-11", "1e3", "3억원", "1조 2,345억원", "5 million", "１２３", "1,234 (567)", "7%")
)
amounts = st.one_of(digits, digits, grouped, dressed, decimals, none_at_all, odd)


class Line(NamedTuple):
    division: str
    fund: str
    budget: str
    spent: str


lines = st.builds(Line, st.sampled_from(NAMES), st.sampled_from(FUNDS), amounts, amounts)


def names_no_unit(line: Line) -> bool:
    """The unit is told from the head's cells where nothing else says it."""
    return not re.search("원|million", line.budget + line.spent)


def written(rows: list[Line]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([("부서", "회계", "예산현액", "지출액"), *rows])
    return text.getvalue()


def answer(path: Path | str, engine: str, by: tuple[str, ...] = ()) -> list[object]:
    """Everything that is said of the file, but for the words on how it was read."""
    tables = load_all(path, options=LoadOptions(engine=engine, by=by))
    if any(table.totals for table in tables):
        # no row says total: one that is told by its figures alone needs its neighbours
        reject()
    return [_answer(table, by) for table in tables]


def _answer(table: BudgetTable, by: tuple[str, ...]) -> object:
    found = standings(table, Question(by=by))
    return (
        [_money(row, table.scale) for row in found.rows],
        _money(found.total, table.scale),
        sorted(
            (finding.code, finding.column or "", str(finding.place), str(finding.message))
            for finding in table.findings
        ),
        table.as_of,
        table.unit,
        table.counts,
        table.quantum,
        table.places,
    )


def _money(row: dict[str, Value] | object, scale: int) -> object:
    assert hasattr(row, "items")
    return dict(row.items()), scale


PLAN = settings(
    max_examples=100,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@PLAN
@given(rows=st.lists(lines, min_size=3, max_size=12))
def test_duckdb_answers_as_the_small_reader_does(tmp_path: Path, rows: list[Line]) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text(written(rows), encoding="utf-8")
    try:
        expected = answer(path, "memory")
    except UserError as problem:
        with pytest.raises(UserError, match=re.escape(str(problem.what))):
            answer(path, "duckdb")
        return
    assert answer(path, "duckdb") == expected


@PLAN
@given(rows=st.lists(lines.filter(names_no_unit), min_size=8, max_size=30))
def test_what_stands_below_the_head_is_read_alike_or_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: list[Line]
) -> None:
    monkeypatch.setattr(ledger, "HEAD_BYTES", 250)
    path = tmp_path / "ledger.csv"
    first = [
        Line("예산과", "기금", "7100003", "3000017"),
        Line("국제과", "기금", "9400011", "123457"),
    ]
    path.write_text(written([*first, *rows]), encoding="utf-8")
    try:
        found = answer(path, "duckdb")
    except TableError as problem:
        assert "decimal mark" in str(problem)  # noqa: PT017 - one of two right answers
        return
    assert found == answer(path, "memory")
