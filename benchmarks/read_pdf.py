"""Our read of a PDF page against the library's bare read of it: bar 1.5. The files are arguments.

Bare: open, characters, lines, rectangles and words of every page. Compared
twice, in turn, by medians: reading alone, within this process; and from
nothing, since our read starts a process of its own: the bare one gets a
process too. Exit status 1 where the bar is missed.
"""

from __future__ import annotations

import io
import logging
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pdfplumber

from budgetcli.readers import pdf
from budgetcli.readers.source import ReadOptions, Source

BAR = 1.5
ROUNDS = 7
BARE = """
import io, logging, sys
import pdfplumber
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
with pdfplumber.open(io.BytesIO(sys.stdin.buffer.read())) as document:
    for page in document.pages:
        _ = (page.chars, page.lines, page.rects, page.extract_words())
"""


def bare(data: bytes) -> None:
    """What the library does before anybody asks for a table."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            _ = (page.chars, page.lines, page.rects, page.extract_words())


def ours(data: bytes) -> None:
    """Every table, with what stands around it."""
    pdf.read_here(Source("page.pdf", data=data), ReadOptions(), lambda: None)


def bare_apart(data: bytes) -> None:
    """The bare read as a process of its own."""
    subprocess.run([sys.executable, "-c", BARE], input=data, check=True)


def ours_apart(data: bytes) -> None:
    """Every table, as the program reads it."""
    pdf.read(Source("page.pdf", data=data), ReadOptions())


def seconds(work: Callable[[bytes], None], data: bytes) -> float:
    """One run's wall time."""
    start = time.perf_counter()
    work(data)
    return time.perf_counter() - start


def ratio(
    bare: Callable[[bytes], None], ours: Callable[[bytes], None], data: bytes
) -> tuple[float, float]:
    """Median seconds of the bare read, and ours as a multiple of it."""
    runs = [(seconds(bare, data), seconds(ours, data)) for _ in range(ROUNDS + 1)][1:]
    theirs = median(run[0] for run in runs)
    return theirs, median(run[1] for run in runs) / theirs


WAYS = {"reading alone": (bare, ours), "from nothing": (bare_apart, ours_apart)}


def main(paths: list[str]) -> int:
    """Measure each file; 1 where one misses the bar."""
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    missed = False
    for path in paths:
        for way, pair in WAYS.items():
            theirs, times = ratio(*pair, Path(path).read_bytes())
            missed |= times > BAR
            print(f"{times:5.2f} x  (bare {theirs * 1000:6.0f} ms)  {way}  {path}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
