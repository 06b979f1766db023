"""What must not change an answer does not, and what changes it does so as arithmetic says."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracle.shapes import Table, tables
from tests.oracle.test_oracle import MONEY, ours

plain_tables = tables("nothing").filter(lambda table: table.mark == ",")
labelled = tables("label").filter(lambda table: table.mark == ",")


def answered(table: Table) -> dict[str, Any]:
    return ours(table.text.encode(), "60")


def by_name(answer: dict[str, Any]) -> dict[str, Any]:
    return {**answer, "rows": sorted(answer["rows"], key=lambda row: str(row["division"]))}


@given(st.one_of(plain_tables, labelled), st.randoms())
def test_shuffled_rows(table: Table, random: Any) -> None:
    rows = [*table.rows]
    random.shuffle(rows)
    # the first or last row stays a total of everything where it was one
    rows.sort(key=lambda row: row[0] == "합계")
    shuffled = answered(table._replace(rows=tuple(rows)))
    assert by_name(shuffled) == by_name(answered(table))


@given(tables("subtotals"), st.randoms())
def test_reordered_columns(table: Table, random: Any) -> None:
    order = [*range(len(table.header))]
    random.shuffle(order)
    turned = table._replace(
        header=tuple(table.header[n] for n in order),
        rows=tuple(tuple(row[n] for n in order) for row in table.rows),
    )
    assert answered(turned) == answered(table)


@given(plain_tables)
def test_another_unit_multiplies_money_and_nothing_else(table: Table) -> None:
    bare = without(table, "단위")
    won, millions = (
        answered(bare._replace(caption=(f"(단위 : {unit})",))) for unit in ("원", "백만원")
    )
    assert millions == {
        "rows": [multiplied(row) for row in won["rows"]],
        "total": multiplied(won["total"]),
    }


def multiplied(row: dict[str, Any]) -> dict[str, Any]:
    money = {key: None if row[key] is None else row[key] * 10**6 for key in MONEY}
    return {**row, **money}


def without(table: Table, head: str) -> Table:
    kept = [n for n, name in enumerate(table.header) if name != head]
    return table._replace(
        header=tuple(table.header[n] for n in kept),
        rows=tuple(tuple(row[n] for n in kept) for row in table.rows),
    )


@given(st.integers(2, 10**9), st.integers(0, 10**9), st.integers(1, 99), plain_tables)
def test_a_division_split_in_two_is_one(budget: int, spent: int, share: int, table: Table) -> None:
    """Two rows of one name are its parts: their sums are its amounts."""
    part, paid = budget * share // 100, spent * share // 100
    rest = ("",) * ("목표액" in table.header)
    tail = (*rest, *table.rows[0][4 + len(rest) :])
    whole = ("새과", str(budget), "", str(spent), *tail)
    halves = (
        ("새과", str(part), "", str(paid), *tail),
        ("새과", str(budget - part), "", str(spent - paid), *tail),
    )
    one = answered(table._replace(rows=(*table.rows, whole)))
    two = answered(table._replace(rows=(*table.rows, *halves)))
    assert two == one


@pytest.mark.parametrize("encoding", ["cp949", "utf-8-sig", "utf-16", "utf-16-le", "euc-kr"])
@settings(max_examples=25)
@given(table=labelled)
def test_another_encoding(encoding: str, table: Table) -> None:
    # CP949 has neither − nor –
    text = table.text.replace("−", "-").replace("–", "-")
    assert ours(text.encode(encoding), "60") == ours(text.encode(), "60")


@given(labelled)
def test_letter_spaced_headers_and_names(table: Table) -> None:
    spaced = table._replace(
        header=tuple(" ".join(head) for head in table.header),
        rows=tuple((" ".join(row[0]), *row[1:]) for row in table.rows),
    )
    assert answered(spaced) == answered(table)


PROSE = (
    "2024년 상반기 예산 집행 현황을 아래와 같이 보고합니다.\n\n"
    "{table}\n"
    "위와 같이 집행이 늦은 부서는 하반기에 집중 관리할 계획임.\n"
)


@given(labelled)
def test_pasted_into_a_document(table: Table) -> None:
    """Markdown, and a page with paragraphs around: the same table between the same words."""
    cells = [table.header, *table.rows]
    ruled = [cells[0], ("---",) * len(cells[0]), *cells[1:]]
    markdown = "\n".join("| " + " | ".join(row) + " |" for row in ruled)
    html = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in cells)
    caption = "\n\n".join(table.caption)
    page = f"<html><body><p>{'</p><p>'.join(table.caption)}</p><table>{html}</table></body></html>"
    expected = answered(table)
    assert ours(PROSE.format(table=f"{caption}\n\n{markdown}").encode(), "60") == expected
    assert ours(page.encode(), "60") == expected


@given(labelled, st.integers(1, 9999))
def test_a_line_for_the_target_moves_verdicts_alone(table: Table, line: int) -> None:
    """A target higher by a point lowers each variance by that, and touches no amount."""
    low, high = (ours(table.text.encode(), f"{line + step}") for step in (0, 1))
    for before, after in zip(low["rows"], high["rows"], strict=True):
        assert {key: before[key] for key in MONEY} == {key: after[key] for key in MONEY}
        if before["variance"] is not None:
            assert before["variance"] - after["variance"] == Fraction(1)
