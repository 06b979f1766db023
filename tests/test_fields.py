"""The terms: one key each, words in both languages, every field in one list by its kind."""

from __future__ import annotations

from collections import Counter

import pytest

from budgetcli.fields import _ALL, AMOUNTS, DERIVED, FIELDS, LABELS, RATES, Kind
from budgetcli.i18n import use_language


def test_no_key_and_no_term_stands_for_two_fields() -> None:
    for words in ("key", "korean", "english"):
        counted = Counter(getattr(field, words) for field in FIELDS.values())
        assert counted.most_common(1)[0][1] == 1


def test_a_term_follows_the_language() -> None:
    assert FIELDS["budget"].term == "current budget"
    use_language("ko")
    assert FIELDS["budget"].term == "예산현액"


def test_a_narrow_head_is_short_in_english_and_the_term_in_korean() -> None:
    assert FIELDS["execution_rate"].short == "Rate %"
    use_language("ko")
    assert FIELDS["execution_rate"].short == "집행률"


def test_a_field_without_a_short_head_uses_its_term() -> None:
    assert FIELDS["item"].short == "line item"


@pytest.mark.parametrize(("keys", "kind"), [(LABELS, Kind.NAME), (RATES, Kind.RATE)])
def test_a_list_holds_all_fields_of_its_kind_that_a_table_may_have(
    keys: tuple[str, ...], kind: Kind
) -> None:
    assert keys == tuple(field.key for field in _ALL if field.kind is kind)


def test_what_is_derived_is_never_looked_for_in_a_file() -> None:
    assert set(DERIVED) <= set(FIELDS)
    assert not set(DERIVED) & {*AMOUNTS, *RATES, *LABELS}


def test_all_money_of_a_table_is_an_amount_or_derived() -> None:
    money = {field.key for field in _ALL if field.kind is Kind.MONEY}
    assert money == set(AMOUNTS) | (money & set(DERIVED))


def test_every_field_is_found_under_its_own_key() -> None:
    assert all(key == field.key for key, field in FIELDS.items())
    assert {field.key for field in _ALL} <= set(FIELDS)


@pytest.mark.parametrize(("side", "korean"), [("old", "이전"), ("new", "이번")])
def test_a_field_on_one_side_of_a_comparison_keeps_its_term_and_kind(
    side: str, korean: str
) -> None:
    plain, sided = FIELDS["execution_rate"], FIELDS[f"execution_rate_{side}"]
    assert (sided.korean, sided.english) == (f"{korean} {plain.korean}", f"{side} {plain.english}")
    assert sided.kind is plain.kind
