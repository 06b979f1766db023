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


def table(*lines: str) -> RawTable:
    return RawTable(tuple(tuple(line.split("|")) for line in lines), "a.txt")


def found(text: str) -> list[tuple[str, str, str]]:
    claims = table_claims(table(*text.split("\n")))
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


def test_rates_and_means_are_no_sums() -> None:
    rows = ("구분|계|초등|중등|고등", "학급수|271|160|61|50", "교원수|437|231|115|91")
    text = "\n".join((*rows, "1인당 학생수|14.0|14.8|13.1|13.4"))
    assert len(found(text)) == 2
    text = "부서|인원|집행률\n계|30|80.0\n가|10|90.0\n나|20|75.0"
    assert [subject for kind, subject, _ in found(text) if kind == "sum"] == ["30"]


def test_a_total_between_its_parts_is_a_mean_and_cannot_be_told() -> None:
    text = "구분|계|가|나|다\n갑|60|10|20|30\n을|6|1|2|3\n병|14|11|12|24"
    assert ("sum", "14", "cannot_tell") in found(text)


def test_decimals_leave_a_sum_room() -> None:
    text = "구분|금액|건수\n계|3.1|6\n가|1.1|1\n나|0.9|2\n다|1.2|3"
    assert ("sum", "3.1", "right_within_rounding") in found(text)


def test_nothing_has_no_shares() -> None:
    text = "분야|인원\n계|0명 (100%)\n가|0명 (50%)\n나|0명 (50%)"
    assert not [kind for kind, *_ in found(text) if kind == "share"]


def test_a_column_whose_cells_hold_more_than_their_total_is_no_sum() -> None:
    assert found("부서|인원\n계|30\n가|10 (3)\n나|20 (7)") == []


NESTED = """구분|2024년|2023년|국비
합계|829|791|415
지방세|103|98|52
세외수입|44|41|21
경상적|35|33|17
임시적|9|8|4
보조금|682|652|342"""


def test_rows_that_have_parts_of_their_own_are_not_added_twice() -> None:
    assert [subject for _, subject, _ in found(NESTED)] == ["829", "791", "415", "44", "41", "21"]
    assert wrong(NESTED) == []
    assert wrong(NESTED.replace("|682|", "|692|")) == [("sum", "829")]
    assert wrong(NESTED.replace("|35|", "|38|")) == [("sum", "44")]


def test_brackets_of_accounts_are_less_than_nothing_and_never_wrong() -> None:
    text = "Department|FY23|Change\nPolice|45|1.9\nFire|30|0.9\nParks|12|(0.4)\nTotal|87|2.4"
    assert found(text) == [("sum", "87", "right"), ("sum", "2.4", "right")]
    assert wrong(text.replace("2.4", "3.9")) == []


def test_money_of_the_nation_is_no_ratio() -> None:
    text = "구분|국비|성비\n계|300|98.0\n가|100|97.0\n나|200|99.0"
    assert found(text) == [("sum", "300", "right")]


def test_totals_that_were_cut_off_are_no_error() -> None:
    text = "구분|예산(억원)\n계|10.4억\n가|2.1억\n나|2.1억\n다|3.0억\n라|2.9억"
    assert found(text) == [("sum", "10.4억", "right_within_rounding")]


def test_a_share_that_was_raised_so_that_all_make_100_is_rounding() -> None:
    text = "분야|참여인원\n계|30명 (100%)\n신체|10명 (33%)\n경제|10명 (33%)\n문화|10명 (34%)"
    assert found(text)[-1] == ("share", "34%", "right_within_rounding")


def test_a_footnotes_mark_in_a_header_is_no_part_of_a_total() -> None:
    text = "DEPARTMENT|RELEASED /2|USED /3\nTOTAL|30|20\nCongress|10|8\nPresident|20|12"
    assert found(text) == [("sum", "30", "right"), ("sum", "20", "right")]
