"""Coverage-guided fuzzing of one target with atheris: `python -m fuzz.run TARGET [SECONDS]`.

The seeds are written to a folder of their own, which grows while it runs and then goes; what
breaks the target stays as `crash-...` in this folder, and becomes a test with a name.
"""

from __future__ import annotations

import resource
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["budgetcli"]):
    from fuzz.targets import TARGETS, feed

_SECONDS = 60
_MEMORY = 4 << 30


def main(name: str, seconds: int) -> None:
    """Fuzz until the time is over or something breaks; libFuzzer ends the process."""
    target = TARGETS[name]
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    corpus = tempfile.mkdtemp(prefix=f"fuzz-{name}-")
    for number, seed in enumerate(target.seeds):
        (Path(corpus) / f"seed{number}").write_bytes(seed)
    limits = [f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=3000", "-max_len=20000"]
    atheris.Setup(
        [sys.argv[0], *limits, "-print_final_stats=1", corpus], lambda data: feed(target, data)
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else _SECONDS)
