"""Keeps the Korean catalogue in step with the source: `python tools/catalogue.py`.

Extracts every sentence of budgetcli/, updates the keys of the .po, says what a
translator must do, and compiles the .mo, byte for byte the same from the same
.po. The Korean itself is written by hand in the .po.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
PO = ROOT / "budgetcli/locale/ko/LC_MESSAGES/budgetcli.po"
MO = PO.with_suffix(".mo")

# the "file" of the entries that click says, not we; it sorts after budgetcli/
CLICK = "click"

_KEYWORDS = {"say": (1,), "say_count": (1, 2)}
_MAGIC = 0x950412DE
# constant, unlike Babel's, which holds the date and Babel's version
_FACTS = (
    "Content-Type: text/plain; charset=UTF-8\nLanguage: ko\nPlural-Forms: nplurals=1; plural=0;\n"
)

_HEADER = """\
# The Korean of budgetcli. Keys come from the source by tools/catalogue.py; edit only msgstr.
#
# Two parts. Entries of budgetcli/... are sentences of ours: the tool adds and removes them.
# Entries of "click", at the end, are sentences of the command-line library that a user can
# meet, in the wordings of click 8.2 to 8.5: the tool keeps them as they are.
msgid ""
msgstr ""
"""


def extracted() -> Catalog:
    """Every literal sentence of the source, with its file; no translations."""
    found = Catalog(locale="ko")
    source = ROOT / "budgetcli"
    entries = extract_from_dir(source, [("**.py", "python")], {"**.py": {}}, _KEYWORDS)
    for file, _line, sentence, *_ in sorted(entries, key=lambda entry: entry[:2]):
        found.add(sentence, locations=[(f"budgetcli/{file}", None)])  # type: ignore[list-item]  # Babel reads and writes locations without a line, its types do not say so
    return found


def committed() -> Catalog:
    """The catalogue as it lies in the source tree."""
    with PO.open("rb") as file:
        return read_po(file, locale="ko")


def updated(catalogue: Catalog) -> Catalog:
    """`catalogue` with the keys of the source; what is used no longer is left in `obsolete`."""
    template = extracted()
    for message in entries(catalogue):
        if is_click(message):
            template.add(message.id, locations=message.locations)
    catalogue.update(template)
    return catalogue


def entries(catalogue: Catalog) -> list[Message]:
    """The entries without the header."""
    return [message for message in catalogue if message.id]


def is_click(message: Message) -> bool:
    """Whether click says it."""
    return any(file == CLICK for file, _line in message.locations)


def complaints(catalogue: Catalog) -> list[str]:
    """What a translator must do before the catalogue may be shipped."""
    said = [f"unused, removed: {message.id!r}" for message in catalogue.obsolete.values()]
    for message in entries(catalogue):
        if message.fuzzy:
            said.append(f"fuzzy: {message.id!r}")
        elif not all(texts(message.string)):
            said.append(f"untranslated: {message.id!r}")
        elif not _placeholders_fit(message):
            said.append(f"other placeholders: {message.id!r}")
    return said


def texts(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """The one text of a plain entry, the several of one with a plural."""
    return (value or "",) if value is None or isinstance(value, str) else tuple(value)


def placeholders(sentences: Iterable[str]) -> set[str]:
    """The names in braces."""
    parts = (part for text in sentences for part in Formatter().parse(text))
    return {name for _text, name, _spec, _conversion in parts if name is not None}


def _placeholders_fit(message: Message) -> bool:
    """All of ours and no others; of click's, some may be left out: they are English words."""
    wanted, there = placeholders(texts(message.id)), placeholders(texts(message.string))
    return there <= wanted if is_click(message) else there == wanted


def written(catalogue: Catalog) -> bytes:
    """The .po: ours by file, then click's."""
    for message in catalogue:
        message.flags &= {"fuzzy"}  # "30 % of" is no Python format, whatever Babel thinks
    text = BytesIO()
    write_po(
        text,
        catalogue,
        width=0,
        omit_header=True,
        sort_by_file=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    facts = "".join(f'"{fact}\\n"\n' for fact in _FACTS.splitlines())
    return f"{_HEADER}{facts}\n".encode() + text.getvalue().rstrip(b"\n") + b"\n"


def compiled(catalogue: Catalog) -> bytes:
    """The .mo: sorted keys, little-endian, and nothing in it that is not in the .po."""
    pairs = {"": _FACTS}
    for message in entries(catalogue):
        if all(texts(message.string)) and not message.fuzzy:
            pairs["\0".join(texts(message.id))] = "\0".join(texts(message.string))
    keys = sorted(key.encode() for key in pairs)
    values = [pairs[key.decode()].encode() for key in keys]
    start, size = 7 * 4, len(keys) * 8
    index, data = b"", b""
    for text in (*keys, *values):
        index += struct.pack("<2I", len(text), start + 2 * size + len(data))
        data += text + b"\0"
    head = struct.pack("<7I", _MAGIC, 0, len(keys), start, start + size, 0, 0)
    return head + index + data


def main() -> int:
    """Update, write, compile, complain; 1 where there is something to do."""
    catalogue = updated(committed())
    said = complaints(catalogue)
    PO.write_bytes(written(catalogue))
    MO.write_bytes(compiled(catalogue))
    print("\n".join(said) or f"{len(entries(catalogue))} sentences, all in Korean")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
