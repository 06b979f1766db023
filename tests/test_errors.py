"""What a user is told: where, what, what was seen, why, and what to do next."""

from __future__ import annotations

import pytest

from budgetcli.errors import Exit, MissingExtraError, SourceError, TableError, UserError
from budgetcli.i18n import say


def test_everything_that_is_known_has_its_line() -> None:
    problem = UserError(
        say("two columns may be the budget"),
        where="a.csv:1",
        seen=(say("column 2: 예산현액"), say("column 3: 예산액")),
        why=say("every rate follows from it"),
        next=say("name one with --map budget=#2"),
    )
    assert str(problem).splitlines() == [
        "a.csv:1: two columns may be the budget",
        "  column 2: 예산현액",
        "  column 3: 예산액",
        "  Why it matters: every rate follows from it",
        "  Next: name one with --map budget=#2",
    ]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (UserError, "a question that is misunderstood gets a wrong answer"),
        (SourceError, "no figure can be taken from it, and none is made up"),
        (TableError, "an answer would rest on a guess"),
    ],
)
def test_without_a_reason_of_its_own_the_kind_has_one(kind: type[UserError], reason: str) -> None:
    assert str(kind(say("no"), where="a.csv", next=say("stop"))).splitlines() == [
        "a.csv: no",
        f"  Why it matters: {reason}",
        "  Next: stop",
    ]


def test_a_missing_extra_is_named_with_how_to_get_it() -> None:
    problem = MissingExtraError("docs", say("reading PDF"), where="a.pdf")
    assert str(problem).splitlines() == [
        "a.pdf: reading PDF needs an extra that is not installed",
        "  Why it matters: its libraries are large, so they are installed only where they are "
        "wanted",
        "  Next: pip install 'budgetcli[docs]'",
    ]


@pytest.mark.parametrize("kind", [SourceError, TableError])
def test_every_kind_can_be_caught_as_the_users(kind: type[UserError]) -> None:
    with pytest.raises(UserError):
        raise kind(say("no"), where="a.csv", next=say("stop"))


def test_the_exit_statuses_are_a_promise() -> None:
    assert {name.name: int(name) for name in Exit} == {
        "DONE": 0,
        "VERDICT": 1,
        "UNUSABLE": 2,
        "INTERRUPTED": 130,
    }
