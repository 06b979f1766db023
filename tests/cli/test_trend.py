"""`budgetcli trend` as seen from outside."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run

Table = Callable[..., str]

THREE = """\
부서,기준일,예산현액,지출액
가과,2024-01-31,1000,100
나과,2024-01-31,1000,0
가과,2024-03-01,1000,200
나과,2024-03-01,1000,100
가과,2024-03-02,1000,200
나과,2024-03-02,1000,100
가과,2024-03-31,1000,200
나과,2024-03-31,1000,400
"""


def test_the_rates_over_the_dates_with_their_shape_and_slope(run: Run, table: Table) -> None:
    ran = run("trend", table(THREE), "-f", "json")
    found = json.loads(ran.out)
    assert [(row["division"], row["sparkline"], row["slope"]) for row in found["rows"]] == [
        ("가과", "▁█×█", 5.0),
        ("나과", "▁▃×█", 20.0),
    ]
    assert [date["snapshot"] for date in found["dates"]] == [None, None, "stale_snapshot", None]
    assert [finding["code"] for finding in found["findings"]] == ["stale_snapshot"]
    assert found["rows"][1]["2024-03-31"] == 40.0


def test_wide_has_a_column_a_date(run: Run, table: Table) -> None:
    header = run("trend", table(THREE), "--wide").out.splitlines()[0].split(",")
    dates = [name for name in header if name.startswith("2024")]
    assert dates == ["2024-01-31", "2024-03-01", "2024-03-02", "2024-03-31"]


def test_long_has_a_line_a_division_and_date(run: Run, table: Table) -> None:
    rows = list(csv.DictReader(io.StringIO(run("trend", table(THREE), "--long").out)))
    assert len(rows) == 8
    assert (rows[0]["as_of"], rows[0]["division"], rows[0]["execution_rate"]) == (
        "2024-01-31",
        "가과",
        "10.0",
    )
    assert {row["snapshot"] for row in rows[4:6]} == {"stale_snapshot"}


def test_several_sources_are_several_dates(run: Run, table: Table) -> None:
    lines = THREE.splitlines(keepends=True)
    early = table("".join(lines[:3]), "early.csv")
    late = table("".join([lines[0], *lines[3:5]]), "late.csv")
    found = json.loads(run("trend", late, early, "-f", "json").out)
    assert [date["as_of"] for date in found["dates"]] == ["2024-01-31", "2024-03-01"]


def test_an_output_without_blocks_has_a_typed_shape(run: Run, table: Table, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    ran = run("trend", table(THREE), "--encoding-out", "cp949", "-o", str(out))
    assert ran.status == 0, ran.err
    assert "_#x#" in out.read_text(encoding="cp949")


def test_an_encoding_that_does_not_exist_is_still_said(run: Run, table: Table) -> None:
    ran = run("trend", table(THREE), "--encoding-out", "klingon", "-f", "csv")
    assert (ran.status, ran.out) == (2, "")


def test_one_date_is_refused_with_nothing_on_stdout(run: Run) -> None:
    ran = run("trend")
    assert (ran.status, ran.out) == (2, "")
    assert "a trend needs two" in ran.err


@pytest.mark.parametrize("form", [(), ("--wide",), ("--long",)])
@pytest.mark.parametrize(
    "format", ["table", "csv", "tsv", "json", "jsonl", "markdown", "html", "github"]
)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_form_in_every_format_and_language(
    run: Run, table: Table, form: tuple[str, ...], format: str, language: str
) -> None:
    ran = run("trend", table(THREE), *form, "-f", format, "--lang", language)
    assert ran.status == 0, ran.err
    assert "가과" in ran.out


def test_a_spreadsheet_of_it_can_be_written(run: Run, table: Table, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    assert run("trend", table(THREE), "--wide", "-o", str(out)).status == 0
    assert out.read_bytes()[:2] == b"PK"


def test_the_environment_names_a_source(
    run: Run, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUDGETCLI_SOURCE", table(THREE))
    assert run("trend", "-q").out.count("과,") == 2


def test_the_panel_of_a_province_in_the_encoding_it_came_in(
    run: Run, real_file: Callable[[str], Path]
) -> None:
    path = real_file("lofin_jeonbuk_daily/panel_4dates_cp949.csv.gz")
    found = json.loads(run("trend", str(path), "--by", "government", "-f", "json").out)
    assert [(date["as_of"], date["execution_rate"]) for date in found["dates"]] == [
        ("2026-06-29", 45.3),
        ("2026-07-17", 48.7),
        ("2026-07-31", 52.5),
        ("2026-08-21", 54.5),
    ]
    assert len(found["rows"]) == 14
    assert not [one for one in found["findings"] if one["code"] == "incomplete_snapshot"]
