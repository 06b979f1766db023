"""Settings that are not flags: where they stand and who goes first.

The defaults give way to the user's file, that to the project's, that to the environment; a flag
goes before all. Whether a value is a unit, a format or a target is not known here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from budgetcli.config_file import OwnColumn, Setting

FILE_NAME = "budgetcli.toml"
LANGUAGE_VARIABLE = "BUDGETCLI_LANG"
# every plain setting with the variable that says it for one run
VARIABLES = {
    "source": "BUDGETCLI_SOURCE",
    "target": "BUDGETCLI_TARGET",
    "unit": "BUDGETCLI_UNIT",
    "language": LANGUAGE_VARIABLE,
    "format": "BUDGETCLI_FORMAT",
    "fiscal_year_start": "BUDGETCLI_FISCAL_YEAR_START",
}


class Config(NamedTuple):
    """What files and environment say; nothing of the defaults.

    `plain` is by the keys of VARIABLES. Of two files that name one target the project's counts;
    own columns are added up.
    """

    plain: Mapping[str, Setting] = MappingProxyType({})
    columns: tuple[OwnColumn, ...] = ()
    targets: Mapping[str, Setting] = MappingProxyType({})
    files: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[tuple[str, str], ...]:
        """The own columns as recognition takes them: (header, field)."""
        return tuple((header, own.field) for own in self.columns for header in own.headers)

    @property
    def lines(self) -> tuple[tuple[str, str, str], ...]:
        """Every setting as (name, value, where), in the order of their kinds."""
        plain = ((key, self.plain[key]) for key in VARIABLES if key in self.plain)
        named = ((f"targets.{name}", setting) for name, setting in self.targets.items())
        return (
            *((name, setting.shown, setting.where) for name, setting in (*plain, *named)),
            *((f"columns.{own.field}", ", ".join(own.headers), own.where) for own in self.columns),
        )

    def get(self, key: str) -> str | None:
        """A plain setting's value; None where neither a file nor the environment says it."""
        return self.plain[key].value if key in self.plain else None


def read_config(environ: Mapping[str, str] = os.environ) -> Config:
    """The settings in force. Raises UserError for a file that is not what it should be."""
    files = [path for path in (_user_file(environ), _project_file()) if path]
    said = {key: environ[name] for key, name in VARIABLES.items() if environ.get(name)}
    if not files and not said:
        return Config()
    from budgetcli.config_file import ConfigFile, Setting

    found = [ConfigFile(path, tuple(VARIABLES)) for path in files]
    plain = {key: setting for file in found for key, setting in file.plain.items()}
    plain |= {key: Setting(value, VARIABLES[key]) for key, value in said.items()}
    return Config(
        plain,
        tuple(own for file in found for own in file.columns),
        {name: setting for file in found for name, setting in file.targets.items()},
        tuple(files),
    )


def user_folder(environ: Mapping[str, str] = os.environ) -> str:
    """Where this user's settings lie: on Linux as platformdirs says, without its dear import."""
    if sys.platform == "linux":
        base = environ.get("XDG_CONFIG_HOME", "").strip() or os.path.expanduser("~/.config")  # noqa: PTH111 - pathlib is dear to import
        return os.path.join(base, "budgetcli")  # noqa: PTH118 - the same
    from platformdirs import user_config_dir

    return user_config_dir("budgetcli", appauthor=False)


def _user_file(environ: Mapping[str, str]) -> str | None:
    return _file_in(user_folder(environ))


def _project_file() -> str | None:
    """The nearest one; told without its folder where that is the current one."""
    try:
        here = os.getcwd()  # noqa: PTH109 - pathlib is dear to import
    except FileNotFoundError:  # the folder has been removed under us
        return None
    home = os.path.realpath(os.path.expanduser("~"))  # noqa: PTH111 - the same
    found = (_file_in("" if folder == here else folder) for folder in _up(here, home))
    return next((path for path in found if path), None)


def _up(here: str, home: str) -> list[str]:
    """The current folder and those above it, up to a repository's root or the home folder.

    Outside of both the current folder alone: strangers may write into /tmp.
    """
    folders = [here]
    while not (folders[-1] == home or os.path.exists(os.path.join(folders[-1], ".git"))):  # noqa: PTH110, PTH118 - pathlib is dear to import
        above = os.path.dirname(folders[-1])  # noqa: PTH120 - the same
        if above == folders[-1]:
            return [here]
        folders.append(above)
    return folders


def _file_in(folder: str) -> str | None:
    path = os.path.join(folder, FILE_NAME)  # noqa: PTH118 - pathlib is dear to import
    return path if os.path.exists(path) else None  # noqa: PTH110 - the same
