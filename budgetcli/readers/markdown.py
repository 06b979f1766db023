"""Pipe tables of a Markdown text: cells, and the headings and lines around them.

Code fences and front matter hold no tables. What the cells mean is `recognise`'s business.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from budgetcli.i18n import say
from budgetcli.model import Document, Evidence, Line, Place, RawTable
from budgetcli.readers.encoding import decode
from budgetcli.readers.lines import lines_of
from budgetcli.readers.source import ReadOptions, Source

NEAREST = 3
_LONGEST_CELL = 10_000
_RULE_CELL = re.compile(r":?-+:?")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_HEADING = re.compile(r"\s{0,3}(#{1,6})(?:\s+(.*))?$")
_SETEXT = re.compile(r"\s{0,3}(={2,}|-{2,})\s*")
_ITEM = re.compile(r"(\s*)[-*+]\s+(?=\S)")
_BULLETS = "○-·"
_QUOTE = re.compile(r"(?:\s{0,3}>)+ ?")
_CELL_END = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_TAGS = "a|b|big|center|code|del|div|em|font|i|ins|kbd|mark|p|s|small|span|strong|sub|sup|u"
_INLINE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?i)<br\s*/?>"), "\n"),
    (re.compile(r"<(https?://[^<>\s]*)>"), r"\1"),
    (re.compile(rf"(?i)</?(?:{_TAGS})(?:\s[^<>]*)?/?>"), ""),
    (re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"!?\[([^\[\]]+)\]\[[^\[\]]*\]"), r"\1"),
    (re.compile(r"\*\*(?=[^\s*])([^*]+)(?<=\S)\*\*"), r"\1"),
    (re.compile(r"(?<!\w)__(?=[^\s_])([^_]+)(?<=\S)__(?!\w)"), r"\1"),
    (re.compile(r"~~(?=[^\s~])([^~]+)(?<=\S)~~"), r"\1"),
    (re.compile(r"(?<!\*)\*(?=[^\s*])([^*]+)(?<=\S)\*(?!\*)"), r"\1"),
    (re.compile(r"(?<!\w)_(?=[^\s_])([^_]+)(?<=\S)_(?!\w)"), r"\1"),
)
_CODE = re.compile(r"(?<!`)(`+)([^`]+)\1(?!`)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# Private characters keep an escaped mark and a code span out of the inline rules' sight.
_HIDDEN = 0xE000


@dataclass
class _Section:
    """A heading, and the lines of text under it so far."""

    level: int
    title: str
    text: list[str] = field(default_factory=list)


@dataclass
class _Table:
    """A table while its document is read."""

    rows: list[tuple[str, ...]]
    lines: list[int]
    before: tuple[str, ...]
    after: list[str] = field(default_factory=list)


def read(source: Source, options: ReadOptions) -> list[RawTable]:
    """Every pipe table of the text, in order; none found is an empty list.

    Raises SourceError where the text cannot be decoded.
    """
    return list(read_document(source, options).tables)


def read_document(source: Source, options: ReadOptions) -> Document:
    """The tables, and the lines of text outside of them. Raises as `read` does."""
    text, encoding = decode(source.lines(), source.name, options.encoding)
    visible = _visible(lines_of(text))
    tables = _tables(visible)
    parted = Evidence("table", say("a pipe table; links and marks are reduced to their text"))
    return Document(
        source.name,
        tuple(_lines(visible, tables, source.name)),
        tuple(
            RawTable(
                rows=tuple(table.rows),
                source=source.name,
                number=number,
                lines=tuple(table.lines),
                before=table.before,
                after=tuple(table.after),
                evidence=(encoding, parted),
                alone=len(tables) == 1,
            )
            for number, table in enumerate(tables, 1)
        ),
    )


def _lines(visible: Sequence[str], tables: Sequence[_Table], name: str) -> Iterator[Line]:
    """Lines outside of tables; a table's rule is its second line and among no rows."""
    taken = {row for table in tables for row in (*table.lines, table.lines[0] + 1)}
    for row, line in enumerate(visible, 1):
        if row not in taken and (text := _marked(line)):
            yield Line(text, Place(name, row))


