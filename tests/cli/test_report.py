"""`budgetcli report` as seen from outside."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from html import unescape
from importlib import util
from pathlib import Path

import pytest

from tests.conftest import Run

Table = Callable[..., str]

TWO_DATES = """\
부서,예산현액,지출액,기준일
가과,100,10,2023-06-30
나과,100,30,2023-06-30
가과,100,40,2023-07-31
나과,100,90,2023-07-31
"""


def words(page: Path) -> str:
    """What there is to read, on one line."""
    text = re.sub(r"(?s)<(style|script|svg)\b.*?</\1>", "", page.read_text(encoding="utf-8"))
    return " ".join(unescape(re.sub("<[^>]*>", " ", text)).split())


def test_the_page_says_everything_a_meeting_asks(run: Run, tmp_path: Path) -> None:
    ran = run("report", "-q", "-o", str(tmp_path / "page.html"))
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    said = words(tmp_path / "page.html")
    for part in (
        "current budget 685,068 million KRW",
        "execution rate 67.7 % +9.5 points against pace 58.2 % (day 213 of 366)",
        "behind the target 1 of 10",
        "▼ 창조산업과 lagging 30.7 %, 27.5 points below; 13,540.6 million KRW still to go",
        "unspent on 2024-12-31: between 23,266.9 million KRW and 188,652 million KRW",
        "22 rates, 3 totals recomputed: nothing wrong",
        "execution rate expenditure ÷ current budget × 100",
        "encoding: UTF-8",
        "창조산업과 56.6 21,361 12,756 58.2 budget_2024.csv:8",
    ):
        assert part in said


def test_pictures_stand_in_the_page(run: Run, tmp_path: Path) -> None:
    run("report", "-q", "-o", str(tmp_path / "page.html"))
    assert (tmp_path / "page.html").read_text(encoding="utf-8").count("<figure") == 3


def test_the_page_is_the_same_each_time(run: Run, tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        run("report", "-q", "-o", str(tmp_path / name))
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_without_matplotlib_the_page_is_whole_but_for_pictures_and_both_ends_say_so(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = util.find_spec
    monkeypatch.setattr(
        util, "find_spec", lambda name: None if name == "matplotlib" else find(name)
    )
    ran = run("report", "-o", str(tmp_path / "page.html"))
    assert ran.status == 0
    assert "pip install 'budgetcli[charts]'" in ran.err
    assert "without pictures" in words(tmp_path / "page.html")
    assert "pip install 'budgetcli[charts]'" in words(tmp_path / "page.html")
    assert "<figure" not in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_where_no_font_has_the_letters_the_page_is_written_and_a_font_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from budgetcli.views import picture
    from budgetcli.views.picture.fonts import UnwritableError

    def unwritable(*_: object) -> str:
        raise UnwritableError("과")

    monkeypatch.setattr(picture, "svg", unwritable)
    ran = run("report", "-o", str(tmp_path / "page.html"))
    assert ran.status == 0
    told = "without pictures: no installed font has the letters 과 (install a font with Hangul: "
    assert [told in line for line in ran.err.splitlines()] == [False, True]
    assert "without pictures: no installed font" in words(tmp_path / "page.html")


def test_in_korean_the_page_speaks_korean(run: Run, tmp_path: Path) -> None:
    run("report", "-q", "--lang", "ko", "-o", str(tmp_path / "page.html"))
    assert '<html lang="ko">' in (tmp_path / "page.html").read_text(encoding="utf-8")
    for part in ("한눈에 보기", "부진 부서", "연말 전망", "수치별 산출 방법", "▼ 부진"):
        assert part in words(tmp_path / "page.html")


def test_several_dates_have_a_trend(run: Run, table: Table, tmp_path: Path) -> None:
    run("report", table(TWO_DATES), "-q", "-o", str(tmp_path / "page.html"))
    assert "How did it move?" in words(tmp_path / "page.html")


def test_what_cannot_be_answered_is_said_in_its_place(
    run: Run, table: Table, tmp_path: Path
) -> None:
    ran = run(
        "report", table("부서,예산현액,지출액\n가,100,150\n"), "-o", str(tmp_path / "page.html")
    )
    assert ran.status == 0
    said = words(tmp_path / "page.html")
    assert "not given: there is no target without a date" in said
    assert "! 가 overspent 150 spent of 100" in said


def test_the_workbook_has_a_sheet_an_answer_named_in_the_language(
    run: Run, table: Table, tmp_path: Path
) -> None:
    path = tmp_path / "book.xlsx"
    assert run("report", table(TWO_DATES), "-q", "--lang", "ko", "-o", str(path)).status == 0
    sheets = zipfile.ZipFile(path).read("xl/workbook.xml").decode()
    assert re.findall('sheet name="([^"]*)"', sheets) == [
        "표", "그래프", "추이", "연말 전망", "확인 사항", "출처",
    ]  # fmt: skip


def test_a_workbook_can_lack_the_year_end(run: Run, table: Table, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    run("report", table("부서,예산현액,지출액\n가,100,50\n"), "-q", "-o", str(path))
    assert "Year-end" not in zipfile.ZipFile(path).read("xl/workbook.xml").decode()


def test_without_a_file_it_asks_for_one(run: Run) -> None:
    ran = run("report")
    assert (ran.status, ran.out) == (2, "")
    assert "-o FILE.html" in ran.err


def test_a_format_of_one_table_is_refused_before_anything_is_read(run: Run) -> None:
    ran = run("report", "no such file.csv", "-f", "csv")
    assert (ran.status, ran.out) == (2, "")
    assert "csv holds one table" in ran.err
    assert "html xlsx" in ran.err


@pytest.mark.parametrize("name", ["page.pdf", "page.csv"])
def test_of_another_ending_those_of_a_report_are_named(run: Run, name: str) -> None:
    ran = run("report", "-o", name)
    assert (ran.status, ran.out) == (2, "")
    assert "end the name in one of .html .htm .xlsx, or add --format" in ran.err


def test_a_page_can_go_down_a_pipe(run: Run) -> None:
    assert run("report", "-q", "-f", "html").out.startswith("<!DOCTYPE html>")


def test_the_source_is_never_written_over(run: Run, table: Table) -> None:
    source = table(TWO_DATES, "page.html")
    ran = run("report", source, "-o", source)
    assert ran.status == 2
    assert Path(source).read_text(encoding="utf-8") == TWO_DATES


def test_the_date_that_was_taken_is_said(run: Run, table: Table, tmp_path: Path) -> None:
    ran = run("report", table(TWO_DATES), "-o", str(tmp_path / "page.html"))
    assert "2023-07-31 was taken" in ran.err
