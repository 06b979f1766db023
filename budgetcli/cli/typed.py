"""What the text behind a flag becomes, and what completes it: the callbacks of `flags`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from budgetcli.cli.session import settings_of
from budgetcli.errors import UserError
from budgetcli.i18n import say, use_language

if TYPE_CHECKING:
    # what the flags become is imported when a command runs: --help needs none of it
    from budgetcli.model import Unit
    from budgetcli.targets import TargetSource

_JANUARY_FIRST = "01-01"


def suggested(kind: str) -> Callable[[click.Context, click.Parameter, str], Any]:
    """What `suggest` has of a kind, for completion; imported at a TAB alone."""

    def found(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> Any:
        from budgetcli.cli import suggest

        return getattr(suggest, kind)(ctx, incomplete)

    return found


def speak_in(_ctx: click.Context, _parameter: click.Parameter, value: Any) -> None:
    """From here on every sentence is in this language."""
    if value:
        use_language(value)


def keep_color(ctx: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    """Before and after the command's name: the last word counts."""
    if value:
        settings_of(ctx).color = value


def keep_quiet(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
    """The same."""
    if value:
        settings_of(ctx).quiet = True


def pairs(
    _ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    """FIELD=COLUMN, for each field the last. Raises UserError."""
    return dict(_parted(parameter, value) for value in values)


def patterns(
    _ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    """COLUMN=PATTERN, for each column all of them. Raises UserError."""
    found: dict[str, tuple[str, ...]] = {}
    for value in values:
        column, pattern = _parted(parameter, value)
        found[column] = (*found.get(column, ()), pattern)
    return found


def _parted(parameter: click.Parameter, value: str) -> tuple[str, str]:
    name, mark, rest = value.partition("=")
    if not mark or not name or not rest:
        raise UserError(
            say("{value!r} has no = between two words", value=value),
            where=parameter.opts[0],
            next=say(
                "write it as {form}", form=parameter.make_metavar(click.get_current_context())
            ),
        )
    return name, rest


def day_of(_ctx: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """A date typed as YYYY-MM-DD. Raises UserError."""
    from budgetcli.asked import day

    return None if value is None else day(value, parameter.opts[0])


def moment(ctx: click.Context, parameter: click.Parameter, value: str | None) -> date | int | None:
    """A fiscal year typed as YYYY, else a date. Raises UserError."""
    if value is not None and len(value) == 4 and value.isdecimal():
        return int(value)
    return day_of(ctx, parameter, value)


def first_day(
    ctx: click.Context, _parameter: click.Parameter, value: str | None
) -> tuple[int, int]:
    """Month and day of the fiscal year's first day, typed, of the settings, or usual."""
    from budgetcli.targets import year_start

    return year_start(value or settings_of(ctx).config.get("fiscal_year_start") or _JANUARY_FIRST)


def target_typed(
    ctx: click.Context, _parameter: click.Parameter, text: str | None
) -> str | TargetSource | None:
    """A word that stands for itself as it is; a file of targets read; a setting looked up."""
    config = settings_of(ctx).config
    if ctx.resilient_parsing or (text is None and "target" not in config.plain):
        return None
    from budgetcli.asked import target, target_file
    from budgetcli.cli.settings import target_meant

    word = target_meant(text, config)
    if file := target_file(word):
        settings_of(ctx).inputs += (file,)
    return target(word, config.words)


def once_each(
    _ctx: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[str, ...]:
    """What a repeatable option was given, without repeats."""
    return tuple(dict.fromkeys(values))


def unit_typed(_ctx: click.Context, parameter: click.Parameter, value: str | None) -> Unit | None:
    """A unit typed. Raises UserError."""
    from budgetcli.asked import unit

    return None if value is None else unit(value, parameter.opts[0])
