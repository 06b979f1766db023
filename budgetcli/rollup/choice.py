"""Whether sources are held in memory or rolled up: by their size and form, unless the user says.

Imports no engine: the plain summary of a small table asks here too.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from budgetcli.readers import Source
from budgetcli.readers.sniff import GZIP_MAGIC

# bytes, from where on an engine is as fast as holding all rows: measured, on one machine
_LARGE = 2_000_000
_LARGE_PACKED = 400_000
_PARQUET = b"PAR1"
_URL = "://"
# how many times that may still be held where its rows cannot be told one by one
MOST_HELD = 16


def rolls_up(sources: Sequence[Source], engine: str, *, rows: bool = False) -> bool:
    """Whether an engine reads them. `rows`: what is asked is about single rows, if they fit."""
    if any(_URL in str(source.path) for source in sources):
        return True
    if engine == "memory" or any(source.path is None for source in sources):
        return False
    if engine != "auto":
        return True
    if size_of(sources) < (MOST_HELD if rows else 1):
        return False
    from budgetcli.rollup.ledger import form_of

    return all(map(form_of, sources))


def size_of(sources: Sequence[Source]) -> float:
    """Their size, as a share of what is large."""
    return sum(_share(source) for source in sources)


def _share(source: Source) -> float:
    """Packed files are told by their first bytes, and only where that matters."""
    try:
        size = os.path.getsize(source.path or os.devnull)  # noqa: PTH202 - pathlib is dear here
    except OSError:
        return 0.0  # its reader says why it cannot be opened
    if size < _LARGE_PACKED or not source.head.startswith((GZIP_MAGIC, _PARQUET)):
        return size / _LARGE
    return size / _LARGE_PACKED
