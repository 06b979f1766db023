"""Hold the program against every hostile file at its real size: status, seconds, memory.

Run as `python -m tools.hostile [NAME]...`; prints a line a file, and exits 1 where a promise of
docs/reliability.md is broken.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.hostile.files import MAKERS

SIZE = 1024
MOST_SECONDS = 10.0
MOST_MEGABYTES = 500
# a process inherits its parent's peak of memory: a small one stands between, and looks
_BETWEEN = """
import os, sys, time
started = time.monotonic()
unheard = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=unheard)
_, status, used = os.wait4(child, 0)
print(os.waitstatus_to_exitcode(status), time.monotonic() - started, used.ru_maxrss)
"""


class Measured(NamedTuple):
    """How a run ended, how long it took, and what the process (and those it started) held."""

    status: int
    seconds: float
    megabytes: int
    said: str


def make(name: str, path: Path) -> None:
    """Write a hostile file in a process of its own, whose memory is not counted."""
    command = [sys.executable, "-m", "tests.hostile.files", name, str(path), str(SIZE)]
    subprocess.run(command, check=True)


def measured(words: list[str], folder: Path, stdin: int | None = None) -> Measured:
    """Run the program on these words, with nothing on its standard input but what is given."""
    said = folder / "said"
    command = [sys.executable, "-ISc", _BETWEEN, sys.executable, "-m", "budgetcli", *words]
    with said.open("wb") as err:
        source = subprocess.DEVNULL if stdin is None else stdin
        told = subprocess.run(command, stdin=source, stdout=subprocess.PIPE, stderr=err, check=True)
    status, seconds, kilobytes = told.stdout.split()
    text = said.read_text(encoding="utf-8", errors="replace")
    return Measured(int(status), float(seconds), int(kilobytes) // 1024, text)


def is_kept(ran: Measured) -> bool:
    """Whether the promise holds: an answer or one message, in bounds."""
    return (
        ran.status in (0, 2)
        and "Traceback" not in ran.said
        and (ran.status == 0 or ran.said.startswith("budgetcli: "))
        and ran.seconds < MOST_SECONDS
        and ran.megabytes < MOST_MEGABYTES
    )


def main(names: list[str]) -> int:
    """Every file named, else all."""
    broken = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in names or MAKERS:
            path = Path(folder) / name
            make(name, path)
            ran = measured(["summary", str(path), "--as-of", "2024-07-31"], Path(folder))
            path.unlink()
            broken += not is_kept(ran)
            mark = "ok " if is_kept(ran) else "BAD"
            took = f"{ran.seconds:6.1f} s {ran.megabytes:5} MB"
            first = ran.said.partition("\n")[0].replace(folder, "")[:110]
            print(f"{mark} {name:24} {ran.status} {took}  {first}", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
