"""`budgetcli check` as seen from outside: every digit of the built-in table, formats, exit."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.conftest import Run

Table = Callable[[str], str]

BUILT_IN = Path(__file__).parents[2] / "data" / "budget_2024.csv"
FIELDS = {1: "budget", 2: "committed", 3: "spent", 4: "commitment_rate", 5: "execution_rate"}
CAVEAT = "a table that adds up can still be wrong"

Lines = list[list[str]]


class Change(NamedTuple):
    """One digit of one cell replaced; lines and columns from 0, the header is line 0."""

    line: int
    column: int
    text: str


def answer(run: Run, *words: str) -> tuple[int, dict[str, Any]]:
    ran = run("check", *words, "-f", "json", "-q")
    assert ran.status in (0, 1), ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return ran.status, found


def lines() -> Lines:
    return list(csv.reader(io.StringIO(BUILT_IN.read_text(encoding="utf-8"))))


def changes(step: int) -> Iterator[Change]:
    for line, cells in enumerate(lines()[1:], 1):
        for column in FIELDS:
            text = cells[column]
            for place, digit in enumerate(text):
                if digit.isdecimal():
                    other = str((int(digit) + step) % 10)
                    yield Change(line, column, text[:place] + other + text[place + 1 :])


def changed(change: Change) -> Lines:
    found = lines()
    found[change.line][change.column] = change.text
    return found


def can_be_seen(table: Lines) -> bool:
    """Whether some total or rate cannot come from amounts that round to those printed.

    Ten rounded parts and their rounded total may differ by 11 halves. A rate
    shows one decimal, of amounts that may each be half a unit more or less.
    """
    half, total, *parts = Fraction(1, 2), *table[1:]
    for column in (1, 2, 3):
        if abs(int(total[column]) - sum(int(part[column]) for part in parts)) > 11 * half:
            return True
    for cells in table[1:]:
        budget, committed, spent = (int(cells[column]) for column in (1, 2, 3))
        for part, printed in ((committed, cells[4]), (spent, cells[5])):
            least, most = (
                100 * (part - half) / (budget + half),
                100 * (part + half) / (budget - half),
            )
            if not least - Fraction("0.05") <= Fraction(printed) <= most + Fraction("0.05"):
                return True
    return False


def leads_to(change: Change, finding: dict[str, Any]) -> bool:
    """The cell's own row, or the total of its column."""
    line = int(finding["where"].rpartition(":")[2]) - 1
    return line == change.line or (line == 1 and finding["column"] == FIELDS[change.column])


@pytest.mark.parametrize("step", [1, 5, 9])
def test_every_digit_that_is_wrong_is_found_where_it_can_be_seen(
    run: Run, table: Table, step: int
) -> None:
    seen = unseen = 0
    for change in changes(step):
        rows = changed(change)
        status, found = answer(run, table("\n".join(map(",".join, rows))))
        errors = [finding for finding in found["findings"] if finding["severity"] == "error"]
        assert status == bool(errors) == can_be_seen(rows), change
        assert all(leads_to(change, finding) for finding in errors), (change, errors)
        seen, unseen = seen + status, unseen + (not status)
    assert seen > 200
    assert unseen <= 33  # no more than the last digits of the 33 amounts


def test_the_built_in_table_has_two_notes_and_no_error(run: Run) -> None:
    status, found = answer(run)
    assert status == 0
    assert found["checked"] == {"totals": 3, "rates": 22, "identities": 0}
    assert [(f["code"], f["severity"], f["column"]) for f in found["findings"]] == [
        ("rounding", "note", "budget"),
        ("rounding", "note", "committed"),
    ]
    assert found["rows"] == []


def test_a_finding_has_everything_the_contract_promises(run: Run, table: Table) -> None:
    path = table("부서,예산현액,지출액,집행률,단위\n계,310,90,30.0,억원\n가과,300,90,30.0,억원\n")
    status, found = answer(run, path)
    assert status == 1
    assert found["findings"] == [
        {
            "code": "total_mismatch",
            "severity": "error",
            "division": "계",
            "column": "budget",
            "printed": 31_000_000_000,
            "computed": 30_000_000_000,
            "difference": 1_000_000_000,
            "where": f"{path}:2",
            "message": "the printed total differs from the sum of its 1 parts",
        },
        {
            "code": "rate_mismatch",
            "severity": "error",
            "division": "계",
            "column": "execution_rate",
            "printed": 30.0,
            "computed": 29.0,
            "difference": 1.0,
            "where": f"{path}:2",
            "message": "the printed rate is not expenditure ÷ current budget",
        },
    ]


