"""`show` on a ledger: the division's programmes are kept apart, all others added up."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Run

LEDGER = "부서,세부사업,통계목,예산현액,지출액\n" + "".join(
    f"{division},{programme},{item},{budget},{budget // 3}\n"
    for division, start in (("예산과", 7_100_003), ("창조산업과", 9_400_011), ("국제과", 123_457))
    for programme in ("가", "나", "다")
    for item, budget in (("인건비", start + ord(programme)), ("운영비", start * 2))
)


@pytest.mark.parametrize(
    "words", [["창조"], ["창조산업과", "--by", "부서"], ["가", "--by", "programme"]]
)
def test_show_says_of_a_ledger_what_it_says_of_a_table(
    tmp_path: Path, run: Run, words: list[str]
) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text(LEDGER, encoding="utf-8")
    held = run("show", words[0], str(path), *words[1:], "-f", "json", "--engine", "memory")
    rolled = run("show", words[0], str(path), *words[1:], "-f", "json", "--engine", "duckdb")
    assert held.status == 0
    assert rolled == held
