"""Reading in a process of its own, for libraries that a hostile file can stall, swell or crash.

The parent's side: it starts the child, keeps the deadline, and turns whatever
became of the child into tables or one plain error. What the child does is in
`apart_child`, what they say to each other in `apart_answer`.

PDF, HWP and XLS are read like this: their libraries have no limits of their own.
Other spreadsheets are not: `spreadsheet.guard` looks at a workbook before
calamine does, and handing 50,000 rows from process to process would cost about
as much again as calamine's reading of them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import count
from queue import Empty, SimpleQueue
from threading import Thread
from typing import NamedTuple

from budgetcli.errors import SourceError
from budgetcli.i18n import Sentence, say
from budgetcli.model import Document, RawTable
from budgetcli.readers.apart_answer import STEP_DONE, FailedError, understood
from budgetcli.readers.source import ReadOptions, Source

SECONDS_PER_STEP = 8.0
SECONDS_IN_ALL = 300.0
MEMORY = 420 << 20
_MOST_SAID = 64 << 20
# The child gets the parent's own path, wherever the program lies, before it imports anything.
_START = (
    "import sys; sys.path[:] = sys.argv[3:]; "
    "from budgetcli.readers.apart_child import serve; serve(*sys.argv[1:3])"
)


class Limits(NamedTuple):
    """What a child may take: seconds for one step and in all, bytes of memory."""

    step: float = SECONDS_PER_STEP
    in_all: float = SECONDS_IN_ALL
    memory: int = MEMORY


def read_apart(
    module: str,
    source: Source,
    options: ReadOptions,
    *,
    next: Sentence,
    limits: Limits = Limits(),
) -> list[RawTable]:
    """What `read_here(source, options, step_done)` of a module gives, run in a child process.

    The reader calls `step_done()` once its libraries are loaded, then after
    each page or the like. Raises the UserError that the reader raised, and
    SourceError, with `next` as advice, where it took too much or broke down.
    """
    return list(_run((module, "read_here"), source, options, next, limits).tables)


def document_apart(
    module: str,
    source: Source,
    options: ReadOptions,
    *,
    next: Sentence,
    limits: Limits = Limits(),
) -> Document:
    """What `document_here` of a module gives, tables and text; all else as in `read_apart`."""
    return _run((module, "document_here"), source, options, next, limits)


def _run(
    task: tuple[str, str], source: Source, options: ReadOptions, advice: Sentence, limits: Limits
) -> Document:
    try:
        return understood(_answer(task, source, options, limits), source.name)
    except FailedError as failed:
        raise SourceError(
            say(
                "the library that reads {format} gave up on it: {reason}",
                format=task[0].rpartition(".")[2].upper(),
                reason=failed.reason,
            ),
            where=source.name,
            next=advice,
        ) from None


def _answer(task: tuple[str, str], source: Source, options: ReadOptions, limits: Limits) -> bytes:
    """The child's last word. However this ends, the child has ended too."""
    module, function = task
    asked = (source.name, options.encoding, options.sheet)
    request = [function, *asked, limits.memory, limits.in_all]
    heard: SimpleQueue[bytes] = SimpleQueue()
    with _started(module, json.dumps(request), source) as child:
        talk = Thread(target=_talk, args=(child, source.data, heard), daemon=True)
        try:
            talk.start()
            answer = _last_word(heard, limits, partial(_tell_page, source, options))
        finally:
            child.kill()
            child.wait()
            talk.join()
    if not answer:
        raise FailedError(say("it broke down (status {status})", status=child.returncode))
    return answer


def _started(module: str, request: str, source: Source) -> subprocess.Popen[bytes]:
    """A fresh interpreter, not a fork: threads of whoever called may hold locks."""
    alone = ["-I"] if sys.flags.isolated else []
    command = [sys.executable, *alone, "-c", _START, module, request, *sys.path]
    if source.path is None:
        return _process(command, subprocess.PIPE)
    with source.open() as stream:
        return _process(command, stream.fileno())


def _process(command: list[str], stdin: int) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError as problem:
        raise FailedError(say("{problem}", problem=problem)) from problem


def _talk(child: subprocess.Popen[bytes], data: bytes | None, heard: SimpleQueue[bytes]) -> None:
    """Hand over bytes that lie in memory, then pass on each line; an empty one is the end."""
    if child.stdin is not None:
        with suppress(OSError), child.stdin:  # a child that broke down reads no more
            child.stdin.write(data or b"")
    if child.stdout is not None:
        while line := child.stdout.readline(_MOST_SAID):
            heard.put(line)
    heard.put(b"")


def _tell_page(source: Source, options: ReadOptions, page: int) -> None:
    """The child's first step is that its libraries are loaded; those after it are pages."""
    if page:
        options.progress(say("{name}: page {page} is read", name=source.name, page=page), 0, None)


def _last_word(
    heard: SimpleQueue[bytes], limits: Limits, step_heard: Callable[[int], None]
) -> bytes:
    """The first line that is no heartbeat. Nothing of the file is looked at before the first."""
    end = time.monotonic() + limits.in_all
    step = limits.in_all
    steps = count()
    with suppress(Empty):
        while (wait := min(step, end - time.monotonic())) > 0:
            line = heard.get(timeout=wait)
            if line != STEP_DONE:
                return line
            step = limits.step
            step_heard(next(steps))
    raise FailedError(say("reading it takes longer than a document of its size may"))
