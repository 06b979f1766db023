"""The README's examples are executed: each must print what the page shows.

`python -m tests.test_readme` writes today's output into the page; read the difference.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

README = Path(__file__).parents[1] / "README.md"
_BLOCK = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)
_SIZE = struct.pack("HHHH", 50, 80, 0, 0)


class Example(NamedTuple):
    command: str
    output: str


def examples() -> list[Example]:
    found = _BLOCK.finditer(README.read_text(encoding="utf-8"))
    return [Example(match["command"], match["output"]) for match in found]


def on_a_terminal(command: str, folder: Path) -> str:
    """What a person sees who types the command into a terminal of 80 columns."""
    program = f'budgetcli() {{ "{sys.executable}" -m budgetcli "$@"; }}; '
    main, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, _SIZE)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("BUDGETCLI")},
        "PYTHONPATH": str(README.parent),
        "LC_ALL": "C.UTF-8",
        "NO_COLOR": "1",
    }
    environment.pop("COLUMNS", None)
    process = subprocess.Popen(
        ["bash", "-c", program + command],
        stdin=subprocess.DEVNULL,
        stdout=terminal,
        stderr=terminal,
        cwd=folder,
        env=environment,
    )
    os.close(terminal)
    seen = b"".join(_chunks(main))
    os.close(main)
    process.wait()
    lines = seen.decode("utf-8").replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines)


def _chunks(descriptor: int) -> Iterator[bytes]:
    while True:
        try:
            chunk = os.read(descriptor, 65536)
        except OSError:  # the terminal's other end is closed: Linux says so with EIO
            return
        if not chunk:
            return
        yield chunk


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.command)
def test_the_example_prints_what_the_page_shows(example: Example, tmp_path: Path) -> None:
    assert on_a_terminal(example.command, tmp_path) == example.output


def test_the_page_has_examples() -> None:
    assert len(examples()) >= 7


def _rewrite(folder: Path) -> None:
    text = README.read_text(encoding="utf-8")
    text = _BLOCK.sub(
        lambda match: (
            f"```console\n$ {match['command']}\n{on_a_terminal(match['command'], folder)}```"
        ),
        text,
    )
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _rewrite(Path("/tmp"))
