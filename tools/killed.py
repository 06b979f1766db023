"""Kill the program with signal 9 at random moments while it writes, and look at what is left.

Run as `python -m tools.killed [TIMES]`; prints the counts, and exits 1 where a file was ever half.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

OLD = b"old"
_ROWS = "".join(f"가{number}과,{number}00,{number}\n" for number in range(1, 400))
INPUT = f"부서,예산현액,지출액\n{_ROWS}"


class Counts(NamedTuple):
    """What the file held after each kill, and how many temporary files lay beside it at the end."""

    old: int
    new: int
    half: int
    beside: int
    input_touched: bool


def command(source: Path, answer: Path) -> list[str]:
    """The run that is killed."""
    return [sys.executable, "-m", "budgetcli", "summary", str(source), "-q", "-o", str(answer)]


def killed(times: int, name: str = "answer.csv") -> Counts:
    """Kill that many runs; each writes over an old file."""
    with tempfile.TemporaryDirectory() as folder:
        source, answer = Path(folder) / "input.csv", Path(folder) / name
        source.write_text(INPUT, encoding="utf-8")
        before = source.stat().st_mtime_ns, source.read_bytes()
        started = time.monotonic()
        subprocess.run(command(source, answer), check=True)
        whole, seconds = answer.read_bytes(), time.monotonic() - started
        found = [_one(source, answer, seconds) for _ in range(times)]
        after = source.stat().st_mtime_ns, source.read_bytes()
        beside = len([*Path(folder).iterdir()]) - 2
    old, new = found.count(OLD), found.count(whole)
    return Counts(old, new, times - old - new, beside, before != after)


def _one(source: Path, answer: Path, seconds: float) -> bytes:
    """What the file holds after one kill: most fall into the end of the run, where it writes."""
    answer.write_bytes(OLD)
    run = subprocess.Popen(command(source, answer), stderr=subprocess.DEVNULL)
    time.sleep(seconds * random.uniform(0.6, 1.05))
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    return answer.read_bytes()


def main(times: int) -> int:
    """That many kills."""
    counts = killed(times)
    print(counts)
    return int(counts.half > 0 or counts.input_touched)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
