"""A bar on stderr for work that takes over a second: on a terminal alone, gone when it is done."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from budgetcli.i18n import Sentence
from budgetcli.progress import Progress, silent
from budgetcli.views.safe import visible

if TYPE_CHECKING:
    from rich.progress import Progress as Display
    from rich.progress import TaskID

_SECONDS = 1.0


@contextmanager
def shown(*, quiet: bool) -> Iterator[Progress]:
    """What long work tells its progress to; in a pipe, or told to be quiet, that is nobody."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield silent
        return
    from contextvars import copy_context
    from threading import Timer

    bar = _Bar()
    timer = Timer(_SECONDS, copy_context().run, (bar.start,))
    timer.daemon = True
    timer.start()
    try:
        yield bar.tell
    finally:
        timer.cancel()
        bar.stop()


class _Bar:
    """Keeps what was told last, and draws it once a second has gone by."""

    def __init__(self) -> None:
        from threading import Lock

        self._encoding = sys.stderr.encoding or "utf-8"
        self._lock = Lock()
        self._last: tuple[Sentence, int, int | None] | None = None
        self._display: Display | None = None
        self._task: TaskID | None = None
        self._over = False

    def tell(self, what: Sentence, done: int, total: int | None) -> None:
        """Take note, and draw it if the bar is there."""
        with self._lock:
            self._last = (what, done, total)
            self._draw()

    def start(self) -> None:
        """Put the bar up, unless the work is over."""
        display = _display()
        with self._lock:
            if self._over:
                return
            self._display, self._task = display, display.add_task("", total=None)
            self._draw()
            display.start()

    def stop(self) -> None:
        """Take the bar down."""
        with self._lock:
            self._over = True
            if self._display is not None:
                self._display.stop()

    def _draw(self) -> None:
        if self._display is None or self._task is None or self._last is None:
            return
        what, done, total = self._last
        said = visible(str(what)).encode(self._encoding, "backslashreplace").decode(self._encoding)
        self._display.update(self._task, description=said)
        if total is not None:
            self._display.update(self._task, completed=done, total=total)


def _display() -> Display:
    """rich's bar; it draws with plain characters where the terminal's encoding is no Unicode."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Display
    from rich.table import Column

    words = TextColumn("{task.description}", markup=False, table_column=Column(overflow="crop"))
    console = Console(file=sys.stderr, markup=False, highlight=False)
    return Display(
        words,
        BarColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
