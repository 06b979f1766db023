"""What comes from a file is shown, and steers nothing."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetcli.views.safe import _HARMFUL, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", r"\x1b[31mred"),
        ("two\nlines\r\tand a tab", r"two\nlines\r\tand a tab"),
        ("del\x7f c1\x9b31m", r"del\x7f c1\x9b31m"),
        ("a\u202egnp.exe", r"a\u202egnp.exe"),
        ("\u2066isolated\u2069 \u200emarks\u200f", r"\u2066isolated\u2069 \u200emarks\u200f"),
        ("zero\u200bwidth\ufeff", r"zero\u200bwidth\ufeff"),
        ("soft\xadhyphen, filler \u3164", r"soft\xadhyphen, filler \u3164"),
        ("line\u2028separator", r"line\u2028separator"),
        ("lone \ud800", r"lone \ud800"),
        ("tag \U000e0041", r"tag \U000e0041"),
    ],
)
def test_what_steers_or_hides_is_spelled_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "창조산업과",
        "Économie & <b>[red]Santé[/red]</b>",
        "مديرية المالية",
        "می‌خواهم",  # a joiner that Persian spelling asks for
        "क्‍ष",
        "a　b\xa0c",
        "⭐️",
    ],
)
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


@given(st.text(st.characters(categories=["Cc", "Cs", "Zl", "Zp", "L", "N", "P"])))
def test_nothing_that_controls_is_left(text: str) -> None:
    left = {unicodedata.category(letter) for letter in visible(text)}
    assert not left & {"Cc", "Cs", "Zl", "Zp"}


@given(st.text())
def test_no_character_is_dropped(text: str) -> None:
    assert len(visible(text)) >= len(text)


def test_no_character_is_let_through_by_the_quick_look_alone() -> None:
    every = [chr(number) for number in range(sys.maxunicode + 1)]
    shown = [one for one in every if visible(one) == one]
    assert not [one for one in shown if _HARMFUL.search(one)]
