"""One settings file: read, its keys and types checked, every value with its line.

Where files lie and which goes first is `config`'s; what a value means is not known here.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from budgetcli.errors import UserError, unknown
from budgetcli.i18n import Sentence, say

_TABLES = ("columns", "targets")
_NUMBERS_TOO = ("target", "unit", "targets")
_MOST_BYTES = 32 * 1024
_MOST_LINES = 100
_Keys = tuple[str, ...]


class SettingError(UserError):
    """A settings file says what cannot be followed."""

    reason = say("a setting passed over in silence would give another answer than the one meant")


class Setting(NamedTuple):
    """One value as text, who says it (budgetcli.toml:3, BUDGETCLI_UNIT), under which key.

    What says it by its own name has no key; relative paths start from `folder`.
    """

    value: str
    where: str
    key: str = ""
    folder: str = ""

    @property
    def shown(self) -> str:
        """The value for people to see: of an address without what may be secret in it."""
        if "://" not in self.value:
            return self.value
        from budgetcli.readers.web import shown_url

        return shown_url(self.value)

    @property
    def place(self) -> str:
        """Who says it with the key, for messages."""
        return f"{self.where}: {self.key}" if self.key else self.where

    @property
    def path(self) -> str:
        """The value as the name of a file or folder, taken from where its settings file lies."""
        bare = self.value == "-" or "://" in self.value
        return self.value if bare else os.path.join(self.folder, self.value)  # noqa: PTH118 - pathlib is dear to import


class OwnColumn(NamedTuple):
    """Headers of the user's own system that mean one field."""

    field: str
    headers: tuple[str, ...]
    where: str

    @property
    def place(self) -> str:
        """File, line and key, for messages."""
        return f"{self.where}: columns.{self.field}"

    @property
    def file(self) -> str:
        """The file alone."""
        return self.where.rpartition(":")[0]


class ConfigFile:
    """One settings file, its keys and types checked; `plain_keys` are those outside of tables.

    Raises SettingError.
    """

    def __init__(self, path: str, plain_keys: tuple[str, ...]) -> None:
        self.path = path
        self.folder = os.path.dirname(path)  # noqa: PTH120 - pathlib is dear to import
        text = _text(path)
        content = _parsed(path, text)
        self.lines = _lines_of_keys(path, text)
        for key in content:
            if key not in (*plain_keys, *_TABLES):
                what = say("there is no setting called {name!r}", name=key)
                raise unknown(what, key, (*plain_keys, *_TABLES), self._where((key,)))
        self.plain = {
            key: self._setting(key, value, (key,))
            for key, value in content.items()
            if key in plain_keys
        }
        self.targets = {
            name: self._setting("targets", value, ("targets", name))
            for name, value in self._table(content, "targets").items()
        }
        self.columns = tuple(
            self._own_column(field, headers)
            for field, headers in self._table(content, "columns").items()
        )

    def _line(self, keys: _Keys) -> str:
        return f"{self.path}:{self.lines[keys]}"

    def _where(self, keys: _Keys) -> str:
        return f"{self._line(keys)}: {'.'.join(keys)}"

    def _table(self, content: Mapping[str, Any], name: str) -> dict[str, Any]:
        table = content.get(name, {})
        if isinstance(table, dict):
            return table
        raise SettingError(
            say("it is a table of names, not one value"),
            where=self._where((name,)),
            next=say("write [{name}] on a line of its own, and the names below it", name=name),
        )

    def _setting(self, kind: str, value: object, keys: _Keys) -> Setting:
        numeric = kind in _NUMBERS_TOO and isinstance(value, int) and not isinstance(value, bool)
        if numeric or (isinstance(value, str) and value.strip()):
            return Setting(str(value), self._line(keys), ".".join(keys), self.folder)
        raise SettingError(
            say("a text is expected, not {value!r}", value=value),
            where=self._where(keys),
            next=say("write it in quotation marks"),
        )

    def _own_column(self, field: str, headers: object) -> OwnColumn:
        several = headers if isinstance(headers, list) else []
        listed = [headers] if isinstance(headers, str) else several
        keys = ("columns", field)
        if listed and all(isinstance(one, str) and one.strip() for one in listed):
            return OwnColumn(field, tuple(listed), self._line(keys))
        raise SettingError(
            say("a header's text is expected, or a list of them"),
            where=self._where(keys),
            next=say('write it as {field} = ["one header", "another"]', field=field),
        )


def _text(path: str) -> str:
    data = _data(path)
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        raise _unusable(say("it is not UTF-8"), f"{path}:{line}") from None


def _data(path: str) -> bytes:
    try:
        if os.path.exists(path) and not os.path.isfile(path):  # noqa: PTH110, PTH113 - pathlib is dear to import
            raise _unusable(say("it is a folder or a device, and no file"), path)
        with open(path, "rb") as stream:  # noqa: PTH123 - pathlib is dear to import
            data = stream.read(_MOST_BYTES + 1)
    except OSError as problem:
        said = say("cannot be opened: {reason}", reason=problem.strerror)
        raise _unusable(said, path) from None
    if len(data) > _MOST_BYTES:
        raise _unusable(say("it is larger than {limit} KB", limit=_MOST_BYTES >> 10), path)
    return data


def _unusable(what: Sentence, where: str) -> SettingError:
    return SettingError(what, where=where, next=say("put the settings file right, or take it away"))


def _parsed(path: str, text: str) -> dict[str, Any]:
    """The file's content; what looks like a float stays the text it is."""
    try:
        return tomllib.loads(text, parse_float=str)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        said, line = _placed(str(problem), text)
        raise SettingError(
            say("it is no TOML: {problem}", problem=said),
            where=f"{path}:{line}",
            next=say('a setting is written as name = "value", a table as [name]'),
        ) from None


def _placed(said: str, text: str) -> tuple[str, int]:
    """tomllib's complaint without its place, and the line it names."""
    import re

    what, _, place = said.rpartition(" (at ")
    named = re.match(r"line (\d+)", place)
    return what or said, int(named[1]) if named else text.rstrip("\n").count("\n") + 1


def _lines_of_keys(path: str, text: str) -> dict[_Keys, int]:
    """The line (from 1) each key of a well-formed file begins on.

    tomllib does not tell, so the file is given to it statement by statement.
    """
    found: dict[_Keys, int] = {}
    table: _Keys = ()
    for first, statement, content in _statements(path, text):
        is_head = statement.lstrip().startswith("[")
        keys = [*_keys(content, () if is_head else table)]
        for one in keys:
            found.setdefault(one, first)
        table = keys[-1] if is_head else table
    return found


def _statements(path: str, text: str) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Each statement, a blank line or a comment too, with its first line and what it says."""
    pending, first = "", 1
    for number, line in enumerate(text.split("\n"), 1):
        pending += f"{line}\n"
        try:
            content = tomllib.loads(pending)
        except tomllib.TOMLDecodeError:
            if number - first >= _MOST_LINES:  # each is read again with the next: no time bomb
                raise SettingError(
                    say("one value goes on over more than {limit} lines", limit=_MOST_LINES),
                    where=f"{path}:{first}",
                    next=say("write it in fewer lines"),
                ) from None
            continue
        yield first, pending, content
        pending, first = "", number + 1


def _keys(table: Mapping[str, Any], above: _Keys) -> Iterator[_Keys]:
    """The path of every key, those of tables within too, the outer before the inner."""
    for name, value in table.items():
        yield (*above, name)
        if isinstance(value, dict):
            yield from _keys(value, (*above, name))
