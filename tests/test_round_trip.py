"""What `summary` and `convert` write is read back to the same exact table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetcli.analysis.canonical import canonical
from budgetcli.analysis.summary import summary
from budgetcli.i18n import use_language
from budgetcli.loading import load
from budgetcli.model import BudgetTable, RawTable
from budgetcli.readers import ReadOptions, Source, delimited
from budgetcli.recognise.table import Hints, recognise
from budgetcli.report import Report
from budgetcli.views import Page, find_format
from budgetcli.views.delimited import draw_csv

KEYS = ("budget", "committed", "spent")
HEADER = ("부서", "예산현액", "원인행위액", "지출액", "기준일", "단위")
# names and amounts of every kind but one: a name that says total, a row that equals its neighbours
NAMES = st.lists(
    st.text("가나다라마바사아자차", min_size=2, max_size=8).map(lambda name: f"{name}과"),
    min_size=2,
    max_size=8,
    unique=True,
)
AMOUNT = st.one_of(
    st.integers(-(10**20), 10**20).map(str),
    st.decimals(-(10**6), 10**6, places=2).map(lambda amount: f"{amount:f}"),
    st.just(""),
)


def read(text: str) -> BudgetTable:
    raw: RawTable
    (raw,) = delimited.read(Source("t.csv", data=text.encode()), ReadOptions())
    (table,) = recognise(raw, Hints())
    return table


def amounts(table: BudgetTable) -> list[tuple[object, ...]]:
    """Every named row's amounts, at one scale for all tables."""
    rows = (*table.rows, *(total.row for total in table.totals))
    return [
        (row.labels["division"], *(at_one_scale(row.amount(key), table.scale) for key in KEYS))
        for row in rows
        if "과" in row.labels["division"]
    ]


def at_one_scale(amount: int | None, scale: int) -> int | None:
    return None if amount is None else amount * 10 ** (8 - scale)


@st.composite
def tables(draw: st.DrawFn) -> BudgetTable:
    rows = [
        (name, draw(AMOUNT), draw(AMOUNT), draw(AMOUNT), "2024-07-31", "백만원")
        for name in draw(NAMES)
    ]
    written = io.StringIO()
    csv.writer(written).writerows([HEADER, (rows[0][0], "7", "5", "3", *rows[0][4:]), *rows[1:]])
    return read(written.getvalue())


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("question", [summary, canonical])
@given(before=tables())
def test_every_name_amount_unit_and_date_comes_back(
    before: BudgetTable, question: Callable[[BudgetTable], Report], language: str
) -> None:
    use_language("ko" if language == "ko" else "en")
    after = read(draw_csv(question(before), Page()))
    assert amounts(after) == amounts(before)
    assert after.unit == before.unit
    assert after.as_of == before.as_of == date(2024, 7, 31)


UNITS = [
    ("(단위: 백만원)", 10**6, "KRW"),
    ("(단위: 억원)", 10**8, "KRW"),
    ("(단위: 십만원)", 10**5, "KRW"),
    ("(£ million)", 10**6, "GBP"),
    ("(US$ '000)", 10**3, "USD"),
    ("(R$ mil)", 10**3, "BRL"),
    ("(v tis. Kč)", 10**3, "CZK"),
    ("(₹ in crore)", 10**7, "INR"),
    ("(mdp)", 10**6, "MXN"),
    ("(euros)", 1, "EUR"),
]
# money in JSON is in whole currency units: only the currency need come back from a line
WHOLE = "jsonl"
OURS = ("csv", "tsv", "json", WHOLE, "markdown", "html", "xlsx", "parquet")
ROWS = "부서,예산현액,지출액\n가과,10.4,5\n나과,20.4,7\n합계,30.9,12\n"


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(
    "name", ["csv", "tsv", "json", WHOLE, "markdown", "html", "xlsx", "parquet"]
)
@pytest.mark.parametrize(("caption", "factor", "currency"), UNITS)
def test_every_format_keeps_unit_currency_date_and_total(
    name: str, caption: str, factor: int, currency: str, language: str, tmp_path: Path
) -> None:
    use_language("ko" if language == "ko" else "en")
    source = (
        f"{caption} 2024-07-31 기준\n부서,예산현액,지출액\n가과,10.4,5\n나과,20.4,7\n합계,30.9,12\n"
    )
    before = read(source)
    drawn = find_format(name).draw(summary(before), Page())
    data = drawn if isinstance(drawn, bytes) else drawn.encode()
    (tmp_path / "written").write_bytes(data)
    after = load(tmp_path / "written")
    assert after.unit is not None
    assert (after.unit.factor, after.unit.currency) == (1 if name == WHOLE else factor, currency)
    assert after.as_of == date(2024, 7, 31)
    assert money(after) == money(before)
    printed = [total.row.amount("budget") for total in after.totals]
    assert len(printed) == (0 if name == WHOLE else 1)


def money(table: BudgetTable) -> list[tuple[str, int, int]]:
    """Each leaf's budget and spending in currency units."""
    return [
        (row.labels["division"], *((row.amount(key) or 0) // 10**table.scale for key in KEYS[::2]))
        for row in table.rows
    ]
