"""Files of a folder, or of a pattern, in which nothing reads as a table: skipped, and said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from budgetcli.errors import NoTableError
from budgetcli.i18n import Sentence, say, say_count
from budgetcli.model import Evidence
from budgetcli.readers.source import Source

_NAMED = 20
_REASONS = 5
Skipped = Mapping[Source, NoTableError]


def said_of(skipped: Skipped, sources: Sequence[object]) -> list[Evidence]:
    """One line with the names, and under --explain one for each with its reason.

    Raises NoTableError for a folder or a pattern of which all `sources` were skipped.
    """
    if not skipped:
        return []
    read = {s.found_in for s in sources if isinstance(s, Source) and s not in skipped}
    for source in skipped:
        if source.found_in not in read:
            raise _nothing_in(str(source.found_in), skipped)
    names = [source.name for source in skipped]
    said = say_count(
        "{count} file in which nothing reads as a table was skipped: {names}",
        "{count} files in which nothing reads as a table were skipped: {names}",
        len(names),
        names=", ".join(names[:_NAMED]) + (", ..." if names[_NAMED:] else ""),
    )
    reasons = [Evidence("source", _reason(*item)) for item in skipped.items()]
    return [Evidence("source", said, aloud=True), *reasons]


def _nothing_in(place: str, skipped: Skipped) -> NoTableError:
    reasons = [_reason(*item) for item in skipped.items() if item[0].found_in == place]
    return NoTableError(
        say("none of its files can be read as a table ({count})", count=len(reasons)),
        where=place,
        seen=tuple(reasons[:_REASONS]),
        next=say("name a file that holds a table"),
    )


def _reason(source: Source, problem: NoTableError) -> Sentence:
    return say("{name}: {problem}", name=source.name, problem=problem.what)
