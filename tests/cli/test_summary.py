"""`budgetcli summary` as seen from outside: the built-in table, JSON and CSV as promised."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.conftest import Run

Table = Callable[..., str]

MONEY = "부서,예산현액,지출액\n가과,10,5\n나과,20,5\n"
BY = ("--by", "division")
PRINTED = {
    # division: commitment rate, execution rate, as the report prints them
    "경제정책과": (74.9, 74.2),
    "일자리정책과": (68.9, 67.6),
    "창업정책과": (90.6, 83.5),
    "대학협력과": (60.1, 58.8),
    "금융투자과": (61.8, 59.5),
    "창조산업과": (56.6, 30.7),
    "뷰티패션산업과": (84.2, 68.8),
    "첨단산업과": (77.6, 76.6),
    "산업입지과": (66.7, 62.6),
    "서울시립과학관": (79.7, 66.5),
}


def answer(run: Run, *words: str) -> dict[str, Any]:
    ran = run("summary", *words, "-f", "json")
    assert ran.status == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_every_printed_rate_of_the_report_is_recomputed(run: Run) -> None:
    rows = answer(run)["rows"]
    rates = {row["division"]: (row["commitment_rate"], row["execution_rate"]) for row in rows}
    assert rates == PRINTED


def test_the_total_is_the_printed_one_and_its_sum_is_known_too(run: Run) -> None:
    found = answer(run)
    total = found["total"]
    assert (total["budget"], total["spent"]) == (685_068_000_000, 463_697_000_000)
    assert (total["commitment_rate"], total["execution_rate"]) == (72.5, 67.7)
    assert total["source"] == "printed"
    notes = [
        (note["code"], note["severity"], note["column"], note["printed"], note["computed"])
        for note in found["findings"]
    ]
    assert notes == [
        ("rounding", "note", "budget", 685_068_000_000, 685_069_000_000),
        ("rounding", "note", "committed", 496_416_000_000, 496_417_000_000),
    ]


def test_the_json_names_what_holds_for_the_whole_answer(run: Run) -> None:
    found = answer(run)
    assert (found["as_of"], found["fiscal_year"], found["currency"]) == ("2024-07-31", 2024, "KRW")
    assert (found["unit"], found["basis"]) == ("백만원", "spent")
    assert found["target"] == {"kind": "pace", "rate": 58.2, "elapsed_days": 213, "days": 366}
    assert found["source"]["name"].endswith("budget_2024.csv")


def test_the_json_row_has_every_key_of_the_contract(run: Run) -> None:
    row = answer(run)["rows"][5]
    where = row.pop("where")
    assert where.endswith("budget_2024.csv:8")
    assert row == {
        "division": "창조산업과",
        "original": None,
        "budget": 49_222_000_000,
        "committed": 27_861_000_000,
        "spent": 15_105_000_000,
        "commitment_rate": 56.6,
        "execution_rate": 30.7,
        "unspent": 34_117_000_000,
        "uncommitted": 21_361_000_000,
        "unpaid": 12_756_000_000,
        "target_rate": 58.2,
        "variance": -27.5,
        "shortfall": 13_540_590_164,
        "status": "lagging",
    }


def test_cents_are_kept_and_no_amount_is_written_with_an_exponent(run: Run, table: Table) -> None:
    path = table("부서,예산현액,지출액\n과,111746519346.43,0.000000000092\n")
    text = run("summary", path, "-f", "json", "-q").out
    row = json.loads(text, parse_float=Decimal)["rows"][0]
    assert row["budget"] == Decimal("111746519346.43")
    assert '"spent": 0.000000000092,' in text


def test_sums_beyond_64_bits_are_exact(run: Run, table: Table) -> None:
    big = 2**63 + 1
    path = table(f"부서,예산현액,지출액\n가과,{big},1\n나과,{big},2\n")
    assert answer(run, path)["total"]["budget"] == 2 * big


def test_a_blank_amount_is_null_and_never_zero(run: Run, table: Table) -> None:
    path = table("부서,예산현액,원인행위액,지출액\n가과,100,50,\n나과,100,50,40\n")
    row = answer(run, path, "--target", "50")["rows"][0]
    unknown = {key for key, value in row.items() if value is None}
    assert unknown == {
        "original",
        "spent",
        "execution_rate",
        "unspent",
        "unpaid",
        "variance",
        "shortfall",
    }
    assert row["status"] == "unknown"


def test_a_rate_over_a_zero_budget_is_null_and_reads_not_available(run: Run, table: Table) -> None:
    path = table("부서,예산현액,지출액\n가과,0,0\n나과,10,5\n")
    assert answer(run, path)["rows"][0]["execution_rate"] is None
    assert "n/a" in run("summary", path, "-f", "table").out
    assert run("summary", path).out.splitlines()[1].split(",")[3] == "n/a"


def test_spending_over_the_budget_is_shown_whole_and_flagged(run: Run, table: Table) -> None:
    path = table("부서,예산현액,지출액\n가과,100,171.2\n나과,100,50\n")
    found = answer(run, path, "--target", "50")
    assert found["rows"][0]["execution_rate"] == 171.2
    assert found["rows"][0]["status"] == "overspent"
    assert [finding["code"] for finding in found["findings"]] == ["overspent"]


def test_exactly_all_of_the_budget_is_no_overrun(run: Run, table: Table) -> None:
    path = table("부서,예산현액,지출액\n가과,100,100\n")
    assert answer(run, path, "--target", "100")["rows"][0]["status"] == "on_track"


def test_a_total_that_does_not_add_up_gives_way_to_the_sum(run: Run, table: Table) -> None:
    path = table("부서,예산현액,지출액\n계,500,90\n가과,100,50\n나과,100,40\n")
    found = answer(run, path)
    assert found["total"]["budget"] == 200
    assert found["total"]["source"] == "computed"
    assert [(f["code"], f["severity"]) for f in found["findings"]] == [("total_mismatch", "error")]


def test_csv_in_a_pipe_is_whole_and_plain(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("summary").out)))
    assert len(rows) == 11
    assert rows[5]["division"] == "창조산업과"
    assert (rows[5]["budget"], rows[5]["execution_rate"]) == ("49222", "30.7")
    assert (rows[5]["unit"], rows[5]["as_of"]) == ("백만원", "2024-07-31")


def test_csv_headers_follow_the_language(run: Run) -> None:
    header = run("summary", "--lang", "ko").out.splitlines()[0]
    assert header.startswith("부서,예산현액,원인행위액,지출액,원인행위율,집행률,집행잔액")
    assert header.endswith("단위,기준일")


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("format", ["csv", "tsv"])
def test_what_we_write_we_read_back_to_the_same_table(
    run: Run, table: Table, language: str, format: str
) -> None:
    before = answer(run)
    written = table(run("summary", "-f", format, "--lang", language).out)
    after = answer(run, written)
    for found in (before, after):
        del found["source"], found["findings"]  # a balance column has a rounding note of its own
        for row in (*found["rows"], found["total"]):
            row.pop("where")
    assert after == before


def test_json_money_is_whole_won_and_reads_back_as_such(run: Run, table: Table) -> None:
    written = table(run("summary", "-f", "json").out)
    assert answer(run, written)["rows"][0]["budget"] == 129_652_000_000


def test_where_keeps_rows_and_leaves_the_printed_total_out(run: Run) -> None:
    found = answer(run, "--where", "부서=창*과")
    assert [row["division"] for row in found["rows"]] == ["창업정책과", "창조산업과"]
    assert found["total"]["source"] == "computed"
    assert found["total"]["budget"] == (67_296 + 49_222) * 1_000_000


def test_by_groups_and_names_the_column(run: Run, table: Table) -> None:
    path = table("회계,부서,예산현액,지출액\n일반,가과,10,1\n특별,가과,20,2\n일반,나과,30,3\n")
    rows = answer(run, path, "--by", "회계")["rows"]
    assert [(row["회계"], row["division"], row["budget"]) for row in rows] == [
        ("일반", "일반", 40),
        ("특별", "특별", 20),
    ]


def test_sort_and_top_cut_the_rows_and_never_the_total(run: Run) -> None:
    found = answer(run, "--sort", "-unspent", "--top", "2")
    assert [row["division"] for row in found["rows"]] == ["일자리정책과", "창조산업과"]
    assert found["total"]["budget"] == 685_068_000_000


def test_decimals_round_half_up(run: Run, table: Table) -> None:
    path = table("부서,예산현액,지출액\n가과,400,427\n")  # 106.75
    assert answer(run, path)["rows"][0]["execution_rate"] == 106.8
    assert answer(run, path, "--decimals", "0")["rows"][0]["execution_rate"] == 107


def test_show_unit_changes_what_is_shown_and_not_what_is_meant(run: Run) -> None:
    shown = list(csv.DictReader(io.StringIO(run("summary", "--show-unit", "억원").out)))
    assert (shown[5]["budget"], shown[5]["unit"]) == ("492.22", "억원")
    assert answer(run, "--show-unit", "억원")["rows"][5]["budget"] == 49_222_000_000


def test_the_fiscal_year_may_start_in_april(run: Run) -> None:
    target = answer(run, "--fiscal-year-start", "04-01")["target"]
    assert (target["elapsed_days"], target["days"]) == (122, 365)


def test_standard_input_is_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe:
        buffer = io.BytesIO("부서\t예산현액\t지출액\n가과\t1,000\t500\n".encode("cp949"))

    monkeypatch.setattr("sys.stdin", Pipe())
    assert answer(run, "-")["rows"][0]["budget"] == 1000


def test_the_environment_names_a_source(
    run: Run, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = table("부서,예산현액,지출액\n다른과,10,5\n")
    monkeypatch.setenv("BUDGETCLI_SOURCE", path)
    assert answer(run)["rows"][0]["division"] == "다른과"


def test_the_built_in_table_is_named_when_it_is_used(run: Run) -> None:
    assert "built-in table budget_2024.csv" in run("summary").err
    assert run("summary", "-q").err == ""


def test_explain_tells_what_was_inferred(run: Run) -> None:
    said = run("summary", "--explain").err
    for expected in (
        "encoding: UTF-8",
        "column #2 예산현액 = budget",
        "unit: 백만원, from its column",
        "date: 2024-07-31",
        "계 is a total of 10 rows: its name says so",
        "rows read 12 = used 10 + totals 1 + refused 0 + headers 1",
    ):
        assert expected in said


def test_an_inference_that_could_be_otherwise_is_said_without_asking(
    run: Run, table: Table
) -> None:
    path = table("부서,예산액,지출액\n가과,10,5\n")
    assert "예산액 was taken for the current budget" in run("summary", path).err


def test_a_file_named_twice_is_counted_twice_and_that_is_said(run: Run, table: Table) -> None:
    path = table(MONEY)
    found = json.loads(run("summary", path, path, "-f", "json").out)["findings"]
    assert [finding["code"] for finding in found] == ["duplicate_row"]
    assert "sums count" in found[0]["message"]


def test_a_copy_in_another_file_is_said_too(run: Run, table: Table) -> None:
    ran = run("summary", table(MONEY), table(MONEY, "copy.csv"))
    assert "2 rows stand in" in ran.err


def test_the_same_line_twice_in_one_ledger_is_no_copy(run: Run, table: Table) -> None:
    ran = run("summary", table(MONEY + MONEY.splitlines()[1] + "\n"), "-f", "json")
    assert json.loads(ran.out)["findings"] == []


def test_years_can_be_told_apart(run: Run, table: Table) -> None:
    text = "회계연도,부서,예산현액,지출액\n2022,가과,100,40\n2023,가과,100,60\n2023,나과,100,70\n"
    rows = list(csv.reader(io.StringIO(run("summary", table(text), "--by", "fiscal_year").out)))
    assert [row[:3] for row in rows[1:]] == [
        ["2022", "100", "40"],
        ["2023", "200", "130"],
        ["total", "300", "170"],
    ]


def test_nothing_is_grouped_by_a_measure(run: Run, table: Table) -> None:
    ran = run("summary", table(MONEY), "--by", "budget")
    assert (ran.status, ran.out) == (2, "")
    assert "'budget' is a measure" in ran.err


def test_grouping_twice_by_one_column_is_grouping_by_it(run: Run, table: Table) -> None:
    once, twice = (run("summary", table(MONEY), *words) for words in (BY, BY + BY))
    assert twice.out == once.out


def test_a_total_row_without_amounts_is_computed(run: Run, table: Table) -> None:
    ran = run("summary", table("부서,예산현액,지출액\n계,,\n가과,10,5\n나과,20,5\n"), "-f", "json")
    total = json.loads(ran.out)["total"]
    assert (total["source"], total["budget"], total["spent"]) == ("computed", 30, 10)


GAPS = "부서,예산현액,지출액,기준일\n가과,100,20,2024-07-31\n나과,200,{},2024-07-31\n"


def test_a_total_over_gaps_is_not_judged_and_that_is_warned_of(run: Run, table: Table) -> None:
    found = answer(run, table(GAPS.format("")))
    total = found["total"]
    assert (total["execution_rate"], total["status"]) == (6.7, "unknown")
    assert (total["variance"], total["shortfall"]) == (None, None)
    warned = [one for one in found["findings"] if one["code"] == "incomplete_total"]
    assert [(one["severity"], one["message"].split(":")[0]) for one in warned] == [
        ("warning", "나과 lacks its budget or its spending")
    ]


def test_a_total_over_gaps_is_overspent_all_the_same(run: Run, table: Table) -> None:
    path = table("부서,예산현액,지출액\n가과,100,900\n나과,200,\n")
    assert answer(run, path)["total"]["status"] == "overspent"


@pytest.mark.parametrize(
    ("printed", "source", "status"), [("20", "printed", "lagging"), ("60", "computed", "unknown")]
)
def test_a_total_over_gaps_is_judged_where_it_is_printed_and_agrees(
    run: Run, table: Table, printed: str, source: str, status: str
) -> None:
    found = answer(run, table(GAPS.format("") + f"계,300,{printed},2024-07-31\n"))
    assert (found["total"]["source"], found["total"]["status"]) == (source, status)


def test_money_that_is_to_come_in_is_behind_by_its_rate_and_not_overspent(
    run: Run, table: Table
) -> None:
    path = table("부서,예산현액,지출액\n가과,100,70\n세외수입,-40,-10\n")
    found = answer(run, path, "--target", "60")
    income = found["rows"][1]
    assert (income["execution_rate"], income["status"], income["variance"]) == (
        25.0,
        "lagging",
        -35.0,
    )
    assert found["findings"] == []
