"""A user's own words for columns, and the unit where a table states none: settings as data."""

from __future__ import annotations

import pytest

from budgetcli.recognise.headers import read_path
from budgetcli.recognise.sections import split
from budgetcli.recognise.synonyms import lookup
from budgetcli.recognise.table import Hints
from tests.recognise.tables import amounts, raw, read

OWN = (("사용처", "division"), ("배정재원", "budget"), ("나간 돈", "spent"))
STRANGE = """
사용처 | 배정재원 | 나간돈
가과   | 100      | 50
나과   | 200      | 150
"""


def test_a_table_of_ones_own_system_is_read() -> None:
    table = read(STRANGE, Hints(words=OWN))
    assert amounts(table, "budget", "spent") == {"가과": [100, 50], "나과": [200, 150]}


def test_what_one_table_was_told_no_other_knows() -> None:
    read(STRANGE, Hints(words=OWN))
    assert amounts(read(STRANGE)) == {"가과": [], "나과": []}
    assert "배정재원" not in lookup()


def test_an_own_word_goes_before_ours_in_the_same_table() -> None:
    table = read("부서 | 예산현액 | 배정재원 | 지출액\n가과 | 1 | 100 | 50", Hints(words=OWN))
    assert amounts(table, "budget", "spent") == {"가과": [100, 50]}


def test_an_own_word_for_spending_is_not_put_to_the_proof() -> None:
    text = "부서 | 예산현액 | 지출액 | 나간돈 | 집행률\n가과 | 200 | 100 | 40 | 50.0"
    assert amounts(read(text, Hints(words=OWN)), "spent") == {"가과": [40]}


def test_a_word_of_ours_means_what_the_user_says() -> None:
    table = read("부서 | 편성액 | 지출액\n가과 | 9 | 4", Hints(words=(("편성액", "budget"),)))
    assert amounts(table, "budget") == {"가과": [9]}
    assert not table.has("appropriated")


def test_a_path_of_headers_may_be_an_own_word() -> None:
    own = (("재원 › 올해", "budget"),)
    assert read_path(("재원", "올해"), own).fields == (("budget", -1),)


def test_own_words_tell_where_a_stacked_table_begins() -> None:
    stacked = raw(f"{STRANGE}\n둘째 표 | |\n배정재원 | 사용처 | 나간돈\n300 | 다과 | 1\n")
    assert len(split(stacked, OWN)) == 2
    assert len(split(stacked)) == 1


@pytest.mark.parametrize(
    ("header", "scale"), [("배정재원", 1_000), ("배정재원(백만원)", 1_000_000)]
)
def test_the_usual_unit_holds_where_the_table_states_none(header: str, scale: int) -> None:
    hints = Hints(words=OWN, usual_unit="천원")
    table = read(f"사용처 | {header}\n가과 | 7", hints)
    assert amounts(table, "budget") == {"가과": [7 * scale]}


def test_that_the_unit_is_a_setting_is_evidence() -> None:
    table = read(STRANGE, Hints(words=OWN, usual_unit="천원"))
    said = [str(entry.message) for entry in table.evidence if entry.step == "unit"]
    assert said == ["unit: 천원, from the settings: the table states none"]
