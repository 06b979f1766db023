"""Regular expressions that are compiled when first used.

Compiling is the dearest thing a small module does at import, and one run
needs few of the patterns that all tables together need.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Lazy:
    """Stands in for a compiled pattern and becomes one at the first use."""

    __slots__ = ("_flags", "_text")

    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        # re keeps compiled patterns, so this compiles once
        return getattr(re.compile(self._text, self._flags), name)


def lazy(text: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, but compiled at its first use."""
    return cast("re.Pattern[str]", _Lazy(text, flags))
