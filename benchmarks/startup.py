"""How long a person waits: whole processes side by side, in turn, as ratios of medians.

    python benchmarks/startup.py [ROUNDS]

Exit status 1 where a ratio is over its bar.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from typing import NamedTuple

_KEEP_NOTHING = "PYTHONDONTWRITEBYTECODE"
PROGRAM = ["-m", "budgetcli"]
PROCESSES = {
    "click": ["-c", "import click"],
    "click, rich.table, csv": ["-c", "import click, rich.table, csv"],
    "pandas": ["-c", "import pandas"],
    "--help": [*PROGRAM, "--help"],
    "summary": [*PROGRAM, "summary"],
}


class Bar(NamedTuple):
    """A promise: `ours` takes at most `most` times as long as `theirs`."""

    ours: str
    theirs: str
    most: float


BARS = (
    Bar("--help", "click", 1.5),
    Bar("summary", "click, rich.table, csv", 1.4),
    Bar("summary", "pandas", 0.30),
)


def medians(rounds: int) -> dict[str, float]:
    """Seconds a process, medians of `rounds`, the processes taking turns."""
    seconds: dict[str, list[float]] = {name: [] for name in PROCESSES}
    # compiled modules are kept, as for any installed program; the first round makes them
    environment = {key: value for key, value in os.environ.items() if key != _KEEP_NOTHING}
    for _ in range(rounds + 1):
        for name, words in PROCESSES.items():
            command = [sys.executable, *words]
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True, env=environment)
            seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(found[1:]) for name, found in seconds.items()}


def main() -> int:
    """Print every process and every ratio."""
    found = medians(int(sys.argv[1]) if len(sys.argv) > 1 else 21)
    for name, seconds in found.items():
        print(f"{name:24} {1000 * seconds:7.1f} ms")
    missed = 0
    for bar in BARS:
        ratio = found[bar.ours] / found[bar.theirs]
        missed += ratio > bar.most
        print(f"{bar.ours} / {bar.theirs}: {ratio:.2f} (at most {bar.most})")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
