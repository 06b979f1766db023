"""JSON: exact numbers under fixed keys."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetcli.fields import Kind
from budgetcli.i18n import say
from budgetcli.model import Finding, Place, Severity, Unit
from budgetcli.report import Column, Context, Report
from budgetcli.views import Page
from budgetcli.views.json import draw, draw_lines

Summary = Callable[..., Report]

GOLDEN = Path(__file__).parent / "golden"


def loaded(text: str) -> Any:
    """Numbers as they are written: integers as their digits, the others as decimals."""
    return json.loads(text, parse_int=str, parse_float=Decimal)


def money(amount: int, scale: int = 0) -> Report:
    columns = (Column("budget", Kind.MONEY),)
    return Report("summary", columns, ({"budget": amount},), Context("a.csv", scale))


def test_the_json_is_the_golden_file(summary: Summary) -> None:
    assert draw(summary(), Page()).encode() == (GOLDEN / "summary.json").read_bytes()


def test_the_json_lines_are_the_golden_file(summary: Summary) -> None:
    assert draw_lines(summary(), Page()).encode() == (GOLDEN / "summary.jsonl").read_bytes()


def test_the_object_has_the_keys_of_the_contract_in_order(summary: Summary) -> None:
    assert list(loaded(draw(summary(), Page()))) == (
        [
            "as_of",
            "fiscal_year",
            "currency",
            "unit",
            "basis",
            "target",
            "source",
            "rows",
            "total",
            "findings",
        ]
    )


def test_a_row_has_every_key_a_program_may_ask_for_whether_shown_or_not(summary: Summary) -> None:
    row = loaded(draw(summary(keys=("division",)), Page()))["rows"][0]
    assert list(row) == [
        "division",
        "original",
        "budget",
        "committed",
        "spent",
        "commitment_rate",
        "execution_rate",
        "unspent",
        "uncommitted",
        "unpaid",
        "target_rate",
        "variance",
        "shortfall",
        "status",
        "where",
    ]


@pytest.mark.usefixtures("korean")
def test_no_key_and_no_status_changes_with_the_language(summary: Summary) -> None:
    answer = json.loads(draw(summary(), Page()))
    assert answer["rows"][5]["status"] == "lagging"
    assert {"budget", "spent", "execution_rate"} <= answer["rows"][0].keys()


def test_money_is_in_whole_currency_units(summary: Summary) -> None:
    assert loaded(draw(summary(), Page()))["total"]["budget"] == "685068000000"


def test_the_unit_shown_elsewhere_does_not_change_the_json(summary: Summary) -> None:
    other = Page(show_unit=Unit("억원", 10**8, "KRW"))
    assert draw(summary(), other) == draw(summary(), Page())


def test_cents_are_kept() -> None:
    assert '"budget": 111746519346.43' in draw(money(11174651934643, 2), Page())


@given(st.integers(), st.integers(min_value=0, max_value=30))
def test_any_amount_comes_back_exactly_and_without_exponent(amount: int, scale: int) -> None:
    text = draw_lines(money(amount, scale), Page())
    (written,) = [loaded(line)["budget"] for line in text.splitlines()]
    assert Fraction(written) == Fraction(amount, 10**scale)
    assert "e" not in text.split(",")[0].removeprefix('{"budget"').lower()


def test_amounts_beyond_any_machine_word_are_written_out() -> None:
    assert f'"budget": {10**60 + 1}' in draw(money(10**60 + 1), Page())


def test_rates_are_numbers_rounded_half_up(summary: Summary) -> None:
    text = draw(summary(("가", 10000, 1, 10675), total=None), Page())
    assert '"execution_rate": 106.8' in text


def test_a_rate_of_no_decimals_is_an_integer(summary: Summary) -> None:
    assert '"execution_rate": 74,' in draw(summary(), Page(decimals=0))


def test_what_is_unknown_is_null(summary: Summary) -> None:
    row = loaded(draw(summary(("가", None, 1, 1)), Page()))["rows"][0]
    assert row["budget"] is row["execution_rate"] is row["shortfall"] is row["original"] is None


def test_a_missing_total_and_target_are_null() -> None:
    answer = loaded(draw(money(1), Page()))
    assert answer["total"] is answer["target"] is answer["as_of"] is answer["unit"] is None


def test_the_target_tells_its_kind_rate_and_facts(summary: Summary) -> None:
    assert json.loads(draw(summary(), Page()))["target"] == {
        "kind": "pace",
        "rate": 58.2,
        "elapsed_days": 213,
        "days": 366,
    }


def test_a_finding_has_its_amounts_in_currency_units(summary: Summary) -> None:
    (finding,) = loaded(draw(summary(), Page()))["findings"]
    assert finding == {
        "code": "rounding",
        "severity": "note",
        "division": "계",
        "column": "budget",
        "printed": "685068000000",
        "computed": "685069000000",
        "difference": "-1000000",
        "where": "budget_2024.csv:2",
        "message": "the total is one below its parts: within rounding",
    }


def test_a_finding_about_a_rate_is_in_per_cent() -> None:
    finding = Finding(
        "rate_mismatch",
        Severity.ERROR,
        say("printed 71.0"),
        Place("a.csv", 4, sheet="예산"),
        printed=Fraction(71),
        computed=Fraction(2000, 29),
        scale=6,
    )
    report = Report("check", (), (), Context("a.csv"), findings=(finding,))
    (found,) = loaded(draw(report, Page()))["findings"]
    assert (found["printed"], found["computed"], found["difference"]) == tuple(
        map(Decimal, ("71.0", "69.0", "2.0"))
    )
    assert (found["where"], found["division"]) == ("a.csv:예산:4", None)


def test_what_a_question_adds_follows_its_keys() -> None:
    extra = {
        "checked": {"totals": 2, "rates": 20},
        "scenarios": [{"name": "run rate", "spent": 150, "likely": Decimal("1.50")}],
        "day": date(2024, 7, 31),
    }
    report = Report("forecast", (), (), Context("a.csv", scale=2), extra=extra)
    answer = loaded(draw(report, Page()))
    assert answer["checked"] == {"totals": "2", "rates": "20"}
    assert answer["scenarios"] == [
        {"name": "run rate", "spent": Decimal("1.5"), "likely": Decimal("1.50")}
    ]
    assert answer["day"] == "2024-07-31"


def test_a_line_stands_alone_and_no_line_doubles_the_sum(summary: Summary) -> None:
    lines = [json.loads(line) for line in draw_lines(summary(), Page()).splitlines()]
    assert sum(line["budget"] for line in lines) == 685069 * 10**6
    assert {(line["as_of"], line["currency"]) for line in lines} == {("2024-07-31", "KRW")}


@given(st.text(alphabet=st.characters()))
def test_any_name_comes_back_and_can_be_encoded(name: str) -> None:
    report = Report("summary", (), ({"division": name},), Context("a.csv"))
    text = draw_lines(report, Page())
    assert json.loads(text.encode())["division"] == name
    assert text.count("\n") == 1


def test_what_would_steer_a_terminal_is_escaped_and_hangul_is_not() -> None:
    report = Report("summary", (), ({"division": "과\x1b[31m\u202e\x9b\ud800"},), Context("a.csv"))
    assert '"과\\u001b[31m\\u202e\\u009b\\ud800"' in draw(report, Page())


def test_an_answer_without_rows_is_still_an_object() -> None:
    assert loaded(draw(Report("lagging", (), (), Context("a.csv")), Page()))["rows"] == []
