"""`pefa`: three years worked by hand, what is left out, and what does not fit the method."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from budgetcli.analysis.pefa import pefa
from budgetcli.analysis.pefa_indicators import Method
from budgetcli.analysis.question import Question
from budgetcli.errors import TableError, UserError
from budgetcli.model import BudgetTable
from budgetcli.report import Report
from budgetcli.views.numbers import Numbers
from tests.analysis.tables import tables

HEAD = "회계연도,부서,통계목,당초예산,지출액\n"
# Each year: budget 1,000; k = 1, 2, 3. 가과 600 → 600 + 10k, 나과 300 → 300 − 30k,
# interest 50 → 50, contingency 50 → 10k.
YEARS = HEAD + "".join(
    f"{2020 + k},가과,인건비,400,{400 - 10 * k}\n"
    f"{2020 + k},가과,물건비,200,{200 + 20 * k}\n"
    f"{2020 + k},나과,물건비,300,{300 - 30 * k}\n"
    f"{2020 + k},다과,차입금이자상환,50,50\n"
    f"{2020 + k},예산과,예비비,50,{10 * k}\n"
    for k in (1, 2, 3)
)


def of(text: str = YEARS, **facts: str) -> list[BudgetTable]:
    return [*tables(text, **facts)]


def indicators(report: Report) -> dict[str, tuple[Any, ...]]:
    listed: Any = report.extra["indicators"]
    return {found["indicator"]: (found["score"], *found["results"]) for found in listed}


def lines(report: Report, indicator: str, year: int, *keys: str) -> dict[Any, list[Any]]:
    return {
        row["division"]: [row[key] for key in keys]
        for row in report.rows
        if (row["indicator"], row["fiscal_year"]) == (indicator, year)
    }


def words(report: Report) -> list[str]:
    return [Numbers(0, None, 0).sentence(sentence) for sentence in report.headline]


def refusal(found: list[BudgetTable]) -> str:
    with pytest.raises(UserError) as raised:
        pefa(found)
    return str(raised.value)


def test_three_years_worked_by_hand() -> None:
    """PI-1.1: 940, 930, 920 of 1,000. PI-2.1: 가과 and 나과 alone, 900 budgeted.

    2021: 880 spent, f = 880/900; 가과 610 − 586 2/3 = 70/3, 나과 270 − 293 1/3 = −70/3:
    140/3 of 880. 2022: twice that of 860. 2023: 140 of 840.
    PI-2.2: interest in. 2021: 930 of 950. PI-2.3: 1, 2 and 3 % of 1,000, 2 on average.
    """
    found = indicators(pefa(of()))
    assert found["PI-1.1"] == ("B", 94, 93, 92)
    assert found["PI-2.1"] == (
        "C",
        Fraction(14000, 3 * 880),
        Fraction(28000, 3 * 860),
        Fraction(14000, 840),
    )
    assert found["PI-2.2"][0] == "A"
    assert found["PI-2.3"] == ("A", 1, 2, 3)


def test_economic_types_worked_by_hand() -> None:
    """2023: 370, 470 and 50 of 400, 500 and 50: 890 of 950, f = 89/95.

    adjusted 7120/19, 8900/19, 890/19; deviations −90/19, 30/19, 60/19: 180/19 of 890.
    """
    assert indicators(pefa(of()))["PI-2.2"][3] == Fraction(18000, 19 * 890)


def test_the_intermediate_table_has_every_head_and_its_year() -> None:
    """2023: f = 840/900; adjusted 560 and 280."""
    report = pefa(of())
    assert lines(report, "PI-2.1", 2023, "original", "adjusted", "spent", "deviation") == {
        "가과": [600, 560, 630, 70],
        "나과": [300, 280, 210, -70],
        "total": [900, 840, 840, 140],
    }
    assert lines(report, "PI-2.1", 2023, "result", "score") == {
        "가과": [Fraction(25, 2), ""],
        "나과": [25, ""],
        "total": [Fraction(50, 3), "C"],
    }
    assert lines(report, "PI-1.1", 2022, "original", "spent", "score") == {
        "total": [1000, 930, "B"]
    }
    assert lines(report, "PI-2.3", 2022, "original", "spent", "result") == {
        "contingency charged": [1000, 20, 2]
    }


def test_an_adjusted_budget_is_shown_to_the_smallest_unit_half_up() -> None:
    """2021: 600 · 880/900 = 586.67."""
    assert lines(pefa(of()), "PI-2.1", 2021, "adjusted")["가과"] == [587]


def test_interest_is_in_the_types_and_contingency_in_neither() -> None:
    report = pefa(of())
    assert set(lines(report, "PI-2.2", 2021)) == {"인건비", "물건비", "차입금이자상환", "total"}
    assert words(report) == [
        "PI-1.1 aggregate outturn: B (94.0 %, 93.0 %, 92.0 %)",
        "PI-2.1 composition by head: C (5.3 %, 10.9 %, 16.7 %)",
        "PI-2.2 composition by economic type: A (0.3 %, 0.7 %, 1.1 %)",
        "PI-2.3 spent from contingency: A (mean 2.0 %)",
        "contingency, left out of composition: 예비비",
        "debt interest, left out of PI-2.1: 차입금이자상환",
    ]


def test_other_names_for_contingency_and_interest() -> None:
    method = Method(contingency=("나과",), interest=("다 과",))
    report = pefa(of(), method=method)
    assert set(lines(report, "PI-2.1", 2021)) == {"가과", "예산과", "total"}
    assert indicators(report)["PI-2.3"] == ("D", 27, 24, 21)


def test_an_interest_subsidy_is_no_debt_interest() -> None:
    report = pefa(of(YEARS.replace("차입금이자상환", "이자지원사업")))
    assert "다과" in lines(report, "PI-2.1", 2021)


def test_by_function_and_at_different_grains() -> None:
    texts = [
        "회계연도,분야,당초예산,지출액\n2021,교육,100.5,100\n2021,복지,0,0\n",
        "회계연도,분야,당초예산,지출액\n2022,교육,100,100\n2022,복지,0,0\n",
        "회계연도,분야,당초예산,지출액\n2023,교육,100,100\n2023,복지,0,0\n",
    ]
    report = pefa([found for text in texts for found in of(text)])
    assert lines(report, "PI-1.1", 2022, "original")["total"] == [1000]
    assert report.context.scale == 1
    assert indicators(report)["PI-2.1"][1:] == (0, 0, 0)


def test_what_cannot_be_scored_says_why() -> None:
    text = "회계연도,통계목,당초예산,지출액\n" + "".join(
        f"{y},인건비,100,100\n" for y in (2021, 2022, 2023)
    )
    found = words(pefa(of(text)))
    assert found[1] == "PI-2.1 composition by head: not scored: the tables name no heads"
    assert found[3].startswith("PI-2.3 spent from contingency: not scored: no head is called so")
    assert found[4].endswith(": none found")
    plain = words(pefa(of(text.replace("통계목", "부서"))))
    assert plain[2].endswith("not scored: the tables have no line items (통계목)")


def three_years(*rows: str) -> list[BudgetTable]:
    """The same heads in three years."""
    lines = [f"{year},{row}" for year in (2021, 2022, 2023) for row in rows]
    return of("회계연도,부서,당초예산,지출액\n" + "\n".join(lines) + "\n")


def test_a_year_without_outturn_is_not_scored() -> None:
    heads = "{0},가과,100,{1}\n{0},나과,100,{1}\n"
    text = "".join(heads.format(year, spent) for year, spent in ((2021, 0), (2022, 90), (2023, 90)))
    report = pefa(of(f"회계연도,부서,당초예산,지출액\n{text}"))
    assert indicators(report)["PI-2.1"] == (None, None, 0, 0)
    assert words(report)[1].endswith("the budget or the outturn of 2021 is not more than 0")


@pytest.mark.parametrize("rows", [("가과,0,0", "나과,0,0"), ("가과,-90,-90", "나과,-10,-10")])
def test_nothing_and_less_are_no_a(rows: tuple[str, ...]) -> None:
    report = pefa(three_years(*rows, "예비비,0,0"))
    assert [score for score, *_ in indicators(report).values()] == [None] * 4
    assert words(report)[0].endswith(
        "not scored: the budget or the outturn of 2021–2023 is not more than 0"
    )


def test_one_head_alone_has_no_composition_and_so_no_a() -> None:
    report = pefa(three_years("가과,100,60", "예비비,10,0"))
    assert indicators(report)["PI-2.1"] == (None,)
    assert (
        words(report)[1]
        == "PI-2.1 composition by head: not scored: one head alone has no composition"
    )


def test_a_negative_head_deviates_by_a_share_of_its_size() -> None:
    """f = 130 / 100; of -100 · 1.3 = -130 it is 70 away: 53.8 per cent."""
    report = pefa(three_years("가과,-100,-60", "나과,200,190"))
    shares = lines(report, "PI-2.1", 2021, "deviation", "result")
    assert shares["가과"] == [70, Fraction(7000, 130)]


def test_a_dash_is_nothing_and_a_blank_is_unknown() -> None:
    dash, blank = (pefa(three_years("가과,100,60", "나과,100,90", f"다과,{x},50")) for x in "- ")
    assert lines(dash, "PI-1.1", 2021, "original", "spent")["total"] == [200, 200]
    assert lines(blank, "PI-1.1", 2021, "original", "spent")["total"] == [200, 150]
    assert "다과" in lines(dash, "PI-2.1", 2021)
    assert "다과" not in lines(blank, "PI-2.1", 2021)


def test_a_head_that_is_not_budgeted_has_no_share_of_its_own() -> None:
    text = YEARS + "2021,새과,물건비,0,20\n"
    assert lines(pefa(of(text)), "PI-2.1", 2021, "adjusted", "deviation", "result")["새과"] == [
        0,
        20,
        None,
    ]


def test_an_unknown_amount_is_in_no_sum_and_named() -> None:
    report = pefa(of(YEARS + "2023,새과,물건비,,20\n"))
    assert [(found.code, found.column) for found in report.findings][:1] == [
        ("missing_amount", "original")
    ]
    assert str(report.findings[0].message) == "1 row has no original budget; sums leave it out"


def test_of_more_than_three_years_the_last_three_and_that_is_said() -> None:
    report = pefa(of(YEARS + "2020,가과,인건비,1,1\n"))
    assert report.extra["years"] == [2021, 2022, 2023]
    assert words(report)[-1] == "the last three years of 2020–2023"


TWO = "\n".join(line for line in YEARS.splitlines() if not line.startswith("2021"))
GAP = YEARS.replace("\n2021,", "\n2020,")
CURRENT = YEARS.replace("당초예산", "예산현액")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (TWO, "2 years, where three are needed"),
        (GAP, "a year is missing between 2020, 2022, 2023"),
        (CURRENT, "the current budget, where the original one is needed"),
    ],
)
def test_what_does_not_fit_is_refused_unless_indicative(text: str, why: str) -> None:
    assert why in refusal(of(text))
    assert "--indicative" in refusal(of(text))
    report = pefa(of(text), method=Method(indicative=True))
    assert report.context.title == f"PEFA PI-1 and PI-2, indicative only: {why}"
    assert report.extra["indicative"] == [why]


def test_a_year_that_is_not_over_is_refused() -> None:
    text = "기준일,부서,당초예산,지출액\n" + "".join(
        f"{day},가과,100,90\n" for day in ("2022-12-31", "2023-12-31", "2024-07-31")
    )
    assert "the year is not over: 2024-07-31" in refusal(of(text))


def test_what_fits_has_a_plain_title_even_if_indicative_was_asked_for() -> None:
    assert pefa(of(), method=Method(indicative=True)).context.title == "PEFA PI-1 and PI-2"


def test_the_current_budget_stands_under_its_own_name() -> None:
    report = pefa(of(CURRENT), method=Method(indicative=True))
    assert "budget" in report.rows[0]
    assert [column.key for column in report.columns][3] == "budget"


@pytest.mark.parametrize(
    ("head", "missing"), [("편성액,지출액", "당초예산"), ("당초예산,편성액", "지출액")]
)
def test_a_missing_column_is_named(head: str, missing: str) -> None:
    text = f"회계연도,부서,{head}\n2023,가과,100,90\n"
    with pytest.raises(TableError, match=missing):
        pefa(of(text), Question(), Method(indicative=True))
