"""Documents read whole: the lines outside of tables, each with its place, whatever the format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from budgetcli.model import Document
from budgetcli.readers import Source, read_document
from tests.readers.hangul.test_hwpx import p, package, plain
from tests.readers.pdf.test_pdf import filled, pages, ruled, text

HEAD, ROW = ("a", "b", "c"), ("1", "2", "3")
XS, YS = (50, 150, 250, 350), (100, 120, 140)


def document(name: str, data: str | bytes) -> Document:
    return read_document(
        Source(name, data=data.encode() if isinstance(data, str) else data),
    )


def texts(found: Document) -> list[tuple[str, str]]:
    return [(str(line.place), line.text) for line in found.lines]


def test_plain_text() -> None:
    found = document(
        "a.txt",
        "ㅇ 예산 3억원\n\n부서    예산   지출\n가과    100    50\n나과    200    40\n\n끝\n",
    )
    assert texts(found) == [("a.txt:1", "ㅇ 예산 3억원"), ("a.txt:7", "끝")]
    assert len(found.tables) == 1


def test_markdown_has_its_headings_and_depths_as_bullets() -> None:
    found = document("a.md", "# 현황\n* **예산** 3억원\n  - 시비\n\n|a|b|\n|-|-|\n|1|2|\n끝")
    assert texts(found) == [
        ("a.md:1", "□ 현황"),
        ("a.md:2", "○ 예산 3억원"),
        ("a.md:3", "- 시비"),
        ("a.md:8", "끝"),
    ]


def test_a_page_of_the_web() -> None:
    rows = "<tr><td>1<td>2<td>3</tr>" * 2
    found = document("a.html", f"<html><p>예산 <b>3억원</b></p><table>{rows}</table><p>끝</html>")
    assert texts(found) == [("a.html:1", "예산 3억원"), ("a.html:2", "끝")]
    assert len(found.tables) == 1


def test_a_page_without_a_table_has_its_text() -> None:
    found = document("a.html", "<html><p>예산 3억원</p></html>")
    assert (len(found.lines), found.tables) == (1, ())


def test_hwpx() -> None:
    found = document("a.hwpx", package(p("예산 3억원") + plain(HEAD, ROW) + p("끝"), p("둘째 절")))
    assert texts(found) == [
        ("a.hwpx:1", "예산 3억원"),
        ("a.hwpx:2", "끝"),
        ("a.hwpx:3", "둘째 절"),
    ]


def test_hwp_is_read_as_hwpx_is(real_file: Callable[[str], Path]) -> None:
    pytest.importorskip("hwpx")
    folder = "seoul_economic_office_2024/documents/budget"
    both = [
        read_document(Source("a", path=real_file(f"{folder}{end}"))) for end in (".hwp", ".hwpx")
    ]
    assert both[0].lines == both[1].lines
    assert any("백만원" in line.text for line in both[0].lines)


def test_a_pdf_by_its_pages() -> None:
    first = text(50, 60, "Budget 3") + ruled(XS, YS) + filled(XS, YS, [HEAD, ROW])
    found = document("a.pdf", pages(first, text(50, 60, "the end")))
    assert texts(found) == [("a.pdf:p1:1", "Budget 3"), ("a.pdf:p2:1", "the end")]
    assert len(found.tables) == 1


def test_what_has_no_running_text_has_its_tables() -> None:
    found = document("a.csv", "부서,예산\n가과,3\n")
    assert (found.lines, len(found.tables)) == ((), 1)
