"""Execution by division as a picture: exact lengths, the finding as title, nobody left unsaid."""

from __future__ import annotations

import pytest

from budgetcli.i18n import use_language
from tests.views.conftest import Summary
from tests.views.picture.conftest import (
    BLUE,
    ORANGE,
    PALE_ORANGE,
    Draw,
    asked,
)


def test_the_title_is_the_finding(summary: Summary, draw: Draw) -> None:
    assert draw(summary()).title == "창조산업과 30.7 %, 27.5 points behind"


def test_in_korean_all_of_it_is_korean(summary: Summary, draw: Draw) -> None:
    use_language("ko")
    seen = draw(summary())
    assert seen.title == "창조산업과 30.7 %, 목표보다 27.5%p 낮음"
    assert {"집행률", "원인행위율", "목표율 58.2 %", "부진"} <= {*seen.texts}
    assert seen.texts[4].startswith("단위: 백만원 · 2024-07-31 기준")


def test_bars_are_as_long_as_their_exact_rates(draw: Draw) -> None:
    seen = draw(asked("가,1000,800,250,2024-07-31,원\n나,1000,900,950,2024-07-31,원\n"))
    (behind,), (ahead, total) = seen.boxes(ORANGE), seen.boxes(BLUE)
    assert ahead.width / behind.width == pytest.approx(3.8)
    assert total.width / behind.width == pytest.approx(2.4)
    assert behind.left == ahead.left == total.left


def test_commitments_stand_behind_spending(draw: Draw) -> None:
    seen = draw(asked("가,1000,800,250,2024-07-31,원\n"), "bars")
    behind, spent = seen.boxes(PALE_ORANGE)[0], seen.boxes(ORANGE)[0]
    assert behind.width / spent.width == pytest.approx(3.2)
    assert behind.top < spent.top < spent.bottom < behind.bottom


def test_what_is_over_a_hundred_is_longer_than_a_hundred(draw: Draw) -> None:
    seen = draw(asked("가,1000,1000,1500,2024-07-31,원\n나,1000,1000,1000,2024-07-31,원\n"))
    whole, over, _ = seen.boxes(BLUE)
    assert over.width / whole.width == pytest.approx(1.5)
    assert seen.title == "가 spent 1,500 KRW of 1,000 KRW: more than its budget"
    assert "overspent" in seen.texts


def test_a_bar_that_would_hide_all_others_is_broken_off_and_says_so(draw: Draw) -> None:
    seen = draw(asked("가,10,10,4387,2024-07-31,원\n나,1000,1000,1000,2024-07-31,원\n"))
    whole, broken, *_ = seen.boxes(BLUE)
    assert broken.width / whole.width == pytest.approx(2)
    assert "43870.0 %" in seen.texts
    assert "a bar with a gap in it goes on beyond the picture: its figure is exact" in seen.texts


def test_what_is_negative_goes_to_the_left_and_keeps_its_sign(draw: Draw) -> None:
    seen = draw(asked("가,1000,0,-300,2024-07-31,원\n나,1000,1000,900,2024-07-31,원\n"))
    below, above = seen.boxes(ORANGE)[0], seen.boxes(BLUE)[0]
    assert below.right == above.left
    assert above.width / below.width == pytest.approx(3)
    assert seen.title.startswith("가 -30.0 %")


def test_what_is_unknown_is_said_and_has_no_bar(draw: Draw) -> None:
    seen = draw(asked("가,1000,,,2024-07-31,원\n나,0,0,0,2024-07-31,원\n다,10,9,9,2024-07-31,원\n"))
    assert seen.texts.count("n/a") == 2
    assert seen.texts.count("unknown") == 3  # 나, and the total, which lacks 가
    assert len(seen.boxes(BLUE)) == 2  # 다 and the total


def test_where_no_rate_is_known_there_is_a_picture_all_the_same(draw: Draw) -> None:
    seen = draw(asked("가,0,0,0,2024-07-31,원\n나,0,0,0,2024-07-31,원\n"))
    assert seen.texts.count("n/a") == 3
    assert not seen.boxes(BLUE)


def test_an_answer_without_a_verdict_is_said_once(draw: Draw) -> None:
    seen = draw(asked("가,1000,800,250,,원\n"))
    assert [text for text in seen.texts if text.startswith("1 division")] == [seen.title]


def test_where_nobody_is_behind_the_title_says_that(draw: Draw) -> None:
    assert draw(asked("가,10,9,9,2024-07-31,원\n")).title == "Nobody is behind the target"


def test_a_division_that_only_looks_like_the_target_is_behind(draw: Draw) -> None:
    seen = draw(asked("가,10000,9000,5996,2024-07-31,원\n", target="60"))
    assert seen.title == "가 60.0 %, 0.0 points behind"


def test_without_a_target_nobody_is_judged(draw: Draw) -> None:
    seen = draw(asked("가,10,9,9,,원\n"))
    assert seen.title == "1 division: 90.0 % of 10 KRW"
    assert "unknown" not in seen.texts


def test_a_target_beyond_the_picture_is_told_in_words_alone(draw: Draw) -> None:
    seen = draw(asked("가,10,9,9,2024-07-31,원\n", target="400"))
    assert "target 400.0 %" not in seen.texts
    assert any("target 400 %" in text for text in seen.texts)


def test_without_a_total_there_is_no_line_for_it(summary: Summary, draw: Draw) -> None:
    assert "계" not in draw(summary(total=None)).texts


def test_targets_of_their_own_are_marked_in_every_row(draw: Draw) -> None:
    from budgetcli.analysis.question import Question
    from budgetcli.analysis.summary import summary
    from tests.analysis.tables import table

    text = "부서,대상액,목표액,집행액,기준일\n가,100,50,40,2024-03-31\n나,100,20,30,2024-03-31\n"
    seen = draw(summary(table(text), Question()))
    assert "target rate" in seen.texts
    assert not [text for text in seen.texts if text.startswith("target ") and "%" in text]


def test_the_caption_has_unit_date_target_and_source(summary: Summary, draw: Draw) -> None:
    caption = (
        "unit: million KRW · as of 2024-07-31 · pace 58.2 % (day 213 of 366) · "
        "basis: expenditure · total as printed · Source: budget_2024.csv"
    )
    seen = draw(summary())
    assert caption.split() == " ".join(seen.texts[4:6]).split()[: len(caption.split())]


def test_figures_are_those_of_the_terminal(summary: Summary, draw: Draw) -> None:
    from budgetcli.views import Page
    from budgetcli.views.cells import pretty_grid

    report = summary()
    seen = draw(report)
    printed = pretty_grid(report, Page()).all
    rates = [line[5] for line in printed]
    assert {f"{rate} %" for rate in rates} <= {*seen.texts}
    assert {line[8] for line in printed} <= {*seen.texts}


def many(count: int) -> str:
    return "".join(f"제{n}과,1000,900,{n},2024-07-31,원\n" for n in range(count))


def test_the_picture_grows_with_its_rows(draw: Draw) -> None:
    assert draw(asked(many(10))).height < draw(asked(many(30))).height < 842


def test_what_fits_no_page_is_counted(draw: Draw) -> None:
    seen = draw(asked(many(243)))
    assert "203 more of 243 are not drawn" in seen.texts
    assert "제0과" in seen.texts  # the furthest behind is in it
    assert seen.height < 842  # A4


def test_all_that_were_asked_for_are_drawn(draw: Draw) -> None:
    seen = draw(asked(many(243)), most=243)
    assert {f"제{n}과" for n in range(243)} <= {*seen.texts}
