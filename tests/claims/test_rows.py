"""Sentences that speak of a table's row: attainment, growth, heads against quota."""

from __future__ import annotations

from budgetcli.claims.cells import Cells, cells_of
from budgetcli.claims.claim import Verdict
from budgetcli.claims.rows import rows_in
from budgetcli.model import RawTable
from tests.claims.test_statements import stated

ORDERS = "구분|합계|춘계|추계|전년\n수주|1,074만$|524만$|550만$|187만$"
HEADS = "구분|합계|일반직\n계|236/229|214/210\n가과|236/229|214/210"


def cells(text: str) -> Cells:
    return cells_of(RawTable(tuple(tuple(line.split("|")) for line in text.split("\n")), "a.txt"))


def found(text: str, table: str) -> list[tuple[str, str, Verdict]]:
    claims = rows_in(stated(text), [cells(table)])
    return [(claim.kind, claim.figure.text, claim.verdict) for claim in claims]


def test_a_rate_is_held_against_the_row_of_the_figure_named() -> None:
    text = "ㅇ 목표 : 1,074만$ / 전년 대비 5.7배 확대, 현재 달성율 49%"
    assert found(text, ORDERS) == [
        ("growth", "5.7배", Verdict.RIGHT),
        ("ratio", "49%", Verdict.RIGHT),
    ]


def test_a_rate_that_is_one_digit_off_is_wrong() -> None:
    text = "ㅇ 목표 : 1,074만$ / 전년 대비 5.2배 확대, 현재 달성율 59%"
    assert {verdict for *_, verdict in found(text, ORDERS)} == {Verdict.WRONG}


def test_where_no_row_holds_the_figure_there_is_no_claim() -> None:
    assert found("ㅇ 목표 : 900만$, 현재 달성율 49%", ORDERS) == []
    assert found("ㅇ 목표 : 1,074, 현재 달성율 49%", ORDERS) == []
    assert found("ㅇ 목표 : 1,074만$, 현재 달성율 22%", ORDERS) == []


def test_heads_and_quota_are_those_of_the_total_row() -> None:
    assert found("정원 236 / 현원 229명", HEADS) == [
        ("repeat", "236", Verdict.RIGHT),
        ("repeat", "229명", Verdict.RIGHT),
    ]
    assert found("정원 236명, 현원 225명", HEADS)[1][2] is Verdict.WRONG
    assert found("정원 50명, 현원 45명", HEADS)[0][2] is Verdict.UNSURE


def test_without_pairs_in_a_total_row_heads_are_no_claim() -> None:
    assert found("정원 236 / 현원 229명", ORDERS) == []
