"""The shared texts of an xlsx or xlsb workbook: how long they are, for every cell holds a copy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from budgetcli.i18n import say
from budgetcli.readers.spreadsheet.facts import MAX_CELLS, too_large
from budgetcli.readers.spreadsheet.package import MAX_MEMBER, Package
from budgetcli.readers.spreadsheet.xlsb import records

_TEXT = 0x0013


@dataclass(frozen=True)
class Strings:
    """The part that holds the shared texts; empty where there is none."""

    data: bytes = b""
    binary: bool = False

    @cached_property
    def longest(self) -> int:
        """No text of an XML part has more bytes than this. Quick, unlike `lengths`."""
        return max(map(len, self.data.split(b"si>")))

    @cached_property
    def lengths(self) -> list[int]:
        """How many bytes each text has at most."""
        if self.binary:
            return [len(body) for kind, body in records(self.data) if kind == _TEXT]
        return [len(part) for part in re.split(rb"[<:]si\b", self.data)[1:]]


def shared_strings(package: Package, name: str) -> Strings:
    """The workbook's shared texts. Raises SourceError where they are too many."""
    members = [
        member
        for member in package.names
        if member.lower().endswith(("sharedstrings.xml", "sharedstrings.bin"))
    ]
    if not members:
        return Strings()
    if len(members) > 1:
        raise ValueError("two members of the archive could hold its texts")
    strings = Strings(package.read(members[0], MAX_MEMBER), members[0].lower().endswith(".bin"))
    if strings.data.count(b"si") > 2 * MAX_CELLS and len(strings.lengths) > MAX_CELLS:
        raise too_large(name, say("it has {count} texts", count=f"{len(strings.lengths):,}"))
    return strings
