"""The child's side of `apart`: take the limits on, read one source with one reader, answer once.

It imports no library before its limits hold, and ends without tidying up:
the process was all there is to clear away.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import BinaryIO

from budgetcli.errors import UserError
from budgetcli.model import Document
from budgetcli.readers.apart_answer import STEP_DONE, error_said, failure_said, tables_said
from budgetcli.readers.source import ReadOptions, Source


def serve(module: str, request: str) -> None:
    """Answer one request of `apart` on standard output; the source is standard input."""
    answers = _answers_alone()

    def say_step_done() -> None:
        answers.write(STEP_DONE)
        answers.flush()

    function, name, encoding, sheet, memory, seconds = json.loads(request)
    limit(memory, seconds)
    answers.write(_answer(module, function, name, ReadOptions(encoding, sheet), say_step_done))
    answers.flush()
    os._exit(0)


def _answers_alone() -> BinaryIO:
    """The pipe to the parent; whatever a library prints goes where its complaints go, nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _answer(
    module: str, function: str, name: str, options: ReadOptions, step_done: Callable[[], None]
) -> bytes:
    try:
        source = Source(name, data=sys.stdin.buffer.read())
        found = getattr(import_module(module), function)(source, options, step_done)
        if isinstance(found, Document):
            return tables_said(found.tables, found.lines)
        return tables_said(found)
    except UserError as error:
        return error_said(error)
    except (Exception, SystemExit) as problem:
        return failure_said(problem)


def limit(memory: int, seconds: float) -> None:
    """Bound this process, as far as its system can: bytes of memory, seconds of work, no core.

    What is written to is what counts (data); addresses alone are cheap, and
    some systems map hundreds of megabytes before a program begins.
    """
    try:
        import resource
    except ImportError:
        return
    for name, most in (
        ("RLIMIT_DATA", memory),
        ("RLIMIT_AS", 2 * memory),
        ("RLIMIT_CPU", int(seconds) + 1),
        ("RLIMIT_CORE", 0),
    ):
        # some systems lack a limit, or know its name and no more
        with suppress(AttributeError, ValueError, OSError):
            kind = getattr(resource, name)
            already = [n for n in resource.getrlimit(kind) if n != resource.RLIM_INFINITY]
            least = min(most, *already) if already else most
            resource.setrlimit(kind, (least, least))
