"""budgetcli: from a budget report to who is behind, by how much, and what will be left.

The names below are those of the commands, and are imported when they are first used:
`import budgetcli` costs nothing, and the command line never loads them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from budgetcli.api import (
        MissingExtraError,
        Report,
        SourceError,
        Table,
        TableError,
        UserError,
        check,
        compare,
        convert,
        forecast,
        from_frame,
        lagging,
        load,
        load_all,
        pefa,
        programmes,
        show,
        summary,
        tables,
        trend,
        use_language,
    )

__all__ = [
    "MissingExtraError",
    "Report",
    "SourceError",
    "Table",
    "TableError",
    "UserError",
    "check",
    "compare",
    "convert",
    "forecast",
    "from_frame",
    "lagging",
    "load",
    "load_all",
    "pefa",
    "programmes",
    "show",
    "summary",
    "tables",
    "trend",
    "use_language",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from importlib import import_module

        return getattr(import_module("budgetcli.api"), name)
    raise AttributeError(f"module 'budgetcli' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
