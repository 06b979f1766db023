"""Pipe tables in Markdown: cells as a reader of the page sees them, and the lines around them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from budgetcli.errors import SourceError
from budgetcli.model import RawTable
from budgetcli.readers.markdown import read
from budgetcli.readers.source import ReadOptions, Source


def tables(text: str | bytes) -> list[RawTable]:
    data = text.encode() if isinstance(text, str) else text
    return read(Source("report.md", data=data), ReadOptions())


def rows(text: str) -> tuple[tuple[str, ...], ...]:
    (table,) = tables(text)
    return table.rows


def test_the_rule_line_is_dropped_and_rows_keep_their_line_numbers() -> None:
    (table,) = tables("\n| 부서 | 예산 |\n|:---|---:|\n| 경제과 | 1,234 |\n")
    assert table.rows == (("부서", "예산"), ("경제과", "1,234"))
    assert table.lines == (2, 4)
    assert table.alone


def test_every_table_is_found_with_its_number() -> None:
    found = tables("| a | b |\n|---|---|\n| 1 | 2 |\n\ntext\n\n| c |\n|---|\n| 3 |\n")
    assert [(table.number, table.alone, table.rows[0]) for table in found] == [
        (1, False, ("a", "b")),
        (2, False, ("c",)),
    ]


def test_outer_pipes_may_be_missing() -> None:
    assert rows("a | b\n--- | ---\n1 | 2\n") == (("a", "b"), ("1", "2"))


def test_a_blank_last_cell_stays() -> None:
    assert rows("| a | b |\n|---|---|\n| 1 |  |\n| 2 ||\n")[1:] == (("1", ""), ("2", ""))


def test_escaped_pipes_are_part_of_the_cell() -> None:
    assert rows("| a | b |\n|---|---|\n| x \\| y | `p \\| q` |\n")[1] == ("x | y", "p | q")


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("**계**", "계"),
        ("***계***", "계"),
        ("*note* and _more_", "note and more"),
        ("__sum__", "sum"),
        ("~~old~~", "old"),
        ("`dept_cd`", "dept_cd"),
        ("[경제과](https://example.org/a_(b))", "경제과"),
        ("![logo](a.png) x", "logo x"),
        ("<https://example.org>", "https://example.org"),
        ("경제<br>정책과", "경제\n정책과"),
        ("<b>계</b>", "계"),
        ("A &amp; B", "A & B"),
        (r"1,234\*", "1,234*"),
        ("snake_case_name", "snake_case_name"),
        ("1,234*", "1,234*"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("<Budget 2024>", "<Budget 2024>"),
        ("`**kept**`", "**kept**"),
    ],
)
def test_inline_marks_are_reduced_to_their_text(marked: str, text: str) -> None:
    assert rows(f"| a | b |\n|---|---|\n| {marked} | 1 |\n")[1] == (text, "1")


def test_fenced_code_holds_no_tables() -> None:
    assert tables("```\n| a | b |\n|---|---|\n| 1 | 2 |\n```\n") == []
    assert tables("~~~~md\n~~~\n| a | b |\n|---|---|\n~~~~\n") == []


def test_front_matter_is_neither_a_heading_nor_a_table() -> None:
    (table,) = tables("---\ntitle: a | b\n---\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    assert table.rows[0] == ("a", "b")
    assert table.before == ()


def test_before_holds_the_headings_with_their_lines_and_the_nearest_lines() -> None:
    (_, second) = tables(
        "# 세출 집행 (2026)\n\n> 기준일 20260821\n\n## 시군\n\n| a |\n|---|\n| 1 |\n\n"
        "## 부서\n\n(단위: 억원)\n\n| a |\n|---|\n| 1 |\n"
    )
    assert second.before == ("세출 집행 (2026)", "기준일 20260821", "부서", "(단위: 억원)")


def test_underlined_headings_count_as_headings() -> None:
    (table,) = tables("Title\n=====\n\nPart\n----\n\n| a |\n|---|\n| 1 |\n")
    assert table.before == ("Title", "Part")


def test_after_holds_the_lines_below_up_to_the_next_heading() -> None:
    (table,) = tables("| a |\n|---|\n| 1 |\n※ 잠정치\n\nnote\n\n## next\n\nother\n")
    assert table.after == ("※ 잠정치", "note")


def test_a_table_in_a_quotation_is_read() -> None:
    assert rows("> | a | b |\n> |---|---|\n> | 1 | 2 |\n") == (("a", "b"), ("1", "2"))


def test_text_without_a_table_gives_none() -> None:
    assert tables("# Title\n\na | b\n\n---\n\ntext\n") == []
    assert tables("") == []


def test_korean_encodings_are_read() -> None:
    (table,) = tables("| 부서 | 예산 |\n|---|---|\n| 경제과 | 1 |\n".encode("cp949"))
    assert table.rows[1] == ("경제과", "1")


def test_undecodable_bytes_are_an_error_with_a_way_on() -> None:
    with pytest.raises(SourceError, match="encoding"):
        tables(b"| a |\n|---|\n| \xff\xff\xff |\n")


@pytest.mark.parametrize(
    "text",
    [
        "|" * 300_000 + "\n" + "|---" * 100_000 + "|\n",
        "| a |\n|---|\n| " + "**a " * 200_000 + "|\n",
        "| a |\n|---|\n" + ("| " + "`" * 9_000 + " |\n") * 20,
        "| a |\n|---|\n" + ("| " + "[a](" * 2_000 + " |\n") * 20,
        "| a | b |\n" * 50_000,
        "> " * 500_000,
    ],
)
def test_hostile_text_is_read_or_left_alone(text: str) -> None:
    assert len(tables(text)) <= 1


def test_the_published_report_gives_both_tables(real_file: Callable[[str], Path]) -> None:
    path = real_file("jeonbuk_markdown_report/전북특별자치도_세출집행.md")
    cities, departments = read(Source(path.name, path=path), ReadOptions())
    assert len(cities.rows) == 15
    assert cities.rows[1] == ("익산시", "19,390", "12,033", "62.1%", "7,909", "40.8%")
    assert departments.before[-1] == "무주군 부서별 (편성순)"
    assert "기준일 20260821" in " ".join(departments.before)
