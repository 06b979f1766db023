"""A lazy pattern is a pattern, later."""

from __future__ import annotations

import re

import pytest

from budgetcli.patterns import lazy


def test_it_finds_what_the_compiled_one_finds() -> None:
    pattern = lazy(r"(?P<digits>\d+)|X", re.IGNORECASE)
    found = pattern.search("ab 12 x")
    assert found is not None
    assert found["digits"] == "12"
    assert pattern.sub("-", "1x") == "--"


def test_a_mistake_in_it_shows_at_the_first_use() -> None:
    pattern = lazy("(")
    with pytest.raises(re.error, match="missing"):
        pattern.match("")
