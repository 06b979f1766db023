"""Lines as statements: whose parts they are, told by their bullets."""

from __future__ import annotations

from budgetcli.claims.statements import Statement, statements_of
from budgetcli.model import Line, Place


def stated(text: str) -> list[Statement]:
    lines = text.strip().split("\n")
    return statements_of([Line(line, Place("a.txt", row)) for row, line in enumerate(lines, 1)])


def test_a_bullet_hangs_on_the_one_above_it() -> None:
    text = "□ 현황\n ㅇ 예산 10억원\n   - 시비 6억원\n   - 국비 4억원\n ㅇ 인원"
    assert [one.parent for one in stated(text)] == [None, 0, 1, 1, 0]


def test_a_heading_starts_anew() -> None:
    assert [one.parent for one in stated("□ 가\n ㅇ 나\n□ 다\n ㅇ 라")] == [None, 0, None, 2]


def test_a_remark_hangs_on_what_stands_before_it_and_carries_nothing() -> None:
    assert [one.parent for one in stated("ㅇ 가\n - 나\n ※ 다\n - 라")] == [None, 0, 1, 0]


def test_a_line_that_an_open_bracket_breaks_is_joined() -> None:
    (one,) = stated("ㅇ 예산 10억원(시비 6억원,\n    국비 4억원)")
    assert one.text == "예산 10억원(시비 6억원, 국비 4억원)"


def test_a_statement_knows_its_line_and_bullet() -> None:
    assert stated("ㅇ 가\n\n※ 나")[1] == Statement("나", "※", Place("a.txt", 3), 0)