def test_on_a_terminal_the_findings_are_lines_and_the_caveat_is_said(run: Run) -> None:
    said = run("check", "-f", "table").out
    assert "22 rates, 3 totals recomputed: nothing wrong" in said
    assert "execution rate = expenditure ÷ current budget: 11 of 11 agree" in said
    assert CAVEAT in said
    assert said.count("differ by rounding alone") == 2


def test_csv_lists_the_findings_and_the_rest_is_told(run: Run) -> None:
    ran = run("check")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert [(row["severity"], row["division"], row["column"]) for row in rows] == [
        ("note", "계", "budget"),
        ("note", "계", "committed"),
    ]
    assert (rows[0]["printed"], rows[0]["computed"], rows[0]["difference"]) == (
        "685068",
        "685069",
        "-1",
    )
    assert rows[0]["unit"] == "백만원"
    assert "22 rates, 3 totals recomputed: nothing wrong" in ran.err
    assert CAVEAT in ran.err


def test_quiet_leaves_only_the_answer(run: Run) -> None:
    assert run("check", "-q").err == ""


def test_a_wrong_rate_is_shown_as_it_is_printed(run: Run, table: Table) -> None:
    path = table(
        "부서,예산현액,지출액,집행률\n가과,30000000,10000000,33.34\n나과,100000,50000,50.00\n"
    )
    assert "[printed 33.34 %, computed 33.33 %]" in run("check", path, "-f", "table").out


@pytest.mark.parametrize("format", ["csv", "tsv", "jsonl", "markdown", "html", "json", "table"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_format_names_the_cell_once(
    run: Run, table: Table, format: str, language: str
) -> None:
    path = table(
        "부서,예산현액,지출액,집행률\n가과,1000000,303000,30.8\n나과,1000000,500000,50.0\n"
    )
    ran = run("check", path, "-f", format, "--lang", language)
    assert ran.status == 1
    assert ran.out.count("가과") == 1


def test_a_spreadsheet_has_the_findings_as_its_table(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "found.xlsx"
    assert run("check", "-o", str(path)).status == 0
    assert path.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("row", "status"),
    [("가과,1000,300,30.0", 0), ("가과,1000,303,40.0", 1), ("가과,1000,1300,130.0", 0)],
)
def test_only_an_error_is_a_verdict(run: Run, table: Table, row: str, status: int) -> None:
    assert run("check", table(f"부서,예산현액,지출액,집행률\n{row}\n")).status == status


def test_what_cannot_be_read_is_no_verdict(run: Run) -> None:
    ran = run("check", "nowhere.csv")
    assert (ran.status, ran.out) == (2, "")


def test_it_takes_the_flags_of_the_other_questions(run: Run) -> None:
    words = ["--sort", "-printed", "--top", "1"]
    status, found = answer(run, *words, "--fiscal-year-start", "04-01", "--by", "부서")
    assert status == 0
    assert [finding["column"] for finding in found["findings"]] == ["budget"]
    assert found["fiscal_year"] == 2025


@pytest.mark.parametrize("words", [["--target", "60"], ["--basis", "committed"]])
def test_it_has_no_flag_that_would_change_nothing(run: Run, words: list[str]) -> None:
    ran = run("check", *words)
    assert (ran.status, ran.out) == (2, "")


def test_in_korean_its_rows_are_in_korean_words(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("check", "--lang", "ko").out)))
    assert [(row["경중"], row["항목"]) for row in rows] == [
        ("참고", "예산현액"),
        ("참고", "원인행위액"),
    ]


def test_on_a_terminal_a_bad_verdict_is_an_alarm(run: Run, table: Table) -> None:
    wrong = table("부서,예산현액,지출액\n계,30,15\n가과,10,5\n나과,20,5\n")
    assert "▼ 2 totals recomputed: 1 error" in run("check", wrong, "-f", "table").out
    assert "▼" not in run("check", "-f", "table").out
