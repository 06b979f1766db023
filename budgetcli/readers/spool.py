"""What can be read only once (a pipe, an answer from the web) kept so that it can be read again.

Little of it stays in memory, more lies in a file without a name, which goes with the source.
"""

from __future__ import annotations

import os
import select
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from budgetcli.errors import PARTIAL, TOO_LARGE, SourceError
from budgetcli.i18n import say
from budgetcli.readers.source import Source, unreadable

if TYPE_CHECKING:
    from pathlib import Path

IN_MEMORY = 1 << 20
SECONDS_TO_WRITE = 8.0
MOST_BYTES = 1 << 30
_CHUNK = 1 << 16


def spooled(name: str, chunks: Iterable[bytes]) -> Source:
    """A source of these bytes. Raises SourceError where there is no room for them."""
    held = bytearray()
    rest = iter(chunks)
    for chunk in rest:
        held += chunk
        if len(held) > IN_MEMORY:
            return _in_file(name, bytes(held), rest)
    return Source(name, data=bytes(held))


def chunks_of(stream: BinaryIO, name: str) -> Iterator[bytes]:
    """What a stream gives, as it comes, until it ends. Raises SourceError where it does not."""
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > MOST_BYTES:
            raise SourceError(
                say(
                    "it gives more than {limit} MB, and perhaps never ends", limit=MOST_BYTES >> 20
                ),
                where=name,
                why=TOO_LARGE,
                next=say("write it to a file, and name that"),
            )
        yield chunk


def from_pipe(path: Path) -> Source:
    """What comes through a named pipe. Raises SourceError where nobody writes to it."""
    try:
        # not blocking: a pipe that nobody has open for writing would never open
        pipe = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError as problem:
        raise unreadable(str(path), problem) from problem
    with open(pipe, "rb", buffering=0) as stream:  # noqa: PTH123 - an open descriptor, no path
        if not select.select([stream], [], [], SECONDS_TO_WRITE)[0]:
            raise SourceError(
                say("nobody writes to this pipe"),
                where=str(path),
                next=say("start what writes to it first, or name a file"),
            )
        os.set_blocking(pipe, True)
        return spooled(str(path), chunks_of(stream, str(path)))


def _in_file(name: str, held: bytes, rest: Iterator[bytes]) -> Source:
    import tempfile
    import weakref

    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the source is gone
    source = Source(name, f"/proc/self/fd/{file.fileno()}")
    weakref.finalize(source, file.close)
    try:
        file.write(held)
        for chunk in rest:
            file.write(chunk)
        file.flush()
    except OSError as problem:
        raise SourceError(
            say("there is no room to keep it: {problem}", problem=problem.strerror),
            where=name,
            why=PARTIAL,
            next=say("name a folder with more room: TMPDIR=FOLDER"),
        ) from problem
    return source
