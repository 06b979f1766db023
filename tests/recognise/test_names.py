"""Two spellings of one name become one; what is no mark is never taken from a name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetcli.recognise.names import clean, fold, join_letter_spacing, key, narrow

ODD = st.text("가나다 \u1100\u1161\u11a8\u200b\u3000\ufeff※⭐\ufe0f①1.()-'=ㅇ○·*Ⅰ\n\u3164aé\u0301")
TEXTS = st.text() | ODD


@given(TEXTS)
def test_a_clean_name_stays_as_it_is(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(TEXTS)
def test_a_clean_name_is_composed_and_trimmed(text: str) -> None:
    name = clean(text)
    assert unicodedata.is_normalized("NFC", name)
    assert name == name.strip()
    assert "  " not in name


@given(TEXTS)
def test_composed_and_decomposed_are_the_same_name(text: str) -> None:
    assert clean(unicodedata.normalize("NFD", text)) == clean(text)


@given(TEXTS)
def test_a_name_never_becomes_empty(text: str) -> None:
    assert bool(clean(text)) == bool(fold(text))


@given(TEXTS)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text("가나다라", min_size=2))
def test_letter_spacing_is_undone(name: str) -> None:
    assert clean(" ".join(name)) == name
    assert clean("\u3000".join(name)) == name
    assert clean("\n".join(name)) == name


@pytest.mark.parametrize(
    "name", ["AI 산업과", "경제 정책 과", "a b c", "과 1 2", "서울 시", "1 과", "과", ""]
)
def test_other_spaces_are_part_of_the_name(name: str) -> None:
    assert clean(name) == name
    assert join_letter_spacing(name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("경제\r\n정책과", "경제 정책과"),
        ("경제\u200b정책과", "경제정책과"),
        ("\ufeff경제정책과", "경제정책과"),
        ("경제\u00ad정책과", "경제정책과"),
        ("ㅤ경제정책과ㅤ", "경제정책과"),
        ("경제\t\u00a0 정책과", "경제 정책과"),
        (unicodedata.normalize("NFD", "경제정책과"), "경제정책과"),
    ],
)
def test_spaces_are_folded_and_the_invisible_is_dropped(text: str, name: str) -> None:
    assert clean(text) == name


MARKS = "※|※ |⭐|⭐\ufe0f |★ |□ |■|○ |○|ㅇ |ㅇ|● |· |*|** |- |▶ |①|① |⑴|❶|㉠ |㉮|1. |12. |1) |(1) "
MORE_MARKS = "가. |하) |Ⅰ. |Ⅱ |※ 1. |□ ① "


@pytest.mark.parametrize("mark", f"{MARKS}|{MORE_MARKS}".split("|"))
def test_marks_are_set_aside(mark: str) -> None:
    assert clean(f"{mark}경제정책과") == "경제정책과"


NO_MARKS = (
    "3.1운동기념과|4.19과|○○과|ㅇㅇ시|●●●|가나. 다|1과|123. 과|-과|2024 사업|'과'|A. 과|(재)과|과 ※"
)


@pytest.mark.parametrize("name", NO_MARKS.split("|"))
def test_what_only_looks_like_a_mark_stays(name: str) -> None:
    assert clean(name) == name


@pytest.mark.parametrize("name", ["※", "⭐", "①", "1.", "-", "※ ①", "ㅇ", "***", "(1)"])
def test_a_name_of_marks_alone_stays(name: str) -> None:
    assert clean(name) == name


@pytest.mark.parametrize("name", ["=과", "+과", "-과", "@과"])
def test_a_spreadsheets_escape_is_set_aside(name: str) -> None:
    assert clean(f"'{name}") == name
    assert clean(f"※ '{name}") == name


def test_a_mark_before_letter_spacing_hides_nothing() -> None:
    assert clean("※ 경 제 정 책 과") == "경제정책과"


@pytest.mark.parametrize(
    "text", ["Execution Rate", "execution_rate", "EXECUTION\nRATE", "exec ution_ rate"]
)
def test_a_key_knows_no_spaces_no_underscores_no_case(text: str) -> None:
    assert key(text) == "executionrate"


@given(st.text("aBcß가 ①_", max_size=20))
def test_a_key_is_its_own_key(text: str) -> None:
    assert key(key(text)) == key(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("\uff11\uff0c\uff12\uff13\uff14", "1,234"),
        ("\uff08\uff05\uff09", "(%)"),
        ("\uffe6", "₩"),
        ("\ufe63\ufe6a\u2011\uffe8", "-%\u2010│"),
        ("a\u3000b\u00a0c\u2009d", "a b c d"),
        ("\U0001d7d9", "1"),
        ("Kc\u030c", "Kč"),
        ("1\u200b2\u200e3", "123"),
        ("12³ ½ ① ㎡ ١", "12³ ½ ① ㎡ ١"),
        ("\ud800", "\ud800"),
        ("plain", "plain"),
    ],
)
def test_only_forms_of_the_same_character_are_made_plain(text: str, plain: str) -> None:
    assert narrow(text) == plain


@given(TEXTS)
def test_making_plain_twice_changes_nothing_more(text: str) -> None:
    assert narrow(narrow(text)) == narrow(text)