def _marked(line: str) -> str:
    """A line with its depth as a bullet of reports: how far a list item is indented."""
    if heading := _HEADING.match(line):
        return f"□ {plain((heading[2] or '').rstrip('# '))}"
    item = _ITEM.match(line)
    if item is None:
        return "" if _SETEXT.fullmatch(line) else plain(line)
    depth = min((len(item[1].expandtabs(4)) + 1) // 2, len(_BULLETS) - 1)
    return f"{_BULLETS[depth]} {plain(line[item.end() :])}"


def _visible(lines: Sequence[str]) -> list[str]:
    """The lines with front matter and fenced code blanked, quotation marks (>) taken off."""
    fence = ""
    visible = [""] * len(lines)
    for at in range(_front_matter(lines), len(lines)):
        line = lines[at]
        if line.lstrip().startswith(">"):
            line = line[_quote_end(line) :]
        mark = _FENCE.match(line)
        if fence:
            closes = mark and mark[1].startswith(fence) and not line[mark.end() :].strip()
            fence = "" if closes else fence
        elif mark:
            fence = mark[1]
        else:
            visible[at] = line
    return visible


def _quote_end(line: str) -> int:
    found = _QUOTE.match(line)
    return found.end() if found else 0


def _front_matter(lines: Sequence[str]) -> int:
    """How many lines at the start are front matter: from --- to the next --- or ..."""
    if not lines or lines[0].lstrip("\ufeff").rstrip() != "---":
        return 0
    for at, line in enumerate(lines[1:200], 1):
        if line.rstrip() in ("---", "..."):
            return at + 1
    return 0


@dataclass
class _Outline:
    """Where in the document we are: the headings down to here, and the tables so far."""

    path: list[_Section] = field(default_factory=lambda: [_Section(0, "")])
    tables: list[_Table] = field(default_factory=list)
    is_after: bool = False

    def enter(self, heading: _Section) -> None:
        self.path = [section for section in self.path if section.level < heading.level]
        self.path.append(heading)
        self.is_after = False

    def note(self, line: str) -> None:
        """Keep a line of text for the table after it, and for the one just before it."""
        if not (text := plain(line)):
            return
        self.path[-1].text.append(text)
        if self.is_after and len(self.tables[-1].after) < NEAREST:
            self.tables[-1].after.append(text)

    def add(self, table: _Table) -> None:
        self.tables.append(table)
        # What stood above this table does not lead into the next one.
        self.path[-1].text = []
        self.is_after = True


def _tables(lines: Sequence[str]) -> list[_Table]:
    outline = _Outline()
    at = 0
    while at < len(lines):
        if _starts_table(lines, at):
            rows = [at, *_body(lines, at + 2)]
            cells = [cells_of(lines[row]) for row in rows]
            outline.add(_Table(cells, [row + 1 for row in rows], _before(outline.path)))
            at = max(at + 2, rows[-1] + 1)
        elif heading := _heading(lines, at):
            outline.enter(heading)
            at += 1 if _HEADING.match(lines[at]) else 2
        else:
            outline.note(lines[at])
            at += 1
    return outline.tables


def _heading(lines: Sequence[str], at: int) -> _Section | None:
    """The heading that starts here, marked with # or underlined."""
    if found := _HEADING.match(lines[at]):
        return _Section(len(found[1]), plain((found[2] or "").rstrip("# ")))
    below = lines[at + 1] if at + 1 < len(lines) else ""
    if lines[at].strip() and (line := _SETEXT.fullmatch(below)):
        return _Section(1 if line[1][0] == "=" else 2, plain(lines[at]))
    return None


def _before(path: Sequence[_Section]) -> tuple[str, ...]:
    """The headings down to here with their leading lines, and the nearest lines above."""
    above = [line for s in path[:-1] for line in (s.title, *s.text[:NEAREST])]
    nearest = [path[-1].title, *path[-1].text[-NEAREST:]]
    return tuple(line for line in (*above, *nearest) if line)


def _starts_table(lines: Sequence[str], at: int) -> bool:
    """A line with cells over a rule line (|---|:---:|); GFM wants as many in both."""
    if "|" not in lines[at] or at + 1 == len(lines) or "|" not in lines[at + 1]:
        return False
    rule = lines[at + 1]
    if len(rule) > _LONGEST_CELL or rule.strip(" \t|:-"):
        return False
    return all(_RULE_CELL.fullmatch(cell) for cell in cells_of(rule))


def _body(lines: Sequence[str], at: int) -> Iterator[int]:
    while at < len(lines) and "|" in lines[at] and not _HEADING.match(lines[at]):
        yield at
        at += 1


def cells_of(line: str) -> tuple[str, ...]:
    r"""The cells of a row, parted at bars that are not escaped; the outer bars may be missing."""
    text = line.strip().removeprefix("|")
    parts: list[str] = []
    start = 0
    for bar in _CELL_END.finditer(text):
        parts.append(text[start : bar.end() - 1])
        start = bar.end()
    if text[start:].strip():
        parts.append(text[start:])
    return tuple(plain(part) for part in parts)


def plain(text: str) -> str:
    """A cell or line without its inline marks: links, emphasis, code, tags and entities."""
    text = text.strip()
    if len(text) > _LONGEST_CELL or not re.search(r"[\\`*_~<\[&]", text):
        return text
    kept: list[str] = []

    def hide(part: str) -> str:
        kept.append(part)
        return chr(_HIDDEN + len(kept) - 1)

    if any(_HIDDEN <= ord(character) < _HIDDEN + 0x1900 for character in text):
        return text
    text = _CODE.sub(lambda code: hide(code[2].strip().replace("\\|", "|")), text)
    text = _ESCAPE.sub(lambda escape: hide(escape[1]), text)
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    text = html.unescape(text)
    return "".join(_shown(character, kept) for character in text).strip()


def _shown(character: str, kept: Sequence[str]) -> str:
    at = ord(character) - _HIDDEN
    return kept[at] if 0 <= at < len(kept) else character
