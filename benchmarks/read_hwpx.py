"""Our reading of Hangul documents against the library's bare one; exit 1 over the bar.

    python benchmarks/read_hwpx.py [FILE.hwpx | FILE.hwp ...]

Without files: a table of 2,000 rows made here. Bare is zipfile and
ElementTree for HWPX, python-hwpx's `open` for HWP. The two take turns; the
ratio is of the medians. HWP is measured twice: reading alone, within this
process, and from nothing, since our read starts a process of its own: the
bare one gets a process too.
"""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

from budgetcli.readers import ReadOptions, Source
from budgetcli.readers.hangul import hwp, hwpx
from budgetcli.readers.sniff import Head, is_hwp

BAR = 1.5
ROUNDS = 15
BARE_HWP = """
import sys
from hwpx import HwpxDocument
HwpxDocument.open(sys.stdin.buffer.read())
"""
HP = "http://www.hancom.co.kr/hwpml/2011/paragraph"
CELL = (
    '<hp:tc name="" header="0" hasMargin="0" protect="0" editable="0" dirty="1" '
    'borderFillIDRef="3">'
    '<hp:subList id="" textDirection="HORIZONTAL" lineWrap="BREAK" vertAlign="CENTER" '
    'linkListIDRef="0" linkListNextIDRef="0" textWidth="0" textHeight="0">'
    '<hp:p id="1" paraPrIDRef="0" styleIDRef="0" pageBreak="0" columnBreak="0" merged="0">'
    '<hp:run charPrIDRef="0"><hp:t>{text}</hp:t></hp:run><hp:linesegarray>'
    '<hp:lineseg textpos="0" vertpos="0" vertsize="1000" textheight="1000" baseline="850" '
    'spacing="600" horzpos="0" horzsize="42520" flags="393216"/></hp:linesegarray></hp:p>'
    '</hp:subList><hp:cellAddr colAddr="{column}" rowAddr="{row}"/>'
    '<hp:cellSpan colSpan="1" rowSpan="1"/><hp:cellSz width="7087" height="282"/>'
    '<hp:cellMargin left="510" right="510" top="141" bottom="141"/></hp:tc>'
)


def made(rows: int) -> bytes:
    """A package with one table of `rows` rows and six columns, written as Hangul writes it."""
    lines = (
        "".join(
            CELL.format(row=row, column=column, text=f"{row},{column}00") for column in range(6)
        )
        for row in range(rows)
    )
    table = "".join(f"<hp:tr>{line}</hp:tr>" for line in lines)
    section = f'<sec xmlns:hp="{HP}"><hp:p><hp:run><hp:tbl>{table}</hp:tbl></hp:run></hp:p></sec>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/hwp+zip")
        archive.writestr("Contents/section0.xml", section)
    return stream.getvalue()


def bare_hwpx(source: Source) -> None:
    """Inflate and parse every section, and nothing else."""
    with source.open() as stream, zipfile.ZipFile(stream) as archive:
        for name in archive.namelist():
            if name.startswith("Contents/section"):
                ElementTree.fromstring(archive.read(name))


def bare_hwp(source: Source) -> None:
    """Open the document as python-hwpx does."""
    from hwpx import HwpxDocument

    HwpxDocument.open(source.everything())


def bare_hwp_apart(source: Source) -> None:
    """The same as a process of its own."""
    subprocess.run([sys.executable, "-c", BARE_HWP], input=source.everything(), check=True)


def ours_hwp(source: Source) -> None:
    """Every table, within this process."""
    hwp.read_here(Source(source.name, data=source.everything()), ReadOptions(), lambda: None)


def ours_hwp_apart(source: Source) -> None:
    """Every table, as the program reads it."""
    hwp.read(source, ReadOptions())


def ours_hwpx(source: Source) -> None:
    """Every table."""
    hwpx.read(source, ReadOptions())


WAYS = {"reading alone": (ours_hwp, bare_hwp), "from nothing": (ours_hwp_apart, bare_hwp_apart)}


def ratio(ours: Callable[[], object], bare: Callable[[], object]) -> tuple[float, float, float]:
    """Medians of both in milliseconds, taken in turns after a warm-up, and ours over bare."""
    times: dict[Callable[[], object], list[float]] = {ours: [], bare: []}
    for turn in range(ROUNDS + 1):
        for work, taken in times.items():
            started = time.perf_counter()
            work()
            if turn:
                taken.append((time.perf_counter() - started) * 1000)
    mine, theirs = (statistics.median(taken) for taken in times.values())
    return mine, theirs, mine / theirs


def measure(source: Source) -> float:
    """Print one line for each way of reading a source; the worst ratio."""
    ways = WAYS if is_hwp(Head(source)) else {"reading alone": (ours_hwpx, bare_hwpx)}
    worst = 0.0
    for way, (ours, bare) in ways.items():
        mine, theirs, over = ratio(partial(ours, source), partial(bare, source))
        times = f"ours {mine:.2f} ms, bare {theirs:.2f} ms, ratio {over:.2f} (bar {BAR})"
        print(f"{source.name}, {way}: {times}")
        worst = max(worst, over)
    return worst


def main(names: list[str]) -> int:
    """Measure every source; 1 where one is over the bar."""
    sources = [Source(name, path=Path(name)) for name in names]
    ratios = [measure(source) for source in sources or [Source("made", data=made(2000))]]
    return int(max(ratios) > BAR)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
