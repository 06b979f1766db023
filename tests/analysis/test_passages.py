"""A report's text with its figures marked, and the page that shows it."""

from __future__ import annotations

import re
from pathlib import Path

from budgetcli.analysis.audit import audit
from budgetcli.analysis.check import check
from budgetcli.loading import load_report
from budgetcli.report import Passage
from tests.conftest import Run

TEXT = """ㅇ 참석 : 300명(가 100, 나 150, 다 60)
ㅇ 여성 : 54.5% → 55.3%,
  +1.2%p <b>
ㅇ 예산 : 3억원(시비 1억원, 국비 2억원)

구분   합계   남   여
계   40   22   18
가과   30   20   10
나과   10   2   8
"""


def passages(folder: Path, text: str) -> list[Passage]:
    path = folder / "report.txt"
    path.write_text(text, encoding="utf-8")
    loaded = load_report(path)
    return [*check(loaded.table, audit=audit(*loaded)).passages]


def marked(found: list[Passage]) -> list[tuple[str, str]]:
    return [(one.text[m.start : m.end], m.verdict) for one in found for m in one.marks]


def test_every_line_and_row_is_there_in_reading_order(tmp_path: Path) -> None:
    found = passages(tmp_path, TEXT)
    assert [int(one.where.rpartition(":")[2]) for one in found] == [1, 2, 3, 4, 6, 7, 8, 9]
    assert found[-1].text == "나과  10  2  8"


def test_figures_are_marked_with_what_became_of_them(tmp_path: Path) -> None:
    found = marked(passages(tmp_path, TEXT))
    assert found[:2] == [("300명", "wrong"), ("3억원", "right")]
    assert {verdict for _, verdict in found[2:]} == {"right"}


def test_a_mark_says_what_was_recomputed(tmp_path: Path) -> None:
    (mark,) = passages(tmp_path, TEXT)[0].marks
    assert str(mark.said) == "310명 from 가 100, 나 150, 다 60: the parts do not add up to it"


def test_the_same_figure_twice_is_marked_twice(tmp_path: Path) -> None:
    text = "ㅇ 3명(가 1, 나 2) 및 3명(다 2, 라 1)\n"
    starts = [mark.start for mark in passages(tmp_path, text)[0].marks]
    assert starts == [2, 17]


def test_the_page_shows_it_escaped(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    page = run("check", str(path), "-f", "html").out
    assert re.search(r'<mark class="wrong" title="310명 from[^"]*">300명</mark> <ins>310명', page)
    assert "+1.2%p &lt;b&gt;" in page


def test_a_table_alone_has_no_text_to_show(run: Run) -> None:
    assert "<mark" not in run("check", "-f", "html").out
