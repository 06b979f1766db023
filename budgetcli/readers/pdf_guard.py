"""Limits on a PDF library that has none: time, memory, and what a stream may inflate to.

A watching thread interrupts the reading one, because a hostile file can make
the library loop anywhere (page trees, character maps, drawing programs).
What is read, and what becomes of it, is not decided here.
"""

from __future__ import annotations

import ctypes
import logging
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from budgetcli.i18n import Sentence, say

INFLATED_BYTES = 64 * 1024 * 1024
PREDICTOR_COLUMNS = 1_000_000
GROWTH_BYTES = 300 * 1024 * 1024
SECONDS_PER_PAGE = 8.0
SECONDS_IN_ALL = 300.0
_POLL_SECONDS = 0.05
_STATM = Path("/proc/self/statm")
_PAGE_BYTES = 4096


class TooMuchError(BaseException):
    """A limit was reached. No `Exception`: the library swallows those and goes on."""

    reason: Sentence = say("it takes too much work to read")


class _TooSlowError(TooMuchError):
    reason = say("reading it takes longer than a document of its size may")


class _TooBigError(TooMuchError):
    reason = say("reading it takes more memory than a document may")


class Watch:
    """Interrupts the thread that made it when its time or its memory is used up."""

    def __init__(self, seconds: float, seconds_in_all: float, growth: int) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds_in_all
        self._deadline = 0.0
        self.next_page()
        self._ceiling = _resident_bytes() + growth
        self._thread = ctypes.c_ulong(threading.get_ident())
        self._lock = threading.Lock()
        self._over = threading.Event()
        self.fired: type[TooMuchError] | None = None

    def next_page(self) -> None:
        """Grant one page's time anew, within the time for all of them."""
        self._deadline = min(time.monotonic() + self._seconds, self._end)

    def start(self) -> None:
        """Begin to watch."""
        threading.Thread(target=self._run, name="pdf-watch", daemon=True).start()

    def stop(self) -> None:
        """Watch no more; an interruption that has not arrived yet never will."""
        with self._lock:
            self._over.set()
            if self.fired is not None:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(self._thread, None)

    def _run(self) -> None:
        while not self._over.wait(_POLL_SECONDS):
            limit = self._broken_limit()
            if limit is not None and self._interrupt(limit):
                return

    def _broken_limit(self) -> type[TooMuchError] | None:
        if time.monotonic() > self._deadline:
            return _TooSlowError
        return _TooBigError if _resident_bytes() > self._ceiling else None

    def _interrupt(self, limit: type[TooMuchError]) -> bool:
        with self._lock:
            if not self._over.is_set():
                self.fired = limit
                ctypes.pythonapi.PyThreadState_SetAsyncExc(self._thread, ctypes.py_object(limit))
            return True


def _resident_bytes() -> int:
    """The memory this process holds; 0 where the system does not tell."""
    try:
        return int(_STATM.read_text().split()[1]) * _PAGE_BYTES
    except (OSError, ValueError, IndexError):
        return 0


@contextmanager
def guarded() -> Iterator[Watch]:
    """Run a block under all limits. Raises TooMuchError."""
    watch = Watch(SECONDS_PER_PAGE, SECONDS_IN_ALL, GROWTH_BYTES)
    with _bounded_streams(), _quiet():
        watch.start()
        try:
            yield watch
        finally:
            watch.stop()


class _BoundedZlib:
    """The three names of zlib that the library uses, the inflating one with a limit."""

    error = zlib.error
    decompressobj = staticmethod(zlib.decompressobj)

    @staticmethod
    def decompress(data: bytes) -> bytes:
        """Like zlib.decompress. Raises TooMuchError beyond the limit."""
        inflater = zlib.decompressobj()
        inflated = inflater.decompress(data, INFLATED_BYTES)
        if inflater.unconsumed_tail:
            raise _TooBigError
        if not inflater.eof:
            raise zlib.error("incomplete stream")
        return inflated


@contextmanager
def _bounded_streams() -> Iterator[None]:
    """Streams inflate within limits: a single call into C cannot be interrupted."""
    from pdfminer import pdftypes, utils

    bounded = {
        "zlib": _BoundedZlib,
        "apply_png_predictor": _bounded_columns(utils.apply_png_predictor, 1),
        "apply_tiff_predictor": _bounded_columns(utils.apply_tiff_predictor, 0),
    }
    originals = {name: getattr(pdftypes, name) for name in bounded}
    for name, value in bounded.items():
        setattr(pdftypes, name, value)
    try:
        yield
    finally:
        for name, value in originals.items():
            setattr(pdftypes, name, value)


def _bounded_columns(predictor: Callable[..., bytes], colors: int) -> Callable[..., bytes]:
    """A predictor that refuses a line width no picture has; `colors` is that argument's place."""

    def bounded(*arguments: Any) -> bytes:
        if not 0 < arguments[colors] * arguments[colors + 1] <= PREDICTOR_COLUMNS:
            raise _TooBigError
        return predictor(*arguments)

    return bounded


@contextmanager
def _quiet() -> Iterator[None]:
    """The library's remarks on fonts are nothing a user can act on."""
    logger = logging.getLogger("pdfminer")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
