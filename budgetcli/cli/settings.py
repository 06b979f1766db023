"""What a setting's value must be, and which target a word means: known by the rooms it goes to."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from budgetcli.asked import target_file, unit
from budgetcli.config import VARIABLES, Config, user_folder
from budgetcli.config_file import OwnColumn, Setting, SettingError
from budgetcli.errors import UserError, unknown
from budgetcli.i18n import LANGUAGES, say
from budgetcli.recognise.columns import MAPPABLE
from budgetcli.recognise.names import word_key
from budgetcli.targets import is_named, no_target, year_start
from budgetcli.views import find_format


def check(config: Config) -> None:
    """Raises UserError, with file, line and key, for a value that no command could use."""
    for key, refuse in _CHECKS.items():
        if key in config.plain:
            _refuse_at(config.plain[key], refuse)
    if "source" in config.plain:
        _refuse_strange_address(config.plain["source"])
    if "target" in config.plain:
        target_meant(None, config)
    for name, setting in config.targets.items():
        _refuse_taken(name, setting)
        _existing(setting, config)
    for own in config.columns:
        if own.field not in MAPPABLE:
            what = say("{name!r} is no field", name=own.field)
            raise unknown(what, own.field, MAPPABLE, own.place)
    _refuse_twice(config.columns)


def target_meant(text: str | None, config: Config) -> str:
    """What --target stands for, without it the setting: a number, a word, an existing file.

    Raises UserError.
    """
    said = config.plain["target"] if text is None else Setting(text, "--target")
    return _existing(config.targets.get(said.value, said), config)


def _refuse_at(setting: Setting, refuse: Callable[[str], object]) -> None:
    try:
        refuse(setting.value)
    except UserError as problem:
        raise problem.at(setting.place) from None


def _existing(meant: Setting, config: Config) -> str:
    if is_named(meant.value):
        return meant.value
    if target_file(meant.path):
        return meant.path
    raise no_target(meant.value, tuple(config.targets)).at(meant.place)


def _refuse_strange_address(source: Setting) -> None:
    """A project's file may be a stranger's: who opens his folder has not asked his address."""
    if "://" in source.value and source.key and source.folder != user_folder():
        raise SettingError(
            say("only your own settings file may name an address, not a project's"),
            where=source.place,
            why=say("it would be asked without your having typed it"),
            next=say("type it as the source, or put it into {folder}", folder=user_folder()),
        )


def _refuse_taken(name: str, setting: Setting) -> None:
    if is_named(name):
        raise SettingError(
            say("{name!r} is a target already", name=name),
            where=setting.place,
            next=say("give it another name"),
        )


def _refuse_twice(columns: Iterable[OwnColumn]) -> None:
    """One header that means two fields; the project's file may say otherwise than the user's."""
    seen: dict[tuple[str, str], OwnColumn] = {}
    for own in columns:
        for header in own.headers:
            first = seen.setdefault((own.file, word_key(header)), own)
            if first.field != own.field:
                raise SettingError(
                    say("{name!r} is {field} already", name=header, field=first.field),
                    where=own.place,
                    next=say("leave it under one field"),
                )


def _refuse_language(text: str) -> None:
    if text not in LANGUAGES:
        raise unknown(say("{name!r} is no language", name=text), text, LANGUAGES, "")


_CHECKS: dict[str, Callable[[str], object]] = {
    "unit": lambda text: unit(text, VARIABLES["unit"]),
    "language": _refuse_language,
    "format": find_format,
    "fiscal_year_start": year_start,
}
