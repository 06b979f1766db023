"""Names broken over lines, above or around the amounts they belong to, put together."""

from __future__ import annotations

import re

from budgetcli.i18n import say
from budgetcli.model import Evidence
from budgetcli.readers.lines import words_of
from budgetcli.readers.text.ending_run import Run, name_of
from budgetcli.readers.text.word_lines import Text

_OPEN_END = re.compile(r"[-·‧ㆍ&,/(]\s*$|\b(?:and|of|for|the|de|y|e|a|und|et)\s*$|및\s*$")


def join_names(
    text: Text, run: Run, cells: dict[int, tuple[str, ...]], evidence: list[Evidence]
) -> None:
    """Put names broken over lines together: where a row has none, or a half is left open."""
    loose = set(run.names)
    for at in run.rows:
        above = _adjacent(loose, at)
        name = cells[at][0] if cells[at] else ""
        if not above or (name and not _is_half(text.lines[above[-1]], name)):
            continue
        parts = [text.lines[part].strip() for part in above]
        cells[at] = ("\n".join([*parts, *([name] if name else [])]), *cells[at][1:])
        loose.difference_update(above)
        if not name and (below := _tail(text, run, loose, at)) is not None:
            cells[at] = (f"{cells[at][0]}\n{text.lines[below].strip()}", *cells[at][1:])
            loose.discard(below)
        evidence.append(
            Evidence("table", say("line {line}: a name broken over lines", line=at + 1))
        )
    run.names = sorted(loose)


def _adjacent(loose: set[int], at: int) -> list[int]:
    """The nameless lines just above a row."""
    above: list[int] = []
    while at - 1 in loose:
        at -= 1
        above.insert(0, at)
    return above


def _is_half(upper: str, lower: str) -> bool:
    is_open = upper.count("(") > upper.count(")")
    return is_open or bool(_OPEN_END.search(upper)) or lower[:1].islower() or lower[:1] in ")·,"


def _tail(text: Text, run: Run, loose: set[int], at: int) -> int | None:
    """The line below, if it is the other half of a name whose amounts stand in the middle."""
    if at + 1 not in loose:
        return None
    following = at + 2
    nameless = following in run.rows and not name_of(words_of(text.lines[following]), run.count)
    return None if nameless else at + 1
