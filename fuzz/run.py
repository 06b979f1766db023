"""Coverage-guided fuzzing of a target with atheris: `python -m fuzz.run TARGET [SECONDS [CORPUS]]`.

The seeds and what `corpus/` keeps are written to the folder CORPUS, which grows and from which a
later run goes on, else to one in the temporary files; what breaks the target stays as `crash-...`
in the current folder, and becomes a test with a name.
"""

from __future__ import annotations

import resource
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["budgetcli"]):
    from fuzz.targets import TARGETS, feed, kept

_SECONDS = 60
_MEMORY = 4 << 30


def main(name: str, seconds: int, corpus: Path) -> None:
    """Fuzz until the time is over or something breaks; libFuzzer ends the process."""
    target = TARGETS[name]
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate((*target.seeds, *kept(name))):
        (corpus / f"seed{number}").write_bytes(seed)
    limits = [f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=3000", "-max_len=20000"]
    atheris.Setup(
        [sys.argv[0], *limits, "-print_final_stats=1", str(corpus)], lambda data: feed(target, data)
    )
    atheris.Fuzz()


if __name__ == "__main__":
    _, target, *given = sys.argv
    main(
        target,
        int(given[0]) if given else _SECONDS,
        Path(given[1] if given[1:] else tempfile.mkdtemp(prefix=f"fuzz-{target}-")),
    )
