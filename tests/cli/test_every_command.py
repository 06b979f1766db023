"""What holds for every command: all formats, both languages, files, and heads nobody must guess."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from budgetcli.cli.commands import COMMANDS
from budgetcli.views import find_format, format_names
from tests.conftest import Run

Files = Callable[[str], list[str]]

ONE = (
    "기준일,부서,세부사업,당초예산,예산현액,원인행위액,지출액,집행률\n"
    "2024-07-31,계,,3000,3900,3100,2000,61.0\n"
    "2024-07-31,가과,갑사업,1000,1200,900,700,58.3\n"
    "2024-07-31,가과,을사업,,1200,800,0,0.0\n"
    "2024-07-31,나과,병사업,2000,1500,1400,1300,86.7\n"
)
DATES = "기준일,부서,예산현액,원인행위액,지출액\n" + "".join(
    f"2024-{month:02}-28,가과,1000,{100 * month},{80 * month}\n"
    f"2024-{month:02}-28,나과,2000,{150 * month},{100 * month}\n"
    for month in range(1, 9)
)
YEARS = "회계연도,부서,당초예산,예산현액,지출액,실집행률\n" + "".join(
    f"{year},가과,1000,1000,600,55.0\n{year},나과,2000,1500,1300,\n{year},예비비,100,100,2,\n"
    for year in range(2020, 2024)
)
REPORT = """1 일자리 지원
□ 사업개요
 ㅇ 담당부서 : 일자리과
 ㅇ 예산 : 300백만원(상담 100, 훈련 200)
□ 추진실적
 ㅇ 상담 500명 완료(45%) ※ 목표 : 1,200명
"""
TEXTS = {"one": ONE, "dates": DATES, "years": YEARS, "report": REPORT}
# every question there is, by its words and the table it is asked of; {} stands for the file
QUESTIONS = {
    "summary": "one",
    "summary --sort severity": "one",
    "lagging --below 60": "one",
    "lagging --below 10": "one",
    "lagging --chronic": "years",
    "show 가과": "one",
    "compare": "dates",
    "trend": "dates",
    "forecast": "dates",
    "forecast --backtest": "dates",
    "check": "one",
    "check --all": "report",
    "programmes": "report",
    "programmes --by chapter": "report",
    "pefa": "years",
    "tables": "one",
    "tables --by division": "one",
    "convert": "one",
}
VERDICT = {"check", "check --all"}
# they write a picture or a page of their own, and take no --format
DRAWINGS = {"chart", "report"}
ABOUT_THE_PROGRAM = {"config", "completion"}
CONTRACT = (
    *("as_of", "fiscal_year", "currency", "unit", "basis", "target", "source"),
    *("rows", "total", "findings"),
)
TEXT_FORMATS = [name for name in format_names() if not find_format(name).binary]
BINARY = {"xlsx": b"PK", "parquet": b"PAR1"}
# what a key of the program looks like, and no word of Korean does
KEY = re.compile(r"[a-z]+(_[a-z]+)*")


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    """The words of a question, with its file, in the folder where it is asked."""
    monkeypatch.chdir(tmp_path)

    def words(question: str) -> list[str]:
        name = f"{QUESTIONS[question]}.csv"
        Path(name).write_text(TEXTS[QUESTIONS[question]], encoding="utf-8")
        return [*question.split(), name]

    return words


def test_every_command_that_answers_with_a_table_is_asked() -> None:
    assert {question.split()[0] for question in QUESTIONS} == {
        *COMMANDS
    } - DRAWINGS - ABOUT_THE_PROGRAM


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_text_format_answers_every_question(
    run: Run, asked: Files, question: str, language: str
) -> None:
    words = asked(question)
    for format in TEXT_FORMATS:
        ran = run(*words, "-f", format, "--lang", language, "-q")
        assert ran.status == (question in VERDICT), (format, ran.err)
        assert ran.out.strip() or question == "lagging --below 10", format
        assert ran.err == "", format


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("format", BINARY)
def test_every_question_can_be_written_to_a_file(
    run: Run, asked: Files, question: str, format: str
) -> None:
    path = Path(f"answer.{format}")
    ran = run(*asked(question), "-o", str(path), "-q")
    assert (ran.status, ran.out) == (question in VERDICT, "")
    assert path.read_bytes().startswith(BINARY[format])


@pytest.mark.parametrize("question", QUESTIONS)
def test_json_keeps_its_contract_and_its_keys_in_both_languages(
    run: Run, asked: Files, question: str
) -> None:
    words = [*asked(question), "-f", "json", "-q"]
    english, korean = (json.loads(run(*words, "--lang", lang).out) for lang in ("en", "ko"))
    assert [*english][: len(CONTRACT)] == [*CONTRACT]
    assert [*keys(english)] == [*keys(korean)]


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


class Heads(HTMLParser):
    """The texts of a page's <th> cells."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser's own
        self.inside = tag == "th"
        self.found += [""] * self.inside

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "th"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1] += data


def heads(format: str, text: str) -> list[str]:
    if format == "html":
        page = Heads()
        page.feed(text)
        return page.found
    if format == "markdown":
        line = next((line for line in text.splitlines() if line.startswith("|")), "")
        return [cell.strip() for cell in line.strip("|").split("|")]
    return next(csv.reader(io.StringIO(text), delimiter="\t" if format == "tsv" else ","))


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("format", ["csv", "tsv", "markdown", "html"])
def test_no_head_is_english_in_korean(run: Run, asked: Files, question: str, format: str) -> None:
    found = heads(format, run(*asked(question), "-f", format, "--lang", "ko", "-q").out)
    assert found
    assert [head for head in found if re.search("[A-Za-z]{2}", head)] == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_sheet_has_an_english_head_in_korean(run: Run, asked: Files, question: str) -> None:
    path = "answer.xlsx"
    run(*asked(question), "-o", path, "--lang", "ko", "-q")
    book = CalamineWorkbook.from_path(path)
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    tops = [str(cell) for sheet in sheets for cell in sheet[0]]
    assert [top for top in (*tops, *book.sheet_names) if KEY.fullmatch(top)] == []


@pytest.mark.parametrize("question", [name for name in QUESTIONS if name.split()[0] != "tables"])
@pytest.mark.parametrize("format", ["table", "html", "markdown"])
def test_no_key_stands_in_a_korean_page(run: Run, asked: Files, question: str, format: str) -> None:
    """Words with an underscore are for programs; `tables` shows those that --map takes."""
    said = run(*asked(question), "-f", format, "--lang", "ko", "-q").out
    text = re.sub(r"<style.*?</style>|<[^>]*>", " ", said, flags=re.S)
    found = {*re.findall(r"\b[a-z]+_[a-z_]+\b", text)}
    claims = {"claim_mismatch", "claim_right", "claim_unsure"}
    assert found <= {"rate_mismatch", "total_mismatch", "missing_amount", *claims}
