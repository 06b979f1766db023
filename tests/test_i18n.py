"""Sentences are rendered late, in the language in use, and never fail for want of a translation."""

from __future__ import annotations

import gettext
from collections.abc import Mapping

import pytest

from budgetcli import i18n
from budgetcli.i18n import Sentence, catalogue, language, locale_language, say, say_count


class Korean(gettext.NullTranslations):
    """A catalogue of two sentences; all others are missing from it."""

    def gettext(self, message: str) -> str:
        return {"{who} is behind": "{who}: 부진"}.get(message, message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        return (
            "부서 {count}개" if many == "{count} divisions" else super().ngettext(one, many, count)
        )


@pytest.fixture
def korean(monkeypatch: pytest.MonkeyPatch) -> None:
    """Korean is in use, with the small catalogue above."""
    monkeypatch.setattr(i18n, "catalogue", lambda _chosen: Korean())
    i18n.use_language("ko")


def test_in_english_a_sentence_is_its_own_text() -> None:
    assert str(say("{who} is behind", who="창조산업과")) == "창조산업과 is behind"


@pytest.mark.usefixtures("korean")
def test_in_korean_it_is_the_catalogues() -> None:
    assert str(say("{who} is behind", who="창조산업과")) == "창조산업과: 부진"


@pytest.mark.usefixtures("korean")
def test_a_sentence_missing_from_the_catalogue_is_read_in_english() -> None:
    assert str(say("{who} is ahead", who="창조산업과")) == "창조산업과 is ahead"
    assert str(say_count("{count} table", "{count} tables", 2)) == "2 tables"


def test_a_catalogue_that_was_never_compiled_leaves_english(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setattr(i18n, "LOCALE_DIR", tmp_path)
    words = catalogue.__wrapped__("ko")
    assert words.gettext("{who} is behind") == "{who} is behind"


def test_the_language_is_chosen_when_it_is_read_not_when_it_is_said(
    request: pytest.FixtureRequest,
) -> None:
    sentence = say("{who} is behind", who="창조산업과")
    request.getfixturevalue("korean")
    assert language() == "ko"
    assert str(sentence) == "창조산업과: 부진"


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 divisions"), (1, "1 division"), (2, "2 divisions")]
)
def test_the_count_chooses_the_wording(count: int, text: str) -> None:
    assert str(say_count("{count} division", "{count} divisions", count)) == text


@pytest.mark.usefixtures("korean")
def test_korean_has_one_wording_for_every_count() -> None:
    assert str(say_count("{count} division", "{count} divisions", 1)) == "부서 1개"


def test_braces_in_a_value_are_only_text() -> None:
    assert str(say("{text!r} is no target", text="{0}{who}")) == "'{0}{who}' is no target"


def test_a_sentence_without_values_may_hold_braces() -> None:
    assert str(say("write {this}")) == "write {this}"


@pytest.mark.usefixtures("korean")
def test_a_sentence_inside_another_is_rendered_with_it() -> None:
    inner = say("{who} is behind", who="과")
    assert str(Sentence("why: {reason}", {"reason": inner})) == "why: 과: 부진"


def test_english_needs_no_file() -> None:
    assert catalogue("en").gettext("target") == "target"


def test_korean_is_found_where_it_was_compiled() -> None:
    assert isinstance(catalogue("ko"), gettext.NullTranslations)


@pytest.mark.parametrize(
    ("environ", "chosen"),
    [
        ({}, "en"),
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "ko"}, "ko"),
        ({"LANG": "KO-kr"}, "ko"),
        ({"LANG": "Korean_Korea.949"}, "ko"),
        ({"LANG": "kok_IN"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "ko_KR"}, "ko"),
        ({"LANG": "ko_KR", "LC_ALL": "C"}, "en"),
        ({"LANG": "ko_KR", "LC_ALL": ""}, "ko"),
    ],
)
def test_the_locale_chooses_in_the_order_of_posix(environ: Mapping[str, str], chosen: str) -> None:
    assert locale_language(environ) == chosen
