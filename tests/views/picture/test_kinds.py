"""The other kinds: where their points, bars and ranges stand, and what they say of themselves."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from budgetcli.analysis.bridge import bridge
from budgetcli.analysis.compare import compare
from budgetcli.analysis.forecast import forecast
from budgetcli.analysis.question import Question
from budgetcli.analysis.trend import trend
from budgetcli.errors import UserError
from budgetcli.views.picture.scale import Scale, spanning
from tests.analysis.tables import table, tables
from tests.views.conftest import Summary
from tests.views.picture.conftest import BLUE, HEADS, PALE_BLUE, SVG, Draw, Seen, asked

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


def lines(seen: Seen, color: str) -> list[str]:
    """The paths of lines drawn in this colour."""
    paths = seen.root.iter(f"{SVG}path")
    return [str(path.get("d")) for path in paths if path.get("stroke") == color]


def test_unspent_sets_what_is_bound_apart(draw: Draw) -> None:
    seen = draw(asked("가,1000,800,500,2024-07-31,원\n나,1000,900,900,2024-07-31,원\n"), "unspent")
    assert seen.title == "600 KRW unspent; the most at 가: 500 KRW"
    whole, free = seen.boxes(PALE_BLUE)[0], seen.boxes(BLUE)[0]
    assert whole.width / free.width == pytest.approx(2.5)
    assert {"500", "100"} <= {*seen.texts}


def test_unspent_below_nothing_goes_to_the_left(draw: Draw) -> None:
    seen = draw(asked("가,100,90,150,2024-07-31,원\n나,100,0,0,2024-07-31,원\n"), "unspent")
    over, left = sorted(seen.boxes(BLUE), key=lambda box: box.left)
    assert over.right == left.left
    assert left.width / over.width == pytest.approx(2)


def test_unspent_of_an_unknown_amount_is_not_drawn_as_nothing(draw: Draw) -> None:
    seen = draw(asked("가,100,,,2024-07-31,원\n나,100,50,50,2024-07-31,원\n"), "unspent")
    assert seen.texts.count("n/a") == 2
    assert len(seen.boxes(BLUE)) == 1


def test_forecast_is_a_range_and_never_a_number(draw: Draw) -> None:
    report = forecast([table(HEADS + "가,366,200,213,2024-07-31,원\n")])
    seen = draw(report, "forecast")
    assert seen.title == "0 KRW to 153 KRW unspent on 2024-12-31"
    (box,) = seen.boxes(PALE_BLUE)
    assert box.width > 100
    assert "between: spent if only commitments are paid · spent at the run rate" in seen.texts


def test_unspent_of_nobody_known_has_no_most(draw: Draw) -> None:
    assert (
        draw(asked("가,100,,,2024-07-31,원\n"), "unspent").title == "1 division: n/a % of 100 KRW"
    )


def test_labels_of_ticks_do_not_run_into_each_other(draw: Draw) -> None:
    seen = draw(asked(f"가,{10**16},0,{5 * 10**15},2024-07-31,원\n"), "unspent")
    ticks = {f"{n * 10**15:,}" for n in range(6)}
    assert 2 <= len(ticks & {*seen.texts}) < len(ticks)


def test_forecast_of_an_unknown_amount_has_no_range(draw: Draw) -> None:
    rows = "가,366,200,213,2024-07-31,원\n나,366,,,2024-07-31,원\n"
    seen = draw(forecast([table(HEADS + rows)]), "forecast")
    assert len(seen.boxes(PALE_BLUE)) == 1
    assert seen.texts.count("n/a") == 2


def test_a_bridge_leads_from_one_balance_to_the_other(draw: Draw) -> None:
    old = table(HEADS + "가,100,90,20,2024-06-30,원\n나,100,50,0,2024-06-30,원\n")
    new = table(HEADS + "가,150,90,40,2024-07-31,원\n나,100,50,30,2024-07-31,원\n")
    seen = draw(bridge(compare(old, new)), "bridge")
    first, *steps, last = sorted(
        (box for color in (BLUE, PALE_BLUE, "#e69f00") for box in seen.boxes(color)),
        key=lambda box: box.top,
    )
    assert first.width / last.width == pytest.approx(1)  # 180 and 180
    assert steps[0].left == pytest.approx(first.right)  # the budget grew from there
    assert steps[1].right == pytest.approx(steps[0].right)
    assert steps[2].left == pytest.approx(last.right)
    assert {"180", "+50", "-30", "-20"} <= {*seen.texts}
    assert "unspent balance 2024-06-30" in seen.texts


def test_pace_draws_a_point_at_the_day_and_names_it(draw: Draw) -> None:
    seen = draw(asked("가,1000,800,250,2024-07-31,원\n나,1000,900,750,2024-07-31,원\n"), "pace")
    assert seen.title == "가 25.0 %, 33.2 points behind"
    assert {"가 25.0 %", "나 75.0 %", "2024-07-31", "pace"} <= {*seen.texts}
    assert {"2024-01-01", "2024-04-01", "2024-12-31"} <= {*seen.texts}


def test_pace_says_who_has_no_rate_and_who_has_no_name(draw: Draw) -> None:
    rows = "".join(f"제{n}과,1000,900,{n},2024-07-31,원\n" for n in range(20))
    seen = draw(asked(rows + "가,0,0,0,2024-07-31,원\n"), "pace")
    assert "4 more of 20 are drawn without their names" in seen.texts
    assert "n/a: 1 has no rate" in seen.texts


def test_pace_against_another_target_is_refused(draw: Draw) -> None:
    with pytest.raises(UserError, match="rates are drawn against the pace"):
        draw(asked("가,1000,800,250,2024-07-31,원\n", target="60"), "pace")


def test_pace_beyond_the_edge_is_an_arrow_and_says_so(draw: Draw) -> None:
    seen = draw(asked("가,10,9,4387,2024-07-31,원\n"), "pace")
    assert "가 43870.0 %" in seen.texts
    assert "a point at the edge with an arrow lies beyond it: its figure is exact" in seen.texts


def test_trend_draws_no_line_through_a_date_in_doubt(draw: Draw) -> None:
    seen = draw(trend(tables(THREE)), "trend")
    (whole,) = lines(seen, "#1a1a1a")[-1:]
    assert whole.count("L") == 2  # three dates of four
    assert any("2024-03-02" in text and "copy" in text for text in seen.texts)
    assert {"가과 20.0 %", "나과 40.0 %", "total 30.0 %", "target 24.9 %"} <= {*seen.texts}


def test_trend_names_who_went_at_the_last_date_it_was_there(draw: Draw) -> None:
    text = (
        "부서,기준일,예산현액,지출액\n가,2024-01-31,100,10\n나,2024-01-31,100,30\n다,2024-01-31,9,\n"
        "가,2024-02-29,100,15\n다,2024-02-29,9,\n가,2024-03-31,100,20\n다,2024-03-31,9,\n"
    )
    seen = draw(trend(tables(text), Question(target="5")), "trend")
    assert {"가 20.0 %", "나 30.0 %", "n/a: 1 has no rate"} <= {*seen.texts}


def test_trend_of_many_dates_has_no_dots(draw: Draw) -> None:
    days = "".join(f"가,2024-01-{day:02},1000,{day}\n" for day in range(1, 29))
    seen = draw(trend(tables("부서,기준일,예산현액,지출액\n" + days)), "trend")
    assert "2024-01-28" in seen.texts
    assert "2024-01-02" not in seen.texts  # no room beside its neighbours
    assert not lines(seen, "#ffffff")


def test_trend_begins_anew_each_year(draw: Draw) -> None:
    text = (
        "부서,기준일,예산현액,지출액\n가,2023-06-30,100,40\n가,2023-12-31,100,90\n"
        "가,2024-06-30,100,30\n가,2024-12-31,100,95\n"
    )
    seen = draw(trend(tables(text)), "trend")
    assert [path.count("L") for path in lines(seen, "#1a1a1a")[-2:]] == [1, 1]


def test_trend_of_years_without_dates_stands_evenly(draw: Draw) -> None:
    text = "부서,회계연도,예산현액,지출액\n가,2021,100,40\n가,2022,100,50\n가,2023,100,60\n"
    seen = draw(trend(tables(text), Question(target="45")), "trend")
    assert {"2021", "2022", "2023", "가 60.0 %"} <= {*seen.texts}


def test_values_of_any_size_have_their_place() -> None:
    huge = 10**400  # no float holds it
    scale = spanning([huge, huge // 4, None], 0)
    assert scale.at(huge // 4) == 0.25
    assert scale.ticks[-1] == huge


def test_ticks_are_round_and_within() -> None:
    assert spanning([7], -3).ticks == [-2, 0, 2, 4, 6]
    assert spanning([Fraction(1, 3)], 0).ticks == [
        0,
        Fraction(1, 10),
        Fraction(1, 5),
        Fraction(3, 10),
    ]
    assert spanning([], 0) == Scale(0, 1)


def test_names_beside_points_never_overlap() -> None:
    from budgetcli.views.picture.beside import APART, apart

    placed = apart([50.0, 51.0, 52.0, 100.0, 100.0], 0.0, 200.0)
    assert all(later - one >= APART for one, later in pairwise(placed))
    assert placed[1] == pytest.approx(51.0)
    assert apart([199.0, 200.0], 0.0, 200.0)[-1] <= 200.0


@pytest.mark.parametrize("kind", ["bars", "pace", "unspent"])
def test_the_same_report_is_drawn_alike_on_any_day(summary: Summary, kind: str) -> None:
    from budgetcli.views import Page, Picture
    from budgetcli.views.picture import draw as drawn

    page = Page(picture=Picture(kind))
    for style in ("svg", "pdf", "png"):
        assert drawn(summary(), page, style) == drawn(summary(), page, style)
