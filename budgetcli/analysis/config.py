"""`config`: which settings hold, and who says each of them?"""

from __future__ import annotations

from collections.abc import Mapping

from budgetcli.config import FILE_NAME, VARIABLES, Config, user_folder
from budgetcli.fields import FIELDS
from budgetcli.i18n import Sentence, say, say_count
from budgetcli.report import Column, Context, Report, Value

_DEFAULTS: dict[str, Sentence | str] = {
    "source": say("the built-in table"),
    "target": say("the table's own goal, else the pace"),
    "unit": say("as the table states"),
    "language": say("the locale's"),
    "format": say("a table on a terminal, CSV in a pipe"),
    "fiscal_year_start": "01-01",
}


def config(found: Config) -> Report:
    """One row a setting, those left at their default too.

    In JSON, `files` are the settings files in force; of two the second goes first.
    """
    plain = {name: (value, where) for name, value, where in found.lines if name in VARIABLES}
    tables = [line for line in found.lines if line[0] not in VARIABLES]
    rows = [_row(name, *plain.get(name, _default(name))) for name in VARIABLES]
    return Report(
        name="config",
        columns=tuple(Column(key, FIELDS[key].kind) for key in ("setting", "value", "where")),
        rows=(*rows, *(_row(*line) for line in tables)),
        context=Context(", ".join(found.files)),
        headline=(_headline(found),),
        extra={"files": found.files},
    )


def _headline(found: Config) -> Sentence:
    if found.files:
        return say_count("{count} settings file", "{count} settings files", len(found.files))
    return say(
        "no settings file: it would be {name} here, or {file} for all you do",
        name=FILE_NAME,
        file=f"{user_folder()}/{FILE_NAME}",
    )


def _row(name: str, value: str, where: str) -> Mapping[str, Value]:
    return {"setting": name, "value": value, "where": where}


def _default(name: str) -> tuple[str, str]:
    return str(_DEFAULTS[name]), str(say("default"))
