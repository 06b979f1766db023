"""One source's bytes, wherever they lie: a file, standard input, a member of an archive.

Opens for reading only. What the bytes mean is the readers' business.
"""

from __future__ import annotations

import io
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from budgetcli.errors import TOO_LARGE, SourceError
from budgetcli.i18n import Sentence, say
from budgetcli.progress import Progress, silent

if TYPE_CHECKING:
    from pathlib import Path

HEAD_BYTES = 64 * 1024
LONGEST_LINE = 1 << 20
MOST_HELD = 128 << 20
"""Bytes of a file that are read at once; as text and as rows they take several times that."""


class Source:
    """Bytes with the name the user knows them by; exactly one of `path` and `data` is set.

    `found_in` is the folder or the pattern that stood for it, where no one named it.
    """

    def __init__(
        self,
        name: str,
        path: str | Path | None = None,
        data: bytes | None = None,
        *,
        found_in: str | None = None,
    ) -> None:
        self.name = name
        self.path = path
        self.data = data
        self.found_in = found_in

    def open(self) -> BinaryIO:
        """A seekable binary stream, from the start. Raises SourceError where there is no file."""
        if self.path is None:
            return io.BytesIO(self.data or b"")
        try:
            # not Path.open: the built-in table is opened without pathlib, dear to import
            return open(self.path, "rb")  # noqa: PTH123 - see above; the caller closes it
        except OSError as problem:
            raise unreadable(self.name, problem) from problem

    def everything(self) -> bytes:
        """All of it. Raises SourceError where that is more than memory should hold."""
        if self.data is not None:
            return self.data
        with self.open() as stream:
            data = stream.read(MOST_HELD + 1)
        if len(data) > MOST_HELD:
            raise self._too_large(
                say("it is larger than {limit} MB", limit=MOST_HELD >> 20),
                say("take a part of it, one year or one date for example"),
            )
        return data

    def lines(self) -> bytes:
        """All of a text whose lines are rows: one of millions of cells would fill any memory.

        Raises SourceError. A line break is one of two bytes in every encoding.
        """
        data, start = self.everything(), 0
        while len(data) - start > LONGEST_LINE:
            end = start + LONGEST_LINE
            start = 1 + max(data.rfind(mark, start, end) for mark in (b"\n", b"\r"))
            if not start:
                raise self.endless_line()
        return data

    def endless_line(self) -> SourceError:
        """A line of it is longer than any row."""
        return self._too_large(
            say("it has a line of more than {limit} MB", limit=LONGEST_LINE >> 20),
            say("save it with one row a line"),
        )

    def _too_large(self, what: Sentence, step: Sentence) -> SourceError:
        return SourceError(what, where=self.name, why=TOO_LARGE, next=step)

    @cached_property
    def head(self) -> bytes:
        """The first 64 KiB: enough to tell what it is."""
        if self.data is not None:
            return self.data[:HEAD_BYTES]
        with self.open() as stream:
            return stream.read(HEAD_BYTES)


class ReadOptions(NamedTuple):
    """What the user said about the file: its encoding, the sheet wanted (name or number from 1).

    `progress` is told how far a long file is read.
    """

    encoding: str | None = None
    sheet: str | None = None
    progress: Progress = silent


def unreadable(name: str, problem: OSError) -> SourceError:
    """The operating system's refusal, in the user's words."""
    reasons = {
        FileNotFoundError: say("there is no such file"),
        PermissionError: say("you may not read it"),
        IsADirectoryError: say("it is a folder, not a file"),
    }
    reason = reasons.get(type(problem), say("{problem}", problem=problem.strerror or problem))
    return SourceError(
        say("cannot be opened: {reason}", reason=reason),
        where=name,
        next=say("check the path, or name another file"),
    )
