"""Temporary copies: text in another encoding as UTF-8. They go when the roll-up ends."""

from __future__ import annotations

import errno
import io
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePath
from types import TracebackType
from typing import BinaryIO

from budgetcli.errors import SourceError
from budgetcli.i18n import say
from budgetcli.readers.encoding import undecodable, unknown_encoding

_STEP = 1 << 20


class Spool:
    """A folder of its own for what an engine cannot read as it lies, and for what it sets aside."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="budgetcli-")
        self.path = Path(self._folder.name)
        self._count = 0

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._folder.cleanup()

    def transcoded(self, stream: BinaryIO, encodings: Sequence[str], name: str) -> Path:
        """A copy in UTF-8 with one kind of newline, from the first encoding that fits all of it.

        Raises SourceError where none does, or where there is no room.
        """
        path = self.new_file(name)
        for encoding in encodings:
            stream.seek(0)
            try:
                self._copy(stream, encoding, path)
            except LookupError:
                raise unknown_encoding(name, encoding) from None
            except UnicodeDecodeError:
                continue
            except OSError as problem:
                raise self._no_room(name, problem) from problem
            return path
        raise undecodable(name)

    def new_file(self, name: str) -> Path:
        """A file still to be written, in folders that say of it what those of the source say."""
        self._count += 1
        folders = [part for part in PurePath(name).parts[:-1] if "=" in part]
        folder = self.path.joinpath(*folders)
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{self._count}.csv"

    def _copy(self, stream: BinaryIO, encoding: str, path: Path) -> None:
        text = io.TextIOWrapper(stream, encoding)
        try:
            with path.open("w", encoding="utf-8", newline="") as copy:
                while piece := text.read(_STEP):
                    copy.write(piece)
        finally:
            text.detach()

    def _no_room(self, name: str, problem: OSError) -> SourceError:
        """Why no copy can be made, and what to do about a full disk."""
        full = problem.errno in (errno.ENOSPC, errno.EDQUOT)
        return SourceError(
            say("the disk is full: {folder}", folder=self.path.parent)
            if full
            else say("cannot be copied: {problem}", problem=problem.strerror or problem),
            where=name,
            why=say("a ledger that is not in UTF-8 is copied before it is rolled up"),
            next=say("name a folder with room in the variable TMPDIR"),
        )
