"""A stand-in for a terminal, in whatever encoding."""

from __future__ import annotations

import io


class Terminal(io.TextIOWrapper):
    """Something that says it is a terminal, and keeps what is written to it."""

    def __init__(self, encoding: str = "utf-8") -> None:
        self.kept = io.BytesIO()
        super().__init__(self.kept, encoding=encoding)

    def isatty(self) -> bool:
        return True

    @property
    def seen(self) -> str:
        self.flush()
        return self.kept.getvalue().decode(self.encoding)
