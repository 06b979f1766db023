"""Tables of any kind: totals down and across, shares of a total, ratios of marked columns."""

from __future__ import annotations

from budgetcli.claims.claim import Verdict
from budgetcli.claims.tables import table_claims
from budgetcli.model import RawTable

PAIRS = """구분|합계|일반직|임기제
계|59/59|54/55|5/4
경제과|30/32|28/31|2/1
일자리과|29/27|26/24|3/3"""
SHARES = """분야|참여인원
계|200명 (100%)
신체|31명 (15%)
경제|169명 (85%)"""
FUND = """구분|계|디지털|바이오|비고
운용사 수|8개|6개|2개|4개
조성목표|4,400|2,500|1,900|-
결성총액|2,363|1,949|414|12"""


def found(text: str) -> list[tuple[str, str, str]]:
    rows = tuple(tuple(line.split("|")) for line in text.split("\n"))
    claims = table_claims(RawTable(rows, "a.txt"))
    return [(claim.kind, claim.figure.text, claim.verdict.value) for claim in claims]


def wrong(text: str) -> list[tuple[str, str]]:
    return [(kind, subject) for kind, subject, said in found(text) if said == Verdict.WRONG.value]


def test_pairs_are_summed_each_on_its_own_side() -> None:
    assert len(found(PAIRS)) == 12
    assert {verdict for *_, verdict in found(PAIRS)} == {"right"}


def test_a_changed_cell_is_found_down_and_across() -> None:
    assert wrong(PAIRS.replace("28/31", "28/34")) == [("sum", "55"), ("sum", "32")]


def test_a_total_column_sums_the_columns_that_add_up_to_it_and_no_others() -> None:
    assert [subject for _, subject, _ in found(FUND)] == ["8개", "4,400", "2,363"]
    assert wrong(FUND.replace("1,949", "1,549")) == [("sum", "2,363")]


def test_shares_that_were_made_to_add_up_to_100_are_rounding() -> None:
    assert found(SHARES) == [
        ("sum", "200명", "right"),
        ("sum", "100%", "right"),
        ("share", "15%", "right_within_rounding"),
        ("share", "85%", "right"),
    ]


def test_a_share_that_is_off_by_more_is_wrong() -> None:
    assert ("share", "18%") in wrong(SHARES.replace("15%", "18%"))


def test_a_ratio_follows_from_the_columns_it_is_marked_with() -> None:
    text = "지표|전국 (A)|서울 (B)|비중 (B/A)\nGRDP|2,166|486|22.4%\n사업체|6,140|1,180|19.2%"
    assert [verdict for *_, verdict in found(text)] == ["right", "right"]
    assert wrong(text.replace("1,180", "1,580")) == [("ratio", "19.2%")]


def test_where_most_does_not_add_up_there_is_no_sum() -> None:
    assert found("부서|금액|인원\n계|10|99\n가|3|50\n나|4|60") == []
