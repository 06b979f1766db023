"""Regular expressions that are compiled when first used.

Compiling is the dearest thing a small module does at import, and one run
needs few of the patterns that all tables together need.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Lazy:
    """Stands in for a compiled pattern and takes on its methods as they are first used."""

    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        method = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, method)  # the next call finds it without coming here
        return method


def lazy(text: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, but compiled at its first use."""
    return cast("re.Pattern[str]", _Lazy(text, flags))
